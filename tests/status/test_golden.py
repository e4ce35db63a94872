"""Cases a clerk could read: content, clock, and what is expected, in one file each.

What nobody wrote is missing from all of these small sites, and what nobody approved; only cases
about that list it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec.structs import replace

from gongkai.domain.model import Library
from gongkai.domain.terms import Channel
from gongkai.status.duties import Duties
from gongkai.status.edition import make_edition
from tests.sites import check, make_site

FOLDER = Path(__file__).parents[1] / "golden"
CASES = sorted(FOLDER.glob("*.yml"))
LACKING = ("coverage/missing", "procedure/missing", "archive/lacking")


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
    if "duties" in moment:
        assert duties(standings.library, moment) == moment["duties"]
    if "states" in moment:
        states = {
            standing.item.id: " ".join(
                [standing.state.value, *([standing.freshness.value] if standing.freshness else [])]
            )
            for standing in standings.all()
        }
        assert {name: states[name] for name in moment["states"]} == moment["states"]
    if "boards" in moment:
        edition = make_edition(standings)
        for board in edition.library.boards:
            view = edition.view(board, Channel.WEB)
            assert (
                sorted(standing.item.id for standing in view.entries) == moment["boards"][board.id]
            )
    if "review_by" in moment:
        days = {standing.item.id: str(standing.review_by) for standing in standings.all()}
        assert {name: days[name] for name in moment["review_by"]} == moment["review_by"]
    if "findings" in moment:
        found = [
            f"{finding.severity.value} {finding.rule} {finding.item or finding.board}"
            for finding in checked.findings
            if finding.rule not in LACKING or finding.rule in str(moment["findings"])
        ]
        assert sorted(found) == sorted(moment["findings"])


def duties(library: Library, moment: dict[str, Any]) -> list[str]:
    """The duties of a window: due day, category, period, board or item, and when it was met."""
    rows = library.catalogue.categories
    only = {name: rows[name] for name in moment.get("only", rows)}
    library = replace(library, catalogue=replace(library.catalogue, categories=only))
    known = Duties(library)
    found = []
    for duty in known.due(moment["from"], moment["to"]):
        first = min((shown.first_day for shown in known.of(duty)), default=None)
        cell = " ".join(filter(None, [str(duty.period or ""), duty.board, duty.item]))
        found.append(f"{duty.due} {duty.category} {cell}: {first or 'never'}")
    return found


def test_every_case_says_what_it_is_about() -> None:
    for path in CASES:
        assert yaml.safe_load(path.read_text("utf-8"))["about"], path.name
