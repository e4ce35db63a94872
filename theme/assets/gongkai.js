// By the reader's own clock: days left, what has expired since the page was made, and its age.
"use strict";
(() => {
  const TOO_OLD = 36 * 3600e3;
  const today = () => new Date().toLocaleDateString("en-CA");
  function look() {
    const now = Date.now();
    for (const one of document.querySelectorAll(".gk [data-expires]:not(.gk-archive *)")) {
      const gone = one.dataset.expires && Date.parse(one.dataset.expires) <= now;
      one.classList.toggle("gk-out", Boolean(gone));
    }
    for (const one of document.querySelectorAll("[data-expires-status]")) {
      const at = one.dataset.expiresStatus;
      if (at && Date.parse(at) <= now && one.classList.contains("gk-status--current")) {
        one.classList.replace("gk-status--current", "gk-status--expired");
        one.querySelector("b").textContent = one.dataset.expired;
      }
    }
    for (const one of document.querySelectorAll(".gk-left")) {
      const left = one.dataset.days.split(" ").filter((day) => day && day >= today()).length;
      if (!left) one.closest(".gk-status--open")?.classList.remove("gk-status--open");
      if (left > 0) one.textContent = left === 1 ? one.dataset.one : one.dataset.many.replace("{n}", left);
    }
    for (const one of document.querySelectorAll(".gk-opening")) {
      const left = one.dataset.days.split(" ").filter((day) => day && day >= today()).length;
      one.querySelector(".gk-count b").textContent = left;
      one.classList.toggle("gk-out", !left);
      for (const day of one.querySelectorAll(".gk-strip i")) day.classList.toggle("gk-past-day", day.dataset.day < today());
    }
    count();
    for (const one of document.querySelectorAll(".gk-age[data-built]")) {
      const old = now - Date.parse(one.dataset.built) > TOO_OLD;
      one.classList.toggle("gk-stale", old);
      if (old && !one.textContent.includes(one.dataset.stale)) one.append(" " + one.dataset.stale);
    }
  }
  // The sentence of the front page says how many windows are open, and not when those end that did.
  function count() {
    const state = document.querySelector(".gk-state[data-open]"), said = state?.querySelector("em");
    if (!said) return;
    const all = document.querySelectorAll(".gk-opening"), open = [...all].filter((one) => !one.classList.contains("gk-out"));
    if (open.length === all.length) return;
    const n = open.length + Number(state.dataset.hidden);
    said.textContent = n ? state.dataset.open.replace("{n}", n) : state.dataset.none;
    if (said.nextElementSibling?.matches("span")) said.nextElementSibling.textContent = "";
  }
  // What lies to the right of a table that is wider than the page, below it.
  function hint(box) {
    const edge = box.getBoundingClientRect().right;
    const hidden = [...box.querySelectorAll("thead th")].filter((one) => one.getBoundingClientRect().right > edge + 4);
    let said = box.nextElementSibling;
    if (!said?.matches(".gk-hint")) {
      said = document.createElement("p");
      said.className = "gk-hint";
      said.ariaHidden = "true";
      box.after(said);
      box.addEventListener("scroll", () => hint(box), { passive: true });
    }
    const heads = hidden.map((one) => one.textContent.trim()).filter(Boolean);
    said.textContent = heads.length ? `→ ${heads.join(" · ")}` : "";
  }
  // A table wider than the page scrolls within itself; it has to be reached by keyboard too.
  function reach() {
    for (const one of document.querySelectorAll(".md-typeset__scrollwrap, .gk-table")) {
      if (one.scrollWidth > one.clientWidth) one.tabIndex = 0;
      if (one.matches(".gk-table")) hint(one);
    }
  }
  // Large type on every page, kept for the next visit.
  function enlarge(is, button) {
    document.documentElement.classList.toggle("gk-large", is);
    button.setAttribute("aria-pressed", String(is));
    try {
      if (is) localStorage.setItem("gk-large", "1");
      else localStorage.removeItem("gk-large");
    } catch { /* it holds for this page, then */ }
  }
  function offer() {
    const header = document.querySelector(".md-header__inner"), before = header?.querySelector("[for=__search]");
    if (!before || !document.querySelector(".gk")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "gk-size";
    button.textContent = document.documentElement.lang.startsWith("zh") ? "大字" : "Large";
    button.addEventListener("click", () => enlarge(button.getAttribute("aria-pressed") !== "true", button));
    before.before(button);
    let is = false;
    try { is = Boolean(localStorage.getItem("gk-large")); } catch { /* no storage on this machine */ }
    enlarge(is, button);
  }
  offer();
  look();
  addEventListener("load", () => setTimeout(reach));
  addEventListener("resize", reach);
  setInterval(look, 60e3);
})();
