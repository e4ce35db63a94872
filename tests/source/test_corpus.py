"""The factory's own items at a dozen instants, as an office would say it by hand."""

from __future__ import annotations

import pytest

from gongkai.source.library import read_library
from gongkai.source.site import read_site
from gongkai.status.standing import stand
from tests.conftest import ROOT
from tests.sites import instant

EXPECTED = {
    "2026-07-12": {"2026-attendance-rules": "scheduled", "2025-collective-performance": "expired"},
    "2026-07-13": {"2026-attendance-rules": "current fresh"},
    "2026-10-10": {"2026-national-day": "current evergreen"},
    "2026-10-11": {"2026-national-day": "expired"},
    "2026-11-05": {"2026-q3-proposals": "current fresh"},
    "2026-11-06": {
        "2026-q3-proposals": "expired",
        "2026-10-accident-machining": "current evergreen",
    },
    "2026-11-08 23:59": {"2026-10-wages-company": "scheduled", "2026-11-aid": "scheduled"},
    "2026-11-22": {
        "2026-10-wages-company": "current fresh",
        "2026-10-wages-company-c1": "current fresh",
        "2026-10-canteen": "current fresh",
        "2026-10-social-insurance": "current fresh",
        "2026-10-opinions": "current fresh",
        "2026-11-aid": "current evergreen",
        "2026-11-appointment": "current evergreen",
        "2026-11-bid-cmm": "current evergreen",
        "2026-h1-entertainment": "current fresh",
        "2026-q3-safety-training": "current fresh",
        "2026-q3-proposals": "expired",
        "2026-national-day": "expired",
        "2025-collective-performance": "expired",
    },
    "2026-11-25": {"2026-11-aid": "expired", "2026-11-bid-cmm": "current evergreen"},
    "2026-11-26": {"2026-11-bid-cmm": "expired"},
    "2026-12-02": {"2026-11-appointment": "expired"},
    "2026-12-03": {"2026-10-wages-company": "current due", "2026-10-canteen": "current due"},
    "2026-12-10 23:59": {"2026-10-wages-company-c1": "current due"},
    "2026-12-11": {
        "2026-10-wages-company": "expired",
        "2026-10-wages-company-c1": "expired",
        "2026-10-canteen": "expired",
    },
    "2027-01-13": {"2026-h1-entertainment": "current due"},
    "2027-07-06": {"2026-attendance-rules": "current due"},
    "2027-07-14": {"2026-attendance-rules": "current overdue"},
    "2028-07-14": {"2026-attendance-rules": "current long-overdue"},
}


@pytest.mark.parametrize("at", EXPECTED)
def test_the_factorys_items_stand_as_an_office_would_say(at: str) -> None:
    site = read_site(ROOT)
    library, _ = read_library(site)
    by_id = stand(library, instant(site, at)).by_id
    for name, expected in EXPECTED[at].items():
        one = by_id[name]
        found = " ".join([one.state.value, *([one.freshness.value] if one.freshness else [])])
        assert found == expected, name
