"""A site whose authors mean harm: every payload in every field that reaches a page."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from PIL import Image

from gongkai.domain.model import Site
from tests.sites import make_site
from tests.xss import PAYLOADS

DAY = "2026-11-22"
TYPABLE = tuple(payload for payload in PAYLOADS if "\x01" not in payload)
"""Control characters never get past the reader; a test of its own says so."""


def hostile_files() -> dict[str, str]:
    """The files of the site, JSON being YAML."""
    files: dict[str, str] = {}
    for number, text in enumerate(TYPABLE):
        files[f"boards/b{number}.yml"] = _json(_board(text))
        base = _item(number, text)
        ends = {"expires": "2026-11-10", "channels": ["web", "screen"]}
        gone = {"withdrawn": {"date": "2026-11-20", "by": text, "reason": text}}
        fix = {
            "kind": "correction",
            "corrects": f"now-{number}",
            "correction": {
                "reason": text,
                "changes": [{"where": text, "old": text, "new": text}],
            },
        }
        late = {"notice": None, "outcome": None}
        for name, more in (("now", {}), ("past", ends | late), ("gone", gone), ("fix", fix | late)):
            item = {key: value for key, value in {**base, **more}.items() if value is not None}
            files[f"content/items/{name}-{number}.yml"] = _json(item)
    files["content/org.yml"] = _json(_org())
    files["content/meetings/2026.yml"] = _json([_meeting(*pair) for pair in enumerate(TYPABLE)])
    files["content/inspections/2026.yml"] = _json(
        [_inspection(*pair) for pair in enumerate(TYPABLE)]
    )
    files["content/appraisal.yml"] = _json(_appraisal())
    files["content/checklist.yml"] = _json(_checklist())
    files["content/opinions/2026.yml"] = _json([_opinion(*pair) for pair in enumerate(TYPABLE)])
    return files


NAMES = (
    '"><img src=x onerror=window.hurt=1>.txt',
    "' onmouseover='window.hurt=1.txt",
    "<script>window.hurt=1<.txt",
    "{{ 7*7 }}.txt",
    "x?y#z&amp;.txt",
    "%2e%2e%2fx.txt",
)


def hostile_site(root: Path) -> Site:
    """The site itself, with files of hostile names and a picture that the payloads refer to."""
    files = hostile_files()
    called = [{"file": name, "title": name} for name in NAMES]
    named = {**_item(0, "文件"), "attachments": called}
    files["content/items/named.yml"] = _json(named)
    files |= {f"content/items/{name}": "文字" for name in NAMES}
    site = make_site(root, files)
    Image.new("RGB", (4, 4)).save(root / "content/items/x.png")
    return site


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _board(text: str) -> dict[str, Any]:
    contact = {"phone": text, "box": text, "reception": text}
    return {"title": text, "workshop": text, "contact": contact}


def _appraisal() -> dict[str, Any]:
    items = [
        {"id": f"c{number}", "text": text, "part": text, "points": 1}
        for number, text in enumerate(TYPABLE)
    ]
    given = [
        {"period": "2026-H2", "id": f"c{number}", "score": 1, "reason": text, "by": text}
        for number, text in enumerate(TYPABLE)
    ]
    return {"title": TYPABLE[0], "items": items, "results": given}


def _checklist() -> dict[str, Any]:
    points = [
        {"id": str(number), "text": text, "aspect": "form"} for number, text in enumerate(TYPABLE)
    ]
    return {"title": TYPABLE[0], "points": points}


def _inspection(number: int, text: str) -> dict[str, Any]:
    flaw = {"text": text, "dept": text, "due": "2026-11-12", "point": "7", "board": f"b{number}"}
    base = {"id": f"j{number}", "date": "2026-11-10", "way": "self", "by": text, "unit": text}
    return {**base, "result": text, "flaws": [flaw]}


BODY = """\
{text}

| {line} | 甲 |
|---|---|
| {line} | {line} |

- {line}

> {line}
"""


def _item(number: int, text: str) -> dict[str, Any]:
    line = " ".join(text.split()).replace("|", "\\|")
    return {
        "title": text,
        "category": "canteen-accounts",
        "kind": "notice",
        "number": text,
        "boards": [f"b{number}"],
        "channels": ["web", "screen"],
        "publish": "2026-11-01",
        "expires": "2026-12-20",
        "owner": {"dept": text, "post": text},
        "approval": {"by": text, "date": "2026-10-30", "ref": text},
        "congress": {"act": "report", "session": text, "date": "2026-10-20", "note": text},
        "notice": {
            "from": "2026-11-10",
            "to": "2026-12-10",
            "days": 20,
            "unit": "workday",
            "channel": text,
        },
        "steps": [{"step": "propose", "by": text, "date": "2026-10-01", "result": text}],
        "reviewed": [{"date": "2026-11-05", "by": text, "checked": text}],
        "contact": {"office": text, "phone": text, "box": text},
        "legal_basis": [text],
        "thread": text,
        "body": BODY.format(text=text, line=line),
    }


def _org() -> dict[str, Any]:
    return {
        "name": TYPABLE[10],
        "short": TYPABLE[10],
        "departments": [{"name": text, "posts": [text], "phone": text} for text in TYPABLE],
        "groups": [
            {"name": text, "members": [{"post": text, "role": text}]} for text in TYPABLE[:20]
        ],
        "channels": [{"kind": "box", "text": text} for text in TYPABLE],
        "keep_contacts": 30,
    }


def _meeting(number: int, text: str) -> dict[str, Any]:
    kinds = ("congress", "joint-meeting", "forum", "training")
    line = " ".join(text.split())
    return {
        "id": f"M{number}",
        "kind": kinds[number % len(kinds)],
        "session": text,
        "date": "2026-11-01",
        "delegates": 80,
        "present": 77,
        "note": text,
        "agenda": [{"matter": line, "act": "report", "agree": 1}],
    }


def _opinion(number: int, text: str) -> dict[str, Any]:
    return {
        "id": f"2026-{number}",
        "source": text,
        "received": "2026-11-01",
        "text": text,
        "dept": text,
        "replied": "2026-11-05",
        "reply": text,
        "result": "A",
    }


class Dangers(HTMLParser):
    """Notes what a page would run: handlers, scripts of its own, schemes that run something."""

    ADDRESSES = ("href", "src", "action", "formaction", "xlink:href", "data", "poster", "srcdoc")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            plain = "".join((value or "").split()).casefold()
            if name.startswith("on") or name in ("srcdoc", "style"):
                self.found.append(f"{tag} {name}")
            if name in self.ADDRESSES and plain.partition(":")[0] in (
                "javascript",
                "vbscript",
                "data",
                "view-source",
                "feed",
            ):
                self.found.append(f"{tag} {name}={value}")
        if tag in ("iframe", "object", "embed", "base", "svg:script", "math", "template", "frame"):
            self.found.append(tag)


def dangers(page: str) -> list[str]:
    """Everything in a page that could run."""
    parser = Dangers()
    parser.feed(page)
    return parser.found
