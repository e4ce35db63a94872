"""What the factories of a group have published, each judged by what it shows."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from enum import Enum
from functools import partial
from typing import Annotated, Any

import msgspec
from msgspec import structs

from gongkai.domain.model import Value
from gongkai.domain.rates import Rate
from gongkai.federation.fetch import PublishedSite, Unreachable
from gongkai.publish.chain import HISTORY, breaks, last
from gongkai.publish.manifest import MANIFEST, manifest_parts
from gongkai.render.web.supervision import GATHERED
from gongkai.supervision.figure import Figure
from gongkai.supervision.metrics import FORMULAS

AT_ONCE = 16
"""Factories that are asked at one time: they mostly wait."""
AHEAD = timedelta(hours=1)
"""By how much a factory's clock may be ahead of ours."""


class FactoryState(Enum):
    """How a factory looks from the headquarters, the worst first."""

    TAMPERED = "tampered"
    """What it shows does not fit together, or not to what it showed before."""
    UNREACHABLE = "unreachable"
    """It does not answer."""
    UNREADABLE = "unreadable"
    """It answers, and not with a site of ours that tells its figures."""
    STALE = "stale"
    """It fits together, and is older than it may be."""
    FINE = "fine"
    """It fits together, and is of today."""


Count = Annotated[int, msgspec.Meta(ge=0, le=10**9)]
"""A number that a factory may tell."""


class ReportedFaults(msgspec.Struct, frozen=True):
    """What a factory says is wrong today."""

    missing: Count
    late: Count
    opinions: Count

    @property
    def total(self) -> int:
        """How much it is."""
        return self.missing + self.late + self.opinions


class _Org(msgspec.Struct, frozen=True):
    name: str
    short: str


class _Rate(msgspec.Struct, frozen=True):
    numerator: Count
    denominator: Count


class _Figures(msgspec.Struct, frozen=True, rename={"first": "from", "last": "to"}):
    """What a factory publishes for others to gather."""

    schema: int
    org: _Org
    boards: Count
    amiss: ReportedFaults
    first: str
    last: str
    formulas: str
    metrics: dict[str, _Rate]


class _Files(msgspec.Struct, frozen=True):
    files: dict[str, str]


class KnownFactory(msgspec.Struct, frozen=True):
    """What was seen of a factory before: its name, the SHA-256 of the last line of its chain, and
    the instant its site told (ISO 8601)."""

    name: str
    head: str
    at: str


class Factory(Value, frozen=True):
    """One factory: where it publishes, how it looks, and what it tells. ``why`` is the key of what
    is wrong, under ``federation.why``; ``detail`` a word from outside. Without figures that can be
    believed there are none."""

    place: str
    page: str | None
    sight: FactoryState
    name: str
    why: str = ""
    detail: str = ""
    at: str | None = None
    boards: int = 0
    window: tuple[str, str] | None = None
    amiss: ReportedFaults | None = None
    figures: Mapping[str, Figure] | None = None
    head: str | None = None


def gather(
    places: Sequence[str], known: Mapping[str, KnownFactory], now: datetime, oldest: timedelta
) -> list[Factory]:
    """Every factory, in the order of the places; none is ever left out."""
    look = partial(_look, known=known, now=now, oldest=oldest)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(look, places))


class _Doubt(Exception):
    """Why a factory is not fine."""

    def __init__(self, sight: FactoryState, why: str, detail: str = "") -> None:
        super().__init__(why)
        self.sight, self.why, self.detail = sight, why, detail


def _look(
    place: str, known: Mapping[str, KnownFactory], now: datetime, oldest: timedelta
) -> Factory:
    """One factory. Whatever it shows, the others are seen."""
    source = PublishedSite(place)
    before = known.get(source.key)
    seen = Factory(
        place=source.key,
        page=source.page,
        sight=FactoryState.UNREADABLE,
        name=before.name if before else source.key,
        at=before.at if before else None,
    )
    for is_last in (False, True):  # it may be published between two files that are read
        try:
            return _seen(source, before, now, oldest)
        except _Doubt as doubt:
            if is_last or doubt.why not in _TORN:
                return structs.replace(
                    seen, sight=doubt.sight, why=doubt.why, detail=_clean(doubt.detail)
                )
        except Exception as fault:
            return structs.replace(seen, why="fault", detail=type(fault).__name__)
    raise AssertionError(place)


