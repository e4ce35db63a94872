"""The board for a screen on the wall: pages that turn, and that know when they stop being true."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from markupsafe import Markup
from msgspec import structs

from gongkai.domain.model import Board, Box, Item, Library, Value
from gongkai.domain.terms import Channel, State
from gongkai.files import theme
from gongkai.render.artifact import Artifact
from gongkai.render.built import built
from gongkai.render.codes import code_of
from gongkai.render.html import BodyPlace, body_html
from gongkai.render.months import Months, Series
from gongkai.render.reading import changed, places_of
from gongkai.render.screen.overview import listed, on_paper_only, untold
from gongkai.render.shown import NEW_DAYS, WAGES, Shown, show
from gongkai.render.templates import fill
from gongkai.render.web.pages import media_path
from gongkai.render.words import Words
from gongkai.status.edition import Edition, View, is_open, section_of
from gongkai.status.schedule import UpTime
from gongkai.status.standing import Standing

FAREST = 1.6
"""How much larger than for four metres a screen is set at the most: more would leave no room."""
WHOLE = 6.2
"""Up to how many Han characters wide a cell of a table stays on one line."""


class ScreenItem(Value, frozen=True):
    """An item as a screen is given it, once; the browser makes pages of it."""

    shown: Shown
    span: UpTime
    version: str
    section: str
    html: Markup
    is_wages: bool
    months: Months | None


def screen_files(root: Path) -> Iterator[tuple[str, Path]]:
    """The files that all screens share, by their paths in the site."""
    for name, path in theme.files(root, "screen"):
        if path.suffix != ".html":
            yield f"screen/{name}", path


def look_of(root: Path) -> str:
    """What stands for the scripts and styles of screens: a screen that has others begins anew."""
    digest = hashlib.blake2b(digest_size=6)
    for name, path in screen_files(root):
        digest.update(name.encode() + path.read_bytes())
    return digest.hexdigest()


def wall(edition: Edition) -> Artifact:
    """All screens, for whoever sets up a box on a wall."""
    words = Words(edition.site.lang)
    html = fill(
        edition.site.root,
        words.lang,
        "screen/index.html",
        title=words.t("screens"),
        org=edition.library.org.name,
        boards=edition.library.boards,
        boxes={box.board: _seen(box, edition, words) for box in edition.site.boxes or ()},
        has_log=edition.site.boxes is not None,
    )
    return Artifact.text("screen/index.html", html)


def _seen(box: Box, edition: Edition, words: Words) -> str:
    """When a box of a board was last seen, with which build."""
    at = words.moment(box.seen.astimezone(edition.site.zone))
    build = words.moment(datetime.fromisoformat(box.build))
    return words.t("screens-seen", count=box.count, at=at, build=build)


def screen(edition: Edition, board: Board) -> Artifact:
    """The screen of a board."""
    view = edition.view(board, Channel.SCREEN)
    words = Words(board.lang)
    told = list(carried(edition, board))
    html = fill(
        edition.site.root,
        board.lang,
        "screen/screen.html",
        built=built(board.lang),
        look=look_of(edition.site.root),
        today=edition.standings.today,
        zone=edition.site.zone.key,
        org=edition.library.org,
        reception=edition.reception,
        view=view,
        pieces=list(_pieces(edition, view, words, told)),
        sections=list(listed(edition, view, words, told)),
        paper=on_paper_only(edition, board),
        untold=untold(edition, board),
        opinions=edition.raised_on(board),
        form=Markup(code_of(edition.library.org.form(board.id))),  # noqa: S704 (a picture of ours)
        letters=edition.site.web_font,
        changed=changed,
        scale=scale_of(board.screen.distance),
        said={name: words.t(f"screen-{name}", **_HOLES) for name in _SAID},
    )
    return Artifact.text(f"screen/{board.id}/index.html", html)


_HOLES = {name: f"{{{name}}}" for name in ("n", "total", "at", "when")}
_SAID = (
    "left", "left-any", "today", "late", "late-any", "new", "newly", "fix", "over", "open", "opens",
    "none", "missing", "quiet", "all", "soft", "paper", "rest", "on", "page", "checked", "overview",
    "comma", "several", "untold",
)  # fmt: skip
"""What a screen's script says by itself."""


def scale_of(distance: float) -> float:
    """How much larger than for four metres, of which 36 of 1080 pixels are a hundred-and-seventy-
    fifth on 55 inches, a screen is set that is read from so many metres."""
    return round(min(FAREST, max(1.0, distance / 4)), 2)


def carried(edition: Edition, board: Board) -> Iterator[tuple[Standing, UpTime]]:
    """What a screen is told of, with when it is seen: what is up, in its turn, and behind it what
    comes back or begins while nobody may reach the screen."""
    spans = edition.spans(board)
    up = _in_turn(edition, edition.view(board, Channel.SCREEN))
    names = [standing.item.id for standing in up]
    later = [(span.start, name) for name, ones in spans.items() for span in ones if span.start]
    yield from ((standing, spans[name][0]) for standing, name in zip(up, names, strict=True))
    for start, name in sorted(later):
        standing = structs.replace(edition.standings.by_id[name], state=State.CURRENT)
        yield standing, next(span for span in spans[name] if span.start == start)


def _pieces(
    edition: Edition, view: View, words: Words, told: Sequence[tuple[Standing, UpTime]]
) -> Iterator[ScreenItem]:
    board, library = view.board, edition.library
    wages = [
        standing.item
        for standing, span in told
        if standing.item.category == WAGES and not span.start
    ]
    latest = max(
        (item.period for item in wages if item.period),
        key=lambda period: period.order,
        default=None,
    )
    places, series = places_of(library), Series(edition, words, Channel.SCREEN)
    for standing, span in told:
        item, entry = standing.item, edition.entry(standing)
        addresses = {image.name: f"../../{media_path(image)}" for image in item.images}
        figure = series.figure(item, board.workshop) if item.period else None
        yield ScreenItem(
            shown=show(library, entry, board, words, Channel.SCREEN),
            span=span,
            version=standing.version,
            section=_section(item, view, library) or words.t("other"),
            html=body_html(item, BodyPlace(addresses, board.workshop, places, WHOLE)),
            is_wages=item.category == WAGES and (item.period == latest or span.start is not None),
            months=series.months(item, board.workshop, figure) if figure else None,
        )


def _section(item: Item, view: View, library: Library) -> str | None:
    place = section_of(library, item.category, view.board)
    return next((section.name for section in view.sections if section.id == place), None)


def _in_turn(edition: Edition, view: View) -> list[Standing]:
    """Urgent ones, open notices by their end, what is new, then the board's own order."""
    today = edition.standings.today
    ends = {standing.item.id: number for number, standing in enumerate(view.notices)}
    order = {standing.item.id: number for number, standing in enumerate(view.entries)}

    def rank(one: Standing) -> tuple[bool, int, bool, int]:
        is_new = (today - one.item.first_day).days < NEW_DAYS
        place = order[one.item.id]
        if not is_open(one, today):
            return (not one.item.urgent, len(ends), not is_new, place)
        return (not one.item.urgent, ends[one.item.id], False, place)

    return sorted(view.entries, key=rank)
