"""What a duty rests on: each text it names, and whether anybody has read that text."""

from __future__ import annotations

from functools import cache
from typing import Any

from gongkai.domain.model import LegalSource
from gongkai.domain.terms import Authority
from gongkai.source.packs import pack
from gongkai.source.scalars import DAY, TEXT
from gongkai.source.shapes import Key, Record, Scalar
from gongkai.source.tables import FreeMapping

CUSTOM = "惯例"
_LAW = Record(dict, Key("seen", "核对日期", DAY), Key("region", "地区", TEXT))


def sources_of(basis: str, region: str) -> tuple[LegalSource, ...]:
    """The texts named in a cell of the catalogue, separated by ``；``, as they bind in a region."""
    parts = [part.strip() for part in basis.split("；") if part.strip()]
    return tuple(_source(part, region) for part in parts or [CUSTOM])


def _source(text: str, region: str) -> LegalSource:
    if text == CUSTOM:
        return LegalSource(text, Authority.CUSTOM)
    law = next((law for name, law in _laws().items() if text.startswith(name)), None)
    if law is None:
        return LegalSource(text, Authority.OWN)
    if "seen" not in law:
        return LegalSource(text, Authority.UNVERIFIED)
    binds = law.get("region", region) == region
    return LegalSource(text, Authority.LAW if binds else Authority.ELSEWHERE, law["seen"])


@cache
def _laws() -> dict[str, Any]:
    laws: dict[str, Any] = pack("laws.yml", FreeMapping(_LAW, Scalar(str)))
    return laws
