"""What stands between a finished stage and its publication: nothing of a hidden item and no
personal number is in any file, those that depend on the past included."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec
from msgspec import structs

from gongkai.publish.fence import Fence
from gongkai.publish.hanging_log import Stay, read_hung
from gongkai.publish.leak_scan import Proof
from gongkai.publish.recall import (
    EarlierSite,
    PaperRecord,
    Printed,
    Recalled,
    read_manifest,
    read_recall,
)

_Titled = TypeVar("_Titled", Stay, Printed, Recalled, PaperRecord)


class Guard(NamedTuple):
    """Looks at files before they go up, and takes out of the past what is hidden now."""

    proof: Proof
    fence: Fence

    @property
    def key(self) -> bytes:
        """What stands for everything that is looked for."""
        return self.proof.key + self.fence.key

    def look(self, folder: Path, files: Sequence[tuple[str, str]]) -> None:
        """Look at files of a folder, given with the hashes of their bytes. PublishError for the
        first that may not go up."""
        if self.proof.hidden:
            self.proof.look(folder, files)
        self.fence.look(folder, (path for path, _ in files))

    def check(self, files: Mapping[str, bytes]) -> None:
        """The same for files that are not written yet."""
        for path, data in files.items():
            if not path.endswith(".pdf"):  # made from the same list as the page beside it
                self.proof.check(path, data.decode("utf-8", "replace"))
                self.fence.check(path, data)

    def purged(self, past: EarlierSite) -> EarlierSite:
        """What was published before, without the titles of what is hidden now: under the name that
        it has, one that it had, or any other if the title alone tells."""
        if not self.proof.hidden:
            return past
        recall, hung = read_recall(past.recall), read_hung(past.hung)
        manifest = read_manifest(past.manifest)
        stays = hung.stays if hung else ()
        told = [(stay.item, stay.title) for stay in stays]
        told += [(printed.item, printed.title) for printed in (recall.printed if recall else ())]
        told += [(item.id, item.title) for item in manifest.items]
        owners = self._owners(told)
        items = tuple(_untold(item, "id", owners) for item in manifest.items)
        purged = past._replace(manifest=_encoded(structs.replace(manifest, items=items)))
        if recall:
            sheets = tuple(_untold(sheet, "item", owners) for sheet in recall.sheets)
            printed = tuple(_untold(printed, "item", owners) for printed in recall.printed)
            recall = structs.replace(recall, sheets=sheets, printed=printed)
            purged = purged._replace(recall=_encoded(recall))
        if hung:
            stays = tuple(_untold(stay, "item", owners) for stay in hung.stays)
            purged = purged._replace(hung=_encoded(structs.replace(hung, stays=stays)))
        return purged

    def _owners(self, told: Iterable[tuple[str, str | None]]) -> dict[tuple[str, str | None], str]:
        """The hidden items by what was published of them: by its names, by what a title tells, and
        by titles that it had under a name of its own."""
        entries = list(told)
        owners: dict[tuple[str, str | None], str] = {}
        for name, title in entries:
            if owner := self.proof.owner(name, title):
                owners[name, title] = owner
        titles = {title: owner for (_, title), owner in owners.items() if title is not None}
        for name, title in entries:
            if title is not None and title in titles:
                owners.setdefault((name, title), titles[title])
        return owners


def _untold(entry: _Titled, key: str, owners: Mapping[tuple[str, str | None], str]) -> _Titled:
    """An entry of the past under the name that a hidden item has now, and without its title."""
    owner = owners.get((getattr(entry, key), entry.title))
    return structs.replace(entry, **{key: owner, "title": None}) if owner else entry


def _encoded(value: object) -> bytes:
    return msgspec.json.encode(value)
