"""What many tests share: the example site, built once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gongkai.checking import Checked
from gongkai.mkdocs_plugin import render_shell
from gongkai.pipeline import build
from gongkai.source.site import read_site
from tests.hostile import hostile_site
from tests.sites import check, instant

ROOT = Path(__file__).parent.parent
DAY = "2026-11-22"


class Example:
    """The example site as published on one day."""

    def __init__(self, folder: Path, checked: Checked) -> None:
        self.folder = folder
        self.standings = checked.standings
        self.findings = checked.findings
        self.manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text("utf-8"))

    def page(self, path: str) -> str:
        return (self.folder / path).read_text("utf-8")

    def pages(self) -> list[Path]:
        return sorted(self.folder.rglob("*.html"))


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Example:
    out = tmp_path_factory.mktemp("example") / "site"
    site = read_site(ROOT)
    build(site, instant(site, DAY), out, render_shell)
    return Example(out, check(site, DAY))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a build makes of a site whose authors mean harm."""
    site = hostile_site(tmp_path_factory.mktemp("hostile") / "site")
    assert build(site, instant(site, DAY), site.out, render_shell).files
    return site.out
