"""The whole site as one value, and everything that is wrong with how it is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import msgspec
from msgspec import structs
from msgspec.structs import force_setattr

from gongkai.domain.errors import ConfigurationError
from gongkai.domain.finding import Finding
from gongkai.domain.model import (
    Appraisal,
    Board,
    Catalogue,
    Checklist,
    Inspection,
    Item,
    Library,
    Meeting,
    Opinion,
    Org,
    Site,
    Stub,
    Survey,
)
from gongkai.domain.terms import Kind
from gongkai.files.program_version import fingerprint
from gongkai.files.reading import Seen
from gongkai.files.workers import ALONE, Means, in_portions, share_out
from gongkai.source import catalogue as catalogues
from gongkai.source import holidays
from gongkai.source import org as orgs
from gongkai.source.appraisal import read_appraisal
from gongkai.source.boards import board_names, read_boards
from gongkai.source.catalogue import read_catalogue
from gongkai.source.checklist import read_checklist
from gongkai.source.document import finding_of
from gongkai.source.holidays import read_calendar
from gongkai.source.items import Context, Read, read_file
from gongkai.source.kept import ItemCache, digest_of, encode
from gongkai.source.ledgers import read_inspections, read_opinions
from gongkai.source.looking import items_among, look_around
from gongkai.source.meetings import proved, read_meetings
from gongkai.source.org import read_org
from gongkai.source.page_heads import check_pages
from gongkai.source.privacy.leaks import leaks_around, phones_of
from gongkai.source.problems import Problem
from gongkai.source.surveys import read_surveys

PORTION = 400
"""Files handed to a process at a time."""
SECONDS = 0.00015
"""About how long it takes to read one."""

MANY = 30_000
"""Items from which on it pays to hold equal parts of them only once."""

_SHARED = (
    "category boards channels owner privacy legal_basis approval steps period publish expires due"
).split()
"""Parts that many items have alike."""

_Portion = tuple[list[tuple[str, bytes]], list[tuple[str, Read]]]


def read_library(site: Site, means: Means = ALONE) -> tuple[Library, list[Finding]]:
    """Read a site's content. Everything that can be read is in the library, whatever the rest."""
    return Reader(site, means).read()


