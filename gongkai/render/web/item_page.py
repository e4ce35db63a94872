"""The page of one item, and what leads to it from its former addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from gongkai.domain.model import Board, File, Item
from gongkai.domain.terms import Channel, Freshness, State
from gongkai.render.artifact import Artifact
from gongkai.render.attached import csv_files
from gongkai.render.shown import Shown
from gongkai.render.stencil import Holes, Stencil, safe, stencil_of
from gongkai.render.timeline import TimelineEvent
from gongkai.render.words import Words
from gongkai.source.beside import IMAGES
from gongkai.status.edition import Entry
from gongkai.status.standing import Standing

Values = dict[str, Any]


class BoardLink(NamedTuple):
    """A board as an item's page names it."""

    id: str
    name: str


class Neighbour(NamedTuple):
    """The same of another period: its id, and the period in words."""

    id: str
    name: str


class AttachmentLink(NamedTuple):
    """A file to take away, with its kind and size."""

    name: str
    called: str
    about: str


class Given(NamedTuple):
    """What the page of an item is made from. ``form`` is where to speak up about it; ``tables`` are
    the names of those that may be taken away; ``body``, and ``months`` (its key figure over time),
    are HTML."""

    entry: Entry
    shown: Shown
    version: str
    boards: Sequence[Board]
    places: Sequence[BoardLink]
    body: str
    form: str | None
    tables: Sequence[str]
    attachments: Sequence[AttachmentLink]
    earlier: Neighbour | None
    later: Neighbour | None
    ended: str
    is_untranslated: bool
    timeline: Sequence[TimelineEvent] = ()
    months: Markup = Markup()


def is_on_paper_only(item: Item) -> bool:
    """Is an item nowhere to be read but on its sheets?"""
    return Channel.WEB not in item.channels


def title_of(entry: Entry) -> str:
    """What an item's page is called: where nothing of it may be told, by its id."""
    item = entry.item
    return item.id if is_on_paper_only(item) or entry.standing.is_hidden else item.title


def values_of(given: Given) -> Values:
    """What the template of an item's page is given."""
    entry, item, standing = given.entry, given.entry.item, given.entry.standing
    return {
        "id": item.id,
        "title": title_of(entry),
        "item": item,
        "shown": given.shown,
        "version": given.version,
        "publish": item.publish.isoformat(),
        "expires": item.expires.isoformat() if item.expires else "",
        "ended": given.ended,
        "state": standing.state.value,
        "is_old": standing.freshness is Freshness.SUPERSEDED,
        "hangs": standing.hangs,
        "is_gone": entry.is_gone,
        "is_hidden": standing.is_hidden,
        "is_printed": Channel.POSTER in item.channels,
        "original": entry.original,
        "successor": entry.successor,
        "body": given.body,
        "untranslated": given.is_untranslated,
        "form": given.form,
        "tables": given.tables,
        "attachments": given.attachments,
        "earlier": given.earlier,
        "later": given.later,
        "boards": given.boards,
        "places": given.places,
        "timeline": given.timeline,
        "months": given.months,
    }


_FEW = 20
"""Pages for which it does not pay to look whether their template may be cut."""


class Stencils:
    """Pages of items that differ in their texts only, by a stencil for each shape of them; where
    the template ``may_be_cut``, and where there are many."""

    def __init__(self, fill: Callable[[Values], str], may_be_cut: Callable[[], bool]) -> None:
        self.fill, self.may_be_cut = fill, may_be_cut
        self.count = 0
        self.known: dict[tuple[Any, ...], Stencil | None] = {}

    def page(self, given: Given) -> str:
        """The page of an item, without its frame."""
        entry = given.entry
        self.count += 1
        if self.count <= _FEW or not _is_plain(entry) or not self.is_cut:
            return self.fill(values_of(given))
        singles, lists = _texts(given)
        if any("" in sequence for sequence in lists):  # a hole is never empty
            return self.fill(values_of(given))
        standing, channels = entry.standing, entry.item.channels
        looks = (standing.state, standing.freshness, standing.hangs, channels)
        taken = tuple(step.is_done for step in given.shown.steps)
        shape = (
            *looks,
            given.is_untranslated,
            bool(given.body),
            bool(given.months),
            taken,
            *(bool(single) or single for single in singles),
            *map(len, lists),
            *(bool(event.id) for event in given.timeline),
        )
        if shape not in self.known:
            self.known[shape] = stencil_of(
                lambda holes: self.fill(values_of(_with_holes(given, singles, lists, holes)))
            )
        stencil = self.known[shape]
        if stencil is None:
            return self.fill(values_of(given))
        texts = safe([*filter(None, singles), *chain.from_iterable(lists)])
        texts += filter(None, (given.body, given.months))
        return stencil.filled(texts)

    @cached_property
    def is_cut(self) -> bool:
        """Are there to be stencils?"""
        return self.may_be_cut()


def _is_plain(entry: Entry) -> bool:
    """Is nothing told of an item but what all of them tell?"""
    item = entry.item
    beside = entry.corrections or entry.original or entry.successor or entry.is_open
    own = item.withdrawn or item.correction or item.reviewed or item.attachments or item.attached
    return not (beside or own or entry.is_gone or is_on_paper_only(item))


