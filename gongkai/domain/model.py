"""The values everything else speaks of: items, boards, the catalogue, the factory.

Values come from ``source`` with every default filled in, so nothing downstream asks whether a
field was typed or derived. Instants are aware and in the site's zone; days are plain dates.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

import msgspec

from gongkai.domain.calendar import Grain, Period, Span, WorkCalendar, start_of
from gongkai.domain.finding import Both, Severity
from gongkai.domain.rates import Rate
from gongkai.domain.terms import (
    Aspect,
    Audience,
    Authority,
    Channel,
    ColumnKind,
    CongressAct,
    DayUnit,
    End,
    Handled,
    Handling,
    Kind,
    MeetingKind,
    Orientation,
    Ownership,
    Paper,
    PrivacyClass,
    Rating,
    RobotService,
    Scope,
    StepName,
    TakenDownCause,
    Timing,
    VoteResult,
    VotingMethod,
    Way,
)
from gongkai.domain.text import Body

_DAY, _MIDNIGHT = timedelta(days=1), time()


class Value(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A frozen value. None can be part of a cycle, so the garbage collector passes them over; the
    names of fields are not written down where values are kept or compared by a digest."""


class Owner(Value, frozen=True):
    """Who answers for an item."""

    dept: str
    post: str | None = None


class Approval(Value, frozen=True):
    """Who approved it, when, and under which number."""

    by: str
    date: date | None = None
    ref: str | None = None
    version: str | None = None
    """Of the text that was signed, as its approval sheet prints it."""


class Posting(Value, frozen=True):
    """Paper that was seen to be right on the wall of a board on a day: hung, or, once its time was
    over, taken down. ``photo`` is archived and never published."""

    board: str
    date: date
    by: str | None = None
    photo: File | None = None


class Vote(Value, frozen=True):
    """One act of the workers' congress on one matter."""

    act: CongressAct
    matter: str | None = None
    result: VoteResult | None = None
    session: str | None = None
    date: date | None = None
    delegates: int | None = None
    present: int | None = None
    agree: int | None = None
    against: int | None = None
    abstain: int | None = None
    ballot: VotingMethod | None = None
    consultation: str | None = None
    note: str | None = None


class Hearing(Value, frozen=True):
    """What another meeting than the congress did on the matter of an item: no act of the congress,
    whatever its record calls it."""

    kind: MeetingKind
    vote: Vote


class Window(Value, frozen=True):
    """The objection window of a notice. Both days count as written; ``reply_within`` is in days."""

    first: date
    last: date
    days: int | None = None
    unit: DayUnit | None = None
    channel: str | None = None
    reply_within: int | None = None

    def is_open(self, day: date) -> bool:
        """May objections be raised on this day?"""
        return self.first <= day <= self.last


class Outcome(Value, frozen=True):
    """How a notice ended."""

    result: str
    date: date
    objections: int | None = None


class Step(Value, frozen=True):
    """One of the five steps, done or to be done."""

    step: StepName
    by: str | None = None
    due: date | None = None
    date: date | None = None
    status: str | None = None
    result: str | None = None


class Allowed(Value, frozen=True):
    """A text that may stand although it looks like personal data, or a file beside the item that
    may go out although nobody can look into it."""

    reason: str
    by: str
    text: str = ""
    file: str = ""


class Privacy(Value, frozen=True):
    """How personal data in an item are handled; ``columns`` says of heads of tables whether their
    columns name persons."""

    klass: PrivacyClass
    consent: str | None = None
    allow: tuple[Allowed, ...] = ()
    columns: tuple[tuple[str, ColumnKind], ...] = ()


class Contact(Value, frozen=True):
    """Where to speak up about an item or a board."""

    office: str | None = None
    phone: str | None = None
    box: str | None = None
    reception: str | None = None


class CorrectedValue(Value, frozen=True):
    """One value that was wrong."""

    where: str
    old: str
    new: str


class Correction(Value, frozen=True):
    """Why an item was wrong and what changed."""

    reason: str
    changes: tuple[CorrectedValue, ...] = ()


class Withdrawal(Value, frozen=True):
    """An item taken down before its time; with ``hide`` nothing of its text may be left."""

    date: date
    by: str
    reason: str
    hide: bool = False

    @property
    def cause(self) -> TakenDownCause:
        """The class of the reason."""
        return TakenDownCause.of(self.reason)


