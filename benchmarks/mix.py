"""The mix that a factory has: ``python -m benchmarks.mix DIR --items 10000``.

Seeded: equal arguments give equal bytes. Half of the items hang on one board, most others on three,
one in fifty on all; one in eleven is current, and five boards have about 150 of those. Bodies are
put together from headings, lists, bold words, links, quotes, one table or two, pictures and
English. One item in four is of a series, one in a hundred corrects another; opinions lie beside.
"""

from __future__ import annotations

import argparse
import random
import struct
import zlib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from benchmarks.corpus import (
    CONFIG,
    KINDS,
    LAST,
    MONTHS,
    NOUNS,
    VERBS,
    back,
    paragraph,
    steps,
    table,
    write,
)
from gongkai.domain.calendar import Period

BUSY = 5
"""Boards on which most hangs."""
HANGS = timedelta(days=165)
"""How long an item is shown: of five years about one in eleven is current."""
OPINIONS = 300
PICTURE = "plan.png"
Lines = list[str]


class Row(NamedTuple):
    """One item: its number, what it is about, and where it hangs."""

    number: int
    period: Period
    category: str
    title: str
    dept: str
    boards: tuple[str, ...]
    publish: date

    @property
    def name(self) -> str:
        """Its id."""
        return f"{self.period}-{self.category}-{self.number:06}"


def make_mix(root: Path, items: int, boards: int = 50, seed: int = 1) -> None:
    """Write a site of so many items into a new folder. Nothing of it is printed."""
    rng = random.Random(seed)  # noqa: S311 - a corpus, not a key
    write(root / "mkdocs.yml", CONFIG)
    write(root / "content/pages/about.md", "# 关于公开\n\n本站是基准测试。\n")
    write(root / "content/catalogue.yml", "地区: 山东\n所有制: 国有\n起始: 2026-10\n")
    write(root / "content/org.yml", "名称: 基准机械厂\n")
    write(root / "content/opinions/2026.yml", "\n".join(map(_opinion, range(OPINIONS))))
    for number in range(boards):
        lang = "语言: en\n" if number == boards - 1 else ""
        text = f"标题: 第{number + 1}车间公开栏\n车间: 第{number + 1}车间\n纸张: A4\n{lang}"
        write(root / f"boards/w{number:03}.yml", text)
    before: Row | None = None
    for number in range(items):
        row = _row(rng, number, boards, back(LAST, number * MONTHS // items))
        corrected = before if number % 100 == 99 else None
        folder = root / f"content/items/{row.publish:%Y/%m}"
        write(folder / f"{row.name}.md", _item(rng, row, corrected))
        if number % 50 == 7:
            (folder / PICTURE).write_bytes(_picture())
        before = row


def _row(rng: random.Random, number: int, boards: int, period: Period) -> Row:
    category, title, dept = KINDS[number // boards % len(KINDS)]
    first = rng.randrange(BUSY) if rng.random() < 0.6 else rng.randrange(boards)
    count = 0 if number % 50 == 3 else 3 if number % 50 > 26 else 1
    others = rng.sample([one for one in range(boards) if one != first], max(0, count - 1))
    hangs = tuple(f"w{one:03}" for one in sorted((first, *others))) if count else ()
    publish = period.end + timedelta(days=rng.randint(5, 10))
    return Row(number, period, category, title, dept, hangs, publish)


def _item(rng: random.Random, row: Row, corrected: Row | None) -> str:
    title, boards = (
        f"{row.period.year}年{row.period.index}月{row.title}（{row.number}）",
        row.boards,
    )
    extra = [] if corrected is None else [
        "kind: correction",
        f"corrects: {corrected.name}",
        "correction: {reason: 数据录入错误, changes: [{where: 合计/数量, old: 410, new: 411}]}",
    ]  # fmt: skip
    if corrected:
        title, boards = f"关于第{corrected.number}号的更正", corrected.boards
    where = f"[{', '.join(boards)}]" if boards else "all"
    lines = [
        "---",
        f"title: {title}",
        f"category: {row.category}",
        f"boards: {where}",
        "refresh: never" if row.number % 4 or corrected else f"period: {row.period}",
        f"publish: {max(row.publish, corrected.publish) if corrected else row.publish}",
        f"expires: {(corrected or row).publish + HANGS}",
        f"owner: {{dept: {row.dept}, post: {row.dept}负责人}}",
        f"approval: {{by: 厂务公开领导小组, date: {row.publish - timedelta(days=1)}}}",
        "channels: [web, screen]",
        *extra,
        *(steps(row.dept, row.publish) if row.number % 5 < 3 and not corrected else []),
        "legal_basis: [企业民主管理规定]",
        "---",
        "",
    ]
    return "\n".join([*lines, *_body(rng, row.number), ""])


def _body(rng: random.Random, number: int) -> Lines:
    """Two paragraphs in all; what stands between them differs."""
    parts = [one for share, one in _PARTS if rng.random() < share]
    lines = [paragraph(rng), ""]
    for one in parts:
        lines += [*one(rng), ""]
    if number % 50 == 7:
        lines += [f"![位置示意图]({PICTURE})", ""]
    return [*lines, paragraph(rng)]


def _heading(rng: random.Random) -> Lines:
    return [f"## {rng.choice(NOUNS)}{rng.choice(VERBS)}情况"]


def _points(rng: random.Random) -> Lines:
    return [f"- **{rng.choice(NOUNS)}组**{rng.choice(VERBS)}完毕" for _ in range(rng.randint(3, 6))]


def _numbered(rng: random.Random) -> Lines:
    return [f"{one + 1}. {rng.choice(NOUNS)}{rng.choice(VERBS)}。" for one in range(4)]


def _quote(rng: random.Random) -> Lines:
    return [f"> {rng.choice(NOUNS)}组意见：{rng.choice(VERBS)}后再公布。"]


def _link(rng: random.Random) -> Lines:
    return [f"办法见[{rng.choice(NOUNS)}规定](http://intra.example/{rng.randint(1, 99)})。"]


def _english(rng: random.Random) -> Lines:
    return [f"In October {rng.randint(1000, 9000)} kWh were saved; R&D checks it < 3 days later."]


def _table(rng: random.Random) -> Lines:
    return table(rng, rng.randint(4, 14))


_PARTS: list[tuple[float, Callable[[random.Random], Lines]]] = [
    (0.6, _heading), (0.65, _table), (0.5, _points), (0.2, _numbered), (0.1, _quote),
    (0.15, _link), (0.1, _english), (0.15, _table),
]  # fmt: skip


def _opinion(number: int) -> str:
    received = date(2026, 1, 5) + timedelta(days=number)
    lines = [
        f"- 编号: Y26-{number:03}",
        "  来源: 意见箱",
        f"  收到日期: {received}",
        f"  意见: {NOUNS[number % len(NOUNS)]}不足",
        "  承办: 后勤部",
        f"  期限: {received + timedelta(days=30)}",
        f"  答复日期: {received + timedelta(days=12)}",
        "  不公开: 是",
        f"  答复: {NOUNS[number % len(NOUNS)]}已{VERBS[number % len(VERBS)]}",
        "  结果: A",
    ]
    return "\n".join(lines)


def _picture() -> bytes:
    """A grey picture of 64 by 48 pixels, as PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + checksum

    head = struct.pack(">IIBBBBB", 64, 48, 8, 0, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\x80" * 64) * 48)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", pixels), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def main() -> None:
    """The command line of this module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--boards", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    make_mix(options.folder, options.items, options.boards, options.seed)


if __name__ == "__main__":
    main()
