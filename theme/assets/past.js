// Any piece of a text is found: of what hangs above Material's own results, which go by words and
// guess, and of what hung before on the archive's page, file by file, the newest month first.
"use strict";
(() => {
  const root = JSON.parse(document.getElementById("__config")?.textContent || "{}").base || ".";
  const months = async () => ({ months: [], ...(await fetched("months.json")) });
  const known = new Map();
  const MOST = 50;

  async function fetched(name) {
    const reply = await fetch(`${root}/search/past/${name}`, { cache: "no-cache" });
    return reply.ok ? reply.json() : [];
  }

  async function month(name) {
    if (!known.has(name)) known.set(name, await fetched(`${name}.json`));
    return known.get(name);
  }

  const box = document.querySelector(".gk-past");
  if (box) months().then(begin, () => {});
  else offer(document.querySelector(".md-search"));

  function row(address, title, text, mark, word) {
    const one = document.createElement("li"), link = document.createElement("a"), at = text.indexOf(word);
    link.href = `${root}/${address}`;
    link.textContent = title;
    one.append(link, ` ${mark}`);
    if (at >= 0) {
      const said = document.createElement("small"), hit = document.createElement("mark");
      hit.textContent = word;
      said.append(document.createElement("br"), text.slice(Math.max(0, at - 30), at), hit, text.slice(at + word.length, at + 40));
      one.append(said);
    }
    return one;
  }

  function begin({ months: list }) {
    if (!list.length) return;
    const input = box.querySelector("input"), out = box.querySelector("ul"), status = box.querySelector("[role=status]");
    let asked = 0, timer;

    async function find() {
      const turn = ++asked, word = input.value.trim();
      out.replaceChildren();
      status.textContent = "";
      if (!word) return;
      history.replaceState(null, "", `?find=${encodeURIComponent(word)}`);
      let count = 0;
      for (const name of list) {
        const lines = await month(name);
        if (turn !== asked) return; // something else was typed meanwhile
        for (const line of lines.filter((one) => one[1].includes(word) || one[2].includes(word))) {
          if (++count <= MOST) out.append(row(`items/${encodeURIComponent(line[0])}/`, line[1], line[2], line[3], word));
        }
        status.textContent = box.dataset.found.replace("{n}", count).replace("{month}", name);
        if (count > MOST) return;
      }
    }

    input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(find, 150); });
    box.hidden = false;
    input.value = new URLSearchParams(location.search).get("find") || "";
    find();
  }

  // The index that Material has fetched already, as texts; it is HTML, which is read and never run.
  async function documents() {
    const reply = await fetch(`${root}/search/search_index.json`, { cache: "force-cache" });
    const plain = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent.replaceAll("\u200b", "");
    return (await reply.json()).docs.map((one) => [one.location, plain(one.title), plain(one.text)]);
  }

  // Above what Material finds: where just that stands; below it: the same in what hung before.
  function offer(search) {
    const input = search && search.querySelector("input"), out = search && search.querySelector(".md-search-result");
    if (!input || !out) return;
    const exact = document.createElement("ul"), link = document.createElement("a");
    exact.className = "gk-exact";
    link.className = "gk-past-link";
    exact.hidden = link.hidden = true;
    out.before(exact);
    out.after(link);
    let docs, found;

    async function find() {
      const word = input.value.trim();
      if (!word) return void (exact.hidden = link.hidden = true);
      docs ??= documents().catch(() => []);
      found ??= months().catch(() => ({ months: [] }));
      const all = (await docs).filter((one) => one[1].includes(word) || one[2].includes(word));
      if (word !== input.value.trim()) return;
      all.sort((one, other) => other[1].includes(word) - one[1].includes(word));
      exact.replaceChildren(...all.slice(0, MOST).map(([address, title, text]) => row(address, title, text, "", word)));
      exact.hidden = !all.length;
      const past = await found;
      link.hidden = !past.months.length;
      link.href = `${root}/archive/?find=${encodeURIComponent(word)}`;
      link.textContent = (past.offer || "").replace("{word}", word);
    }

    input.addEventListener("input", find);
    input.addEventListener("focus", find);
  }
})();
