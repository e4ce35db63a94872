"""Saving: what was changed goes into the file as it is now, whoever else has changed it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from gongkai.domain.errors import UsageError
from gongkai.editing.answers import Conflict, answered, together
from gongkai.editing.blank import Blank
from gongkai.editing.correcting import correction_of
from gongkai.editing.parts import Said
from gongkai.editing.written import replace_file, write_new
from gongkai.preview.forms.desk import NEW, FormDesk, FormPlace, packed, unpacked
from gongkai.source.problems import Mistake
from gongkai.source.scalars import read_id

PATH, KIND, ROW, BASE, ACT, REASON, FILE = (
    ".path",
    ".kind",
    ".row",
    ".base",
    ".act",
    ".reason",
    ".file",
)
"""The names of what a form carries beside its fields; no field's begins so."""
Form = Mapping[str, str]


class Saved(NamedTuple):
    """What came of it: the place, what the form says, and the fields that somebody else changed
    meanwhile, with which nothing was written."""

    place: FormPlace
    said: Said
    base: str
    conflicts: tuple[Conflict, ...] = ()
    is_corrected: bool = False


def place_of(desk: FormDesk, form: Form) -> FormPlace:
    """What a form is about."""
    return desk.place(form.get(KIND, ""), form.get(PATH, ""), form.get(ROW, ""))


def would_be(desk: FormDesk, form: Form) -> tuple[FormPlace, str]:
    """The file as it would be, without writing it."""
    place = place_of(desk, form)
    base = unpacked(form[BASE]) if form.get(BASE) else ""
    new = answered(place.group, desk.said(place, base), form)
    path = place.path or f"{place.kind.folder}/new.yml"
    place = place._replace(path=path)
    return place, desk.with_said(place, base, new)


def save(desk: FormDesk, form: Form) -> Saved:
    """Write what was changed, or nothing where two contradict each other."""
    place = place_of(desk, form)
    base = unpacked(form[BASE]) if form.get(BASE) else ""
    old = desk.said(place, base)
    ours = answered(place.group, old, form)
    if ours is None:
        raise UsageError("error.form-empty")
    if not place.path:
        place = place._replace(path=_new_path(desk, place, form))
    text = desk.text(place.path)
    if place.row == NEW:
        return _added(desk, place, text, ours)
    if base and not text:
        raise UsageError("error.form-gone", path=place.path)
    theirs = desk.said(place, text)
    said, conflicts = together(old, ours, theirs)
    if conflicts:
        return Saved(place, ours, packed(text), tuple(conflicts))
    made = desk.with_said(place, text, said)
    correction = _correction(desk, place, (old, said), form) if form.get(ACT) == "correct" else None
    if correction:
        write_new(correction.path, correction.text.encode())
    try:
        if made != text:
            replace_file(desk.root / place.path, made.encode())
    except OSError:
        if correction:  # of something that was not changed
            correction.path.unlink()
        raise
    desk.look_again()
    return Saved(_named(place, said), said, packed(made), is_corrected=correction is not None)


def _named(place: FormPlace, said: Said) -> FormPlace:
    """A row under its number, which may be new."""
    name = place.group.keys[0][0].name
    return place._replace(row=str(said.get(name, ""))) if place.row else place


def _added(desk: FormDesk, place: FormPlace, text: str, said: Said) -> Saved:
    """A row that is new."""
    name = place.group.keys[0][0].name
    number = str(said.get(name) or "") if isinstance(said, dict) else ""
    if not number:
        raise UsageError("error.form-number", key=place.group.keys[0][0].chinese)
    known = place._replace(row=number)
    for path in desk.files(place.kind):
        if desk.said(known._replace(path=path), desk.text(path)) is not None:
            raise UsageError("error.form-taken", number=number)
    made = desk.with_said(place, text, said)
    replace_file(desk.root / place.path, made.encode())
    desk.look_again()
    return Saved(known, said, packed(made))


def _new_path(desk: FormDesk, place: FormPlace, form: Form) -> str:
    """Where something new is put: a row into the last ledger, anything else into a file by the name
    that was typed."""
    if place.row == NEW:
        for path in reversed([*desk.files(place.kind)]):
            start = desk.text(path).lstrip("\ufeff").lstrip()[:1]
            if desk.rows(place.kind, path) and start in ("-", "#", "["):
                return path
        return f"{place.kind.folder}/{desk.now:%Y}.yml"
    name = form.get(FILE, "").strip()
    try:
        read_id(name)
    except Mistake as mistake:
        raise UsageError("error.form-name", found=name[:40]) from mistake
    path = f"{place.kind.folder}/{name}.yml"
    if (desk.root / path).exists():
        raise UsageError("error.form-taken", number=name)
    return path


def _correction(desk: FormDesk, place: FormPlace, both: tuple[Said, Said], form: Form) -> Blank:
    """The correction that goes with a change."""
    item = desk.item(place.path)
    reason = form.get(REASON, "").strip()
    if item is None or not reason:
        raise UsageError("error.form-reason")
    if both[0] == both[1]:
        raise UsageError("error.form-same")
    return correction_of(desk.library, item, both, place.group, reason, desk.now.date())
