"""One input through everything: read, judged, rendered; and what must never happen."""

from __future__ import annotations

import random
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from gongkai.build.kinds import KINDS
from gongkai.build.plan import Plan, Renderer, Work
from gongkai.domain.errors import GongkaiError
from gongkai.domain.finding import Severity
from gongkai.files.artifact_cache import Shelf
from gongkai.files.workers import ALONE
from gongkai.messages import hint, message
from gongkai.mkdocs_plugin.plugin import render_shell
from gongkai.render.artifact import Artifact
from gongkai.rules.checking import read_and_check
from gongkai.source.library import Reader
from gongkai.status.edition import make_edition
from tests.hostile import dangers
from tests.sites import instant, make_site

LONGEST = 20
"""Seconds after which one input counts as never ending; most take a hundredth of one."""
WHERE = "content/items/x"


class Mill:
    """A small site into which one input after the other is put."""

    def __init__(self, folder: Path) -> None:
        self.site = make_site(folder / "site", {})
        self.shell = render_shell(self.site, folder / "shell")
        self.shelf = folder / "shelf"
        self.shelf.mkdir()
        self.now: datetime = instant(self.site, "2026-11-22")
        self.came_through = 0

    def grind(self, files: dict[str, bytes], *, paper: bool = False) -> None:
        """Put in the files of one item, by their endings, and do everything with it."""
        paths = [self.site.root / f"{WHERE}{ending}" for ending in files]
        try:
            for path, data in zip(paths, files.values(), strict=True):
                path.write_bytes(data)
            with in_time():
                self._do(paper=paper)
        finally:
            for path in paths:
                path.unlink()

    def _do(self, *, paper: bool) -> None:
        checked = read_and_check(Reader(self.site, ALONE), self.now)
        for finding in checked.findings:
            assert finding.line >= 1, finding
            assert finding.column >= 1, finding
            assert all(part(finding, lang) for part in (message, hint) for lang in ("zh", "en"))
        if any(finding.severity is Severity.ERROR for finding in checked.findings):
            return
        try:
            plan = Plan(Work(make_edition(checked.standings), self.shell))
            renderer = Renderer(plan, Shelf(self.shelf))
            for task in plan.tasks():
                if paper or not KINDS[task.kind].is_slow:
                    for artifact in renderer.make(task).files:
                        look(artifact)
        except GongkaiError as error:
            assert error.key in ("error.changed",), error  # nothing else may stop it here
        self.came_through += bool(checked.standings.library.items)


def look(artifact: Artifact) -> None:
    """A file of the site: inside it, and with nothing living in it."""
    assert artifact.is_confined(), artifact.path
    if artifact.path.endswith(".html"):
        assert dangers(artifact.data.decode()) == [], artifact.path


@contextmanager
def in_time() -> Iterator[None]:
    """What never ends is a failure, not a wait."""

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(LONGEST)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


_SIGNS = "\0 \x1b \x7f \x85 \ufeff \ufffe \u202e \u200b \ud800 😀 𠮷 ： \u3000 \t \r \r\n \n\n"
_YAML = "&a *a <<: !!python/object:os.system ! ? | > - -- --- ... # % @ ` ' \" { } [ ] , :"
_LONG = (
    *("- " * 30, "[" * 3000, "{" * 50, ">" * 3000, "*" * 5000, "_" * 3000, "`" * 3000),
    *("(" * 3000, "| " * 500, "![" * 1000, "](" * 1000, "<" * 3000, "&" * 3000, "\\" * 3000),
    *("A" * 20_000, "公" * 20_000, "\n" * 20_000, "a\n\n" * 5000, "- a\n" * 5000),
)
_VALUES = (
    *("9" * 400, "-1", "0", "0123", "1e999999", "1.10", "1_000", "0x1F", "nan", "null", "~"),
    *("no", "off", "12:30", "2026-13-45", "0001-01-01", "9999-12-31", "2026-02-30 25:61"),
    *("expires: never", "refresh: 99999999 years", "period: 9999-H2", "id: ../x", "draft: 是"),
    *("| a | b |\n|---|---|\n| 合计 | 9e999 |\n", "```\n", "~~~\n", "    x\n", "1. ", "## "),
    *("<script>", "<!--", "]]>", "javascript:", "{{ x }}", "{% x %}", "#read(", "$x$", "@x"),
)
TOKENS: tuple[bytes, ...] = tuple(
    text.encode("utf-8", "surrogatepass")
    for text in (*_SIGNS.split(" "), *_YAML.split(), *_LONG, *_VALUES)
)
"""Pieces that have broken readers of such files somewhere."""


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A file with a few things done to its bytes."""
    for _ in range(chance.randint(1, 4)):
        at, end = sorted(chance.randint(0, len(data)) for _ in range(2))
        data = chance.choice(_WAYS)(data, at, min(end, at + 200), chance)
    return data[:400_000]


def edited(text: str, chance: random.Random) -> bytes:
    """A text with a few things done to its characters, mostly below its front matter."""
    cut = text.find("\n---\n") + 5 if chance.random() < 0.7 else 0
    head, rest = text[:cut], text[cut:]
    for _ in range(chance.randint(1, 4)):
        at, end = sorted(chance.randint(0, len(rest)) for _ in range(2))
        end = min(end, at + 60)
        token = chance.choice(TOKENS).decode("utf-8", "replace")
        new = chance.choice((token, "", rest[at:end] * chance.randint(2, 9), rest[end : end + 99]))
        rest = rest[:at] + new + rest[chance.choice((at, end)) :]
    return (head + rest[:190_000]).encode("utf-8", "replace")


_WAYS: tuple[Callable[[bytes, int, int, random.Random], bytes], ...] = (
    lambda data, at, _, chance: data[:at] + chance.choice(TOKENS) + data[at:],
    lambda data, at, end, _: data[:at] + data[end:],
    lambda data, at, end, _: data[:end] + data[at:],
    lambda data, at, end, chance: data[:at] + chance.choice(TOKENS) + data[end:],
    lambda data, at, _, chance: data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :],
    lambda data, at, end, chance: data[:at] + data[at:end] * chance.randint(2, 40) + data[end:],
)
