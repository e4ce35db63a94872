"""Files of ledgers as they are changed: remarks, order and quotes of what stays are kept."""

from __future__ import annotations

import io
from typing import Any

from ruamel.yaml import YAML


def ledger_yaml() -> YAML:
    """What reads a ledger, and writes it as it was typed."""
    yaml = YAML()
    yaml.width = 10**6
    yaml.preserve_quotes = True
    yaml.indent(mapping=2, sequence=2, offset=0)
    return yaml


def dumped(yaml: YAML, book: Any) -> str:
    """The text of a ledger."""
    text = io.StringIO()
    yaml.dump(book, text)
    return text.getvalue()
