"""Who proposed, reviewed, approved and supervises, held against the factory's groups of the day."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sites import check, item, make_site

ORG = """\
name: 测试厂
groups:
  - {name: 厂务公开领导小组, members: [{post: 总经理}, {post: 工会主席}]}
  - name: 厂务公开监督小组
    members:
      - {post: 纪委书记}
      - {post: 工会主席, from: 2026-01-01, to: 2026-10-31}
      - {岗位: 审计员, 起: 2026-11-15}
"""
STEPS = """
  - {{step: propose, by: {}, date: {}}}
  - {{step: review, by: {}, date: {}}}
"""


def found(root: Path, **keys: str) -> list[tuple[str, object]]:
    files = {"content/items/x.md": item(**keys), "content/org.yml": ORG}
    findings = check(make_site(root, files), "2026-11-22").findings
    return [
        (finding.case, finding.values["name"])
        for finding in findings
        if finding.rule == "procedure/same-person"
    ]


def steps(propose: str, review: str, day: str = "2026-11-01") -> str:
    return STEPS.format(propose, day, review, day)


def test_a_group_is_its_members(tmp_path: Path) -> None:
    assert found(tmp_path, steps=steps("总经理", "厂务公开领导小组")) == [("", "总经理")]
    assert found(tmp_path, steps=steps("财务部", "厂务公开领导小组")) == []


@pytest.mark.parametrize(
    ("post", "day", "case"),
    [
        ("纪委书记", "2026-11-01", "supervisor"),
        ("工会主席", "2026-10-31", "supervisor"),
        ("工会主席", "2026-11-01", ""),
        ("审计员", "2026-11-14", ""),
        ("审计员", "2026-11-15", "supervisor"),
    ],
    ids=["always", "on the last day", "after it", "before the first", "from it on"],
)
def test_who_supervises_on_that_day_does_not_review(
    post: str, day: str, case: str, tmp_path: Path
) -> None:
    told = found(tmp_path, steps=steps("财务部", post, day))
    assert told == ([(case, post)] if case else [])


def test_who_supervises_does_not_approve_even_where_no_step_is_recorded(tmp_path: Path) -> None:
    assert found(tmp_path, approval="{by: 纪委书记, date: 2026-11-01}") == [
        ("approver", "纪委书记")
    ]
    both = "{by: 厂务公开领导小组, date: 2026-10-30}"
    assert found(tmp_path, approval=both) == [("approver", "工会主席")]
    assert found(tmp_path, approval="{by: 厂务公开领导小组, date: 2026-11-01}") == []


def test_a_member_may_put_up_what_the_group_approves(tmp_path: Path) -> None:
    approval = "{by: 厂务公开领导小组, date: 2026-11-01}"
    assert found(tmp_path, approval=approval, steps=steps("总经理", "财务部")) == []
    alone = "{by: 总经理, date: 2026-11-01}"
    both = found(tmp_path, approval=alone, steps=steps("总经理", "财务部"))
    assert both == [("approval", "总经理")]
