"""Who led and who supervised when an item went up, where others do now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.domain.model import Item, Member, Org
from gongkai.render.words import Words


def groups_then(item: Item, org: Org, words: Words) -> Iterator[str]:
    """A sentence for each group that has other members by now."""
    for group in org.groups:
        if any(member.first or member.last for member in group.members):
            then = [member for member in group.members if member.serves(item.first_day)]
            if then and then != [member for member in group.members if member.serves(date.max)]:
                members = words.t("list-comma").join(map(_called, then))
                yield words.t("group-then", group=group.name, members=members)


def _called(member: Member) -> str:
    return " ".join(filter(None, (member.role, member.post)))
