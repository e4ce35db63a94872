"""Where templates, styles and layouts come from: the site's ``theme/``, then the built-in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def built_in() -> Path:
    """The theme that ships with the product: inside the wheel, or beside it in a checkout."""
    packed = _PACKAGE / "_theme"
    return packed if packed.is_dir() else _PACKAGE.parent / "theme"


def folders(root: Path) -> list[Path]:
    """The theme folders of a site, the one that wins first."""
    own = root / "theme"
    return [own, built_in()] if own.is_dir() and own != built_in() else [built_in()]


def find(root: Path, name: str) -> Path:
    """A file of the theme: the site's own if it has one. FileNotFoundError if neither has."""
    for folder in folders(root):
        if (folder / name).is_file():
            return folder / name
    raise FileNotFoundError(name)


def files(root: Path, folder: str) -> Iterator[tuple[str, Path]]:
    """Every file of a folder of the theme, by name, the site's own winning."""
    found: dict[str, Path] = {}
    for theme in reversed(folders(root)):
        for path in sorted((theme / folder).glob("*")):
            if path.is_file() and not path.name.startswith("."):
                found[path.name] = path
    yield from sorted(found.items())
