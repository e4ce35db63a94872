"""A site in English says nothing in Chinese: pages, screens, posters, calendars, messages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pypdf
import pytest

from gongkai.build.pipeline import build
from gongkai.build.request import BuildRequest
from gongkai.cli.main import main as init
from gongkai.domain.finding import Severity
from gongkai.mkdocs_plugin.plugin import render_shell
from tests.command import run
from tests.sites import instant, make_site

HAN = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
LAW = re.compile("[\u4e00-\u9fff]*(条例|规定|法|办法)(（[国有]+）)?")
"""Articles are named in the language that they are law in; items are written with Chinese keys."""

DEPTS = {
    "Pay office": "wages-bonus",
    "Canteen office": "canteen-accounts",
    "Safety office": "safety-hazards",
    "Union": "honors-selection",
    "Purchasing": "bidding-procurement",
    "Disclosure office": "opinion-reply",
}

FILES = {
    "mkdocs.yml": """\
site_name: Example Works
site_url: http://board.example/
docs_dir: content/pages
theme: {name: material, language: en}
plugins: [search, gongkai: {lang: en}]
""",
    "content/pages/about.md": "# About\n",
    "content/org.yml": "name: Example Works Ltd\nshort: Example Works\ndepartments:\n"
    + "".join(f"  - {{name: {dept}, posts: [Head], phone: ext. 8001}}\n" for dept in DEPTS)
    + "channels:\n  - {kind: phone, text: ext. 8002}\n  - {kind: box, text: canteen door}\n"
    + "  - {kind: reception, text: 'union office', days: ['2026-12-24 14:00']}\n",
    "boards/machining.yml": """\
title: Machining
workshop: Machining shop
contact: {phone: ext. 8201, box: at the gate, reception: Thursdays}
""",
    "content/items/2026-09-wages.md": """\
---
title: Wages, September 2026
category: wages-bonus
period: 2026-09
publish: 2026-10-09
expires: 2026-11-10
owner: {dept: Pay office, post: Head}
---
All paid.
""",
    "content/items/2026-10-wages.md": """\
---
title: Wages, October 2026
category: wages-bonus
period: 2026-10
number: W 12
publish: 2026-11-09
expires: 2026-12-31
owner: {dept: Pay office, post: Head}
approval: {by: Finance, date: 2026-11-08, ref: A 1}
steps:
  - {step: propose, by: Pay office, date: 2026-11-06}
  - {step: review, by: Finance, date: 2026-11-08, result: agreed}
  - {step: disclose, by: Disclosure office, date: 2026-11-09}
tables: [{file: wages.csv, caption: By workshop}]
legal_basis: [Company rule 3]
archive: {class: Pay, retention: 30 years}
---
All paid on the 8th.
""",
    "content/items/wages.csv": "Workshop,Staff,Total\nMachining,142,1178600\nAssembly,120,900000\n",
    "content/items/2026-10-wages-c1.md": """\
---
title: Wages, October 2026, corrected
category: wages-bonus
kind: correction
publish: 2026-11-12
expires: 2026-12-31
owner: {dept: Pay office, post: Head}
corrects: 2026-10-wages
correction: {reason: a typing error, changes: [{where: Staff, old: '141', new: '142'}]}
---
The table is right now.
""",
    "content/items/honours.md": """\
---
title: Candidates for worker of the year
category: honors-selection
kind: notice
publish: 2026-11-18
expires: 2026-12-05
owner: {dept: Union, post: Head}
notice: {from: 2026-11-18, to: 2026-11-24, days: 5, unit: workday, channel: ext. 8002}
urgent: true
---
Example A, Example B.
""",
    "content/items/bid.md": """\
---
title: Outcome of a purchase
category: bidding-procurement
publish: 2026-11-02
expires: 2026-12-05
owner: {dept: Purchasing, post: Head}
notice: {from: 2026-11-03, to: 2026-11-09, days: 5, unit: day, channel: ext. 8002}
outcome: {objections: 1, result: answered, date: 2026-11-10}
congress:
  {act: pass, session: '9-4', date: 2026-10-30, delegates: 80, present: 74, agree: 60,
   against: 4, abstain: 10, ballot: secret}
---
Cranes.
""",
    "content/items/safety.md": """\
---
title: Hazards found in October
category: safety-hazards
period: 2026-09
publish: 2026-10-05
expires: 2026-12-31
owner: {dept: Safety office, post: Head}
steps:
  - {step: rectify, by: Machining shop, due: 2026-11-10, status: under way}
---
Two.
""",
    "content/items/canteen.md": """\
---
title: Canteen
category: canteen-accounts
period: 2026-10
publish: 2026-11-05
expires: 2026-12-31
owner: {dept: Canteen office, post: Head}
withdrawn: {date: 2026-11-15, by: Disclosure office, reason: wrong month}
---
Soup.
""",
    "content/items/rules.md": """\
