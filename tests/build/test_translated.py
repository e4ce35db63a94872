"""One site in two languages: the reader switches, and what is not translated says so."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from gongkai.build.pipeline import build
from gongkai.build.plan import Work
from gongkai.build.request import BuildRequest
from gongkai.build.steps import english_work
from gongkai.domain.model import Site
from gongkai.mkdocs_plugin.plugin import render_shell
from gongkai.preview.on_demand import Showing
from gongkai.publish.verify import verify
from gongkai.status.edition import make_edition
from tests.command import run
from tests.sites import CONFIG, check, errors, instant, item, make_site, tree

AT = "2026-11-15"
BOTH = {
    "mkdocs.yml": CONFIG.replace(
        "[search, gongkai]", "[search, gongkai: {english: mkdocs.en.yml}]"
    ),
    "mkdocs.en.yml": (
        "INHERIT: mkdocs.yml\nsite_name: Test factory\ndocs_dir: content/pages-en\n"
        "theme: {name: material, language: en}\nplugins: [search, gongkai: {lang: en}]\n"
    ),
    "content/pages-en/about.md": "# About\n",
    "boards/machining.yml": "标题: 机加工车间公开栏\n英文标题: Machining shop\n车间: 机加工车间\n",
}
ENGLISH = """\
---
标题: 食堂收支
英文标题: Canteen accounts
类别: canteen-accounts
公开日期: 2026-11-01
公开期限: 2026-12-31
责任: {部门: 后勤部}
英文正文: |
  | Kind | Sum |
  |---|---:|
  | Vegetables | 120 |
  | 合计 | 120 |
