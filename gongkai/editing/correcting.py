"""A correction beside what it corrects: what stood there, what is right, and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from difflib import SequenceMatcher

from gongkai.domain.labels import CHINESE
from gongkai.domain.model import Item, Library
from gongkai.domain.terms import Kind
from gongkai.editing.blank import Blank
from gongkai.editing.blocks import Rows, blocks_of
from gongkai.editing.parts import KeyGroup, Said
from gongkai.editing.values import written
from gongkai.editing.written import KeyLine, item_text
from gongkai.source.privacy.numbers import veiled

Both = tuple[Said, Said]
"""What was said before, and what is said now."""
_LONGEST = 300
_SHOWN = 30
"""Days a correction stays up where its original has no end."""
Change = tuple[str, str, str]


def correction_of(
    library: Library, item: Item, both: Both, group: KeyGroup, reason: str, today: date
) -> Blank:
    """The new item. What is corrected is named by its place; personal numbers are not repeated."""
    name = _free(library, item.id)
    root = library.site.root
    path = root / "content/items" / f"{today:%Y/%m}" / f"{name}.yml"
    changes = [
        {"位置": where, "原": veiled(old)[:_LONGEST] or "—", "新": veiled(new)[:_LONGEST] or "—"}
        for where, old, new in changes_of(*both, group)
    ]
    least = library.catalogue.region.least
    last = item.last_day or today + timedelta(days=max(_SHOWN, least))
    owner = {"部门": item.owner.dept, **({"岗位": item.owner.post} if item.owner.post else {})}
    is_all = set(item.boards) == {board.id for board in library.boards}
    lines = [
        KeyLine("标题", f"关于《{item.title}》的更正"),
        KeyLine("类别", library.catalogue.categories[item.category].name),
        KeyLine("性质", CHINESE[Kind.CORRECTION]),
        *([] if is_all else [KeyLine("公开栏", list(item.boards))]),
        KeyLine("公开日期", today),
        KeyLine("公开期限", max(last, today)),
        KeyLine("责任", owner),
        KeyLine("更正对象", item.id),
        KeyLine("更正", {"原因": reason, "变更": changes}),
    ]
    return Blank(path, item_text(root, path, lines, reason), ())


def _free(library: Library, name: str) -> str:
    taken = {item.id for item in library.items} | {stub.id for stub in library.stubs}
    numbers = (f"{name[:70]}-c{n}" for n in range(1, 1_000))
    return next(number for number in numbers if number not in taken)


def changes_of(old: Said, new: Said, group: KeyGroup) -> Iterator[Change]:
    """What changed, by names that a reader knows: keys, and of tables the row and the column."""
    before, after = old or {}, new or {}
    for key, part in group.keys:
        one, two = before.get(key.name), after.get(key.name)
        if one == two:
            continue
        if key.name in ("body", "body_en"):
            yield from _in_text(one or "", two or "", key.chinese)
        else:
            was, now = (written(part, said) if said else "" for said in (one, two))
            yield key.chinese, was, now


def _in_text(old: str, new: str, name: str) -> Iterator[Change]:
    before, after = blocks_of(old), blocks_of(new)
    if len(before) != len(after):
        yield name, " ".join(old.split()), " ".join(new.split())
        return
    for body_part, two in zip(before, after, strict=True):
        if body_part.source.strip() == two.source.strip():
            continue
        if body_part.cells and two.cells and len(body_part.cells[0]) == len(two.cells[0]):
            yield from _in_table(body_part.cells, two.cells)
        else:
            yield name, " ".join(body_part.text.split()), " ".join(two.text.split())


def _in_table(old: Rows, new: Rows) -> Iterator[Change]:
    """Cell by cell; a row that came or went as a whole."""
    keys = [["\t".join(row) for row in rows] for rows in (old, new)]
    steps = SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes()
    for step, first, last, begin, stop in steps:
        if step == "equal":
            continue
        both = min(last - first, stop - begin)
        for one, two in zip(old[first : first + both], new[begin : begin + both], strict=True):
            yield from (
                (f"{two[0]}/{head}", a, b)
                for head, a, b in zip(new[0], one, two, strict=True)
                if a != b
            )
        for row in old[first + both : last]:
            yield row[0], " ".join(row), ""
        for row in new[begin + both : stop]:
            yield row[0], "", " ".join(row)
