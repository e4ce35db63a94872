"""The fields of a form, made from the parts of a kind of file: later kinds come by themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from gongkai.domain.model import Library
from gongkai.editing.answers import ALL, INSTEAD
from gongkai.editing.blocks import BodyPart, as_sent, blocks_of
from gongkai.editing.parts import WORD, KeyGroup, Odd, Pairs, Part, Rows, Said, ShownText, WordList
from gongkai.source.described import told
from gongkai.source.problems import Mistake
from gongkai.source.scalars import DAY, TEXT, WHOLE, Moment, read_day
from gongkai.source.shapes import Key

Option = tuple[str, str]
"""A value and how it is shown."""


class FormField(NamedTuple):
    """One field: its name, what stands beside it, how it is filled in, and what it says now."""

    name: str
    label: str
    widget: str
    value: Any = ""
    hint: str = ""
    example: str = ""
    options: tuple[Option, ...] = ()
    known: tuple[str, ...] = ()
    inner: tuple[FormField, ...] = ()
    rows: tuple[FormField, ...] = ()
    is_needed: bool = False
    depth: int = 0

    @property
    def is_filled(self) -> bool:
        """Does it say anything?"""
        inner = any(form_field.is_filled for form_field in (*self.inner, *self.rows))
        return inner or bool(self.value and self.widget not in ("group", "rows"))


class Maker:
    """Makes the fields of a kind of file in a site."""

    def __init__(self, library: Library, kind: str) -> None:
        self.library, self.kind, self.lang = library, kind, library.site.lang
        self.names = _Names(library)

    def fields(self, group: KeyGroup, said: Said) -> list[FormField]:
        """The fields of a whole record."""
        stood = said if isinstance(said, dict) else {}
        return [
            self.field(key, part, stood.get(key.name), key.name, key.name, 0)
            for key, part in group.keys
        ]

    def field(
        self, key: Key, part: Part, said: Said, name: str, trail: str, depth: int
    ) -> FormField:
        """The field of a key. ``name`` counts rows, ``trail`` doesn't."""
        hint, example = self._label_and_hint(trail)
        label = key.chinese if self.lang == "zh" else key.name.replace("_", " ").capitalize()
        base = FormField(name, label, "odd", "", hint, example, is_needed=key.need, depth=depth)
        if isinstance(said, Odd):
            return base
        match part:
            case ShownText():
                return self._line(base, part, said, trail)
            case WordList():
                return self._words(base, part, said, trail)
            case Pairs():
                lines = "\n".join(f"{name}：{value}" for name, value in (said or {}).items())
                return base._replace(widget="pairs", value=lines)
            case KeyGroup():
                inner = self._group(part, said, name, trail, depth)
                return base._replace(widget="group", inner=inner)
            case Rows():
                return self._rows(base, part, said or [], name, trail)
        return base

    def _label_and_hint(self, trail: str) -> tuple[str, str]:
        with suppress(KeyError):
            about = told(f"{self.kind}.{trail}")
            is_short = len(about.example) <= _SHORT and about.example[:1] not in ("[", "{")
            hint = about.zh if self.lang == "zh" else about.en
            return hint, about.example if is_short else ""
        return "", ""

    def _group(
        self, part: KeyGroup, said: Said, name: str, trail: str, depth: int
    ) -> tuple[FormField, ...]:
        stood = said if isinstance(said, dict) else {}
        inner = [
            self.field(key, one, stood.get(key.name), f"{name}.{key.name}", f"{trail}.{key.name}",
                       depth)
            for key, one in part.keys
        ]  # fmt: skip
        if part.word:
            words = dict.fromkeys(part.word.words.values())
            options = (("", "—"), *((word, word) for word in words))
            value = stood.get(WORD) or ""
            inner.insert(0, FormField(f"{name}.{INSTEAD}", inner[0].label if not words else
                                  "／".join(words), "choice", value, options=options))  # fmt: skip
        return tuple(inner)

    def _rows(
        self, base: FormField, part: Rows, said: list[Said], name: str, trail: str
    ) -> FormField:
        def row(number: str, one: Said, depth: int) -> FormField:
            inner = self._group(part.of, one, f"{name}.{number}", trail, depth)
            return FormField(f"{name}.{number}", base.label, "row", inner=inner, depth=depth)

        depth = base.depth
        rows = tuple(row(str(number), one, depth + 1) for number, one in enumerate(said))
        return base._replace(widget="rows", rows=rows, inner=(row(f"_N{depth}_", None, depth + 1),))

    def _line(self, base: FormField, part: ShownText, said: Said, trail: str) -> FormField:
        value = said or ""
        if part.is_body:
            return base._replace(widget="body", value=blocks_of(value) or [BodyPart("")])
        if part.is_flag:
            return base._replace(widget="flag", value=value)
        if options := self.names.options(self.kind, trail, value):
            return base._replace(widget="choice", value=value, options=_with(options, value))
        if part.words:
            words = dict.fromkeys(part.words.values())
            shown = tuple((word, word) for word in words)
            return base._replace(
                widget="choice", value=value, options=_with((("", ""), *shown), value)
            )
        return base._replace(
            widget=_widget(part, value), value=value, known=self.names.known(trail)
        )

    def _words(self, base: FormField, part: WordList, said: Said, trail: str) -> FormField:
        value = said or []
        options = self.names.many(self.kind, trail)
        if part.of.words:
            options = tuple((fromkey, fromkey) for fromkey in dict.fromkeys(part.of.words.values()))
        if not options or len(options) > _MANY:
            return base._replace(widget="list", value="\n".join(value))
        known = dict(options)
        stood = tuple((one, "全部" if one in ALL else known.get(one, one)) for one in value)
        is_all = bool({*value} & {*ALL})
        rest = (
            option
            for option in options
            if option[0] not in value and not (is_all and option[0] in ALL)
        )
        return base._replace(widget="checks", value=value, options=(*stood, *rest))


