"""Under plain MkDocs: a site that MkDocs has just written is filled where it lies."""

from __future__ import annotations

import hashlib
from pathlib import Path

from gongkai.edition import make_edition
from gongkai.pipeline import Checked, manifest_of
from gongkai.publish import manifest_bytes, written
from gongkai.render.frame import Shell
from gongkai.render.search import INDEX, search_index
from gongkai.render.site import Plan, Renderer, Work
from gongkai.shelf import Shelf
from gongkai.stage import MANIFEST, write


def fill_in_place(checked: Checked, shell: Shell) -> None:
    """Do every task in the folder of the shell itself."""
    folder = str(shell.folder)
    work = Work(make_edition(checked.standings), shell)
    renderer = Renderer(work, Shelf(None))
    hashes = dict(shell.files)
    records, entries = [], []
    for task in Plan(work).tasks():
        made = renderer.make(task)
        hashes |= {path: filed.sha256 for path, filed in written(made, folder).items()}
        if task.kind == "item":
            records.append(made.record)
            entries.append(made.entry)
    if INDEX in shell.files:
        data = search_index((shell.folder / INDEX).read_bytes(), entries)
        write(f"{folder}/{INDEX}", data)
        hashes[INDEX] = hashlib.sha256(data).hexdigest()
    about = manifest_of(work.edition)
    data = manifest_bytes(about, records, dict(sorted(hashes.items())))
    Path(folder, MANIFEST).write_bytes(data)
