"""Who is behind a name: a group acts through its members of the day.

Leading, working and supervising are kept apart (领导、工作、监督分开): custom, as the factory's own
groups in ``content/org.yml`` say it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from gongkai.domain.model import Group, Org

_BETWEEN = re.compile(r"[、,，;；/\s]+")
_SUPERVISING = ("监督", "supervis")
"""What the name of a group says whose members supervise."""


# Departments are few, and named by every item.
@lru_cache(maxsize=4096)
def names_in(text: str | None) -> frozenset[str]:
    """The departments, groups and posts that are named in a text."""
    return frozenset(name for name in _BETWEEN.split(text or "") if name)


class Roles:
    """The groups of a factory, and who is in them on a day."""

    def __init__(self, org: Org) -> None:
        self.groups: Mapping[str, Group] = {group.name: group for group in org.groups}
        self.supervising = [group for group in org.groups if _supervises(group)]
        self._hands: dict[tuple[str | None, date], frozenset[str]] = {}
        self._supervisors: dict[date, frozenset[str]] = {}

    def hands(self, text: str | None, day: date) -> frozenset[str]:
        """Everybody named in a text, and the posts that its groups have on a day."""
        found = self._hands.get((text, day))
        if found is None:
            names = names_in(text)
            groups = (self.groups[name] for name in names if name in self.groups)
            posts = (post for group in groups for post in _posts(group, day))
            found = self._hands[text, day] = names.union(posts)
        return found

    def supervisors(self, day: date) -> frozenset[str]:
        """Who supervises on a day: the groups, and the posts in them."""
        found = self._supervisors.get(day)
        if found is None:
            names = (
                name for group in self.supervising for name in (group.name, *_posts(group, day))
            )
            found = self._supervisors[day] = frozenset(names)
        return found


def _supervises(group: Group) -> bool:
    return any(word in group.name.casefold() for word in _SUPERVISING)


def _posts(group: Group, day: date) -> Iterator[str]:
    """The posts in a group on a day; both days of a membership count."""
    for member in group.members:
        has_begun = member.first is None or member.first <= day
        if has_begun and (member.last is None or day <= member.last):
            yield member.post
