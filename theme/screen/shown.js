// Proof that it hung: which version of which item this screen showed, from when to when. It stays on
// this machine, in a bounded number of lines; `?log` shows it and gives it away as a file.
"use strict";
globalThis.shownLog = (() => {
  const board = document.body.dataset.board;
  const KEY = `gongkai-shown-${board}`, MOST = 4000, APART = 15 * 60e3, OFTEN = 20e3;
  let lines = load(), saved = 0;

  function load() {
    try {
      const found = JSON.parse(localStorage.getItem(KEY) || "[]");
      return Array.isArray(found) ? found : [];
    } catch { return []; }
  }

  // A full or forbidden store costs the lines of the past, never the board.
  function save() {
    saved = Date.now();
    for (let most = MOST; most > 10; most /= 2) {
      try {
        localStorage.setItem(KEY, JSON.stringify(lines.slice(-most)));
        return;
      } catch { /* fewer lines, then */ }
    }
  }

  // One line for as long as an item comes round again and again; a longer gap begins another.
  function saw(item, version, at) {
    const open = lines.findLast((one) => one[0] === item && one[1] === version);
    if (open && at >= open[3] && at - open[3] < APART) open[3] = at;
    else {
      lines.push([item, version, at, at]);
      if (lines.length > MOST) lines = lines.slice(-MOST);
      saved = 0;
    }
    if (Date.now() - saved > OFTEN) save();
  }

  const told = () => lines.map(([item, version, from, to]) => [board, item, version, new Date(from).toISOString(), new Date(to).toISOString()]);

  function csv() {
    const rows = [["board", "item", "version", "from", "to"], ...told()];
    return "\ufeff" + rows.map((row) => row.map((cell) => `"${String(cell).replaceAll('"', '""')}"`).join(",")).join("\r\n") + "\r\n";
  }

  function show() {
    const { dataset } = document.body;
    const table = document.createElement("table");
    for (const row of told().reverse()) {
      const line = table.insertRow();
      for (const cell of row.slice(1)) line.insertCell().textContent = cell;
    }
    const title = document.createElement("h2"), link = document.createElement("a");
    title.textContent = `${dataset.log} (${lines.length})`;
    link.textContent = dataset.export;
    link.download = `shown-${board}.csv`;
    link.href = URL.createObjectURL(new Blob([csv()], { type: "text/csv" }));
    const main = document.createElement("main");
    main.className = "log";
    main.append(title, link, table);
    document.body.classList.remove("js");
    document.getElementById("foot").remove();
    document.querySelector("main").replaceWith(main);
  }

  // In a frame it was only looked at; what it knew would be put over what the screen wrote since.
  if (parent === window) addEventListener("pagehide", save);
  return { saw, show };
})();
