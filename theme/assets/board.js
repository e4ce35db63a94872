// A board on a desk or a phone: find a word on it, one section of it, and large type.
"use strict";
(() => {
  const board = document.querySelector(".gk-board");
  const tools = board?.querySelector(".gk-tools");
  if (!tools) return;
  const find = tools.querySelector("input"), pick = tools.querySelector("select");
  const larger = tools.querySelector("button"), told = tools.querySelector("[role=status]");
  const sections = [...board.querySelectorAll(".gk-section")];
  tools.hidden = false;

  function show() {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const section of sections) {
      const isPicked = !pick.value || section.getAttribute("aria-labelledby") === pick.value;
      let found = 0;
      for (const one of section.querySelectorAll(".gk-item")) {
        const text = one.textContent.toLowerCase();
        const isFound = words.every((word) => text.includes(word));
        one.classList.toggle("gk-hidden", !isFound);
        if (isFound && words.length) one.querySelector("details").open = true;
        found += isFound;
      }
      section.classList.toggle("gk-hidden", !isPicked || (words.length > 0 && !found));
      if (isPicked) count += found;
    }
    told.textContent = words.length || pick.value ? tools.dataset.found.replace("{n}", count) : "";
  }

  function enlarge(is) {
    board.classList.toggle("gk-large", is);
    larger.setAttribute("aria-pressed", String(is));
    try {
      if (is) localStorage.setItem("gk-large", "1");
      else localStorage.removeItem("gk-large");
    } catch { /* it holds for this page, then */ }
  }

  find.addEventListener("input", show);
  pick.addEventListener("change", show);
  larger.addEventListener("click", () => enlarge(!board.classList.contains("gk-large")));
  try {
    if (localStorage.getItem("gk-large")) enlarge(true);
  } catch { /* no storage on this machine */ }
})();