_MANY = 12
"""Options up to which there is a box for each; of more the order may matter, so they are typed."""
_SHORT = 24


def _with(options: Iterable[Option], value: str) -> tuple[Option, ...]:
    """The options, and what stands there if it is none of them."""
    found = tuple(options)
    return found if value in dict(found) else (*found, (value, value))


def _widget(part: ShownText, value: str) -> str:
    shape = part.shape
    if shape is DAY or isinstance(getattr(shape, "reads", None), Moment):
        return "day" if not value or _is_iso(value) else "line"
    if shape is WHOLE:
        return "number"
    return "text" if shape is TEXT or "\n" in value else "line"


def _is_iso(value: str) -> bool:
    try:
        return bool(read_day(value))
    except Mistake:
        return False  # it is shown as it was typed


class _Names:
    """The site's own names, to choose from."""

    def __init__(self, library: Library) -> None:
        self.library = library
        depts = [department.name for department in library.org.departments]
        posts = [post for department in library.org.departments for post in department.posts]
        groups = [group.name for group in library.org.groups]
        sessions = [meeting.session for meeting in library.meetings if meeting.session]
        self._known: Mapping[str, tuple[str, ...]] = {
            "dept": tuple(depts),
            "by": (*groups, *depts),
            "post": tuple(dict.fromkeys(posts)),
            "session": tuple(dict.fromkeys(sessions)),
            "expires": ("长期",),
        }

    def known(self, trail: str) -> tuple[str, ...]:
        """Words that are often typed here."""
        return self._known.get(trail.rpartition(".")[2], ())

    def options(self, kind: str, trail: str, value: str) -> tuple[Option, ...]:
        """The only words that can stand here; none if any can."""
        one: Callable[[str], tuple[Option, ...]] | None = {
            ("item", "category"): self._categories,
            ("item", "meeting.id"): self._meetings,
        }.get((kind, trail))
        return one(value) if one else ()

    def _categories(self, value: str) -> tuple[Option, ...]:
        """By the name of a row; a file that has its id keeps it."""
        rows = self.library.catalogue.categories.values()
        return tuple(
            (value if value == category.id else category.name, category.name) for category in rows
        )

    def _meetings(self, _value: str) -> tuple[Option, ...]:
        ones = sorted(self.library.meetings, key=lambda one: (one.date, one.id), reverse=True)
        named = [
            (meeting.id, " ".join(filter(None, (meeting.id, meeting.session, str(meeting.date)))))
            for meeting in ones
        ]
        return (("", ""), *named) if named else ()

    def many(self, kind: str, trail: str) -> tuple[Option, ...]:
        """The words of which several can stand here."""
        if (kind, trail) != ("item", "boards"):
            return ()
        return ((ALL[1], ALL[1]), *((board.id, board.title) for board in self.library.boards))


def grid_of(block: BodyPart) -> str:
    """The cells of a table as a form sends them."""
    return as_sent(block.cells or [])
