"""The ledgers: opinions and inspections, and how the entries of any are read."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from gongkai.domain.finding import Finding
from gongkai.domain.labels import CHINESE
from gongkai.domain.model import Checklist, Draw, Flaw, Inspection, Opinion, Region
from gongkai.domain.terms import Handling, Rating, Timing, Way
from gongkai.files.reading import YAML, walk
from gongkai.source.beside import IMAGES, find_beside
from gongkai.source.document import finding_of, read_document
from gongkai.source.problems import Mistake, Problem
from gongkai.source.scalars import DAY, FLAG, LINE, TEXT, TEXTS, WHOLE, choice
from gongkai.source.shapes import BAD, Choice, Either, Key, ListOf, Record

REPLY_DAYS = 30
"""Where the province sets none: the figure of 重庆 (第十一条) and 浙江 (第二十三条), as custom."""

_HANDLING = Choice(
    {
        word: handling
        for handling in Handling
        for word in (handling.value, handling.value.lower(), CHINESE[handling])
    }
)
_OPINION = Record(
    dict,
    Key("id", "编号", LINE, need=True),
    Key("source", "来源", LINE, need=True),
    Key("received", "收到日期", DAY, need=True),
    Key("text", "意见", TEXT, need=True),
    Key("kind", "类别", LINE),
    Key("dept", "承办", LINE),
    Key("due", "期限", DAY),
    Key("replied", "答复日期", DAY),
    Key("reply", "答复", TEXT),
    Key("result", "结果", _HANDLING),
    Key("promised", "承诺日期", DAY),
    Key("rating", "评价", choice(Rating)),
    Key("follows", "前次", TEXT),
    Key("private", "不公开", FLAG),
)
_DRAW = Record(
    Draw,
    Key("from", "起", DAY, field="first", need=True),
    Key("to", "止", DAY, field="last", need=True),
    Key("count", "数量", WHOLE, need=True),
    Key("seed", "种子", LINE, need=True),
    Key("board", "公开栏", LINE),
    Key("items", "抽中", TEXTS),
)
_FLAW = Record(
    Flaw,
    Key("text", "问题", TEXT, need=True),
    Key("dept", "整改部门", LINE),
    Key("due", "期限", DAY),
    Key("mended", "整改日期", DAY),
    Key("point", "要点", LINE),
    Key("board", "公开栏", LINE),
)
_ALL = Choice({"all": None, "全部": None})
_INSPECTION = Record(
    dict,
    Key("id", "编号", LINE, need=True),
    Key("date", "日期", DAY, need=True),
    Key("way", "方式", choice(Way), need=True),
    Key("by", "检查人", LINE, need=True),
    Key("timing", "时机", choice(Timing)),
    Key("unit", "对象", LINE),
    Key("draw", "抽样", _DRAW),
    Key("flaws", "发现", ListOf(_FLAW)),
    Key("result", "结论", TEXT),
    Key("checked", "检查项", Either(_ALL, many=TEXTS)),
    Key("photos", "照片", TEXTS),
)


INSPECTIONS = Either(ListOf(_INSPECTION), mapping=_INSPECTION)
OPINIONS = ListOf(_OPINION)


def read_opinions(root: Path, region: Region) -> tuple[list[Opinion], list[Finding]]:
    """Every opinion of a site, by number."""
    build = partial(_opinion, days=region.reply.days if region.reply else REPLY_DAYS)
    return read_ledger(root, "content/opinions", OPINIONS, build)


def read_inspections(root: Path, checklist: Checklist) -> tuple[list[Inspection], list[Finding]]:
    """Every inspection of a site, by number. A file may hold one or a list of them."""
    points = tuple(point.id for point in checklist.points)
    build = partial(_inspection, root, points)
    return read_ledger(root, "content/inspections", INSPECTIONS, build, "photos")


def _inspection(
    root: Path, points: tuple[str, ...], row: dict[str, Any], path: str, line: int
) -> Inspection:
    checked = row.pop("checked", ())
    photos = tuple(find_beside(root / path, one, root, IMAGES) for one in row.pop("photos", ()))
    return Inspection(
        path=path, line=line, checked=points if checked is None else checked, photos=photos, **row
    )


def read_ledger(
    root: Path, folder: str, shape: Any, build: Any, names: str = "minutes"
) -> tuple[list[Any], list[Finding]]:
    """The entries of the files of a folder, by id, each built from its row, its path and line; a
    Mistake of ``build`` is about the key that its value ``at`` names, else about the files that the
    row names under the key ``names``."""
    entries: dict[str, Any] = {}
    findings: list[Finding] = []
    for path in walk(root / folder, YAML) if (root / folder).is_dir() else ():
        where = path.relative_to(root).as_posix()
        value, reading = read_document(path, shape)
        problems, spots = list(reading.problems), reading.spots
        rows = [] if value is BAD else [value] if isinstance(value, dict) else value
        for number, row in enumerate(rows):
            spot = spots.get(f".{number}", (1, 1))
            try:
                entry = build(row, where, spot[0])
            except Mistake as mistake:
                key = str(mistake.values.get("at", names))
                spot = spots.get(key if isinstance(value, dict) else f".{number}.{key}", spot)
                problems.append(Problem(mistake.rule, *spot, mistake.case, mistake.values))
                continue
            if entry.id in entries:
                values = {"id": entry.id, "other": entries[entry.id].path}
                problems.append(Problem("format/duplicate-id", *spot, "", values))
            entries.setdefault(entry.id, entry)
        findings += [finding_of(problem, where) for problem in problems]
    return [entries[key] for key in sorted(entries)], findings


def _opinion(row: dict[str, Any], path: str, line: int, days: int) -> Opinion:
    due = row.pop("due", row["received"] + timedelta(days=days))
    return Opinion(path=path, line=line, due=due, **row)
