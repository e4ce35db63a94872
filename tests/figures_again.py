"""The supervision group's figures worked out again, from the files alone and with no line of the
product: a plain script that anybody may read beside the formulas.

    python tests/figures_again.py SITE 2026-11-01 2026-11-30
"""

from __future__ import annotations

import calendar
import json
import re
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

DAY = timedelta(days=1)
MONTHLY = {"wages-bonus", "canteen-accounts", "opinion-reply", "safety-hazards"}
QUARTERLY = {"workshop-expense"}
OF_WORKSHOPS = {"safety-hazards", "workshop-expense"}
LAG = 10
STEPS = {"propose", "review", "disclose", "appraise", "rectify"}
APPROVED = {
    *("wages-bonus", "canteen-accounts", "opinion-reply", "workshop-expense"),
    *("accident-handling", "honors-selection", "standing-info"),
}
STEPPED = {"wages-bonus", "accident-handling", "honors-selection"}
VOTED = {"collective-contract"}  # with its minutes
FORMS = {"channels", "paper"}


def day(text: Any) -> Any:
    return date.fromisoformat(str(text)) if text not in (None, "never") else None


def _plain(text: str) -> Any:
    """Everything as it was typed, a text."""
    return yaml.load(text, yaml.BaseLoader)  # noqa: S506 (it makes texts and nothing else)


def read(root: Path) -> tuple[list[dict[str, Any]], list[Any], list[Any], dict[str, str]]:
    items = []
    for path in sorted((root / "content/items").glob("*.md")):
        _, head, body = path.read_text("utf-8").split("---\n", 2)
        item = _plain(head)
        item["id"], item["body"] = item.get("id", path.stem), body.strip()
        item["first"], item["last"] = day(item["publish"]), day(item["expires"])
        item["gone"] = day(item.get("withdrawn", {}).get("date"))
        items.append(item)
    by_id = {item["id"]: item for item in items}
    for one in items:  # a correction leaves with what it corrects
        both = [one, *([by_id[one["corrects"]]] if "corrects" in one else [])]
        lasts = [each["last"] for each in both if each["last"]]
        taken = [each["gone"] - DAY for each in both if each["gone"]]
        one["left"] = min([*lasts, *taken], default=None)
        one["ends"] = min(lasts, default=None)
        one["was_up"] = not any(each < one["first"] for each in taken)
    ledgers = [
        _plain(path.read_text("utf-8"))
        for path in (root / "content/opinions/ledger.yml", root / "content/surveys/all.yml")
    ]
    boards = {
        path.stem: yaml.safe_load(path.read_text("utf-8"))["workshop"]
        for path in sorted((root / "boards").glob("*.yml"))
    }
    return items, ledgers[0], ledgers[1], boards


def periods(since: date, until: date, months: int) -> list[tuple[str, date]]:
    """Every period that begins at or after ``since`` and is due by ``until``, with its due day."""
    found: list[tuple[str, date]] = []
    year, month = since.year, since.month
    while True:
        end_month = month + months - 1
        end = date(year, end_month, calendar.monthrange(year, end_month)[1])
        if end + LAG * DAY > until:
            return found
        name = f"{year}-{month:02}" if months == 1 else f"{year}-Q{(month + 2) // 3}"
        found.append((name, end + LAG * DAY))
        year, month = (year, month + months) if month + months <= 12 else (year + 1, 1)


def figures(root: Path, a: date, b: date) -> dict[str, Any]:
    """All sixteen, for the company and for each board: numerator and denominator."""
    items, opinions, surveys, boards = read(root)
    since = date.fromisoformat(
        _plain((root / "content/catalogue.yml").read_text("utf-8"))["since"] + "-01"
    )
    told = {"company": one_unit(items, opinions, surveys, boards, since, a, b, None)}
    return told | {
        board: one_unit(items, opinions, surveys, boards, since, a, b, board) for board in boards
    }


