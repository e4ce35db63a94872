"""事项的经过: plan, progress and result of a matter on one line of time, on each one's page."""

from __future__ import annotations

import re
from pathlib import Path

from gongkai.render.timeline import MOST, timeline
from gongkai.render.words import Words
from gongkai.status.edition import make_edition
from tests.command import run
from tests.sites import check, item, make_site

AT = "2026-11-22"
FILES = {
    "content/meetings/2026.yml": (
        "- {编号: L1, 种类: 职代会, 届次: 九届四次, 日期: 2026-08-14, 应到: 80, 实到: 75,"
        " 议程: [{事项: 食堂改造方案, 方式: 审议, 赞成: 70, 结果: 通过}]}\n"
    ),
    "content/items/plan.md": item(
        title="食堂改造方案", publish="2026-08-20", thread="食堂改造", meeting="L1",
        expires="2026-12-31", effective="2026-09-01",
    ),
    "content/items/progress.md": item(
        title="食堂改造进度", publish="2026-10-10", thread="食堂改造", expires="2026-12-31"
    ),
    "content/items/wrong.md": item(
        title="更正食堂改造进度", kind="correction", corrects="progress", publish="2026-10-12",
        expires="2026-12-31", correction="{reason: 录入错误}",
    ),
    "content/items/coming.md": item(
        title="食堂改造决算", publish="2026-12-01", thread="食堂改造", expires="2026-12-31"
    ),
    "content/items/paper.md": item(
        title="只上墙", publish="2026-10-01", thread="食堂改造", channels="[poster]",
        expires="2026-12-31",
    ),
    "content/items/alone.md": item(title="别的事", thread="别的事", expires="2026-12-31"),
}  # fmt: skip


def line(root: Path, name: str, files: dict[str, str] = FILES) -> list[tuple[str, str, str]]:
    edition = make_edition(check(make_site(root, files), AT).standings)
    entry = edition.entry(edition.standings.by_id[name])
    return [
        (event.day, event.text, event.id)
        for event in timeline(entry, Words("zh"), edition.standings.today)
    ]


def test_process_and_result_stand_on_one_line(tmp_path: Path) -> None:
    """B24 「既要公开结果，又要公开过程」: also the vote, the day of effect, what was corrected;
    nothing of what is to come or is on paper only."""
    assert line(tmp_path, "progress") == [
        ("2026年8月14日", "九届四次，审议，通过，赞成 70/80", ""),
        ("2026年8月20日", "食堂改造方案", "plan"),
        ("2026年9月1日", "开始实施", ""),
        ("2026年10月10日", "食堂改造进度", ""),
        ("2026年10月12日", "更正：更正食堂改造进度", "wrong"),
    ]


LEDGER = """\
- {编号: Y1, 来源: 箱, 收到日期: 2026-08-25, 意见: 太久, 答复日期: 2026-09-20, 答复: 已加, 结果: A}
- {编号: Y2, 来源: 网上意见箱, 收到日期: 2026-10-15, 意见: 关于《食堂改造进度》：太慢}
- {编号: Y3, 来源: 意见箱, 收到日期: 2026-10-16, 意见: 关于《食堂改造进度》：不说, 不公开: 是}
- {编号: Y4, 来源: 意见箱, 收到日期: 2026-10-17, 意见: 别的事}
- {编号: Y5, 来源: 意见箱, 收到日期: 2026-12-01, 意见: 关于《食堂改造进度》：还没到}
"""


def test_opinions_stand_on_the_line_by_their_numbers(tmp_path: Path) -> None:
    """Those that an item names and those that name an item; none that is private."""
    named = FILES["content/items/plan.md"].replace("正文。", "按意见 Y1 增加窗口。")
    files = {"content/items/plan.md": named, "content/opinions/2026.yml": LEDGER}
    told = [text for _, text, _ in line(tmp_path, "progress", {**FILES, **files}) if "意见" in text]
    assert told == ["收到意见 Y1", "答复意见 Y1：已解决", "收到意见 Y2"]


def test_a_reply_that_comes_later_changes_the_page_again(tmp_path: Path) -> None:
    """Though nothing of the items has changed."""
    site = make_site(tmp_path, {**FILES, "content/opinions/2026.yml": LEDGER})
    page = site.out / "items/progress/index.html"
    for reply, is_told in (("", False), (", 答复日期: 2026-10-20, 答复: 加快, 结果: A}", True)):
        ledger = LEDGER.replace("太慢}", f"太慢{reply or '}'}")
        make_site(tmp_path, {"content/opinions/2026.yml": ledger})
        assert run(tmp_path, "build", "--at", AT).returncode == 0
        assert ("答复意见 Y2" in page.read_text("utf-8")) is is_told


def test_what_is_taken_down_later_is_not_told_before(tmp_path: Path) -> None:
    gone = item(
        title="食堂改造旧方案", publish="2026-08-10", thread="食堂改造", expires="2026-12-31",
        withdrawn="{date: %s, by: 后勤部, reason: 换了}",
    )  # fmt: skip
    told = {}
    for day in ("2026-10-20", "2027-10-20"):
        found = line(tmp_path / day, "plan", {**FILES, "content/items/old.md": gone % day})
        told[day] = [text for _, text, _ in found if "撤下" in text]
    assert told == {"2026-10-20": ["撤下：食堂改造旧方案"], "2027-10-20": []}


def test_an_item_that_is_alone_has_no_line(tmp_path: Path) -> None:
    assert not line(tmp_path, "alone")


def test_a_long_line_tells_the_last_of_it(tmp_path: Path) -> None:
    many = {
        f"content/items/m{n}.md": item(
            title=f"进度{n}", publish=f"2026-{n // 28 + 9:02}-{n % 28 + 1:02}", thread="长",
            expires="2026-12-31",
        )
        for n in range(MOST + 4)
    }  # fmt: skip
    found = line(tmp_path, "m0", many)
    assert len(found) == MOST
    assert found[-1][2] == f"m{MOST + 3}"


def test_the_page_tells_it_and_follows_what_is_added(tmp_path: Path) -> None:
    site = make_site(tmp_path, FILES)
    run(tmp_path, "build", "--at", AT)
    page = site.out / "items/plan/index.html"
    assert re.search(r'<a href="\.\./progress/">食堂改造进度</a>', page.read_text("utf-8"))
    assert "食堂改造决算" not in page.read_text("utf-8")
    run(tmp_path, "build", "--at", "2026-12-02")
    assert "食堂改造决算" in page.read_text("utf-8")
