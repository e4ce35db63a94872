"""Which boxes on walls were alive, by the log of the web server: each asks now and then for
``screen/alive.txt`` with its board's name and the build that it shows, and tells nothing else."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, tzinfo
from urllib.parse import unquote

from gongkai.domain.model import Box

ASKED = "screen/alive.txt"
_LONGEST = 4_000
"""Characters of a line that is looked at."""
_BUILD = r"board=(?P<board>[^&\s\"]{1,200})&build=(?P<build>[^&\s\"]{1,60})"
_COMMON = re.compile(
    r"(?P<from>\S{1,100}) \S+ \S+ \[(?P<at>\d\d/\w{3}/\d{4}[: ]\d\d:\d\d:\d\d(?: [+-]\d{4})?)\] "
    rf'"GET \S*{re.escape(ASKED)}\?{_BUILD}[ "]',
    re.ASCII,
)
"""A line of nginx, Apache or Python's own server, of which the last tells no zone."""
_W3C = re.compile(
    rf"(?P<at>\d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d) .*{re.escape(ASKED)} {_BUILD}", re.ASCII
)
"""A line of IIS, in UTC."""


def boxes_in(lines: Iterable[str], zone: tzinfo, now: datetime) -> tuple[Box, ...]:
    """What a log tells of each board until an instant: when one of its boxes was last seen, with
    which build, and how many there were. Lines that nobody understands tell nothing."""
    last: dict[str, tuple[datetime, str]] = {}
    senders: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        if ASKED in line and len(line) <= _LONGEST:
            for board, at, build, sender in _asked(line, zone):
                if at <= now:
                    last[board] = max(last.get(board, (at, build)), (at, build))
                    senders[board].add(sender)
    return tuple(Box(name, *last[name], len(senders[name])) for name in sorted(last))


def _asked(line: str, zone: tzinfo) -> Iterator[tuple[str, datetime, str, str]]:
    """The board, the instant, the build and the sender of a line."""
    if common := _COMMON.match(line):
        text = common["at"].replace(" ", ":", 1) if common["at"][11] == " " else common["at"]
        at = _read(text, "%d/%b/%Y:%H:%M:%S %z") or _read(text, "%d/%b/%Y:%H:%M:%S")
        sender = common["from"]
    elif common := _W3C.match(line):
        at, sender = _read(f"{common['at']} +0000", "%Y-%m-%d %H:%M:%S %z"), ""
    else:
        return
    build = unquote(common["build"])
    if at and _is_instant(build):  # whatever else somebody asked for is not repeated
        at = at if at.tzinfo else at.replace(tzinfo=zone)
        yield unquote(common["board"]), at.astimezone(UTC), build, sender


def _is_instant(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _read(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text, form)  # noqa: DTZ007 - one form has no zone
    except ValueError:
        return None
