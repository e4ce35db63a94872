// The overview: every title that hangs, by section, with its mark. Sections stay whole while they
// can; what does not fit on one page goes on over another.
"use strict";
globalThis.gongkaiOverview = (() => {
  const { heading, keepNumbers, make } = globalThis.gongkaiCompose;
  const LINES = [4, 3.75, 3.5]; // heights of a line, from where there is room to where there is little
  const FIRST = 10; // lines of what is marked at the top of an upright screen

  const leftOf = (days, words) => (days === 1 ? words.today : words.left.replace("{n}", days));

  // What is said of a line, the most urgent first.
  function marksOf({ left, late, isFixed, isNew, isOver }, words) {
    const found = [];
    if (late > 0) found.push(make("span", "t late", words.late.replace("{n}", late)));
    if (isNew) found.push(make("span", "t new", words.new));
    if (isFixed) found.push(make("span", "t fix", words.fix));
    if (isOver) found.push(make("span", "t over", words.over));
    if (left > 0) found.push(make("span", "t open", leftOf(left, words)));
    return found;
  }

  const rank = ({ left, late, isFixed, isNew }) => (late > 0 ? 0 : left > 0 ? 1 + left / 1000 : isFixed ? 2 : isNew ? 3 : 4);

  function line(source, state, words) {
    const one = make("li", source.className, make("span", "title"), ...marksOf(state, words));
    for (const name of ["item", "publish", "expires"]) if (source.dataset[name] !== undefined) one.dataset[name] = source.dataset[name];
    one.classList.toggle("marked", rank(state) < 4);
    one.title = source.textContent.trim();
    return one;
  }

  // Shorter words for a title, one after the other, only until it fits on its line.
  function shorten(title, text, about, isOpen) {
    const runsOver = () => title.scrollWidth > title.clientWidth + 1;
    const steps = [
      (now) => (now.startsWith(about.workshop) ? now.slice(about.workshop.length) : now),
      (now) => now.replace(new RegExp(`^${about.year}(?:年度|年)(?![至到—-])`), ""),
      (now) => (isOpen ? now.replace(/(?:情况)?公示$/, "") : now), (now) => now.replace(/情况$/, ""),
    ];
    const whole = text;
    title.textContent = text;
    for (const step of steps) {
      if (!runsOver()) return true;
      title.textContent = text = step(text).trim() || text;
    }
    if (!runsOver()) return true;
    title.textContent = whole; // on two lines there is room for all of it
    return false;
  }

  function fit(one, about) {
    const title = one.querySelector(".title");
    if (!shorten(title, one.title, about, one.querySelector(".open") !== null)) {
      one.classList.add("two");
      heading(title, title.textContent);
    }
    keepNumbers(title);
  }

  // How many there are of each mark; on an upright screen on one line, so a new one needs no words.
  function sum(counts, words, isTall) {
    const one = make("div", "sum", make("strong", "", words.all.replace("{n}", counts.all)));
    const rows = [["open", words["left-any"], words.open], ["new", words.new, isTall ? "" : words.newly], ["fix", words.fix, ""], ["late", words["late-any"], words.missing]];
    for (const [klass, mark, text] of rows) if (counts[klass]) one.append(make("span", `t ${klass}`, mark), make("span", "", text, make("span", "n", String(counts[klass]))));
    if (!rows.some(([klass]) => counts[klass])) one.append(make("span", "", words.quiet));
    keepNumbers(one);
    return one;
  }

  // What the list does not show.
  function aside(counts, words) {
    const told = [counts.soft ? words.soft : "", counts.paper ? words.paper.replace("{n}", counts.paper) : "", counts.untold ? words.untold.replace("{n}", counts.untold) : ""].filter(Boolean);
    const one = make("span", "aside", told.join(words.comma));
    keepNumbers(one);
    return told.length ? [one] : [];
  }

  // A section on one line: its name and how many there are. Nothing that is marked is put away.
  function gather(section, words) {
    const lines = [...(section?.querySelectorAll("li") || [])];
    if (!lines.length || lines.some((one) => one.classList.contains("marked") || !one.dataset.item)) return;
    const one = make("li", "soft", make("span", "title", words.several.replace("{n}", lines.length)));
    section.querySelector("ul").replaceChildren(one);
  }

  const heightOf = (one) => one.getBoundingClientRect().height;

  // Sections in columns, in their order, so that the highest is as low as can be.
  function shared(heights, count) {
    let low = Math.max(...heights), high = heights.reduce((all, one) => all + one, 0);
    const parted = (most) => {
      const columns = [[]];
      let used = 0;
      heights.forEach((height, at) => {
        if (used && used + height > most) { columns.push([]); used = 0; }
        columns.at(-1).push(at);
        used += height;
      });
      return columns;
    };
    while (high - low > 1) {
      const middle = (low + high) / 2;
      if (parted(middle).length <= count) high = middle; else low = middle;
    }
    return { columns: parted(high), most: high };
  }

  // The highest first, each where there is the most room: in another order, but on one page.
  function balanced(heights, count) {
    const columns = Array.from({ length: count }, () => ({ at: [], used: 0 }));
    for (const at of heights.map((_, one) => one).sort((one, other) => heights[other] - heights[one])) {
      const least = columns.reduce((found, one) => (one.used < found.used ? one : found));
      least.at.push(at);
      least.used += heights[at];
    }
    return { columns: columns.map((one) => one.at.sort((a, b) => a - b)), most: Math.max(...columns.map((one) => one.used)) };
  }

  // Lines one after the other through as many columns as they need.
  function flowing(sections, roomOf, words) {
    const columns = [[]];
    let used = 0;
    for (const section of sections) {
      const title = section.querySelector("h2"), lines = [...section.querySelectorAll("li")], head = heightOf(section) - lines.reduce((all, one) => all + heightOf(one), 0);
      let part = null;
      lines.forEach((one, at) => {
        const height = heightOf(one), needs = part ? height : head + height + (lines[at + 1] ? heightOf(lines[at + 1]) : 0);
        if (used && used + needs > roomOf(columns.length - 1)) { columns.push([]); used = 0; part = null; }
        if (!part) {
          const name = title.cloneNode(true);
          if (at) name.append(` ${words.on}`);
          part = make("div", "section", name, make("ul", ""));
          columns.at(-1).push(part);
          used += head;
        }
        part.lastElementChild.append(one.cloneNode(true));
        used += height;
      });
    }
    return columns;
  }

  function page(first, ...rest) {
    const one = make("section", "page overview", first, ...rest);
    one.dataset.page = "overview";
    return one;
  }

  // The pages of it. ``stateOf`` tells what holds of a line now, or null where it does not hang.
  function pages(main, source, stateOf, about, words, count) {
    const counts = { all: 0, open: 0, new: 0, fix: 0, late: 0, soft: 0, paper: Number(source.dataset.paper), untold: Number(source.dataset.untold) }, marked = [], sections = [];
    for (const section of source.querySelectorAll(".section")) {
      const lines = [];
      for (const one of section.querySelectorAll("li")) {
        const state = stateOf(one);
        if (!state) continue;
        lines.push({ one: line(one, state, words), rank: rank(state) });
        if (one.dataset.item) counts.all += 1;
        counts.open += state.left > 0; counts.new += state.isNew; counts.fix += state.isFixed; counts.late += state.late > 0;
        counts.soft += one.classList.contains("soft");
      }
      lines.sort((one, other) => one.rank - other.rank);
      marked.push(...lines.filter((one) => one.rank < 4));
      if (lines.length) sections.push({ name: section.querySelector("h2"), lines });
    }
    counts.all += counts.paper + counts.untold;
    const isTall = main.clientHeight > main.clientWidth, head = sum(counts, words, isTall);
    const leading = make("ul", "leading");
    if (isTall) {
      marked.sort((one, other) => one.rank - other.rank);
      for (const { one } of marked.slice(0, FIRST)) leading.append(one);
    }
    const list = sections.map(({ name, lines }) => {
      const one = make("div", "section", name.cloneNode(true), make("ul", "", ...lines.map((line) => line.one).filter((line) => !line.parentElement)));
      if (name.parentElement.dataset.standing !== undefined) one.dataset.standing = "";
      return one;
    });
    const left = list.filter((one) => one.querySelector("li"));
    const trial = make("div", "cols", make("div", "col", ...left));
    const whole = page(head, ...(leading.children.length ? [leading] : []), trial);
    trial.style.setProperty("--count", count);
    main.append(whole);
    const isParted = leading.children.length && left.length;
    if (isParted) leading.after(make("h2", "rest", words.rest.replace("{n}", counts.all - leading.querySelectorAll("[data-item]").length), ...aside(counts, words)));
    else head.append(...aside(counts, words));
    for (const one of whole.querySelectorAll("li")) fit(one, about);
    // Closer together, and what always hangs on one line, before it takes a second page.
    let room, inside;
    const closer = LINES.map((height) => () => { whole.classList.add("close"); whole.style.setProperty("--row", `${height}rem`); });
    for (const squeeze of [() => {}, ...closer, () => gather(left.find((one) => one.dataset.standing !== undefined), words)]) {
      squeeze();
      inside = whole.getBoundingClientRect().bottom - parseFloat(getComputedStyle(whole).paddingBottom);
      room = inside - trial.getBoundingClientRect().top;
      const heights = left.map(heightOf);
      const fits = left.length ? [shared(heights, count), balanced(heights, count)].find((one) => one.most <= room + 1 && one.columns.length <= count) : { columns: [] };
      if (!fits) continue;
      trial.replaceChildren(...fits.columns.map((column) => make("div", "col", ...column.map((at) => left[at]))));
      return [whole];
    }
    const next = inside - head.getBoundingClientRect().bottom - 10;
    const over = (share) => flowing(left, (at) => share * (at < count ? room : next), words), found = [whole];
    const needed = Math.ceil(over(1).length / count);
    const share = [0.5, 0.6, 0.7, 0.8, 0.9].find((one) => over(one).length <= needed * count) || 1; // all pages alike
    const rest = over(share);
    trial.replaceChildren(...rest.splice(0, count).map((column) => make("div", "col", ...column)));
    while (rest.length) {
      const cols = make("div", "cols", ...rest.splice(0, count).map((column) => make("div", "col", ...column)));
      cols.style.setProperty("--count", count);
      found.push(page(head.cloneNode(true), cols));
      found.at(-1).classList.add("close");
      main.append(found.at(-1));
    }
    return found;
  }

  return { pages, shorten, leftOf };
})();
