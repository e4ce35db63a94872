"""Figures that nobody can bend: of every month and unit of a year they equal those of a script that
shares no code with the product."""

from __future__ import annotations

import calendar
from datetime import date
from pathlib import Path

import pytest

from gongkai.domain.rates import Rate
from gongkai.source.library import read_library
from gongkai.source.site import read_site
from gongkai.supervision.metrics import supervision
from tests.cases import sampled, some
from tests.conftest import ROOT
from tests.factory_year import SHOPS, YEAR, files
from tests.figures_again import figures
from tests.procedure_again import procedure
from tests.sites import make_site


@pytest.fixture(scope="module", params=some([2026, 1, 7], 3))
def year(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A year, generated; of another seed, another year."""
    root = tmp_path_factory.mktemp("year")
    duties = list(read_library(make_site(root / "empty", {}))[0].catalogue.categories)
    assert read_library(make_site(root, files(request.param, duties)))[1] == []
    return root


@sampled("month", range(1, 13), step=5)
def test_every_figure_of_every_unit_of_a_month(month: int, year: Path) -> None:
    first, last = date(YEAR, month, 1), date(YEAR, month, calendar.monthrange(YEAR, month)[1])
    library, _ = read_library(make_site(year, {}))
    found = supervision(library, first, last)
    again = figures(year, first, last)
    assert set(found.units) == set(SHOPS) == set(again) - {"company"}
    for unit, ones in {"company": found.metrics, **found.units}.items():
        told = {rate.value: (value.numerator, value.denominator) for rate, value in ones.items()}
        assert told == again[unit], unit


def test_the_year_has_everything_that_can_go_wrong(year: Path) -> None:
    """Else the comparison would prove little."""
    whole = figures(year, date(YEAR, 1, 1), date(YEAR, 12, 31))["company"]
    assert not [name for name, (of, out_of) in whole.items() if name != "coverage" and of == out_of]
    assert all(of for of, _ in whole.values())


@pytest.mark.parametrize(
    ("first", "last"),
    [("2026-11-01", "2026-11-30"), ("2026-12-01", "2027-11-30"), ("2025-01-01", "2028-12-31")],
)
def test_the_procedure_of_the_example_is_a_true_figure(first: str, last: str) -> None:
    days = date.fromisoformat(first), date.fromisoformat(last)
    library, _ = read_library(read_site(ROOT))
    found = supervision(library, *days).metrics[Rate.PROCEDURE]
    again = procedure(ROOT, ROOT / "gongkai/rulebook/packs", *days)
    assert (found.numerator, found.denominator) == again
    assert 0 < found.numerator < found.denominator


@pytest.mark.parametrize("script", ["figures_again.py", "procedure_again.py"])
def test_it_shares_no_code_with_the_product(script: str) -> None:
    text = (ROOT / "tests" / script).read_text("utf-8")
    assert "gongkai" not in text
    assert "factory_year" not in text
