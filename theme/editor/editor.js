// The forms: rows that come and go, tables as grids, files that are dropped, and what is wrong beside each field.
// Nothing is judged here but sizes; the rules are asked for over the wire.
"use strict";
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const make = (name, values = {}, ...inner) => {
  const made = Object.assign(document.createElement(name), values);
  made.append(...inner);
  return made;
};
const form = document.querySelector("form.edit");
const words = form?.dataset ?? {};
let changed = false, composing = false, waiting = 0, asked = 0;

for (const one of all("[data-back]")) one.addEventListener("click", () => history.back());

// ---- files -----------------------------------------------------------------------------------------------------
const dropped = (box, take) => {
  const input = box.querySelector("input[type=file]");
  const all_of = async (files) => { for (const file of files) await take(file); input.value = ""; };
  input.addEventListener("change", () => all_of([...input.files]));
  box.addEventListener("dragover", (event) => { event.preventDefault(); box.classList.add("over"); });
  box.addEventListener("dragleave", () => box.classList.remove("over"));
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    box.classList.remove("over");
    all_of([...event.dataTransfer.files]);
  });
};
const tell = (box, lines, isWrong) => {
  const told = box.querySelector(".told");
  told.hidden = false;
  told.classList.toggle("wrong", isWrong);
  told.textContent = lines.join("\n");
};
const send = async (box, address, file) => {
  if (file.size > Number(box.dataset.largest)) return void tell(box, [`${file.name}: ${box.dataset.tooLarge}`], true);
  const answer = await fetch(`${address}&name=${encodeURIComponent(file.name)}`, { method: "POST", body: file });
  const made = await answer.json();
  if (made.wrong) return void tell(box, [made.wrong], true);
  return made;
};

for (const box of all("[data-import]")) {
  let last;
  const again = box.querySelector("[data-again]");
  const take = async (file, accept = "") => {
    last = file;
    const made = await send(box, `/forms/import?accept=${accept}`, file);
    again.hidden = true;
    if (!made) return;
    if (made.to) return void location.assign(made.to);
    tell(box, made.told, true);
    again.hidden = false;
  };
  again.querySelector("button").addEventListener("click", () => take(last, "1"));
  dropped(box, take);
}

for (const box of all("[data-upload]")) {
  dropped(box, async (file) => {
    const made = await send(box, `/forms/upload?path=${encodeURIComponent(box.dataset.upload)}`, file);
    if (!made) return;
    const said = box.querySelector(".told");
    tell(box, [...(said.hidden || said.classList.contains("wrong") ? [] : [said.textContent]), made.name], false);
    if (made.is_picture && !box.dataset.archive) show(made.name); else attach(made.name, box.dataset.archive);
    touch();
  });
}
const show = (name) => {
  const title = name.replace(/\.[^.]*$/, "").replace(/[[\]]/g, "");
  const text = all("[data-body='body'] [data-block=text] textarea").at(-1) ?? more(document.querySelector("[data-body='body']"), "text");
  text.value = `${text.value.trimEnd()}${text.value.trim() ? "\n\n" : ""}![${title}](${/[\s()]/.test(name) ? `<${name}>` : name})\n`;
};
const attach = (name, isArchived) => {
  const group = document.getElementById("attachments-at").querySelector("details.group");
  group.open = true;
  const section = group.closest("details.section");
  if (section) section.open = true;
  const row = add(group.querySelector("[data-add]"));
  row.querySelector("[name$='.file']").value = name;
  if (isArchived) row.querySelector("[type=checkbox][name$='.archive']").checked = true;
};

// ---- rows ------------------------------------------------------------------------------------------------------
const add = (button) => {
  const group = button.parentElement;
  const rows = group.querySelector(":scope > .rows");
  const template = group.querySelector(":scope > template");
  const depth = button.dataset.add;
  const start = template.innerHTML.match(new RegExp(`name="([^"]*?)_N${depth}_`))[1];
  const taken = all("[name]", rows).map((one) => one.name.startsWith(start) ? parseInt(one.name.slice(start.length)) : -1);
  const number = Math.max(-1, Number(group.dataset.first ?? -1), ...taken.filter(Number.isInteger)) + 1;
  const holder = document.createElement("div");
  holder.innerHTML = template.innerHTML.replaceAll(`_N${depth}_`, number);
  const row = holder.firstElementChild;
  rows.append(row);
  row.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  return row;
};
document.addEventListener("click", ({ target }) => {
  if (target.matches?.("[data-add]")) add(target);
  if (target.matches?.("[data-remove]")) {
    const row = target.closest(".entry");
    row.querySelector(":scope > [data-gone]").value = "1";
    row.hidden = true;
    touch();
  }
  if (target.matches?.("[data-more]")) {
    const text = more(target.closest("[data-body]"), target.dataset.more);
    (target.dataset.more === "text" ? text : text.parentElement.querySelector("td")).focus();
  }
});

