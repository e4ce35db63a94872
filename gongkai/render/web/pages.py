"""Pages for desks and phones: home, boards, items, the archive, the print kiosk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache, cached_property, partial
from pathlib import PurePosixPath
from typing import Any

from markupsafe import Markup, escape
from msgspec import structs

from gongkai.domain.model import Board, Count, File, Library, Survey
from gongkai.domain.terms import Channel
from gongkai.domain.text import beginning
from gongkai.render import html
from gongkai.render.artifact import Artifact
from gongkai.render.attached import csv_files
from gongkai.render.built import built
from gongkai.render.contact import reached
from gongkai.render.frame import Shell
from gongkai.render.groups import groups_then
from gongkai.render.months import Series, is_told_by_months
from gongkai.render.papers import Papers
from gongkai.render.shown import show, status_of
from gongkai.render.surveys import appraisal_of
from gongkai.render.templates import fill, may_be_cut
from gongkai.render.timeline import timeline
from gongkai.render.web.board_page import board_page
from gongkai.render.web.front import MOST_FOLDED, MOST_LATE, front
from gongkai.render.web.item_page import (
    BoardLink,
    Given,
    Stencils,
    Values,
    aliases,
    attached,
    ended,
    has_tables,
    is_on_paper_only,
    neighbour,
    table_names,
    title_of,
    values_of,
)
from gongkai.render.words import Words
from gongkai.source.site import ENGLISH
from gongkai.status.edition import Edition, Entry, View
from gongkai.status.opinion_statistics import YEAR, statistics
from gongkai.status.standing import Standing
from gongkai.status.surveys import appraisals, held
from gongkai.supervision.figure import Figure

ARCHIVE = 500
"""Past items that one page may hold; of more, each year has a page of its own."""
SUMMARY = 150
"""Characters of a page's description."""
Years = Mapping[str, list[Standing]]


def media_path(file: File) -> str:
    """Where an image is published: by its content, so that nobody can guess it beforehand."""
    return f"media/{file.sha256[:16]}{PurePosixPath(file.name).suffix.lower()}"


def body_html(standing: Standing, up: str, own: str | None = None) -> Markup:
    """The body of an item for a page; ``up`` leads from the page to the top of the site."""
    item = standing.item
    addresses = {image.name: up + media_path(image) for image in item.images}
    return html.body_html(item, html.BodyPlace(addresses, own))


def past_by_year(edition: Edition) -> Years:
    """What was shown before, by the year of its first day, the newest year first."""
    years: dict[int, list[Standing]] = defaultdict(list)
    for standing in edition.past():
        years[standing.item.publish.year].append(standing)
    return {str(year): years[year] for year in sorted(years, reverse=True)}


def records_of(library: Library) -> Sequence[tuple[str, str]]:
    """The pages that a site has where it records what they tell: addresses, and names of what they
    are called."""
    known = {
        ("congress", "meetings"): library.has_meetings,
        ("inspections", "inspections"): library.has_inspections,
        ("appraisal", "appraisal"): library.has_appraisal,
        ("summary", "summary"): library.has_records,
    }
    return tuple(page for page, is_there in known.items() if is_there)


def _newest(standing: Standing) -> datetime:
    return standing.item.publish


def _flat(survey: Survey, count: Count) -> Mapping[str, Any]:
    """A counted survey as the page of opinions tells it, in a line."""
    return {
        "title": survey.title, "date": survey.date, "respondents": survey.respondents,
        "sent": count.sent, "returned": count.returned, "valid": count.valid,
        "satisfied": count.overall.satisfied, "fairly": count.overall.fairly,
        "dissatisfied": count.overall.dissatisfied,
    }  # fmt: skip


