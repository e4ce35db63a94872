"""Signs of symbol fonts, which have a look and no character of their own."""

from __future__ import annotations

from collections.abc import Mapping

_WINGDINGS: Mapping[int, str] = {
    0x4A: "☺", 0x52: "☼", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "□",
    0x72: "□", 0x73: "◆", 0x74: "◆", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9E: "·", 0x9F: "•",
    0xA1: "○", 0xA4: "◎", 0xA6: "○", 0xA7: "▪", 0xA8: "□", 0xAB: "★", 0xAC: "★", 0xB2: "☆",
    0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "→", 0xF0: "⇨", 0xFB: "✗",
    0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2: Mapping[int, str] = {
    0x50: "✓", 0x4F: "✗", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x2A: "□", 0xA3: "□",
    **{0x6A + n: chr(0x2460 + n) for n in range(10)},
}  # fmt: skip
_SYMBOL: Mapping[int, str] = {
    0x44: "Δ", 0x53: "Σ", 0x57: "Ω", 0x61: "α", 0x62: "β", 0x67: "γ", 0x64: "δ", 0x6D: "μ",
    0x70: "π", 0x73: "σ", 0x6C: "λ", 0x71: "θ", 0x66: "φ", 0x77: "ω", 0xA3: "≤", 0xB3: "≥",
    0xA5: "∞", 0xB0: "°", 0xB1: "±", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈",
    0xAE: "→", 0xAC: "←", 0xD6: "√", 0x2D: "−", 0x25: "%", 0x2B: "+", 0x3D: "=",
}  # fmt: skip
_FONTS: Mapping[str, Mapping[int, str]] = {
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "symbol": _SYMBOL,
}


def is_symbol_font(font: str) -> bool:
    """Does a font have signs in place of letters?"""
    return font.lower().startswith(("wingdings", "webdings", "symbol"))


def sign_of(code: int, font: str) -> str | None:
    """The character that looks like a sign of a symbol font; None if none is known."""
    return _FONTS.get(font.lower(), {}).get(code & 0xFF)
