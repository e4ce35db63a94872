"""Boards: one file a board, normally one a workshop."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gongkai.domain.finding import Finding
from gongkai.domain.model import Board, Catalogue, Contact, Dark, Screen
from gongkai.domain.terms import Orientation, Paper
from gongkai.files.reading import YAML, walk
from gongkai.source.document import finding_of, read_document
from gongkai.source.problems import Mistake, Problem
from gongkai.source.scalars import DAYS, DECIMAL, LINE, choice, read_id
from gongkai.source.shapes import BAD, Choice, Key, ListOf, Record, Scalar

STILL = 30
PAPERS = Choice({paper.value: paper for paper in Paper})


def _hours(text: str) -> int:
    """``72h``, ``72`` or ``72小时``: hours."""
    digits = text.removesuffix("h").removesuffix("小时").strip()
    if not digits.isdigit() or int(digits) > 24 * 31:
        raise Mistake("format/type", "hours", found=text[:30])
    return int(digits)


def _seconds(text: str) -> int:
    """``20``, ``20s`` or ``20秒``: seconds."""
    digits = text.removesuffix("s").removesuffix("秒").strip()
    if not digits.isdigit() or not 3 <= int(digits) <= 600:
        raise Mistake("format/type", "seconds", found=text[:30])
    return int(digits)


def _distance(text: str) -> float:
    return float(DECIMAL.parse(text.removesuffix("m").removesuffix("米").strip()))


def _time(text: str) -> str:
    """``6:30`` or ``22:00``: a time of day, as ``HH:MM``."""
    found = re.fullmatch(r"([01]?\d|2[0-4])[:：]([0-5]\d)", text.strip())
    if not found or (int(found[1]) == 24 and found[2] != "00"):
        raise Mistake("format/type", "time", found=text[:30])
    return f"{int(found[1]):02}:{found[2]}"


TIMES = Record(
    Dark,
    Key("from", "起", Scalar(_time), field="start", need=True),
    Key("to", "止", Scalar(_time), field="end", need=True),
)
"""From a time of day to another."""


def _sections(words: Mapping[str, str]) -> ListOf:
    return ListOf(Choice(words))


CONTACT = (
    Key("phone", "电话", LINE),
    Key("box", "意见箱", LINE),
    Key("reception", "接待日", LINE),
)


def board_shape(catalogue: Catalogue) -> Record:
    """The shape of a board's file."""
    names = {name: group for group, name in catalogue.groups.items()}
    names |= {category.name: category.id for category in catalogue.categories.values()}
    return shape_with(
        {**names, **{text: text for text in (*catalogue.groups, *catalogue.categories)}}
    )


def shape_with(sections: Mapping[str, str]) -> Record:
    """The shape of a board's file where sections may have these names."""
    return Record(
        dict,
        Key("title", "标题", LINE, need=True),
        Key("title_en", "英文标题", LINE),
        Key("workshop", "车间", LINE),
        Key("sections", "栏目", _sections(sections)),
        Key("contact", "联系", Record(Contact, *CONTACT)),
        Key(
            "screen",
            "屏幕",
            Record(
                Screen,
                Key("orientation", "方向", choice(Orientation)),
                Key("dwell", "停留", Scalar(_seconds)),
                Key("horizon", "提前", Scalar(_hours)),
                Key("distance", "距离", Scalar(_distance)),
                Key("off", "关屏", ListOf(TIMES)),
            ),
        ),
        Key("paper", "纸张", PAPERS),
        Key("still", "更新期限", DAYS),
        Key("lang", "语言", Choice({"zh": "zh", "中文": "zh", "en": "en", "英文": "en"})),
    )


def board_names(root: Path) -> tuple[str, ...]:
    """The ids of all boards there are files for, whether or not they can be read."""
    return tuple(path.stem for path in walk(root / "boards", YAML))


def read_boards(root: Path, catalogue: Catalogue, lang: str) -> tuple[list[Board], list[Finding]]:
    """Every board of a site, in the order of their file names."""
    shape = board_shape(catalogue)
    boards: list[Board] = []
    findings: list[Finding] = []
    for path in walk(root / "boards", YAML):
        where = path.relative_to(root).as_posix()
        value, reading = read_document(path, shape)
        problems = reading.problems + _id_problems(path.stem, boards)
        findings += [finding_of(problem, where, board=path.stem) for problem in problems]
        if value is not BAD and not problems:
            boards.append(_board(path.stem, where, value, catalogue, lang))
    return boards, findings


def _id_problems(name: str, boards: list[Board]) -> list[Problem]:
    try:
        read_id(name)
    except Mistake as mistake:
        return [Problem(mistake.rule, 1, 1, "file-id", {"found": name[:40]})]
    twin = next((board for board in boards if board.id == name), None)
    return (
        [Problem("format/duplicate-id", 1, 1, "", {"id": name, "other": twin.path})] if twin else []
    )


def _board(name: str, path: str, value: dict[str, Any], catalogue: Catalogue, lang: str) -> Board:
    return Board(
        id=name,
        path=path,
        title=value["title"],
        workshop=value.get("workshop"),
        sections=value.get("sections", tuple(catalogue.groups)),
        contact=value.get("contact", Contact()),
        screen=value.get("screen", Screen()),
        paper=value.get("paper", Paper.A3),
        still=value.get("still", STILL),
        lang=value.get("lang", lang),
        title_en=value.get("title_en"),
    )
