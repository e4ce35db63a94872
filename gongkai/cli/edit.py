"""The verbs of an editor's desk: new items, imports, new sites, schemas, what a machine lacks."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path

from gongkai.cli.note import note
from gongkai.cli.reports.report import printable
from gongkai.domain.calendar import Period
from gongkai.domain.errors import GongkaiError, UsageError
from gongkai.domain.finding import Finding, Severity
from gongkai.domain.model import Item, Library, Site
from gongkai.domain.progress import NOBODY
from gongkai.editing.asked import Import, ImportRequest, ImportTarget
from gongkai.editing.blank import Wish, blank, category_of, latest, period_wanted
from gongkai.editing.fixing import mend
from gongkai.editing.importing import ENDINGS, SHEETS, import_file
from gongkai.editing.schemas import schemas, settings, snippets, text_of
from gongkai.editing.starting import start_repository, starter
from gongkai.editing.written import SCHEMAS, replace_file, write_new
from gongkai.files.workers import ALONE
from gongkai.messages import say
from gongkai.operations.program import program_files
from gongkai.publish.manifest import commit_of, is_ours
from gongkai.render.web.supervision import as_json, as_page, as_table
from gongkai.rules.checking import read_and_check
from gongkai.source.library import Reader, read_library
from gongkai.source.privacy.numbers import veiled
from gongkai.source.problems import Mistake
from gongkai.source.scalars import read_day, read_period
from gongkai.source.site import read_site
from gongkai.supervision.metrics import month_of, supervision

FINE, FOUND, UNREADABLE = 0, 1, 2


def _written(paths: Iterable[Path]) -> None:
    for path in paths:
        print(path.absolute())


def _day(text: str | None, name: str) -> date | None:
    try:
        return read_day(text) if text else None
    except Mistake as mistake:
        raise UsageError("error.day", name=name, found=str(text)[:30]) from mistake


def _period(text: str | None) -> Period | None:
    try:
        return read_period(text) if text else None
    except Mistake as mistake:
        raise UsageError("error.period", found=str(text)[:30]) from mistake


def _item(library: Library, name: str) -> Item:
    found = library.called(name)
    if found is None:
        raise UsageError("error.item", found=name)
    return found


def new(options: argparse.Namespace, site: Site, now: datetime) -> int:
    """A ready-to-fill item."""
    library, _ = read_library(site)
    lang, period = options.lang or site.lang, _period(options.period)
    pattern = _item(library, options.model) if options.model else None
    if pattern is None and not options.category:
        raise UsageError("error.new-what")
    name = options.category or (pattern.category if pattern else "")
    category = category_of(library, name)
    if period is None and pattern and pattern.period:
        period = pattern.period.next()
    period = period or period_wanted(library, category, now.date())
    if period and category.grain.months and period.grain is not category.grain:
        raise UsageError("error.grain", found=str(period), grain=category.grain)
    wish = Wish(
        category=category,
        period=period,
        publish=_day(options.publish, "--publish"),
        pattern=pattern or latest(library, category, period),
        again=pattern is not None,
    )
    made = blank(library, wish, now.date())
    write_new(made.path, made.text.encode())
    _written([made.path])
    for key in made.todo:
        note(lang, key, name=category.called)
    return FINE


def take_over(options: argparse.Namespace, site: Site, now: datetime) -> int:
    """Items, tables or the ledger from an office's files."""
    lang = options.lang or site.lang
    asked = ImportRequest(
        form=ImportTarget(options.form) if options.form else None,
        category=options.category,
        period=_period(options.period),
        sheet=options.sheet,
        takes_hidden=options.hidden,
        accepts=options.accept,
        publish=_day(options.publish, "--publish"),
    )
    paths = [*_to_import(options.files, lang)]
    if len(paths) == 1:
        return _take_over_one(paths[0], asked, options, site, now)[0]
    status, along = FINE, set[Path]()
    # A table may be the attachment of a document.
    for path in sorted(paths, key=lambda one: one.suffix.lower() in SHEETS):
        if path in along:
            continue
        note(lang, "import.file", path=path)
        try:
            came, others = _take_over_one(path, asked, options, site, now)
            status, along = max(status, came), along.union(others)
        except GongkaiError as error:
            note(lang, error.key, **error.values)
            status = UNREADABLE
    return status


