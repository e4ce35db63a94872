"""Does the sheet in a reader's hand still hold? The words in which its item's page answers.

A QR code leads to the page of its item with the version that is printed on the sheet. The page
compares it with its own and with the list of what was printed, by the reader's clock.
"""

from __future__ import annotations

import msgspec

from gongkai.render.words import Words

VERDICT = "posters/verdict.json"
"""Fetched only by pages that somebody came to from paper."""
_ANSWERS = ("current", "updated", "expired", "withdrawn", "superseded", "unknown")
_HINTS = ("current", "updated", "over", "unknown")


def verdict_words(words: Words) -> bytes:
    """What a page may answer, as JSON."""
    said = {
        "answers": {answer: words.t(f"verdict-{answer}") for answer in _ANSWERS},
        "hints": {hint: words.t(f"verdict-{hint}-hint") for hint in _HINTS},
        "versions": words.t("verdict-paper", paper="{paper}", now="{now}"),
        "since": words.t("verdict-since", day="{day}"),
        "changes": words.t("verdict-changes"),
        "successor": words.t("superseded-line"),
    }
    return msgspec.json.format(msgspec.json.encode(said), indent=1) + b"\n"
