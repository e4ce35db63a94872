// In a preview only: waits for the next build and shows it; shows what keeps it from being made.
// With drafts, every page says across it that it is not what hangs on the wall.
"use strict";
(async () => {
  const { drafts } = document.currentScript.dataset;
  if (drafts) {
    const mark = document.createElement("div");
    mark.textContent = drafts;
    mark.style.cssText = "position:fixed;inset:0;z-index:9998;pointer-events:none;display:grid;place-items:center;font:700 6vmin/1.4 sans-serif;color:#c006;text-align:center;transform:rotate(-24deg)";
    document.body.append(mark);
  }
  const box = document.createElement("div");
  box.style.cssText = "position:fixed;inset:auto 0 0 0;max-height:60vh;overflow:auto;z-index:9999;background:#3d0c09;color:#fff;font:16px/1.6 sans-serif;padding:12px 20px;white-space:pre-wrap";
  let seen = -1;
  for (;;) {
    try {
      const state = await (await fetch(`/__preview__/state?${seen}`)).json();
      if (seen >= 0 && state.number !== seen && !state.problems.length) return location.reload();
      seen = state.number;
      box.textContent = state.problems.join("\n");
      if (state.problems.length) document.body.append(box); else box.remove();
    } catch {
      await new Promise((done) => setTimeout(done, 1000));
    }
  }
})();
