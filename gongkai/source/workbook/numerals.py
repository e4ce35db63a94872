"""Chinese numerals as spreadsheets show them (``[DBNum1]``, ``[DBNum2]``)."""

from __future__ import annotations

from decimal import Decimal

from gongkai.source.workbook.errors import Unshown

_PLAIN, _FORMAL = ("〇一二三四五六七八九", "十百千"), ("零壹贰叁肆伍陆柒捌玖", "拾佰仟")
_STYLES = {"dbnum1": _PLAIN, "dbnum2": _FORMAL}
_LARGE = ("", "万", "亿", "万亿")


def chinese(number: Decimal, style: str) -> str:
    """A number in words, its decimals digit by digit."""
    if style not in _STYLES:
        raise Unshown
    digits = _STYLES[style][0]
    whole, _, decimals = f"{abs(number):f}".partition(".")
    made = _whole(int(whole), style)
    if decimals.rstrip("0"):
        made += "." + "".join(digits[int(text)] for text in decimals.rstrip("0"))
    return ("-" if number < 0 else "") + made


def by_digit(text: str, style: str) -> str:
    """Every digit by itself, as of a year."""
    if style not in _STYLES:
        raise Unshown
    return "".join(_STYLES[style][0][int(one)] for one in text)


def ordinal(number: int, style: str) -> str:
    """A month, a day or an hour: 十一, and not 一十一."""
    made = _whole(number, style)
    return made[1:] if style == "dbnum1" and 10 <= number < 20 else made


def _whole(number: int, style: str) -> str:
    digits, units = _STYLES[style]
    if not number:
        return digits[0]
    groups = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    if len(groups) > len(_LARGE):
        raise Unshown
    made, is_gap = "", False
    for n in range(len(groups) - 1, -1, -1):
        group = groups[n]
        if not group:
            is_gap = bool(made)
            continue
        if made and (is_gap or group < 1_000):
            made += digits[0]
        made += _group(group, digits, units) + _LARGE[n]
        is_gap = False
    return made


def _group(number: int, digits: str, units: str) -> str:
    """A number below ten thousand."""
    made, is_gap = "", False
    for n, digit in enumerate(reversed(str(number))):
        if digit == "0":
            is_gap = bool(made) and not made.startswith(digits[0])
            if is_gap:
                made = digits[0] + made
            continue
        made = digits[int(digit)] + (units[n - 1] if n else "") + made
    return made
