// Turns the pages, and keeps the board true by this machine's own clock: what has expired goes,
// also without network; data too old to trust are said to be. Nothing is sent anywhere.
"use strict";
(() => {
  const TOO_OLD = 36 * 3600e3, WRONG = 5 * 60e3, AGAIN = 10 * 60e3, PAUSE = 5 * 60e3;
  const PATIENCE = 90e3; // for an answer, or the pictures of a page
  const POLL = 24e3, SLOWEST = 240e3; // with jitter never more than 30 s while the server answers
  const log = globalThis.shownLog;
  const id = (name) => document.getElementById(name);
  let built, zone, day, clock, slides, at, timer;
  let offset = 0; // the server's clock less this one's, while the server can be reached
  let turned = 0, stays = 0, missed = 0;
  let paused = 0; // until when somebody wants to read on; never for long, since nobody may come back
  let waiting = null; // the body of another build, taken up between two pages
  const now = () => Date.now() + offset;
  const isUp = (element) => {
    if (element.classList.contains("empties")) return [...element.querySelectorAll("li")].some((one) => !one.hidden);
    const { publish, expires, from = publish, until = expires } = element.dataset;
    return !(from && Date.parse(from) > now()) && !(until && Date.parse(until) <= now());
  };

  // The board as it now stands in this page.
  function take() {
    const { dataset, classList } = document.body;
    classList.add("js");
    built = Date.parse(dataset.built);
    zone = dataset.zone;
    day = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
    clock = new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: zone, month: "long", day: "numeric", weekday: "long", hour: "2-digit", minute: "2-digit", hour12: false });
    slides = [...document.querySelectorAll(".slide")];
    for (const one of slides) one.hidden = false; // without scripts, what is not yet empty is not told
    at = -1;
  }

  function tell() {
    id("clock").textContent = clock.format(now());
    id("stale").hidden = now() - built < TOO_OLD;
    id("clock-wrong").hidden = Math.abs(offset) < WRONG && now() >= built - WRONG;
    const today = day.format(now());
    for (const mark of document.querySelectorAll(".gk-left")) {
      const left = mark.dataset.days.split(" ").filter((one) => one && one >= today).length;
      if (left > 0) mark.textContent = left === 1 ? mark.dataset.one : mark.dataset.many.replace("{n}", left);
    }
    for (const one of document.querySelectorAll("[data-empty-from]")) one.hidden = Date.parse(one.dataset.emptyFrom) > now();
    for (const element of document.querySelectorAll("aside [data-expires], .fixed[data-expires]")) element.hidden = !isUp(element);
    if (paused && (paused <= now() || (slides[at] && !isUp(slides[at])))) resume();
    id("no-notices").hidden = document.querySelector(".notice:not([hidden])") !== null;
  }

  function turn() {
    clearTimeout(timer);
    if (waiting) swap();
    turned = Date.now();
    tell();
    const pager = id("pager");
    const up = slides.filter(isUp);
    id("blank").hidden = up.length > 0;
    pager.hidden = up.length === 0;
    for (const slide of slides) slide.classList.remove("on");
    if (!up.length) { stays = 10e3; timer = setTimeout(turn, stays); return; }
    const urgent = up.filter((slide) => slide.classList.contains("urgent"));
    const shown = urgent.length ? urgent : up;
    const next = slides.findIndex((slide, n) => n > at && shown.includes(slide));
    at = next >= 0 ? next : slides.indexOf(shown[0]);
    const slide = slides[at];
    slide.classList.add("on");
    mark(shown, slide);
    fit(slide);
    if (slide.dataset.item) log.saw(slide.dataset.item, slide.dataset.version, now());
    stays = Number(slide.dataset.seconds) * 1000;
    if (!paused) timer = setTimeout(turn, stays);
  }

  function pause() {
    if (paused) return resume();
    clearTimeout(timer);
    paused = now() + PAUSE;
    id("pause").textContent = document.body.dataset.resume;
  }

  function resume() {
    paused = 0;
    turn();
  }

  // The pages were cut to size beforehand; where this machine's type is wider, a little smaller.
  function fit(slide) {
    slide.style.zoom = 1;
    const room = id("pager").getBoundingClientRect().top - slide.getBoundingClientRect().top;
    const need = slide.scrollHeight;
    if (need > room) slide.style.zoom = Math.max(0.75, room / need);
  }

  function mark(shown, slide) {
    const dots = shown.length <= 16 ? shown.map((one) => { const i = document.createElement("i"); i.classList.toggle("on", one === slide); return i; }) : [];
    const words = document.createElement("span");
    words.textContent = document.body.dataset.page.replace("{n}", shown.indexOf(slide) + 1).replace("{total}", shown.length);
    const button = document.createElement("button");
    button.id = "pause";
    button.textContent = paused ? document.body.dataset.resume : document.body.dataset.pause;
    button.addEventListener("click", pause);
    const had = document.activeElement === id("pause");
    id("pager").replaceChildren(...dots, words, button);
    if (had) button.focus();
  }

  function swap() {
    document.body.replaceWith(waiting);
    waiting = null;
    take();
    online(true);
  }

  // An answer that never comes would be waited for without end, under a mark that says "online".
  async function ask(address, cache) {
    const stop = new AbortController();
    const late = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const answer = await fetch(address, { cache, signal: stop.signal });
      return { answer, text: await answer.text() };
    } finally { clearTimeout(late); }
  }

  // Another build is up, a newer one or an earlier one that was put up again. It is taken up only
  // when the whole page came, is of that build and of this board, and its pictures are there or
  // were waited for long enough; what was cut off, or a stale copy on the way, changes nothing.
  async function renew(build) {
    const { answer, text } = await ask(location.href, "reload");
    if (!answer.ok || !text.trimEnd().endsWith("</html>")) return;
    const { body } = new DOMParser().parseFromString(text, "text/html");
    if (body.dataset.built !== build || body.dataset.board !== document.body.dataset.board) return;
    if (body.dataset.look !== document.body.dataset.look) return restart(build);
    const late = new Promise((done) => setTimeout(done, PATIENCE));
    await Promise.race([late, Promise.allSettled([...body.querySelectorAll("img")].map((one) => {
      const picture = new Image();
      picture.src = one.getAttribute("src");
      return picture.decode();
    }))]);
    waiting = document.adoptNode(body);
    if (waiting.querySelector(".urgent")) turn();
  }

  // The scripts themselves are others: begin anew, but never in a loop, and never into nothing.
  function restart(reason) {
    try {
      if (Date.now() - Number(sessionStorage.getItem(reason)) < AGAIN) return;
      sessionStorage.setItem(reason, Date.now());
    } catch { return; } // without storage nothing would stop a loop
    location.reload();
  }

  function online(is) {
    const net = id("net");
    net.textContent = is ? "● " + document.body.dataset.online : "○ " + document.body.dataset.offline;
    net.classList.toggle("off", !is);
  }

  async function poll() {
    try {
      const asked = Date.now();
      const { answer, text } = await ask("../../manifest.json", "no-store");
      const manifest = JSON.parse(text);
      const date = Date.parse(answer.headers.get("Date"));
      offset = Number.isFinite(date) && Math.abs(date - asked) > WRONG ? date - asked : 0;
      missed = 0;
      online(true);
      const taken = (waiting || document.body).dataset.built;
      if (manifest.built_at !== taken) await renew(manifest.built_at);
    } catch {
      missed += 1;
      online(false);
    }
    setTimeout(poll, Math.min(SLOWEST, POLL * 2 ** Math.max(0, missed - 3)) * (0.75 + Math.random() / 2));
  }

  // A loop that stands still, after a sleep or a fault, is set going; when that does not help, the
  // page begins anew, if there is one to be had.
  async function watch() {
    if (paused || Date.now() - turned < 3 * stays + 60e3) return;
    try { turn(); } catch {
      const found = await ask(location.href, "reload").catch(() => null);
      if (found && found.answer.ok) restart("stalled");
    }
  }

  // Keeps the last good board on this machine, for a start without network.
  async function keep() {
    await navigator.serviceWorker.register("../sw.js");
    const { serviceWorker: worker } = navigator;
    if (!worker.controller) await new Promise((done) => worker.addEventListener("controllerchange", done, { once: true }));
    const parts = document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src], img[src]");
    const letters = performance.getEntriesByType("resource").map((one) => one.name).filter((one) => one.endsWith(".woff2"));
    for (const one of [location.href, ...letters, ...[...parts].map((part) => part.href || part.src)]) {
      fetch(one).catch(() => null);
    }
  }

  take();
  if (new URLSearchParams(location.search).has("log")) return log.show();
  addEventListener("keydown", (event) => {
    if (event.key === "ArrowRight" || (event.key === " " && event.target.id !== "pause")) turn();
    if (event.key === "p") pause();
  });
  document.fonts.addEventListener("loadingdone", () => { if (slides[at]) fit(slides[at]); });
  turn();
  setInterval(tell, 5e3);
  setInterval(watch, 30e3);
  if (!location.protocol.startsWith("http")) return;
  poll();
  if (isSecureContext && "serviceWorker" in navigator) keep().catch(() => null);
})();
