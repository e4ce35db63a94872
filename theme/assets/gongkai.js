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
      if (left > 0) one.textContent = left === 1 ? one.dataset.one : one.dataset.many.replace("{n}", left);
    }
    for (const one of document.querySelectorAll(".gk-age[data-built]")) {
      const old = now - Date.parse(one.dataset.built) > TOO_OLD;
      one.classList.toggle("gk-stale", old);
      if (old && !one.textContent.includes(one.dataset.stale)) one.append(" " + one.dataset.stale);
    }
  }
  // A table wider than the page scrolls within itself; it has to be reached by keyboard too.
  function reach() {
    for (const one of document.querySelectorAll(".md-typeset__scrollwrap, .gk-table")) {
      if (one.scrollWidth > one.clientWidth) one.tabIndex = 0;
    }
  }
  look();
  addEventListener("load", () => setTimeout(reach));
  addEventListener("resize", reach);
  setInterval(look, 60e3);
})();
