"""One folder a year: for each item its source, what was posted, its record; the ledgers; a list."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from enum import Enum
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec
import pypdfium2
from msgspec import structs

from gongkai import __version__
from gongkai.archive.directory import ListedItem, as_paper, as_workbook, heads, rows
from gongkai.archive.lacking import LackingRecord, missing_in
from gongkai.archive.lacking import told as lacking
from gongkai.archive.records import records
from gongkai.domain.labels import name_of
from gongkai.domain.model import Library, Meeting, Opinion, Value
from gongkai.domain.terms import State
from gongkai.files.reading import read_bytes
from gongkai.publish.chain import HISTORY, PublicationKind, longer
from gongkai.publish.leak_scan import Proof
from gongkai.publish.manifest import MANIFEST, about, manifest_bytes
from gongkai.render.frame import Shell
from gongkai.render.poster.posters import Posters
from gongkai.render.web.files import checked_bytes, published_bytes
from gongkai.render.web.supervision import as_json
from gongkai.render.words import Words
from gongkai.status.congress import hidden_matters
from gongkai.status.edition import Edition, make_edition
from gongkai.status.listing import public_record
from gongkai.status.opinions import numbers_in
from gongkai.status.standing import Standing, Standings, stand
from gongkai.supervision.metrics import supervision

LARGEST = 50_000_000
"""Bytes of one source file."""


class YearPackage(Value, frozen=True):
    """The files of a year by their paths, how many items are in it, and what is missing."""

    files: Mapping[str, bytes]
    items: int
    missing: tuple[LackingRecord, ...]


def package(standings: Standings, year: int, commit: str | None) -> YearPackage:
    """The archive of a year. What was hidden is in it by its id alone; equal content makes equal
    bytes. PublishError when a file changed while it was read."""
    library, site = standings.library, standings.library.site
    words, edition = Words(site.lang), make_edition(standings)
    end = site.start_of(date(year + 1, 1, 1))
    at = min(end, site.start_of(standings.today))
    ones = list(_published(standings, year))
    opinions = [opinion for opinion in library.opinions if opinion.received.year == year]
    shown = [standing.item for standing in ones if not standing.is_hidden]
    missing = missing_in(shown, opinions, library, year, standings.today)
    files: dict[str, bytes] = {}
    filed, filer = [], _Filer(edition, library.opinions)
    for standing in ones:
        made = dict(filer.item(standing))
        files |= made
        if not standing.is_hidden:
            poster = made[f"items/{standing.item.id}/{standing.item.id}.pdf"]
            filed.append(ListedItem(standing.item, len(pypdfium2.PdfDocument(poster))))
    title = words.t("archive-list", year=year)
    table = list(rows(filed, missing, words))
    files |= dict(_ledgers(library, opinions, year))
    files |= dict(_meetings(library, year, hidden_matters(standings)))
    files |= dict(records(edition, year))
    last = min(date(year, 12, 31), standings.today)
    figures = supervision(library, date(year, 1, 1), last)
    files["figures.json"] = as_json(figures, library, commit, site.lang).encode()
    files["index.xlsx"] = as_workbook(title, heads(words), table)
    files["index.pdf"] = as_paper(site, library.org.name, title, table, at)
    files["missing.csv"] = _missing(missing, words)
    then = stand(library, at).by_id
    known = [standing if standing.is_hidden else then[standing.item.id] for standing in ones]
    return YearPackage(_sealed(files, known, library, at, commit), len(ones), missing)


def _published(standings: Standings, year: int) -> Iterator[Standing]:
    """What was first up in a year, by its day."""
    ones = [standing for standing in standings.all() if standing.item.first_day.year == year]
    never = (State.DRAFT, State.SCHEDULED)
    ever = [
        standing
        for standing in ones
        if standing.state not in never and (standing.item.was_up or standing.is_hidden)
    ]
    yield from sorted(ever, key=lambda one: (one.item.publish, one.item.id))


class _Filer:
    """Files the items of one edition."""

    def __init__(self, edition: Edition, opinions: Iterable[Opinion]) -> None:
        self.edition, self.numbers = edition, {opinion.id for opinion in opinions}
        self.posters = Posters(edition)
        self.fixes: dict[str, list[str]] = {}
        names = {
            each: standing.item.id
            for standing in edition.published()
            for each in standing.item.aliases
        }
        for standing in edition.published():
            former = edition.standings.by_id.get(standing.item.corrects or "")
            if standing.item.corrects:
                name = former.item.id if former else names.get(standing.item.corrects, "")
                self.fixes.setdefault(name, []).append(standing.item.id)

    def item(self, one: Standing) -> Iterator[tuple[str, bytes]]:
        """The files of one item."""
        item, root, folder = one.item, self.edition.site.root, f"items/{one.item.id}"
        if one.is_hidden:
            yield f"{folder}/record.json", _json({"id": item.id, "state": one.state.value})
            return
        yield f"{folder}/{PurePosixPath(item.path).name}", read_bytes(root / item.path, LARGEST)
        for file in (*item.attachments, *item.archived, *item.images):
            yield f"{folder}/files/{file.name}", checked_bytes(root, file)
        for photo in item.photos:
            yield f"{folder}/posted/{photo.name}", published_bytes(root, photo)
        for table in item.tables:
            path = PurePosixPath(item.path).with_name(table.file)
            yield f"{folder}/files/{table.file}", read_bytes(root / path, LARGEST)
        posted = _as_posted(one, self.edition.library)
        yield f"{folder}/{item.id}.pdf", self.posters.pdf(posted)
        yield f"{folder}/record.json", _json(self._record(one))

    def _record(self, one: Standing) -> dict[str, Any]:
        """Everything that is known of an item, as data: the five steps, approval, votes, outcome,
        what corrects it, and the opinions it answers."""
        item = one.item
        return {
            **{name: _as_data(getattr(item, name)) for name in _KEPT},
            "category": item.category,
            "period": str(item.period) if item.period else None,
            "version": one.version,
            "source": item.path,
            "corrected_by": sorted(self.fixes.get(item.id, ())),
            "opinions": sorted(self.numbers & numbers_in(item)),
        }


_KEPT = (
    "id", "title", "kind", "number", "formed", "due", "publish", "expires", "timing", "owner",
    "effective", "meeting",
    "approval", "congress", "notice", "outcome", "steps", "reviewed", "legal_basis", "corrects",
    "correction", "withdrawn", "archive", "channels", "boards", "aliases", "thread",
    "posted", "hearing",
)  # fmt: skip


def _as_posted(one: Standing, library: Library) -> Standing:
    """An item as it hung: on its boards, and current."""
    known = tuple(name for name in one.item.boards if library.board(name))
    boards = known or tuple(board.id for board in library.boards[:1])
    return structs.replace(one, state=State.CURRENT, boards=boards, review_by=None, freshness=None)


def _as_data(value: Any) -> Any:
    """A value of ours as data with names: what is kept for thirty years says what it is."""
    if isinstance(value, msgspec.Struct):
        return {name: _as_data(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, (tuple, list)):
        return [_as_data(one) for one in value]
    if isinstance(value, Mapping):
        return {str(key): _as_data(each) for key, each in value.items()}
    if isinstance(value, Enum):
        return value.value
    return value if value is None or isinstance(value, (str, int, float)) else str(value)


def _json(value: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"


def _ledgers(
    library: Library, opinions: Iterable[Opinion], year: int
) -> Iterator[tuple[str, bytes]]:
    """Opinions with their replies, surveys and inspections of a year."""
    named = ("id", "source", "received", "dept", "due", "text", "replied", "reply", "result",
             "promised", "rating", "follows", "private")  # fmt: skip
    opinions = [
        structs.replace(opinion, text="", reply=None) if opinion.private else opinion
        for opinion in opinions
    ]
    lang = library.site.lang
    told = [
        [name_of(cell, lang) if hasattr(cell, "value") else str(cell or "") for cell in row]
        for row in ([getattr(opinion, name) for name in named] for opinion in opinions)
    ]
    yield "opinions.csv", _csv([list(named), *told])
    surveys = [survey for survey in library.surveys if survey.date.year == year]
    yield "surveys.json", _json(_as_data(surveys))
    inspections = [inspection for inspection in library.inspections if inspection.date.year == year]
    yield "inspections.json", _json(_as_data(inspections))
    for number, inspection in enumerate(inspections, 1):
        for photo in inspection.photos:
            data = checked_bytes(library.site.root, photo)
            yield f"inspections/{number}-{photo.name}", data


def _meetings(library: Library, year: int, hidden: Collection[str]) -> Iterator[tuple[str, bytes]]:
    """The records of a year's meetings with their votes, and their minutes, which are filed and
    never published. Nothing is told of matters that were hidden."""
    meetings = [_open(meeting, hidden) for meeting in library.meetings if meeting.date.year == year]
    if meetings:
        yield "meetings.json", _json(_as_data(meetings))
    for number, meeting in enumerate(meetings, 1):
        if meeting.minutes:
            data = checked_bytes(library.site.root, meeting.minutes)
            yield f"meetings/{number}-{meeting.minutes.name}", data


def _open(meeting: Meeting, hidden: Collection[str]) -> Meeting:
    agenda = tuple(matter for matter in meeting.agenda if matter.matter not in hidden)
    return structs.replace(meeting, agenda=agenda)


def _csv(table: Iterable[Iterable[str]]) -> bytes:
    """A table that spreadsheets open as UTF-8, and take no cell of for a formula."""
    out = io.StringIO()
    for row in table:
        cells = [f"'{text}" if text.startswith(("=", "+", "-", "@")) else text for text in row]
        csv.writer(out).writerow(cells)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _missing(missing: Iterable[LackingRecord], words: Words) -> bytes:
    head = [words.t("archive-id"), words.t("archive-title"), words.t("archive-remark")]
    told = [
        [lacking_record.name, lacking_record.title, lacking(lacking_record, words)]
        for lacking_record in missing
    ]
    return _csv([head, *told])


def _sealed(
    files: Mapping[str, bytes],
    ones: Iterable[Standing],
    library: Library,
    at: datetime,
    commit: str | None,
) -> dict[str, bytes]:
    """The files with a manifest and a chain, so that ``verify`` holds them to it."""
    hashes = {path: hashlib.sha256(data).hexdigest() for path, data in sorted(files.items())}
    records = [msgspec.json.encode(public_record(standing, standing.version)) for standing in ones]
    told = about(library.boards, __version__, at, next_change=None, commit=commit)
    manifest = manifest_bytes(told, records, hashes)
    digest = hashlib.sha256(manifest).hexdigest()
    chain = longer(b"", PublicationKind.BUILD, at, commit, digest)
    return {**files, MANIFEST: manifest, HISTORY: chain}


def prove(standings: Standings, folder: Path, files: Mapping[str, bytes]) -> None:
    """See to it that nothing of a hidden item is in what was written. PublishError otherwise."""
    proof = Proof(make_edition(standings), Shell(folder, {}, {}))
    if proof.hidden:
        hashes = [(path, hashlib.sha256(data).hexdigest()) for path, data in files.items()]
        proof.look(folder, [pair for pair in hashes if pair[0] not in (MANIFEST, HISTORY)])


def sentence(one: LackingRecord, lang: str) -> str:
    """What is missing, in a line for whoever files it."""
    return f"{one.name}: {lacking(one, Words(lang))}"
