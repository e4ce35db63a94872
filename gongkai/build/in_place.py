"""Under plain MkDocs: a site that MkDocs has just written is filled where it lies."""

from __future__ import annotations

import hashlib
from pathlib import Path

from gongkai.build.incremental import written
from gongkai.build.plan import Plan, Renderer, Work
from gongkai.build.steps import manifest_of
from gongkai.files.artifact_cache import Shelf
from gongkai.files.disk import write
from gongkai.publish.chain import HISTORY, PublicationKind, longer
from gongkai.publish.cumulative import aside_files
from gongkai.publish.fence import Fence
from gongkai.publish.guard import Guard
from gongkai.publish.leak_scan import Proof
from gongkai.publish.manifest import MANIFEST, commit_of, manifest_bytes
from gongkai.publish.recall import POSTED, EarlierSite, present_of
from gongkai.render.frame import Shell
from gongkai.rules.checking import Checked
from gongkai.status.edition import make_edition


def fill_in_place(checked: Checked, shell: Shell, history: bytes, past: EarlierSite) -> None:
    """Do every task in the folder of the shell itself. ``history`` is the chain so far and ``past``
    what was printed; MkDocs empties the folder, so they have to be read before."""
    folder = str(shell.folder)
    work = Work(make_edition(checked.standings), shell)
    plan = Plan(work)
    renderer = Renderer(plan, Shelf(None))
    hashes = dict(shell.files)
    records, ready = [], set[str]()
    for task in plan.tasks():
        made = renderer.make(task)
        hashes |= {path: filed.sha256 for path, filed in written(made, folder, ready).items()}
        if made.record:
            records.append(made.record)
    commit, now = commit_of(work.edition.site.root), work.edition.now
    data = manifest_bytes(manifest_of(work.edition, commit), records, dict(sorted(hashes.items())))
    Path(folder, MANIFEST).write_bytes(data)
    manifest = hashlib.sha256(data).hexdigest()
    guard = Guard(Proof(work.edition, shell), Fence(work.edition.library, shell))
    guard.look(shell.folder, list(hashes.items()))
    posted = shell.folder / POSTED
    present = present_of(data, posted.read_bytes() if posted.is_file() else b"")
    aside = aside_files(work.edition.site, guard.purged(past), present, now, b"")
    guard.check(aside)
    for path, content in aside.items():
        write(f"{folder}/{path}", content)
    line = longer(history, PublicationKind.BUILD, now, commit, manifest, aside)
    Path(folder, HISTORY).write_bytes(line)
