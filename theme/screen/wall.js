// For whoever sets up boxes: each board as this browser composes it for a size, and what can be
// measured of it. One after the other, in frames in which nothing is logged or asked for.
"use strict";
(() => {
  const CELL = 24, SHORT = 1080; // pixels, on a screen whose short side has so many
  const size = document.getElementById("size"), cards = [...document.querySelectorAll("[data-screen]")];
  let turn = 0;

  const loaded = (frame) => new Promise((done) => frame.addEventListener("load", done, { once: true }));
  const pause = (time) => new Promise((done) => setTimeout(done, time));

  // How much of the main area is used in cells, and the smallest type, of the page that is up.
  function measure(view, page) {
    const { document: board } = view, main = board.querySelector("main").getBoundingClientRect();
    const scale = Math.min(view.innerWidth, view.innerHeight) / SHORT, cell = CELL * scale;
    const boxes = [...page.querySelectorAll("img, svg")].map((one) => one.getBoundingClientRect()), used = new Set();
    const walker = board.createTreeWalker(page, NodeFilter.SHOW_TEXT), range = board.createRange();
    let least = Infinity;
    while (walker.nextNode()) {
      const one = walker.currentNode.parentElement;
      if (!walker.currentNode.data.trim() || !one.checkVisibility()) continue;
      least = Math.min(least, parseFloat(view.getComputedStyle(one).fontSize) / scale);
      range.selectNodeContents(walker.currentNode);
      boxes.push(...range.getClientRects());
    }
    const across = Math.floor(main.width / cell), down = Math.floor(main.height / cell);
    for (const box of boxes)
      for (let x = Math.floor((box.left - main.left - cell / 2) / cell); x <= (box.right - main.left + cell / 2) / cell; x++)
        for (let y = Math.floor((box.top - main.top) / cell); y <= (box.bottom - main.top) / cell; y++)
          if (x >= 0 && y >= 0 && x < across && y < down) used.add(`${x} ${y}`);
    return { fill: used.size / (across * down), least };
  }

  function measured(view) {
    const { gongkaiScreen: screen, gongkaiCompose: compose } = view, pages = screen.pages();
    const found = pages.map(({ element }) => {
      for (const one of pages) one.element.hidden = one.element !== element;
      if (element.dataset.page === "items") compose.grow(element);
      element.classList.add("on");
      const one = measure(view, element);
      element.classList.remove("on");
      element.hidden = true;
      return one;
    });
    screen.show();
    const fills = found.slice(0, Math.max(1, found.length - 1)).map((one) => one.fill).sort((one, other) => one - other);
    return { pages: found.length, rounds: screen.rounds(), median: fills[fills.length >> 1], fewest: fills[0], least: Math.min(...found.map((one) => one.least)) };
  }

  const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, "0")}`;
  const percent = (share) => `${Math.round(100 * share)}%`;

  async function look(card, mine) {
    const [width, height] = size.value.split("x").map(Number), frame = document.createElement("iframe");
    const box = card.querySelector(".shown"), across = width < height ? 13 : 24; // in rem
    frame.width = width;
    frame.height = height;
    frame.title = card.querySelector("h2").textContent;
    const share = (across * parseFloat(getComputedStyle(document.documentElement).fontSize)) / width;
    frame.style.transform = `scale(${share})`;
    box.style.height = `${height * share}px`;
    frame.src = `${encodeURIComponent(card.dataset.screen)}/`;
    box.replaceChildren(frame);
    await loaded(frame);
    const view = frame.contentWindow;
    await view.document.fonts.ready;
    await pause(400); // letters that came late have it composed again
    if (mine !== turn) return;
    const found = measured(view), say = (name, text) => { card.querySelector(`[data-figure=${name}]`).textContent = text; };
    say("round", clock(Math.max(...found.rounds)));
    say("pages", found.pages);
    say("all", clock(found.rounds.reduce((all, one) => all + one, 0)));
    say("fill", `${percent(found.median)} / ${percent(found.fewest)}`);
    say("least", `${Math.round(found.least)} px`);
  }

  async function all() {
    const mine = ++turn;
    for (const card of cards) if (mine === turn) await look(card, mine);
  }

  size.addEventListener("change", all);
  all();
})();
