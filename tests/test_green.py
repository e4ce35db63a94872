"""Whatever ``check`` passes, ``build`` publishes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from tests.command import run
from tests.green import Maker
from tests.sites import CONFIG, check, errors, item, make_site

DAY = "2026-11-22"


def breaches(seed: int, count: int, root: Path) -> list[str]:
    """What a build says of items that passed the check."""
    made = Maker(seed).site(count)
    site = make_site(root, {})
    (root / "boards/all.yml").unlink(missing_ok=True)
    for path, data in made.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(
            data if isinstance(data, bytes) else data.encode("utf-8", "ignore")
        )
    for _ in range(3):  # without one item others may come to be wrong
        wrong = {
            finding.path
            for finding in check(site, DAY).findings
            if finding.severity.value == "error"
        }
        for path in wrong:
            spare = yaml.safe_dump({"title": "栏", "workshop": "间"}, allow_unicode=True)
            (root / path).write_text(spare, "utf-8") if path.startswith("boards") else (
                root / path
            ).unlink()
    done = run(root, "build", "--at", DAY, "--quiet", "--jobs", "1")
    return [] if done.returncode == 0 else [done.stderr]


def test_what_passes_the_check_is_built(tmp_path: Path) -> None:
    assert breaches(1, 12, tmp_path) == []


@pytest.mark.parametrize(
    ("lines", "found"), [(5_000, set()), (5_002, {("poster/overflow", "lines")})]
)
def test_a_text_of_more_lines_than_anybody_hangs_is_a_finding(
    lines: int, found: set[tuple[str, str]], tmp_path: Path
) -> None:
    body = "- 甲\n" * lines
    make_site(tmp_path, {"content/items/a.md": item(body=body)})
    assert errors(tmp_path, "2026-11-10") == found


@pytest.mark.parametrize(
    ("front", "found"),
    [
        ("title: 12", None),
        ("title: 2026-01-01", None),
        ("hide: toc", None),
        ("hide: [toc]\nsearch: {exclude: true}", None),
        ("title: 甲\nhide: 3", (3, 7, "list")),
        ("hide: true", (2, 7, "list")),
        ("hide: {toc: true}", (2, 7, "list")),
        ("title: [甲]", (2, 8, "scalar")),
        ("description: {a: b}", (2, 14, "scalar")),
        ("search: 甲", (2, 9, "mapping")),
        ("search: [甲]", (2, 9, "mapping")),
        ("template: 3", (2, 11, "scalar")),
    ],
)
def test_what_stands_above_a_page_is_fit_for_it_or_a_finding(
    front: str, found: tuple[int, int, str] | None, tmp_path: Path
) -> None:
    # A name of its own: what one process has tried once it does not try again.
    config = CONFIG.replace("测试厂", json.dumps(front))
    page = f"---\n{front}\n---\n# 关于\n"
    make_site(tmp_path, {"content/pages/about.md": page, "mkdocs.yml": config})
    told = json.loads(run(tmp_path, "check", "--at", DAY, "--format", "json").stdout)["findings"]
    errors = [one for one in told if one["severity"] == "error"]
    places = [(error["rule"], error["path"], error["line"], error["column"]) for error in errors]
    wrong = [("format/type", "content/pages/about.md", *found[:2])] if found else []
    assert places == wrong
    assert run(tmp_path, "build", "--at", DAY).returncode == (1 if found else 0)


def test_a_page_in_another_encoding_is_a_finding(tmp_path: Path) -> None:
    site = make_site(tmp_path, {})
    (tmp_path / "content/pages/p.mkd").write_bytes("关于公开".encode("gbk"))
    assert errors(site.root, DAY) == {("format/syntax", "not-utf8")}


def test_a_template_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    page = "---\ntitle: 甲\ntemplate: 没有.html\n---\n# 关于\n"
    site = make_site(tmp_path, {"content/pages/a/b.md": page})
    (one,) = (finding for finding in check(site, DAY).findings if finding.severity.value == "error")
    place = (one.rule, one.path, one.line, one.column)
    assert place == ("format/unknown-value", "content/pages/a/b.md", 3, 11)
    page = page.replace("没有.html", "main.html")
    assert errors(make_site(tmp_path, {"content/pages/a/b.md": page}).root, DAY) == set()


def test_a_page_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """Where a theme of the site's own may have any template."""
    config = CONFIG.replace("name: material,", "name: material, custom_dir: own,")
    (tmp_path / "own").mkdir()
    page = "---\ntemplate: 没有.html\n---\n# 关于\n"
    make_site(tmp_path, {"content/pages/about.md": page, "mkdocs.yml": config})
    checked = run(tmp_path, "check", "--at", DAY, "--fail-on", "error")
    assert (checked.returncode, "content/pages/about.md:1:1" in checked.stdout) == (1, True)
    assert "content/pages/about.md" in run(tmp_path, "build", "--at", DAY).stderr


def long_table(rows: int) -> str:
    """A table that has as many lines."""
    return "| 车间 | 数 |\n|---|---|\n" + "| 机加工车间 | 1 |\n" * (rows - 2)


@pytest.mark.parametrize(
    ("rows", "found"), [(2_000, set()), (2_001, {("poster/overflow", "rows")})]
)
def test_a_table_of_more_rows_than_anybody_hangs_is_a_finding(
    rows: int, found: set[tuple[str, str]], tmp_path: Path
) -> None:
    make_site(tmp_path, {"content/items/a.md": item(body=long_table(rows))})
    assert errors(tmp_path, "2026-11-10") == found


def test_a_table_that_is_too_long_for_paper_is_not_imported_for_paper(tmp_path: Path) -> None:
    make_site(tmp_path, {})
    rows = "".join(f"第{number}项,{number}\n" for number in range(2_100))
    (tmp_path / "食堂收支.csv").write_text("项目,金额\n" + rows, "utf-8")
    made = run(
        tmp_path, "import", str(tmp_path / "食堂收支.csv"), "--category", "canteen-accounts",
        "--period", "2026-10", "--publish", "2026-11-09", "--at", "2026-11-09",
    )  # fmt: skip
    written = next(Path(splitline) for splitline in made.stdout.splitlines())
    assert "渠道: [网站, 屏幕]" in (tmp_path / written).read_text("utf-8")
    assert "poster/overflow" not in {rule for rule, _ in errors(tmp_path, "2026-11-10")}