---
title: Rules of the reading room
category: standing-info
publish: 2026-05-01
expires: never
refresh: half-yearly
reviewed: [{date: 2026-10-20, by: Union, checked: the opening hours}]
owner: {dept: Union, post: Head}
boards: [machining]
---
Open.
""",
    "content/items/2026-10-replies.md": """\
---
title: Replies, October 2026
category: opinion-reply
period: 2026-10
publish: 2026-11-09
expires: 2026-12-31
owner: {dept: Disclosure office, post: Head}
---
O-1: more lockers. Forty were added.
""",
    "content/opinions/2026.yml": """\
- {id: O-1, source: box, received: 2026-10-08, text: more lockers, dept: Canteen office,
   replied: 2026-10-20, reply: forty added, result: A, rating: satisfied}
- {id: O-2, source: box, received: 2026-10-09, text: the fan is broken, dept: Safety office}
- {id: O-3, source: phone, received: 2026-11-09, text: cold soup, dept: Canteen office,
   replied: 2026-11-12, reply: new urns, result: B, promised: 2026-12-20}
""",
    "content/surveys/2026.yml": """\
- {id: s1, title: Survey 2026, date: 2026-11-20, respondents: delegates, sent: 80, returned: 78,
   valid: 75, satisfied: 58, fairly: 15, dissatisfied: 2}
""",
}


def catalogue() -> str:
    """Every duty is somebody's whose name is English."""
    rows = [f"  {duty}: {{dept: {dept}}}" for dept, duty in DEPTS.items()]
    return "ownership: private\nsince: 2026-09\ncategories:\n" + "\n".join(rows) + "\n"


class Seen(HTMLParser):
    """What a page says to a reader; what is marked as Chinese may be Chinese."""

    VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
    SAID = frozenset(("alt", "title", "aria-label", "placeholder"))

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.open: list[bool] = [False]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        is_chinese = (dict(attrs).get("lang") or "").startswith("zh")
        is_quiet = self.open[-1] or is_chinese or tag in ("script", "style")
        if tag not in self.VOID:
            self.open.append(is_quiet)
        said = [v for k, v in attrs if v and (k in self.SAID or k.startswith("data-"))]
        self.found += [text for text in said if HAN.search(text) and not is_quiet]

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if not self.open[-1] and HAN.search(data):
            self.found.append(data.strip())


def said(path: Path) -> Iterator[str]:
    """The Chinese that a published file says."""
    if path.suffix == ".html":
        page = Seen()
        page.feed(path.read_text("utf-8"))
        yield from page.found
    elif path.suffix == ".pdf":
        for sheet in pypdf.PdfReader(path).pages:
            yield from (line for line in sheet.extract_text().splitlines() if HAN.search(line))
    elif path.suffix in (".ics", ".xml", ".csv"):
        yield from (line for line in path.read_text("utf-8").splitlines() if HAN.search(line))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("english")
    made = make_site(root, {**FILES, "content/catalogue.yml": catalogue()})
    done = build(BuildRequest(made, instant(made, "2026-11-22"), made.out, render_shell))
    assert not [finding for finding in done.findings if finding.severity is Severity.ERROR], (
        done.findings
    )
    return made.out


def test_nothing_that_is_published_speaks_chinese(site: Path) -> None:
    paths = [path for path in site.rglob("*") if path.is_file() and "assets" not in path.parts]
    found = {str(path.relative_to(site)): list(said(path)) for path in paths}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_a_new_site_begins_in_english(tmp_path: Path) -> None:
    root = tmp_path / "works"
    assert init(["init", str(root), "--empty", "--lang", "en"]) == 0
    assert run(root, "build", "--at", "2026-11-22").returncode == 0
    pages = [*(root / "site").rglob("*.html"), *root.glob("boards/*.yml"), root / "content/org.yml"]
    assert not [line for path in pages for line in said(path)]


@pytest.mark.parametrize(
    "words",
    [
        ["check"],
        ["list"],
        ["why", "2026-10-wages"],
        ["why", "honours"],
        ["next"],
        ["report"],
        ["verify"],
        ["new", "wages-bonus", "--period", "2026-11"],
        ["new", "nonsense"],
        ["doctor"],
        ["build", "--at", "nonsense"],
    ],
    ids=lambda words: "-".join(words[:2]),
)
def test_no_verb_speaks_chinese_when_told_not_to(words: list[str], site: Path) -> None:
    at = [] if "--at" in words else ["--at", "2026-11-22"]
    done = run(site.parent, *words, *at, "--lang", "en")
    said = LAW.sub("", (done.stdout + done.stderr).replace("草稿: true", ""))
    assert not HAN.search(said), said
