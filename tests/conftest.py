"""What many tests share: the example site, built once."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from gongkai.build.pipeline import build
from gongkai.build.request import BuildRequest
from gongkai.cli import main as cli
from gongkai.files.lock import locked
from gongkai.files.workers import Means
from gongkai.mkdocs_plugin.plugin import render_shell
from gongkai.render.poster import posters, typesetter
from gongkai.rules.checking import Checked
from gongkai.source.site import read_site
from tests import cases
from tests.drawn import DRAWING, PICTURING, PLACE, SHELL, draw_once
from tests.hostile import hostile_site
from tests.pure import is_quick
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


_MEMORY, _ROOM = Path("/dev/shm"), 4 << 30  # noqa: S108 - a place, not a file's name
"""Where a Linux keeps files in memory, and the bytes that must be free there: the tests make and
remove some fifty thousand small files. The long runs stay on the disk."""


def is_soak(config: pytest.Config) -> bool:
    """Are these the long runs?"""
    return any("soak" in arg for arg in config.args)


def pytest_configure(config: pytest.Config) -> None:
    """Let the tests' files lie in memory where there is room; whoever names a place is obeyed."""
    cases.is_whole = bool(config.getoption("--whole", default=False))
    if not is_soak(config) and _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM:
        os.environ.setdefault("TMPDIR", str(_MEMORY))
        tempfile.tempdir = None  # it is asked for anew


def _is_long(test: pytest.Item) -> bool:
    return "soak" in test.path.parts or test.get_closest_marker("sampled") is not None


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: the tests in a browser mostly wait for it."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long runs take of the daily tests those that have more cases. ``make fast`` takes what is
    quick by its own making, so that nobody keeps a list of it. What looks at the example comes
    last: one process makes it while the others do the rest."""
    if cases.is_whole:
        items[:] = [item for item in items if _is_long(item)]
    items.sort(key=lambda one: "kept" in getattr(one, "fixturenames", ()))
    for item in items:
        if isinstance(item, pytest.Function):
            found = item._fixtureinfo.name2fixturedefs.items()
            made = [fixtures for name, fixtures in found if name != _drawn_once.__name__]
            if is_quick([item.function, *(last.func for *_, last in made)]):
                item.add_marker("fast")


def _common(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of a run of the tests have in common."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if base.name.startswith("popen-") else base


Once = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Makes a folder, by its name, once for all processes of a run of the tests."""
    common = _common(tmp_path_factory)

    def made(name: str, make: Callable[[Path], object]) -> Path:
        done = common / f"{name}.done"
        with locked(common / f"{name}.lock", lambda _: None):
            if not done.exists():
                make(common / name)
                done.touch()
        return common / name

    return made


@pytest.fixture(scope="session", autouse=True)
def _drawn_once(request: pytest.FixtureRequest) -> Iterator[None]:
    """Paper is drawn once in a run of the tests; in the long runs it is always drawn anew."""
    if is_soak(request.config):
        yield
        return
    folder = _common(request.getfixturevalue("tmp_path_factory")) / "drawn"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(PLACE, str(folder))
        draw_once(folder, patch.setattr)
        yield


@pytest.fixture
def drawn_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests whose law is what drawing itself does."""
    monkeypatch.setattr(typesetter, "_compile", DRAWING)
    monkeypatch.setattr(posters, "preview_of", PICTURING)
    monkeypatch.setattr(cli, "_render_shell", SHELL)


@pytest.fixture(scope="session")
def kept(once: Once) -> Path:
    """What a build of the example keeps, on the day on which most tests look at it; and the site
    beside it. Copied into a site as ``.gongkai`` it saves most of another build."""

    def make(folder: Path) -> None:
        site = read_site(ROOT)
        build(
            BuildRequest(
                site, instant(site, DAY), folder / "site", render_shell, Means(1, folder / "kept")
            )
        )

    return once("example", make) / "kept"


@pytest.fixture(scope="session")
def example(kept: Path) -> Example:
    return Example(kept.parent / "site", check(read_site(ROOT), DAY))


@pytest.fixture(scope="session")
def hostile(once: Once) -> Path:
    """What a build makes of a site whose authors mean harm."""

    def make(folder: Path) -> None:
        site = hostile_site(folder / "site")
        assert build(BuildRequest(site, instant(site, DAY), site.out, render_shell)).files

    return once("hostile", make) / "site/site"
