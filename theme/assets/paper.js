// Paper and the site: whether the sheet in a reader's hand still holds, and printing at one press.
"use strict";
(() => {
  const asked = new URLSearchParams(location.search).get("v");
  const box = document.querySelector(".gk-verdict");
  if (box && /^[0-9a-f]{8}$/.test(asked || "")) answer(box, asked);
  if (document.querySelector(".gk-posters")) kiosk();

  async function fetched(name) {
    const shared = document.querySelector("[data-shared]")?.dataset.shared ?? "";
    try {
      const reply = await fetch(`../../${shared}posters/${name}`, { cache: "no-store" });
      return reply.ok ? await reply.json() : null;
    } catch {
      return null;
    }
  }

  // By the reader's clock: a page may be older than the end of what it shows.
  function stateOf(box) {
    const ends = box.dataset.ends;
    const isOver = ends && Date.parse(ends) <= Date.now();
    return box.dataset.state === "current" && isOver ? "expired" : box.dataset.state;
  }

  async function answer(box, paper) {
    const [words, recall] = await Promise.all([fetched("verdict.json"), fetched("recall.json")]);
    if (!words) return;
    const now = box.dataset.version;
    const state = stateOf(box);
    const rows = recall ? recall.printed.filter((one) => one.item === box.dataset.sheet) : [];
    const known = rows.find((one) => one.version === paper);
    const isKnown = paper === now || known || !isComplete(recall, box);
    const verdict = state !== "current" ? state : paper === now ? "current" : isKnown ? "updated" : "unknown";
    const hint = ["current", "updated", "unknown"].includes(verdict) ? verdict : "over";
    box.classList.add(`gk-verdict--${verdict}`);
    box.append(line("h2", words.answers[verdict]), line("p", words.hints[hint]));
    box.append(line("p", words.versions.replace("{paper}", paper).replace("{now}", now)));
    for (const one of document.querySelectorAll(".gk-status")) one.hidden = true; // it is about the page
    if (known && known.since && verdict === "updated") {
      box.append(line("p", words.since.replace("{day}", known.since.slice(0, 10))));
    }
    if (verdict === "updated") changes(box, words);
    if (verdict === "superseded") successor(box, words);
    box.hidden = false;
    box.setAttribute("role", "status");
    box.scrollIntoView({ block: "nearest" });
  }

  // Only a list that saw every version can say that one never was; it forgets after sixty days.
  function isComplete(recall, box) {
    const first = Date.parse(box.closest("[data-publish]").dataset.publish);
    return recall && first >= Date.parse(recall.begun) && Date.now() - first < 60 * 86400e3;
  }

  function line(name, text) {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  }

  // What was corrected stands on the page itself; here it stands where the reader looks first.
  function changes(box, words) {
    const fixes = [...document.querySelectorAll(".gk-fix:not(.gk-out) li")];
    if (!fixes.length) return;
    const list = document.createElement("ul");
    for (const one of fixes) list.append(line("li", one.textContent));
    box.append(line("p", words.changes), list);
  }

  function successor(box, words) {
    const found = document.querySelector(".gk-single > .gk-soft > a[href^='../']");
    if (!found) return;
    const text = line("p", `${words.successor} `);
    text.append(found.cloneNode(true));
    box.append(text);
  }

  function kiosk() {
    const filter = document.querySelector(".gk-filter");
    const rows = document.querySelectorAll(".gk-posters [data-boards]");
    if (filter) filter.hidden = false;
    filter?.addEventListener("click", (event) => {
      const chosen = event.target.closest("button");
      if (chosen) show(chosen.dataset.board);
    });
    function show(board) {
      for (const one of filter.querySelectorAll("button")) {
        one.setAttribute("aria-pressed", String(one.dataset.board === board));
      }
      for (const row of rows) {
        row.classList.toggle("gk-hidden", board !== "" && !row.dataset.boards.split(" ").includes(board));
      }
      history.replaceState(null, "", board ? `#${board}` : location.pathname + location.search);
    }
    const first = decodeURIComponent(location.hash.slice(1));
    if (filter && [...filter.querySelectorAll("button")].some((one) => one.dataset.board === first)) show(first);
    document.querySelector(".gk-posters").addEventListener("click", (event) => {
      const link = event.target.closest("a[data-print]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      print(link.href);
    });
  }

  // The browser prints the PDF itself; with --kiosk-printing it asks nobody. Where it cannot show a
  // PDF within a page, the PDF is opened instead.
  function print(address) {
    document.querySelector(".gk-printing")?.remove();
    if (navigator.pdfViewerEnabled === false) {
      location.assign(address);
      return;
    }
    const frame = document.createElement("iframe");
    frame.className = "gk-printing";
    frame.title = "PDF";
    frame.addEventListener("load", () => {
      try {
        frame.contentWindow.focus();
        frame.contentWindow.print();
      } catch {
        location.assign(address);
      }
    }, { once: true });
    frame.src = address;
    document.body.append(frame);
  }
})();
