// What is read on a phone: a table of words as a card a row, and pictures as a gallery.
"use strict";
(() => {
  const WIDEST = 20; // Han characters of a row that a phone shows side by side
  const isChinese = document.documentElement.lang.startsWith("zh");
  const make = (tag, klass, ...inner) => {
    const one = document.createElement(tag);
    if (klass) one.className = klass;
    one.append(...inner);
    return one;
  };

  // -- tables ------------------------------------------------------------------------------------

  const widthOf = (text) => [...text.trim()].reduce((sum, sign) => sum + (sign > "\u2e7f" ? 1 : 0.5), 0);

  // Which cell of a row says what it is about: the first column in which no two are the same.
  function subjectOf(rows, count) {
    for (let at = 0; at < count; at++) {
      const said = rows.map((row) => row.cells[at]?.textContent.trim());
      if (said.every(Boolean) && new Set(said).size === said.length) return at;
    }
    return 0;
  }

  // A table of figures stays one, and so does what a phone has room for. Cells name their column.
  function asCards(box) {
    const table = box.querySelector("table"), heads = [...(table?.tHead?.rows[0]?.cells ?? [])];
    const rows = [...(table?.tBodies ?? [])].flatMap((body) => [...body.rows]);
    if (table?.className || heads.length < 3 || !rows.length || rows.some((row) => row.cells.length !== heads.length)) return;
    if (heads.filter((_, at) => rows.some((row) => row.cells[at].matches(".gk-right"))).length > 1) return;
    const widths = heads.map((_, at) => Math.max(...rows.map((row) => widthOf(row.cells[at].textContent))));
    if (widths.reduce((sum, one) => sum + one) <= WIDEST) return;
    const subject = subjectOf(rows, heads.length);
    box.classList.add("gk-words");
    table.role = "table"; // which it is no more for a browser that lays it out otherwise
    for (const row of rows) {
      row.role = "row";
      [...row.cells].forEach((cell, at) => {
        cell.role = "cell";
        cell.classList.toggle("gk-subject", at === subject);
        if (at !== subject) cell.dataset.head = heads[at].textContent.trim();
      });
    }
  }

  // -- pictures ----------------------------------------------------------------------------------

  const isOfPictures = (one) => one?.tagName === "P" && one.querySelector("img") && !one.textContent.trim();

  function gather(body) {
    for (const first of [...body.children].filter(isOfPictures)) {
      if (!first.isConnected) continue;
      const all = make("div", "gk-pictures");
      first.before(all);
      while (isOfPictures(all.nextElementSibling)) {
        all.append(...all.nextElementSibling.querySelectorAll("img"));
        all.nextElementSibling.remove();
      }
      [...all.children].forEach((picture, at, pictures) => {
        const button = make("button", "gk-picture");
        button.type = "button";
        picture.before(button);
        button.append(picture, ...(picture.alt ? [make("span", "", picture.alt)] : []));
        button.addEventListener("click", () => enlarge(pictures, at));
      });
    }
  }

  // One picture as large as the window, and those beside it by a tap or the arrow keys.
  function enlarge(pictures, at) {
    const shown = make("img", ""), said = make("p", ""), box = make("dialog", "gk-large-picture");
    const turn = (by) => {
      at = (at + by + pictures.length) % pictures.length;
      shown.src = pictures[at].src;
      shown.alt = pictures[at].alt;
      said.textContent = pictures.length > 1 ? `${at + 1}/${pictures.length} ${shown.alt}` : shown.alt;
    };
    const button = (sign, name, act) => {
      const one = make("button", "", sign);
      one.type = "button";
      one.ariaLabel = name;
      one.addEventListener("click", act);
      return one;
    };
    const around = pictures.length > 1 ? [button("‹", isChinese ? "上一张" : "previous", () => turn(-1)), button("›", isChinese ? "下一张" : "next", () => turn(1))] : [];
    box.append(shown, said, make("p", "", ...around, button("✕", isChinese ? "关闭" : "close", () => box.close())));
    box.addEventListener("keydown", (event) => {
      if (event.key === "ArrowLeft") turn(-1);
      if (event.key === "ArrowRight") turn(1);
    });
    box.addEventListener("close", () => box.remove());
    document.body.append(box);
    turn(0);
    box.showModal();
  }

  document.querySelectorAll(".gk .gk-table").forEach(asCards);
  document.querySelectorAll(".gk-body").forEach(gather);
})();