// ---- the text and its tables -------------------------------------------------------------------------------------
let pieces = 1000;
const more = (body, kind) => {
  const template = body.querySelector(`template[data-kind=${kind}]`);
  const holder = document.createElement("div");
  holder.innerHTML = template.innerHTML.replaceAll("_N_", (pieces += 1));
  const block = holder.firstElementChild;
  body.querySelector(".blocks").append(block);
  if (kind === "table") {
    block.querySelector("[data-cells]").value = "\t\t\n\t\t\n\t\t";
    grid(block);
  }
  return block.querySelector("textarea");
};
/** Cells as Excel and WPS put them on the clipboard: with quotation marks around those with ends of lines. */
const parted = (text) => {
  const rows = [[]];
  let cell = "", quoted = false;
  const plain = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let at = 0; at < plain.length; at += 1) {
    const sign = plain[at];
    if (quoted) {
      if (sign !== '"') cell += sign === "\n" ? " " : sign;
      else if (plain[at + 1] === '"') { cell += '"'; at += 1; } else quoted = false;
    } else if (sign === '"' && cell === "" && /"(\t|\n|$)/.test(plain.slice(at + 1))) quoted = true;
    else if (sign === "\t") { rows.at(-1).push(cell); cell = ""; }
    else if (sign === "\n") { rows.at(-1).push(cell); cell = ""; rows.push([]); }
    else cell += sign;
  }
  rows.at(-1).push(cell);
  return rows;
};
const cellsOf = (table) => [...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent.replace(/\s+/g, " ").trim()));
const grid = (block) => {
  const box = block.querySelector("[data-grid]");
  const field = block.querySelector("[data-cells]");
  const most = Number(words.most);
  let at = [0, 0];
  const cell = (text) => {
    const made = make("td", { textContent: text, tabIndex: -1, contentEditable: "plaintext-only" });
    made.setAttribute("role", "gridcell");
    return made;
  };
  const row = (texts) => {
    const made = make("tr", {}, ...texts.map(cell));
    made.setAttribute("role", "row");
    return made;
  };
  const table = make("table");
  table.setAttribute("role", "grid");
  table.setAttribute("aria-label", words.gridLabel);
  const fill = (rows) => {
    const width = Math.max(1, ...rows.map((one) => one.length));
    table.replaceChildren(...rows.map((one) => row([...one, ...Array(width - one.length).fill("")])));
    go(0, 0, false);
  };
  const go = (down, right, isFocused = true) => {
    const before = table.rows[at[0]]?.cells[at[1]];
    if (before) before.tabIndex = -1;
    at = [Math.max(0, Math.min(down, table.rows.length - 1)), Math.max(0, Math.min(right, table.rows[0].cells.length - 1))];
    const one = table.rows[at[0]].cells[at[1]];
    one.tabIndex = 0;
    if (!isFocused) return;
    one.focus();
    getSelection().selectAllChildren(one);
  };
  const widen = (count) => { for (const one of table.rows) while (one.cells.length < count) one.append(cell("")); };
  const lengthen = (count) => { while (table.rows.length < count) table.append(row(Array(table.rows[0].cells.length).fill(""))); };
  block.collect = () => { field.value = cellsOf(table).map((one) => one.join("\t")).join("\n"); };
  table.addEventListener("focusin", ({ target }) => {
    if (target.cellIndex === undefined) return;
    const before = table.rows[at[0]]?.cells[at[1]];
    if (before) before.tabIndex = -1;
    at = [target.parentElement.rowIndex, target.cellIndex];
    target.tabIndex = 0;
  });
  table.addEventListener("input", touch);
  table.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const [down, right] = at, last = table.rows[0].cells.length - 1, { anchorOffset, isCollapsed } = getSelection();
    const length = event.target.textContent.length;
    const to = {
      ArrowUp: [down - 1, right], ArrowDown: [down + 1, right], Enter: [down + 1, right],
      ArrowLeft: isCollapsed && anchorOffset === 0 && right > 0 && [down, right - 1],
      ArrowRight: isCollapsed && anchorOffset >= length && right < last && [down, right + 1],
      Tab: event.shiftKey ? (right > 0 ? [down, right - 1] : down > 0 && [down - 1, last])
        : (right < last ? [down, right + 1] : down < table.rows.length - 1 && [down + 1, 0]),
    }[event.key];
    if (event.key === "Escape") { block.querySelector(".tools button").focus(); return; }
    if (!to) return;
    event.preventDefault();
    if (event.key === "Enter" && to[0] >= table.rows.length) lengthen(to[0] + 1);
    go(...to);
  });
  table.addEventListener("paste", (event) => {
    const rows = parted(event.clipboardData.getData("text/plain"));
    if (rows.length === 1 && rows[0].length === 1) return;
    event.preventDefault();
    const [down, right] = at;
    if (down + rows.length > most + 1) { said.textContent = words.tooMany; return; }
    said.textContent = "";
    widen(right + Math.max(...rows.map((one) => one.length)));
    lengthen(down + rows.length);
    rows.forEach((one, n) => one.forEach((text, m) => { table.rows[down + n].cells[right + m].textContent = text; }));
    go(down + rows.length - 1, right + rows.at(-1).length - 1);
    touch();
  });
  const tool = (name, does) => {
    const button = make("button", { type: "button", className: "second", textContent: words[name] });
    button.addEventListener("click", () => { does(); touch(); });
    return button;
  };
  const said = make("p", { className: "wrong" });
  said.setAttribute("role", "status");
  const tools = make("p", { className: "row tools" },
    tool("addRow", () => { lengthen(table.rows.length + 1); go(table.rows.length - 1, 0); }),
    tool("addColumn", () => { widen(table.rows[0].cells.length + 1); go(0, table.rows[0].cells.length - 1); }),
    tool("noRow", () => { if (table.rows.length > 1) { table.rows[at[0]].remove(); go(at[0], at[1]); } }),
    tool("noColumn", () => {
      const right = at[1];
      if (table.rows[0].cells.length > 1) for (const one of [...table.rows]) one.cells[right].remove();
      go(at[0], right);
    }),
    tool("noTable", () => { fill([[""]]); block.hidden = true; }));
  fill(parted(field.value));
  box.replaceChildren(table);
  box.removeAttribute("tabindex");
  box.after(make("small", { textContent: words.gridHint }), said, tools);
};
if (form) for (const one of all("[data-block=table]", form)) grid(one);

