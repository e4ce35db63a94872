"""Raised and lowered text, where there are characters that look so."""

from __future__ import annotations

from collections.abc import Mapping

_TABLES: Mapping[str, Mapping[int, int]] = {
    "superscript": str.maketrans("0123456789+-()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ"),
    "subscript": str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎"),
}


def at_height(text: str, height: str) -> str | None:
    """A text as it is at a height (``superscript`` or ``subscript``); None where some character of
    it has no such form."""
    table = _TABLES.get(height, {})
    if not all(ord(sign) in table for sign in text.strip()):
        return None
    return text.translate(table)
