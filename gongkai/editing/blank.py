"""A new item with everything filled in that can be known: its days by the catalogue's rules, who
answers for it, and the heads of its table from the last period's item.

What nobody can know is written as a comment to be filled in, and told.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from gongkai.domain.calendar import Period
from gongkai.domain.errors import UsageError
from gongkai.domain.labels import CHINESE
from gongkai.domain.model import Category, Item, Library, Owner, Value
from gongkai.domain.terms import (
    Channel,
    CongressAct,
    DayUnit,
    Kind,
    MeetingKind,
    PrivacyClass,
    Scope,
    StepName,
)
from gongkai.domain.text import Node, plain_text
from gongkai.editing.appointment import STANDING, appointed
from gongkai.editing.periods import label, moved
from gongkai.editing.written import KeyLine, item_text, table_text
from gongkai.messages import say
from gongkai.source.markdown import tree

_DAY = timedelta(days=1)
_SHOWN = 30
"""Days an event stays up, if its province asks for no more."""


class Blank(Value, frozen=True):
    """A new file: its path, its text, and the keys of the sentences that say what is left to do."""

    path: Path
    text: str
    todo: tuple[str, ...]


class WindowWish(Value, frozen=True):
    """What is known of a window for objections: its first and last day, how many days it has, and
    where to object; the rest is worked out."""

    first: date | None = None
    last: date | None = None
    days: int | None = None
    unit: DayUnit = DayUnit.WORKDAY
    channel: str | None = None


class Wish(Value, frozen=True):
    """What somebody wants a new item for. ``publish`` makes it no draft; ``title``, ``number``,
    ``kind``, ``window`` and ``body`` are what is already known of it; with ``again`` the text of
    ``pattern`` comes along. ``asks_summary`` is for what nobody can search or read aloud. What
    ``is_long`` has no room on paper."""

    category: Category
    period: Period | None = None
    publish: date | None = None
    pattern: Item | None = None
    again: bool = False
    title: str | None = None
    formed: date | None = None
    body: str | None = None
    number: str | None = None
    kind: Kind | None = None
    window: WindowWish | None = None
    asks_summary: bool = False
    extra: tuple[tuple[str, object], ...] = ()
    is_long: bool = False


def category_of(library: Library, name: str) -> Category:
    """A row of the catalogue by its id or name, with or without 情况; or a UsageError."""
    rows = library.catalogue.categories
    wanted = name.strip()
    for category in rows.values():
        names = (category.id, category.name, category.en)
        if wanted in names or wanted.removesuffix("情况") == category.name:
            return category
    raise UsageError(
        "error.category", found=name, known=[category.called for category in rows.values()]
    )


def latest(library: Library, category: Category, before: Period | None = None) -> Item | None:
    """The item that a new one of its kind is modelled on: of the period before, or the newest; of
    what each workshop has to tell, that of a workshop which has not told it yet."""
    ones = [item for item in library.items if item.category == category.id and is_model(item)]
    if before:
        ones = [item for item in ones if item.period and item.period.grain is before.grain]
        ones = [item for item in ones if item.period and item.period.order < before.order]
        missing = set(boards_without(library, category, before))
        ones = [item for item in ones if missing & set(item.boards)] if missing else ones
    return max(
        ones, key=lambda one: (one.period.order if one.period else 0, one.publish), default=None
    )


def boards_without(library: Library, category: Category, period: Period) -> list[str]:
    """The workshops' boards that have nothing yet of a period, drafts included; none for what the
    company tells once."""
    if category.scope is not Scope.WORKSHOP:
        return []
    ones = [item for item in library.items if (item.category, item.period) == (category.id, period)]
    done = {name for item in ones for name in item.boards}
    return [board.id for board in library.boards if board.workshop and board.id not in done]


def is_model(item: Item) -> bool:
    """May another be made after it?"""
    return item.kind is not Kind.CORRECTION and not (item.withdrawn and item.withdrawn.hide)


def period_wanted(library: Library, category: Category, today: date) -> Period | None:
    """The period that a new item would be about: the last one that is over, or the one after what
    is there already."""
    if not category.grain.months:
        return None
    over = Period.containing(today, category.grain).start - _DAY
    wanted = Period.containing(over, category.grain)
    there = {item.period for item in library.items if item.category == category.id}
    return wanted.next() if wanted in there else wanted


def blank(library: Library, wish: Wish, today: date) -> Blank:
    """The new item. UsageError when there is one of its id already."""
    days = _Days(library, wish, today)
    name = _id_of(library, wish, days.publish)
    root = library.site.root
    path = root / "content/items" / f"{days.publish:%Y/%m}" / f"{name}.yml"
    if name in _taken(library):
        raise UsageError("error.exists", path=str(path))
    lines = [*_lines(library, wish, days)]
    body = wish.body if wish.body is not None else _body(wish)
    if wish.body is None and wish.category.id == STANDING and not wish.again:
        body = appointed(library.org, days.publish, library.site.lang) or body
    return Blank(path, item_text(root, path, lines, body), tuple(_todo(wish, days)))


class _Days:
    """The days of a new item, by the catalogue."""

    def __init__(self, library: Library, wish: Wish, today: date) -> None:
        row, period = wish.category, wish.period
        least = timedelta(days=library.catalogue.region.least)
        self.due = self._due(row, period, wish.formed or today)
        begins = wish.window.first if wish.window else self.due
        self.publish = wish.publish or max(today, begins or today)
        self.work = library.catalogue.work
        self.notice: date | None = None
        self.begins = self.publish
        end = self.publish + max(least, timedelta(days=_SHOWN) if period is None else least)
        if wish.window and _kind(wish) is Kind.NOTICE:
            self.begins = wish.window.first or self.publish
            self.notice = wish.window.last or self._counted(wish.window)
        elif row.window and _kind(wish) is Kind.NOTICE:
            self.notice = self._window_end(row, row.window)
        if self.notice:
            end = max(end, self.notice + _DAY * 10)
        if period is not None:
            end = max(end, period.next().end + timedelta(days=row.lag))
        self.expires: date | str = end if row.refresh or row.grain.value != "standing" else "长期"

    @staticmethod
    def _due(row: Category, period: Period | None, formed: date) -> date | None:
        start = period.end if period else formed
        return start + timedelta(days=row.lag)

    def _counted(self, wish: WindowWish) -> date:
        """The last day of a window of which the first day and the length are known."""
        day, left = self.begins, wish.days or 1
        while True:
            left -= wish.unit is DayUnit.DAY or self.work.is_workday(day)
            if left <= 0:
                return day
            day += _DAY

    def _window_end(self, row: Category, days: int) -> date:
        """The last day of the shortest window that is long enough, and a day more."""
        day = self.publish + (_DAY if row.strict else timedelta())
        count = 0
        while True:
            count += row.unit is DayUnit.DAY or self.work.is_workday(day)
            if count > days:
                return day
            day += _DAY


def _kind(wish: Wish) -> Kind:
    if wish.kind:
        return wish.kind
    return wish.pattern.kind if wish.pattern else wish.category.kind


def _id_of(library: Library, wish: Wish, publish: date) -> str:
    pattern, period = wish.pattern, wish.period
    if pattern and period and pattern.period and str(pattern.period).lower() in pattern.id:
        return pattern.id.replace(str(pattern.period).lower(), str(period).lower())
    stem = str(period).lower() if period else f"{publish:%Y-%m}"
    name = f"{stem}-{wish.category.id}"
    if period is None:
        taken = _taken(library)
        number = 2
        while name in taken:
            name, number = f"{stem}-{wish.category.id}-{number}", number + 1
    return name


def _taken(library: Library) -> set[str]:
    return {item.id for item in library.items} | {stub.id for stub in library.stubs}


def _title(wish: Wish) -> str:
    if wish.title:
        return wish.title
    pattern, period = wish.pattern, wish.period
    if pattern and pattern.period and period and label(pattern.period) in pattern.title:
        return moved(pattern.title, pattern.period, period)
    name = wish.category.name
    return f"{label(period) if period else ''}{name}{'' if name.endswith('情况') else '情况'}"


def _lines(library: Library, wish: Wish, days: _Days) -> Iterator[KeyLine]:
    row, pattern, lang = wish.category, wish.pattern, library.site.lang
    yield KeyLine("标题", _title(wish))
    yield KeyLine("类别", row.name)
    if _kind(wish) is not row.kind:
        yield KeyLine("性质", CHINESE[_kind(wish)])
    if wish.number:
        yield KeyLine("文号", wish.number)
    if wish.asks_summary:
        yield KeyLine("摘要", "", say(lang, "new.summary"), is_open=True)
    yield from _where(library, wish)
    if wish.period:
        yield KeyLine("所属期", str(wish.period))
    if wish.formed or not wish.period:
        yield KeyLine("形成日期", wish.formed or days.publish)
    due = say(lang, "new.due", due=days.due) if days.due else ""
    yield KeyLine("公开日期", days.publish, due)
    least = library.catalogue.region.least
    yield KeyLine("公开期限", days.expires, say(lang, "new.least", days=least) if least else "")
    yield KeyLine("责任", _owner(library, wish))
    yield from _channels(library, wish)
    yield from _asked(library, wish, days)
    if pattern and pattern.legal_basis:
        yield KeyLine("依据", list(pattern.legal_basis))
    yield from (KeyLine(key, value) for key, value in wish.extra)
    if wish.publish is None:
        yield KeyLine("草稿", True, say(lang, "new.draft"))


def _where(library: Library, wish: Wish) -> Iterator[KeyLine]:
    """The boards: those of the pattern, and a workshop's own for what is a workshop's."""
    boards, pattern = [board.id for board in library.boards], wish.pattern
    if pattern and set(pattern.boards) != set(boards):
        yield KeyLine("公开栏", list(pattern.boards))
    elif wish.category.scope is Scope.WORKSHOP:
        workshops = [board.id for board in library.boards if board.workshop]
        missing = boards_without(library, wish.category, wish.period) if wish.period else []
        yield KeyLine("公开栏", missing[:1] or workshops, say(library.site.lang, "new.boards"))
    else:
        yield KeyLine("公开栏", "全部", say(library.site.lang, "new.default"), is_open=True)


def _owner(library: Library, wish: Wish) -> dict[str, str]:
    if wish.pattern:
        return _named(wish.pattern.owner)
    dept = wish.category.dept
    known = next(
        (department for department in library.org.departments if department.name == dept), None
    )
    return _named(Owner(dept, known.posts[0] if known and known.posts else None))


def _named(owner: Owner) -> dict[str, str]:
    return {"部门": owner.dept, **({"岗位": owner.post} if owner.post else {})}


def _asked(library: Library, wish: Wish, days: _Days) -> Iterator[KeyLine]:
    """What the category asks for and nobody can know yet, as a comment to be filled in; a notice
    has its window."""
    row, lang = wish.category, library.site.lang
    leaders = next((group.name for group in library.org.groups), "厂务公开领导小组")
    if row.needs.approval:
        approval = {"经办": leaders, "日期": days.publish, "文号": None, "版本": None}
        yield KeyLine("审批", approval, say(lang, "new.approval"), is_open=True)
    if row.needs.steps:
        yield KeyLine("程序", _steps(library, wish), "", is_open=True)
    if days.notice:
        yield _window(library, wish, days)
    elif row.made_known:
        yield KeyLine("公示期", "告知")
    if act := row.needs.act or row.act:
        yield KeyLine("职代会", _vote(act), say(lang, "new.vote", act=act), is_open=True)
        yield from _meetings(library, days.publish)
    if row.needs.documents:
        files = [
            {"文件": None, "名称": document, "只存档": True} for document in row.needs.documents
        ]
        yield KeyLine("附件", files, say(lang, "new.documents"), is_open=True)


def _steps(library: Library, wish: Wish) -> list[dict[str, str | None]]:
    """The steps that are needed, to be filled in; the department that answers proposes."""
    owner = _owner(library, wish)["部门"]
    return [
        {"环节": CHINESE[step], "经办": owner if step is StepName.PROPOSE else None, "日期": None}
        for step in wish.category.needs.steps
    ]


_RECENT = timedelta(days=366)
_DECIDING = (MeetingKind.CONGRESS, MeetingKind.JOINT)


def _meetings(library: Library, day: date) -> Iterator[KeyLine]:
    """The meetings of a year that may have decided it, the newest first: a record proves a vote
    without its figures being typed again."""
    ones = [
        meeting
        for meeting in library.meetings
        if meeting.kind in _DECIDING and day - _RECENT <= meeting.date <= day
    ]
    if ones:
        ones.sort(key=lambda one: one.date, reverse=True)
        told = [
            " ".join(filter(None, (meeting.id, meeting.session, str(meeting.date))))
            for meeting in ones[:5]
        ]
        value = {"编号": ones[0].id, "事项": ""}
        yield KeyLine(
            "会议", value, say(library.site.lang, "new.meeting", known=told), is_open=True
        )


def _window(library: Library, wish: Wish, days: _Days) -> KeyLine:
    row, told = wish.category, wish.window or WindowWish()
    window: dict[str, object] = {"起": days.begins, "止": days.notice}
    if told.days:
        window |= {"天数": told.days, "单位": CHINESE[told.unit]}
    window["渠道"] = told.channel or _channel(library)
    least = say(library.site.lang, "new.window", days=row.window, unit=row.unit)
    return KeyLine("公示期", window, least if row.window else "")


_NARROW = {PrivacyClass.PERSONNEL: ["网站", "海报"], PrivacyClass.SENSITIVE: ["海报"]}


def _channels(library: Library, wish: Wish) -> Iterator[KeyLine]:
    """Where it may be shown, if its privacy class does not allow everything, or no sheet has room
    for it."""
    pattern, klass = wish.pattern, wish.category.privacy
    usual, why = [CHINESE[channel] for channel in Channel], ""
    if pattern:
        usual = [CHINESE[channel] for channel in pattern.channels]
    elif klass in _NARROW:
        usual, why = _NARROW[klass], say(library.site.lang, "new.channels", klass=klass)
    poster = CHINESE[Channel.POSTER]
    if wish.is_long and set(usual) - {poster}:
        usual, why = [text for text in usual if text != poster], say(library.site.lang, "new.long")
    if len(usual) < len(Channel):
        yield KeyLine("渠道", usual, why)
    else:
        yield KeyLine("渠道", usual, say(library.site.lang, "new.default"), is_open=True)


def _channel(library: Library) -> str:
    texts = [channel.text for channel in library.org.channels if channel.kind in ("phone", "box")]
    return "；".join(texts[:2]) or "工会"


def _vote(act: CongressAct) -> dict[str, object]:
    told: dict[str, object] = {
        "方式": CHINESE[act],
        **dict.fromkeys(("届次", "日期", "应到", "实到")),
    }
    if act in (CongressAct.PASS, CongressAct.CONSULT):
        told |= {**dict.fromkeys(("赞成", "反对", "弃权")), "表决": "无记名", "结果": "通过"}
    return told


def _todo(wish: Wish, days: _Days) -> Iterator[str]:
    if wish.body is None:
        yield "new.todo-text" if wish.again else "new.todo-body"
    if wish.asks_summary:
        yield "new.todo-summary"
    needs = wish.category.needs
    if needs.act or wish.category.act:
        yield "new.todo-vote"
    if days.notice:
        yield "new.todo-window"
    if needs.steps:
        yield "new.todo-steps"
    if needs.documents:
        yield "new.todo-documents"
    if needs.approval:
        yield "new.todo-approval"
    if wish.publish is None:
        yield "new.todo-draft"


def _body(wish: Wish) -> str:
    """The heads and first columns of the pattern's tables, and its text when it is done again."""
    pattern = wish.pattern
    if pattern is None:
        return ""
    nodes = tree(pattern.body)
    parts = [_emptied(node) for node in nodes if node.kind == "table"]
    if wish.again:
        lines = pattern.body.text.splitlines()
        parts = [_part(node, following, lines, pattern) for node, following in _with_next(nodes)]
        parts = [moved(part, pattern.period, wish.period) for part in parts]
    return "\n\n".join(parts)


def _with_next(nodes: tuple[Node, ...]) -> Iterator[tuple[Node, Node | None]]:
    return zip(nodes, [*nodes[1:], None], strict=True)


def _part(node: Node, following: Node | None, lines: list[str], pattern: Item) -> str:
    """A block as it was typed; of a table only what does not change."""
    if node.kind == "table":
        return _emptied(node)
    first = pattern.body.line
    last = following.line - first if following else len(lines)
    return "\n".join(lines[node.line - first : last]).strip()


def _emptied(table: Node) -> str:
    rows = [[plain_text(cell.children).strip() for cell in row.children] for row in table.children]
    return table_text(
        [rows[0], *([row[0], *("" for _ in row[1:])] for row in rows[1:])], table.align
    )
