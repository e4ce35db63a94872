"""A page a rule, in both languages, and examples that are what they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.domain.finding import RULES, Finding
from gongkai.files.workers import ALONE
from gongkai.rulebook import Commit, page, rules
from gongkai.rules.checking import read_and_check
from gongkai.source.library import Reader
from gongkai.source.site import read_site
from tests.command import run
from tests.sites import commit, instant, item, make_site

NEIGHBOUR = {
    "content/items/neighbour.md": item(
        title="别的", category="leave-holiday", publish="2026-11-01", expires="2027-12-31"
    )
}
"""Something else hangs there, so that no board is still."""
LACKING = ("coverage/missing", "procedure/missing", "archive/lacking")
"""What most small sites lack; only their own examples are about it."""


def found(root: Path, rule: str, commits: tuple[Commit, ...], at: str) -> list[Finding]:
    """What a check finds in an example, apart from what else that small site should publish."""
    make_site(root, NEIGHBOUR if rule != "board/still" else {})
    for one in commits:
        if one.at:
            commit(root, one.at, one.files)
        else:
            make_site(root, {**(NEIGHBOUR if rule != "board/still" else {}), **one.files})
    site = read_site(root)
    with_past = any(commit.at for commit in commits)
    checked = read_and_check(Reader(site, ALONE), instant(site, at), with_past=with_past)
    return [
        finding
        for finding in checked.findings
        if finding.rule not in LACKING
        or (rule == finding.rule and (finding.item or "canteen" in finding.path))
    ]


def test_every_rule_that_finds_something_has_a_page() -> None:
    assert set(rules()) == set(RULES)


@pytest.mark.parametrize("rule", rules())
def test_an_example_is_found_by_exactly_its_rule(rule: str, tmp_path: Path) -> None:
    one = page(rule, "zh")
    assert {each.rule for each in found(tmp_path, rule, one.before, one.at)} == {rule}


@pytest.mark.parametrize("rule", [rule for rule in rules() if page(rule, "zh").after])
def test_the_mended_example_is_found_by_none(rule: str, tmp_path: Path) -> None:
    one = page(rule, "zh")
    assert found(tmp_path, rule, one.after, one.at) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("rule", rules())
def test_a_page_says_everything_a_page_must(rule: str, lang: str) -> None:
    one = page(rule, lang)
    assert all((one.title, one.what, one.why, one.basis, one.mend, one.before))
    for text in (one.as_text(), one.as_markdown()):
        assert rule in text
        assert all(part in text for part in (one.title, one.what, one.why, one.basis, one.mend))


@pytest.mark.parametrize(("lang", "word"), [("zh", "过了核对日期"), ("en", "Past its review day")])
def test_explain_prints_the_page(lang: str, word: str, tmp_path: Path) -> None:
    done = run(tmp_path, "check", "--explain", "fresh/overdue", "--lang", lang)
    assert (done.returncode, done.stderr) == (0, "")  # it needs no site
    assert done.stdout == page("fresh/overdue", lang).as_text()
    assert word in done.stdout


def test_explain_names_the_rules_there_are(tmp_path: Path) -> None:
    done = run(tmp_path, "check", "--explain", "fresh/overdu")
    assert done.returncode == 2
    assert "fresh/overdue" in done.stderr
