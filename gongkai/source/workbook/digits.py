"""Numbers as spreadsheets show them: by placeholders, as a fraction, with an exponent, General."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from typing import TYPE_CHECKING

from gongkai.source.workbook.errors import Unshown
from gongkai.source.workbook.numerals import chinese

if TYPE_CHECKING:
    from gongkai.source.workbook.formats import FormatSection, FormatToken

_WIDTH = 11
"""Characters that General shows of a number with a fraction, the point among them."""
_TINY = Decimal("0.0001")


def exact(value: float) -> Decimal:
    """The number a spreadsheet means: it keeps fifteen significant digits."""
    number = Decimal(f"{value:.15g}")
    if not number.is_finite():
        raise Unshown
    return number


def general(number: Decimal) -> str:
    """A number without a format; whole ones with all their digits."""
    if number == number.to_integral():
        return f"{number:.0f}" if number else "0"
    size = abs(number)
    if size < _TINY and -int(number.normalize().as_tuple().exponent) > _WIDTH - 2:
        mantissa, _, power = f"{number:.5E}".partition("E")
        return f"{mantissa.rstrip('0').rstrip('.')}E{int(power):+03d}"
    before = len(f"{size.to_integral(ROUND_DOWN):f}")
    shown = _rounded(number, max(0, _WIDTH - before - 1))
    digits = f"{shown:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _rounded(number: Decimal, decimals: int) -> Decimal:
    try:
        return number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    except InvalidOperation as error:  # more digits than any number has
        raise Unshown from error


def show_number(number: Decimal, section: FormatSection) -> str:
    """A number through the placeholders of a section; what is rounded to nothing has no sign."""
    if section.numerals:
        return _in_chinese(number, section)
    tokens = section.tokens
    if any(token.kind in ("date", "half", "elapsed") for token in tokens):
        raise Unshown
    size = abs(number)
    if section.has("general") or section.has("at"):
        digits = general(size)
        shown = "".join(
            digits if token.kind in ("general", "at") else token.text for token in tokens
        )
    elif section.has("exponent"):
        shown = _scientific(size, tokens)
    elif _slash(tokens) is not None:
        shown = _fraction(size, tokens)
        if not set("123456789") & set(shown.partition("/")[0]):
            return shown
    else:
        shown = _placed(size, tokens)
        if not _scaled(size, tokens):
            return shown
    return f"-{shown}" if number < 0 else shown


def _in_chinese(number: Decimal, section: FormatSection) -> str:
    kinds = [token.kind for token in section.tokens if token.kind not in ("literal", "plain")]
    if kinds != ["general"]:
        raise Unshown
    shown = chinese(number, section.numerals)
    return "".join(shown if token.kind == "general" else token.text for token in section.tokens)


def _placed(size: Decimal, tokens: Sequence[FormatToken]) -> str:
    """Through ``0``, ``#`` and ``?``, with point, separators, percent and thousands cut off. A
    point with places behind it, all of them empty, is not shown."""
    whole, rest, has_point = _at_point(tokens)
    whole, groups, _ = _commas(whole)
    rest, _, _ = _commas(rest)
    if not any(token.kind == "digit" for token in (*whole, *rest)):
        return "".join(token.text for token in (*whole, *rest))
    before, _, after = f"{_scaled(size, tokens):f}".partition(".")
    shown = _after(after, rest)
    is_bare = after and not shown[:1].isdecimal()
    point = "." if has_point and not is_bare else ""
    return _before(before.lstrip("0"), whole, groups=groups) + point + shown


def _scaled(size: Decimal, tokens: Sequence[FormatToken]) -> Decimal:
    """The number as it is shown: percents multiplied, thousands cut off, rounded to its places."""
    whole, rest, _ = _at_point(tokens)
    _, _, cut = _commas(whole)
    _, _, cut_behind = _commas(rest)
    percents = sum(token == ("plain", "%") for token in tokens)
    places = sum(token.kind == "digit" for token in rest)
    return _rounded(size.scaleb(2 * percents - 3 * (cut + cut_behind)), places)


def _at_point(tokens: Sequence[FormatToken]) -> tuple[list[FormatToken], list[FormatToken], bool]:
    for n, token in enumerate(tokens):
        if token == ("plain", "."):
            return list(tokens[:n]), list(tokens[n + 1 :]), True
    return list(tokens), [], False


def _commas(tokens: list[FormatToken]) -> tuple[list[FormatToken], bool, int]:
    """The same without commas; whether they separate thousands; how many thousands those behind the
    last placeholder cut off."""
    digits = [n for n, token in enumerate(tokens) if token.kind == "digit"]
    commas = [n for n, token in enumerate(tokens) if token == ("plain", ",")]
    if not digits:
        return tokens, False, 0
    groups = any(digits[0] < n < digits[-1] for n in commas)
    cut = 0
    while tokens[digits[-1] + 1 + cut : digits[-1] + 2 + cut] == [("plain", ",")]:
        cut += 1
    gone = {n for n in commas if digits[0] < n <= digits[-1] + cut}
    return [token for n, token in enumerate(tokens) if n not in gone], groups, cut


def _before(digits: str, tokens: Sequence[FormatToken], *, groups: bool) -> str:
    """The digits before the point, from the right; the first placeholder takes what is left."""
    places = [n for n, token in enumerate(tokens) if token.kind == "digit"]
    made: list[str] = []
    count = 0
    left = digits
    for n in range(len(tokens) - 1, -1, -1):
        token = tokens[n]
        if token.kind != "digit":
            made.append(token.text)
            continue
        take = len(left) if n == places[0] else 1
        piece, left = left[len(left) - take :], left[: len(left) - take]
        for digit in reversed(piece or {"0": "0", "#": "", "?": " "}[token.text]):
            if groups and count and count % 3 == 0 and digit != " ":
                made.append(",")
            made.append(digit)
            count += 1
    if not places and digits:
        made.append(digits)
    return "".join(reversed(made))


def _after(digits: str, tokens: Sequence[FormatToken]) -> str:
    """The digits behind the point; zeros at the end stand only where the format asks for them."""
    places = [n for n, token in enumerate(tokens) if token.kind == "digit"]
    needed = max(
        (k for k, n in enumerate(places) if digits[k] != "0" or tokens[n].text == "0"), default=-1
    )
    shown = dict(zip(places, digits, strict=True))
    made = []
    for n, token in enumerate(tokens):
        if token.kind != "digit":
            made.append(token.text)
        elif places.index(n) <= needed:
            made.append(shown[n])
        else:
            made.append(" " if token.text == "?" else "")
    return "".join(made)


def _scientific(size: Decimal, tokens: Sequence[FormatToken]) -> str:
    at = next(n for n, token in enumerate(tokens) if token.kind == "exponent")
    mantissa, power = list(tokens[:at]), list(tokens[at + 1 :])
    whole, rest, _ = _at_point(mantissa)
    step = max(1, sum(token.kind == "digit" for token in whole))
    places = sum(token.kind == "digit" for token in rest)
    exponent = size.adjusted() if size else 0
    exponent -= exponent % step
    if _rounded(size.scaleb(-exponent), places) >= 10**step:
        exponent += step
    shown = _placed(size.scaleb(-exponent), mantissa)
    sign = "-" if exponent < 0 else ("+" if tokens[at].text.endswith("+") else "")
    return f"{shown}E{sign}{_before(str(abs(exponent)).lstrip('0'), power, groups=False)}"


def _slash(tokens: Sequence[FormatToken]) -> int | None:
    """Where a fraction has its bar: between placeholders, or before a fixed number."""
    for n, token in enumerate(tokens[1:-1], 1):
        if token == ("plain", "/") and tokens[n - 1].kind == "digit":
            following = tokens[n + 1]
            if following.kind == "digit" or following.text.isdecimal():
                return n
    return None


def _fraction(size: Decimal, tokens: Sequence[FormatToken]) -> str:
    bar = _slash(tokens)
    assert bar is not None
    start, end = bar, bar + 1
    while start and tokens[start - 1].kind == "digit":
        start -= 1
    while end < len(tokens) and (tokens[end].kind == "digit" or tokens[end].text.isdecimal()):
        end += 1
    below = "".join(token.text for token in tokens[bar + 1 : end])
    has_whole = any(token.kind == "digit" for token in tokens[:start])
    whole = int(size) if has_whole else 0
    part = Fraction(size) - whole
    if set(below) <= set("0#?"):
        part = part.limit_denominator(10 ** len(below) - 1)
        upper, lower = part.numerator, part.denominator
    else:
        lower = int(below)
        upper = int((Decimal(part.numerator) * lower / part.denominator).to_integral(ROUND_HALF_UP))
    if has_whole and upper == lower:
        whole, upper = whole + 1, 0
    head = list(tokens[:start])
    digits = str(whole) if has_whole and (whole or not upper) else ""
    shown = _before(digits.lstrip("0") or ("0" if digits else ""), head, groups=False)
    tail = "".join(token.text for token in tokens[end:])
    if not upper and has_whole:
        return shown + tail
    return f"{shown}{upper}/{lower}{tail}"
