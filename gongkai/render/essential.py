"""The figure that an item is about (要数): what a board shows large."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from gongkai.domain.model import Category, Item, KeyFigure, Value
from gongkai.domain.terms import PrivacyClass
from gongkai.domain.text import SUMS, TableGrid
from gongkai.render.reading import WHOLE_FIRM, counts, heads_a_name, is_by_place, is_figure

_PERSONAL = (PrivacyClass.SENSITIVE, PrivacyClass.PERSONNEL)
_LONGEST = 16
"""Characters of a figure that can be shown large, and of a label beside it."""
_OVER_ALL = ("总计", WHOLE_FIRM, *(one for one in SUMS if one != "总计"))
_PART = "其中"
_UNIT = re.compile(
    r"[(（\[【]\s*(?:单位[:：]\s*)?((?:人民币)?[千万亿]?元|人次?|天|日|小时|分钟|件|套|台|个|项|次|份|吨|千克|公斤|米|"
    r"平方米|立方米|公里|度|千瓦时|户|%|％|kWh|kg|t|m|yuan|people|days|hours)\s*[)）\]】]"
)


class Essential(Value, frozen=True):
    """A figure of a table, with separators: of which ``row`` (from 0, its heads not counted), under
    which head. ``of`` is what the row is called, empty for a sum over everything; ``beside`` are
    other figures that explain it, as pairs of label and figure."""

    of: str
    name: str
    unit: str
    value: str
    row: int
    beside: tuple[tuple[str, str], ...]

    @property
    def label(self) -> str:
        """What it is: ``机加工车间人均（元）``."""
        return f"{self.of}{self.name}{f'（{self.unit}）' if self.unit else ''}"


def essential(
    grid: TableGrid | None,
    item: Item,
    category: Category,
    own: str | None,
    places: Collection[str],
) -> Essential | None:
    """The figure of the first table of a body, made ready for a board: what the item or its
    category asks for, else the last in the row of the workshop ``own``, else in that of the sum.

    Lists of persons have none but one that the item asks for.
    """
    chosen = item.figure or category.figure or KeyFigure()
    if grid is None or (item.privacy.klass in _PERSONAL and not item.figure):
        return None
    found = _Table(grid, own, places)
    row = found.row(chosen.row)
    column = None if row is None else found.column(chosen.column, row)
    if row is None or column is None or len(found.rows[row][column]) > _LONGEST:
        return None
    return found.essential(row, column)


class _Table:
    """A table as texts."""

    def __init__(self, grid: TableGrid, own: str | None, places: Collection[str]) -> None:
        self.grid, self.heads, self.rows, self.names = grid, grid.heads, grid.rows, grid.names
        self.own = own
        self.is_by_place = is_by_place(self.names, places)

    def row(self, name: str | None) -> int | None:
        if name is None and self.own in self.names:
            return self._only(self.own)
        return self._only(name) if name else self._sum()

    def _only(self, name: str | None) -> int | None:
        """The row of a name that stands once; of several nobody knows which is meant."""
        return self.names.index(name) if name and self.names.count(name) == 1 else None

    def _sum(self) -> int | None:
        """The row over everything: a sum over sums before a sum."""
        found = next((text for text in _OVER_ALL if text in self.names), None)
        return self._only(found)

    def column(self, name: str | None, row: int) -> int | None:
        cells = self.rows[row]
        if name:
            named = [at for at, head in enumerate(self.heads) if name in (head, _bare(head))]
            is_told = len(named) == 1 and is_figure(cells[named[0]])
            return named[0] if is_told and not heads_a_name(self.heads[named[0]]) else None
        if heads_a_name(self.names[row]):
            return None
        whole = [at for at in self._counting() if not self.heads[at].startswith(_PART)]
        return next((at for at in reversed(whole) if is_figure(cells[at])), None)

    def _counting(self) -> list[int]:
        columns = range(1, len(self.heads))
        return [at for at in columns if counts(self.grid, at)]

    def essential(self, row: int, column: int) -> Essential:
        name, cells = self.names[row], self.rows[row]
        value = cells[column]
        return Essential(
            of=self._called(name),
            name=_bare(self.heads[column]),
            unit="" if value.endswith("%") else _unit(self.heads[column]),
            value=value,
            row=row,
            beside=tuple(pair for pair in self._beside(row, column) if len(pair[0]) <= _LONGEST),
        )

    def _called(self, name: str) -> str:
        if name in SUMS:
            return WHOLE_FIRM if self.is_by_place else ""
        return name

    def _beside(self, row: int, column: int) -> Iterator[tuple[str, str]]:
        """The first figure of the row and the one before, and the same figure of the sum."""
        counting = [at for at in self._counting() if at != column]
        before = [at for at in counting if at < column]
        for at in dict.fromkeys([*counting[:1], *before[-1:]]):
            if is_figure(self.rows[row][at]):
                yield _bare(self.heads[at]), self.rows[row][at] + _unit(self.heads[at])
        whole = self._sum()
        if whole is not None and whole != row and is_figure(self.rows[whole][column]):
            called = self._called(self.names[whole]) or self.names[whole]
            figure = self.rows[whole][column] + _unit(self.heads[column])
            yield called + _bare(self.heads[column]), figure


def is_as_corrected(found: Essential, corrections: Iterable[Item]) -> bool:
    """Is a figure not one that a correction says was wrong? An original that was not edited still
    tells it."""
    value = found.value.replace(",", "")
    changes = [
        change for item in corrections if item.correction for change in item.correction.changes
    ]
    return not any(change.old.strip().replace(",", "") == value for change in changes)


def _bare(head: str) -> str:
    """A head without its unit."""
    found = _unit_in(head)
    return (head[: found.start()] + head[found.end() :]).strip() if found else head


def _unit(head: str) -> str:
    found = _unit_in(head)
    return found[1] if found else ""


def _unit_in(head: str) -> re.Match[str] | None:
    """The unit of a head: the last bracket that holds one."""
    return next(iter([*_UNIT.finditer(head)][::-1]), None)