def _to_import(names: Sequence[str], lang: str) -> Iterator[Path]:
    """The files by their names, and those in folders, in a fixed order."""
    for name in names:
        path = Path(name)
        if not path.is_dir():
            if not path.is_file():
                raise UsageError("error.no-file", path=str(path))
            yield path
            continue
        files = [one for one in sorted(path.rglob("*")) if one.is_file() and not _is_passed(one)]
        known = [path for path in files if path.suffix.lower() in ENDINGS]
        if others := [path.name for path in files if path not in known]:
            note(lang, "import.not-taken", names=others)
        if not known:
            raise UsageError("error.import-nothing", path=str(path), known=list(ENDINGS))
        yield from known


def _is_passed(path: Path) -> bool:
    """Is it hidden, a link, or what an office leaves behind while a file is open?"""
    return path.name.startswith((".", "~$")) or path.is_symlink()


def _take_over_one(
    path: Path, asked: ImportRequest, options: argparse.Namespace, site: Site, now: datetime
) -> tuple[int, tuple[Path, ...]]:
    """The exit status, and the files that came along."""
    lang = options.lang or site.lang
    library, _ = read_library(site)
    found = import_file(library, path, asked, now.date())
    for key, values in found.told:
        note(lang, key, **values)
    for trouble in found.troubles:
        note(lang, trouble.key, cell=trouble.cell, quote=trouble.quote)
    if found.troubles:
        note(lang, "import.refused")
        return FOUND, ()
    if not options.dry_run:
        _save(found.files, may_replace=found.may_replace)
    _written(found.files)
    for key in found.todo:
        note(lang, key)
    if options.dry_run:
        _show(found, lang)
        note(lang, "import.dry-run")
    return FINE, found.along


def _show(found: Import, lang: str) -> None:
    """An item as it would be written."""
    for path, data in found.files.items():
        if path.suffix == ".yml" and not found.may_replace:
            note(lang, "import.item-text", path=path.name)
            for line in data.decode().splitlines():
                print(printable(veiled(line)), file=sys.stderr)


def _save(files: Mapping[Path, bytes], *, may_replace: bool) -> None:
    """Write files, all of them or none: nothing is overwritten but a ledger by its longer self."""
    if not may_replace:
        for path in files:
            if path.exists():
                raise UsageError("error.exists", path=str(path))
    for path, data in files.items():
        if may_replace:
            replace_file(path, data)
        else:
            write_new(path, data)


def init(options: argparse.Namespace) -> int:
    """A new site."""
    lang, folder = options.lang or "zh", Path(options.folder)
    since = f"{datetime.now().astimezone():%Y-%m}"
    files = starter(folder, since, lang, options.ci, is_empty=options.empty)
    for name, data in {**files, **program_files()}.items():
        write_new(folder / name, data)
    is_kept = start_repository(folder)
    site = read_site(folder.resolve())
    library, _ = read_library(site)
    _write_editor(library, folder / SCHEMAS)
    print(folder)
    note(lang, "new.site-empty" if options.empty else "new.site", path=folder)
    note(lang, "new.site-commit" if is_kept else "new.site-no-git", path=folder)
    return FINE


def schema(options: argparse.Namespace, site: Site, _: datetime) -> int:
    """What editors check and complete by."""
    library, _findings = read_library(site)
    folder = Path(options.out) if options.out else site.root / SCHEMAS
    _written(_write_editor(library, folder))
    return FINE


def _write_editor(library: Library, folder: Path) -> list[Path]:
    """Schemas anew; settings and snippets only where there are none yet."""
    folder.mkdir(parents=True, exist_ok=True)
    done = []
    for name, made in schemas(library).items():
        path = folder / f"{name}.json"
        path.write_bytes(text_of(made))
        done.append(path)
    if folder == library.site.root / SCHEMAS or folder.name == "schema":
        beside = {"settings.json": settings(), "gongkai.code-snippets": snippets()}
        for name, data in beside.items():
            if not (folder.parent / name).exists():
                (folder.parent / name).write_bytes(data)
                done.append(folder.parent / name)
    return done


