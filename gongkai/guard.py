"""What stands between a finished stage and its publication: nothing of a hidden item and no
personal number is in any file, those that depend on the past included."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec
from msgspec import structs

from gongkai.fence import Fence
from gongkai.hung import Stay, read_hung
from gongkai.proof import Proof
from gongkai.recall import Past, Printed, Recalled, Record, read_manifest, read_recall

_Titled = TypeVar("_Titled", Stay, Printed, Recalled)


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

    def purged(self, past: Past) -> Past:
        """What was published before, without the titles of what is hidden now: under the name that
        it has, one that it had, or any other if the title alone tells."""
        recall, hung = read_recall(past.recall), read_hung(past.hung)
        if not self.proof.hidden:
            return past
        manifest = read_manifest(past.manifest)
        items = tuple(self._untold_record(one) for one in manifest.items)
        purged = past._replace(manifest=_encoded(structs.replace(manifest, items=items)))
        if recall:
            sheets, printed = self._untold(recall.sheets), self._untold(recall.printed)
            recall = structs.replace(recall, sheets=sheets, printed=printed)
            purged = purged._replace(recall=_encoded(recall))
        if hung:
            hung = structs.replace(hung, stays=self._untold(hung.stays))
            purged = purged._replace(hung=_encoded(hung))
        return purged

    def _untold(self, entries: Iterable[_Titled]) -> tuple[_Titled, ...]:
        return tuple(
            structs.replace(one, title=None) if self.proof.tells(one.item, one.title) else one
            for one in entries
        )

    def _untold_record(self, record: Record) -> Record:
        is_told = self.proof.tells(record.id, record.title)
        return structs.replace(record, title=None) if is_told else record


def _encoded(value: object) -> bytes:
    return msgspec.json.encode(value)
