"""The congress (职代会) and other meetings: a page, where a site records any of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from gongkai.build.kind import PageKind
from gongkai.render.artifact import Artifact
from gongkai.render.meetings import congress_view
from gongkai.render.tasks import Task
from gongkai.render.words import Words

if TYPE_CHECKING:
    from gongkai.build.plan import Plan, Renderer


def _if_recorded(plan: Plan) -> Collection[str]:
    return ("",) if plan.library.has_meetings else ()


def _inputs(plan: Plan, _: Task) -> Iterator[Any]:
    yield str(plan.edition.standings.today)
    yield congress_view(plan.edition, Words(plan.site.lang))


def _make(renderer: Renderer, _: Task) -> tuple[Artifact, ...]:
    pages = renderer.pages
    words, org = pages.words, renderer.edition.library.org
    page = pages.stamp(
        "meetings", MEETINGS.address, "congress", words.t("meetings"), words.t("meetings-hint"),
        view=congress_view(renderer.edition, words), congress=org.congress,
        today=renderer.edition.standings.today,
        groups=org.groups,
    )  # fmt: skip
    return (page,)


MEETINGS = PageKind(
    "meetings", "congress/index.html", _make, _inputs, _if_recorded,
    templates=("pages/congress.html",),
)  # fmt: skip
