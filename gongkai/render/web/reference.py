"""Pages to look things up in: what must be disclosed (执行明细表), and the rules of checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongkai.domain.calendar import Grain
from gongkai.domain.model import Catalogue, Category, LegalSource, Region, RegionFigure
from gongkai.domain.terms import Authority, DayUnit, Timing
from gongkai.render.artifact import Artifact
from gongkai.render.subscriptions import file_of
from gongkai.render.web.pages import Pages
from gongkai.render.words import Words
from gongkai.rulebook import page, rules
from gongkai.status.duties import applies

UNREAD = "※"
"""What marks a text whose wording nobody has verified."""
SHOWN_FIGURES = ("minimum", "reply", "material", "results")


def slug(rule: str) -> str:
    """The last part of the address of a rule's page."""
    return rule.replace("/", "-")


RULES = {slug(rule): rule for rule in rules()}
"""Rules by the addresses of their pages."""


def duties(pages: Pages) -> Artifact:
    """Every row of the catalogue: what, how often, by when, by whom, and what it rests on."""
    library, words = pages.edition.library, pages.words
    catalogue = library.catalogue
    groups = catalogue.groups if words.lang == "zh" else catalogue.groups_en
    rows = catalogue.categories.values()
    title = words.t("duties")
    groups_of = {
        name: [_row(category, catalogue, words) for category in rows if category.group == group]
        for group, name in groups.items()
    }
    return pages.stamp(
        "duties", "duties/index.html", "duties", title, words.t("duties-hint"),
        depts=[(dept.name, file_of(dept.name)) for dept in library.org.departments],
        catalogue=catalogue, region=catalogue.region, figures=list(_figures(catalogue.region)),
        groups=groups_of.items(), unverified=list(_unverified(rows, words)),
    )  # fmt: skip


def checks(pages: Pages) -> Artifact:
    """The list of rules, by family."""
    lang = pages.words.lang
    families: dict[str, list[tuple[str, str, str, str]]] = {}
    for rule in rules():
        one = page(rule, lang)
        row = (slug(rule), rule, one.title, one.severity.value)
        families.setdefault(rule.partition("/")[0], []).append(row)
    title = pages.words.t("checks")
    summary = pages.words.t("checks-hint")
    return pages.stamp("checks", "checks/index.html", "checks", title, summary, families=families)


def check(pages: Pages, name: str) -> Artifact:
    """The page of a rule, in the site's language and then in the other."""
    lang = pages.words.lang
    both = [lang, "en" if lang == "zh" else "zh"]
    texts = [(text, Words(text), page(RULES[name], text)) for text in both]
    first = texts[0][2]
    return pages.stamp(
        "check", f"checks/{name}/index.html", "check", first.title, first.what, texts=texts
    )


def _figures(region: Region) -> Iterator[tuple[str, RegionFigure]]:
    for name in SHOWN_FIGURES:
        figure = getattr(region, name)
        if figure:
            yield name, figure


def _row(row: Category, catalogue: Catalogue, words: Words) -> dict[str, object]:
    """A row as a reader sees it."""
    return {
        "id": row.id,
        "name": words.category(row),
        "when": when(row, words),
        "where": words.t(f"scope-{row.scope.value}"),
        "dept": row.dept,
        "act": words.name(row.act) if row.act else "",
        "notice": _notice(row, words),
        "needs": list(_needs(row, words)),
        "rests": [_marked(source, words) for source in row.needs.sources],
        "timing": words.t("timing-before") if row.timing is Timing.BEFORE else "",
        "sources": [_marked(source, words) for source in row.sources],
        "applies": applies(row, catalogue),
        "waived": row.waived,
        "is_own": bool(row.own),
    }


def when(row: Category, words: Words) -> str:
    """How often and by when something is to be made public, in a few words."""
    if row.grain.months:
        return words.t("when-period", grain=words.name(row.grain), lag=row.lag)
    if row.grain is Grain.EVENT and not row.lag:
        return words.t("when-today")
    return words.t(f"when-{row.grain.value}", lag=row.lag)


def _notice(row: Category, words: Words) -> str:
    if row.made_known:
        return words.t("notice-known")
    if row.window is None:
        return ""
    unit = words.t("unit-workday" if row.unit is DayUnit.WORKDAY else "unit-day")
    return words.t("notice-strict" if row.strict else "notice-days", days=row.window, unit=unit)


def _needs(row: Category, words: Words) -> Iterator[str]:
    """What must be recorded with it, a few words each."""
    needs = row.needs
    if needs.approval:
        yield words.t("approval")
    if needs.steps:
        yield words.t("list-comma").join(words.name(step) for step in needs.steps)
    yield from needs.documents


def _unverified(rows: Iterable[Category], words: Words) -> Iterator[str]:
    """What nobody has read, once each, as the page says it in full."""
    sources = (legal_source for row in rows for legal_source in (*row.sources, *row.needs.sources))
    found = (source for source in sources if source.authority is Authority.UNVERIFIED)
    yield from dict.fromkeys(_source(legal_source, words) for legal_source in found)


def _marked(source: LegalSource, words: Words) -> str:
    """A text as a row names it: of what nobody has read the page tells below its title."""
    is_unverified = source.authority is Authority.UNVERIFIED
    return f"{source.text}{UNREAD}" if is_unverified else _source(source, words)


def _source(source: LegalSource, words: Words) -> str:
    """A text, and how sure it is."""
    if source.authority is Authority.CUSTOM:
        return words.t("source-custom")
    seen = words.day(source.seen) if source.seen else ""
    return words.t(f"source-{source.authority.value}", text=source.text, seen=seen)