class Reader:
    """Reads a site's content, again and again if need be; what nobody touched is not read again.

    ``listing`` are the items' files as they were seen; without one it takes a look at the disk.
    ``unchanged_around`` stands for how everything else was seen: while it stays the same, and is
    not None, nothing else is read again.
    """

    def __init__(self, site: Site, means: Means, listing: Mapping[str, Seen] | None = None) -> None:
        self.site, self.means = site, means
        self.kept: ItemCache | None = None
        self.last: dict[str, tuple[Seen, Item]] = {}
        self.around: tuple[object, _Around] | None = None
        self.unchanged_around: object = None
        self.listing = listing

    @property
    def is_spoiled(self) -> bool:
        """Could what was kept of earlier reading not be believed?"""
        return self.kept is not None and self.kept.is_spoiled

    def read(self) -> tuple[Library, list[Finding]]:
        """Everything that can be read, and what is wrong with it."""
        around = self._surroundings()
        findings = list(around.findings)
        boards, phones = board_names(self.site.root), phones_of(around.org)
        context = Context.of(self.site, around.catalogue, boards, phones)
        items, stubs, item_findings = self._items(context)
        meetings = {meeting.id: meeting for meeting in around.meetings}
        items = [
            proved(item, meetings, around.catalogue) if item.meeting else item for item in items
        ]
        library = Library(
            site=self.site,
            catalogue=around.catalogue,
            org=around.org,
            boards=around.boards,
            items=tuple(items),
            stubs=tuple(stubs),
            opinions=around.opinions,
            surveys=around.surveys,
            inspections=around.inspections,
            meetings=around.meetings,
            checklist=around.checklist,
            appraisal=around.appraisal,
        )
        return library, findings + item_findings

    def _surroundings(self) -> _Around:
        """Everything but the items; as before when the reader was told that it did not change."""
        sign = self.unchanged_around
        if sign is None or self.around is None or self.around[0] != sign:
            self.around = sign, _read_around(self.site)
        return self.around[1]

    def _items(self, context: Context) -> tuple[list[Item], list[Stub], list[Finding]]:
        kept = self._kept(context)
        listing = self.listing
        if listing is None:
            listing = items_among(look_around(self.site.root), self.site)
        if len(listing) > MOST_ITEMS:
            raise ConfigurationError("error.too-many", found=len(listing), most=MOST_ITEMS)
        found = {where: self._same(kept, where, seen) for where, seen in listing.items()}
        stubs: list[Stub] = []
        findings: list[Finding] = []
        todo = [(where, listing[where]) for where, item in found.items() if item is None]
        portions = in_portions(todo, PORTION)
        for clean, others in share_out(
            _begin, (context,), portions, len(todo) * SECONDS, self.means
        ):
            for where, encoded in clean:
                found[where] = kept.put(where, encoded)
            for where, read in others:
                kept.forget(where)
                found[where] = read.item
                findings += read.findings
                stubs += [read.stub] if read.stub else []
        self.last = {where: (listing[where], item) for where, item in found.items() if item}
        items, twins = _unique([item for item in found.values() if item])
        if len(items) > MANY:
            _share_equals(items)
        items = _leaving_together(items)
        for item in items:
            if _is_hidden(item):  # perhaps only with what it corrects
                kept.forget(item.path)
        kept.save(listing)
        return items, stubs, findings + twins

    def _same(self, kept: ItemCache, where: str, seen: Seen) -> Item | None:
        """The item of a file that nobody touched since it was read; when even the look at it is the
        one of last time, there is nothing to compare."""
        last = self.last.get(where)
        return last[1] if last and last[0] is seen else kept.find(where, seen)

    def _kept(self, context: Context) -> ItemCache:
        """What is known of items that are made in this context."""
        key = _key_of(context)
        if self.kept is None or self.kept.key != key:
            path = self.means.keep / "items" if self.means.keep else None
            self.last = {}
            self.kept = ItemCache(self.site, path, key)
        return self.kept


MOST_ITEMS = 500_000
"""Items of one site; more would not fit into the memory of the machines this is made for."""


class _Around(NamedTuple):
    """Everything of a site but its items."""

    catalogue: Catalogue
    org: Org
    boards: tuple[Board, ...]
    opinions: tuple[Opinion, ...]
    surveys: tuple[Survey, ...]
    inspections: tuple[Inspection, ...]
    meetings: tuple[Meeting, ...]
    checklist: Checklist
    appraisal: Appraisal
    findings: list[Finding]


def _read_around(site: Site) -> _Around:
    root = site.root
    org, org_problems = read_org(root, site.name, site.zone)
    names = {department.name for department in org.departments}
    years, calendar_problems = read_calendar(root)
    catalogue, catalogue_problems = read_catalogue(root, site.lang, names, years)
    findings = [finding_of(problem, catalogues.PATH) for problem in catalogue_problems]
    findings += [finding_of(problem, holidays.PATH) for problem in calendar_problems]
    findings += [finding_of(problem, orgs.PATH) for problem in org_problems]
    boards, board_findings = read_boards(root, catalogue, site.lang)
    opinions, opinion_findings = read_opinions(root, catalogue.region)
    surveys, survey_findings = read_surveys(root)
    checklist, checklist_findings = read_checklist(root, site.lang)
    appraisal, appraisal_findings = read_appraisal(root, site.lang)
    inspections, inspection_findings = read_inspections(root, checklist)
    meetings, meeting_findings = read_meetings(root)
    findings += board_findings + opinion_findings + survey_findings + inspection_findings
    findings += meeting_findings + checklist_findings + appraisal_findings
    findings += leaks_around(root, site.pages, org)
    findings += check_pages(site)
    return _Around(
        catalogue=catalogue,
        org=org,
        boards=tuple(boards),
        opinions=tuple(opinions),
        surveys=tuple(surveys),
        inspections=tuple(inspections),
        meetings=tuple(meetings),
        checklist=checklist,
        appraisal=appraisal,
        findings=findings,
    )


