"""``dates/*``: days in an order that cannot be, and less time on the board than the region asks."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.domain.finding import Finding
from gongkai.domain.model import Item, Region
from gongkai.domain.terms import Kind
from gongkai.rules.found import about
from gongkai.status.standing import Standings
from gongkai.status.windows import JUDGED


def check(standings: Standings) -> Iterator[Finding]:
    """Items whose days don't fit together, whatever their state: one that ends before it begins is
    never seen. Scheduled and current ones whose days are too few."""
    region = standings.library.catalogue.region
    for standing in standings.all():
        orders = list(_order(standing.item))
        yield from orders
        if not orders and standing.state in JUDGED:
            yield from _too_short(standing.item, region)


def _order(item: Item) -> Iterator[Finding]:
    if item.expires and item.expires <= item.publish:
        values: dict[str, object] = {"publish": item.first_day, "expires": item.last_day}
        if item.first_day == item.last_day:
            values = {"publish": item.publish, "expires": item.expires}
        yield about(item, "dates/order", "expires", "expires", **values)
    window = item.notice
    if window is None:
        return
    if window.last < window.first:
        values = {"first": window.first, "last": window.last}
        yield about(item, "dates/order", "notice.to notice", "window", **values)
    if window.first < item.first_day:
        values = {"first": window.first, "publish": item.first_day}
        yield about(item, "dates/order", "notice.from notice", "unseen", **values)
    if item.outcome and item.outcome.date <= window.last:
        values = {"date": item.outcome.date, "last": window.last}
        yield about(item, "dates/order", "outcome.date outcome", "outcome", **values)


def _too_short(item: Item, region: Region) -> Iterator[Finding]:
    least = region.minimum
    if least is None or item.last_day is None or item.kind is Kind.CORRECTION:
        return  # a correction leaves with what it corrects
    days = (item.last_day - item.first_day).days + 1
    if days < least.days:
        values = {"days": days, "minimum": least.days, "basis": least.basis}
        yield about(item, "dates/too-short", "expires", "", **values)
