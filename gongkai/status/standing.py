"""How every item stands at an instant: its state, its freshness, and the boards it hangs on.

Pure functions of (library, now); ``now`` is an aware instant in the site's zone.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any

import msgspec

from gongkai.domain.calendar import Grain, Period
from gongkai.domain.model import Category, Item, Library, Site, Step, Value
from gongkai.domain.terms import Freshness, Kind, State
from gongkai.status.duties import Duties


class Standing(Value, frozen=True):
    """One item at an instant. ``item`` holds only the dated records that exist by then.

    ``boards`` are those it hangs on (or would, when it is not current), ``left`` those on which a
    later period has taken its place. ``is_whole`` says that no record of it is dated still to come,
    ``followed`` are the boards of it on which a later period of its series is up, ``is_followed``
    says that this is so wherever it is looked at.
    """

    item: Item
    state: State
    freshness: Freshness | None
    review_by: date | None
    boards: tuple[str, ...]
    left: tuple[str, ...]
    is_whole: bool
    followed: tuple[str, ...] = ()
    is_followed: bool = False

    def on(self, board: str) -> Standing:
        """How it stands on one of its boards: it is never due where its successor hangs beside it,
        even if it is on another board."""
        if self.is_followed or board not in self.followed:
            return self
        freshness = _beside_successor(self.freshness)
        return msgspec.structs.replace(self, freshness=freshness, is_followed=True)

    @property
    def version(self) -> str:
        """The first 8 hex digits of the SHA-256 of what a reader sees."""
        return version_of(self)

    @property
    def hangs(self) -> bool:
        """Is it up on at least one board?"""
        is_up = self.state is State.CURRENT and self.freshness is not Freshness.SUPERSEDED
        return is_up and bool(self.boards)

    @property
    def is_hidden(self) -> bool:
        """Was it taken down so that nothing of its text may be left?"""
        withdrawn = self.item.withdrawn
        return self.state is State.WITHDRAWN and withdrawn is not None and withdrawn.hide

    @property
    def is_late(self) -> bool:
        """Has its review day passed?"""
        return self.freshness in (Freshness.OVERDUE, Freshness.LONG_OVERDUE)


class Standings(Value, frozen=True):
    """The whole library at an instant, by item id, and what it must disclose."""

    library: Library
    now: datetime
    by_id: Mapping[str, Standing]
    duties: Duties

    @property
    def today(self) -> date:
        """The day of ``now`` in the site's zone."""
        return self.now.date()

    def all(self) -> Iterable[Standing]:
        """Every item, by id."""
        return self.by_id.values()


def state_of(item: Item, now: datetime, site: Site) -> State:
    """The state of an item at an instant, never typed by hand."""
    if item.draft:
        return State.DRAFT
    if item.withdrawn and site.start_of(item.withdrawn.date) <= now:
        return State.WITHDRAWN
    if now < item.publish:
        return State.SCHEDULED
    return State.EXPIRED if _is_over(item, now) else State.CURRENT


def review_day(item: Item, category: Category, today: date) -> date | None:
    """The day by which an item must be looked at or replaced; None when it needs no review.

    With a period: the end of the next one plus the category's lag. Otherwise the later of the first
    day and the last confirmation that exists by ``today``, plus the refresh span.
    """
    if item.refresh is None:
        return None
    if item.period:
        return item.period.next().end + timedelta(days=category.lag)
    seen = (review.date for review in item.reviewed if review.date <= today)
    return item.refresh.after(max([item.first_day, *seen]))


def freshness_of(item: Item, review_by: date | None, today: date, lead: int) -> Freshness:
    """The freshness of a current item that is not superseded. ``lead`` is in days."""
    if review_by is None or item.refresh is None:
        return Freshness.EVERGREEN
    span = item.period.span if item.period else item.refresh
    if today > span.after(review_by):
        return Freshness.LONG_OVERDUE
    if today > review_by:
        return Freshness.OVERDUE
    return Freshness.DUE if today >= review_by - timedelta(days=lead) else Freshness.FRESH


