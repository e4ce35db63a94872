"""The checklist of inspections: the built-in one, or the site's own, with its schedule."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gongkai.domain.calendar import Grain
from gongkai.domain.finding import Finding
from gongkai.domain.model import Checklist, ChecklistPoint, Round
from gongkai.domain.terms import Aspect, Timing, Way
from gongkai.files.reading import YAML, walk
from gongkai.source.catalogue import rule_name
from gongkai.source.document import finding_of, read_document
from gongkai.source.packs import pack
from gongkai.source.scalars import DAY, LINE, choice
from gongkai.source.shapes import BAD, Choice, Key, ListOf, Record, Scalar

PATH = "content/checklist.yml"
_RHYTHMS = Choice(
    {
        word: grain
        for grain, words in {
            Grain.MONTH: ("monthly", "每月"),
            Grain.QUARTER: ("quarterly", "每季"),
            Grain.HALF_YEAR: ("half-yearly", "每半年"),
            Grain.YEAR: ("yearly", "每年"),
        }.items()
        for word in words
    }
)
RULES_OF = ListOf(Scalar(rule_name))
"""Rules of the program, by name."""
_POINT = Record(
    ChecklistPoint,
    Key("id", "编号", LINE, need=True),
    Key("text", "内容", LINE, need=True),
    Key("aspect", "要素", choice(Aspect), need=True),
    Key("rules", "规则", RULES_OF),
)
_ROUND = Record(
    Round,
    Key("way", "方式", choice(Way), need=True),
    Key("every", "周期", _RHYTHMS, field="grain", need=True),
    Key("by", "检查人", LINE),
    Key("timing", "时机", choice(Timing)),
    Key("from", "起", DAY, field="first"),
)
CHECKLIST = Record(
    dict,
    Key("title", "标题", LINE),
    Key("points", "要点", ListOf(_POINT)),
    Key("schedule", "安排", ListOf(_ROUND)),
)
_RECORDS = "content/inspections"


def read_checklist(root: Path, lang: str) -> tuple[Checklist, list[Finding]]:
    """The checklist of a site: what its own file does not say comes from the built-in one. A site
    that records no inspections has none."""
    path, folder = root / PATH, root / _RECORDS
    is_own = path.exists() or path.is_symlink()
    if not is_own and not (folder.is_dir() and any(walk(folder, YAML))):
        return Checklist(""), []
    built_in: dict[str, Any] = pack(f"checklist.{lang}.yml", CHECKLIST)
    if not is_own:
        return Checklist(**built_in), []
    value, reading = read_document(path, CHECKLIST)
    findings = [finding_of(problem, PATH) for problem in reading.problems]
    typed = {} if value is BAD else value
    return Checklist(**{**built_in, **typed}, own=True), findings
