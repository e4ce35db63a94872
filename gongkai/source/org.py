"""The factory: departments, posts, groups and the ways to speak up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from msgspec import structs

from gongkai.domain.model import (
    Congress,
    Delegates,
    Department,
    Deputy,
    Group,
    Member,
    Org,
    Outlet,
    Robot,
    Term,
)
from gongkai.domain.terms import Audience, RobotService
from gongkai.source.boards import TIMES
from gongkai.source.document import read_document
from gongkai.source.problems import Mistake, Problem
from gongkai.source.scalars import DAY, DAYS, LINE, TEXT, TEXTS, WHOLE, Moment, choice, read_line
from gongkai.source.shapes import BAD, Choice, Either, Key, ListOf, Record, Scalar, Spot

PATH = "content/org.yml"

_CHANNEL_KINDS = {
    "phone": "phone",
    "电话": "phone",
    "box": "box",
    "意见箱": "box",
    "reception": "reception",
    "接待日": "reception",
    "web": "web",
    "网站": "web",
}


class _Post(NamedTuple):
    """A post as it is typed: by its name, or with who acts for it."""

    post: str
    deputy: str | None = None
    first: date | None = None
    last: date | None = None


_POST = Either(
    Scalar(lambda text: _Post(read_line(text))),
    mapping=Record(
        _Post,
        Key("post", "岗位", LINE, need=True),
        Key("deputy", "代理", LINE),
        Key("from", "起", DAY, field="first"),
        Key("to", "止", DAY, field="last"),
    ),
)


def _department(name: str, posts: tuple[_Post, ...] = (), phone: str | None = None) -> Department:
    deputies = tuple(
        Deputy(post.post, post.deputy, post.first, post.last) for post in posts if post.deputy
    )
    return Department(name, tuple(post.post for post in posts), phone, deputies)


def _as_tuple(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else text


def _outlet(
    kind: str, text: str, days: str | tuple[str, ...] = (), address: str | None = None
) -> Outlet:
    return Outlet(kind=kind, text=text, days=_as_tuple(days) if days else (), address=address)


_SCHEMES = ("http://", "https://", "mailto:")
_LONGEST = 500
"""Characters of an address that a code on paper can still hold, with an id filled in."""


def _read_address(text: str) -> str:
    """The address of a form or a mail box: no other scheme, so that no script can be in it."""
    is_known = text.startswith(_SCHEMES) and text not in _SCHEMES
    if not is_known or len(text.split()) != 1 or len(text) > _LONGEST:
        raise Mistake("format/type", "address", found=text[:60])
    return text


ADDRESS = Scalar(_read_address)
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def _read_variable(text: str) -> str:
    """The name of an environment variable. An address in its place is a secret in a file."""
    if not _VARIABLE.fullmatch(text):
        raise Mistake("format/type", "variable")
    return text


VARIABLE = Scalar(_read_variable)


_CONGRESS = Record(
    Congress,
    Key(
        "term",
        "任期",
        Record(
            Term,
            Key("from", "起", DAY, field="first", need=True),
            Key("to", "止", DAY, field="last", need=True),
        ),
    ),
    Key(
        "delegates",
        "代表",
        Record(
            Delegates,
            Key("total", "总数", WHOLE, need=True),
            Key("frontline", "一线", WHOLE),
            Key("managers", "管理人员", WHOLE),
            Key("women", "女", WHOLE),
        ),
    ),
)


def org_shape() -> Record:
    """The shape of ``content/org.yml``."""
    from_words = Either(TEXT, many=TEXTS)
    member = Record(
        Member,
        Key("post", "岗位", LINE, need=True),
        Key("role", "角色", TEXT),
        Key("from", "起", DAY, field="first"),
        Key("to", "止", DAY, field="last"),
    )
    return Record(
        dict,
        Key("name", "名称", LINE, need=True),
        Key("short", "简称", LINE),
        Key(
            "departments",
            "部门",
            ListOf(
                Record(
                    _department,
                    Key("name", "名称", LINE, need=True),
                    Key("posts", "岗位", ListOf(_POST)),
                    Key("phone", "电话", LINE),
                )
            ),
        ),
        Key(
            "groups",
            "小组",
            ListOf(
                Record(
                    Group,
                    Key("name", "名称", LINE, need=True),
                    Key("members", "成员", ListOf(member)),
                )
            ),
        ),
        Key(
            "channels",
            "渠道",
            ListOf(
                Record(
                    _outlet,
                    Key("kind", "类型", Choice(_CHANNEL_KINDS), need=True),
                    Key("text", "说明", TEXT, need=True),
                    Key("days", "日期", from_words),
                    Key("address", "网址", ADDRESS),
                )
            ),
        ),
        Key("public_phones", "公开电话", TEXTS),
        Key("congress", "职代会", _CONGRESS),
        Key("keep_contacts", "联系方式保留天数", DAYS),
        Key(
            "robots",
            "提醒",
            ListOf(
                Record(
                    Robot,
                    Key("service", "方式", choice(RobotService), need=True),
                    Key("address", "地址变量", VARIABLE, need=True),
                    Key("secret", "密钥变量", VARIABLE),
                    Key("depts", "部门", TEXTS),
                    Key("for", "对象", choice(Audience), field="audience"),
                    Key("boards", "公开栏", TEXTS),
                    Key("quiet", "免打扰", TIMES),
                )
            ),
        ),
    )


def _with_dates(outlet: Outlet, zone: ZoneInfo) -> Outlet:
    """A reception with the instants that are dated; others are a rhythm in words, such as
    每月最后一个星期四."""
    if outlet.kind != "reception":
        return outlet
    moment, dated = Moment(zone), []
    for text in outlet.days:
        with suppress(Mistake):
            dated.append(moment(text))
    return structs.replace(outlet, dated=tuple(dated))


def read_org(root: Path, name: str, zone: ZoneInfo) -> tuple[Org, list[Problem]]:
    """The factory of a site; with no file, only its name is known."""
    path = root / PATH
    nameless = Org(name=name, short=name)
    if not path.exists() and not path.is_symlink():
        return nameless, []
    value, reading = read_document(path, org_shape())
    if value is BAD:
        return nameless, reading.problems
    value.setdefault("short", value["name"])
    value["channels"] = tuple(_with_dates(one, zone) for one in value.get("channels", ()))
    org = Org(**value)
    return org, [*reading.problems, *_backwards(org, reading.spots)]


def _backwards(org: Org, spots: Mapping[str, Spot]) -> Iterator[Problem]:
    """A term or a membership that ends before it begins: nobody would ever serve in it."""
    spans: dict[str, Term | Member | Deputy] = {
        f"groups.{row}.members.{number}": member
        for row, group in enumerate(org.groups)
        for number, member in enumerate(group.members)
    }
    if org.congress and org.congress.term:
        spans["congress.term"] = org.congress.term
    for row, dept in enumerate(org.departments):
        for deputy in dept.deputies:
            spans[f"departments.{row}.posts.{dept.posts.index(deputy.post)}"] = deputy
    for trail, span in spans.items():
        if span.first and span.last and span.last < span.first:
            name = "term" if isinstance(span, Term) else span.post
            values = {"key": name, "first": span.first, "last": span.last}
            spot = spots.get(f"{trail}.to", (1, 1))
            yield Problem("dates/order", *spot, "span", values)