def _begin(context: Context) -> Callable[[Sequence[tuple[str, Seen]]], _Portion]:
    """Reads portions of files: what has nothing wrong with it as it is kept, the rest as it is."""

    def read(files: Sequence[tuple[str, Seen]]) -> _Portion:
        clean, others = [], []
        for where, seen in files:
            read, digest = read_file(where, context)
            if read.item and not read.findings and not _is_hidden(read.item):
                clean.append((where, encode(read.item, seen, digest, context.root)))
            else:
                others.append((where, read))
        return clean, others

    return read


def _is_hidden(item: Item) -> bool:
    """Is it withdrawn so that nothing of it may be left? Then it is not kept either."""
    return item.withdrawn is not None and item.withdrawn.hide


def _share_equals(items: list[Item]) -> None:
    """Let items hold the same value where they hold equal ones; a fifth of their memory is saved,
    and again in each process that renders them."""
    known: dict[object, object] = {}
    for item in items:
        for name in _SHARED:
            value = getattr(item, name)
            force_setattr(item, name, known.setdefault((name, value), value))


def _key_of(context: Context) -> bytes:
    """What stands for everything that an item is made of besides its own files."""
    encoder = msgspec.msgpack.Encoder(order="deterministic", enc_hook=str)
    parts = [fingerprint(), context.site.zone.key, context.catalogue, context.boards]
    parts.append(sorted(context.phones))
    return digest_of(encoder.encode(parts))


def _leaving_together(items: list[Item]) -> list[Item]:
    """A correction goes when what it corrects goes, at its end or when it is taken down; so does
    the correction of a correction."""
    originals = {name: item for item in items for name in (item.id, *item.aliases)}
    return [
        _leaving_with(_corrected(item, originals), item) if item.corrects in originals else item
        for item in items
    ]


def _corrected(item: Item, originals: Mapping[str, Item]) -> list[Item]:
    """What a correction corrects, and what that corrects in turn; nothing twice."""
    found: dict[str, Item] = {}
    at: Item | None = item
    while at is not None and at.kind is Kind.CORRECTION and at.corrects:
        at = originals.get(at.corrects)
        if at is None or at.id in found or at.id == item.id:
            break
        found[at.id] = at
    return list(found.values())


def _leaving_with(originals: list[Item], item: Item) -> Item:
    """The earliest end of all, and what was taken down of any: hidden, if any of them is."""
    both = [item, *originals]
    ends = [one.expires for one in both if one.expires]
    taken = sorted(
        (one.withdrawn for one in both if one.withdrawn), key=lambda one: (not one.hide, one.date)
    )
    withdrawn = (
        structs.replace(taken[0], date=min(withdrawal.date for withdrawal in taken))
        if taken
        else None
    )
    return structs.replace(item, expires=min(ends, default=None), withdrawn=withdrawn)


def _unique(items: list[Item]) -> tuple[list[Item], list[Finding]]:
    """Items by id; ids and former ids are one set, since both are addresses."""
    owners: dict[str, Item] = {}
    findings: list[Finding] = []
    for item in items:
        for key, name in (("id", item.id), *(("aliases", alias) for alias in item.aliases)):
            other = owners.setdefault(name, item)
            if other is not item or (key == "aliases" and name == item.id):
                values = {"id": name, "other": other.path}
                problem = Problem("format/duplicate-id", 1, 1, "", values)
                finding = finding_of(problem, item.path, item.id, draft=item.draft)
                findings.append(structs.replace(finding, keys=(key, "id", "title")))
    kept = {item.id: item for item in reversed(items)}
    return [kept[name] for name in sorted(kept)], findings
