"""The whole site as one value, and everything that is wrong with how it is written."""

from __future__ import annotations

from pathlib import Path

from msgspec import structs

from gongkai.finding import Finding
from gongkai.model import Item, Library, Site, Stub
from gongkai.source import catalogue as catalogues
from gongkai.source import org as orgs
from gongkai.source.boards import board_names, read_boards
from gongkai.source.catalogue import read_catalogue
from gongkai.source.document import finding_of
from gongkai.source.files import walk
from gongkai.source.items import Context, read_item
from gongkai.source.ledgers import read_opinions, read_surveys
from gongkai.source.org import read_org
from gongkai.source.problems import Problem
from gongkai.terms import Kind

ENDINGS = (".md", ".yml", ".yaml")


def read_library(site: Site) -> tuple[Library, list[Finding]]:
    """Read a site's content. Everything that can be read is in the library, whatever the rest."""
    root = site.root
    catalogue, catalogue_problems = read_catalogue(root)
    org, org_problems = read_org(root, site.name)
    findings = [finding_of(one, catalogues.PATH) for one in catalogue_problems]
    findings += [finding_of(one, orgs.PATH) for one in org_problems]
    boards, board_findings = read_boards(root, catalogue, site.lang)
    opinions, opinion_findings = read_opinions(root, catalogue.region)
    surveys, survey_findings = read_surveys(root)
    findings += board_findings + opinion_findings + survey_findings
    items, stubs, item_findings = _read_items(
        root / "content" / "items", Context(site, catalogue, board_names(root))
    )
    library = Library(
        site=site,
        catalogue=catalogue,
        org=org,
        boards=tuple(boards),
        items=tuple(items),
        stubs=tuple(stubs),
        opinions=tuple(opinions),
        surveys=tuple(surveys),
    )
    return library, findings + item_findings


def _read_items(folder: Path, context: Context) -> tuple[list[Item], list[Stub], list[Finding]]:
    reads = [read_item(path, context) for path in walk(folder, ENDINGS)]
    findings = [finding for read in reads for finding in read.findings]
    stubs = [read.stub for read in reads if read.stub]
    items, twins = _unique([read.item for read in reads if read.item])
    items = [_leaving_together(item, items) for item in items]
    return items, stubs, findings + twins


def _leaving_together(item: Item, items: list[Item]) -> Item:
    """A correction goes when what it corrects goes: at its end, or when it is taken down."""
    if item.kind is not Kind.CORRECTION or item.corrects is None:
        return item
    original = next((one for one in items if item.corrects in (one.id, *one.aliases)), None)
    if original is None:
        return item
    ends = [one.expires for one in (item, original) if one.expires]
    return structs.replace(
        item,
        expires=min(ends, default=None),
        withdrawn=item.withdrawn or original.withdrawn,
    )


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
