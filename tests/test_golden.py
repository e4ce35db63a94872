"""Cases a clerk could read: content, clock, and what is expected, in one file each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from gongkai.edition import make_edition
from gongkai.terms import Channel
from tests.sites import check, make_site

FOLDER = Path(__file__).parent / "golden"
CASES = sorted(FOLDER.glob("*.yml"))


def moments() -> list[Any]:
    cases = []
    for path in CASES:
        case = yaml.safe_load(path.read_text("utf-8"))
        for moment in case["moments"]:
            name = f"{path.stem} {moment['at']}"
            cases.append(pytest.param(case["files"], moment, id=name))
    return cases


@pytest.mark.parametrize(("files", "moment"), moments())
def test_golden(files: dict[str, str], moment: dict[str, Any], tmp_path: Path) -> None:
    checked = check(make_site(tmp_path, files), str(moment["at"]))
    standings = checked.standings
    if "states" in moment:
        states = {
            one.item.id: " ".join(
                [one.state.value, *([one.freshness.value] if one.freshness else [])]
            )
            for one in standings.all()
        }
        assert {name: states[name] for name in moment["states"]} == moment["states"]
    if "boards" in moment:
        edition = make_edition(standings)
        for board in edition.library.boards:
            view = edition.view(board, Channel.WEB)
            assert sorted(one.item.id for one in view.entries) == moment["boards"][board.id]
    if "review_by" in moment:
        days = {one.item.id: str(one.review_by) for one in standings.all()}
        assert {name: days[name] for name in moment["review_by"]} == moment["review_by"]
    if "findings" in moment:
        found = [
            f"{one.severity.value} {one.rule} {one.item or one.board}" for one in checked.findings
        ]
        assert sorted(found) == sorted(moment["findings"])


def test_every_case_says_what_it_is_about() -> None:
    for path in CASES:
        assert yaml.safe_load(path.read_text("utf-8"))["about"], path.name
