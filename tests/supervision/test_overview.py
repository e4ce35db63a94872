"""The supervision group's page: leading rates that are never empty, weak boards with their causes,
what workers ask again and again, and what was made public of one's own accord."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from gongkai.domain.rates import Rate
from gongkai.status.topics import topics
from gongkai.supervision.overview import overview
from tests.command import run
from tests.sites import check, item, make_site

AT = "2026-11-22"
NOTICE = item(
    category="honors-selection",
    publish="2026-03-02",
    expires="2026-04-30",
    notice="{from: 2026-03-02, to: 2026-03-20, channel: 工会}",
    outcome="{result: 无异议, date: 2026-03-23}",
)


def asked(*texts: str) -> str:
    """A ledger with an opinion for each text."""
    rows = (
        f"- {{编号: Y{number}, 来源: 意见箱, 收到日期: 2026-10-{number + 10}, 意见: {text}}}\n"
        for number, text in enumerate(texts)
    )
    return "".join(rows)


@pytest.mark.parametrize(
    ("first", "item_day", "expected"),
    [
        ("2026-01", "2026-03-02", date(2025, 11, 1)),  # twelve months through October
        ("2024-01", "2024-03-02", date(2024, 1, 1)),  # all the time since duties count
    ],
)
def test_a_leading_rate_without_anything_due_looks_further_back(
    first: str, item_day: str, expected: date, tmp_path: Path
) -> None:
    text = NOTICE.replace("2026-03-2", item_day[:5] + "03-2").replace("2026-0", item_day[:5] + "0")
    files = {"content/catalogue.yml": f"起始: {first}\n", "content/items/a.md": text}
    leads = overview(check(make_site(tmp_path, files), AT).standings).leads
    led = leads[Rate.NOTICES]
    assert (led.figure.denominator, led.first) == (1, expected)
    assert leads[Rate.DISCLOSURE].first == date(2026, 10, 1)


def test_what_no_duty_asks_for_is_counted_apart(tmp_path: Path) -> None:
    catalogue = "所有制: 民营\n起始: 2026-11\n"
    files = {
        "content/catalogue.yml": catalogue,
        "content/items/own.md": item(category="strategy-plan"),
        "content/items/duty.md": item(category="leave-holiday", formed="2026-11-01"),
    }
    root = make_site(tmp_path, files).root
    window = ("--from", "2026-11-01", "--to", "2026-11-30", "--format", "json")
    told = json.loads(run(root, "report", *window).stdout)
    assert told["voluntary"] == 1
    assert told["metrics"]["disclosure"]["denominator"] == 1


@pytest.mark.parametrize(
    ("texts", "count"),
    [
        (["食堂太贵", "饭堂排队长", "吃饭没地方坐"], 3),
        (["食堂太贵", "饭堂排队长"], 0),
        (["灯坏了", "门坏了", "窗坏了"], 0),  # of no kind that is known
    ],
)
def test_a_topic_is_what_three_opinions_of_a_year_ask(
    texts: list[str], count: int, tmp_path: Path
) -> None:
    files = {"content/opinions/a.yml": asked(*texts)}
    library = check(make_site(tmp_path, files), AT).standings.library
    found = topics(library, date(2026, 11, 22))
    assert [len(topic.opinions) for topic in found if topic.category.id == "canteen-accounts"] == (
        [count] if count else []
    )


@pytest.mark.parametrize(
    ("publish", "shown"), [("2026-10-01", None), ("2026-10-15", "a"), ("2026-12-01", None)]
)
def test_a_topic_says_whether_anything_was_disclosed_since(
    publish: str, shown: str | None, tmp_path: Path
) -> None:
    files = {
        "content/opinions/a.yml": asked("食堂太贵", "饭堂排队长", "吃饭没地方坐"),
        "content/items/a.md": item(publish=publish, expires="2026-12-31"),
    }
    library = check(make_site(tmp_path, files), AT).standings.library
    (topic,) = topics(library, date(2026, 11, 22))
    assert (topic.shown.id if topic.shown else None) == shown


def test_a_weak_board_has_its_causes_and_a_next_step_for_each(tmp_path: Path) -> None:
    flaw = "{问题: 灯坏了, 整改部门: 机加工车间, 期限: 2026-11-01}"
    files = {
        "content/catalogue.yml": "起始: 2026-09\n",
        "content/opinions/a.yml": (
            "- {编号: Y1, 来源: 意见箱, 收到日期: 2026-09-01, 意见: 太热, 承办: 机加工车间}\n"
        ),
        "content/inspections/a.yml": (
            f"- {{编号: J1, 日期: 2026-10-01, 方式: 自查, 检查人: 工会, 发现: [{flaw}]}}\n"
        ),
        "content/items/a.md": item(
            category="standing-info",
            publish="2026-09-01",
            expires="never",
            refresh="1 month",
            title="值班表",
        ),
    }
    site = make_site(tmp_path, files)
    (weak,) = overview(check(site, AT).standings).weak
    assert [(cause.rule, cause.count) for cause in weak.causes] == [
        ("coverage/missing", 3),
        ("fresh/overdue", 1),
        ("opinion/overdue", 1),
        ("inspection/unmended", 1),
    ]
    assert run(site.root, "build", "--at", AT).returncode == 0
    page = (site.out / "report/index.html").read_text("utf-8")
    for said in (
        "安全生产和隐患治理",
        "机加工车间补公开",
        "Y1",
        "J1",
        "checks/coverage-missing/",
    ):
        assert said in page
