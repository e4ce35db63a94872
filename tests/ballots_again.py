"""The figures of a survey once more, straight from its ballots, without any code of the product."""

from __future__ import annotations

import csv
import io
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

CONTENT = ("满意", "基本满意")
ANSWERS = (*CONTENT, "不满意")


def figures(sheet: str) -> dict[str, Any]:
    """Numerator, denominator and percent of the rate: of all, and of each board."""
    rows = list(csv.DictReader(io.StringIO(sheet)))
    boards = sorted({row["公开栏"] for row in rows})
    told = {board: rate([row for row in rows if row["公开栏"] == board]) for board in boards}
    return {"company": rate(rows), **told}


def rate(rows: list[dict[str, str]]) -> tuple[int, int, float | None]:
    valid = [row for row in rows if row["总体"] in ANSWERS]
    content = sum(row["总体"] in CONTENT for row in valid)
    if not valid:
        return 0, 0, None
    share = Decimal(content * 100) / len(valid)
    return content, len(valid), float(share.quantize(Decimal("0.01"), ROUND_HALF_UP))


def answers(sheet: str, question: str) -> list[int]:
    """How many valid ballots have each answer to a question."""
    rows = [row for row in csv.DictReader(io.StringIO(sheet)) if row["总体"] in ANSWERS]
    return [sum(row[question] == answer for row in rows) for answer in ANSWERS]
