// Of the page of a screen that is up: texts outside of their place, the smallest type, and how much of
// the main area is used in cells of 24 pixels, as on a screen whose short side has 1080.
() => {
  const page = document.querySelector(".page.on"), main = document.querySelector("main").getBoundingClientRect();
  const scale = Math.min(innerWidth, innerHeight) / 1080, found = { over: [], least: 999, fill: 0, seconds: 0 };
  const boxes = [], cells = new Set(), size = 24 * scale;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode, one = text.parentElement;
    if (!text.data.trim() || !one.checkVisibility() || one.closest("script, style, noscript, #pause")) continue;
    found.least = Math.min(found.least, parseFloat(getComputedStyle(one).fontSize) / scale);
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const box of range.getClientRects()) {
      if (box.width < 1) continue;
      const inside = page.contains(one) ? main : { left: 0, right: innerWidth, top: 0, bottom: innerHeight };
      const isOver = box.bottom > inside.bottom + 6 * scale || box.right > inside.right + 2 || box.left < inside.left - 2 || box.top < inside.top - 6 * scale;
      if (isOver) found.over.push([text.data.trim().slice(0, 20), box.left, box.top, box.right, box.bottom].map(String).join(" "));
      if (page.contains(one)) boxes.push(box);
    }
  }
  boxes.push(...[...page.querySelectorAll("img, svg")].map((one) => one.getBoundingClientRect()));
  const across = Math.floor(main.width / size), down = Math.floor(main.height / size);
  for (const box of boxes)
    for (let x = Math.floor((box.left - main.left - size / 2) / size); x <= (box.right - main.left + size / 2) / size; x++)
      for (let y = Math.floor((box.top - main.top) / size); y <= (box.bottom - main.top) / size; y++)
        if (x >= 0 && y >= 0 && x < across && y < down) cells.add(`${x} ${y}`);
  found.fill = cells.size / (across * down);
  found.seconds = Number(page.dataset.seconds);
  found.kind = page.dataset.page;
  found.items = [...page.querySelectorAll("article[data-item]")].map((one) => one.dataset.item);
  return found;
}
