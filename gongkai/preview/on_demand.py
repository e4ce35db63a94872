"""One edition shown without being published: every page is made when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

import msgspec

from gongkai.build.kinds import KINDS
from gongkai.build.plan import Plan, Renderer, Work
from gongkai.files.artifact_cache import Shelf
from gongkai.publish.cumulative import aside_files
from gongkai.publish.manifest import MANIFEST, manifest_bytes
from gongkai.publish.recall import POSTED, EarlierSite, present_of
from gongkai.publish.releases import ASIDE
from gongkai.render.tasks import Task
from gongkai.source.site import ENGLISH
from gongkai.status.listing import public_record


class Showing:
    """The files of a site by their paths, each made when it is asked for."""

    def __init__(self, work: Work, about: Callable[[], Mapping[str, Any]]) -> None:
        self.work, self.about = work, about
        self.plan = Plan(work)
        self.renderer = Renderer(self.plan, Shelf(None))
        self.english = Showing(work.english, about) if work.english else None

    def find(self, path: str) -> bytes | None:
        """The bytes of a file of the site, or None where there is none."""
        if self.english and path.startswith(ENGLISH):
            return self.english.find(path.removeprefix(ENGLISH))
        if path == MANIFEST:
            return self.manifest
        if path in ASIDE:
            return self.aside.get(path)
        if task := self._task(path):
            made = self.renderer.make(task).files
            return next((artifact.data for artifact in made if artifact.path == path), None)
        shell = self.work.shell
        return (shell.folder / path).read_bytes() if path in shell.files else None

    def _task(self, path: str) -> Task | None:
        """What would make a path, if the site has it."""
        for kind in KINDS.values():
            if found := kind.find(path, self.plan):
                return found
        return self.listed.get(path)

    @cached_property
    def listed(self) -> Mapping[str, Task]:
        """What is listed and cannot be found otherwise, by its path. A sheet is there under its
        item's former ids too."""
        kinds = [kind for kind in KINDS.values() if kind.listed and not kind.found]
        ones = (task for kind in kinds for task in kind.tasks(self.plan))
        tasks = {path: task for task in ones for path in task.paths}
        for former, standing in self.plan.former.items():
            if task := tasks.get(f"posters/items/{standing.item.id}.pdf"):
                tasks |= {f"posters/items/{former}{end}": task for end in (".pdf", ".png")}
        return tasks

    @cached_property
    def manifest(self) -> bytes:
        """The manifest; it lists no files, because there are none."""
        published = self.work.edition.published()
        records = [
            msgspec.json.encode(public_record(standing, standing.version)) for standing in published
        ]
        return manifest_bytes(self.about(), records, {})

    @cached_property
    def aside(self) -> Mapping[str, bytes]:
        """What depends on the past: none of this was ever printed, or hung before."""
        edition = self.work.edition
        present = present_of(self.manifest, self.find(POSTED) or b"")
        return aside_files(edition.site, EarlierSite(), present, edition.now, b"")
