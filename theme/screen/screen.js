// Turns the pages, and keeps the board true by this machine's own clock: what has expired goes,
// also without network; data too old to trust are said to be. Nothing is sent anywhere.
"use strict";
(() => {
  const body = document.body;
  const built = Date.parse(body.dataset.built);
  const zone = body.dataset.zone;
  const TOO_OLD = 36 * 3600e3, POLL = 30e3, WRONG = 5 * 60e3;
  const id = (name) => document.getElementById(name);
  let offset = 0; // the server's clock less this one's, while the server can be reached
  const now = () => Date.now() + offset;
  const isUp = (element) => {
    const { publish, expires } = element.dataset;
    return !(publish && Date.parse(publish) > now()) && !(expires && Date.parse(expires) <= now());
  };

  const day = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
  const clock = new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: zone, month: "long", day: "numeric", weekday: "long", hour: "2-digit", minute: "2-digit", hour12: false });

  function tell() {
    id("clock").textContent = clock.format(now());
    id("stale").hidden = now() - built < TOO_OLD;
    id("clock-wrong").hidden = Math.abs(offset) < WRONG && now() >= built - WRONG;
    const today = day.format(now());
    for (const mark of document.querySelectorAll(".gk-left")) {
      const left = mark.dataset.days.split(" ").filter((one) => one && one >= today).length;
      if (left > 0) mark.textContent = left === 1 ? mark.dataset.one : mark.dataset.many.replace("{n}", left);
    }
    for (const element of document.querySelectorAll("aside [data-item], .fixed[data-item]")) element.hidden = !isUp(element);
  }

  const slides = [...document.querySelectorAll(".slide")];
  const pager = id("pager");
  let at = -1, timer = 0;

  function turn() {
    clearTimeout(timer);
    tell();
    const up = slides.filter(isUp);
    id("blank").hidden = up.length > 0;
    pager.hidden = up.length === 0;
    for (const slide of slides) slide.classList.remove("on");
    if (!up.length) { timer = setTimeout(turn, 10e3); return; }
    const urgent = up.filter((slide) => slide.classList.contains("urgent"));
    const shown = urgent.length ? urgent : up;
    const next = slides.findIndex((slide, n) => n > at && shown.includes(slide));
    at = next >= 0 ? next : slides.indexOf(shown[0]);
    const slide = slides[at];
    slide.classList.add("on");
    mark(shown, slide);
    fit(slide);
    timer = setTimeout(turn, Number(slide.dataset.seconds) * 1000);
  }

  // The pages were cut to size beforehand; where this machine's type is wider, a little smaller.
  function fit(slide) {
    slide.style.zoom = 1;
    const room = pager.getBoundingClientRect().top - slide.getBoundingClientRect().top;
    const need = slide.scrollHeight;
    if (need > room) slide.style.zoom = Math.max(0.75, room / need);
  }

  function mark(shown, slide) {
    const dots = shown.length <= 16 ? shown.map((one) => { const i = document.createElement("i"); i.classList.toggle("on", one === slide); return i; }) : [];
    const words = document.createElement("span");
    words.textContent = body.dataset.page.replace("{n}", shown.indexOf(slide) + 1).replace("{total}", shown.length);
    pager.replaceChildren(...dots, words);
  }

  // Another build is up, a newer one or an earlier one that was put up again: fetch the page afresh
  // first, and leave this one only when what came is of that build. A stale copy on the way, of the
  // manifest or of the page, must not make a loop, so once in ten minutes for each.
  const started = Date.now(), AGAIN = 10 * 60e3;
  async function renew(build) {
    if (Date.now() - started < POLL / 2) return;
    const page = await fetch(location.href, { cache: "reload" });
    if (!page.ok || !(await page.text()).includes(`data-built="${build}"`)) return;
    try {
      if (Date.now() - Number(sessionStorage.getItem(build)) < AGAIN) return;
      sessionStorage.setItem(build, Date.now());
    } catch { /* no storage on this machine: the pause above is the brake */ }
    location.reload();
  }

  async function poll() {
    const net = id("net");
    try {
      const asked = Date.now();
      const answer = await fetch("../../manifest.json", { cache: "no-store" });
      const manifest = await answer.json();
      const date = Date.parse(answer.headers.get("Date"));
      offset = Number.isFinite(date) && Math.abs(date - asked) > WRONG ? date - asked : 0;
      net.textContent = "● " + body.dataset.online;
      net.classList.remove("off");
      if (manifest.built_at !== body.dataset.built) await renew(manifest.built_at);
    } catch {
      net.textContent = "○ " + body.dataset.offline;
      net.classList.add("off");
    }
    setTimeout(poll, POLL * (0.75 + Math.random() / 2));
  }

  body.classList.add("js");
  addEventListener("keydown", (event) => { if (event.key === "ArrowRight" || event.key === " ") turn(); });
  turn();
  setInterval(tell, 5e3);
  if (location.protocol.startsWith("http")) poll();
})();
