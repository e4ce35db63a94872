"""本周变化: what went up, was corrected, came down and was answered within seven days, by board."""

from __future__ import annotations

from pathlib import Path

from gongkai.build.kinds.changes import DAYS, weeks_of
from gongkai.domain.model import Site
from gongkai.status.edition import make_edition
from tests.command import run
from tests.sites import BOARD, check, item, make_site

AT = "2026-11-22"
OTHER = "title: 铸造车间\nworkshop: 铸造车间\n"
OPINIONS = """\
- {编号: Y-1, 来源: 意见箱, 收到日期: 2026-10-20, 意见: 柜子不够, 答复日期: 2026-11-18,
   答复: 已增加, 结果: A}
- {编号: Y-2, 来源: 意见箱, 收到日期: 2026-10-20, 意见: 车棚漏雨, 答复日期: 2026-11-10,
   答复: 已修, 结果: A}
- {编号: Y-3, 来源: 意见箱, 收到日期: 2026-11-20, 意见: 灯太暗}
"""


def told(site: Site, at: str = AT) -> dict[str, list[list[str]]]:
    """Of each board (``all`` for what is alike on all) the ids that went up, were corrected, came
    down, and were answered."""
    weeks = weeks_of(make_edition(check(site, at).standings))
    return {
        week.board.id if week.board else "all": [
            *([standing.item.id for standing in part] for part in (week.up, week.corrected)),
            [gone.standing.item.id for gone in week.down],
            [raised.opinion.id for raised in week.answered],
        ]
        for week in weeks
    }


def library(**items: str) -> dict[str, str]:
    files = {f"content/items/{name}.md": text for name, text in items.items()}
    return {**files, "boards/machining.yml": BOARD, "boards/casting.yml": OTHER}


def test_a_week_is_today_and_the_six_days_before(tmp_path: Path) -> None:
    files = library(
        sixth=item(publish="2026-11-16", boards="[machining]"),
        seventh=item(publish="2026-11-15", boards="[machining]"),
        coming=item(publish="2026-11-23", boards="[machining]"),
    )
    assert DAYS == 7
    assert told(make_site(tmp_path, files))["machining"] == [["sixth"], [], [], []]


def test_what_hangs_on_all_boards_is_told_once(tmp_path: Path) -> None:
    files = library(
        both=item(publish="2026-11-20", boards="[machining, casting]"),
        one=item(publish="2026-11-21", boards="[casting]"),
    )
    found = told(make_site(tmp_path, files))
    assert found == {"all": [["both"], [], [], []], "casting": [["one"], [], [], []]}


def test_corrections_ends_and_what_was_taken_down_stand_apart(tmp_path: Path) -> None:
    taken = "{date: 2026-11-19, by: 工会, reason: 内容有误}"
    files = library(
        wrong=item(publish="2026-11-01", boards="[machining]"),
        right=item(publish="2026-11-20", boards="[machining]", kind="correction", corrects="wrong"),
        ended=item(publish="2026-10-01", expires="2026-11-18", boards="[machining]"),
        taken=item(publish="2026-11-01", boards="[machining]", withdrawn=taken),
        long=item(publish="2026-09-01", expires="2026-11-01", boards="[machining]"),
    )
    assert told(make_site(tmp_path, files))["machining"] == [[], ["right"], ["taken", "ended"], []]


def test_what_came_and_went_within_the_week_is_told_of_twice(tmp_path: Path) -> None:
    files = library(
        short=item(publish="2026-11-18", expires="2026-11-19", boards="[machining]"),
        late=item(
            publish="2026-10-01", expires="2026-10-31", boards="[machining]",
            withdrawn="{date: 2026-11-20, by: 工会, reason: 内容有误}",
        ),
        old=item(publish="2026-10-12", period="2026-09", boards="[machining]"),
        new=item(publish="2026-11-17", period="2026-10", boards="[machining]"),
    )  # fmt: skip
    found = told(make_site(tmp_path, files))["machining"]
    assert found == [["short", "new"], [], ["short", "late", "old"], []]


def test_answers_of_the_week(tmp_path: Path) -> None:
    files = {"content/items/x.md": item(), "content/opinions/2026.yml": OPINIONS}
    assert told(make_site(tmp_path, files))["machining"][3] == ["Y-1"]


def test_of_what_is_hidden_only_that_it_is_gone(tmp_path: Path) -> None:
    hidden = "{date: 2026-11-19, by: 工会, reason: 涉及个人隐私, hide: true}"
    text = item(title="示例甲同志困难补助", publish="2026-11-01", withdrawn=hidden)
    make_site(tmp_path, {"content/items/x.md": text})
    assert run(tmp_path, "build", "--at", AT).returncode == 0
    page = (tmp_path / "site/changes/index.html").read_text("utf-8")
    assert "内容不再公布" in page
    assert "示例甲" not in page