class Review(Value, frozen=True):
    """An item looked at and found still true."""

    date: date
    by: str
    checked: str | None = None


class TableFile(Value, frozen=True):
    """A table kept in a file beside the item."""

    file: str
    sheet: str | None = None
    caption: str | None = None


class KeyFigure(Value, frozen=True):
    """Which figure of its first table an item is about: heads of a column and a row. What is None
    is chosen for each board."""

    column: str | None = None
    row: str | None = None


class Archive(Value, frozen=True):
    """Under which class it is filed, and for how long."""

    klass: str
    retention: str | None = None


class Ignore(Value, frozen=True):
    """A finding accepted through a day."""

    rule: str
    reason: str
    until: date


class Enclosure(Value, frozen=True):
    """A file that an item names as going with it: its name, what it is called, and whether it is
    for the archive alone and never published."""

    file: str
    title: str | None = None
    archive: bool = False


class File(Value, frozen=True):
    """A file beside an item that goes with it; ``path`` is relative to the site's folder."""

    name: str
    path: str
    sha256: str
    title: str | None = None

    @property
    def called(self) -> str:
        """What readers see of it: its title, else its name."""
        return self.title or self.name


ELEMENTS = ("boards", "channels", "paper")
"""Keys of an item that have defaults and say where and in what form it is disclosed."""


class MeetingRef(Value, frozen=True):
    """The record of a meeting that proves what was decided; ``matter`` names the row of its
    agenda."""

    id: str
    matter: str | None = None


class Item(Value, frozen=True):
    """One disclosure item, with every default filled in from category, board and region.

    ``publish`` is the first instant it is visible, ``expires`` the first instant it is gone.
    ``boards`` are resolved ids, ``lost_boards`` those typed that don't exist. ``source`` is a
    digest of its file and of the files beside it that it was made of. ``archived`` are attachments
    that the archive keeps and nobody publishes. ``typed`` are those of ``ELEMENTS`` that its file
    says and that have not gone without saying.
    """

    id: str
    path: str
    title: str
    category: str
    kind: Kind
    publish: datetime
    expires: datetime | None
    owner: Owner
    body: Body
    boards: tuple[str, ...]
    channels: tuple[Channel, ...]
    privacy: Privacy
    refresh: Span | None
    paper: Paper | None
    aliases: tuple[str, ...] = ()
    number: str | None = None
    period: Period | None = None
    formed: date | None = None
    due: date | None = None
    reviewed: tuple[Review, ...] = ()
    timing: Timing | None = None
    approval: Approval | None = None
    congress: tuple[Vote, ...] = ()
    notice: Window | None = None
    made_known: bool = False
    outcome: Outcome | None = None
    steps: tuple[Step, ...] = ()
    contact: Contact | None = None
    legal_basis: tuple[str, ...] = ()
    corrects: str | None = None
    correction: Correction | None = None
    withdrawn: Withdrawal | None = None
    urgent: bool = False
    draft: bool = False
    thread: str | None = None
    attachments: tuple[File, ...] = ()
    images: tuple[File, ...] = ()
    tables: tuple[TableFile, ...] = ()
    attached: tuple[tuple[tuple[str, ...], ...], ...] = ()
    archive: Archive | None = None
    ignore: tuple[Ignore, ...] = ()
    lost_boards: tuple[str, ...] = ()
    source: bytes = b""
    summary: str | None = None
    figure: KeyFigure | None = None
    title_en: str | None = None
    body_en: Body | None = None
    archived: tuple[File, ...] = ()
    typed: tuple[str, ...] = ()
    effective: date | None = None
    meeting: MeetingRef | None = None
    posted: tuple[Posting, ...] = ()
    hearing: Hearing | None = None

    @property
    def photos(self) -> tuple[File, ...]:
        """Of its paper on the wall."""
        return tuple(posting.photo for posting in self.posted if posting.photo)

    @property
    def bodies(self) -> tuple[Body, ...]:
        """Its text, and its text in English if there is one."""
        return (self.body, self.body_en) if self.body_en else (self.body,)

    @property
    def first_day(self) -> date:
        """The first day on which it is visible."""
        return self.publish.date()

    @property
    def last_day(self) -> date | None:
        """The last day on which it is visible; None for never ending."""
        if self.expires is None:
            return None
        day = self.expires.date()
        return day - _DAY if self.expires.time() == _MIDNIGHT else day

    @property
    def was_up(self) -> bool:
        """Is it ever seen, and not taken down before it is?"""
        return not (self.withdrawn and self.withdrawn.date <= self.first_day)

    @property
    def leaves(self) -> datetime | None:
        """The first instant at which it is gone, by its end or because it is taken down; None for
        never."""
        if self.withdrawn is None:
            return self.expires
        taken = datetime.combine(self.withdrawn.date, time(), self.publish.tzinfo)
        return min(taken, self.expires) if self.expires else taken

    @property
    def has_page(self) -> bool:
        """Has it an address: a page, or at least an answer to "does this sheet still hold?"."""
        return Channel.WEB in self.channels or Channel.POSTER in self.channels


