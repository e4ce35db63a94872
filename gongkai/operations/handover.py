"""交接单: what somebody needs who takes a site over, on one sheet to be signed."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from gongkai import __version__
from gongkai.domain.labels import name_of
from gongkai.domain.model import Library
from gongkai.domain.terms import Paper
from gongkai.render.poster.lists import Lists
from gongkai.render.words import Words
from gongkai.status.deadlines import Deadline, deadlines
from gongkai.status.standing import Standings

AHEAD = timedelta(days=60)
"""How far ahead due days are listed."""
_MOST_DUE = 12
_SECRET = re.compile(r"(?<=://)[^/@\s]+@")
Row = tuple[str, str, str]


def handover_sheet(standings: Standings, remotes: tuple[str, ...], lang: str) -> bytes:
    """The sheet as a PDF. ``remotes`` are where the repository is pushed to."""
    library, words = standings.library, Words(lang)
    heads = tuple(words.t(f"handover-{name}") for name in ("what", "which", "where"))
    facts = [
        (words.t("as-of"), words.day(standings.today)),
        (words.t("handover-program"), f"gongkai {__version__}"),
    ]
    lists, stamp = Lists(library.site, library.org.name), library.site.start_of(standings.today)
    rows = list(handover_rows(standings, remotes, words))
    return lists.paper(
        words, words.t("handover"), heads, rows, facts, "", stamp, Paper.A4
    )  # fmt: skip


def handover_rows(standings: Standings, remotes: tuple[str, ...], words: Words) -> Iterator[Row]:
    """What there is to hand over, line by line."""
    library = standings.library
    site = library.site
    t = words.t
    for text in remotes or (t("handover-no-remote"),):
        yield t("handover-repository"), site.root.name, _SECRET.sub("", text)
    yield t("handover-address"), site.name, site.url or t("handover-no-address")
    yield from _people(library, words)
    yield from _things(library, words)
    yield t("handover-kept"), t("handover-not-in-git"), "backup → restore"
    congress = library.org.congress
    if congress and congress.term:
        yield t("handover-congress"), t("handover-term"), words.day(congress.term.last)
    last = standings.today + AHEAD
    soon = [deadline for deadline in deadlines(standings) if deadline.day <= last]
    for due in soon[:_MOST_DUE]:
        yield t("handover-due"), _called(due, words), words.day(due.day)
    if len(soon) > _MOST_DUE:
        yield t("handover-due"), t("handover-more", count=len(soon) - _MOST_DUE), "deadlines.ics"
    for signs in ("gives", "takes", "watches"):
        yield t(f"handover-{signs}"), "", t("handover-day")


def _people(library: Library, words: Words) -> Iterator[Row]:
    """Who does what: groups with their posts, and what reminds whom."""
    for group in library.org.groups:
        posts = words.t("list-comma").join(member.post for member in group.members)
        yield words.t("handover-group"), group.name, posts
    for robot in library.org.robots:
        depts = words.t("list-comma").join(robot.depts) or words.t("handover-everybody")
        names = " ".join(filter(None, (robot.address, robot.secret)))
        kind = f"{words.t('handover-robot')} {name_of(robot.service, words.lang)}"
        yield kind, depts, words.t("handover-variable", name=names)


def _things(library: Library, words: Words) -> Iterator[Row]:
    """What hangs and stands where: boards with their screens and paper, boxes and telephones."""
    largest = library.site.largest_paper
    printer = largest.value if largest else words.t("handover-any-paper")
    yield words.t("handover-printer"), words.t("handover-largest"), printer
    for board in library.boards:
        parts = (f"screen/{board.id}/", board.paper.value, board.contact.box)
        yield words.t("board"), board.title, words.t("list-comma").join(filter(None, parts))
    for channel in library.org.channels:
        yield (
            words.t("handover-channel"),
            channel.text,
            words.t("list-comma").join(channel.days[:3]),
        )


def _called(due: Deadline, words: Words) -> str:
    parts = filter(None, (words.period(due.period), words.either(due.title)))
    title = words.t(f"due-{due.due.value}", title="".join(parts))
    return words.t("due-by", title=title, dept=due.dept) if due.dept else title


def remotes_of(root: Path) -> tuple[str, ...]:
    """Where a repository is pushed to; nothing outside git."""
    try:
        command = ["git", "-C", str(root), "remote", "-v"]
        told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    except OSError:
        return ()
    lines = [line.split() for line in told.splitlines()]
    return tuple(parts[1] for parts in lines if len(parts) > 2 and parts[2] == "(push)")
