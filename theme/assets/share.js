// An item's page handed from one phone to another: its address as a QR code (ISO/IEC 18004, bytes at
// level M, versions 1 to 10), drawn here since thousands of pages would each need a picture.
"use strict";
(() => {
  const button = document.querySelector(".gk-share"), print = document.querySelector(".gk-print");
  if (!button) return;
  // By version: data in each block, and how many bytes correct each.
  const BLOCKS = [[16], [28], [44], [32, 32], [43, 43], [27, 27, 27, 27], [31, 31, 31, 31], [38, 38, 39, 39], [36, 36, 36, 37, 37], [43, 43, 43, 43, 44]];
  const CHECKS = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26];
  const MIDDLES = [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50]];
  const sum = (some) => some.reduce((all, one) => all + one, 0);

  // The remainder by which a number of bits is made safe.
  function remainder(value, by, bits) {
    let rest = value << bits;
    for (let at = 31 - Math.clz32(rest); at >= bits; at = 31 - Math.clz32(rest)) rest ^= by << (at - bits);
    return rest;
  }

  const POWERS = [], LOGS = [];
  for (let at = 0, one = 1; at < 255; at++, one = one & 128 ? (one << 1) ^ 285 : one << 1) { POWERS[at] = one; LOGS[one] = at; }
  const times = (one, other) => (one && other ? POWERS[(LOGS[one] + LOGS[other]) % 255] : 0);

  function checksOf(data, count) {
    let by = [1];
    for (let at = 0; at < count; at++) by = [...by, 0].map((one, n) => one ^ (n ? times(by[n - 1], POWERS[at]) : 0));
    const rest = [...data, ...Array(count).fill(0)];
    for (let at = 0; at < data.length; at++) by.forEach((one, n) => { if (n) rest[at + n] ^= times(one, rest[at]); });
    return rest.slice(data.length);
  }

  // All bytes in the order in which they are drawn.
  function codewords(bytes, version) {
    const room = sum(BLOCKS[version]), long = version === 9 ? 16 : 8;
    let bits = `0100${bytes.length.toString(2).padStart(long, "0")}${bytes.map((one) => one.toString(2).padStart(8, "0")).join("")}`;
    bits += "0".repeat(Math.min(4, room * 8 - bits.length));
    bits += "0".repeat(-bits.length & 7);
    const data = bits.match(/.{8}/g).map((one) => parseInt(one, 2));
    for (let pad = 236; data.length < room; pad ^= 253) data.push(pad);
    let from = 0;
    const blocks = BLOCKS[version].map((size) => data.slice(from, (from += size)));
    const checks = blocks.map((one) => checksOf(one, CHECKS[version]));
    const mixed = (some) => some.at(-1).flatMap((_, at) => some.map((one) => one[at])).filter((one) => one !== undefined);
    return [...mixed(blocks), ...mixed(checks)];
  }

  function squares(bytes) {
    const version = BLOCKS.findIndex((blocks, at) => sum(blocks) * 8 >= 4 + (at === 9 ? 16 : 8) + 8 * bytes.length);
    if (version < 0) return null;
    const across = 21 + 4 * version, dark = Array.from({ length: across }, () => []), taken = dark.map(() => []);
    const set = (x, y, is) => { if (x >= 0 && y >= 0 && x < across && y < across) { dark[y][x] = Boolean(is); taken[y][x] = true; } };
    for (let at = 0; at < across; at++) { set(6, at, at % 2 === 0); set(at, 6, at % 2 === 0); }
    for (const [x, y] of [[3, 3], [across - 4, 3], [3, across - 4]])
      for (let dy = -4; dy <= 4; dy++) for (let dx = -4; dx <= 4; dx++) { const far = Math.max(Math.abs(dx), Math.abs(dy)); set(x + dx, y + dy, far !== 2 && far !== 4); }
    const middles = MIDDLES[version], last = middles.at(-1);
    for (const y of middles) for (const x of middles) {
      if ((x === 6 && (y === 6 || y === last)) || (y === 6 && x === last)) continue;
      for (let dy = -2; dy <= 2; dy++) for (let dx = -2; dx <= 2; dx++) set(x + dx, y + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
    }
    // Level M is 00, and the squares at which row and column make an even sum are turned: mask 0.
    const form = remainder(0, 1335, 10) ^ 21522;
    for (let at = 0; at < 15; at++) {
      const is = (form >> at) & 1;
      set(8, at < 6 ? at : at < 8 ? at + 1 : across - 15 + at, is);
      set(at < 8 ? across - 1 - at : at < 9 ? 7 : 14 - at, 8, is);
    }
    set(8, across - 8, true);
    const named = version > 5 ? ((version + 1) << 12) | remainder(version + 1, 7973, 12) : 0;
    for (let at = 0; named && at < 18; at++) {
      const is = (named >> at) & 1, near = Math.floor(at / 3), far = across - 11 + (at % 3);
      set(far, near, is);
      set(near, far, is);
    }
    const all = codewords(bytes, version);
    let at = 0;
    for (let right = across - 1; right > 0; right -= 2) {
      if (right === 6) right = 5;
      for (let down = 0; down < across; down++) for (const x of [right, right - 1]) {
        const y = ((right + 1) & 2) === 0 ? across - 1 - down : down;
        if (taken[y][x]) continue;
        const is = at < all.length * 8 && (all[at >> 3] >> (7 - (at & 7))) & 1;
        dark[y][x] = Boolean(is) !== ((x + y) % 2 === 0);
        at++;
      }
    }
    return dark;
  }

  function drawn(text) {
    const dark = squares([...new TextEncoder().encode(text)]);
    if (!dark) return null;
    const SVG = "http://www.w3.org/2000/svg", picture = document.createElementNS(SVG, "svg"), path = document.createElementNS(SVG, "path");
    picture.setAttribute("viewBox", `-4 -4 ${dark.length + 8} ${dark.length + 8}`);
    picture.setAttribute("role", "img");
    picture.setAttribute("aria-label", text);
    path.setAttribute("d", dark.flatMap((row, y) => row.map((is, x) => (is ? `M${x} ${y}h1v1h-1z` : ""))).join(""));
    picture.append(path);
    return picture;
  }

  button.addEventListener("click", () => {
    const address = location.href.split(/[?#]/)[0], box = document.createElement("dialog"), close = document.createElement("button"), said = document.createElement("p");
    box.className = "gk-large-picture gk-code";
    said.textContent = address;
    close.type = "button";
    close.textContent = button.dataset.close;
    close.addEventListener("click", () => box.close());
    box.addEventListener("close", () => box.remove());
    box.append(...[drawn(address)].filter(Boolean), said, close);
    document.body.append(box);
    box.showModal();
  });
  print?.addEventListener("click", () => globalThis.print());
})();
