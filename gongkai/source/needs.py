"""What must be recorded with the items of each category: the built-in table, and what a site says
over it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongkai.domain.model import Needs, Region
from gongkai.domain.terms import VOID_WITHOUT, Authority, CongressAct, Ownership, StepName
from gongkai.source.laws import sources_of
from gongkai.source.packs import pack
from gongkai.source.scalars import FLAG, ID, LINE, TEXT, choice, words_of
from gongkai.source.shapes import Choice, Key, ListOf, Record, Scalar
from gongkai.source.tables import FreeMapping

ACTS = Choice({**words_of(CongressAct), "none": None, "无": None})
"""What the congress does, or nothing."""
_KEYS = (
    Key("approval", "审批", FLAG),
    Key("steps", "程序", ListOf(choice(StepName))),
    Key("documents", "材料", ListOf(LINE)),
)
NEEDS = Record(dict, *_KEYS, Key("act", "方式", ACTS))
"""What a site's catalogue may say under ``needs``; what it leaves out is as built in."""
_BUILT_IN = Record(
    dict,
    Key("documents_en", "材料英文", FreeMapping(LINE, Scalar(str)), need=True),
    Key(
        "categories",
        "类别",
        FreeMapping(Record(dict, *_KEYS, Key("basis", "依据", TEXT, need=True)), ID),
        need=True,
    ),
)


def needs_of(
    name: str, row: Mapping[str, Any], ownership: Ownership, region: Region, lang: str
) -> Needs:
    """The needs of a row of the catalogue, whose ``act`` counts unless its ``needs`` name
    another."""
    pack_of_needs = pack("needs.yml", _BUILT_IN)
    built_in = {"act": row.get("act"), **pack_of_needs["categories"].get(name, {})}
    sources = sources_of(built_in.pop("basis", ""), region.id)
    if lang != "zh":
        named = built_in.get("documents", ())
        built_in["documents"] = tuple(pack_of_needs["documents_en"][one] for one in named)
    if ownership is Ownership.PRIVATE:
        built_in = _binding(
            built_in, is_law=any(source.authority is Authority.LAW for source in sources)
        )
    return Needs(**{**built_in, "sources": sources, **row.get("needs", {})})


def _binding(needs: Mapping[str, Any], *, is_law: bool) -> dict[str, Any]:
    """What of the built-in needs binds a private enterprise: what a law says that was read and
    holds where it is, but for the steps; and acts without which a matter is void."""
    act = needs["act"] if needs["act"] in VOID_WITHOUT else None
    return {**(needs if is_law else {}), "steps": (), "act": act}
