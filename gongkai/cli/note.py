"""What the verbs say besides their results."""

from __future__ import annotations

import sys

from gongkai.cli.reports.report import printable
from gongkai.messages import say
from gongkai.source.privacy.numbers import veiled


def note(lang: str, key: str, /, **values: object) -> None:
    """Say something; what a file says may hold anything, but no personal number is repeated."""
    print(f"gongkai: {printable(veiled(say(lang, key, **values)))}", file=sys.stderr)