def _texts(given: Given) -> tuple[list[str | None], list[Sequence[str]]]:
    """Everything that differs from item to item: texts that may be lacking, and lists of texts."""
    item, shown = given.entry.item, given.shown
    singles = [
        item.id,
        item.title,
        given.version,
        item.publish.isoformat(),
        item.expires.isoformat() if item.expires else None,
        given.ended,
        item.number,
        shown.kind,
        shown.category,
        shown.period,
        given.form,
        item.summary,
        *(given.earlier or (None, None)),
        *(given.later or (None, None)),
    ]
    facts, places = shown.facts, given.places
    lists: list[Sequence[str]] = [
        [fact.label for fact in facts],
        [fact.value for fact in facts],
        shown.notes,
        [step.label for step in shown.steps],
        [step.value for step in shown.steps],
        shown.objection,
        item.legal_basis,
        [place.id for place in places],
        [place.name for place in places],
        [event.day for event in given.timeline],
        [event.text for event in given.timeline],
        [event.id for event in given.timeline if event.id],
    ]
    return singles, lists


def _with_holes(
    given: Given, singles: Sequence[str | None], lists: Sequence[Sequence[str]], holes: Holes
) -> Given:
    """The same with a hole for each text, and nothing else to be seen but what makes the shape."""
    found: list[Any] = [holes.hole() if single else single for single in singles]
    id_, title, version, publish, expires, ended, number, kind, category, period, *rest = found
    form, summary, *around = rest
    labels, values, notes, steps, says, objection, legal, ids, names, days, texts, links = (
        holes.holes(len(sequence)) for sequence in lists
    )
    linked = iter(links)
    done = [step.is_done for step in given.shown.steps]
    standing = given.entry.standing
    item = holes.thing(
        id=id_,
        title=title,
        number=number,
        summary=summary,
        publish=holes.thing(isoformat=lambda: publish),
        expires=holes.thing(isoformat=lambda: expires) if expires else None,
        channels=given.entry.item.channels,
        legal_basis=legal,
        withdrawn=None,
        correction=None,
        reviewed=(),
        attachments=(),
    )
    told: Mapping[str, Any] = {
        "item": item,
        "standing": holes.thing(
            state=standing.state,
            freshness=standing.freshness,
            hangs=standing.hangs,
            is_late=standing.is_late,
            is_hidden=False,
        ),
        "is_gone": False,
        "original": None,
    }
    shown = holes.thing(
        **told,
        title=title,
        kind=kind,
        category=category,
        period=period,
        status=given.shown.status,
        facts=tuple(map(lambda a, b: holes.thing(label=a, value=b), labels, values)),
        notes=notes,
        steps=tuple(
            map(lambda a, b, c: holes.thing(label=a, value=b, is_done=c), steps, says, done)
        ),
        objection=objection,
        corrections=(),
        is_open=False,
    )
    return given._replace(
        entry=holes.thing(**told, successor=None),
        shown=shown,
        version=version,
        boards=tuple(holes.thing() for _ in ids),
        places=tuple(map(lambda a, b: holes.thing(id=a, name=b), ids, names)),
        body=holes.hole() if given.body else "",
        form=form,
        ended=ended,
        earlier=given.earlier and Neighbour(*around[:2]),
        later=given.later and Neighbour(*around[2:]),
        timeline=tuple(
            holes.thing(day=day, text=text, id=next(linked) if event.id else "")
            for day, text, event in zip(days, texts, given.timeline, strict=True)
        ),
        months=holes.hole() if given.months else Markup(),
    )


def neighbour(standing: Standing | None, words: Words) -> Neighbour | None:
    """The same of another period, if there is one."""
    if standing is None:
        return None
    return Neighbour(standing.item.id, words.period(standing.item.period))


def attached(root: Path, file: File) -> AttachmentLink:
    """A file as its link tells of it: its kind, and its size where it goes out as it is."""
    kind = PurePosixPath(file.name).suffix.removeprefix(".").upper()
    is_picture = file.name.lower().endswith(IMAGES)
    size = "" if is_picture else _size((root / file.path).stat().st_size)
    return AttachmentLink(file.name, file.called, " ".join(filter(None, (kind, size))))


def _size(count: int) -> str:
    """A number of bytes as people read it: whole KB, from a million on MB with one decimal."""
    return f"{count / 1e6:.1f} MB" if count >= 1_000_000 else f"{-(-count // 1000)} KB"


def ended(entry: Entry, words: Words) -> str:
    """That it is over, and since when; empty for what is not."""
    is_over = entry.standing.state is State.EXPIRED
    return words.dated("expired-line", entry.item.last_day) if is_over else ""


def aliases(item: Item, words: Words) -> Iterator[Artifact]:
    """Former addresses lead on, so that printed QR codes go on working."""
    for alias in item.aliases:
        target = f"../{item.id}/"
        text = escape(words.t("redirect"))
        page = (
            f'<!doctype html><html lang="{words.lang}"><meta charset="utf-8">'
            '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
            f'<meta http-equiv="refresh" content="0;url={target}">'
            f'<meta name="robots" content="noindex"><title>{text}</title>'
            f'<p><a href="{target}">{text}</a></p></html>\n'
        )
        yield Artifact.text(f"items/{alias}/index.html", page)


def has_tables(entry: Entry) -> bool:
    """Are there attached tables that anybody may take away?"""
    return bool(entry.item.attached) and Channel.WEB in entry.item.channels and not entry.is_gone


def table_names(entry: Entry) -> list[str]:
    """The names of the tables that anybody may take away."""
    return [name for name, _ in csv_files(entry.item)] if has_tables(entry) else []
