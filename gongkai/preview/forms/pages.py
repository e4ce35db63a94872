"""The pages of the forms: lists, and one form for whatever a file consists of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from gongkai.domain.errors import GongkaiError
from gongkai.domain.finding import Severity
from gongkai.domain.model import Item, Needs
from gongkai.domain.terms import State
from gongkai.editing.answers import Conflict, answered
from gongkai.editing.filed import ITEM, FileKind
from gongkai.editing.parts import KeyGroup, Rows, Said
from gongkai.messages import say
from gongkai.preview.forms.actions import ACTIONS, Action, action
from gongkai.preview.forms.desk import COUNTED, NEW, FormDesk, FormPlace, is_item, packed
from gongkai.preview.forms.fields import FormField, Maker, grid_of
from gongkai.preview.forms.judging import FormFinding, placed
from gongkai.render.templates import fill
from gongkai.source.beside import LARGEST, MOST_ROWS

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "main": ("title", "category", "period", "boards", "publish", "expires", "owner", "draft"),
    "text": ("summary", "body"),
    "files": ("attachments", "tables"),
    "procedure": ("approval", "steps", "congress", "meeting"),
    "window": ("notice", "outcome"),
    "days": ("reviewed", "refresh", "formed", "due", "effective", "timing"),
    "shown": ("channels", "paper", "privacy", "contact", "urgent", "figure"),
    "changed": ("corrects", "correction", "withdrawn"),
}
"""The keys of an item by what they are for; all others come last, under one heading."""
_OPEN = ("main", "text")
MOST = 200
"""Rows of a list; a search finds the others."""


Note = tuple[str, str]
"""How bad something is, and the words."""


class FormSection(NamedTuple):
    """Fields under one heading, folded or not."""

    name: str
    title: str
    fields: list[FormField]
    is_open: bool


class FormRow(NamedTuple):
    """One line of a list."""

    path: str
    row: str
    title: str
    about: str
    state: str
    wrong: int
    actions: tuple[Action, ...]
    is_readable: bool = True
    url: str = ""


class FormView(NamedTuple):
    """What a form shows besides its fields: what came of it, and what is wrong."""

    note: str = ""
    conflicts: tuple[Conflict, ...] = ()
    told: tuple[FormFinding, ...] = ()
    form: Mapping[str, str] = {}


def page(desk: FormDesk, template: str, **values: object) -> str:
    """A page of the forms in the site's language."""
    lang = desk.site.lang
    kinds = [(kind.name, say(lang, f"ui.edit.kind.{kind.name}")) for kind in desk.kinds.values()]
    known = {"lang": lang, "factory": desk.library.org.short, "kinds": kinds}
    return fill(desk.root, lang, f"editor/{template}.html", **known, **values)


def list_page(desk: FormDesk, name: str, search: str, note: str = "") -> str:
    """What there is of a kind, the newest first."""
    kind = desk.kinds.get(name) or desk.kinds[ITEM]
    rows = [*(_items if kind.name == ITEM else _records)(desk, kind)]
    found = [row for row in rows if search.lower() in f"{row.title} {row.about} {row.path}".lower()]
    categories = [category.name for category in desk.library.catalogue.categories.values()]
    return page(
        desk, "list", kind=kind.name, rows=found[:MOST], count=len(found), search=search, note=note,
        categories=categories, most=MOST, largest=LARGEST, is_item=kind.name == ITEM,
        is_rows=isinstance(kind.part, Rows), is_single=kind.is_single, NEW=NEW,
    )  # fmt: skip


def _wrong(desk: FormDesk) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for finding in desk.findings:
        if finding.severity is not Severity.INFO:
            found[finding.path] = found.get(finding.path, 0) + 1
    return found


