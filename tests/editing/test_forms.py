"""The editing page is made from the shape of an item, and only where a site asks for one."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from gongkai.build.pipeline import build
from gongkai.build.request import BuildRequest
from gongkai.mkdocs_plugin.plugin import render_shell
from gongkai.source.item_shape import item_shape
from gongkai.source.site import read_site
from tests.command import run
from tests.sites import CONFIG, instant, make_site

FORMS = Path(__file__).parents[2] / "theme/forms"
WITH = "gongkai: {forms: {gitlab: 'https://git.factory.example', repo: office/board}}"


def published(tmp_path: Path, option: str = WITH, **files: str) -> dict[str, Any]:
    """What the page of a site is told."""
    config = CONFIG.replace("plugins: [search, gongkai]", f"plugins: [search, {option}]")
    site = make_site(tmp_path, {"mkdocs.yml": config, **files})
    build(BuildRequest(site, instant(site, "2026-11-22"), site.out, render_shell))
    told: dict[str, Any] = json.loads((site.out / "forms/config.json").read_bytes())
    return told


def fields(told: dict[str, Any]) -> dict[str, Any]:
    return {one["name"]: one for one in told["config"]["collections"][0]["fields"]}


def test_without_being_asked_for_there_is_none(tmp_path: Path) -> None:
    site = make_site(tmp_path, {})
    build(BuildRequest(site, instant(site, "2026-11-22"), site.out, render_shell))
    assert not (site.out / "forms").exists()


def test_what_must_be_there_is_asked_for_and_nothing_that_no_item_has(tmp_path: Path) -> None:
    told = published(tmp_path)
    keys = {key.chinese: key for key in item_shape(read_site(tmp_path).zone).keys}
    asked = fields(told)
    assert {*asked} - {"body"} <= {*keys}
    needed = {name for name, value in asked.items() if value["required"]}
    assert needed == {key.chinese for key in keys.values() if key.need}
    assert {one["name"] for one in told["fields"]} == {*asked} - {"body"}


def test_it_offers_the_site_s_own_names(tmp_path: Path) -> None:
    org = "名称: 测试厂\n部门: [{名称: 劳资科}, {名称: 工会}]\n"
    asked = fields(published(tmp_path, **{"content/org.yml": org}))
    assert asked["责任"]["fields"][0]["options"] == ["劳资科", "工会"]
    assert asked["公开栏"]["options"] == [{"value": "machining", "label": "机加工车间厂务公开栏"}]
    assert {"value": "wages-bonus", "label": "工资奖金分配"} in asked["类别"]["options"]
    assert len(asked["类别"]["options"]) == 33


def test_it_may_ask_only_the_forge(tmp_path: Path) -> None:
    backend = published(tmp_path)["config"]["backend"]
    assert (backend["name"], backend["repo"]) == ("gitlab", "office/board")
    assert backend["api_root"] == "https://git.factory.example/api/v4"
    page = (tmp_path / "site/forms/index.html").read_text("utf-8")
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', page)
    assert "connect-src 'self' data: https://git.factory.example;" in policy
    assert "script-src 'self';" in policy


def test_at_gitlab_what_is_saved_may_wait_for_a_review(tmp_path: Path) -> None:
    asked = WITH.replace("repo:", "review: true, repo:")
    assert published(tmp_path, asked)["config"]["publish_mode"] == "editorial_workflow"
    assert "publish_mode" not in published(tmp_path)["config"]


@pytest.mark.parametrize(
    "forms",
    [
        "{gitlab: 'https://git.example'}",
        "{repo: office/board}",
        "{gitlab: 'https://a.example', gitea: 'https://b.example', repo: a/b}",
        "{gitlab: 'javascript:alert(1)', repo: a/b}",
        "{gitlab: 'https://a.example; script-src *', repo: a/b}",
        "{gitea: 'https://a.example', repo: board}",
        "{gitea: 'https://a.example', repo: a/b, token: x}",
        "{gitea: 'https://a.example', repo: a/b, review: true}",
        "{gitlab: 'https://a.example', repo: a/b, review: sometimes}",
        "[gitea]",
    ],
)
def test_a_forge_that_is_none_is_one_sentence(forms: str, tmp_path: Path) -> None:
    option = f"gongkai: {{forms: {forms}}}"
    config = CONFIG.replace("plugins: [search, gongkai]", f"plugins: [search, {option}]")
    make_site(tmp_path / "site", {})
    (tmp_path / "site/mkdocs.yml").write_text(config, "utf-8")
    done = run(tmp_path / "site", "build", "--at", "2026-11-22", "--quiet")
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "forms" in line


def test_what_was_taken_over_is_as_it_was_bundled_and_names_no_other_place_to_load_from() -> None:
    sums = (FORMS / "vendor/SHA256SUMS").read_text("ascii").splitlines()
    for line in sums:
        sha256, name = line.split()
        assert hashlib.sha256((FORMS / name).read_bytes()).hexdigest() == sha256
    code = (FORMS / "sveltia-cms.js").read_text("utf-8")
    assert not re.findall(r"unpkg\.com|jsdelivr|fonts\.g(oogleapis|static)", code)
