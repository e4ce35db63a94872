"""A look at the disk: which files a site is made of, and whether they are the ones seen before."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from gongkai.domain.model import Site
from gongkai.files.reading import YAML, Seen, is_linked_folder, look, see
from gongkai.source.kept import DOUBT, digest_of

FOLDERS = ("content", "boards", "theme")
"""What a site is made of, besides its configuration."""
CONFIGS = "mkdocs*.yml"
"""How configurations are named: the site's own, and that of the same site in English."""
ENDINGS = (".md", *YAML)
"""How the names of items' files end."""

Look = dict[str, Seen]
"""Every file by its path, and how it looked."""


def look_around(root: Path, pages: Path | None = None) -> Look:
    """Every file of a site, in a fixed order; ``pages`` is MkDocs' folder, if it lies elsewhere."""
    seen: Look = {}
    for folder in folders_of(root, pages):
        if folder.is_dir():
            seen |= dict(look(str(folder), ("",)))
    configs = {str(path): see(str(path)) for path in sorted(root.glob(CONFIGS))}
    return seen | {path: found for path, found in configs.items() if found}


def folders_of(root: Path, pages: Path | None) -> list[Path]:
    """The folders that a site is made of."""
    folders = [root / name for name in FOLDERS]
    is_inside = pages is None or any(pages.is_relative_to(folder) for folder in folders)
    return folders if is_inside or pages is None else [*folders, pages]


def items_among(seen: Look, site: Site) -> dict[str, Seen]:
    """The files of items among those that were seen, by their paths from the site's folder.

    A linked folder is among them, so that it is refused by name instead of passed over unseen.
    """
    folder, start = str(site.root / "content" / "items") + os.sep, len(str(site.root)) + 1
    return {
        path[start:].replace(os.sep, "/"): found
        for path, found in seen.items()
        if path.startswith(folder) and (path.lower().endswith(ENDINGS) or is_linked_folder(path))
    }


def around_of(seen: Look, root: Path) -> tuple[tuple[str, Seen], ...]:
    """The files that are neither items nor beside them, and how they were seen."""
    items = str(root / "content" / "items") + os.sep
    return tuple((path, found) for path, found in seen.items() if not path.startswith(items))


def digest_of_look(seen: Look, before: int) -> bytes | None:
    """What stands for everything that was seen. None when something changed so shortly before an
    instant of the file system's clock (ns) that it may have changed once more unseen."""
    if any(found.changed >= before - DOUBT for found in seen.values()):
        return None
    return digest_of(msgspec.msgpack.encode(seen))