def _items(desk: FormDesk, kind: FileKind) -> Iterator[FormRow]:
    """What cannot be read, drafts, then items as they stand, the newest first."""
    wrong, lang = _wrong(desk), desk.site.lang
    by_path = {standing.item.path: standing for standing in desk.standings.all()}
    stubs = {stub.path: stub.title or stub.id for stub in desk.library.stubs}
    rows: list[tuple[tuple[int, str], FormRow]] = []
    for path in desk.files(kind):
        one = by_path.get(path)
        if one is None:
            title = stubs.get(path) or path.rpartition("/")[2]
            state = say(lang, "ui.state-draft" if path in stubs else "ui.edit.unread")
            row = FormRow(path, "", title, "", state, wrong.get(path, 0), (), path in stubs)
            rows.append(((_FIRST, path), row))
            continue
        item = one.item
        actions = tuple(a for a in ACTIONS if a.kind == ITEM and a.suits(one))
        state = say(lang, f"ui.state-{one.state.value}")
        category = desk.library.catalogue.categories[item.category].name
        about = f"{category} {item.first_day}"
        url = "" if one.state in (State.DRAFT, State.SCHEDULED) else f"/items/{item.id}/"
        row = FormRow(path, "", item.title, about, state, wrong.get(path, 0), actions, url=url)
        rows.append(((_ORDER.index(one.state), str(item.first_day)), row))
    return (row for _, row in sorted(rows, key=lambda one: one[0], reverse=True))


_ORDER = (State.EXPIRED, State.WITHDRAWN, State.SCHEDULED, State.CURRENT, State.DRAFT)
"""How items are listed, from the last to the first."""
_FIRST = len(_ORDER)


def _records(desk: FormDesk, kind: FileKind) -> Iterator[FormRow]:
    """Files of a kind, and of ledgers their rows, the last first."""
    wrong = _wrong(desk)
    actions = tuple(action for action in ACTIONS if action.kind == kind.name)
    for path in reversed([*desk.files(kind)]):
        try:
            found = [*_of_file(desk, kind, path, actions)]
        except GongkaiError:
            unread = say(desk.site.lang, "ui.edit.unread")
            found = [FormRow(path, "", path, "", unread, 0, (), is_readable=False)]
        yield from (form_row._replace(wrong=wrong.get(path, 0)) for form_row in found[:1])
        yield from found[1:]


def _of_file(
    desk: FormDesk, kind: FileKind, path: str, actions: tuple[Action, ...]
) -> Iterator[FormRow]:
    if not isinstance(kind.part, Rows):
        said = desk.said(FormPlace(kind, path), desk.text(path))
        yield FormRow(path, "", _title(kind.part, said) or path, path, "", 0, ())
        return
    name = kind.part.of.keys[0][0].name
    for n, one in reversed([*enumerate(desk.rows(kind, path))]):
        number = str(one.get(name) or f"{COUNTED}{n}")
        yield FormRow(path, number, _title(kind.part.of, one), number, "", 0, actions)


def _title(group: KeyGroup, said: Said) -> str:
    """What tells a record from others: its title, or its first texts."""
    if not isinstance(said, dict):
        return ""
    texts = [said.get(key.name) for key, _ in group.keys[1:]]
    plain = [text for text in texts if isinstance(text, str)]
    named = said.get("title") or said.get("name") or said.get("text")
    return str(named or " ".join(plain[:3]))[:80]


def form_page(desk: FormDesk, place: FormPlace, act: str = "", view: FormView = FormView()) -> str:  # noqa: B008 - frozen
    """The form of a place, or of what an action asks for."""
    text = desk.text(place.path)
    said = desk.said(place, text)
    found = action(act)
    item = desk.item(place.path)
    shown, known = said, dict(view.form)
    if found and not known:
        known = dict(found.knows(said, item, desk.now.date()))
    if known:
        shown = answered(place.group, said, known)
    sections = _sections(desk, place, shown, said, found)
    findings = placed(desk.library, place.kind, place.path, text, [*desk.findings])
    told = view.told or tuple(findings if place.path and not place.row else ())
    notes = _notes(desk, told, view.conflicts)
    sections = [
        section._replace(is_open=section.is_open or _has(section, notes)) for section in sections
    ]
    rest = _unplaced(sections, notes)
    standing = desk.standing(place.path)
    actions = [
        action for action in ACTIONS if standing and action.kind == ITEM and action.suits(standing)
    ]
    return page(
        desk, "form", kind=place.kind.name, place=place, act=act, base=packed(text) if text else "",
        sections=sections, notes=notes, rest=rest, grid_of=grid_of,
        note=view.note, item=item, title=_heading(desk, place, said), actions=actions,
        needs=_needed(desk, item), is_item=is_item(place), is_new=not text or place.row == NEW,
        most_rows=MOST_ROWS, largest=LARGEST, reason=view.form.get(".reason", ""),
        too_many=say(desk.site.lang, "ui.edit.too-many", most=MOST_ROWS), NEW=NEW,
        standing=standing, has_conflicts=bool(view.conflicts),
    )  # fmt: skip


