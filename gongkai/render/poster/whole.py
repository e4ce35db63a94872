"""Pieces of a text within which no line may end: a number with its unit, a date, the last words of
a paragraph, the words of a title.

A mark (U+0001, which no text of an item can hold) stands before and behind each piece; whoever sets
the text keeps what stands between two marks on one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gongkai.domain.text import width_of

MARK = "\x01"
_UNITS = (
    "个工作日|工作日|个小时|个百分点|立方米|平方米|千瓦时|公里|千米|毫米|厘米|公斤|千克|万元|亿元|人次|小时|分钟|"
    "个月|季度|周岁|余元|人|元|万|亿|年|月|日|天|周|次|件|条|项|名|个|台|套|份|张|吨|克|米|号|届|级|倍|户|家|岁|度|秒|"
    "箱|盒|块|亩|瓦|班|栋|时|分|点|斤|只|辆|本|册|桶|袋|双|间|层|节|起|例|批|期|组|票|股|升|伏|安|"
    r"%|‰|℃|°C|[a-zμ]{1,4}(?:/[a-z]{1,2}[²³23]?|[²³])?(?:\([a-z]\))?(?![a-z])"
)
_NUMBER = r"[¥￥+\u2212-]?\d[\d,]*(?:\.\d+)?"
_DATE = r"\d{4}-\d\d-\d\d|\d{1,2}月 ?\d{1,2}日|\d{4}年\d{1,2}月(?!\d)|\d{4}年"
_TIME = r"\d{1,2}[:：]\d\d(?:\s?[—–~～-]{1,2}\s?\d{1,2}[:：]\d\d)?"
_DOT = r"[^\s·\x01]·"
"""No line begins with a middle dot."""
WHOLE = re.compile(
    rf"{_DATE}|{_TIME}|第?{_NUMBER}[ \u00a0]?(?:{_UNITS})|第\d+(?:条|款|号)|{_DOT}", re.IGNORECASE
)
_LONGEST = 12.0
"""Ems of a piece that is kept together; a longer one would leave gaps."""
_MOST = 14
"""Characters of a word of a title."""
_CLOSING = "。，、；：？！）》”’」』】〉…)]"
_OPENING = "（《“‘「『【〈([｛"


def marked(text: str, *, is_last: bool = False) -> str:
    """A text with marks around its pieces; ``is_last``: it ends a paragraph, whose last line is not
    left with a single character."""
    tail = _tail(text) if is_last else 0
    body, end = (text[:-tail], text[-tail:]) if tail else (text, "")
    if any(one.isdigit() for one in body) or "·" in body:
        body = WHOLE.sub(_around, body)
    return body + (f"{MARK}{end}{MARK}" if end else "")


def _around(found: re.Match[str]) -> str:
    return f"{MARK}{found[0]}{MARK}" if width_of(found[0]) <= _LONGEST else found[0]


def pieces(text: str, *, is_last: bool = False) -> list[str]:
    """The pieces of a text that are kept together."""
    return marked(text, is_last=is_last).split(MARK)[1::2]


def _tail(text: str) -> int:
    """How many characters at the end stay together: two, besides marks that close; none where the
    text is too short, or ends in letters or figures."""
    closing = len(text) - len(text.rstrip(_CLOSING))
    words = text[len(text) - closing - 2 : len(text) - closing]
    if len(text) < closing + 5 or closing > 3 or len(words) < 2:
        return 0
    before = text[len(text) - closing - 3]
    is_han = all("\u3400" <= word <= "\u9fff" for word in words)
    return closing + 2 if is_han and not (before.isalnum() and before.isascii()) else 0


def words_of(title: str) -> list[str]:
    """The words of a title, marks with the word that they belong to."""
    from rjieba import cut  # its dictionary takes a fifth of a second, and most runs set no title

    words: list[str] = []
    for piece in _parted(title):
        for word in [piece[1:]] if piece.startswith(MARK) else _cut_short(cut(piece)):
            if words and (word in _CLOSING or words[-1][-1] in _OPENING or word.isspace()):
                words[-1] += word
            else:
                words.append(word)
    return words


def _cut_short(words: Iterable[str]) -> Iterator[str]:
    """Words, the endless ones in parts: something has to be broken, or it would leave the sheet."""
    for word in words:
        yield from (word[at : at + _MOST] for at in range(0, len(word), _MOST))


def _parted(title: str) -> list[str]:
    """A title cut at the numbers and dates in it, which are marked."""
    at, found = 0, []
    for one in WHOLE.finditer(title):
        found += [title[at : one.start()], MARK + one[0]]
        at = one.end()
    return [text for text in [*found, title[at:]] if text]
