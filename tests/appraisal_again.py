"""The appraisal worked out again, from the files and from rates, with no line of the product: a
plain script that anybody may read beside the formula.

    points × rate ÷ target, never more than the points, in hundredths, half up; by hand where the
    rate has nothing to go by; left out where nobody gave anything.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml


def hundredths(value: Fraction) -> int:
    """Half up."""
    whole, rest = divmod(value * 100, 1)
    return int(whole) + (rest >= Fraction(1, 2))


def read(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 (texts and nothing else)


def scores(
    sheet: list[dict[str, str]], given: list[dict[str, str]], rates: Any, period: str, unit: str
) -> dict[str, int | None]:
    """Each criterion in hundredths of a point; ``unit`` is a board's id, or ``company``."""
    found: dict[str, int | None] = {}
    for row in sheet:
        by_hand = [
            mapping
            for mapping in given
            if mapping["period"] == period
            and mapping["id"] == row["id"]
            and mapping.get("board", "company") == unit
        ]
        numerator, denominator = rates[row["metric"]] if "metric" in row else (0, 0)
        if denominator:
            if row["metric"] == "corrected":
                numerator = max(0, denominator - numerator)
            rate = Fraction(100 * numerator, denominator) / Fraction(row.get("target", "100"))
            found[row["id"]] = hundredths(Fraction(row["points"]) * min(rate, Fraction(1)))
        elif by_hand:
            found[row["id"]] = hundredths(Fraction(by_hand[-1]["score"]))
        else:
            found[row["id"]] = None
    return found
