"""Calendars of what is due and feeds of what is new, for those who want to be told."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import lru_cache

from markupsafe import escape

from gongkai import __version__
from gongkai.domain.model import Board
from gongkai.domain.terms import Channel
from gongkai.render.artifact import Artifact
from gongkai.render.html import read_text
from gongkai.render.words import Words
from gongkai.status.deadlines import Deadline
from gongkai.status.edition import Edition, Entry

MOST = 50
"""Items in a feed."""
_SUMMARY = 200
"""Characters told of each."""
_WARNING = timedelta(days=3)
"""How long before a day a calendar reminds of it."""
_ODD = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
_FILE = re.compile(r'(?![. ])[^\x00-\x1f\x7f/\\:*?"<>|]+(?<![. ])(?<!\.ics)')
_LONGEST = 180
"""Bytes of a name of a file, to which an ending and a mark of its own may come."""
BOARD, DEPT = "board/", "dept/"


def names(edition: Edition, ahead: tuple[Deadline, ...]) -> Iterator[tuple[str, str, str]]:
    """Every subscription of a site: its kind, of which board or department, and its path."""
    yield "deadlines", "", "deadlines.ics"
    yield "feed", "", "feed.xml"
    for board in edition.library.boards:
        yield "deadlines", BOARD + board.id, f"boards/{board.id}/deadlines.ics"
        yield "feed", BOARD + board.id, f"boards/{board.id}/feed.xml"
    depts = {department.name for department in edition.library.org.departments} | {
        deadline.dept for deadline in ahead
    }
    for dept in sorted(depts):
        if dept:
            yield "deadlines", DEPT + dept, f"deadlines/{file_of(dept)}.ics"


def file_of(dept: str) -> str:
    """What the calendar of a department is called: like the department, or, where that is no name
    for a file on every system, like it and a hash of it."""
    if _FILE.fullmatch(dept) and len(dept.encode()) <= _LONGEST:
        return dept
    stem = _ODD.sub("-", dept).strip(" .-")[:20]
    return f"{stem}-{hashlib.sha256(dept.encode()).hexdigest()[:8]}"


def concerns(one: Deadline, name: str) -> bool:
    """Is a deadline one of a calendar's?"""
    if name.startswith(BOARD):
        return not one.boards or name.removeprefix(BOARD) in one.boards
    return not name or one.dept == name.removeprefix(DEPT)


def calendar(edition: Edition, ahead: tuple[Deadline, ...], name: str, path: str) -> Artifact:
    """What is due, as a calendar that telephones and mail programs subscribe to."""
    words = Words(edition.site.lang)
    title = words.t("deadlines-of", name=_whose(edition, name))
    stamp = edition.site.start_of(edition.standings.today)
    ones = (deadline for deadline in ahead if concerns(deadline, name))
    return Artifact(path, calendar_of(title, ones, stamp, words.lang))


def calendar_of(title: str, ones: Iterable[Deadline], stamp: datetime, lang: str) -> bytes:
    """Deadlines under a title as iCalendar (RFC 5545), as of an instant."""
    # 102 ms; most runs make no calendar.
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", f"-//gongkai//{__version__}//{lang.upper()}")
    made.add("version", "2.0")
    made.add("x-wr-calname", _line(title))
    head = bytes(made.to_ical()).removesuffix(_END)
    return b"".join([head, *(_event(deadline, stamp, lang) for deadline in ones), _END])


_END = b"END:VCALENDAR\r\n"


# One matter is in the calendars of the site, of a board and of a department. Writing it as text is
# what takes long: a tenth of a cold build of 10,000 items with a calendar a board.
@lru_cache(maxsize=16_384)
def _event(one: Deadline, stamp: datetime, lang: str) -> bytes:
    # 102 ms, see above.
    from icalendar import Alarm, Event

    words = Words(lang)
    event = Event()
    event.add("uid", f"{one.due.value}-{one.name}-{one.day}@gongkai")
    event.add("dtstamp", stamp)
    event.add("dtstart", one.day)
    event.add("dtend", one.day + timedelta(days=1))
    parts = filter(None, (words.period(one.period), words.either(one.title)))
    what = ("" if words.lang == "zh" else " ").join(parts)
    title = _line(words.t(f"due-{one.due.value}", title=what))
    by = words.t("due-by", title=title, dept=_line(one.dept))
    event.add("summary", by if one.dept else title)
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -_WARNING)
    event.add_component(alarm)
    return bytes(event.to_ical())


def _line(text: str) -> str:
    """A text on one line, as a calendar has it."""
    return " ".join(text.split())


def _whose(edition: Edition, name: str) -> str:
    if name.startswith(BOARD):
        board = edition.library.board(name.removeprefix(BOARD))
        return board.title if board else ""
    return name.removeprefix(DEPT) or edition.site.name


def listed(edition: Edition, name: str) -> list[Entry]:
    """What a feed tells of: what is up and can be read on the web, the newest first."""
    board = name.removeprefix(BOARD)
    ones = [
        standing
        for standing in edition.current
        if Channel.WEB in standing.item.channels and (not board or board in standing.boards)
    ]
    ones.sort(key=lambda one: (one.item.publish, one.item.id), reverse=True)
    return [edition.entry(standing) for standing in ones[:MOST]]


def feed(edition: Edition, name: str, path: str) -> Artifact:
    """What is new, as Atom (RFC 4287)."""
    # 76 ms; most runs make no feed.
    from feedgenerator import Atom1Feed

    site, boards = edition.site, {board.id: board for board in edition.library.boards}
    base = site.url or "/"
    board = boards.get(name.removeprefix(BOARD))
    entries = listed(edition, name)
    newest = max((entry.item.publish for entry in entries), default=_epoch(edition))

    class Feed(Atom1Feed):  # type: ignore[misc]  # it ships no types
        def latest_post_date(self) -> datetime:
            """Not the clock's time, which it takes for an empty one."""
            return newest

    made = Feed(
        title=board.title if board else site.name,
        link=f"{base}boards/{board.id}/" if board else base,
        description="",
        language="zh-CN" if _lang(board, edition) == "zh" else "en",
        author_name=edition.library.org.name or site.name,
        feed_url=f"{base}{path}",
        feed_guid=f"urn:gongkai:{board.id if board else 'site'}",
    )
    for entry in entries:
        item = entry.item
        made.add_item(
            title=" ".join(item.title.split()),
            link=f"{base}items/{item.id}/",
            description=str(escape(read_text(item.body)[:_SUMMARY] or item.title)),
            pubdate=item.publish,
            unique_id=f"urn:gongkai:item:{item.id}",
        )
    return Artifact.text(path, made.writeString("utf-8"))


def _lang(board: Board | None, edition: Edition) -> str:
    return board.lang if board else edition.site.lang


def _epoch(edition: Edition) -> datetime:
    """What an empty feed tells, which must not change with each build."""
    return edition.site.start_of(edition.standings.today)