// ---- what is wrong, while it is typed ------------------------------------------------------------------------------
const collected = () => {
  for (const one of all("[data-block=table]", form)) one.collect();
  return new URLSearchParams(new FormData(form));
};
const spot = (trail) => {
  for (let at = trail; at; at = at.slice(0, Math.max(0, at.lastIndexOf("."))))
    for (const one of all("[data-notes]", form)) if (one.dataset.notes === at) return one;
  return form.querySelector(".notes.rest");
};
const judge = async () => {
  const number = (asked += 1);
  const answer = await fetch("/forms/check", { method: "POST", body: collected() });
  if (number !== asked) return;
  const found = await answer.json();
  for (const one of all("[data-notes]", form)) one.replaceChildren();
  const told = found.wrong ? [["", "error", found.wrong]] : found;
  for (const [trail, grade, text] of told) spot(trail).append(make("span", { className: grade, textContent: text }));
};
function touch() {
  changed = true;
  clearTimeout(waiting);
  if (!composing) waiting = setTimeout(judge, 400);
}
if (form) {
  form.addEventListener("input", touch);
  form.addEventListener("compositionstart", () => { composing = true; clearTimeout(waiting); });
  form.addEventListener("compositionend", () => { composing = false; touch(); });
  form.addEventListener("submit", () => { collected(); changed = false; });
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}