class Pages:
    """All pages of one edition in one language; with ``has_english`` there is another below it.
    ``years`` are what was shown before."""

    def __init__(self, edition: Edition, shell: Shell, years: Years, *, has_english: bool) -> None:
        self.edition, self.shell, self.has_english = edition, shell, has_english
        self.years = years
        self.known_places: dict[tuple[str, ...], tuple[Sequence[Board], Sequence[BoardLink]]] = {}
        self.site, self.org = edition.site, edition.library.org
        self.words = Words(self.site.lang)
        self.boards = {board.id: board for board in edition.library.boards}

    @property
    def shared(self) -> str:
        """From the top of this site to that of the whole, where screens, posters and files are."""
        return "../" if self.site.is_below else ""

    def stamp(
        self, kind: str, path: str, template: str, title: str, summary: str, **values: Any
    ) -> Artifact:
        """One page; ``lang`` among the values is for a board in a language of its own."""
        lang = values.pop("lang", None)
        page = self._filled(template, {"title": title, **values}, lang)
        return self.framed(kind, path, title, summary, page)

    def _filled(self, template: str, values: Values, lang: str | None = None) -> str:
        """A template filled in, without the frame around it."""
        values = {"shared": self.shared, **values}
        return fill(self.site.root, lang or self.words.lang, f"pages/{template}.html", **values)

    def framed(self, kind: str, path: str, title: str, summary: str, page: str) -> Artifact:
        """A page in the frame of its kind."""
        body = self._switch(path) + page
        name = path.split("/")[-2] if "/" in path else ""
        whole = self.shell.frames[kind].stamp(name=name, title=title, summary=summary, body=body)
        return Artifact(path, whole)

    def _switch(self, path: str) -> str:
        """Leads to the same page in the other language, where there is one."""
        if not self.site.is_below and not self.has_english:
            return ""
        up = "../" * path.count("/")
        other = up + (self.shared or ENGLISH) + path.removesuffix("index.html")
        lang, name = ("zh-CN", "中文") if self.site.is_below else ("en", "English")
        link = f'<a href="{escape(other)}" lang="{lang}" hreflang="{lang}">{name}</a>'
        return f'<p class="gk-switch" data-shared="{self.shared}">{link}</p>'

    def home(self) -> Artifact:
        """What the reader wants to know first."""
        org = self.edition.library.org
        kinds = ("phone", "box")
        return self.stamp(
            "home", "index.html", "home", self.site.name, org.name,
            built=built(self.words.lang), org=org, front=front(self.edition, self.words),
            contacts=[reached(channel.text) for channel in org.channels if channel.kind in kinds],
            form=org.form("index"), answers=self.edition.answers,
            reception=self.edition.reception, most_late=MOST_LATE,
            most_folded=MOST_FOLDED,
            records=records_of(self.edition.library),
            printed={view.board.id for view in self._views(Channel.POSTER) if view.is_used},
        )  # fmt: skip

    def _views(self, channel: Channel) -> list[View]:
        return [self.edition.view(board, channel) for board in self.edition.library.boards]

    def board(self, board: Board) -> Artifact:
        """One board for a desk or a phone."""
        view = self.edition.view(board, Channel.WEB)

        def body(standing: Standing) -> Markup:
            return body_html(standing, f"../../{self.shared}", board.workshop)

        path = f"boards/{board.id}/index.html"
        titles = " ".join(entry.item.title for entry in view.entries[:6])
        return self.stamp(
            "board", path, "board", board.title, titles, lang=board.lang,
            built=built(board.lang), view=view, answers=self.edition.answers,
            page=board_page(view, self._series(board.lang), body),
            gaps=self.edition.gaps_on(board), boards=self.boards,
            opinions=self.edition.raised_on(board), form=self.org.form(board.id),
            is_printed=self.edition.view(board, Channel.POSTER).is_used,
        )  # fmt: skip

    @cache  # noqa: B019 - as long as the pages, which live as long as the run
    def _series(self, lang: str) -> Series:
        """The key figures of everything on pages, in the words of a language."""
        return Series(self.edition, Words(lang), Channel.WEB)

    def item(self, entry: Entry, version: str) -> Iterator[Artifact]:
        """The page of an item, and those that lead to it from its former addresses."""
        yield self._item(entry, version)
        yield from aliases(entry.item, self.words)
        if has_tables(entry):
            for name, data in csv_files(entry.item):
                yield Artifact(f"items/{entry.item.id}/{name}", data)

    def _item(self, entry: Entry, version: str) -> Artifact:
        item, standing = entry.item, entry.standing
        boards, places = self._places(standing.boards)
        only = boards[0] if len(boards) == 1 else None  # whose contacts hold for the item
        is_paper_only = is_on_paper_only(item)
        is_bare = is_paper_only or entry.is_gone
        shown = show(self.edition.library, entry, only, self.words, Channel.WEB)
        then = groups_then(item, self.org, self.words)
        count = None if is_bare else self.appraised.get(item.id)
        said = [appraisal_of(count, self.words)] if count else []
        given = Given(
            entry=entry,
            shown=structs.replace(shown, notes=(*shown.notes, *then, *said)),
            version=version,
            boards=boards,
            places=places,
            body="" if is_bare else body_html(standing, f"../../{self.shared}"),
            form=self.org.form(item.id),
            tables=table_names(entry),
            attachments=[attached(self.site.root, attachment) for attachment in item.attachments],
            earlier=neighbour(entry.earlier, self.words),
            later=neighbour(entry.later, self.words),
            ended=ended(entry, self.words),
            timeline=timeline(entry, self.words, self.edition.standings.today)
            if entry.thread
            else (),
            months=Markup() if is_bare else self._months(entry, only.workshop if only else None),
            is_untranslated=self.site.is_below and not (item.title_en and item.body_en),
        )
        title = title_of(entry)
        summary = title if is_bare else beginning(item.body, SUMMARY)
        if is_paper_only:
            page = self._filled("sheet", values_of(given))
        else:
            page = self.stencils.page(given)
        return self.framed("item", f"items/{item.id}/index.html", title, summary, page)

    def _months(self, entry: Entry, own: str | None) -> Markup:
        """The key figure of what hangs over its last periods; empty where there are none."""
        series, item = self._series(self.words.lang), entry.item
        if not is_told_by_months(entry):
            return Markup()
        figure = series.figure(item, own)
        months = figure and series.months(item, own, figure)
        page = self._filled("months", {"months": months}) if months else ""
        return Markup(page)  # noqa: S704 - a template of ours

    def _places(self, names: tuple[str, ...]) -> tuple[Sequence[Board], Sequence[BoardLink]]:
        """Boards by their ids, and what a page calls them; most items hang in the same places."""
        found = self.known_places.get(names)
        if found is None:
            boards = [self.boards[name] for name in names if name in self.boards]
            places = [BoardLink(board.id, self.words.named(board)) for board in boards]
            found = self.known_places[names] = boards, places
        return found

    @cached_property
    def appraised(self) -> Mapping[str, Count]:
        """What workers say of single items."""
        return appraisals(self.edition.library, self.edition.standings.today)

    @cached_property
    def stencils(self) -> Stencils:
        """What makes the pages of items."""
        may = partial(may_be_cut, self.site.root, self.words.lang, "pages/item.html")
        return Stencils(partial(self._filled, "item"), may)

    def archive(self, year: str = "") -> Artifact:
        """What was shown before: all of it on one page, or when it is much, a page for each year
        and the newest of them in front."""
        years = self.years
        is_long = sum(map(len, years.values())) > ARCHIVE
        shown = year or next(iter(years), "")
        past = {shown: years[shown]} if is_long else years
        title = self.words.t("archive") + (f" {year}" if year else "")
        return self.stamp(
            "year" if year else "archive",
            f"archive/{year}/index.html" if year else "archive/index.html",
            "archive",
            title,
            title,
            past=[
                (value, [self._past_row(it) for it in sorted(ones, key=_newest, reverse=True)])
                for value, ones in past.items()
            ],
            years=[(value, len(ones)) for value, ones in years.items()] if is_long else [],
            up="../../" if year else "../",
        )

    def _past_row(self, standing: Standing) -> tuple[str, ...]:
        """Id, title, instants, days and state of something past, as they are told."""
        item, words = standing.item, self.words
        return (
            item.id,
            item.title,
            item.publish.isoformat(),
            item.expires.isoformat() if item.expires else "",
            words.short(item.first_day),
            words.day(item.last_day) if item.last_day else words.t("forever"),
            status_of(standing, words),
        )

    def hung(self) -> Artifact:
        """What hung on a board on a day, as it was published."""
        title, boards = self.words.t("hung"), list(self.boards.values())
        return self.stamp("hung", "as-of/index.html", "hung", title, title, boards=boards)

    def opinions(self) -> Artifact:
        """Every opinion that is open or was answered not long ago, and the surveys of two years."""
        title, today = self.words.t("opinions"), self.edition.standings.today
        known = held(self.edition.library, today)
        recent = [survey for survey in known if survey.date.year >= today.year - 1]
        return self.stamp(
            "opinions", "opinions/index.html", "opinions", title, title,
            raised=self.edition.raised, answers=self.edition.answers,
            form=self.org.form("opinions"),
            statistics=statistics(self.edition.library, today - YEAR, today),
            surveys=[_flat(survey, survey.count) for survey in recent if survey.count],
            rate=lambda of, out_of: str(Figure(of, out_of).percent or "—"),
        )  # fmt: skip

    def posters(self) -> Artifact:
        """The print kiosk."""
        title = self.words.t("posters")
        papers = Papers(self.edition)
        return self.stamp(
            "posters", "posters/index.html", "posters", title, title,
            built=built(self.words.lang), kits=papers.kits(), sheets=papers.listed(),
            unseen=papers.unseen,
            has_address=self.site.url is not None,
        )  # fmt: skip
