"""The catalogue: the built-in duties and provinces, with what the site says over them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from gongkai.domain.calendar import Grain, Span, WorkCalendar
from gongkai.domain.finding import RULES, Severity
from gongkai.domain.model import (
    WORKSHOPS,
    Catalogue,
    Category,
    Delegates,
    KeyFigure,
    Needs,
    Provision,
    Region,
    RegionFigure,
    Share,
    Waiver,
)
from gongkai.domain.terms import DayUnit, End, Kind, Ownership, PrivacyClass, Scope, Timing
from gongkai.source.document import read_document
from gongkai.source.holidays import misplaced, read_year
from gongkai.source.laws import CUSTOM, sources_of
from gongkai.source.needs import ACTS, NEEDS, needs_of
from gongkai.source.packs import pack
from gongkai.source.problems import Mistake, Problem
from gongkai.source.scalars import (
    DAY,
    DAYS,
    LINE,
    REFRESH,
    TEXT,
    WHOLE,
    choice,
    read_day,
    read_id,
    read_period,
)
from gongkai.source.shapes import BAD, Choice, Key, ListOf, Record, Scalar, nearest
from gongkai.source.tables import FreeMapping

PATH = "content/catalogue.yml"
_GRADES = {**{severity.value: severity for severity in Severity}, "off": None, "关闭": None}


def graded_rule(text: str) -> str:
    """The name of a rule whose severity is the site's to choose.

    What makes an item unreadable always blocks: it would vanish in silence otherwise.
    """
    if rule_name(text).startswith("format/") or text == "ref/category":
        raise Mistake("format/unknown-value", "fixed-rule", found=text)
    return text


def rule_name(text: str) -> str:
    """The name of a rule, as it stands in a finding."""
    if text not in RULES:
        raise Mistake("format/unknown-value", "choice", **nearest(text, RULES))
    return text


def _window(text: str) -> dict[str, Any]:
    """The ``notice`` cell: ``none``, ``made-known``, ``7 day``, ``5 workday``, ``3 day after``."""
    if text in ("none", "无"):
        return {"window": None, "made_known": False}
    if text in ("made-known", "告知"):
        return {"window": None, "made_known": True}
    words = text.split()
    units = {"day": DayUnit.DAY, "workday": DayUnit.WORKDAY}
    if len(words) < 2 or not words[0].isdigit() or words[1] not in units or words[2:] > ["after"]:
        raise Mistake("format/unknown-value", "window", found=text[:30])
    return {
        "window": int(words[0]),
        "unit": units[words[1]],
        "strict": words[2:] == ["after"],
        "made_known": False,
    }


_WAIVER = Record(Waiver, Key("reason", "原因", TEXT, need=True), Key("by", "批准", TEXT, need=True))
KEY_FIGURE = Record(KeyFigure, Key("column", "列", LINE), Key("row", "行", LINE))
"""Which figure of the first table is the one that a board shows large."""
_ROW = Record(
    dict,
    Key("name", "名称", TEXT),
    Key("en", "英文", TEXT),
    Key("group", "分组", TEXT),
    Key("applies", "适用", Choice({"all": False, "全部": False, "state": True, "国有": True})),
    Key("kind", "性质", choice(Kind)),
    Key("grain", "周期", Choice({one.value: one for one in Grain})),
    Key("lag", "期限天数", DAYS),
    Key("scope", "范围", Choice({one.value: one for one in Scope})),
    Key("act", "职代会", ACTS),
    Key("notice", "公示期", Scalar(_window)),
    Key("privacy", "个人信息", choice(PrivacyClass)),
    Key("dept", "部门", TEXT),
    Key("end", "到期后", Choice({one.value: one for one in End})),
    Key("refresh", "更新周期", REFRESH),
    Key("basis", "依据", TEXT),
    Key("waived", "免公开", _WAIVER),
    Key("figure", "要数", KEY_FIGURE),
    Key("needs", "需要", NEEDS),
    Key("timing", "时机", choice(Timing)),
)
_BUILT_IN = Record(
    dict,
    Key("groups", "分组", FreeMapping(TEXT, Scalar(read_id)), need=True),
    Key("groups_en", "分组英文", FreeMapping(TEXT, Scalar(read_id)), need=True),
    Key("depts_en", "部门英文", FreeMapping(TEXT, Scalar(str)), need=True),
    Key("categories", "类别", FreeMapping(_ROW, Scalar(read_id)), need=True),
)
_FIGURE = Record(
    RegionFigure,
    Key("days", "天数", WHOLE, need=True),
    Key("basis", "依据", TEXT, need=True),
    Key("seen", "核对日期", DAY, need=True),
)
_PROVISION = Record(
    Provision,
    Key("text", "规定", TEXT, need=True),
    Key("basis", "依据", TEXT, need=True),
    Key("seen", "核对日期", DAY, need=True),
)
_SHARE = Record(
    Share,
    Key("part", "部分", Choice({one: one for one in Delegates.__struct_fields__}), need=True),
    Key("least", "不少于", WHOLE),
    Key("most", "不超过", WHOLE),
    Key("basis", "依据", TEXT, need=True),
    Key("seen", "核对日期", DAY, need=True),
)
_REGION = Record(
    dict,
    Key("minimum", "最短天数", _FIGURE),
    Key("reply", "答复天数", _FIGURE),
    Key("material", "会前天数", _FIGURE),
    Key("results", "会后天数", _FIGURE),
    Key("vote", "表决", _PROVISION),
    Key("shares", "比例", ListOf(_SHARE)),
)
_YEAR = Record(
    dict,
    Key("notice", "文号", TEXT, need=True),
    Key("holidays", "放假", ListOf(DAY), need=True),
    Key("worked", "上班", ListOf(DAY), need=True),
)


_CALLED = FreeMapping(ListOf(TEXT), TEXT)
_WORDS = Record(dict, Key("zh", "中文", _CALLED, need=True), Key("en", "英文", _CALLED, need=True))


def _since(text: str) -> date:
    return read_period(text).start if len(text) < 10 else read_day(text)


@cache
def _regions() -> dict[str, Region]:
    rows = pack("regions.yml", FreeMapping(_REGION, Scalar(str)))
    return {name: Region(name, **row) for name, row in rows.items()}


@cache
def site_shape() -> Record:
    """The shape of ``content/catalogue.yml``."""
    regions = _regions()
    return Record(
        dict,
        Key("ownership", "所有制", choice(Ownership)),
        Key("region", "地区", Choice({**regions, "无": regions["none"]})),
        Key("since", "起始", Scalar(_since)),
        Key("lead", "提前天数", DAYS),
        Key("backdating", "倒签天数", DAYS),
        Key("rules", "规则", FreeMapping(Choice(_GRADES), Scalar(graded_rule))),
        Key("categories", "类别", FreeMapping(_ROW, Scalar(read_id))),
        Key("workdays", "放假安排", FreeMapping(_YEAR, Scalar(read_year))),
        Key("words", "俗称", _CALLED),
        lenient=True,
    )


def _calendar(own: Mapping[int, Any]) -> WorkCalendar:
    """Working days as far as official calendars are known; the site's own years come first."""
    years = {**pack("workdays.yml", FreeMapping(_YEAR, Scalar(int))), **own}
    return WorkCalendar(
        holidays=frozenset(day for year in years.values() for day in year["holidays"]),
        worked=frozenset(day for year in years.values() for day in year["worked"]),
        years=frozenset(years),
        notices=tuple((year, row["notice"]) for year, row in sorted(years.items())),
    )


