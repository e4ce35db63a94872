"""Files that are dropped: an office's file goes through the import, anything else lies beside."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from gongkai.domain.errors import UsageError
from gongkai.editing.asked import ImportRequest
from gongkai.editing.importing import import_file
from gongkai.editing.written import replace_file, write_new
from gongkai.inbox.photo import LARGEST as LARGEST_PHOTO
from gongkai.inbox.photo import clean_photo
from gongkai.messages import say
from gongkai.preview.forms.desk import FormDesk
from gongkai.source.beside import IMAGES, LARGEST, find_beside
from gongkai.source.privacy.numbers import personal_numbers, veiled
from gongkai.source.problems import Mistake

_PHOTOS = (".jpg", ".jpeg", ".png")


class TakenOver(NamedTuple):
    """What came of a dropped file: the files written, and what is told of it."""

    paths: tuple[str, ...]
    told: tuple[str, ...]
    is_refused: bool = False


def take_over(desk: FormDesk, name: str, data: bytes, *, accepts: bool) -> TakenOver:
    """A file of Word or Excel as a draft, or as rows of the ledger."""
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        path = Path(folder) / _plain_name(name)
        path.write_bytes(data)
        found = import_file(desk.library, path, ImportRequest(accepts=accepts), desk.now.date())
    lang = desk.site.lang
    told = [say(lang, key, **values) for key, values in found.told]
    if found.troubles:
        told += [
            say(lang, trouble.key, cell=trouble.cell, quote=trouble.quote)
            for trouble in found.troubles
        ]
        return TakenOver((), (*told, say(lang, "import.refused")), is_refused=True)
    for path, content in found.files.items():
        (replace_file if found.may_replace else write_new)(path, content)
    desk.look_again()
    paths = tuple(path.relative_to(desk.root).as_posix() for path in found.files)
    return TakenOver(paths, (*told, *(say(lang, key, name="") for key in found.todo)))


def put_beside(desk: FormDesk, item: str, name: str, data: bytes) -> str:
    """A file beside an item, under the name that it got. UsageError in the words of the rules when
    it is of a kind or size that no item may have."""
    if len(data) > LARGEST:
        raise UsageError("error.import-large", path=name[:80], most=LARGEST // 10**6)
    name = _plain_name(name)
    if Path(name).suffix.lower() in _PHOTOS:
        data = _cleaned(name, data)
    folder = (desk.root / item).parent
    path = _free(folder, name)
    try:
        write_new(path, data)
        find_beside(desk.root / item, path.name, desk.root)
    except Mistake as mistake:
        path.unlink()
        values = {"found": name, "near": "", **mistake.values}
        words = say(desk.site.lang, f"rules.{mistake.rule}.{mistake.case}.message", **values)
        raise UsageError("error.form-file", why=words) from mistake
    desk.look_again()
    return path.name


def is_picture(name: str) -> bool:
    """May a text show it?"""
    return Path(name).suffix.lower() in IMAGES


def _cleaned(name: str, data: bytes) -> bytes:
    """A photo without where and when it was taken."""
    if len(data) > LARGEST_PHOTO:
        raise UsageError("error.import-large", path=name[:80], most=LARGEST_PHOTO // 10**6)
    found = clean_photo(data)
    if found is None:
        raise UsageError("error.form-photo", path=name[:80])
    return found


def _plain_name(name: str) -> str:
    """A name without folders, as it may lie beside an item."""
    plain = "".join(
        text for text in name.replace("\\", "/").rpartition("/")[2] if text.isprintable()
    )
    plain = plain.strip(" .")
    if not plain or len(plain.encode()) > _LONGEST or set(plain) & set('/\\:*?"<>|'):
        raise UsageError("error.form-file-name")
    if next(personal_numbers(plain), None):
        raise UsageError("error.import-name", path=veiled(plain))
    return plain


_LONGEST = 150


def _free(folder: Path, name: str) -> Path:
    """The name, or with a number where there is one already."""
    stem, suffix = Path(name).stem, Path(name).suffix
    return next(path for path in _names(folder, stem, suffix) if not path.exists())


def _names(folder: Path, stem: str, suffix: str) -> Iterator[Path]:
    yield folder / f"{stem}{suffix}"
    for number in range(2, 1_000):
        yield folder / f"{stem}-{number}{suffix}"
