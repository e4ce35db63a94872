"""``archive/lacking``: a document that a category needs and the archive will miss.

It is told from the day an item is up, for as long as it can still be put beside it, whether it
hangs or not. Whether something hangs on without it is ``procedure/missing``.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import structs

from gongkai.domain.finding import Finding, Severity
from gongkai.domain.terms import State
from gongkai.rules.found import about
from gongkai.rules.needs import Requirements
from gongkai.status.archive import archive_due
from gongkai.status.standing import Standings


def check(standings: Standings) -> Iterator[Finding]:
    """What was made public and lacks documents: to know of at first, to be acted on once the year's
    archive is due."""
    asked, categories = Requirements(standings.library), standings.library.catalogue.categories
    with_documents = {row.id for row in categories.values() if row.needs.documents}
    for standing in standings.all():
        item = standing.item
        never = (
            standing.state in (State.DRAFT, State.SCHEDULED)
            or standing.is_hidden
            or not item.was_up
        )
        if never or item.category not in with_documents:
            continue
        what = asked.documents_lacking(item)
        if what:
            due = archive_due(item.first_day)
            keys, values = "attachments category", {"what": what, "due": due}
            found = about(item, "archive/lacking", keys, "", **values)
            is_late = standings.today > due
            yield found if is_late else structs.replace(found, severity=Severity.INFO)