class Stub(Value, frozen=True):
    """A draft too unfinished to be an item; it can be listed and nothing else."""

    id: str
    path: str
    title: str | None


class LegalSource(Value, frozen=True):
    """A text that a duty rests on, such as ``劳动合同法4``; ``seen`` is the day it was read."""

    text: str
    authority: Authority
    seen: date | None = None


class Waiver(Value, frozen=True):
    """Why a duty of the catalogue does not bind this enterprise (免公开), and who decided that."""

    reason: str
    by: str


WALL_PHOTO = ("张贴照片", "wall photo")
"""The document that a record of paper on the wall (``posted``) brings along."""


class Needs(Value, frozen=True):
    """What must be recorded with the items of a category before nothing lacks: an approval, steps,
    an act of the workers' congress, documents by what they are called. ``sources`` is where that
    comes from."""

    approval: bool = False
    steps: tuple[StepName, ...] = ()
    act: CongressAct | None = None
    documents: tuple[str, ...] = ()
    sources: tuple[LegalSource, ...] = ()

    @property
    def is_anything(self) -> bool:
        """Is there anything at all that must be recorded?"""
        return bool(self.approval or self.steps or self.act or self.documents)


WORKSHOPS = ("车间", "the workshop")
"""Who answers for a duty that each workshop has itself, where no name can stand for all."""


class Category(Value, frozen=True):
    """One row of the catalogue (执行明细表): a duty to disclose.

    ``lag`` is in days after the period's end or after ``formed``. ``window`` is the least objection
    window, ``strict`` says that its first day does not count, ``refresh`` is None for evergreen.
    ``waived`` says why this enterprise has no such duty, and who said so. ``timing`` says when it
    is made public, seen from the matter. ``own`` names what the
    site changed of a built-in row, or is empty.
    """

    id: str
    name: str
    en: str
    group: str
    kind: Kind
    grain: Grain
    lag: int
    state_only: bool
    scope: Scope
    act: CongressAct | None
    window: int | None
    unit: DayUnit
    strict: bool
    made_known: bool
    privacy: PrivacyClass
    dept: str
    end: End
    refresh: Span | None
    sources: tuple[LegalSource, ...] = ()
    waived: Waiver | None = None
    own: tuple[str, ...] = ()
    figure: KeyFigure | None = None
    needs: Needs = Needs()
    timing: Timing | None = None

    @property
    def called(self) -> Both:
        """Its name, for messages."""
        return Both(self.name, self.en)

    def answered_by(self, workshop: str | None) -> str:
        """The department that answers for it: on a workshop's board, it may be the workshop."""
        return workshop if workshop and self.dept in WORKSHOPS else self.dept

    def strongest(self) -> tuple[Authority, str]:
        """The authority that binds most, and the texts of that kind."""
        first = min((source.authority for source in self.sources), key=tuple(Authority).index)
        return first, "；".join(source.text for source in self.sources if source.authority is first)


class RegionFigure(Value, frozen=True):
    """A number of days that a province sets, the article it stands in, and when it was read."""

    days: int
    basis: str
    seen: date


class Provision(Value, frozen=True):
    """What a province says in words, the article, and when it was read."""

    text: str
    basis: str
    seen: date


class Share(Value, frozen=True):
    """What part of the delegates a province asks for, in whole percents, the article it stands in,
    and when it was read. ``part`` is a field of ``Delegates``."""

    part: str
    basis: str
    seen: date
    least: int | None = None
    most: int | None = None