def _heading(desk: FormDesk, place: FormPlace, said: Said) -> str:
    return _title(place.group, said) or say(desk.site.lang, f"ui.edit.kind.{place.kind.name}")


def _notes(
    desk: FormDesk, told: Iterable[FormFinding], conflicts: Iterable[Conflict]
) -> dict[str, list[Note]]:
    """What is said beside each field: how bad it is, and the words."""
    notes: dict[str, list[Note]] = {}
    for conflict in conflicts:
        theirs = conflict.theirs if isinstance(conflict.theirs, str) else "…"
        text = say(desk.site.lang, "ui.edit.conflict", theirs=theirs)
        notes.setdefault(conflict.trail, []).append(("error", text))
    for finding in told:
        notes.setdefault(finding.trail, []).append((finding.severity.value, finding.text))
    return notes


def _unplaced(sections: list[FormSection], notes: dict[str, list[Note]]) -> list[Note]:
    """What is said of no field that is shown; what is said of a part of one is said beside it."""
    names = {field.name for section in sections for field in _all(section.fields)}
    rest: list[Note] = []
    for trail in [note for note in notes if note not in names]:
        at = trail
        while at and at not in names:
            at = at.rpartition(".")[0]
        (notes.setdefault(at, []) if at else rest).extend(notes.pop(trail))
    return rest


def _has(section: FormSection, notes: Mapping[str, object]) -> bool:
    return any(field.name in notes for field in _all(section.fields))


def _all(fields: Iterable[FormField]) -> Iterator[FormField]:
    for field in fields:
        yield field
        yield from _all((*field.inner, *field.rows) if field.widget != "rows" else field.rows)


def _sections(
    desk: FormDesk, place: FormPlace, shown: Said, said: Said, found: Action | None
) -> list[FormSection]:
    fields = Maker(desk.library, place.kind.name).fields(place.group, shown)
    if found and found.keys:
        return [FormSection("act", "", _asked(fields, found, said), is_open=True)]
    lang = desk.site.lang
    if not is_item(place):
        return [FormSection("all", "", fields, is_open=True)]
    by_name = {field.name: field for field in fields}
    used = {name for names in SECTIONS.values() for name in names}
    groups = {**SECTIONS, "rest": tuple(text for text in by_name if text not in used)}
    open_ones = {*_OPEN, *_wanted(_needed(desk, desk.item(place.path)))}
    return [
        FormSection(
            name, say(lang, f"ui.edit.section.{name}"), [by_name[name] for name in names],
            name in open_ones,
        )
        for name, names in groups.items()
    ]  # fmt: skip


def _wanted(needs: Needs | None) -> set[str]:
    """The sections in which a category needs something."""
    if needs is None:
        return set()
    return {"procedure"} if needs.is_anything else set()


def _needed(desk: FormDesk, item: Item | None) -> Needs | None:
    if item is None:
        return None
    needs = desk.library.catalogue.categories[item.category].needs
    return needs if needs.is_anything else None


def _asked(fields: list[FormField], found: Action, said: Said) -> list[FormField]:
    """The fields of an action; of a list that gets a row only that row."""
    asked = [field for field in fields if field.name in found.keys]
    if not found.adds:
        return asked
    stood = len(said.get(found.keys[0]) or ()) if isinstance(said, dict) else 0
    return [
        form_field._replace(rows=form_field.rows[stood:], is_needed=True) for form_field in asked
    ]