def stand(library: Library, now: datetime, before: Standings | None = None) -> Standings:
    """Every item of a library at an instant. ``before`` is how they stand at another one, if that
    is known: what is over at both, and is the same item, stands as it does there."""
    today = now.date()
    by_id = _over_at_both(before, now, library) if before else {}
    both = [(item, as_of(item, today)) for item in library.items if item.id not in by_id]
    states = {item.id: state_of(item, now, library.site) for _, item in both}
    current = [item for _, item in both if states[item.id] is State.CURRENT]
    left, overtaken = superseded(current, library, today), behind(current)
    for whole, item in both:
        by_id[item.id] = _standing(
            item,
            states[item.id],
            left.get(item.id, ()),
            library,
            today,
            is_whole=item is whole,
            followed=overtaken.get(item.id, ()),
        )
    if before:
        by_id = {item.id: by_id[item.id] for item in library.items}  # in their order
    duties = before.duties if before and before.library is library else Duties(library)
    return Standings(library=library, now=now, by_id=by_id, duties=duties)


def _over_at_both(before: Standings, now: datetime, library: Library) -> dict[str, Standing]:
    """What has expired by both instants and is the same item, with nothing of it dated later; none
    if the site or its rules are others, by which it may stand differently."""
    theirs = before.library
    if theirs.catalogue != library.catalogue or theirs.site != library.site:
        return {}
    known, today, is_later = before.by_id, now.date(), before.now <= now
    return {
        item.id: one
        for item in library.items
        if (one := known.get(item.id))
        and one.item is item
        and one.state is State.EXPIRED
        and not item.withdrawn
        and (
            is_later
            or (state_of(item, now, library.site) is State.EXPIRED and as_of(item, today) is item)
        )
    }


def _is_over(item: Item, now: datetime) -> bool:
    return item.expires is not None and item.expires <= now


def _standing(
    item: Item,
    state: State,
    left: Sequence[str],
    library: Library,
    today: date,
    *,
    is_whole: bool,
    followed: Sequence[str],
) -> Standing:
    review_by = review_day(item, library.category(item), today)
    freshness = None
    is_followed = len(followed) == len(item.boards) > 0
    if state is State.CURRENT:
        freshness = freshness_of(item, review_by, today, library.catalogue.lead)
        freshness = _beside_successor(freshness) if is_followed else freshness
    is_replaced = bool(left) and len(left) == len(item.boards)
    return Standing(
        item=item,
        state=state,
        freshness=Freshness.SUPERSEDED if is_replaced else freshness,
        review_by=review_by,
        boards=item.boards
        if is_replaced or not left
        else tuple(b for b in item.boards if b not in left),
        left=tuple(left),
        is_whole=is_whole,
        followed=tuple(followed),
        is_followed=is_followed,
    )


def _beside_successor(freshness: Freshness | None) -> Freshness | None:
    is_judged = freshness not in (None, Freshness.EVERGREEN, Freshness.SUPERSEDED)
    return Freshness.FRESH if is_judged else freshness


def superseded(current: list[Item], library: Library, today: date) -> Mapping[str, list[str]]:
    """For every item the boards on which a later period of its series stands."""
    minimum, kept = library.catalogue.region.least, {}
    for item in current:
        if item.period:
            kept[item.id] = _is_kept(item, minimum, today)
    return {name: boards for name, boards in behind(current).items() if not kept[name]}


def behind(current: list[Item]) -> Mapping[str, list[str]]:
    """For every item the boards on which a later period of its series is up, whether it leaves them
    or hangs on beside it."""
    latest: dict[tuple[Any, ...], Period] = {}
    for item in current:
        if item.period:
            series = series_of(item, item.period)
            for key in ((board, series) for board in item.boards):
                if key not in latest or latest[key].order < item.period.order:
                    latest[key] = item.period
    found: dict[str, list[str]] = defaultdict(list)
    for item in current:
        if item.period:
            series, order = series_of(item, item.period), item.period.order
            for board in item.boards:
                if order < latest[board, series].order:
                    found[item.id].append(board)
    return found


def series_of(item: Item, period: Period) -> tuple[str, str | None, Grain]:
    """What makes a series on a board: equal category, thread and period grain."""
    return item.category, item.thread, period.grain


def _is_kept(item: Item, minimum: int, today: date) -> bool:
    """A correction, an open notice, and an item below its minimum days stay whatever follows."""
    if item.kind is Kind.CORRECTION:
        return True
    if item.notice and item.notice.is_open(today):
        return True
    return today < item.first_day + timedelta(days=minimum)