class Region(Value, frozen=True):
    """What a province asks for; None where its text says nothing.

    ``minimum``: least days an item stays up. ``reply``: within which an opinion is answered.
    ``material``: before a congress, for its material. ``results``: after it, for what it decided.
    ``shares``: of the delegates of the congress.
    """

    id: str
    minimum: RegionFigure | None = None
    reply: RegionFigure | None = None
    material: RegionFigure | None = None
    results: RegionFigure | None = None
    vote: Provision | None = None
    shares: tuple[Share, ...] = ()

    @property
    def least(self) -> int:
        """Least days an item stays up; 0 where nothing is said."""
        return self.minimum.days if self.minimum else 0


class Catalogue(Value, frozen=True):
    """The duties of this site and the rules they are judged by.

    ``lead`` and ``backdating`` are in days. ``severities`` re-grades rules; None switches one off.
    ``called`` leads from what people say to what the boards call it, for the search.
    """

    ownership: Ownership
    region: Region
    since: date | None
    lead: int
    backdating: int
    groups: Mapping[str, str]
    groups_en: Mapping[str, str]
    categories: Mapping[str, Category]
    severities: Mapping[str, Severity | None]
    work: WorkCalendar
    called: Mapping[str, tuple[str, ...]]


class Deputy(Value, frozen=True):
    """Which post acts for another (代理), from which through which day; None for an open end."""

    post: str
    deputy: str
    first: date | None = None
    last: date | None = None

    def serves(self, day: date) -> bool:
        """Does it act on a day?"""
        has_begun = self.first is None or self.first <= day
        return has_begun and (self.last is None or day <= self.last)


class Department(Value, frozen=True):
    """A department, its posts with who acts for them, and its phone."""

    name: str
    posts: tuple[str, ...] = ()
    phone: str | None = None
    deputies: tuple[Deputy, ...] = ()


class Member(Value, frozen=True):
    """A post in a group, its role there, and from which through which day; None for an open end.
    Posts, not persons."""

    post: str
    role: str | None = None
    first: date | None = None
    last: date | None = None

    def serves(self, day: date) -> bool:
        """Is it in the group on a day?"""
        return (self.first or day) <= day <= (self.last or day)


class Term(Value, frozen=True):
    """From when through when the delegates of a congress hold office."""

    first: date
    last: date


class Delegates(Value, frozen=True):
    """How many delegates the congress has, and how many of them are of each group. Numbers only."""

    total: int
    frontline: int | None = None
    managers: int | None = None
    women: int | None = None


class Congress(Value, frozen=True):
    """The workers' congress: its term, and its make-up."""

    term: Term | None = None
    delegates: Delegates | None = None


class Group(Value, frozen=True):
    """A leading or supervising group."""

    name: str
    members: tuple[Member, ...] = ()


class Outlet(Value, frozen=True):
    """A way to speak up: a phone, a box, a reception day, a web form.

    ``days`` are instants in words, or dated instants for receptions, as typed; ``dated`` are those
    of a reception that have a date. ``address`` is of a form or a mail box, with ``{item}`` where
    the id of what it is about belongs.
    """

    kind: str
    text: str
    days: tuple[str, ...] = ()
    address: str | None = None
    dated: tuple[datetime, ...] = ()

    def about(self, name: str) -> str:
        """The address with an id filled in; empty where there is none."""
        return (self.address or "").replace("{item}", quote(name, safe=""))


class Robot(Value, frozen=True):
    """What takes reminders, for which departments (none: for all that have no other); or news for
    workers, of which boards (none: of all), and during which hours it stays quiet.

    ``address`` and ``secret`` are names of environment variables. Whoever knows what they hold can
    write to the group, so it is in no file.
    """

    service: RobotService
    address: str
    secret: str | None = None
    depts: tuple[str, ...] = ()
    audience: Audience = Audience.DEPARTMENTS
    boards: tuple[str, ...] = ()
    quiet: Dark | None = None


class Org(Value, frozen=True):
    """The factory: its name, departments, groups, channels, and who is reminded by what.

    ``keep_contacts`` is for how many days the inbox keeps names and contacts of senders.
    """

    name: str
    short: str
    departments: tuple[Department, ...] = ()
    groups: tuple[Group, ...] = ()
    channels: tuple[Outlet, ...] = ()
    public_phones: tuple[str, ...] = ()
    robots: tuple[Robot, ...] = ()
    congress: Congress | None = None
    keep_contacts: int = 90

    def robot(self, dept: str) -> Robot | None:
        """What reminds a department: its own, or the one that is there for all."""
        known = [robot for robot in self.robots if robot.audience is Audience.DEPARTMENTS]
        own = next((robot for robot in known if dept in robot.depts), None)
        return own or next((robot for robot in known if not robot.depts), None)

    @property
    def for_workers(self) -> tuple[Robot, ...]:
        """What takes news for workers."""
        return tuple(robot for robot in self.robots if robot.audience is Audience.WORKERS)

    def form(self, name: str) -> str:
        """Where to speak up about something by its id; empty where no form or mail box is named."""
        return next((channel.about(name) for channel in self.channels if channel.address), "")


