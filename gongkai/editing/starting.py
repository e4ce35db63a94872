"""A new site: the example to learn from, or an empty one to begin with."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Template

from gongkai.domain.errors import UsageError
from gongkai.editing.written import plain
from gongkai.source.catalogue import built_in_departments

_PACKAGE = Path(__file__).resolve().parent.parent
_COPIED = ("mkdocs.yml", "boards", "content")
_SHARED = ("content/pages/object.md", "content/pages/about.md")
"""Pages of the example that are true of any factory."""
_STARTER = Path(__file__).resolve().parent / "starter"
"""What an empty site begins with, by language."""
_KEPT = (
    "content/items",
    "content/opinions",
    "content/surveys",
    "content/inspections",
    "content/meetings",
)


def example() -> Path:
    """The example that ships with the product: inside the wheel, or the checkout itself."""
    packed = _PACKAGE / "_example"
    return packed if packed.is_dir() else _PACKAGE.parent


def starter(folder: Path, since: str, lang: str, ci: str, *, is_empty: bool) -> Mapping[str, bytes]:
    """The files of a new site, by path. UsageError when the folder holds anything already."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError("error.not-empty", path=str(folder))
    name = plain(folder.resolve().name)
    found = dict(_handed_over(name, lang, ci))
    if not is_empty:
        return found | dict(_copied())
    depts = sorted(built_in_departments(lang))
    rows = "\n".join(f"  - {{{_NAME[lang]}: {dept}}}" for dept in depts)
    for path in sorted((_STARTER / lang).rglob("*.*")):
        text = Template(path.read_text("utf-8")).substitute(name=name, since=since, rows=rows)
        found[path.relative_to(_STARTER / lang).as_posix()] = text.encode()
    pages = {path: (example() / path).read_bytes() for path in _SHARED}
    return {f"{text}/.gitkeep": b"" for text in _KEPT} | pages | found


_NAME = {"zh": "名称", "en": "name"}


def start_repository(folder: Path) -> bool:
    """Make a site a repository of its own, without a first commit: what an office brings along
    belongs into it, for of that commit's files nobody can know since when they hang."""
    try:
        command = ["git", "-C", str(folder), "init", "-q", "-b", "main"]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _copied() -> Iterator[tuple[str, bytes]]:
    root = example()
    for name in _COPIED:
        top = root / name
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path.relative_to(root).as_posix(), path.read_bytes()


def _handed_over(name: str, lang: str, ci: str) -> Iterator[tuple[str, bytes]]:
    """What somebody new needs who gets the site: its front door, a README, what git and editors
    should know, the forge's own file, and how it runs on a server."""
    yield "build.py", (example() / "build.py").read_bytes()
    if ci in CI_FILES:
        yield CI_FILES[ci], (example() / CI_FILES[ci]).read_bytes()
    read_me = (_STARTER / "shared" / f"README.{lang}.md").read_text("utf-8")
    yield "README.md", Template(read_me).substitute(name=name).encode()
    for path in sorted((_STARTER / "shared").rglob("*")):
        where = path.relative_to(_STARTER / "shared")
        if path.is_file() and not where.name.startswith("README."):
            yield _HIDDEN.get(where.name, where.as_posix()), path.read_bytes()


CI_FILES = {
    "gitea": ".gitea/workflows/board.yml",
    "gitlab": ".gitlab-ci.yml",
    "github": ".github/workflows/board.yml",
}
"""Where each forge looks for what it has to do."""
_HIDDEN = {"gitattributes": ".gitattributes", "gitignore": ".gitignore"}
"""Files that git would take for its own while they lie in this program."""
