"""A new site: the example to learn from, or an empty one to begin with."""

from __future__ import annotations

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


def starter(folder: Path, since: str, lang: str, *, is_empty: bool) -> Mapping[str, bytes]:
    """The files of a new site, by path. UsageError when the folder holds anything already."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError("error.not-empty", path=str(folder))
    found = {"build.py": _FRONT_DOOR.encode(), ".gitignore": _IGNORED.encode()}
    if not is_empty:
        return found | dict(_copied())
    name = plain(folder.resolve().name)
    depts = sorted(built_in_departments(lang))
    rows = "\n".join(f"  - {{{_NAME[lang]}: {one}}}" for one in depts)
    for path in sorted((_STARTER / lang).rglob("*.*")):
        text = Template(path.read_text("utf-8")).substitute(name=name, since=since, rows=rows)
        found[path.relative_to(_STARTER / lang).as_posix()] = text.encode()
    pages = {path: (example() / path).read_bytes() for path in _SHARED}
    return {f"{one}/.gitkeep": b"" for one in _KEPT} | pages | found


_NAME = {"zh": "名称", "en": "name"}


def _copied() -> Iterator[tuple[str, bytes]]:
    root = example()
    for name in _COPIED:
        top = root / name
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path.relative_to(root).as_posix(), path.read_bytes()


_FRONT_DOOR = '''\
#!/usr/bin/env python3
"""The front door of this site: python build.py VERB, or python build.py alone to publish it."""

import sys
from pathlib import Path

try:
    from gongkai.cli.main import main
except ImportError:
    sys.exit("gongkai: 先安装 gongkai / install gongkai first")

arguments = sys.argv[1:]
if not any(one == "--root" or one.startswith("--root=") for one in arguments):
    arguments += ["--root", str(Path(__file__).resolve().parent)]
sys.exit(main(arguments))
'''
_IGNORED = "site/\n.gongkai/\n.*.gongkai/\n__pycache__/\n"
