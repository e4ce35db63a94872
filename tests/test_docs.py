"""The README says nothing that does not work."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from gongkai.build.pipeline import build
from gongkai.build.request import BuildRequest
from gongkai.mkdocs_plugin.plugin import render_shell
from tests.command import Done, gongkai
from tests.conftest import ROOT
from tests.sites import instant, item, make_site

READMES = ["README.md", "README.zh.md"]


def commands() -> list[str]:
    found = []
    for name in READMES:
        for block in re.findall(r"```sh\n(.*?)```", (ROOT / name).read_text("utf-8"), re.DOTALL):
            found += [line.split("#")[0].strip() for line in block.splitlines()]
    return sorted({line for line in found if line.startswith("python build.py ")})


@pytest.mark.parametrize("command", commands())
def test_every_command_of_the_readme_works(command: str, kept: Path, tmp_path: Path) -> None:
    words = command.split()[2:]
    if "--out" in words:
        words[words.index("--out") + 1] = f"{tmp_path}/site"
    if words[0] == "build" and "--root" not in words:  # of the example, as ``make site`` does it
        words += ["--root", str(example_in(tmp_path, kept))]
    if words[0] in ("rollback", "verify"):
        words = [*words[:1], *(["--root", str(published_twice(tmp_path))])]
        words += [str(tmp_path / "factory/site")] if "/srv/www" in command else []
    if (
        words[0] in ("new", "import", "schema", "init", "archive")
        or "--fix" in words
        or "factory" in words
    ):
        words = own_site(words, tmp_path)
    done = front_door(*words, "--at", "2026-11-22")
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr


def example_in(folder: Path, kept: Path) -> Path:
    for name in ("content", "boards"):
        shutil.copytree(ROOT / name, folder / "example" / name)
    shutil.copy(ROOT / "mkdocs.yml", folder / "example")
    shutil.copytree(kept, folder / "example/.gongkai")
    return folder / "example"


def front_door(*words: str) -> Done:
    """What ``python build.py`` hands over to; that it does is seen in ``test_build``."""
    return gongkai(*words, *([] if "--root" in words else ["--root", str(ROOT)]), cwd=ROOT)


def own_site(words: list[str], folder: Path) -> list[str]:
    """The same command on a site made for it: what writes never writes into this one."""
    if words[0] == "init":
        return ["init", str(folder / "new"), *words[2:]]
    october = item(category="wages-bonus", period="2026-10", title="2026年10月工资")
    make_site(folder, {"content/items/2026-10-wages-company.md": october})
    words = words[: words.index("--root")] if "--root" in words else words
    return [*words, "--root", str(folder)]


def test_a_new_users_way_from_an_excel_sheet_to_the_board_and_a_poster(tmp_path: Path) -> None:
    """The commands of the README's own section, in order, and nothing else."""
    text = (ROOT / "README.md").read_text("utf-8")
    block = text.partition("## A site of your own")[2].partition("```sh\n")[2].partition("```")[0]
    lines = block.strip().splitlines()
    assert len(lines) <= 10
    for line in lines:
        words = [
            str(tmp_path / "factory") if text == "factory" else text for text in line.split()[2:]
        ]
        done = front_door(*words, "--at", "2026-12-10")
        assert done.returncode == 0, done.stderr
    site = tmp_path / "factory/site"
    assert "598,400.00" in (site / "boards/company/index.html").read_text("utf-8")
    assert (site / "posters/items/2026-11-wages-bonus.pdf").read_bytes().startswith(b"%PDF-")


def published_twice(folder: Path) -> Path:
    """A site that has another before it."""
    root = folder / "factory"
    for title in ("甲", "乙"):
        site = make_site(root, {"content/items/x.md": item(title=title)})
        build(BuildRequest(site, instant(site, "2026-11-22"), site.out, render_shell))
    return root


@pytest.mark.parametrize("name", [*READMES, "CONTRIBUTING.md"])
def test_what_it_links_to_is_there(name: str) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", (ROOT / name).read_text("utf-8")):
        assert (ROOT / target).exists(), target


def test_every_target_of_the_readme_is_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for name in READMES:
        for target in re.findall(r"^make (\w+)$", (ROOT / name).read_text("utf-8"), re.MULTILINE):
            assert f"\n{target}:" in makefile
