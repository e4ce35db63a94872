"""Whom to tell, out of a line: the number that is dialled, and never a year, a room or a part of an
address."""

from __future__ import annotations

import pytest

from gongkai.render.contact import reached


@pytest.mark.parametrize(
    ("line", "who", "how", "more"),
    [
        ("组织部 内线 8031", "组织部", "内线 8031", ""),
        ("监督电话（纪检监察室）内线 8002", "监督电话（纪检监察室）", "内线 8002", ""),
        ("工会 8001、8002", "工会", "8001、8002", ""),
        ("监督电话 0512-6688 1234", "监督电话", "0512-6688 1234", ""),
        ("工会主席 办公楼 1203 室 内线 8001", "工会主席 办公楼 1203 室", "内线 8001", ""),
        ("纪检 内线 8002（工作日8:00—17:00）", "纪检", "内线 8002", "（工作日8:00—17:00）"),
        ("内线 8201", "", "内线 8201", ""),
        ("办公楼一层意见箱", "意见箱", "办公楼一层", ""),
        ("邮箱 gh2026@example.com", "邮箱", "gh2026@example.com", ""),
        ("https://x.example/form?id=20261110", "", "https://x.example/form?id=20261110", ""),
        ("食堂门口意见箱，2026年12月10日前", "", "食堂门口意见箱，2026年12月10日前", ""),
    ],
)
def test_a_line(line: str, who: str, how: str, more: str) -> None:
    one = reached(line)
    assert (one.who, one.how, one.more) == (who, how, more)
