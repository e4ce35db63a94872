"""The manual says nothing that does not work: its files are written, its commands run, in order."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from gongkai.cli.arguments import VERBS
from gongkai.cli.main import main
from tests.cases import sampled
from tests.command import shim
from tests.conftest import ROOT
from tests.sites import commit

DOCS = ROOT / "docs"
PAGES = sorted(path for lang in ("zh", "en") for path in (DOCS / lang).rglob("*.md"))
FENCE = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$', re.DOTALL | re.MULTILINE)
INLINE = re.compile(r"`python build\.py ([a-z]+)")
PYTHON = """\
#!/bin/sh
# Stands for python in a shell of the reader's: build.py is the product's, the day is the page's.
shift
case " $* " in *" --root "*) ;; *) if [ -e mkdocs.yml ]; then set -- "$@" --root .; fi ;; esac
case " $* " in *" --at "*) ;; *) set -- "$@" --at "{at}" ;; esac
case " $* " in *" --lang "*) ;; *) set -- "$@" {lang} ;; esac
exec {gongkai} "$@"
"""


def head(path: Path) -> dict[str, str]:
    """What a page says of itself: what it starts with, and the day it is read on."""
    found = re.match(r"---\n(.*?)\n---\n", path.read_text("utf-8"), re.DOTALL)
    return {key: str(value) for key, value in yaml.safe_load(found[1]).items()} if found else {}


RUN = [path for path in PAGES if head(path)]


def name(path: Path) -> str:
    return path.relative_to(DOCS).with_suffix("").as_posix()


LONG = {"zh/howto/archive", "zh/howto/english"}
CHINESE = {name(path) for path in RUN if name(path).startswith("zh")} - LONG


def desk(root: Path, page: Path, kept: Path) -> Path:
    """A reader's folder: nothing yet, an empty site, or the example in a repository."""
    told, lang = head(page), name(page).partition("/")[0]
    work = root / "work"
    shutil.copytree(ROOT / "tests/office", work / "tests/office")
    if told["start"] == "example":
        for folder in ("content", "boards"):
            shutil.copytree(ROOT / folder, work / folder)
        shutil.copy(ROOT / "mkdocs.yml", work)
        commit(work, "2026-11-22T08:00:00+08:00", {})
        shutil.copytree(kept, work / ".gongkai")  # sheets need not be drawn anew for each page
    if told["start"] == "empty":
        assert main(["init", str(root / "new"), "--empty", "--lang", lang]) == 0
        shutil.copytree(root / "new", work, dirs_exist_ok=True)
    python = root / "bin/python"
    python.parent.mkdir()
    values = {
        "gongkai": shim(),
        "at": told["at"],
        "lang": "--lang en" if lang == "en" else "",
    }
    python.write_text(PYTHON.format(**values), "utf-8")
    python.chmod(0o755)
    return work


@pytest.mark.skipif(sys.platform == "win32", reason="the blocks are for a POSIX shell")
@sampled("page", [path for path in RUN if name(path) in CHINESE], step=3)
def test_a_reader_who_does_what_the_page_says(page: Path, kept: Path, tmp_path: Path) -> None:
    """A third of them; the pages in English have the same commands (below). All are followed by
    ``make soak``."""
    follow(page, tmp_path, kept)


def follow(page: Path, tmp_path: Path, kept: Path) -> None:
    """Files are written as they are shown, commands run as they stand, and what is shown as their
    output is part of it. Only `check` and `report` may find something, and only with a status."""
    work = desk(tmp_path, page, kept)
    said = ""
    for kind, title, text in FENCE.findall(page.read_text("utf-8")):
        if kind == "sh":
            said = run(work, tmp_path / "bin", text)
        elif kind == "text":
            assert all(line in said for line in text.splitlines()), (text, said)
        elif title and not title.startswith(("/", "~")):
            (work / title).parent.mkdir(parents=True, exist_ok=True)
            (work / title).write_text(text, "utf-8")


def run(work: Path, first: Path, text: str) -> str:
    """What a block of commands says; each must succeed."""
    environment = {"PATH": f"{first}:/usr/bin:/bin", "HOME": str(work.parent), "LANG": "C.UTF-8"}
    done = subprocess.run(
        ["sh", "-ec", text], cwd=work, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, f"{text}\n{done.stdout}\n{done.stderr}"
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_verb_it_names_is_one(page: Path) -> None:
    text = page.read_text("utf-8")
    assert head(page) or "```sh" not in text
    assert set(INLINE.findall(text)) <= set(VERBS)


def test_both_languages_have_the_same_pages_files_and_commands() -> None:
    shown = {}
    for lang in ("zh", "en"):
        pages = [path for path in PAGES if name(path).startswith(lang)]
        blocks = {path: FENCE.findall(path.read_text("utf-8")) for path in pages}
        shown[lang] = {
            name(path)[3:]: (head(path), [(kind, title) for kind, title, _ in found])
            for path, found in blocks.items()
        }
    assert shown["zh"] == shown["en"]


@sampled("lang", ["zh", "en"], step=2)
def test_the_manual_is_built_without_a_warning_and_asks_no_other_host(
    lang: str, tmp_path: Path
) -> None:
    command = ["mkdocs", "build", "-q", "--strict", "-f", str(DOCS / f"{lang}.yml")]
    done = subprocess.run(
        [sys.executable, "-m", *command, "-d", str(tmp_path)],
        capture_output=True, text=True, env={"NO_MKDOCS_2_WARNING": "1", "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for page in tmp_path.rglob("*.html"):
        loaded = re.findall(
            r'<(?:script|img|iframe)[^>]*src="([^"]+)"|<link[^>]*href="([^"]+)"',
            page.read_text("utf-8"),
        )
        assert not [one for pair in loaded for one in pair if one.startswith(("http", "//"))]
    text = (tmp_path / "reference/item.html").read_text("utf-8")
    assert "公开期限" in text and "expires" in text
