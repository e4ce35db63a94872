"""The figure that an item is about (要数): what a board shows large."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from gongkai.model import Category, Item, KeyFigure, Value
from gongkai.render.reading import WHOLE_FIRM, counts, is_by_place, is_figure
from gongkai.terms import PrivacyClass
from gongkai.text import SUMS, UNIT, Node, plain_text, tables_in

_PERSONAL = (PrivacyClass.SENSITIVE, PrivacyClass.PERSONNEL)
_MOST_BESIDE = 3


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
    nodes: tuple[Node, ...],
    item: Item,
    category: Category,
    own: str | None,
    places: Collection[str],
) -> Essential | None:
    """The figure of a body that was made ready for a board: what the item or its category asks for,
    else the last figure in the row of the workshop ``own``, else in that of the sum.

    Lists of persons have none but one that the item asks for.
    """
    table = next(tables_in(nodes), None)
    chosen = item.figure or category.figure or KeyFigure()
    if table is None or (item.privacy.klass in _PERSONAL and not item.figure):
        return None
    found = _Table(table, own, places)
    row = found.row(chosen.row)
    column = None if row is None else found.column(chosen.column, row)
    return None if row is None or column is None else found.essential(row, column)


class _Table:
    """A table as texts."""

    def __init__(self, table: Node, own: str | None, places: Collection[str]) -> None:
        head, *self.nodes = table.children
        self.heads = [plain_text((cell,)).strip() for cell in head.children]
        self.head_cells = head.children
        self.rows = [[plain_text((cell,)).strip() for cell in row.children] for row in self.nodes]
        self.names = [row[0] if row else "" for row in self.rows]
        self.own = own
        self.is_by_place = is_by_place(self.names, places)

    def row(self, name: str | None) -> int | None:
        return self._first([name] if name else [self.own, *SUMS, WHOLE_FIRM])

    def _first(self, wanted: Iterable[str | None]) -> int | None:
        """The row of the first of some names that there is."""
        return next((self.names.index(one) for one in wanted if one in self.names), None)

    def column(self, name: str | None, row: int) -> int | None:
        cells = self.rows[row]
        if name:
            named = [at for at, head in enumerate(self.heads) if name in (head, _bare(head))]
            return named[0] if named and cells[named[0]] else None
        return next((at for at in reversed(self._counting()) if is_figure(cells[at])), None)

    def _counting(self) -> list[int]:
        columns = range(1, len(self.heads))
        return [at for at in columns if counts(self.head_cells[at], self.nodes, at)]

    def essential(self, row: int, column: int) -> Essential:
        name, cells = self.names[row], self.rows[row]
        value = cells[column]
        return Essential(
            of=self._called(name),
            name=_bare(self.heads[column]),
            unit="" if value.endswith("%") else _unit(self.heads[column]),
            value=value,
            row=row,
            beside=tuple(self._beside(row, column))[:_MOST_BESIDE],
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
        whole = self._first([*SUMS, WHOLE_FIRM])
        if whole is not None and whole != row and is_figure(self.rows[whole][column]):
            called = self._called(self.names[whole]) or self.names[whole]
            figure = self.rows[whole][column] + _unit(self.heads[column])
            yield called + _bare(self.heads[column]), figure


def _bare(head: str) -> str:
    """A head without its unit."""
    return UNIT.sub("", head).strip()


def _unit(head: str) -> str:
    found = UNIT.search(head)
    return found[1].strip() if found else ""