class Dark(Value, frozen=True):
    """From which time of day to which a screen is dark, or a robot quiet, as ``HH:MM``; over
    midnight if need be."""

    start: str
    end: str

    def covers(self, time: str) -> bool:
        """Does a time of day lie within it? Its end does not."""
        if self.start <= self.end:
            return self.start <= time < self.end
        return time >= self.start or time < self.end


class Screen(Value, frozen=True):
    """How a board's screen hangs. ``horizon`` in hours, ``distance`` in metres; ``orientation`` and
    ``dwell`` are accepted, and the browser composes for its own shape."""

    orientation: Orientation = Orientation.LANDSCAPE
    dwell: int | None = None
    horizon: int = 0
    distance: float = 4.0
    off: tuple[Dark, ...] = ()


class Board(Value, frozen=True):
    """One board, normally of one workshop. ``still`` is in days."""

    id: str
    path: str
    title: str
    workshop: str | None
    sections: tuple[str, ...]
    contact: Contact
    screen: Screen
    paper: Paper
    still: int
    lang: str
    title_en: str | None = None


class Opinion(Value, frozen=True):
    """One opinion of a worker and what became of it. Anonymous by construction. ``kind`` is what it
    is about, in the words of whoever keeps the ledger; ``line`` is where it stands in its file."""

    id: str
    path: str
    source: str
    received: date
    text: str
    due: date
    dept: str | None = None
    replied: date | None = None
    reply: str | None = None
    result: Handling | None = None
    promised: date | None = None
    rating: Rating | None = None
    follows: str | None = None
    private: bool = False
    kind: str | None = None
    line: int = 1

    def is_closed(self, day: date) -> bool:
        """Is it answered by this day? Class B counts only with a promised day."""
        if self.replied is None or self.replied > day or self.result is None:
            return False
        return self.result is not Handling.UNDER_WAY or self.promised is not None

    def stands(self, day: date) -> Handled:
        """Where it stands on a day."""
        if not self.is_closed(day) or self.result is None:
            return Handled.LATE if day > self.due else Handled.OPEN
        if self.promised and self.result is Handling.UNDER_WAY and day > self.promised:
            return Handled.PUT_OFF
        return _HANDLED[self.result]


_HANDLED = {
    Handling.SOLVED: Handled.SOLVED,
    Handling.UNDER_WAY: Handled.UNDER_WAY,
    Handling.PLANNED: Handled.PLANNED,
    Handling.IMPOSSIBLE: Handled.IMPOSSIBLE,
}


class Tally(Value, frozen=True):
    """How many ballots have each of the three answers to one question."""

    satisfied: int = 0
    fairly: int = 0
    dissatisfied: int = 0

    @property
    def answered(self) -> int:
        """How many have an answer."""
        return self.satisfied + self.fairly + self.dissatisfied

    @property
    def content(self) -> int:
        """How many are satisfied, or fairly so."""
        return self.satisfied + self.fairly


class Question(Value, frozen=True):
    """A question of a survey. One of the six that are asked by default has no text of its own."""

    id: str
    text: str | None = None


class Count(Value, frozen=True):
    """Ballots that were counted, of the company or of one board: those handed out, those that came
    back, and the valid ones. ``overall`` is what these say on the whole, ``answers`` what they say
    to each question, by its id."""

    sent: int
    returned: int
    valid: int
    overall: Tally
    answers: Mapping[str, Tally] = {}

    @property
    def abstained(self) -> int:
        """Valid ballots that say neither."""
        return self.valid - self.overall.answered


class Survey(Value, frozen=True):
    """One survey of satisfaction, planned or counted.

    ``first`` and ``last`` are the days on which the inbox takes its ballots. ``item`` is the id of
    the one item that it is about. ``boards`` are those it is counted by; ``count`` is None until it
    is held. ``line`` is where it stands in its file.
    """

    id: str
    path: str
    title: str
    first: date | None
    last: date | None
    date: date
    respondents: str | None = None
    sent: int | None = None
    item: str | None = None
    questions: tuple[Question, ...] = ()
    boards: tuple[str, ...] = ()
    count: Count | None = None
    by_board: Mapping[str, Count] = {}
    line: int = 1


