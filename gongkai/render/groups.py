"""Who led and who supervised when an item went up, where others do now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.domain.model import Item, Member, Org
from gongkai.render.words import Words


def groups_then(item: Item, org: Org, words: Words) -> Iterator[str]:
    """A sentence for each group that has other members by now."""
    for group in org.groups:
        if any(one.first or one.last for one in group.members):
            then = [one for one in group.members if one.serves(item.first_day)]
            if then and then != [one for one in group.members if one.serves(date.max)]:
                members = words.t("list-comma").join(map(_called, then))
                yield words.t("group-then", group=group.name, members=members)


def _called(member: Member) -> str:
    return " ".join(filter(None, (member.role, member.post)))