def as_of(item: Item, today: date) -> Item:
    """The item without the dated records that do not exist yet; itself when all of them do."""
    recorded = item.steps or item.outcome or item.reviewed or item.congress or item.approval
    if not recorded and not item.posted and not item.hearing:
        return item
    changes: dict[str, Any] = _decided(item, max(today, item.first_day))
    if item.outcome and item.outcome.date > today:
        changes["outcome"] = None
    days = [step.date for step in item.steps if step.date]
    if days and max(days) > today:
        changes["steps"] = tuple(_known_steps(item.steps, today))
    if any(review.date > today for review in item.reviewed):
        changes["reviewed"] = tuple(r for r in item.reviewed if r.date <= today)
    if any(posting.date > today for posting in item.posted):
        changes["posted"] = tuple(posting for posting in item.posted if posting.date <= today)
    return msgspec.structs.replace(item, **changes) if changes else item


def _decided(item: Item, day: date) -> dict[str, Any]:
    """What does not exist by a day of an item's votes and its approval. What is still to come may
    name the days on which it will have been decided, before it is up."""
    changes: dict[str, Any] = {}
    if any(vote.date and vote.date > day for vote in item.congress):
        known = (vote for vote in item.congress if vote.date is None or vote.date <= day)
        changes["congress"] = tuple(known)
    if item.approval and item.approval.date and item.approval.date > day:
        changes["approval"] = None
    if item.hearing and item.hearing.vote.date and item.hearing.vote.date > day:
        changes["hearing"] = None
    return changes


def _known_steps(steps: Iterable[Step], today: date) -> Iterator[Step]:
    """Steps as a day knows them: what is not done yet is told where its day was set before."""
    for step in steps:
        if step.date is None or step.date <= today:
            yield step
        elif step.due:
            yield msgspec.structs.replace(step, date=None, status=None, result=None)


_SEEN = (
    "title",
    "category",
    "kind",
    "number",
    "period",
    "publish",
    "expires",
    "owner",
    "approval",
    "congress",
    "notice",
    "made_known",
    "outcome",
    "steps",
    "timing",
    "contact",
    "legal_basis",
    "corrects",
    "correction",
    "tables",
    "attached",
    "attachments",
    "images",
)
_VALUES = attrgetter(*_SEEN)


def version_of(standing: Standing) -> str:
    """The first 8 hex digits of the SHA-256 of what a reader sees.

    Confirmations (``reviewed``) are not part of it: a sheet found still true need not be printed
    again. Of a hidden item a reader sees only that it was taken down.
    """
    item = standing.item
    if standing.is_hidden:
        seen: list[Any] = [item.id, "withdrawn"]
    else:
        seen = _seen(item)
    return _digits(seen)


def proposed_version(item: Item) -> str:
    """The version of what is put up for approval: of an item without the records that the procedure
    adds to it, so that entering a signature or a vote does not look like a change of the text."""
    bare = msgspec.structs.replace(
        item, approval=None, congress=(), steps=(), outcome=None, hearing=None
    )
    return _digits(_seen(bare))


def _digits(seen: list[Any]) -> str:
    return hashlib.sha256(msgspec.json.encode(seen, order="sorted")).hexdigest()[:8]


def _seen(item: Item) -> list[Any]:
    """What a reader sees of an item. A key that it does not use may not change its version, which
    would recall its sheets."""
    values = dict(zip(_SEEN, _VALUES(item), strict=True))
    if item.approval:
        # Which version was signed is told by the version itself.
        values["approval"] = (item.approval.by, item.approval.date, item.approval.ref)
    for name in ("attachments", "images"):
        values[name] = [(one.name, one.path, one.sha256) for one in values[name]]
    seen = [*values.values()]
    seen.append(list(filter(None, map(str.rstrip, item.body.text.split("\n")))))
    seen += [{"summary": item.summary}] if item.summary else []
    seen += [{"effective": item.effective}] if item.effective else []
    seen += [{"hearing": item.hearing}] if item.hearing else []
    titles = {
        attachment.name: attachment.title for attachment in item.attachments if attachment.title
    }
    return [*seen, *([{"titles": titles}] if titles else [])]