def fix(options: argparse.Namespace, site: Site, now: datetime) -> int:
    """Mend what is safe, and show it."""

    def judge() -> tuple[Iterable[Finding], dict[str, Item]]:
        checked = read_and_check(Reader(site, ALONE), now, NOBODY)
        return checked.findings, {item.path: item for item in checked.standings.library.items}

    done = mend(site.root, judge)
    if done.files:
        stream = sys.stdout if options.format == "text" else sys.stderr
        stream.writelines(
            f"{printable(splitline)}\n" for splitline in done.differences().splitlines()
        )
    key = "new.mended" if done.files else "new.not-mended"
    note(options.lang or site.lang, key, count=len(done.files), paths=sorted(done.files))
    return FINE


def doctor(options: argparse.Namespace, site: Site, now: datetime) -> int:
    """What this machine has and lacks; 1 when what a site cannot do without is missing."""
    library, _ = read_library(site)
    lang = options.lang or site.lang
    found = [*_machine(), *_content(library, now.date())]
    for is_there, is_needed, key, values in found:
        mark = "good" if is_there else "lacks" if is_needed else "note"
        name = "good" if is_there else "lacks"
        print(f"{say(lang, f'doctor.{mark}')} {say(lang, f'doctor.{key}.{name}', **values)}")
    return FOUND if any(is_needed and not there for there, is_needed, *_ in found) else FINE


_Check = tuple[bool, bool, str, dict[str, object]]
"""Is it there, is it needed, the key of its sentences under ``doctor``, and their values."""
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge", "firefox")


def _machine() -> Iterator[_Check]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield sys.version_info >= (3, 11), True, "python", {"version": version}
    fonts = all(find_spec(name) for name in ("noto_cjk_sans_jp_regular", "noto_cjk_sans_jp_bold"))
    yield fonts, True, "fonts", {}
    git = shutil.which("git")
    yield git is not None, False, "git", {}
    browser = next((browser for browser in _BROWSERS if shutil.which(browser)), None)
    yield browser is not None, False, "browser", {"name": browser}


def _content(library: Library, today: date) -> Iterator[_Check]:
    site, work = library.site, library.catalogue.work
    yield today.year in work.years, False, "calendar", {"year": today.year}
    if work.awaited(today) == today.year + 1:
        yield False, False, "calendar", {"year": today.year + 1}
    yield site.url is not None, False, "address", {"url": site.url}
    yield (site.root / ".git").exists(), False, "history", {}
    yield os.access(site.root, os.W_OK), True, "writable", {"path": site.root}
    yield bool(library.boards), True, "boards", {"count": len(library.boards)}


def archive(options: argparse.Namespace, site: Site, now: datetime) -> int:
    """The archive of a year; 1 when something is missing from it."""
    # 47 ms with what it draws with; the other verbs of the desk need none of it.
    from gongkai.archive.package import package, prove, sentence

    lang, out = options.lang or site.lang, Path(options.out) / str(options.year)
    if out.exists() and not is_ours(out):
        raise UsageError("error.not-empty", path=str(out))
    if not 1949 <= options.year <= now.year:
        raise UsageError("error.archive-year", year=options.year, now=now.year)
    checked = read_and_check(Reader(site, ALONE), now, NOBODY)
    errors = [finding for finding in checked.findings if finding.severity is Severity.ERROR]
    if errors:
        raise UsageError("error.archive-errors", count=len(errors))
    made = package(checked.standings, options.year, commit_of(site.root))
    with tempfile.TemporaryDirectory(prefix=".gongkai-", dir=_made(out.parent)) as spare:
        for path, data in made.files.items():
            write_new(Path(spare, "new", path), data)
        prove(checked.standings, Path(spare, "new"), made.files)
        if out.exists():
            out.rename(Path(spare, "old"))
        Path(spare, "new").rename(out)
    print(out)
    note(lang, "new.filed", items=made.items, path=out)
    for lacking_record in made.missing:
        note(lang, "new.lacks", what=sentence(lacking_record, lang))
    if made.missing:
        note(lang, "new.lacking", count=len(made.missing), path=out / "missing.csv")
    return FOUND if made.missing else FINE


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def report(options: argparse.Namespace, site: Site, now: datetime) -> int:
    """The supervision group's figures."""
    first, last = month_of(now.date())
    first = _day(options.first, "--from") or first
    last = _day(options.last, "--to") or last
    if last < first:
        raise UsageError("error.window", first=first, last=last)
    library, _ = read_library(site)
    found = supervision(library, first, last)
    lang = options.lang or site.lang
    write = {"json": as_json, "html": as_page, "text": as_table}[options.format]
    sys.stdout.write(write(found, library, commit_of(site.root), lang))
    return FINE