---
蔬菜支出 120 元。
"""
PLAIN = item(title="没有译文的一项", body="只有中文。")


def site_of(root: Path, **items: str) -> Site:
    files = {f"content/items/{name}.md": text for name, text in items.items()}
    return make_site(root, {**BOTH, **files})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("both") / "site"
    hidden = item(
        title="撤下的",
        title_en="Withdrawn quietly",
        body_en="Nobody may read this sentence any more",
        withdrawn="{date: 2026-11-05, by: 工会, reason: 内容有误, hide: true}",
    )
    draft = item(title="草稿", title_en="Not yet written", draft="true")
    site = site_of(root, canteen=ENGLISH, plain=PLAIN, hidden=hidden, draft=draft)
    build(BuildRequest(site, instant(site, AT), site.out, render_shell))
    return site.out


def page(folder: Path, path: str) -> str:
    return (folder / path / "index.html").read_text("utf-8")


def test_each_language_has_its_own_page(folder: Path) -> None:
    chinese, english = page(folder, "items/canteen"), page(folder, "en/items/canteen")
    assert "<h1>食堂收支</h1>" in chinese
    assert "蔬菜支出 120 元" in chinese
    assert "<h1>Canteen accounts</h1>" in english
    assert "<td>Vegetables</td>" in english
    assert "蔬菜支出" not in english
    assert "In force" in english
    assert "Machining shop" in page(folder, "en")


def test_what_is_not_translated_says_so_and_shows_the_original(folder: Path) -> None:
    english = page(folder, "en/items/plain")
    assert "This has not been translated" in english
    assert "只有中文。" in english
    assert "没有译文，" not in page(folder, "items/plain")
    assert "This has not been translated" not in page(folder, "en/items/canteen")


def test_the_reader_switches_on_every_page(folder: Path) -> None:
    for path in ("items/canteen", "boards/machining", "archive", "duties", "report", "."):
        there = re.findall(r'gk-switch"[^>]*><a href="([^"]+)" lang="en"', page(folder, path))
        back = re.findall(r'gk-switch"[^>]*><a href="([^"]+)" lang="zh', page(folder, f"en/{path}"))
        base = f"http://x/{path}/".replace("/./", "/")
        assert [urljoin(base, one) for one in there] == [base.replace("x/", "x/en/", 1)]
        assert [urljoin(base.replace("x/", "x/en/", 1), one) for one in back] == [base]


def broken(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*.html"):
        place = path.relative_to(folder).as_posix()
        for link in re.findall(r'(?:href|src)="([^"#]+)', path.read_text("utf-8")):
            parts = urlsplit(link.replace("&amp;", "&"))
            if not parts.scheme and not parts.netloc:
                target = unquote(urlsplit(urljoin(f"http://x/{place}", link)).path).lstrip("/")
                name = f"{target}index.html" if target == "" or target.endswith("/") else target
                if not (folder / name).is_file():
                    yield f"{place}: {link}"


def test_every_link_of_both_leads_somewhere(folder: Path) -> None:
    assert list(broken(folder)) == []


def test_the_manifest_tells_each_item_once_and_vouches_for_both(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_bytes())
    told = {one["id"]: one for one in manifest["items"]}
    assert len(told) == len(manifest["items"]) == 3
    assert told["canteen"]["title"] == "食堂收支"
    assert "en/items/canteen/index.html" in manifest["files"]
    assert verify(folder) == ()
    for path in ("items/canteen", "en/items/canteen"):
        assert told["canteen"]["version"] in page(folder, path)


def test_what_is_hidden_or_a_draft_is_in_no_file_of_either(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            for words in (b"Nobody may read", b"Withdrawn quietly", b"Not yet written"):
                assert words not in data, path


def test_each_search_finds_its_own_words(folder: Path) -> None:
    chinese, english = (
        (folder / below / "search/whole.json").read_text("utf-8") for below in ("", "en")
    )
    assert "Canteen accounts" in english
    assert "Canteen accounts" not in chinese


def test_an_edit_of_the_translation_alone_makes_what_a_fresh_build_makes(tmp_path: Path) -> None:
    site = site_of(tmp_path / "site", canteen=ENGLISH, plain=PLAIN)
    assert run(site.root, "build", "--at", AT).returncode == 0
    path = site.root / "content/items/canteen.md"
    path.write_text(ENGLISH.replace("Vegetables", "Greens"), "utf-8")
    assert run(site.root, "build", "--at", AT).returncode == 0
    edited = tree(site.out)
    assert "Greens" in page(site.out, "en/items/canteen")
    assert run(site.root, "build", "--at", AT, "--clean").returncode == 0
    assert tree(site.out) == edited


def test_the_preview_shows_both(tmp_path: Path) -> None:
    site = site_of(tmp_path / "site", canteen=ENGLISH)
    assert site.english
    edition = make_edition(check(site, AT).standings)
    work = Work(
        edition,
        render_shell(site, tmp_path / "shell"),
        english_work(edition, render_shell(site.english, tmp_path / "shell-en")),
    )
    showing = Showing(work, dict)
    assert b"Canteen accounts" in (showing.find("en/items/canteen/index.html") or b"")
    assert "食堂收支".encode() in (showing.find("items/canteen/index.html") or b"")


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("| 120 |\n---", "| 121 |\n---", "table/total"),
        ("| Vegetables | 120 |", "| Vegetables |", "table/ragged"),
        ("Canteen accounts", "Call 13800000000", "privacy/phone"),
        ("Vegetables", "13800000000", "privacy/phone"),
    ],
)
def test_the_rules_hold_for_both_texts(old: str, new: str, rule: str, tmp_path: Path) -> None:
    assert ENGLISH.count(old) == 1
    site = site_of(tmp_path / "site", canteen=ENGLISH.replace(old, new))
    assert rule in {finding.rule for finding in check(site, AT).findings}


def test_without_a_second_configuration_translations_wait(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", {"content/items/canteen.md": ENGLISH})
    build(BuildRequest(site, instant(site, AT), site.out, render_shell))
    assert not (site.out / "en").exists()
    assert "gk-switch" not in page(site.out, "items/canteen")
    assert errors(site.root, AT) == set()


def test_a_second_configuration_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    site = site_of(tmp_path / "site", canteen=ENGLISH)
    (site.root / "mkdocs.en.yml").unlink()
    done = run(site.root, "build", "--at", AT, "--quiet")
    assert done.returncode == 2
    assert "mkdocs.en.yml" in done.stderr
