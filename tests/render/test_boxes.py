"""Boxes on walls, as the log of a web server tells of them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from gongkai.status.boxes import boxes_in
from tests.command import gongkai
from tests.sites import item, make_site

ZONE = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 19, 10, 20, tzinfo=ZONE)
BUILD = "build=2026-11-19T08%3A00%3A00%2B08%3A00"


def nginx(at: str, asked: str, sender: str = "10.0.0.5") -> str:
    return f'{sender} - - [{at}] "GET /screen/alive.txt?{asked} HTTP/1.1" 200 150 "-" "box"\n'


def test_the_last_of_a_board_counts_and_its_boxes_are_told_apart_by_their_address() -> None:
    lines = [
        nginx("19/Nov/2026:02:10:00 +0000", f"board=machining&{BUILD}"),
        nginx("19/Nov/2026:09:30:00 +0800", f"board=machining&{BUILD}", "10.0.0.6"),
        nginx("18/Nov/2026:09:30:00 +0800", f"board=casting&{BUILD}"),
    ]
    casting, machining = boxes_in(lines, ZONE, NOW)
    assert (casting.board, casting.count) == ("casting", 1)
    assert machining.seen == datetime(2026, 11, 19, 10, 10, tzinfo=ZONE)
    assert (machining.build, machining.count) == ("2026-11-19T08:00:00+08:00", 2)


@pytest.mark.parametrize(
    "line",
    [
        nginx("19/Nov/2026 10:10:00", f"board=machining&{BUILD}"),
        f"2026-11-19 02:10:00 10.0.0.1 GET /screen/alive.txt board=machining&{BUILD} 80 -\n",
    ],
    ids=["without a zone", "of IIS"],
)
def test_logs_of_other_servers_are_read_too(line: str) -> None:
    (box,) = boxes_in([line], ZONE, NOW)
    assert box.seen == datetime(2026, 11, 19, 10, 10, tzinfo=ZONE)


@pytest.mark.parametrize(
    "line",
    [
        nginx("19/Nov/2026:02:30:00 +0000", f"board=machining&{BUILD}"),
        nginx("19/Nov/2026:02:10:00 +0000", "board=machining&build=现在没有逾期"),
        nginx("99/Nov/2026:02:10:00 +0000", f"board=machining&{BUILD}"),
        nginx("19/Nov/2026:02:10:00 +0000", f"board=machining&{BUILD}") + "x" * 5000,
        '10.0.0.5 - - [19/Nov/2026:02:10:00 +0000] "GET /manifest.json HTTP/1.1" 200 9\n',
    ],
    ids=["later", "no build", "no day", "endless", "of something else"],
)
def test_what_tells_nothing_of_a_box_is_passed_over(line: str) -> None:
    assert boxes_in([line], ZONE, NOW) == ()


def test_a_build_that_is_given_a_log_tells_of_boxes_and_another_claims_nothing(
    tmp_path: Path,
) -> None:
    site = make_site(tmp_path, {"content/items/a.md": item()})
    log = tmp_path / "access.log"
    log.write_text(nginx("10/Nov/2026:01:10:00 +0000", f"board=machining&{BUILD}"), "utf-8")
    build = ("build", "--root", str(site.root), "--at", "2026-11-10 10:20")
    assert gongkai(*build, "--log", str(log)).returncode == 0
    page = (site.out / "screen/index.html").read_text("utf-8")
    assert "1台，最近2026年11月10日 09:10还在" in page
    assert gongkai(*build).returncode == 0
    assert "还在" not in (site.out / "screen/index.html").read_text("utf-8")
    lacking = gongkai(*build, "--log", str(tmp_path / "none.log"))
    assert lacking.returncode == 2
    assert "none.log" in lacking.stderr
