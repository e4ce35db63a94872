"""What Typst and MkDocs make is made once in a run of the tests.

Hundreds of small sites have the same catalogue, cover, notices and frame, and making them took half
of the run. What came of something is kept, by all that was given, for whoever gives the same. Tests
whose law is that making it twice gives equal bytes ask for ``drawn_anew``.
"""

from __future__ import annotations

import hashlib
import logging
import os
import pickle
import shutil
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from gongkai.cli import main as cli
from gongkai.domain.model import Site
from gongkai.mkdocs_plugin.plugin import _words_of_mkdocs
from gongkai.render.frame import Shell
from gongkai.render.poster import posters, preview, typesetter

DRAWING, PICTURING, SHELL = typesetter._compile, preview.preview_of, cli._render_shell
"""The real ones."""
PLACE = "TESTS_DRAWN"
"""The environment variable by which the processes of a run know the folder."""


def draw_once(folder: Path, put: Callable[[object, str, object], None]) -> None:
    """From now on paper is drawn once; ``put`` sets an attribute.

    A build uses one process unless it is told otherwise: the tests use all cores by themselves,
    and processes begun from nothing would draw everything anew.
    """
    drawn = Drawn(folder)
    put(typesetter, "_compile", drawn.compiled)
    put(posters, "preview_of", drawn.preview_of)
    put(cli, "_render_shell", drawn.shell)
    put(os, "cpu_count", lambda: 1)


class Drawn:
    """A folder with what was drawn, which all processes of a run of the tests have in common."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)

    def compiled(
        self, sources: Any, root: str, data: Any, moment: Any, own: Any, *rest: Any, **named: Any
    ) -> bytes:
        def draw() -> bytes:
            return DRAWING(sources, root, data, moment, own, *rest, **named)

        if own:  # fonts of a site, which may be others at the same place
            return draw()
        beside = {file.name: file.read_bytes() for file in sorted(Path(root).iterdir())}
        given = repr((sorted(sources.items()), beside, data, moment, rest, sorted(named.items())))
        return self._once(given.encode(), draw)

    def preview_of(self, pdf: bytes) -> bytes:
        return self._once(pdf, lambda: PICTURING(pdf))

    def shell(self, site: Site, folder: Path) -> Shell:
        """What MkDocs renders of a site, if it said nothing and could not look anywhere else."""
        tops = [path for path in (site.pages, site.root / "theme") if path.is_dir()]
        found = [(top, path) for top in tops for path in sorted(top.rglob("*"))]
        paths = [(path.relative_to(top), path) for top, path in found if not path.is_dir()]
        is_plain = site.is_plain and all(_is_own(path) for _, path in paths)
        read = [(name, path.read_bytes()) for name, path in paths if is_plain]
        given = repr((site.digest, site.config.name, site.lang, site.root.name, read))
        kept = self.folder / f"shell-{hashlib.sha256(given.encode()).hexdigest()}"
        if not is_plain:
            return SHELL(site, folder)
        if not kept.exists():
            with _words_of_mkdocs(logging.WARNING) as said:
                shell = SHELL(site, folder)
            if not said:
                made = kept.with_suffix(_own_ending())
                shutil.copytree(folder, made / "files")
                (made / "shell").write_bytes(pickle.dumps((shell.files, shell.frames)))
                with suppress(OSError):  # another process was first
                    made.rename(kept)
            return shell
        shutil.copytree(kept / "files", folder, dirs_exist_ok=True)
        files, frames = pickle.loads((kept / "shell").read_bytes())  # noqa: S301 - our own
        return Shell(folder=folder, files=files, frames=frames)

    def _once(self, given: bytes, draw: Callable[[], bytes]) -> bytes:
        path = self.folder / hashlib.sha256(given).hexdigest()
        if not path.exists():
            made = path.with_suffix(_own_ending())
            made.write_bytes(draw())
            made.replace(path)
        return path.read_bytes()


def _own_ending() -> str:
    """Of a file that nobody else writes."""
    return f".{os.getpid()}-{threading.get_ident()}"


def _is_own(path: Path) -> bool:
    return path.is_file() and not path.is_symlink() and path.stat().st_nlink == 1
