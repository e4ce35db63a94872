"""An office's ledger of opinions, merged into the site's own by number.

What is there already stays as it is, comments and order included: a sheet adds entries and fills
in what was empty. Where the two say different things nothing is changed, and it is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from gongkai.domain.errors import UsageError
from gongkai.domain.model import Value
from gongkai.editing.ledger_file import dumped, ledger_yaml
from gongkai.source.workbook.days import day_of

KEYS: Mapping[str, tuple[str, ...]] = {
    "编号": ("id", "序号", "意见编号"),
    "来源": ("source", "渠道", "意见来源"),
    "收到日期": ("received", "收到", "收到时间", "提出日期"),
    "意见": ("text", "意见内容", "意见摘要", "内容", "意见建议"),
    "类别": ("kind", "类型", "意见类别"),
    "承办": ("dept", "承办部门", "责任部门", "承办单位"),
    "期限": ("due", "答复期限", "办理期限"),
    "答复日期": ("replied", "答复时间", "办结日期"),
    "答复": ("reply", "答复内容", "办理情况", "答复情况"),
    "结果": ("result", "办理结果", "结果类别"),
    "承诺日期": ("promised", "承诺完成日期"),
    "评价": ("rating", "职工评价", "满意度"),
    "前次": ("follows",),
}
"""The keys of an entry, each with its English name and what offices call it."""
_DAYS = ("收到日期", "期限", "答复日期", "承诺日期")
_NEEDED = ("编号", "来源", "收到日期", "意见")


class Merged(Value, frozen=True):
    """Ledgers as they would be, by path; the numbers that are new and that were filled in; and
    where the sheet says something else than the ledger, as number and key."""

    files: Mapping[Path, str]
    added: tuple[str, ...]
    filled: tuple[str, ...]
    kept: tuple[tuple[str, str], ...]
    left: tuple[str, ...]


def is_ledger(heads: tuple[str, ...]) -> bool:
    """Are these the heads of a ledger of opinions?"""
    return set(_NEEDED) - {"来源"} <= {key_of(head) for head in heads}


def key_of(head: str) -> str | None:
    """The key that a head means."""
    plain = "".join(head.split())
    return next((key for key, names in KEYS.items() if plain == key or plain in names), None)


def entries(table: tuple[tuple[str, ...], ...]) -> Iterator[dict[str, Any]]:
    """The entries of a sheet. UsageError when one of them lacks what every entry has."""
    heads = [key_of(text) for text in table[0]]
    for number, row in enumerate(table[1:], 1):
        found = {
            key: _read(key, cell, number)
            for key, cell in zip(heads, row, strict=True)
            if key and cell
        }
        for key in _NEEDED:
            if key not in found:
                raise UsageError("error.ledger-lacks", row=number, key=key)
        yield found


def _read(key: str, cell: str, number: int) -> Any:
    if key in _DAYS:
        day = day_of(cell)
        if day is None:
            raise UsageError("error.ledger-day", row=number, key=key)
        return day
    if key == "结果" and cell[:1].upper() in "ABCD":
        return cell[:1].upper()
    return cell


def merged(folder: Path, table: tuple[tuple[str, ...], ...]) -> Merged:
    """A sheet merged into the ledgers of a folder."""
    yaml = ledger_yaml()
    books = {path: yaml.load(path.read_text("utf-8")) for path in sorted(folder.glob("*.y*ml"))}
    books = {path: CommentedSeq() if book is None else book for path, book in books.items()}
    at = {_typed(entry, "编号"): (path, entry) for path, book in books.items() for entry in book}
    added, filled, kept, touched = [], [], [], set()
    rows = list(entries(table))
    names = [row["编号"] for row in rows]
    if twice := [name for name in dict.fromkeys(names) if names.count(name) > 1]:
        raise UsageError("error.ledger-twice", numbers=twice)
    numbers = {*at, *names}
    for row in rows:
        name = row["编号"]
        base, _, round_ = name.rpartition("-")
        if round_.isdigit() and base in numbers:
            row.setdefault("前次", base)
        if name not in at:
            path = folder / f"{row['收到日期']:%Y}.yml"
            books.setdefault(path, CommentedSeq()).append(CommentedMap(_in_order(row)))
            added.append(name)
            touched.add(path)
            continue
        path, entry = at[name]
        news = [key for key in row if _typed(entry, key) in (None, "")]
        others = [key for key in row if key not in news]
        kept += [(name, key) for key in others if not _same(_typed(entry, key), row[key])]
        for key in news:
            entry[key] = row[key]
        if news:
            filled.append(name)
            touched.add(path)
    left = tuple(text for text in table[0] if text and not key_of(text))
    files = {path: dumped(yaml, books[path]) for path in sorted(touched)}
    return Merged(files, tuple(added), tuple(filled), tuple(kept), left)


def _typed(entry: Any, key: str) -> Any:
    """A value of an entry under either name of its key."""
    return next((entry[name] for name in (key, KEYS[key][0]) if name in entry), None)


def _same(one: Any, other: Any) -> bool:
    return str(one).strip() == str(other).strip()


def _in_order(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: row[key] for key in KEYS if key in row}
