"""Who acts for a post (代理): reminders reach the department that the deputy is in, too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import structs

from gongkai.domain.model import Deputy, Library, Org
from gongkai.reminders.matters import Reminder


def with_deputies(ones: Sequence[Reminder], library: Library, today: date) -> tuple[Reminder, ...]:
    """The matters of a day, each with who acts for the post that answers for it, and once more for
    the deputy's own department where that is another."""
    acting = {
        dept.name: serving
        for dept in library.org.departments
        if (serving := [deputy for deputy in dept.deputies if deputy.serves(today)])
    }
    if not acting:
        return tuple(ones)
    posts = {item.id: item.owner.post for item in library.items}
    return tuple(
        told
        for reminder in ones
        for told in _with_deputy(
            reminder, posts.get(reminder.name), acting.get(reminder.dept, ()), library.org
        )
    )


def _with_deputy(
    one: Reminder, post: str | None, acting: Sequence[Deputy], org: Org
) -> Iterator[Reminder]:
    """What says no post may be for any of its department."""
    serving = [each for each in acting if post in (None, each.post)]
    said = structs.replace(one, deputies=tuple(each.deputy for each in serving))
    yield said
    for dept in dict.fromkeys(_department(each.deputy, org) for each in serving):
        if dept and dept != one.dept:
            yield structs.replace(said, dept=dept)


def _department(post: str, org: Org) -> str:
    """The department that has a post, or is named before it; empty where neither is known."""
    having = (department.name for department in org.departments if post in department.posts)
    named = (department.name for department in org.departments if post.startswith(department.name))
    return next(having, "") or next(named, "")
