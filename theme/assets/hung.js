// What hung on a board on a day, and the versions of an item, by what was published then.
"use strict";
(() => {
  function add(parent, name, text) {
    const made = document.createElement(name);
    made.textContent = text;
    parent.append(made);
    return made;
  }

  async function fetched(address) {
    const reply = await fetch(address, { cache: "no-cache" });
    return reply.ok ? reply.json() : Promise.reject();
  }

  const shared = document.querySelector("[data-shared]")?.dataset.shared ?? "";

  // The versions of one item; asked for when somebody opens them.
  const past = document.querySelector(".gk-history");
  if (past) {
    past.hidden = false;
    past.addEventListener("toggle", () => fetched(`../../${shared}as-of/hung.json`).then(versions, () => (past.hidden = true)), { once: true });
  }

  function versions(hung) {
    const list = add(past, "ul", ""), says = past.dataset;
    for (const one of hung.stays.filter((stay) => stay.item === says.item)) {
      const day = (at) => at.slice(0, 16).replace("T", " ");
      const end = one.to ? day(one.to) : says.now;
      add(list, "li", `${says.version} ${one.version} ${day(one.from)} ${says.until} ${end}`).dataset.version = one.version;
    }
    add(past, "p", says.begun.replace("{day}", hung.begun.slice(0, 10))).className = "gk-soft";
  }

  const page = document.querySelector(".gk-hung");
  if (!page) return;
  const form = page.querySelector("form"), out = page.querySelector("[role=status]"), says = page.dataset;
  let hung;

  // Instants tell the factory's own time, so their first ten characters are its day.
  const during = (stay, day) => stay.from.slice(0, 10) <= day && (!stay.to || stay.to.slice(0, 19) > `${day}T00:00:00`);

  function row(list, stay, day) {
    const one = add(list, "li", "");
    const link = add(one, "a", stay.title || stay.item);
    link.href = `../items/${encodeURIComponent(stay.item)}/`;
    const told = [`${says.version} ${stay.version}`];
    if (stay.from.slice(0, 10) === day && stay.from !== hung.begun) told.push(says.from.replace("{at}", stay.from.slice(11, 16)));
    if (stay.to && stay.to.slice(0, 10) === day) told.push(says.to.replace("{at}", stay.to.slice(11, 16)));
    add(one, "small", ` ${told.join(" · ")}`).className = "gk-soft";
    one.dataset.item = stay.item;
    one.dataset.version = stay.version;
  }

  function answer() {
    const day = form.day.value, board = form.board.value;
    out.replaceChildren();
    if (!hung || !day) return;
    history.replaceState(null, "", `#${day},${board}`);
    if (day < hung.begun.slice(0, 10)) return add(out, "p", says.before.replace("{day}", hung.begun.slice(0, 10)));
    if (day > hung.at.slice(0, 10)) add(out, "p", says.later.replace("{day}", hung.at.slice(0, 10))).className = "gk-warn";
    const stays = hung.stays.filter((one) => one.boards.includes(board) && during(one, day));
    if (!stays.length) return add(out, "p", says.none);
    const list = add(out, "ul", "");
    for (const one of stays) row(list, one, day);
  }

  // Boards that are no more can be asked about too.
  function begin(found) {
    hung = found;
    const known = [...form.board.options].map((one) => one.value);
    for (const [id, title] of Object.entries(hung.boards)) {
      if (!known.includes(id)) form.board.add(new Option(title, id));
    }
    const [day, board] = decodeURIComponent(location.hash.slice(1)).split(",");
    form.day.value = /^\d{4}-\d\d-\d\d$/.test(day || "") ? day : hung.at.slice(0, 10);
    if (hung.boards[board]) form.board.value = board;
    form.hidden = false;
    answer();
  }

  form.addEventListener("input", answer);
  form.addEventListener("submit", (event) => event.preventDefault());
  fetched(shared ? `../${shared}as-of/hung.json` : "hung.json").then(begin).catch(() => add(out, "p", says.failed));
})();
