"""Whom a 公示 names for objections: offices with their telephones, boxes, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gongkai.source.word.window import narrowed

_SENTENCE = re.compile(r"[^。\n]{1,400}")
_OBJECT = re.compile(
    r"反映|意见|异议|举报|监督|联系|电\s*话|内线|分机|短号|邮箱|信箱|受理|地址|地点"
)
_TO = re.compile(
    r"(?:可|请|应|须)?(?:及时)?(?:书面|实名|署名|如实|以.{1,16}?形式)?向([^,，。；;:：(]{2,24}?)(?:书面|实名|署名)?(?:反映|提出|举报|反馈|说明)"
)
_OFFICE = r"[\u4e00-\u9fff]{1,18}?(?:部|处|科|室|办|委|会|组|站|中心|车间|公司)"
_DIGITS = (
    r"(?<![\d-])(?:\(?0\d{2,3}\)?[\s\-—]{0,3}\d{3,4}[\s\-—]?\d{4}|\d{3,4}[\s\-—]\d{4}|\d{3,8})"
    r"(?:\s*[转\-—]\s*\d{1,6})?(?![\d\-—]|\s*[年月日号室楼层元个人%.:时点份名编])"
)
_WORD = r"(?:(?:联系|监督|举报|受理|咨询|投诉|办公|值班){0,3})(?:电\s?话|热\s?线|座机)|拨打|致电"
_SHORT = r"内线|分机|短号"
_PHONE = re.compile(
    rf"(?P<office>{_OFFICE})?[ :,;(、]{{0,3}}(?:联系|反映|咨询)?[ :,;]{{0,2}}"
    rf"(?P<word>{_WORD})? ?(?:号码)?(?:\((?P<inner>{_SHORT})\))? ?(?:为|是)?[ :∶]{{0,4}}"
    rf"(?P<short>{_SHORT})? ?(?:号码)? ?(?:为|是)?[ :∶]{{0,4}}"
    rf"(?P<digits>{_DIGITS}(?: ?[、/或] ?{_DIGITS}){{0,4}})"
    rf"(?: ?\((?P<inside>(?:{_SHORT}) ?:? ?\d{{3,6}})\))?"
)
_SPEAKS = re.compile(rf"电\s*话|热\s*线|联系方式|拨打|致电|{_SHORT}")
_BEFORE = re.compile(
    r"^.*(?:向|与|致电|拨打|联系|咨询|投诉|举报|监督)|^(?:请|及|和|或者?|公示期间?|设在)"
)
_MAIL = re.compile(r"[A-Za-z0-9._-]{1,40}@[A-Za-z0-9.-]{3,60}")
_BOX = re.compile(
    r"([^,，。；;:：、\s投入或在及和]{0,12}(?:意见箱|举报箱|投诉箱|信箱))"
    r"(?:\s*(?:设置?在|设置?于|位于|在|:)\s*([\u4e00-\u9fff\d]{2,20}))?"
)
_PLACE = re.compile(r"(?:通讯|联系|受理|来访)?(?:地\s*址|地\s*点)\s*[:：]\s*([^,，。；;]{2,40})")


class Contacts(NamedTuple):
    """Where objections may be sent. ``phone`` names the offices where there are several
    telephones, or says that it is one of the house's own."""

    office: str | None = None
    phone: str | None = None
    box: str | None = None
    mail: str | None = None
    place: str | None = None

    @property
    def line(self) -> str:
        """All of them on one line; empty when there are none."""
        is_named = self.phone is not None and not self.phone[0].isdigit() and self.phone[0] != "("
        phone = self.phone if is_named or not self.phone else f"电话 {self.phone}"
        mail = f"邮箱 {self.mail}" if self.mail else None
        offices = (self.office or "").split("、")
        named = None if phone and all(office in phone for office in offices) else self.office
        return "；".join(filter(None, [named, phone, self.box, mail, self.place]))


class _Phone(NamedTuple):
    """A telephone, and whose it is."""

    office: str
    number: str


def contacts_in(texts: Sequence[str]) -> Contacts:
    """The offices, the telephones and the boxes that some texts name for objections."""
    lines = [found[0] for text in texts for found in _SENTENCE.finditer(narrowed(text))]
    about = [line for line in lines if _OBJECT.search(line)]
    phones = list(dict.fromkeys(phone for line in about for phone in _phones(line)))
    offices = list(dict.fromkeys(phone.office for phone in phones if phone.office))
    return Contacts(
        office="、".join(offices) or _first(about, _TO),
        phone=_phones_on_a_line(phones) or None,
        box=_box(about),
        mail=_first(about, _MAIL),
        place=_first(about, _PLACE),
    )


def _phones(line: str) -> Iterator[_Phone]:
    """The telephones of a line: behind a word for one, or behind an office in a line about them."""
    speaks = _SPEAKS.search(line) is not None
    for found in _PHONE.finditer(line):
        office = _BEFORE.sub("", found["office"] or "")
        short = found["short"] or found["inner"] or ""
        if not (found["word"] or short or (office and speaks)):
            continue
        number = " ".join(found["digits"].split())
        inside = f"（{' '.join(found['inside'].split())}）" if found["inside"] else ""
        yield _Phone(office, f"{short} {number}{inside}".strip())


def _phones_on_a_line(phones: Sequence[_Phone]) -> str:
    """The telephones on one line, each behind its office where there are several."""
    if len({phone.office for phone in phones}) < 2:
        return "、".join(phone.number for phone in phones)
    return "；".join(f"{phone.office} {phone.number}".strip() for phone in phones)


def _box(lines: Sequence[str]) -> str | None:
    found = next(filter(None, map(_BOX.search, lines)), None)
    if found is None:
        return None
    return f"{found[1].strip()}（{found[2]}）" if found[2] else found[1].strip()


def _first(lines: Sequence[str], pattern: re.Pattern[str]) -> str | None:
    found: Iterator[re.Match[str]] = (f for line in lines if (f := pattern.search(line)))
    one = next(found, None)
    return one[1 if one.re.groups else 0].strip() if one else None