def one_unit(
    items: Any, opinions: Any, surveys: Any, boards: Any, since: Any, a: Any, b: Any, board: Any
) -> dict[str, tuple[int, int]]:
    def within(one: date | None) -> bool:
        return one is not None and a <= one <= b

    def by(one: date | None, until: date) -> bool:
        return one is not None and one <= until

    def first_up(category: str, period: str, unit: str | None) -> date | None:
        days = [
            item["first"]
            for item in items
            if item["category"] == category
            and item.get("period") == period
            and item.get("kind") != "correction"
            and (unit is None or unit in item["boards"])
        ]
        return min(days, default=None)

    here = [item for item in items if item["was_up"] and (board is None or board in item["boards"])]
    published = [one for one in here if within(one["first"])]
    up = [one for one in here if one["first"] <= b and (one["left"] is None or one["left"] >= b)]

    duties: list[tuple[Any, Any]] = []
    series = []
    for category in sorted(MONTHLY | QUARTERLY):
        months = 1 if category in MONTHLY else 3
        for unit in boards if category in OF_WORKSHOPS else [None]:
            if board is not None and unit != board:
                continue
            due = periods(since, b, months)
            duties += [(first_up(category, name, unit), last) for name, last in due if within(last)]
            passed = [name for name, last in due if last < b]
            if passed:
                series.append(by(first_up(category, passed[-1], unit), b))
    if board is None:
        for item in items:
            if item.get("formed") and item.get("kind") != "correction":
                last = day(item["formed"]) + 7 * DAY
                if item["category"] == "accident-handling" and within(last):
                    duties.append((item["first"], last))

    alone = []
    for one in up:
        if one["category"] == "standing-info" and one.get("kind") != "correction":
            looked = [day(each["date"]) for each in one.get("reviewed", [])]
            start = max([one["first"], *(each for each in looked if each and each <= b)])
            month = start.month + 3
            year, month = start.year + (month - 1) // 12, (month - 1) % 12 + 1
            most = calendar.monthrange(year, month)[1]
            alone.append(b <= date(year, month, min(start.day, most)))

    due_for_steps = [
        one
        for one in here
        if (
            one.get("steps")
            or one["category"] in APPROVED
            or (one["category"] in VOTED and one.get("kind") != "correction")
        )
        and one["first"] <= b
        and any(
            within(each)
            for each in (
                one["ends"],
                *(
                    day(step.get("due"))
                    for step in one.get("steps", ())
                    if step["step"] == "rectify"
                ),
            )
        )
    ]
    mends = [
        step
        for one in here
        if one["first"] <= b
        for step in one.get("steps", ())
        if step["step"] == "rectify" and within(day(step.get("due")))
    ]

    needing = [one for one in published if one["category"] == "collective-contract"]

    def is_valid(one: Any) -> bool:
        vote = one.get("congress")
        if not vote:
            return False
        delegates, present, agree = (int(vote[key]) for key in ("delegates", "present", "agree"))
        enough = 3 * present >= 2 * delegates and 2 * agree > delegates
        return enough and vote["ballot"] == "secret"

    def is_whole(one: Any) -> bool:
        approved = by(day(one.get("approval", {}).get("date")), b)
        if one["category"] in APPROVED and not approved:
            return False
        if one.get("kind") != "correction" and one["category"] in VOTED:
            minutes = any("会议纪要" in file["title"] for file in one.get("attachments", ()))
            return is_valid(one) and minutes
        taken = {step["step"] for step in one.get("steps", ()) if by(day(step.get("date")), b)}
        needs = one["category"] in STEPPED and one.get("kind") != "correction"
        return taken == STEPS or not (needs or "steps" in one)

    ended = [
        one
        for one in here
        if one.get("notice") and one["first"] <= b and within(day(one["notice"]["to"]))
    ]

    def is_right(one: Any) -> bool:
        window = one["notice"]
        first, last = day(window["from"]), day(window["to"])
        said = day(one.get("outcome", {}).get("date"))
        is_long = (last - first).days > 10  # else one or two days
        return is_long and "channel" in window and one["last"] >= last and by(said, b)

    shop = boards.get(board)
    asked = [
        opinion
        for opinion in opinions
        if within(day(opinion["due"])) and (board is None or opinion["dept"] == shop)
    ]

    def closed(one: Any, until: date) -> bool:
        is_answered = by(day(one.get("replied")), until) and "result" in one
        return is_answered and (one["result"] != "B" or "promised" in one)

    def in_time(one: Any) -> bool:
        return closed(one, min(day(one["due"]) or b, b))

    done = [one for one in asked if closed(one, b)]
    told = {
        number
        for item in items
        if item["category"] == "opinion-reply"
        and item["first"] <= b
        and not (item["gone"] and item["gone"] <= b)
        for number in re.findall(r"Y-\d{3}", item["body"])
    }
    rated = [one for one in done if "rating" in one]
    polls = [survey for survey in surveys if board is None and within(day(survey["date"]))]
    left = [one for one in here if one["first"] <= b and within(one["left"])]
    fixes = {one["corrects"] for one in published if one.get("kind") == "correction"}
    typed = [one for one in published if one["body"] and FORMS & set(one)]
    units = boards if board is None else [board]
    alive = [unit for unit in units if any(unit in one["boards"] for one in up)]
    return {
        "disclosure": (sum(by(first, b) for first, _ in duties), len(duties)),
        "timeliness": (sum(by(first, last) for first, last in duties), len(duties)),
        "currency": (sum(series) + sum(alone), len(series) + len(alone)),
        "coverage": (len(alive), len(units)),
        "elements": (len(typed), len(published)),
        "procedure": (sum(map(is_whole, due_for_steps)), len(due_for_steps)),
        "congress": (sum(map(is_valid, needing)), len(needing)),
        "notices": (sum(map(is_right, ended)), len(ended)),
        "opinions_closed": (len(done), len(asked)),
        "opinions_on_time": (sum(map(in_time, asked)), len(asked)),
        "replies_published": (
            sum(one["id"] in told or one.get("private") == "true" for one in done), len(done),
        ),
        "satisfaction": (
            sum(int(poll["satisfied"]) + int(poll["fairly"]) for poll in polls),
            sum(int(poll["valid"]) for poll in polls),
        ),
        "opinion_satisfaction": (sum(one["rating"] != "dissatisfied" for one in rated), len(rated)),
        "rectified": (sum(by(day(step.get("date")), b) for step in mends), len(mends)),
        "archived": (sum("archive" in one for one in left), len(left)),
        "corrected": (len(fixes), sum(one.get("kind") != "correction" for one in published)),
    }  # fmt: skip


if __name__ == "__main__":
    start, end = map(date.fromisoformat, sys.argv[2:4])
    sys.stdout.write(json.dumps(figures(Path(sys.argv[1]), start, end), indent=1) + "\n")