def built_in_departments(lang: str) -> set[str]:
    """The departments that the built-in duties name, but for the workshops themselves."""
    names: dict[str, str] = pack("catalogue.yml", _BUILT_IN)["depts_en"]
    return {zh if lang == "zh" else en for zh, en in names.items() if zh not in WORKSHOPS}


def read_catalogue(
    root: Path, lang: str, departments: Collection[str], calendar: Mapping[int, Any]
) -> tuple[Catalogue, list[Problem]]:
    """The duties of a site. With problems, what could not be read is as if it were not there.

    Built-in duties are answered for by ``departments`` of the site where it has one of the name in
    Chinese, else by one of the name in the site's language. ``calendar`` has the years of
    the site's own.
    """
    built_in = pack("catalogue.yml", _BUILT_IN)
    path = root / PATH
    typed: dict[str, Any] = {}
    problems: list[Problem] = []
    if path.is_symlink() or path.exists():
        value, reading = read_document(path, site_shape())
        typed, problems = ({} if value is BAD else value), reading.problems
    region = typed.get("region", _regions()["none"])
    ownership = typed.get("ownership", Ownership.STATE)
    years = typed.get("workdays", {})
    problems = [*problems, *misplaced(years)]
    rows = {name: dict(row) for name, row in built_in["categories"].items()}
    for row in rows.values():
        if lang != "zh" and row["dept"] not in departments:
            row["dept"] = built_in["depts_en"][row["dept"]]
    for name, row in typed.get("categories", {}).items():
        own = tuple(key for key in row if name in rows and key != "waived")
        rows.setdefault(name, {}).update(row, own=own)
    categories = {}
    for name, row in rows.items():
        if not row.keys() >= {"name", "group"} or row["group"] not in built_in["groups"]:
            case = "group" if "group" in row and "name" in row else "row"
            values = {"key": name, **nearest(str(row.get("group", "")), built_in["groups"])}
            problems = [*problems, Problem("format/missing", 1, 1, case, values)]
            continue
        needs = needs_of(name, row, ownership, region, lang)
        categories[name] = _category(name, row, region, needs)
    catalogue = Catalogue(
        ownership=ownership,
        region=region,
        since=typed.get("since"),
        lead=typed.get("lead", 7),
        backdating=typed.get("backdating", 3),
        groups=built_in["groups"],
        groups_en=built_in["groups_en"],
        categories=categories,
        severities=typed.get("rules", {}),
        work=_calendar({**calendar, **years}),
        called={**pack("words.yml", _WORDS)[lang], **typed.get("words", {})},
    )
    return catalogue, problems


def _category(name: str, row: dict[str, Any], region: Region, needs: Needs) -> Category:
    grain = row.get("grain", Grain.EVENT)
    refresh = row.get("refresh", Span(months=grain.months) if grain.months else "never")
    window: dict[str, Any] = {
        "window": None,
        "unit": DayUnit.DAY,
        "strict": False,
        "made_known": False,
    }
    window |= row.get("notice", {})
    return Category(
        id=name,
        name=row["name"],
        en=row.get("en", row["name"]),
        group=row["group"],
        kind=row.get("kind", Kind.DISCLOSURE),
        grain=grain,
        lag=row.get("lag", 0),
        state_only=row.get("applies", False),
        scope=row.get("scope", Scope.COMPANY),
        # The same thing may be said under needs, where it counts before the row's own.
        act=row.get("needs", {}).get("act", row.get("act")),
        privacy=row.get("privacy", PrivacyClass.NONE),
        dept=row.get("dept", ""),
        end=row.get("end", End.KEEP),
        refresh=None if refresh == "never" else refresh,
        sources=sources_of(row.get("basis", CUSTOM), region.id),
        own=row.get("own", ()),
        waived=row.get("waived"),
        figure=row.get("figure"),
        needs=needs,
        timing=row.get("timing"),
        **window,
    )
