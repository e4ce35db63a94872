// A board on a desk or a phone: one section of it, and a word on it.
"use strict";
(() => {
  const board = document.querySelector(".gk-board");
  const chips = board?.querySelector(".gk-chips"), tools = board?.querySelector(".gk-tools");
  if (!chips) return;
  const find = tools.querySelector("input"), told = tools.querySelector("[role=status]");
  const sections = [...board.querySelectorAll(".gk-section")];
  let picked = "";

  function show() {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const section of sections) {
      let found = 0;
      for (const one of section.querySelectorAll(".gk-item")) {
        const text = one.textContent.toLowerCase();
        const isPicked = !picked || (picked === "open" ? "open" in one.dataset : one.dataset.section === picked);
        const isFound = isPicked && words.every((word) => text.includes(word));
        one.classList.toggle("gk-hidden", !isFound);
        if (isFound && words.length) one.querySelector("details").open = true;
        found += isFound;
      }
      section.classList.toggle("gk-hidden", (picked !== "" || words.length > 0) && !found);
      count += found;
    }
    told.textContent = words.length || picked ? chips.dataset.found.replace("{n}", count) : "";
  }

  chips.addEventListener("click", (event) => {
    const chosen = event.target.closest("button");
    if (!chosen) return;
    picked = chosen.dataset.section;
    for (const one of chips.querySelectorAll("button")) one.setAttribute("aria-pressed", String(one === chosen));
    show();
  });
  find.addEventListener("input", show);

  // Whoever comes for one item, or presses a link to it, sees it open.
  function open() {
    const one = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const details = one?.matches(".gk-item") ? one.querySelector("details") : null;
    if (details) details.open = true;
  }
  addEventListener("hashchange", open);
  open();
})();
