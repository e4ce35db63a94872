"""The sheet that work is appraised by (质量考评), the built-in one or the site's, with scores."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import structs

from gongkai.domain.finding import Finding
from gongkai.domain.model import Appraisal, AppraisalCriterion, Score
from gongkai.domain.rates import Rate
from gongkai.source.document import finding_of, read_document
from gongkai.source.packs import pack
from gongkai.source.problems import Problem
from gongkai.source.scalars import DAY, DECIMAL, LINE, PERIOD, TEXT
from gongkai.source.shapes import BAD, Choice, Key, ListOf, Reading, Record

PATH = "content/appraisal.yml"
_CRITERION = Record(
    AppraisalCriterion,
    Key("id", "编号", LINE, need=True),
    Key("text", "内容", LINE, need=True),
    Key("points", "分值", DECIMAL, need=True),
    Key("part", "部分", LINE),
    Key("metric", "指标", Choice({one.value: one for one in Rate}), field="rate"),
    Key("target", "目标", DECIMAL),
)
_SCORE = Record(
    Score,
    Key("period", "时期", PERIOD, need=True),
    Key("id", "编号", LINE, need=True),
    Key("score", "得分", DECIMAL, need=True),
    Key("reason", "理由", TEXT, need=True),
    Key("by", "经办", LINE),
    Key("date", "日期", DAY),
    Key("board", "公开栏", LINE),
)
APPRAISAL = Record(
    dict,
    Key("title", "标题", LINE),
    Key("items", "项目", ListOf(_CRITERION), field="criteria"),
    Key("results", "评分", ListOf(_SCORE), field="scores"),
)


def read_appraisal(root: Path, lang: str) -> tuple[Appraisal, list[Finding]]:
    """The appraisal of a site; without a file it has none. What the file does not say of the sheet
    comes from the built-in one."""
    path = root / PATH
    if not path.exists() and not path.is_symlink():
        return Appraisal(""), []
    value, reading = read_document(path, APPRAISAL)
    built_in: dict[str, Any] = pack(f"appraisal.{lang}.yml", APPRAISAL)
    typed = {} if value is BAD else value
    found = Appraisal(**{**built_in, **typed}, own=True, built_in="criteria" not in typed)
    lines = [reading.spots.get(f"results.{n}", (1, 1))[0] for n in range(len(found.scores))]
    scores = [
        structs.replace(score, line=line) for score, line in zip(found.scores, lines, strict=True)
    ]
    problems = [*reading.problems, *_twice(found, reading)]
    return structs.replace(found, scores=tuple(scores)), [
        finding_of(problem, PATH) for problem in problems
    ]


def _twice(found: Appraisal, reading: Reading) -> Iterator[Problem]:
    """Criteria of one id: nobody could tell which of them was scored."""
    seen: set[str] = set()
    for number, criterion in enumerate(found.criteria):
        if criterion.id in seen:
            spot = reading.spots.get(f"items.{number}", (1, 1))
            yield Problem("format/duplicate-id", *spot, "", {"id": criterion.id, "other": PATH})
        seen.add(criterion.id)
