"""A site that is rebuilt only when ``next`` says so shows what one rebuilt every hour shows."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some
from msgspec import structs

from gongkai.domain.model import Library
from gongkai.domain.terms import Channel
from gongkai.source.library import read_library
from gongkai.status.duties import Duties
from gongkai.status.edition import make_edition
from gongkai.status.next_change import next_change
from gongkai.status.standing import stand
from tests.sites import instant, item, make_site

FIRST = date(2026, 1, 1)
BOARD = "{title: %s, workshop: %s, sections: [pay, people, safety]}\n"
days = some.dates(FIRST - timedelta(days=30), FIRST + timedelta(days=380))
months = some.sampled_from(["2025-12", "2026-01", "2026-02", "2026-05", "2026-11"])


@some.composite
def texts(draw: Callable[..., object]) -> str:
    """The text of an item, with as many dated things in it as a factory could think of."""
    publish = draw(days)
    assert isinstance(publish, date)
    after = some.integers(0, 90).map(lambda n: publish + timedelta(days=n))
    keys: dict[str, object] = {
        "category": draw(some.sampled_from(["canteen-accounts", "wages-bonus", "safety-hazards"])),
        "publish": f"{publish} {draw(some.sampled_from(['00:00', '08:00', '15:00']))}",
        "expires": draw(some.one_of(after, some.just("never"))),
        "boards": draw(some.sampled_from(["all", "[machining]", "[casting]"])),
        "refresh": draw(some.sampled_from(["monthly", "30 days", "2 weeks", "never", "quarterly"])),
    }
    if draw(some.booleans()):
        keys["period"] = draw(months)
    if draw(some.booleans()):
        keys["reviewed"] = f"[{{date: {draw(after)}, by: 工会, checked: 台账}}]"
    if draw(some.booleans()):
        ends = [publish, draw(after)]
        keys["notice"] = f"{{from: {ends[0]}, to: {ends[1]}, channel: 工会}}"
    if draw(some.integers(0, 4)) == 0:
        keys["withdrawn"] = f"{{date: {draw(after)}, by: 工会, reason: 有误}}"
    return item(**{key: str(value) for key, value in keys.items()})


def shown(library: Library, hour: int) -> object:
    """What the boards tell at an hour of the year, and what is missing on them."""
    now = instant(library.site, str(FIRST)) + timedelta(hours=hour)
    edition = make_edition(stand(library, now))
    views = [edition.view(board, Channel.WEB) for board in library.boards]
    told = [
        (
            standing.item.id,
            standing.freshness,
            bool(standing.item.notice and standing.item.notice.is_open(now.date())),
        )
        for view in views
        for standing in view.entries
    ]
    return told, Duties(library).missing(now.date())


CONFIRMED_LATE = item(
    publish="2026-01-01",
    expires="2026-01-10",
    refresh="30 days",
    reviewed="[{date: 2026-02-01, by: 工会}]",
)
ENDS_BEFORE = item(publish="2026-02-10", expires="2026-01-10")
instants = some.tuples(days, some.sampled_from([0, 8, 15, 23])).map(
    lambda one: timedelta(days=(one[0] - FIRST).days, hours=one[1])
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(some.lists(texts(), min_size=1, max_size=5), instants, instants)
@example([CONFIRMED_LATE], timedelta(days=60), timedelta(days=15))
@example([ENDS_BEFORE], timedelta(days=60), timedelta(days=15))
def test_how_things_stand_does_not_hang_on_which_instant_was_asked_before(
    items: list[str], first: timedelta, second: timedelta
) -> None:
    files = {f"content/items/item-{number}.md": text for number, text in enumerate(items)}
    with tempfile.TemporaryDirectory() as folder:
        library, _ = read_library(make_site(Path(folder), files))
    start = instant(library.site, str(FIRST))
    before = stand(library, start + first)
    assert stand(library, start + second, before).by_id == stand(library, start + second).by_id


def test_what_is_over_stands_by_the_rules_there_are_now(tmp_path: Path) -> None:
    """Wages of January, which end in March, and a day more for wages than before."""
    ends = {"publish": "2026-02-10", "expires": "2026-03-10"}
    wages = item(category="wages-bonus", period="2026-01", **ends)
    library, _ = read_library(make_site(tmp_path, {"content/items/wages.md": wages}))
    row = library.category(library.items[0])
    rows = {**library.catalogue.categories, row.id: structs.replace(row, lag=row.lag + 1)}
    catalogue = structs.replace(library.catalogue, categories=rows)
    longer = structs.replace(library, catalogue=catalogue)
    start = instant(library.site, "2026-06-01")
    before = stand(library, start).by_id["wages"]
    after = stand(longer, start, stand(library, start)).by_id["wages"]
    assert before.review_by
    assert after.review_by == before.review_by + timedelta(days=1)


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(some.lists(texts(), min_size=1, max_size=5), some.integers(0, 335))
def test_rebuilding_when_next_says_so_is_as_good_as_every_hour(items: list[str], day: int) -> None:
    """For some days of the year; for the whole of it among the long runs."""
    holds(items, range(24 * day, 24 * (day + 30)))


def holds(items: list[str], hours: range) -> None:
    """Two boards with some items, looked at every hour of a year and only when told to."""
    files = {f"content/items/item-{number}.md": text for number, text in enumerate(items)}
    files |= {f"boards/{name}.yml": BOARD % (name, name) for name in ("machining", "casting")}
    with tempfile.TemporaryDirectory() as folder:
        library, _ = read_library(make_site(Path(folder), files))
    announced, up = hours.start, shown(library, hours.start)
    start = instant(library.site, str(FIRST))
    for hour in hours[1:]:
        if hour > announced:
            following = next_change(stand(library, start + timedelta(hours=hour - 1))).next
            after = (following - start) / timedelta(hours=1) if following else hours.stop
            announced = int(after)
            assert after == announced, "instants of this test are whole hours"
        if hour == announced:
            up = shown(library, hour)
        assert shown(library, hour) == up, f"hour {hour}, next was {announced}"
