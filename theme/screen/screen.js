// Turns the pages, and keeps the board true by this machine's own clock: what has expired goes,
// also without network; data too old to trust are said to be. Nothing is sent anywhere but that this
// box is alive, to the log of the server that the board comes from.
"use strict";
(() => {
  const TOO_OLD = 36 * 3600e3, WRONG = 5 * 60e3, AGAIN = 10 * 60e3, PAUSE = 60e3;
  const PATIENCE = 90e3; // for an answer, or the pictures of a page
  const ALIVE = 10 * 60e3;
  const isFramed = parent !== window; // looked at by whoever sets up boxes: it hangs nowhere
  const POLL = 24e3, SLOWEST = 240e3; // with jitter never more than 30 s while the server answers
  const OVERVIEW = 25, PART = 15, ROUND = 270, LONGEST = 300, HOUR = 3400, ALWAYS = 240, MUST = 190, HALF = 120, LEAST = 6; // seconds
  const WEEK = 7 * 86400e3;
  const log = globalThis.shownLog, compose = globalThis.gongkaiCompose, overview = globalThis.gongkaiOverview;
  const id = (name) => document.getElementById(name);
  let built, day, date, time, words, about, items, lines;
  let limit = ALWAYS, overviews = [], pages = [], urgent = [], round = [], at = -1, cursor = 0, first = 0, fresh = 0, last = "", shown = "";
  let timer, offset = 0; // the server's clock less this one's, while the server can be reached
  let turned = 0, shownAt = 0, stays = 0, missed = 0;
  let paused = 0; // until when somebody wants to read on; never for long, since nobody may come back
  let waiting = null; // the body of another build, taken up between two pages
  // A clock that was set back is older than the build: nothing was published in the future.
  const now = () => Math.max(Date.now() + offset, built || 0);
  const isWithin = ({ publish, expires, from = publish, until = expires }) => !(from && Date.parse(from) > now()) && !(until && Date.parse(until) <= now());
  const isUp = (one) => isWithin(one.dataset) && !(one.dataset.corrects && items.some((other) => other !== one && other.dataset.item === one.dataset.corrects && isWithin(other.dataset)));

  // The board as it now stands in this page.
  function take() {
    const { dataset, classList } = document.body;
    classList.add("js");
    document.documentElement.style.setProperty("--far", dataset.scale);
    built = Date.parse(dataset.built);
    words = JSON.parse(dataset.words);
    const zone = { timeZone: dataset.zone }, lang = document.documentElement.lang;
    day = new Intl.DateTimeFormat("en-CA", { ...zone, year: "numeric", month: "2-digit", day: "2-digit" });
    date = new Intl.DateTimeFormat(lang, { ...zone, month: "long", day: "numeric" });
    time = new Intl.DateTimeFormat(lang, { ...zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    about = { workshop: dataset.workshop, year: "" };
    items = [...document.querySelectorAll("#items > article")];
    lines = id("overview");
    shown = "";
    for (const one of document.querySelectorAll("#items h2")) compose.heading(one, one.textContent);
  }

  // -- how things stand now ------------------------------------------------------------------------

  const today = () => day.format(now());
  const daysTo = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / 86400e3);
  const daysLeft = (one) => (one.dataset.days || "").split(" ").filter((day) => day && day >= today()).length;
  const isNew = (one) => now() - Date.parse(one.dataset.from || one.dataset.publish) < WEEK;
  const fixesOf = (one) => [...one.querySelectorAll(".fixed[data-publish]")].filter((fix) => isWithin(fix.dataset));

  const hangs = (which) => [...lines.querySelectorAll(`li${which}`)].some((one) => isWithin(one.dataset));

  const PLAIN = { late: 0, left: 0, isFixed: false, isNew: false, isOver: false };

  function stateOf(line) {
    const { due, item, emptyFrom, corrects } = line.dataset;
    if (due) return daysTo(due, today()) > 0 ? { ...PLAIN, late: daysTo(due, today()) } : null;
    if (emptyFrom) return Date.parse(emptyFrom) <= now() ? PLAIN : null;
    if (!isUp(line) || (corrects && hangs(`[data-item="${CSS.escape(corrects)}"]`))) return null;
    const whole = items.find((one) => one.dataset.item === item && isWithin(one.dataset));
    const isFixed = Boolean(corrects || (whole && fixesOf(whole).length) || hangs(`[data-corrects="${CSS.escape(item)}"]`));
    const over = line.dataset.review;
    return { late: 0, left: daysLeft(line), isFixed, isNew: isNew(line), isOver: Boolean(over) && daysTo(over, today()) > 0 };
  }

  // What decides what the pages look like; when it is another, they are composed again.
  function signature() {
    const main = document.querySelector("main"), parts = [main.clientWidth, main.clientHeight, built];
    for (const one of items) parts.push(isUp(one) ? `${one.dataset.item}${daysLeft(one)}${isNew(one)}${fixesOf(one).length}` : "");
    for (const one of lines.querySelectorAll("li")) { const state = stateOf(one); parts.push(state ? JSON.stringify(state) : ""); }
    return parts.join("|");
  }

  // -- composing -----------------------------------------------------------------------------------

  // As many columns as have room for fourteen characters each and more.
  function columns() {
    const width = document.querySelector("main").clientWidth / parseFloat(getComputedStyle(document.documentElement).fontSize);
    return width >= 140 ? 3 : width >= 115 ? 2 : 1;
  }

  function ready(one) {
    const copy = one.cloneNode(true), marks = copy.querySelector(".tag");
    const left = daysLeft(one), fixes = fixesOf(one);
    for (const fix of copy.querySelectorAll(".fixed[data-publish]")) fix.hidden = !isWithin(fix.dataset);
    if (isNew(one)) marks.prepend(compose.make("span", "t new", words.new), " ");
    if (fixes.length || one.dataset.corrects) marks.prepend(compose.make("span", "t fix", words.fix), " ");
    if (left) marks.prepend(compose.make("span", "t open", overview.leftOf(left, words)), " ");
    for (const speak of copy.querySelectorAll(".speak")) speak.hidden = !left;
    compose.keepNumbers(copy.querySelector("header"));
    return copy;
  }

  function begin() {
    const main = document.querySelector("main"), count = columns();
    for (const one of main.querySelectorAll(":scope > .page")) one.remove();
    const up = items.filter(isUp), first = (one) => daysLeft(one) || fixesOf(one).some(isNew) || isNew(one) || one.dataset.always !== undefined;
    const alarm = up.filter((one) => one.dataset.urgent !== undefined);
    urgent = compose.pages(main, [], alarm.map(ready), 1, "urgent");
    const rank = (one) => (daysLeft(one) ? daysLeft(one) : one.dataset.always !== undefined ? 1000 : 2000);
    const always = up.filter(first).sort((one, other) => rank(one) - rank(other));
    pages = compose.pages(main, always.map(ready), up.filter((one) => !first(one)).map(ready), count);
    const must = new Set(up.filter((one) => daysLeft(one) || one.dataset.always !== undefined).map((one) => one.dataset.item));
    for (const one of pages) one.isMust = [...one.items].some((item) => must.has(item));
    overviews = overview.pages(main, lines, stateOf, about, words, innerWidth / innerHeight >= 1.5 ? 3 : 2)
      .map((element, _, { length }) => ({ element, seconds: length > 1 ? PART : OVERVIEW, items: new Set(), isAlways: true }));
    for (const one of overviews) one.element.hidden = true;
    id("blank").hidden = up.length > 0 || lines.querySelector("li") !== null;
    hurry();
    const rest = pages.filter((one) => !one.isAlways), was = rest.findLastIndex((one) => one.items.has(last));
    cursor = rest.length ? (was + 1) % rest.length : 0; // it goes on behind what was up last
    round = [];
    at = -1;
  }

  // On a full board the rest stays for less, so that everything was seen within the hour.
  function hurry() {
    limit = ALWAYS;
    for (let tries = 0; tries < 20 && untilAllSeen() > HOUR; tries++) {
      if (limit > HALF) limit -= 30; // what is new takes turns first
      else for (const one of pages) one.seconds = Math.max(LEAST, Math.floor(one.seconds * 0.88));
    }
  }

  // How many seconds it takes until every page was up.
  function untilAllSeen() {
    const before = [cursor, first, fresh], unseen = new Set(pages);
    let total = 0;
    for (let rounds = 0; unseen.size && rounds < 200; rounds++) {
      for (const one of next(true)) {
        if (!unseen.size) break;
        unseen.delete(one);
        total += one.seconds;
      }
    }
    [cursor, first, fresh] = before;
    return total;
  }

  // The seconds of each round until every page was up.
  function rounds() {
    const before = [cursor, first, fresh], unseen = new Set(pages), found = [];
    do {
      const some = next(true);
      found.push(some.reduce((all, one) => all + one.seconds, 0));
      for (const one of some) unseen.delete(one);
    } while (unseen.size && found.length < 200);
    [cursor, first, fresh] = before;
    return found;
  }

  // A round: the overview, what comes in every round, and of the rest the pages whose turn it is. Where
  // what is new and open takes too long by itself, pages of it take turns too.
  function next(isTrial = false) {
    if (urgent.length && !isTrial) return urgent;
    let total = overviews.reduce((all, one) => all + one.seconds, 0);
    const found = [...overviews], always = pages.filter((one) => one.isAlways), rest = pages.filter((one) => !one.isAlways);
    const must = always.filter((one) => one.isMust), news = always.filter((one) => !one.isMust);
    const take = (some, from, most) => {
      for (let count = 0; count < some.length; count++) {
        const one = some[(from + count) % some.length];
        if (total + one.seconds > most && count) return from + count;
        found.push(one);
        total += one.seconds;
      }
      return from;
    };
    first = take(must, first, news.length ? MUST : ALWAYS); // which leaves room for a page of each other kind
    fresh = take(news, fresh, limit);
    for (let count = 0; count < rest.length && (total < ROUND || !count); count++) {
      const one = rest[cursor % rest.length];
      if (total + one.seconds > LONGEST && count) break;
      found.push(one);
      total += one.seconds;
      cursor = (cursor + 1) % rest.length;
    }
    return found;
  }

  // -- head and foot -------------------------------------------------------------------------------

  function isDark() {
    const clock = time.format(now());
    return document.body.dataset.off.split(" ").filter(Boolean).some((span) => {
      const [start, end] = span.split("-");
      return start <= end ? clock >= start && clock < end : clock >= start || clock < end;
    });
  }

  function tell() {
    about.year = today().slice(0, 4);
    document.body.classList.toggle("dark", isDark());
    id("date").textContent = `${date.format(now())} ${new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: document.body.dataset.zone, weekday: "long" }).format(now())}`;
    id("clock").textContent = time.format(now());
    const age = now() - built, isToday = day.format(built) === today();
    id("age").textContent = words.checked.replace("{at}", `${isToday ? "" : `${date.format(built)} `}${time.format(built)}`);
    id("stale").hidden = age < TOO_OLD;
    id("clock-wrong").hidden = Math.abs(offset) < WRONG && Date.now() + offset >= built - WRONG;
    const open = [...lines.querySelectorAll("li[data-days]")].filter((one) => stateOf(one)?.left).sort((one, other) => daysLeft(one) - daysLeft(other));
    const left = open.length && daysLeft(open[0]);
    id("open-count").textContent = open.length ? words.opens.replace("{n}", open.length).replace("{when}", overview.leftOf(left, words)) : words.open;
    brief(id("open-title"), [open.length ? open[0].textContent : words.none]);
    id("open").classList.toggle("red", open.length > 0);
    for (const one of document.querySelectorAll(".reception")) one.hidden = false; // to be measured
    for (const one of document.querySelectorAll(".reception")) one.hidden = Date.parse(one.dataset.expires) <= now() || one.parentElement.scrollWidth > one.parentElement.clientWidth + 1;
    // Once an hour the head moves by some pixels, so that nothing burns itself into the screen.
    document.documentElement.style.setProperty("--drift", `${(Math.floor(now() / 3600e3) % 5) - 2}px`);
  }

  function mark() {
    const after = round[(at + 1) % round.length];
    id("where").textContent = words.page.replace("{n}", at + 1).replace("{total}", round.length);
    brief(id("next"), after ? namesOf(after) : [""]);
    id("round").replaceChildren(...round.map((other, n) => compose.make("i", n < at ? "done" : n === at ? "on" : "")));
    id("pause").textContent = paused ? document.body.dataset.resume : document.body.dataset.pause;
  }

  const nameIn = (one) => [...one.querySelector("h2").childNodes].filter((node) => node.nodeName !== "SMALL").map((node) => node.textContent).join("");

  // As many names as there is room for; a single one on two lines if need be.
  function brief(one, names) {
    const some = [...names];
    one.classList.remove("two");
    while (!overview.shorten(one, some.join(words.comma), about, true)) {
      if (some.length === 1) return one.classList.add("two");
      some.pop();
    }
  }

  function namesOf({ element }) {
    if (element.dataset.page === "overview") return [words.overview];
    return [...new Set([...element.querySelectorAll(".item")].map(nameIn))];
  }

  // -- turning -------------------------------------------------------------------------------------

  function settle() {
    const found = signature();
    if (found === shown) return false;
    const had = round[at] && [...round[at].items][0];
    const name = round[at]?.element.dataset.page;
    begin();
    shown = found;
    round = next();
    at = name === "items" ? round.findIndex((one) => one.items.has(had)) - 1 : -1;
    if (at < -1) at = -1;
    return true;
  }

  function turn() {
    clearTimeout(timer);
    if (waiting) swap();
    turned = performance.now();
    tell(); // before it is measured: the head may be higher by what it says
    settle();
    at += 1;
    if (at >= round.length) { round = next(); at = 0; }
    show();
  }

  function show() {
    for (const one of document.querySelectorAll("main > .page.on")) { one.classList.remove("on"); one.hidden = true; }
    const page = round[at];
    if (page) {
      page.element.hidden = false;
      if (page.element.dataset.page === "items") compose.grow(page.element);
      if (!page.isAlways) last = [...page.items].at(-1) || last;
      page.element.classList.add("on");
      page.element.dataset.seconds = page.seconds;
      mark();
      for (const one of isDark() || isFramed ? [] : page.element.querySelectorAll("article[data-version]")) log.saw(one.dataset.item, one.dataset.version, now());
    }
    stays = page ? page.seconds * 1000 : 10e3;
    shownAt = performance.now();
    wait();
  }

  // The page stays its time, or as long as somebody reads on; but what ends goes at its second.
  function wait() {
    clearTimeout(timer);
    const left = paused ? paused - performance.now() : stays - (performance.now() - shownAt);
    timer = setTimeout(tick, Math.max(20, Math.min(left, untilChange())));
  }

  function tick() {
    if (paused && paused <= performance.now()) return resume();
    if (!paused && performance.now() - shownAt >= stays - 30) return turn();
    if (settle()) { at = Math.max(0, at + 1) % (round.length || 1); tell(); return show(); }
    wait();
  }

  // Milliseconds until something comes or goes: it does so at its second, not when the page turns.
  function untilChange() {
    let least = Infinity;
    for (const { dataset } of document.querySelectorAll("#items > article, #items .fixed[data-publish], #overview li")) {
      for (const name of ["publish", "expires", "from", "until", "emptyFrom"]) {
        const left = Date.parse(dataset[name] || "") - now();
        if (left > 0 && left < least) least = left;
      }
    }
    return least + 20;
  }

  function pause() {
    if (paused) return resume();
    paused = performance.now() + PAUSE;
    wait();
    mark();
  }

  function resume() {
    paused = 0;
    turn();
  }

  // By hand: forward, back, or to an item of the overview; after a minute it goes on by itself.
  function go(by) {
    settle();
    paused = performance.now() + PAUSE;
    at = (at + by + round.length) % round.length;
    if (by > 0 && at === 0) round = next();
    show();
  }

  function open(item) {
    const those = [...urgent, ...pages].filter((one) => one.items.has(item));
    if (!those.length) return;
    const others = round.filter((one) => !those.includes(one)), here = others.indexOf(round[at]) + 1;
    round = [...others.slice(0, here), ...those, ...others.slice(here)];
    at = here;
    paused = performance.now() + PAUSE;
    show();
  }

  function swap() {
    document.body.replaceWith(waiting);
    waiting = null;
    take();
    observe();
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
    for (const one of body.querySelectorAll("noscript")) one.remove(); // read without scripts, it would be seen
    const late = new Promise((done) => setTimeout(done, PATIENCE));
    await Promise.race([late, Promise.allSettled([...body.querySelectorAll("img")].map((one) => {
      const picture = new Image();
      picture.src = one.getAttribute("src");
      return picture.decode();
    }))]);
    waiting = document.adoptNode(body);
    if (waiting.querySelector("[data-urgent]")) turn();
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
    net.textContent = is ? "" : `○ ${document.body.dataset.offline}`;
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

  // The name of the board and its build, and nothing else.
  function alive() {
    const { board, built } = document.body.dataset;
    fetch(`../alive.txt?${new URLSearchParams({ board, build: built })}`, { cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer" }).catch(() => null);
    setTimeout(alive, ALIVE * (0.75 + Math.random() / 2));
  }

  // A loop that stands still, after a sleep or a fault, is set going; when that does not help, the
  // page begins anew, if there is one to be had.
  async function watch() {
    if (paused || performance.now() - turned < 3 * stays + 60e3) return;
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
    const { key, target } = event;
    if (key === "ArrowRight" || key === "PageDown" || (key === " " && target.id !== "pause")) go(1);
    if (key === "ArrowLeft" || key === "PageUp") go(-1);
    if (key === "p") pause();
  });
  addEventListener("click", (event) => {
    const line = event.target.closest(".overview li[data-item]");
    if (event.target.closest("main a")) event.preventDefault(); // nobody could lead the board back
    if (event.target.id === "pause") return pause();
    if (line) return open(line.dataset.item);
    if (event.target.closest("main") && !paused) pause();
  });
  let sized;
  const again = () => { clearTimeout(sized); sized = setTimeout(() => { if (settle()) { at = Math.max(0, at + 1) % (round.length || 1); show(); } }, 200); };
  const sizes = new ResizeObserver(again);
  const observe = () => { sizes.disconnect(); sizes.observe(document.querySelector("main")); };
  document.fonts.addEventListener("loadingdone", () => { shown = ""; again(); });
  observe();
  turn();
  setInterval(tell, 5e3);
  setInterval(watch, 30e3);
  globalThis.gongkaiScreen = { pages: () => [...overviews, ...pages], rounds, show };
  if (!location.protocol.startsWith("http") || isFramed) return;
  poll();
  alive();
  if (isSecureContext && "serviceWorker" in navigator) keep().catch(() => null);
})();
