"""What a 公示 says of its window and of whom to turn to, in the wordings that offices have."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.source.word.contacts import contacts_in
from gongkai.source.word.window import window_in

TODAY = date(2026, 11, 16)
WEEK = ("2026-11-16", "2026-11-20")


@pytest.mark.parametrize(
    ("text", "first", "last", "days"),
    [
        ("公示时间为2026年11月16日（星期一）至11月20日（星期五），共5个工作日", *WEEK, 5),
        ("公示期：2026年11月16日零时至2026年11月20日24时", *WEEK, None),
        ("公示时间：自2026年11月16日始，至2026年11月20日止", *WEEK, None),
        ("公示时间：2026年11月16日〜11月20日", *WEEK, None),
        ("公示时间：2026年11月16号至11月20号", *WEEK, None),
        ("公示时间：12月28日至次年1月4日", "2026-12-28", "2027-01-04", None),
        ("公示期：即日起至11月20日", *WEEK, None),
        ("公示期自本日起至2026年11月22日", "2026-11-16", "2026-11-22", None),
        ("公示期2026年11月18日起，为期5个工作日", "2026-11-18", "None", 5),
        ("现公示5天，自2026年11月18日开始", "2026-11-18", "None", 5),
        ("公示期为10个工作日，从发布之日算起", "2026-11-16", "None", 10),
        ("公示期一周", "None", "None", 7),
        ("公示期为一个星期", "None", "None", 7),
        ("现将名单公示七日", "None", "None", 7),
    ],
)
def test_a_window_in_the_words_of_offices(text: str, first: str, last: str, days: int) -> None:
    found = window_in([text], TODAY)
    assert found is not None
    assert (str(found.first), str(found.last), found.days) == (first, last, days)


def test_the_months_a_notice_tells_of_are_no_window() -> None:
    told = "现将2026年10月1日至10月31日的食堂账目公示如下。公示期：11月16日至11月20日。"
    found = window_in([told], TODAY)
    assert found is not None
    assert (str(found.first), str(found.last)) == WEEK
    assert window_in(["现将10月1日至10月31日情况公示如下"], TODAY) is None
    assert window_in(["得分公示如下：示例甲 9.5-9.8 分"], TODAY) is None


def test_a_line_may_only_announce_the_days_below_it() -> None:
    found = window_in(["二、公示时间", "2026年11月16日至11月20日"], TODAY)
    assert found is not None
    assert (str(found.first), str(found.last)) == WEEK


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "联系人：组织部，内线 8031；纪检监察室，内线 8002，意见箱在办公楼一层。",
            "组织部 内线 8031；纪检监察室 内线 8002；意见箱（办公楼一层）",
        ),
        ("监督举报电话：纪委 8002，工会 8031", "纪委 8002；工会 8031"),
        (
            "如有异议，请向公司工会反映，联系电话：0531-88888888（内线8031）。",
            "公司工会；电话 0531-88888888（内线8031）",
        ),
        (
            "以书面形式（署真实姓名）向人力资源部（电话：0531-88888888）反映。",
            "人力资源部；电话 0531-88888888",
        ),
        (
            "如有异议，请与公司纪检监察室联系，电话0531-8888 8888。",
            "公司纪检监察室；电话 0531-8888 8888",
        ),
        ("联系方式：工会（内线8031）", "工会；内线 8031"),
        ("联系电话（内线）：8031、8002", "内线 8031、8002"),
        ("举报电话：0531-88888888转8031", "电话 0531-88888888转8031"),
        ("受理科室：纪检监察室；电话：８００２", "纪检监察室；电话 8002"),
        ("意见请投厂门口意见箱，或致电8031", "电话 8031；厂门口意见箱"),
        ("来信来访地址：示例路1号办公楼101室，邮编：250000", "示例路1号办公楼101室"),
        ("本公示由工会办公室2026年11月发布，联系群众300人", ""),
    ],
)
def test_offices_with_their_telephones(text: str, line: str) -> None:
    assert contacts_in([text]).line == line


def test_each_of_several_offices_keeps_its_telephone() -> None:
    found = contacts_in(["联系人：组织部，内线 8031；纪检监察室，内线 8002"])
    assert found.office == "组织部、纪检监察室"
    assert found.phone == "组织部 内线 8031；纪检监察室 内线 8002"


def test_blanks_do_not_hold_up_the_search() -> None:
    line = "公示期11月16日" + " " * 300 + "电话" + " " * 300
    assert window_in([line * 50], TODAY) is None
    assert contacts_in([line * 50]).line == ""