_TORN = ("head", "figures")


def _seen(
    source: PublishedSite, before: KnownFactory | None, now: datetime, oldest: timedelta
) -> Factory:
    """A factory that can be believed. _Doubt otherwise."""
    manifest = _read(source, MANIFEST)
    about, files = _decoded(manifest)
    at = datetime.fromisoformat(about["at"])
    head = _chained(_read(source, HISTORY), manifest, before)
    told = _vouched_figures(_read(source, GATHERED), files, at)
    why = _age(at, now, oldest)
    return Factory(
        place=source.key,
        page=source.page,
        sight=FactoryState.STALE if why else FactoryState.FINE,
        name=_clean(told.org.name) or source.key,
        why=why,
        at=at.isoformat(),
        boards=told.boards,
        window=(told.first, told.last),
        amiss=told.amiss,
        figures={name: Figure(*structs.astuple(told.metrics[name])) for name in _RATES},
        head=head,
    )


_RATES = [rate.value for rate in Rate]
_LONGEST = 80


def _clean(text: str) -> str:
    """Words from outside, on one line, without anything that nobody sees."""
    seen = (one if unicodedata.category(one)[0] != "C" else " " for one in text[: 4 * _LONGEST])
    return " ".join("".join(seen).split())[:_LONGEST]


def _read(source: PublishedSite, name: str) -> bytes:
    try:
        return source.read(name)
    except Unreachable as error:
        raise _Doubt(FactoryState.UNREACHABLE, "unreachable", str(error)) from error


def _decoded(manifest: bytes) -> tuple[dict[str, Any], Mapping[str, str]]:
    """What a manifest says of the site, and the hashes of its files."""
    try:
        about, _ = manifest_parts(manifest)
        files = msgspec.json.decode(manifest, type=_Files).files
        is_dated = datetime.fromisoformat(about["at"]).tzinfo is not None
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _Doubt(FactoryState.UNREADABLE, "manifest") from error
    if not is_dated or not str(about.get("generator", "")).startswith("gongkai "):
        raise _Doubt(FactoryState.UNREADABLE, "manifest")
    return about, files


def _chained(history: bytes, manifest: bytes, before: KnownFactory | None) -> str:
    """The SHA-256 of the last line of a chain that holds, ends with the manifest, and goes on from
    what was seen before."""
    broken = next(breaks(history), None)
    if broken is not None:
        raise _Doubt(FactoryState.TAMPERED, "chain", str(broken))
    head = last(history)
    if head is None or head.manifest != hashlib.sha256(manifest).hexdigest():
        raise _Doubt(FactoryState.TAMPERED, "head")
    heads = [hashlib.sha256(line).hexdigest() for line in history.splitlines()]
    if before and before.head not in heads:
        raise _Doubt(FactoryState.TAMPERED, "past", before.at)
    return heads[-1]


def _vouched_figures(data: bytes, files: Mapping[str, str], at: datetime) -> _Figures:
    """The figures, if they are those that the manifest vouches for, and are any."""
    if files.get(GATHERED) != hashlib.sha256(data).hexdigest():
        raise _Doubt(FactoryState.TAMPERED, "figures")
    try:
        told = msgspec.json.decode(data, type=_Figures)
        first, last = date.fromisoformat(told.first), date.fromisoformat(told.last)
    except (ValueError, RecursionError) as error:
        raise _Doubt(FactoryState.UNREADABLE, "figures-form") from error
    if told.formulas != FORMULAS or told.schema != 1:
        raise _Doubt(FactoryState.UNREADABLE, "formulas", told.formulas)
    is_rate = all(metric.numerator <= metric.denominator for metric in told.metrics.values())
    if not first <= last < at.date() or not {*_RATES} <= {*told.metrics} or not is_rate:
        raise _Doubt(FactoryState.UNREADABLE, "figures-form")
    return told


def _age(at: datetime, now: datetime, oldest: timedelta) -> str:
    if now - at > oldest:
        return "old"
    return "ahead" if at - now > AHEAD else ""
