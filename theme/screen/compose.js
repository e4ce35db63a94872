// Composes the pages of a board by measuring, for whatever shape and size this screen has. It is
// given the items as they came, once each, and gives back pages; nothing is shortened or lost.
"use strict";
globalThis.gongkaiCompose = (() => {
  const GROW = [1, 1.03, 1.06, 1.1, 1.15, 1.2, 1.26, 1.32, 1.38, 1.44, 1.5, 1.6, 1.7, 1.8]; // how much larger a page may be set that has room
  const SHRINK = [0.97, 0.94, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5];
  const NUMBER = /(?:\d{1,2}月)?\d{1,2}日(?!常)|\d{4}年|\d{1,2}月|\d[\d,.:%‰]*(?:万元|亿元|人次|小时|分钟|平方米|公里|元|万|吨|人|件|项|天|个|号|kWh|kg|%|℃)?/gu;
  const STOPS = "。；！？\n", PAUSES = "，、：）》”", NEVER_FIRST = "。，、；：？！）》”’】·%)],:;?!", NEVER_LAST = "（《“‘【([";
  const FEWEST = 4;
  const WIDE = 1.5, BESIDE = 200; // shape of a page that is wide, and units that stand beside a picture
  const DWELL = { base: 5, per: 8, least: 15, most: 50 };

  const make = (tag, klass, ...inner) => {
    const one = document.createElement(tag);
    if (klass) one.className = klass;
    one.append(...inner);
    return one;
  };
  const bottom = (one) => one.getBoundingClientRect().bottom;
  const isHeading = (one) => /^H[3-6]$/.test(one?.tagName || "");

  // -- text: words are not broken, nor are numbers with their units --------------------------------

  function words(text) {
    if (!globalThis.Intl?.Segmenter) return [text];
    return [...new Intl.Segmenter("zh", { granularity: "word" }).segment(text)].map((one) => one.segment);
  }

  // A title that breaks between words only.
  function heading(one, text) {
    one.replaceChildren();
    const parts = [];
    for (const part of words(text)) {
      const last = parts.length - 1;
      const sticks = /^[·・./-]/.test(part) || /[·・./-]$/.test(parts[last] || "") || NEVER_FIRST.includes(part[0]) || NEVER_LAST.includes(parts[last]?.at(-1) || "x") || (/^\d/.test(parts[last] || "") && /^[年月日季号批项期%]/.test(part)) || (/\d$/.test(parts[last] || "") && /^\d/.test(part)) || /第[一二三四五六七八九十百\d]*$/.test(parts[last] || "");
      if (last >= 0 && sticks) parts[last] += part; else parts.push(part);
    }
    parts.forEach((part, at) => one.append(...(at ? [make("wbr"), part] : [part])));
  }

  function keepNumbers(root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), found = [];
    while (walker.nextNode()) if (/\d/.test(walker.currentNode.data) && !walker.currentNode.parentElement.closest("pre, code, .n")) found.push(walker.currentNode);
    for (const text of found) {
      const parts = [];
      let from = 0;
      for (const hit of text.data.matchAll(NUMBER)) {
        if (hit[0].length < 2 || hit[0].length > 16) continue;
        parts.push(text.data.slice(from, hit.index), make("span", "n", hit[0]));
        from = hit.index + hit[0].length;
      }
      if (from) text.replaceWith(...parts, text.data.slice(from));
    }
  }

  // How long something is read: a character of Chinese once, a figure twice.
  function units(one) {
    const text = one.textContent;
    return (text.match(/[\u3400-\u9fff]/g) || []).length + 2 * (text.match(/\d[\d,.:]*/g) || []).length + (text.match(/[A-Za-z]+/g) || []).length;
  }
  const seconds = (one) => Math.min(DWELL.most, Math.max(DWELL.least, Math.round(DWELL.base + units(one) / DWELL.per)));

  // -- tables: as they are while they fit, then each row on two lines ------------------------------

  const runsOver = (table) => table.scrollWidth > table.clientWidth + 1;
  const isTall = (table) => [...table.querySelectorAll("td, th")].some((one) => one.clientHeight > 7 * parseFloat(getComputedStyle(one).fontSize) && one.clientWidth < one.clientHeight);

  // A table that keeps within its box: a plain own row, then less between columns, then rows.
  function settle(box) {
    for (const klass of ["", "tight", "tighter", "tightest"]) {
      box.className = `gk-table ${klass}`;
      if (!runsOver(box) && !isTall(box)) return true;
    }
    return false;
  }

  function asRows(box) {
    const heads = [...box.querySelectorAll("thead th")].map((one) => one.textContent.trim());
    const rows = [...box.querySelectorAll("tbody tr")].map((row) => [row.className, [...row.cells]]);
    const count = heads.length;
    const isCode = (at) => rows.every(([, cells]) => /^[\w-]*$/.test(cells[at]?.textContent.trim() || ""));
    const subject = count > 2 && isCode(0) ? 1 : 0;
    const isShort = rows.every(([, cells]) => (cells[count - 1]?.textContent.length || 0) <= 14);
    const result = count > 1 && isShort ? count - 1 : -1;
    const all = make("div", "rows");
    if (heads.some(Boolean)) all.append(make("div", "row head", make("span", "subject", heads[subject]), make("span", "result", result < 0 ? "" : heads[result])));
    for (const [klass, cells] of rows) {
      const row = make("div", `row ${klass}`), rest = make("p", "rest");
      cells.forEach((cell, at) => {
        if (at === subject) row.append(make("b", "subject", ...cell.childNodes));
        else if (at !== result && (cell.textContent.trim() || cell.querySelector("img"))) rest.append(make("span", "pair", make("small", "", heads[at] || ""), " ", make("span", "", ...cell.childNodes)), " ");
      });
      if (rest.childNodes.length) row.append(rest);
      if (result >= 0 && cells[result]) row.append(make("span", "result", ...cells[result].childNodes));
      all.append(row);
    }
    box.replaceWith(all);
  }

  // On an upright screen the own row stands above its table, its last figure as large as can be.
  function ownAbove(box) {
    const rows = [...box.querySelectorAll("tbody tr.gk-own")], heads = [...box.querySelectorAll("thead th")];
    const cells = rows.length === 1 ? [...rows[0].cells] : [], last = cells.at(-1)?.textContent.trim() || "";
    if (cells.length < 3 || cells.length !== heads.length || !/^[-+−¥￥]?[\d,.]{1,12}%?$/.test(last)) return;
    const pair = (cell, at) => make("span", "pair", make("small", "", heads[at].textContent), make("b", "", ...cell.childNodes));
    const head = make("p", "mine-head", make("b", "", ...cells[0].childNodes), make("span", "", heads.at(-1).textContent));
    const rest = make("div", "mine-rest", ...cells.slice(1, -1).map((cell, at) => pair(cell, at + 1)));
    rows[0].remove();
    box.before(make("div", "mine", head, make("p", "mine-figure", last), rest));
  }

  // -- cutting: what does not fit goes on, whole words and rows as far as possible ----------------

  const PARTS = { TABLE: "tbody > tr", UL: ":scope > li", OL: ":scope > li", BLOCKQUOTE: ":scope > *", DIV: ":scope > *" };

  // The part of a block that does not fit above a limit; the block itself if nothing of it does, and
  // null if all of it stays. ``force`` for a page that holds nothing else.
  function cut(one, limit, room, force) {
    if (one.matches(".mine, .months, .pairs") || (one.matches("tr, .row") && one.querySelector("img"))) return force ? null : one; // stays whole
    if (one.matches(".gk-table")) return wrapped(one, cut(one.firstElementChild, limit, room, force));
    if (one.tagName === "TR") return cutRow(one, limit, room, force);
    const kids = PARTS[one.tagName] && [...one.querySelectorAll(PARTS[one.tagName])];
    const isBlocks = kids?.length && (one.tagName !== "DIV" || one.matches(".rows, .row"));
    const hasBlocks = one.tagName === "LI" && [...one.children].some((kid) => kid.matches("p, ul, ol, .gk-table, blockquote, pre"));
    if (hasBlocks) return cutKids(one, [...one.children], limit, room, force);
    return isBlocks ? cutKids(one, kids, limit, room, force) : cutText(one, limit, force);
  }

  function wrapped(box, rest) {
    if (!rest || rest === box.firstElementChild) return rest && box;
    const other = box.cloneNode(false);
    other.append(rest);
    return other;
  }

  const firstBody = (kids) => (kids[0]?.matches(".head") ? 1 : 0);

  function cutKids(one, kids, limit, room, force) {
    let count = kids.findIndex((kid) => bottom(kid) > limit + 1);
    if (count < 0) return null;
    const edge = kids[count];
    let inner = edge;
    if ((force && count === firstBody(kids)) || edge.getBoundingClientRect().height > room / 2) inner = cut(edge, limit, room, force && count === firstBody(kids));
    if (inner === null) count += 1;
    const isCut = inner && inner !== edge;
    let rest = isCut ? [inner, ...kids.slice(count + 1)] : kids.slice(count);
    if (!isCut && rest.length === 1 && rest[0].matches(".gk-sum") && count > 1) rest = kids.slice(--count);
    if (!rest.length) return null;
    if (!isCut && count <= firstBody(kids)) return one;
    const other = one.cloneNode(false);
    if (one.tagName === "TABLE") {
      const [head, body] = [one.querySelector("thead"), make("tbody", "", ...rest)];
      other.append(...(head ? [head.cloneNode(true)] : []), body);
    } else {
      if (one.tagName === "OL") other.start = one.start + count;
      if (one.matches(".rows") && kids[0].matches(".head")) other.append(kids[0].cloneNode(true));
      other.append(...rest);
      if (isCut && one.tagName === "OL") rest[0].classList.add("goes-on");
    }
    return other;
  }

  function cutRow(row, limit, room, force) {
    const rests = [...row.cells].map((cell) => cutText(cell, limit, force));
    if (rests.every((rest) => rest === null)) return null;
    if (rests.some((rest, at) => rest === row.cells[at])) {
      // A cell of which nothing stays: the row goes over whole, so what was cut is put back.
      rests.forEach((rest, at) => { if (rest && rest !== row.cells[at]) row.cells[at].append(...rest.childNodes); });
      return row;
    }
    const other = row.cloneNode(false);
    [...row.cells].forEach((cell, at) => other.append(rests[at] || cell.cloneNode(false)));
    return other;
  }

  function cutText(one, limit, force) {
    const texts = textsOf(one), whole = texts.map((text) => text.data).join("");
    if (!whole.trim()) return !force && bottom(one) > limit + 1 ? one : null; // a picture stays whole
    if (bottomOf(texts, whole.length) <= limit + 1) return null;
    let low = 0, high = whole.length;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (bottomOf(texts, middle) <= limit) low = middle; else high = middle - 1;
    }
    if (force && low < FEWEST) return null; // no room for a line of it anywhere: it stays whole
    const least = force ? 1 : Math.min(24, whole.length);
    let at = niceBreak(whole, low);
    at = outsideNumbers(texts, at, low);
    if (at < least) at = force ? Math.max(1, low) : 0;
    if (!at) return one;
    const other = one.cloneNode(false), range = document.createRange();
    range.selectNodeContents(one);
    range.setStart(...place(texts, at));
    other.append(range.extractContents());
    other.classList.add("goes-on");
    return other;
  }

  function textsOf(one) {
    const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT), found = [];
    while (walker.nextNode()) found.push(walker.currentNode);
    return found;
  }

  function place(texts, at) {
    for (const text of texts) {
      if (at <= text.length) return [text, at];
      at -= text.length;
    }
    return [texts.at(-1), texts.at(-1).length];
  }

  // How far down the text reaches until a character; blanks at the ends of lines have no place.
  function bottomOf(texts, at) {
    const range = document.createRange();
    for (; at > 0; at--) {
      const [text, offset] = place(texts, at);
      range.setStart(text, offset - 1);
      range.setEnd(text, offset);
      const rects = range.getClientRects();
      if (rects.length) return rects[rects.length - 1].bottom;
    }
    return -Infinity;
  }

  // The last end of a sentence, or of a part of one, or at least not within a word of figures.
  function niceBreak(text, most) {
    if (most >= text.length) return most;
    for (const [signs, share] of [[STOPS, 0.6], [PAUSES, 0.75]]) {
      for (let at = most; at > most * share; at--) if (signs.includes(text[at - 1]) && !NEVER_FIRST.includes(text[at])) return at;
    }
    let at = most;
    while (at > 1 && (NEVER_FIRST.includes(text[at]) || NEVER_LAST.includes(text[at - 1]) || (/[\w.,]/.test(text[at]) && /[\w.,]/.test(text[at - 1]) && most - at < 24) || /[\udc00-\udfff]/.test(text[at]))) at--;
    return at > 1 ? at : most;
  }

  function outsideNumbers(texts, at, most) {
    const [text, offset] = place(texts, at), number = text.parentElement.closest(".n");
    return number && offset < text.length && at - offset > 0 ? at - offset : Math.min(at, most);
  }

  // -- fragments: an item as one card or more, or across the whole width ---------------------------

  function shell(item, number, total) {
    const one = item.cloneNode(false);
    const head = item.querySelector(":scope > header").cloneNode(true), body = make("div", "body");
    if (number) {
      head.querySelector(".facts")?.remove();
      one.classList.add("more");
    }
    if (total > 1) head.querySelector("h2").append(make("small", "", ` ${number + 1}/${total}`));
    one.append(head, body);
    return one;
  }

  // Puts blocks into a box until it is full; what is left stays in the queue.
  function fill(queue, body, box, limit, room) {
    while (queue.length) {
      const one = queue.shift();
      body.append(one);
      if (bottom(box) <= limit + 1) continue;
      const rest = cut(one, limit - (bottom(box) - bottom(one)), room, body.children.length === 1);
      if (rest === one && body.children.length > 1) {
        one.remove();
        queue.unshift(one);
      } else if (rest && rest !== one) queue.unshift(rest);
      while (body.children.length > 1 && isHeading(body.lastElementChild) && queue.length) {
        queue.unshift(body.lastElementChild); // a heading goes with what it heads
        body.lastElementChild.remove();
      }
      return;
    }
  }

  // What would just not fit is set closer; of what is longer no page is left nearly empty, and what is
  // on each is then set larger.
  function fragments(item, probe, room, kind) {
    const most = cutUp(item, probe, room, kind, kind);
    if (most.length === 1 || most.length > 4) return most;
    for (const klass of most.length === 2 ? ["dense", "denser", "densest"] : []) {
      const found = cutUp(item, probe, room, kind, `${kind} ${klass}`);
      if (found.length === 1) return found;
    }
    for (const share of kind === "full" ? [0.55, 0.65, 0.75, 0.85] : []) {
      const found = cutUp(item, probe, room * share, kind, kind, most.length);
      if (found.length === most.length) return found;
    }
    return most;
  }

  function cutUp(item, probe, room, kind, klass, total = 1) {
    const queue = blocksOf(item, innerWidth < innerHeight), found = [];
    if (!queue.length) queue.push(make("p", "none"));
    while (queue.length) {
      const one = shell(item, found.length, total), body = one.querySelector(".body");
      one.className += ` ${klass}`;
      probe.replaceChildren(one);
      if (found.length === 0) for (const box of queue.filter((block) => block.matches(".gk-table"))) prepare(box, body, queue);
      fill(queue, body, one, probe.getBoundingClientRect().top + room, room);
      found.push({ kind, one, source: item, item: item.dataset.item, height: one.getBoundingClientRect().height });
    }
    probe.replaceChildren();
    // How many there are stands in their titles, and takes room there.
    return found.length === total || (total > 1 && found.length !== total) ? found : cutUp(item, probe, room, kind, klass, found.length);
  }

  // Tables are tried in the width they will have.
  function prepare(box, body, queue) {
    const at = queue.indexOf(box);
    body.append(box);
    if (!settle(box)) {
      asRows(box);
      queue[at] = body.lastElementChild;
    }
    queue[at].remove();
  }

  function blocksOf(item, isUpright) {
    const copy = item.cloneNode(true);
    for (const box of isUpright ? copy.querySelectorAll(":scope > .body > .gk-table") : []) ownAbove(box);
    keepNumbers(copy);
    return beside([...copy.querySelectorAll(":scope > .body > *, :scope > .after > *:not([hidden])")]);
  }

  // On a wide page a figure over time stands beside the sentences before it, if they are few.
  function beside(blocks) {
    const at = blocks.findIndex((one) => one.matches(".months"));
    let from = at;
    while (from > 0 && blocks[from - 1].matches("p:not(:has(img))")) from--;
    const few = blocks.slice(Math.max(0, from), Math.max(0, at));
    if (from < 1 || innerWidth < innerHeight * WIDE || !few.length || few.reduce((sum, one) => sum + units(one), 0) > BESIDE) return blocks;
    blocks.splice(from, few.length + 1, make("div", "pairs", make("div", "", ...few), blocks[at]));
    return blocks;
  }

  // Does every table of an item keep its columns in a width, or are its rows short enough for it?
  function isNarrow(item, probe) {
    const boxes = [...item.querySelectorAll(".gk-table")];
    return boxes.every((box) => {
      const copy = box.cloneNode(true), count = copy.querySelectorAll("thead th").length;
      if (count > 2 && copy.querySelector(".gk-own")) return false; // the own row is to be large
      keepNumbers(copy);
      probe.replaceChildren(make("article", "item card", make("div", "body", copy)));
      const fits = settle(copy);
      probe.replaceChildren();
      return fits || count <= 3;
    });
  }

  // -- pages: fragments one below the other, cards in columns --------------------------------------

  class Page {
    constructor(room, columns, gap) { Object.assign(this, { room, columns, gap, bands: [], used: 0, parts: [] }); }
    top() { return this.used + (this.bands.length ? this.gap : 0); }
    place(part) {
      const done = part.kind === "full" ? this.across(part) : this.beside(part);
      if (done) this.parts.push(part);
      return done;
    }
    across(part) {
      if (this.top() + part.height > this.room + 1) return false;
      this.used = this.top() + part.height;
      this.bands.push([[part]]);
      this.open = null;
      return true;
    }
    beside(part) {
      if (!this.open) {
        const from = this.top();
        if (from + part.height > this.room + 1) return false;
        const band = Array.from({ length: this.columns }, () => []);
        this.open = { band, from, heights: band.map(() => 0) };
        this.bands.push(band);
      }
      const { band, from, heights } = this.open;
      const first = Math.max(0, band.findLastIndex((column) => column.some((one) => one.item && one.item === part.item)));
      for (let at = first; at < this.columns; at++) {
        const height = heights[at] + (heights[at] ? this.gap : 0) + part.height;
        if (from + height > this.room + 1) continue;
        band[at].push(part);
        heights[at] = height;
        this.used = Math.max(this.used, from + height);
        return true;
      }
      return false;
    }
    // What cannot be cut and is higher than a page.
    alone(part) {
      this.parts.push(part);
      this.bands.push([[part]]);
      this.used = this.room;
    }
    element() {
      const page = make("section", "page");
      page.dataset.page = "items";
      for (const band of this.bands) {
        const columns = band.filter((column) => column.length);
        if (band.length === 1) page.append(band[0][0].one);
        else page.append(make("div", `columns of-${this.bands.length > 1 ? band.length : columns.length}`, ...columns.map((column) => make("div", "column", ...column.map((part) => part.one)))));
      }
      return page;
    }
  }

  // What belongs together keeps its order; of the rest each goes where there is room for it.
  function pack(parts, pages, fresh) {
    const lastOf = new Map();
    for (const part of parts) {
      const from = lastOf.get(part.item) ?? Math.max(0, pages.length - 8);
      let at = pages.findIndex((page, n) => n >= from && page.place(part));
      if (at < 0) {
        at = pages.push(fresh()) - 1;
        if (!pages[at].place(part)) pages[at].alone(part);
      }
      lastOf.set(part.item, at);
    }
    return pages;
  }

  // What would stand alone in one column is given all of them.
  function spread(page, probe, columns) {
    const [part] = page.parts;
    const isShort = [...part.one.querySelectorAll("tbody")].some((one) => one.rows.length < 6);
    if (page.parts.length !== 1 || part.kind !== "card" || part.height < page.room / 3 || isShort) return;
    for (let room = part.height / columns; room < part.height; room += page.room / 12) {
      const parts = cutUp(part.source, probe, room, "card", "card flowing");
      if (parts.length <= columns) {
        page.bands = [parts.map((one) => [one])];
        page.parts = parts;
        return;
      }
    }
  }

  // A page that has room is set as large as it fits; one that is too full, since a line breaks elsewhere
  // beside others than by itself, a little smaller. Done once for each page, when it is first shown: to
  // do it for all of them takes a third of the time until the first is up.
  function grow(page) {
    if (page.style.getPropertyValue("--k")) return;
    const boxes = [...page.querySelectorAll(".gk-table, .column, .item, h2")];
    const fits = (size) => {
      page.style.setProperty("--k", size);
      return page.scrollHeight <= page.clientHeight + 1 && boxes.every((one) => one.scrollWidth <= one.clientWidth + 1);
    };
    if (!fits(1)) return void SHRINK.find(fits);
    let low = 0, high = GROW.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (fits(GROW[middle])) low = middle; else high = middle - 1;
    }
    fits(GROW[low]);
  }

  // The pages of some items, in their order; each with the items on it and how long it stays.
  function pages(main, first, rest, columns, klass = "") {
    const page = make("section", `page ${klass}`);
    main.append(page);
    const style = getComputedStyle(page), rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const width = page.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const room = page.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
    const gap = 2.4 * rem, between = 7.2 * rem;
    const narrow = (width - between * (columns - 1)) / columns;
    const probe = make("div", "probe");
    page.append(probe);
    const wide = (size) => { probe.style.width = `${size}px`; return probe; };
    const parts = (item) => {
      if (columns === 1 || !isNarrow(item, wide(narrow))) return fragments(item, wide(width), room, "full");
      const cards = fragments(item, wide(narrow), room, "card");
      if (cards.length < columns || !item.querySelector("table")) return cards;
      const across = fragments(item, wide(width), room, "full"); // a table that is long, but not as long across
      return across.length * columns <= cards.length ? across : cards;
    };
    const fresh = () => new Page(room, columns, gap);
    const always = pack(first.flatMap(parts), [], fresh), count = always.length;
    const all = pack(rest.flatMap(parts), always, fresh);
    for (const one of columns > 1 ? all : []) spread(one, wide(narrow), columns);
    page.remove();
    return all.map((one, at) => {
      const element = one.element();
      if (klass) element.classList.add(klass);
      element.hidden = true;
      main.append(element);
      return { element, seconds: seconds(element), items: new Set(one.parts.map((part) => part.item).filter(Boolean)), isAlways: at < count };
    });
  }

  return { pages, grow, heading, keepNumbers, make };
})();
