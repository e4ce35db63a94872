"""A year of a fictional factory with four workshops, generated from a seed.

Late, missing, corrected and withdrawn items, notices, votes, rectifications, opinions, surveys.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

import yaml

YEAR = 2026
SHOPS = {
    "casting": "铸造车间",
    "machining": "机加工车间",
    "assembly": "装配车间",
    "heat": "热处理车间",
}
MONTHLY = ("wages-bonus", "canteen-accounts", "opinion-reply")
KEPT = (
    *MONTHLY,
    *("safety-hazards", "workshop-expense", "accident-handling", "honors-selection"),
    *("collective-contract", "restructuring-placement", "standing-info"),
)
"""The duties of this factory; it says of all others that it does not have them."""


def files(seed: int, duties: list[str]) -> dict[str, str]:
    """The files of its site; ``duties`` are all those of the catalogue, to be waived openly."""
    chance = Random(seed)  # noqa: S311 (a factory, no secret)
    waived = {duty: _waived() for duty in duties if duty not in KEPT}
    catalogue = {"ownership": "state", "since": f"{YEAR}-01", "categories": waived}
    found = {
        "content/catalogue.yml": _yaml(catalogue),
        "content/opinions/ledger.yml": _yaml(list(_opinions(chance))),
        "content/surveys/all.yml": _yaml(list(_surveys(chance))),
        "content/items/minutes.txt": "会议纪要",
    }
    found |= {
        f"boards/{name}.yml": _yaml({"title": shop, "workshop": shop})
        for name, shop in SHOPS.items()
    }
    for number, item in enumerate(_items(chance)):
        body = item.pop("body")
        path = f"content/items/{item['category']}-{number}.md"
        found[path] = f"---\n{_yaml(item)}---\n{body}\n"
    return found


def _waived() -> dict[str, Any]:
    return {"waived": {"reason": "无", "by": "领导小组"}}


def _yaml(value: Any) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False)


def _month_end(month: int, year: int = YEAR) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _items(chance: Random) -> Iterator[dict[str, Any]]:
    for month in range(1, 13):
        ends = _month_end(month)
        for category in MONTHLY:
            yield from _periodic(chance, category, f"{YEAR}-{month:02}", ends, list(SHOPS))
        for shop in SHOPS:
            yield from _periodic(chance, "safety-hazards", f"{YEAR}-{month:02}", ends, [shop])
            if month % 3 == 0:
                quarter = f"{YEAR}-Q{month // 3}"
                yield from _periodic(chance, "workshop-expense", quarter, ends, [shop])
        yield from _events(chance, month)


def _item(
    chance: Random, category: str, publish: date, boards: list[str], **more: Any
) -> dict[str, Any]:
    """An item with its odds: no text, taken down early, filed or not."""
    last = publish + timedelta(days=chance.choice((20, 45, 70)))
    made = {
        "title": f"{category} {publish}",
        "category": category,
        "boards": boards,
        "publish": publish.isoformat(),
        "expires": last.isoformat(),
        "owner": {"dept": "工会"},
        **more,
    }
    made.setdefault("body", "" if chance.random() < 0.06 else "正文。")
    if chance.random() < 0.07:
        gone = publish + timedelta(days=chance.randrange(1, 19))
        made["withdrawn"] = {"date": gone.isoformat(), "by": "办公室", "reason": "内容有误"}
    if chance.random() < 0.7:
        made["archive"] = {"class": "厂务公开", "retention": "30年"}
    return made | _procedure(category, publish, boards)


def _procedure(category: str, publish: date, boards: list[str]) -> dict[str, Any]:
    """How it came about, with odds of its own: approved in time, late or never, its form typed or
    not, wages with their steps, contracts with their minutes."""
    chance = Random(f"{category} {publish} {boards}")  # noqa: S311 (a factory, no secret)
    made: dict[str, Any] = {}
    if chance.random() < 0.8:
        approved = publish + timedelta(days=chance.choice((-2, -1, -1, 0, 40)))
        made["approval"] = {"by": "领导小组", "date": approved.isoformat()}
    if chance.random() < 0.8:
        made["paper"] = chance.choice(("A3", "A4"))
    if category == "wages-bonus" and chance.random() < 0.9:
        made["steps"] = _steps(chance, publish)
    if category == "collective-contract" and chance.random() < 0.7:
        minutes = {"file": "minutes.txt", "title": "工会会议纪要", "archive": True}
        made["attachments"] = [minutes]
    return made


def _periodic(
    chance: Random, category: str, period: str, ends: date, boards: list[str]
) -> Iterator[dict[str, Any]]:
    """What is due ten days after its period: in time, late, very late, or never."""
    odds = chance.random()
    if odds < 0.12:
        return
    late = 0 if odds < 0.7 else chance.randrange(1, 40)
    publish = ends + timedelta(days=chance.randrange(3, 11) if not late else 10 + late)
    more: dict[str, Any] = {"period": period}
    if category == "safety-hazards":
        more["steps"] = _steps(chance, publish)
    if category == "opinion-reply":
        told = [number for number in _numbers() if chance.random() < 0.12]
        more["body"] = "答复:" + "、".join(told)
    name = f"{period.lower()}-{category}-{boards[0]}"
    yield _item(chance, category, publish, boards, id=name, **more)
    if chance.random() < 0.1:
        fixed = publish + timedelta(days=chance.randrange(1, 15))
        changes = [{"where": "合计", "old": "1", "new": "2"}]
        more = {"correction": {"reason": "录入错误", "changes": changes}, "corrects": name}
        yield _item(chance, category, fixed, boards, kind="correction", **more)


def _steps(chance: Random, publish: date) -> list[dict[str, Any]]:
    """The five steps, now and then without one, rectified in time, late or not yet."""
    days = {"propose": -5, "review": -3, "disclose": 0, "appraise": 6}
    steps: list[dict[str, Any]] = [
        {"step": step, "by": "安环部", "date": (publish + timedelta(days=after)).isoformat()}
        for step, after in days.items()
        if chance.random() < 0.95
    ]
    due = publish + timedelta(days=chance.randrange(10, 40))
    mend: dict[str, Any] = {"step": "rectify", "by": "车间", "due": due.isoformat()}
    if chance.random() < 0.8:
        mend["date"] = (due + timedelta(days=chance.randrange(-8, 9))).isoformat()
    return [*steps, mend]


def _events(chance: Random, month: int) -> Iterator[dict[str, Any]]:
    """Accidents, candidates, contracts and other matters that have no period."""
    for _ in range(chance.randrange(0, 3)):
        formed = date(YEAR, month, chance.randrange(1, 29))
        publish = formed + timedelta(days=chance.randrange(0, 12))
        yield _item(chance, "accident-handling", publish, _some(chance), formed=formed.isoformat())
    if chance.random() < 0.7:
        yield _candidates(chance, date(YEAR, month, chance.randrange(1, 20)))
    if chance.random() < 0.5:
        yield _contract(chance, date(YEAR, month, chance.randrange(1, 28)))
    if chance.random() < 0.4:
        publish = date(YEAR, month, chance.randrange(1, 28))
        more: dict[str, Any] = {"refresh": "3 months"}
        if chance.random() < 0.5:
            day = publish + timedelta(days=chance.randrange(20, 80))
            more["reviewed"] = [{"date": day.isoformat(), "by": "工会", "checked": "逐条"}]
        yield _item(chance, "standing-info", publish, _some(chance), **more) | {"expires": "never"}


def _some(chance: Random) -> list[str]:
    return sorted(chance.sample(list(SHOPS), chance.randrange(1, 5)))


def _candidates(chance: Random, publish: date) -> dict[str, Any]:
    """A notice whose window is long enough whatever the holidays, or surely too short."""
    last = publish + timedelta(days=chance.choice((1, 17, 17, 17)))
    window = {"from": publish.isoformat(), "to": last.isoformat(), "unit": "workday"}
    if chance.random() < 0.9:
        window["channel"] = "工会 8001"
    more: dict[str, Any] = {"notice": window}
    if chance.random() < 0.8:
        said = last + timedelta(days=chance.randrange(1, 25))
        more["outcome"] = {"objections": 0, "result": "无异议", "date": said.isoformat()}
    made = _item(chance, "honors-selection", publish, _some(chance), **more)
    if chance.random() < 0.2:
        made["expires"] = (publish + timedelta(days=5)).isoformat()
    return made


def _contract(chance: Random, publish: date) -> dict[str, Any]:
    vote = {"act": "pass", "session": "九届一次", "delegates": 80, "present": 74, "agree": 60}
    vote |= {"ballot": "secret"}
    vote |= chance.choice(({}, {}, {}, {"agree": 40}, {"present": 53}, {"ballot": "open"}))
    more = {"congress": vote} if chance.random() < 0.8 else {}
    return _item(chance, "collective-contract", publish, _some(chance), **more)


def _numbers() -> list[str]:
    return [f"Y-{number:03}" for number in range(1, 121)]


def _opinions(chance: Random) -> Iterator[dict[str, Any]]:
    for number in _numbers():
        received = date(YEAR, 1, 1) + timedelta(days=chance.randrange(0, 340))
        due = received + timedelta(days=chance.choice((15, 30)))
        entry: dict[str, Any] = {
            "id": number, "source": "意见箱", "received": received.isoformat(), "text": "热水不足",
            "dept": chance.choice([*SHOPS.values(), "后勤部"]), "due": due.isoformat(),
        }  # fmt: skip
        if chance.random() < 0.85:
            replied = received + timedelta(days=chance.randrange(1, 45))
            entry |= {"replied": replied.isoformat(), "reply": "已办"}
            entry |= {"result": chance.choice("AABCD")} if chance.random() < 0.95 else {}
            if entry.get("result") == "B" and chance.random() < 0.7:
                entry["promised"] = (replied + timedelta(days=60)).isoformat()
            if chance.random() < 0.6:
                entry["rating"] = chance.choice(("satisfied", "fairly", "dissatisfied"))
        if chance.random() < 0.1:
            entry["private"] = True
        yield entry


def _surveys(chance: Random) -> Iterator[dict[str, Any]]:
    for month in (3, 6, 9, 12):
        valid = chance.randrange(60, 76)
        satisfied = chance.randrange(30, valid)
        fairly = chance.randrange(0, valid - satisfied)
        yield {
            "id": f"s{month}", "title": "测评", "date": date(YEAR, month, 20).isoformat(),
            "sent": 80, "returned": 78, "valid": valid, "satisfied": satisfied, "fairly": fairly,
            "dissatisfied": valid - satisfied - fairly,
        }  # fmt: skip
