"""The notice of who is in the groups (关于成立小组的通知), out of ``org.yml``."""

from __future__ import annotations

from datetime import date

from gongkai.domain.model import Group, Org
from gongkai.editing.written import table_text
from gongkai.messages import say

STANDING = "standing-info"
"""The row of the catalogue under which the groups are made known."""


def appointed(org: Org, day: date, lang: str) -> str:
    """The groups with their members on a day, as Markdown; empty where there are none."""
    return "\n\n".join(_group(group, day, lang) for group in org.groups if group.members)


def _group(group: Group, day: date, lang: str) -> str:
    heads = [say(lang, f"new.{name}") for name in ("role", "post")]
    rows = [[member.role or "", member.post] for member in group.members if member.serves(day)]
    return f"## {group.name}\n\n{table_text([heads, *rows])}"
