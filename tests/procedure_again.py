"""程序完整率 of any site worked out again, from its files and the table of needs alone and with no
line of the product: a plain script that anybody may read beside the formula.

    python tests/procedure_again.py SITE RULEPACKS 2026-12-01 2027-11-30
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

ENGLISH = {
    "标识": "id", "标题": "title", "类别": "category", "性质": "kind", "公开日期": "publish",
    "公开期限": "expires",
    "审批": "approval", "程序": "steps", "职代会": "congress", "附件": "attachments",
    "事项": "thread", "所属期": "period", "更正对象": "corrects", "撤下": "withdrawn",
    "公示期": "notice", "时机": "timing", "草稿": "draft", "环节": "step", "日期": "date",
    "期限": "due", "方式": "act", "应到": "delegates", "实到": "present", "赞成": "agree",
    "表决": "ballot", "结果": "result", "协商": "consultation", "文件": "file", "名称": "title",
    "起始": "since", "会议": "meeting", "编号": "number", "种类": "kind", "纪要": "minutes",
    "议程": "agenda",
    "提出": "propose", "审查": "review", "公开": "disclose", "评议": "appraise", "整改": "rectify",
    "更正": "correction", "公示": "notice", "事前": "before",
}  # fmt: skip
ACTS = {
    "联席会议": "joint-meeting", "选举": "elect",
    "报告": "report", "审议": "review", "通过": "pass", "监督": "supervise", "评议": "appraise",
    "协商": "consult",
}  # fmt: skip
ENOUGH = {
    "report": {"report", "review", "pass", "joint-meeting"},
    "review": {"review", "pass", "joint-meeting"},
    "supervise": {"supervise", "report", "review", "pass", "joint-meeting"},
    "appraise": {"appraise"},
}
STEPS = {"propose", "review", "disclose", "appraise", "rectify"}
PERIODIC = {"month", "quarter", "half-year", "year"}


def plain(text: str) -> Any:
    """Everything as it was typed, with English keys."""
    return in_english(yaml.load(text, yaml.BaseLoader))  # noqa: S506 (it makes texts and nothing else)


def in_english(value: Any) -> Any:
    if isinstance(value, dict):
        return {ENGLISH.get(key, key): in_english(each) for key, each in value.items()}
    return [in_english(one) for one in value] if isinstance(value, list) else value


def day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text and text not in ("never", "长期") else None


def meetings(root: Path) -> dict[str, dict[str, Any]]:
    """Records of meetings, by their numbers."""
    found = {}
    for path in sorted((root / "content/meetings").glob("*.yml")):
        for one in plain(path.read_text("utf-8")):
            found[one.get("number", one.get("id"))] = one
    return found


def proved(item: dict[str, Any], records: dict[str, dict[str, Any]], act: str) -> None:
    """Put the vote that a record of a meeting proves in the place of what was typed."""
    named = item["meeting"] if isinstance(item["meeting"], dict) else {"number": item["meeting"]}
    record = records[str(named.get("number", named.get("id")))]
    item["has_minutes"] = "minutes" in record
    matter = named.get("thread", named.get("matter", item["title"]))
    rows = [row for row in record["agenda"] if row.get("thread", row.get("matter")) == matter]
    row = (rows or record["agenda"])[0]
    said = ACTS.get(row.get("act"), row.get("act"))
    if record["kind"] in ("联席会议", "joint-meeting"):
        done = "joint-meeting"
    elif record["kind"] in ("职代会", "congress"):
        done = said or act
    else:
        return  # no act of the congress
    vote = {**record, **row, "act": done}
    item["votes"] = [one for one in item["votes"] if one["act"] != done] + [vote]


def read(root: Path, names: dict[str, str], acts: dict[str, str]) -> list[dict[str, Any]]:
    items, records = [], meetings(root)
    for path in sorted((root / "content/items").rglob("*.*")):
        if path.suffix not in (".md", ".yml"):
            continue
        text = path.read_text("utf-8")
        item = plain(text.split("---\n", 2)[1] if path.suffix == ".md" else text)
        item["id"] = item.get("id", path.stem)
        item["category"] = names.get(item["category"], item["category"])
        item["first"], item["ends"] = day(item["publish"]), day(item["expires"])
        item["gone"] = day(item.get("withdrawn", {}).get("date"))
        votes = item.get("congress", [])
        item["votes"] = votes if isinstance(votes, list) else [votes]
        for vote in item["votes"]:
            vote["act"] = ACTS.get(vote["act"], vote["act"])
        item["kind"] = ENGLISH.get(item.get("kind"), item.get("kind"))
        if "meeting" in item:
            proved(item, records, acts[item["category"]])
        items.append(item)
    by_id = {item["id"]: item for item in items}
    for one in items:  # a correction leaves with what it corrects
        if "corrects" in one:
            other = by_id[one["corrects"]]
            one["ends"] = min([each for each in (one["ends"], other["ends"]) if each], default=None)
            one["gone"] = min([each for each in (one["gone"], other["gone"]) if each], default=None)
    return [item for item in items if item.get("draft") not in ("true", "是")]


def procedure(root: Path, packs: Path, a: date, b: date) -> tuple[int, int]:
    """Numerator and denominator of the whole enterprise, a state-owned one."""
    rows = yaml.safe_load((packs / "catalogue.yml").read_text("utf-8"))["categories"]
    table = yaml.safe_load((packs / "needs.yml").read_text("utf-8"))["categories"]
    names = {row["name"]: name for name, row in rows.items()}
    items = read(root, names, {name: row["act"] for name, row in rows.items()})
    site = plain((root / "content/catalogue.yml").read_text("utf-8"))
    since = date.fromisoformat(site["since"] + "-01")

    def needs(one: Any) -> dict[str, Any]:
        if one["first"] < since:
            return {}
        act = rows[one["category"]]["act"]
        wanted = {**table[one["category"]], **({} if act == "none" else {"act": act})}
        if one["kind"] == "correction":
            return {"approval": wanted.get("approval")}
        is_notice = (one["kind"] or rows[one["category"]]["kind"]) == "notice"
        is_before = ENGLISH.get(one.get("timing"), one.get("timing")) == "before"
        if "act" in wanted and is_notice and is_before and isinstance(one.get("notice"), dict):
            return {key: wanted.get(key) for key in ("approval", "steps")}
        return wanted

    def by(text: str | None) -> bool:
        return text is None or (day(text) or b) <= b

    def taken(one: Any) -> set[str]:
        steps = one.get("steps", [])
        return {ENGLISH.get(s["step"], s["step"]) for s in steps if "date" in s and by(s["date"])}

    def did(one: Any, acts: set[str]) -> bool:
        return any(vote["act"] in acts and by(vote.get("date")) for vote in one["votes"])

    def was_heard(one: Any, act: str) -> bool:
        for other in items:
            if other["category"] != one["category"] or not did(other, ENOUGH[act]):
                continue
            is_same = other is one or ("thread" in one and other.get("thread") == one["thread"])
            is_periodic = "period" in one and rows[one["category"]]["grain"] in PERIODIC
            before = one["first"] - timedelta(days=366)
            if is_same or (is_periodic and before <= other["first"] <= one["first"]):
                return True
        return False

    def is_valid(one: Any, act: str) -> bool:
        for vote in (vote for vote in one["votes"] if vote["act"] == "pass"):
            total, present, agree = (int(vote[key]) for key in ("delegates", "present", "agree"))
            passes = 2 * agree > total or vote.get("result") in ("not-passed", "未通过")
            if 3 * present < 2 * total or not passes or vote["ballot"] not in ("secret", "无记名"):
                return False
        consulted = any(v["act"] == "consult" and "consultation" in v for v in one["votes"])
        return did(one, {"pass"}) or (act == "consult" and consulted)

    def is_whole(one: Any) -> bool:
        wanted = needs(one)
        approval, act = one.get("approval"), wanted.get("act")
        if wanted.get("approval") and not (approval and by(approval.get("date"))):
            return False
        if (wanted.get("steps") or "steps" in one) and taken(one) != STEPS:
            return False
        if act and not (was_heard(one, act) if act in ENOUGH else is_valid(one, act)):
            return False
        files = [f if isinstance(f, str) else f"{f.get('title')} {f['file']}"
                 for f in one.get("attachments", [])]  # fmt: skip
        files += ["会议纪要"] if one.get("has_minutes") else []
        return all(any(name in file for file in files) for name in wanted.get("documents") or ())

    def is_due(one: Any) -> bool:
        days = [one["ends"]]
        for step in one.get("steps", []):
            is_last = ENGLISH.get(step["step"], step["step"]) == "rectify"
            days += [day(step["due"])] if is_last and "due" in step else []
        return any(each and a <= each <= b for each in days)

    up = [item for item in items if item["first"] <= b]
    up = [
        mapping for mapping in up if not (mapping["gone"] and mapping["gone"] <= mapping["first"])
    ]
    asked = [mapping for mapping in up if "steps" in mapping or any(
        needs(mapping).get(key) for key in ("approval", "steps", "act", "documents"))]  # fmt: skip
    due = [mapping for mapping in asked if is_due(mapping)]
    return sum(map(is_whole, due)), len(due)


if __name__ == "__main__":
    first, last = map(date.fromisoformat, sys.argv[3:5])
    told = procedure(Path(sys.argv[1]), Path(sys.argv[2]), first, last)
    sys.stdout.write("{}/{}\n".format(*told))
