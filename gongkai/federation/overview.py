"""The page that a headquarters opens every morning, and what is kept of it for the next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import reduce
from pathlib import Path

import msgspec

from gongkai.domain.errors import UsageError
from gongkai.domain.model import Value
from gongkai.domain.rates import Rate
from gongkai.federation.gather import Factory, FactoryState, KnownFactory
from gongkai.messages import say
from gongkai.render.templates import fill
from gongkai.render.web.supervision import shown
from gongkai.supervision.figure import Figure
from gongkai.supervision.metrics import FORMULAS

KEPT, PAGE = "federation.json", "index.html"


class Sum(Value, frozen=True):
    """The figures of all factories whose own can be believed, of one window."""

    window: tuple[str, str] | None
    count: int
    figures: Mapping[str, Figure]


def sorted_for_reading(factories: Iterable[Factory]) -> list[Factory]:
    """What cannot be believed first, then what is amiss most."""
    ranks = list(FactoryState)
    return sorted(
        factories,
        key=lambda one: (
            ranks.index(one.sight),
            -(one.amiss.total if one.amiss else 0),
            one.name,
            one.place,
        ),
    )


def summed(factories: Iterable[Factory]) -> Sum:
    """The sums of the newest window that a factory of today tells; others are not mixed in."""
    told = [
        factory
        for factory in factories
        if factory.sight is FactoryState.FINE and factory.figures is not None
    ]
    window = max((factory.window for factory in told if factory.window), default=None)
    of_window = [factory for factory in told if factory.window == window]
    figures = {rate.value: _sum(rate.value, of_window) for rate in Rate}
    return Sum(window, len(of_window), figures)


def _sum(name: str, factories: Sequence[Factory]) -> Figure:
    found = [
        factory.figures.get(name, _NONE) for factory in factories if factory.figures is not None
    ]
    return reduce(_added, found, _NONE)


_NONE = Figure(0, 0)


def _added(one: Figure, other: Figure) -> Figure:
    return Figure(one.numerator + other.numerator, one.denominator + other.denominator)


def reason(one: Factory, lang: str) -> str:
    """Why a factory is not fine, in a sentence."""
    at = datetime.fromisoformat(one.at) if one.at else None
    return say(lang, f"federation.why.{one.why}", detail=one.detail, at=at) if one.why else ""


def page(factories: Sequence[Factory], now: datetime, lang: str) -> str:
    """All factories on one page that needs no script."""
    return fill(
        Path(),
        lang,
        "pages/federation.html",
        title=say(lang, "federation.title"),
        factories=sorted_for_reading(factories),
        total=summed(factories),
        counts={
            factory_state.value: sum(each.sight is factory_state for each in factories)
            for factory_state in FactoryState
        },
        rates=list(Rate),
        nothing=_NONE,
        now=now,
        why=lambda one: reason(one, lang),
        sight=lambda one: say(lang, f"federation.sight.{one.value}"),
        instant=lambda at: datetime.fromisoformat(at).strftime("%Y-%m-%d %H:%M") if at else "—",
        shown=shown,
        formulas=FORMULAS,
    )


def kept(factories: Iterable[Factory], before: Mapping[str, KnownFactory]) -> bytes:
    """What was seen of each factory, for the next time; of one that cannot be believed what was
    seen before."""
    found = {
        factory.place: KnownFactory(factory.name, factory.head, factory.at)
        for factory in factories
        if factory.head is not None and factory.at is not None
    }
    found = {**before, **found}  # who was not asked this time is not forgotten
    return msgspec.json.format(msgspec.json.encode({"schema": 1, "factories": found}), indent=1)


class _KeptOverview(msgspec.Struct, frozen=True):
    schema: int
    factories: dict[str, KnownFactory]


def read_kept(path: Path) -> Mapping[str, KnownFactory]:
    """What was seen before; nothing the first time. UsageError if the file is not ours: without it
    a past that was rewritten could not be told."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=_KeptOverview).factories
    except FileNotFoundError:
        return {}
    except (ValueError, RecursionError) as error:
        raise UsageError("error.federation", path=str(path)) from error
