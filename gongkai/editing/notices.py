"""What sort of act a document is, and what of a 公示 goes into the keys of an item."""

from __future__ import annotations

from gongkai.domain.model import Category
from gongkai.domain.terms import DayUnit, Kind
from gongkai.editing.asked import Told
from gongkai.editing.blank import WindowWish
from gongkai.source.word.contacts import Contacts
from gongkai.source.word.window import PaperWindow

_KINDS = {"通报": Kind.CIRCULAR, "公告": Kind.ANNOUNCEMENT, "通告": Kind.ANNOUNCEMENT}


def kind_of(title: str, category: Category, window: PaperWindow | None) -> Kind | None:
    """What sort of act a document is, where it says so; None where the category does."""
    plain = title.rstrip("）)")
    is_result = "公示结果" in plain or "公示情况" in plain
    if plain.endswith("公示") or ("公示" in plain and window and not is_result):
        return Kind.NOTICE
    for ending, kind in _KINDS.items():
        if plain.endswith(ending):
            return kind
    is_notice = category.kind is Kind.NOTICE and not category.made_known
    return Kind.DISCLOSURE if is_notice and not (window and window.first) else None


def wished(window: PaperWindow | None, contacts: Contacts) -> WindowWish | None:
    """What a document says of its window; None if nothing."""
    if window is None:
        return WindowWish(channel=contacts.line) if contacts.line else None
    unit = DayUnit.WORKDAY if window.is_workdays else DayUnit.DAY
    channel = contacts.line or None
    return WindowWish(window.first, window.last, window.days, unit, channel)


def contact_lines(contacts: Contacts) -> tuple[tuple[str, object], ...]:
    """The key of an item for where to object, if a document says where."""
    found = {"科室": contacts.office, "电话": contacts.phone, "意见箱": contacts.box}
    told = {key: text for key, text in found.items() if text}
    return (("联系", told),) if told else ()


def guessed(
    kind: Kind | None, category: Category, window: PaperWindow | None, contacts: Contacts
) -> Told:
    """What is told of a kind and a window, and what of them was guessed."""
    told: Told = []
    if kind and kind is not category.kind:
        told.append(("import.word-kind", {"kind": kind}))
    if kind is not Kind.NOTICE:
        return told
    if window and window.first and window.last:
        told.append(("import.word-window", {"first": window.first, "last": window.last}))
    else:
        told.append(("import.word-no-window", {"days": window.days if window else "—"}))
    if window and window.first and window.is_guessed:
        told.append(("import.word-year", {"year": window.first.year}))
    key = "contacts" if contacts.line else "no-contacts"
    return [*told, (f"import.word-{key}", {"text": contacts.line})]