class AgendaMatter(Value, frozen=True):
    """A row of a meeting's agenda, and what came of it."""

    matter: str
    act: CongressAct | None = None
    agree: int | None = None
    against: int | None = None
    abstain: int | None = None
    ballot: VotingMethod | None = None
    result: VoteResult | None = None


class Meeting(Value, frozen=True):
    """The record of a meeting. ``delegates`` are those who are to be there, ``present`` those who
    were; ``minutes`` lie beside it, are archived and never published."""

    id: str
    path: str
    kind: MeetingKind
    date: date
    session: str | None = None
    delegates: int | None = None
    present: int | None = None
    minutes: File | None = None
    agenda: tuple[AgendaMatter, ...] = ()
    note: str | None = None
    line: int = 1

    def row(self, matter: str | None, title: str) -> AgendaMatter | None:
        """The row that a reference means: the one it names; else the one that is called like the
        item, else the only one. None where several are called so: their votes may differ."""
        named = self.called(matter or title)
        rows = named or (self.agenda if not matter else ())
        return rows[0] if len(rows) == 1 else None

    def called(self, matter: str) -> tuple[AgendaMatter, ...]:
        """The rows of a name."""
        return tuple(
            agenda_matter for agenda_matter in self.agenda if agenda_matter.matter == matter
        )


class Forge(Value, frozen=True):
    """Where the repository is that the editing page writes to: the ``kind`` of server (``gitlab``
    or ``gitea``), its address without a slash at the end, and the branch unless it is the
    default. With ``reviewed`` what is saved waits for somebody else, as a merge request."""

    kind: str
    url: str
    repo: str
    branch: str = ""
    reviewed: bool = False


class Box(Value, frozen=True):
    """The boxes of a board on walls, as the log of the web server tells of them: when one was last
    seen, the build that it showed, and how many there were."""

    board: str
    seen: datetime
    build: str
    count: int


class Site(Value, frozen=True):
    """Where a site lies and how it is configured. ``url`` ends with a slash, or is None.

    ``previous`` is how many earlier sites are kept to go back to. ``digest`` stands for the whole
    configuration; ``is_plain`` says that it names nothing that could make MkDocs look at files of
    which we do not know. ``fonts`` names families for the title and the body of posters;
    with ``web_font`` screens bring their letters along; with a ``forge`` it has an editing page.
    ``english`` is the same site in English, which then lies below it: ``is_below``. ``boxes`` are
    those that a log told of; None without a log.
    """

    root: Path
    config: Path
    name: str
    zone: ZoneInfo
    lang: str
    url: str | None
    pages: Path
    out: Path
    previous: int = 3
    digest: bytes = b""
    is_plain: bool = False
    fonts: Mapping[str, str] = {}
    largest_paper: Paper | None = None
    web_font: bool = True
    forge: Forge | None = None
    english: Site | None = None
    is_below: bool = False
    boxes: tuple[Box, ...] | None = None

    def start_of(self, day: date) -> datetime:
        """The instant at which a day begins in the site's zone."""
        return start_of(day, self.zone)


class Draw(Value, frozen=True):
    """A random sample that anybody can draw again: ``count`` of the items published from ``first``
    through ``last``, on one board or on any, by ``seed``. ``items`` are those that were looked at.
    """

    first: date
    last: date
    count: int
    seed: str
    board: str | None = None
    items: tuple[str, ...] = ()


class ChecklistPoint(Value, frozen=True):
    """A point of a checklist: what is looked at, and the rules of the program that show it too."""

    id: str
    text: str
    aspect: Aspect
    rules: tuple[str, ...] = ()


class Round(Value, frozen=True):
    """An inspection that is to be held once every ``grain``, from a day on."""

    way: Way
    grain: Grain
    by: str | None = None
    timing: Timing | None = None
    first: date | None = None


class Checklist(Value, frozen=True):
    """What inspections look at (检查表), and when they are to be held (定期检查制度). ``own`` says
    that the site has a list or a schedule of its own."""

    title: str
    points: tuple[ChecklistPoint, ...] = ()
    schedule: tuple[Round, ...] = ()
    own: bool = False

    def point(self, name: str) -> ChecklistPoint | None:
        """The point of an id, if there is one."""
        return next((point for point in self.points if point.id == name), None)


