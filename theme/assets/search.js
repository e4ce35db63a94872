// Every word of a text is found. What hangs is found in Material's box, what hung before on the
// archive's page, month by month. Texts and what is typed are compared in one form (render/folded.py
// folds in the same way). Of many texts only those are fetched that may have the words.
"use strict";
(() => {
  const { base: root = ".", features = [] } = JSON.parse(document.getElementById("__config")?.textContent || "{}");
  const highlights = features.includes("search.highlight");
  const MOST = 30, PAIRS = 8, FIGURE = /[0-9.]/;
  const UNSEEN = /[\u00ad\u0300-\u036f\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\u{e0100}-\u{e01ef}]/gu;
  const known = new Map();

  // Words with a blank between them: no signs, small letters, figures without separators.
  function folded(text) {
    const plain = text.replace(UNSEEN, "").normalize("NFKC").toLowerCase();
    return plain.replace(/[^\p{L}\p{N}]+/gu, (signs, at) => {
      const is_between = /[0-9]/.test(plain[at - 1]) && /[0-9]/.test(plain[at + signs.length]);
      if (is_between && signs === ".") return ".";
      return is_between && signs === "," && /^[0-9]{3}/.test(plain.slice(at + 1)) ? "" : " ";
    }).trim();
  }

  // The pairs of a word: neighbours; of figures up to four in a row, none that others have in them.
  function pairs(letters) {
    const found = [];
    let known = 0;
    letters.forEach((first, at) => {
      const row = /^[0-9][0-9.]{0,3}/.exec(letters.slice(at, at + 4).join(""))?.[0] || "";
      const next = letters[at + Math.max(row.length, 1)];
      if (row.length > 1 && at + row.length > known) found.push([first, row.slice(1)]);
      else if (row.length < 2 && (next || letters.length === 1)) found.push([first, row ? next || "" : next]);
      known = Math.max(known, at + row.length);
    });
    return found;
  }

  // A file of the search; each is fetched once, and again if it did not come.
  function fetched(name) {
    if (!known.has(name)) {
      const file = fetch(`${root}/search/${name}`, { cache: "no-cache" }).then((reply) => {
        if (!reply.ok) throw new Error(name);
        return reply.json();
      });
      file.catch(() => known.delete(name));
      known.set(name, file);
    }
    return known.get(name);
  }

  class Text {
    constructor(address, title, text, mark, order) {
      Object.assign(this, { address, title, mark, order, texts: [text], heads: folded(title), words: folded(text) });
    }
    async load() {}
    has(word) { return this.heads.includes(word) || this.words.includes(word); }
  }

  // Texts that are all here. What hangs comes first, then ordinary pages, then what is past.
  class Near {
    constructor(texts) { this.texts = texts; }
    async hits(word) {
      return new Map(this.texts.filter((one) => one.has(word)).map((one) => [one, one.heads.includes(word)]));
    }
  }

  // A text that is fetched when it is to be shown. A long one lies in several pieces, of which only
  // those are fetched that may have the words.
  class FarText {
    constructor(far, first) { Object.assign(this, { far, order: first, mark: "", texts: [], heads: "", words: "", taken: new Set(), spots: new Map() }); }
    note(word, piece) { this.spots.set(word, (this.spots.get(word) || new Set()).add(piece)); }
    async load(words) {
      for (const word of words) {
        for (const piece of this.spots.get(word) || []) {
          if (this.has(word)) break;
          await this.take(piece);
        }
      }
    }
    async take(piece) {
      const [id, title, text] = await this.far.piece(piece);
      if (this.taken.has(piece)) return;
      this.taken.add(piece);
      Object.assign(this, { address: id[0] === "/" ? id.slice(1) : `items/${encodeURIComponent(id)}/`, title, heads: folded(title) });
      this.texts.push(text);
      this.words += `${folded(text)}\n`;
    }
    has(word) { return this.heads.includes(word) || this.words.includes(word); }
  }

  // Texts of which it is known which pairs of characters they have.
  class Far {
    constructor({ pairs, starts, more }) { Object.assign(this, { count: pairs, starts, more: new Set(more), all: new Map() }); }
    async piece(at) {
      const file = this.starts.findLastIndex((start) => start <= at);
      return (await fetched(`texts/${file}.json`))[at - this.starts[file]];
    }
    text(piece) {
      while (this.more.has(piece)) piece--;
      if (!this.all.has(piece)) this.all.set(piece, new FarText(this, piece));
      return this.all.get(piece);
    }
    async hits(word) {
      const asked = pairs([...word.replaceAll(" ", "")]), step = Math.max(1, asked.length / PAIRS);
      const some = asked.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step));
      let both;
      for (const numbers of await Promise.all(some.map((pair) => this.numbers(...pair)))) {
        both = both ? new Map([...both].filter(([at]) => numbers.has(at)).map(([at, is]) => [at, is && numbers.get(at)])) : numbers;
      }
      const found = new Map();
      for (const [piece, isTitle] of both) {
        const text = this.text(piece);
        text.note(word, piece);
        found.set(text, isTitle || found.get(text) || false);
      }
      return found;
    }
    shard(first, second = "") {
      const number = FIGURE.test(first) ? [...second].reduce((sum, one) => (sum * 31 + one.codePointAt(0)) % this.count, 0) : 0;
      return (first.codePointAt(0) + number) % this.count;
    }
    // The pieces with a pair, or with a single character; of each whether its title has it.
    async numbers(first, second) {
      const shard = await fetched(`pairs/${this.shard(first, second)}.json`), seconds = shard[first] || {};
      const found = new Map();
      for (const list of second === undefined ? Object.values(seconds) : [seconds[second] || []]) {
        let number = 0;
        for (const more of list) {
          number += more;
          found.set(number >> 1, Boolean(number & 1) || found.get(number >> 1) || false);
        }
      }
      return found;
    }
  }

  // The texts with all the words: those with the most of them in the title first, what hangs before
  // what is past, the newest before the older. Calls ``show`` as they become known. Of texts that have
  // to be fetched it looks at no more than MOST.
  async function search(stores, words, show) {
    const scores = new Map();
    for (const store of words.length ? stores : []) {
      const each = await Promise.all(words.map((word) => store.hits(word)));
      for (const text of each[0].keys()) {
        if (each.every((hits) => hits.has(text))) scores.set(text, each.filter((hits) => hits.get(text)).length);
      }
    }
    const order = [...scores.keys()].sort((one, other) =>
      scores.get(other) - scores.get(one) || Boolean(one.mark) - Boolean(other.mark) || one.order - other.order);
    const found = [];
    for (const text of order) {
      if (text.far && found.length >= MOST) break;
      await text.load(words);
      if (!words.every((word) => text.has(word))) continue;
      found.push(text);
      if (text.far && found.length === 1) show(found);
    }
    const heads = (text) => words.filter((word) => text.heads.includes(word)).length;
    found.sort((one, other) => heads(other) - heads(one)); // pairs promise more than titles hold
    show(found);
    return found;
  }

  // What was typed as words; and as smaller ones, for when nobody wrote them together.
  const parted = (typed) => folded(typed).split(" ").filter(Boolean);
  function cut(words, lang) {
    const joined = words.join(" ").replace(/([^\d\s])(\d)/gu, "$1 $2");
    if (!globalThis.Intl?.Segmenter) return joined.split(" ");
    return [...new Intl.Segmenter(lang, { granularity: "word" }).segment(joined)].map((one) => one.segment.trim()).filter(Boolean);
  }

  // Where a word stands in a text as it was written, character by character.
  function place(text, word) {
    const letters = [...text], sharp = letters.map((one) => folded(one));
    const aim = word.replaceAll(" ", "");
    for (let from = 0; from < letters.length; from++) {
      let to = from, said = "";
      if (!sharp[from]) continue;
      while (to < letters.length && said.length < aim.length && aim.startsWith(said)) said += sharp[to++].replaceAll(" ", "") || (letters[to - 1] === "." ? "." : "");
      if (said === aim) return { before: letters.slice(Math.max(0, from - 30), from).join(""), hit: letters.slice(from, to).join(""), after: letters.slice(to, to + 40).join("") };
    }
    return null;
  }

  function row({ address, title, texts, mark }, words, heading = "h1") {
    const one = document.createElement("li"), link = document.createElement("a"), article = document.createElement("article");
    const head = document.createElement(heading);
    one.className = "md-search-result__item";
    link.className = "md-search-result__link";
    article.className = "md-search-result__article md-typeset";
    link.href = `${root}/${address}${highlights ? `?h=${encodeURIComponent(words.join(" "))}` : ""}`;
    head.textContent = mark ? `${title} (${mark})` : title;
    article.append(head);
    for (const word of words.slice(0, 2)) {
      const at = texts.reduce((found, text) => found || place(text, word), null);
      if (!at || article.lastChild.textContent.includes(at.hit)) continue;
      const said = document.createElement("p"), hit = document.createElement("mark");
      hit.textContent = at.hit;
      said.append(at.before, hit, at.after);
      article.append(said);
    }
    link.append(article);
    one.append(link);
    return one;
  }

  const box = document.querySelector(".gk-past");
  if (box) fetched("about.json").then(begin, () => {});
  offer(document.querySelector(".md-search-result"));

  const link = (address, text) => Object.assign(document.createElement("a"), { href: `${root}/${address}`, textContent: text });
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

  // On the archive's page: what hung before, month by month, the newest first.
  function begin({ months: list, speak, says }) {
    if (!list.length) return;
    const input = box.querySelector("input"), out = box.querySelector("ol"), status = box.querySelector("[role=status]");
    let asked = 0, timer;

    async function find() {
      const turn = ++asked, words = parted(input.value);
      out.replaceChildren();
      status.textContent = "";
      if (!words.length) return;
      history.replaceState(null, "", `?find=${encodeURIComponent(input.value.trim())}`);
      let count = 0;
      for (const name of list) {
        const lines = await fetched(`past/${name}.json`);
        if (turn !== asked) return; // something else was typed meanwhile
        for (const [id, title, text, mark] of lines) {
          const one = new Text(`items/${encodeURIComponent(id)}/`, title, text, mark, count);
          if (words.every((word) => one.has(word)) && ++count <= MOST) out.append(row(one, words, "strong"));
        }
        status.textContent = box.dataset.found.replace("{n}", count).replace("{month}", name.slice(0, 7));
        if (count > MOST) return;
      }
      if (count) return;
      status.textContent = fill(says.none, { word: input.value.trim() });
      if (speak) status.append(" ", link(speak, says.speak));
    }

    input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(find, 150); });
    box.hidden = false;
    input.value = new URLSearchParams(location.search).get("find") || "";
    find();
  }

  async function stores(about) {
    const rows = await fetched("whole.json");
    const behind = about.far ? 1e9 : 0; // ordinary pages come after all that hangs
    const near = new Near(rows.map(([address, title, text, mark], at) => new Text(address, title, text, mark, behind + at)));
    return about.far ? [new Far(about.far), near] : [near];
  }

  // In Material's box, whose own index is empty.
  function offer(result) {
    const input = document.querySelector(".md-search__input");
    if (!input || !result) return;
    const told = document.createElement("p"), out = document.createElement("ol"), rest = document.createElement("p");
    told.className = "gk-told";
    told.setAttribute("role", "status");
    out.className = "md-search-result__list gk-found";
    rest.className = "gk-rest";
    result.lastElementChild.className = "gk-unused"; // Material writes into it, and has nothing to write
    result.firstElementChild.after(told, out, rest);
    result.classList.add("gk-own");
    let ready, turn = 0;

    const show = (words, mine) => (found) => mine === turn && out.replaceChildren(...found.map((one) => row(one, words)));

    async function find() {
      const mine = ++turn, typed = input.value.trim(), words = parted(typed);
      out.setAttribute("aria-busy", Boolean(typed));
      if (!typed) return void (out.replaceChildren(), told.replaceChildren(), rest.replaceChildren());
      ready ??= fetched("about.json").then(async (about) => ({ about, all: await stores(about) }));
      ready.catch(() => (ready = undefined)); // without a network it is tried again with the next letter
      const { about, all } = await ready, say = about.says;
      const smaller = cut(words, document.documentElement.lang);
      let found = await search(all, words, show(words, mine));
      if (!found.length) found = await search(all, smaller, show(smaller, mine));
      if (mine !== turn) return;
      const said = folded(typed);
      const other = await called(all, Object.hasOwn(about.called, said) ? about.called[said] : [], found);
      if (mine !== turn) return;
      const none = other.names.length ? "" : fill(say.none, { word: typed });
      told.textContent = found.length ? fill(say[found.length < MOST ? "found" : "first"], { n: found.length }) : none;
      if (!found.length) out.replaceChildren();
      if (other.names.length) {
        const line = document.createElement("li");
        line.className = "gk-called";
        line.textContent = fill(say.called, { word: typed, names: other.names.join(say.and) });
        out.append(line, ...other.texts.map((one) => row(one, [one.by])));
      }
      rest.replaceChildren();
      if (!found.length && about.speak) rest.append(link(about.speak, say.speak), " ");
      out.setAttribute("aria-busy", false);
      if (about.months.length) rest.append(link(`archive/?find=${encodeURIComponent(typed)}`, fill(say.past, { word: typed })));
    }

    // What the boards call it: texts that have one of those words, each once.
    async function called(all, names, found) {
      const seen = new Set(found), texts = [], hit = [];
      for (const name of names) {
        const more = (await search(all, parted(name), () => {})).filter((one) => !seen.has(one)).slice(0, 5);
        if (more.length) hit.push(name);
        more.forEach((one) => { seen.add(one); texts.push(Object.assign(Object.create(one), { by: folded(name) })); });
      }
      return { names: hit, texts };
    }

    // Material opens the best of its own, of which there are none.
    input.addEventListener("keydown", (pressed) => {
      if (pressed.key !== "Enter" || pressed.isComposing) return;
      pressed.preventDefault();
      pressed.stopPropagation();
      result.querySelector(".gk-found a, .gk-rest a")?.click();
    });
    const seek = () => find().catch(() => out.setAttribute("aria-busy", false));
    input.addEventListener("input", seek);
    input.addEventListener("focus", seek);
    seek(); // an address may bring a question along
  }
})();
