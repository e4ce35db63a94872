"""What is subscribed to: calendars of deadlines and feeds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from gongkai.build.kind import PageKind
from gongkai.build.kinds.boards import board_digests
from gongkai.render import subscriptions
from gongkai.render.artifact import Artifact
from gongkai.render.tasks import Task

if TYPE_CHECKING:
    from gongkai.build.plan import Plan, Renderer


def _of(plan: Plan, kind: str) -> Iterator[Task]:
    return (Task(text, name, (path,)) for text, name, path in plan.subscribed if text == kind)


def _calendars(plan: Plan) -> Iterator[Task]:
    return _of(plan, "deadlines")


def _feeds(plan: Plan) -> Iterator[Task]:
    return _of(plan, "feed")


def _due(plan: Plan, task: Task) -> Iterator[Any]:
    yield str(plan.edition.standings.today)
    yield [deadline for deadline in plan.ahead if subscriptions.concerns(deadline, task.name)]
    yield plan.board(task.name.removeprefix(subscriptions.BOARD))


def _cache_key(plan: Plan, task: Task) -> Iterator[Any]:
    yield str(plan.edition.standings.today)
    entries = subscriptions.listed(plan.edition, task.name)
    yield [plan.told(entry.item.id) for entry in entries]
    yield from board_digests(plan, task)


def _calendar(renderer: Renderer, task: Task) -> tuple[Artifact, ...]:
    path, ahead = task.paths[0], renderer.plan.ahead
    return (subscriptions.calendar(renderer.edition, ahead, task.name, path),)


def _feed(renderer: Renderer, task: Task) -> tuple[Artifact, ...]:
    return (subscriptions.feed(renderer.edition, task.name, task.paths[0]),)


DEADLINES = PageKind(
    "deadlines", "deadlines/{}.ics", _calendar, _due, listed=_calendars, is_framed=False
)
FEED = PageKind("feed", "feed/{}.xml", _feed, _cache_key, listed=_feeds, is_framed=False)
