"""The verbs as people and CI jobs call them: exit statuses, what goes where, no tracebacks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.command import run
from tests.sites import WAGES, item, make_site


def result(root: Path, *arguments: str) -> Any:
    return json.loads(run(root, *arguments, "--format", "json").stdout)


@pytest.fixture
def wages(tmp_path: Path) -> Path:
    make_site(tmp_path, {"content/items/2026/11/wages.md": WAGES})
    return tmp_path


@pytest.mark.parametrize("verb", [["list"], ["why", "x"], ["next"], ["check"]])
def test_json_holds_nothing_that_a_terminal_obeys(verb: list[str], tmp_path: Path) -> None:
    """A mark that turns the direction, and what begins a command in one byte (C1)."""
    make_site(tmp_path, {"content/items/x.md": item(title="乙\u202e丙\u2066", kind="公\u202e开")})
    done = run(tmp_path, *verb, "--at", "2026-11-22", "--format", "json")
    assert not set("\u202e\u2066\x9b\x7f\x1b") & set(done.stdout)
    json.loads(done.stdout)


def test_check_as_json(wages: Path) -> None:
    report = result(wages, "check", "--at", "2026-12-11")
    assert report["at"] == "2026-12-11T00:00:00+08:00"
    assert report["summary"] == {"error": 0, "warning": 8, "info": 1}  # no repository to ask
    late = next(one for one in report["findings"] if one["rule"] == "fresh/overdue")
    assert set(late) == {
        "rule", "severity", "path", "line", "column", "item", "board", "message", "hint",
    }  # fmt: skip
    assert late["path"] == "content/items/2026/11/wages.md"
    assert (late["line"], late["column"], late["item"]) == (4, 1, "wages")


@pytest.mark.parametrize(
    ("fail_on", "at", "status"),
    [
        ("warning", "2026-11-20", 0),
        ("warning", "2026-12-11", 1),
        ("error", "2026-12-11", 0),
        ("info", "2026-12-03", 1),
        ("never", "2026-12-11", 0),
    ],
)
def test_what_check_fails_on(wages: Path, fail_on: str, at: str, status: int) -> None:
    assert run(wages, "check", "--at", at, "--fail-on", fail_on).returncode == status


def test_check_into_a_file(wages: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.json"
    done = run(wages, "check", "--at", "2026-11-20", "--format", "json", "--output", str(out))
    assert done.stdout == ""
    (one,) = json.loads(out.read_text("utf-8"))["findings"]
    assert (one["rule"], one["severity"]) == ("git/backdated", "info")  # no repository to ask


def test_list(wages: Path) -> None:
    (one,) = result(wages, "list", "--at", "2026-11-20")
    assert set(one) == {
        "id", "title", "category", "kind", "state", "freshness", "boards", "channels", "period",
        "publish", "expires", "due", "review_by", "owner", "url", "poster", "version", "source",
    }  # fmt: skip
    assert one["publish"] == "2026-11-09T00:00:00+08:00"
    assert one["expires"] == "2027-07-01T00:00:00+08:00"
    assert (one["due"], one["review_by"]) == ("2026-11-10", "2026-12-10")
    assert (one["url"], one["poster"]) == ("items/wages/", "posters/items/wages.pdf")
    assert one["source"] == "content/items/2026/11/wages.md"


def test_list_by_state_board_and_freshness(wages: Path) -> None:
    at = ("--at", "2026-12-11")
    assert len(result(wages, "list", *at, "--state", "current")) == 1
    assert len(result(wages, "list", *at, "--state", "expired")) == 0
    assert len(result(wages, "list", *at, "--freshness", "overdue")) == 1
    assert len(result(wages, "list", *at, "--board", "machining")) == 1
    assert run(wages, "list", *at, "--board", "no-such").returncode == 2


def test_why(wages: Path) -> None:
    before = result(wages, "why", "wages", "--at", "2026-11-08")
    assert (before["visible"], before["changes_at"]) == (False, "2026-11-09T00:00:00+08:00")
    assert [one["code"] for one in before["reasons"]] == ["scheduled"]
    after = result(wages, "why", "wages", "--board", "machining", "--at", "2026-11-09")
    assert (after["visible"], after["changes_at"]) == (True, "2027-07-01T00:00:00+08:00")
    assert [one["code"] for one in after["reasons"]] == ["current"]
    assert run(wages, "why", "no-such", "--at", "2026-11-09").returncode == 2


def test_why_names_every_reason(tmp_path: Path) -> None:
    files = {
        "boards/casting.yml": "title: 铸造车间\nworkshop: 铸造车间\n",
        "boards/machining.yml": "title: 机加工车间\nworkshop: 机加工车间\n",
        "content/items/paper.md": item(channels="[poster]", boards="[casting]"),
        "content/items/broken.md": item(kind="?"),
    }
    make_site(tmp_path, files)
    at = ("--at", "2026-11-10")

    def codes(*arguments: str) -> list[str]:
        return [one["code"] for one in result(tmp_path, "why", *arguments, *at)["reasons"]]

    assert codes("paper", "--board", "machining")[0] == "other-board"
    assert "channel-off" in codes("paper", "--board", "casting")
    assert codes("broken") == ["blocked"]


def test_next(wages: Path) -> None:
    answer = result(wages, "next", "--at", "2026-11-20")
    assert answer["next"] == "2026-12-03T00:00:00+08:00"
    (change,) = answer["changes"]
    assert (change["item"], change["what"]) == ("wages", "freshness")
    assert (change["from"], change["to"]) == ("fresh", "due")
    answer = result(wages, "next", "--at", "2030-01-01")
    assert answer["next"] == "2030-01-11T00:00:00+08:00", "duties go on when nobody writes"
    assert {one["to"] for one in answer["changes"]} == {"missing"}


def test_next_finds_every_change_of_an_item(wages: Path) -> None:
    at, seen = "2026-11-01", []
    while at < "2027-08":
        answer = result(wages, "next", "--at", at)
        at = answer["next"][:19]
        seen += [at[:10]] if any(one["item"] for one in answer["changes"]) else []
    assert seen == ["2026-11-09", "2026-12-03", "2026-12-11", "2027-01-11", "2027-07-01"]


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Pacific/Kiritimati"])
def test_the_machines_zone_does_not_matter(wages: Path, zone: str) -> None:
    at = ("--at", "2026-11-09", "--format", "json")
    assert json.loads(run(wages, "list", *at, TZ=zone).stdout)[0]["state"] == "current"
    at = ("--at", "2026-11-08 23:59", "--format", "json")
    assert json.loads(run(wages, "list", *at, TZ=zone).stdout)[0]["state"] == "scheduled"


def test_the_sites_zone_is_an_option(wages: Path) -> None:
    config = (wages / "mkdocs.yml").read_text("utf-8")
    config = config.replace("gongkai]", "gongkai: {timezone: UTC}]")
    (wages / "mkdocs.yml").write_text(config, "utf-8")
    (one,) = result(wages, "list", "--at", "2026-11-20")
    assert one["publish"] == "2026-11-09T00:00:00+00:00"


@pytest.mark.parametrize(
    "break_it",
    [
        lambda root: (root / "mkdocs.yml").write_text("a: [", "utf-8"),
        lambda root: (root / "mkdocs.yml").write_text("site_name: x\nplugins: [search]\n", "utf-8"),
        lambda root: (root / "mkdocs.yml").unlink(),
        lambda root: (root / "boards").rename(root / "elsewhere"),
        lambda root: (root / "content").rename(root / "elsewhere"),
    ],
)
@pytest.mark.parametrize("verb", ["check", "build", "list"])
def test_a_broken_site_is_one_sentence(wages: Path, break_it: Any, verb: str) -> None:
    break_it(wages)
    done = run(wages, verb, "--at", "2026-11-20")
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [["chekc"], ["check", "--at", "yesterday"], ["check", "--format", "html"], ["why"]],
)
def test_wrong_usage_is_status_2(wages: Path, arguments: list[str]) -> None:
    assert run(wages, *arguments).returncode == 2


def test_messages_in_english(wages: Path) -> None:
    done = run(wages, "check", "--at", "2026-12-11", "--lang", "en")
    assert "was due by 2026-12-10" in done.stdout
    assert "应在" in run(wages, "check", "--at", "2026-12-11").stdout


@pytest.mark.parametrize(
    ("keys", "is_told"),
    [({}, True), ({"publish": "2026-10-01"}, False), ({"channels": "[web]"}, False)],
)
def test_a_check_warns_of_a_round_that_takes_longer_than_anybody_waits(
    keys: dict[str, str], is_told: bool, tmp_path: Path
) -> None:
    """Two thousand characters, read at eight a second, are more than four minutes, if they are new
    and on the screen: what is neither takes its turn."""
    text = item(**{"category": "leave-holiday", "publish": "2026-11-08", **keys}, body="字" * 2_000)
    make_site(tmp_path, {"content/items/a.md": text})
    done = run(tmp_path, "check", "--at", "2026-11-10")
    assert ("board/round" in done.stdout) is is_told


def test_the_doctor_says_what_a_machine_lacks(tmp_path: Path) -> None:
    """Only what a site cannot do without counts; the calendar of a coming year is told of."""
    make_site(tmp_path, {})
    done = run(tmp_path, "doctor", "--at", "2026-11-22")
    assert done.returncode == 0
    assert "[好] 有 2026 年的放假安排" in done.stdout
    assert "[注意] 没有 2027 年的放假安排" in done.stdout
    assert "[注意] mkdocs.yml 里没有 site_url" in done.stdout
    (tmp_path / "boards/machining.yml").unlink()
    assert run(tmp_path, "doctor", "--at", "2026-10-01").returncode == 1