class Flaw(Value, frozen=True):
    """Something an inspection found, who mends it by when, and when it was; the point of the
    checklist that is not met, and the board it was found on."""

    text: str
    dept: str | None = None
    due: date | None = None
    mended: date | None = None
    point: str | None = None
    board: str | None = None

    def is_mended(self, day: date) -> bool:
        """Was it mended by a day?"""
        return self.mended is not None and self.mended <= day


class Inspection(Value, frozen=True):
    """One inspection of the boards: before, during or after (事前 事中 事后), by whom, of what."""

    id: str
    path: str
    date: date
    way: Way
    by: str
    timing: Timing | None = None
    unit: str | None = None
    draw: Draw | None = None
    flaws: tuple[Flaw, ...] = ()
    result: str | None = None
    line: int = 1
    checked: tuple[str, ...] = ()
    """The points of the checklist that were looked at. Those without a flaw are met."""
    photos: tuple[File, ...] = ()
    """They lie beside it, are archived and never published."""

    @property
    def failed(self) -> tuple[str, ...]:
        """The points that are not met, each once."""
        return tuple(dict.fromkeys(flaw.point for flaw in self.flaws if flaw.point))


class AppraisalCriterion(Value, frozen=True):
    """A row of the sheet that work is appraised by: how many ``points`` it is worth, and the rate
    that it is scored from, which gets all of them at ``target`` percents; without a rate somebody
    scores it by hand."""

    id: str
    text: str
    points: float
    part: str = ""
    rate: Rate | None = None
    target: float = 100.0


class Score(Value, frozen=True):
    """What somebody gave for a criterion, and why: of the company, or of one board. ``line`` is
    where it stands in its file."""

    period: Period
    id: str
    score: float
    reason: str
    by: str | None = None
    date: date | None = None
    board: str | None = None
    line: int = 1


class Appraisal(Value, frozen=True):
    """How work is appraised every half year (质量考评). ``own`` says that the site does so,
    ``built_in`` that it does by the sheet that comes with the program."""

    title: str
    criteria: tuple[AppraisalCriterion, ...] = ()
    scores: tuple[Score, ...] = ()
    own: bool = False
    built_in: bool = False

    def given(self, period: Period, name: str, board: str | None, day: date) -> Score | None:
        """What was given by hand by a day; what is written last counts."""
        fitting = (
            score
            for score in reversed(self.scores)
            if (score.period, score.id, score.board) == (period, name, board)
        )
        return next((score for score in fitting if score.date is None or score.date <= day), None)


class Library(Value, frozen=True):
    """Everything that was read, at no particular instant."""

    site: Site
    catalogue: Catalogue
    org: Org
    boards: tuple[Board, ...]
    items: tuple[Item, ...]
    stubs: tuple[Stub, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    surveys: tuple[Survey, ...] = ()
    inspections: tuple[Inspection, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    checklist: Checklist = Checklist("")
    appraisal: Appraisal = Appraisal("")

    def board(self, board_id: str) -> Board | None:
        """The board of an id, if there is one."""
        return next((board for board in self.boards if board.id == board_id), None)

    def item(self, item_id: str) -> Item | None:
        """The item of an id, if there is one."""
        return next((item for item in self.items if item.id == item_id), None)

    def called(self, name: str) -> Item | None:
        """The item of an id or a former one, if there is one."""
        return next((item for item in self.items if name in (item.id, *item.aliases)), None)

    @property
    def has_meetings(self) -> bool:
        """Is anything recorded of a congress or of other meetings?"""
        return bool(self.meetings or self.org.congress)

    @property
    def has_records(self) -> bool:
        """Is anything recorded besides what is disclosed and what workers say?"""
        kept = self.meetings or self.surveys or self.inspections
        return bool(kept or self.has_appraisal)

    @property
    def has_appraisal(self) -> bool:
        """Is its work appraised?"""
        return self.appraisal.own

    @property
    def has_inspections(self) -> bool:
        """Is anything recorded of inspections, or are any to be held?"""
        return bool(self.inspections or self.checklist.own)

    def category(self, item: Item) -> Category:
        """The duty an item meets."""
        return self.catalogue.categories[item.category]
