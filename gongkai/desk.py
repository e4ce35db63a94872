"""The verbs of an editor's desk: new items, imports, new sites, schemas, what a machine lacks."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from gongkai.calendar import Period
from gongkai.editing.blank import Wish, blank, category_of, latest, period_wanted
from gongkai.editing.importing import Asked, Form, import_file
from gongkai.editing.schemas import schemas, settings, snippets, text_of
from gongkai.editing.starting import starter
from gongkai.editing.written import SCHEMAS, write_new
from gongkai.errors import UsageError
from gongkai.messages import say
from gongkai.model import Item, Library, Site
from gongkai.source.library import read_library
from gongkai.source.problems import Mistake
from gongkai.source.scalars import read_day, read_period
from gongkai.source.site import read_site

FINE, FOUND = 0, 1


def _note(lang: str, key: str, /, **values: object) -> None:
    print(f"gongkai: {say(lang, key, **values)}", file=sys.stderr)


def _written(root: Path, paths: Iterable[Path]) -> None:
    for path in paths:
        print(path.relative_to(root).as_posix() if path.is_relative_to(root) else path)


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
    found = next((one for one in library.items if name in (one.id, *one.aliases)), None)
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
    _written(site.root, [made.path])
    for key in made.todo:
        _note(lang, key, name=category.name)
    return FINE


def take_over(options: argparse.Namespace, site: Site, now: datetime) -> int:
    """An item, a table or the ledger from an office's file."""
    library, _ = read_library(site)
    lang = options.lang or site.lang
    asked = Asked(
        form=Form(options.form) if options.form else None,
        category=options.category,
        period=_period(options.period),
        sheet=options.sheet,
        publish=_day(options.publish, "--publish"),
    )
    path = Path(options.file)
    if not path.is_file():
        raise UsageError("error.no-file", path=str(path))
    found = import_file(library, path, asked, now.date())
    for key, values in found.told:
        _note(lang, key, **values)
    for trouble in found.troubles:
        _note(lang, trouble.key, cell=trouble.cell)
    if found.troubles:
        _note(lang, "import.refused")
        return FOUND
    if not options.dry_run:
        _save(found.files, may_replace=found.may_replace)
    _written(site.root, found.files)
    for key in found.todo:
        _note(lang, key)
    if options.dry_run:
        _note(lang, "import.dry-run")
    return FINE


def _save(files: dict[Path, bytes] | object, *, may_replace: bool) -> None:
    """Write files, all of them or none: nothing is overwritten but a ledger by its longer self."""
    assert isinstance(files, dict)
    if not may_replace:
        for path in files:
            if path.exists():
                raise UsageError("error.exists", path=str(path))
    for path, data in files.items():
        if may_replace:
            path.parent.mkdir(parents=True, exist_ok=True)
            spare = path.with_name(f".{path.name}.new")
            spare.write_bytes(data)
            spare.replace(path)
        else:
            write_new(path, data)


def init(options: argparse.Namespace) -> int:
    """A new site."""
    lang, folder = options.lang or "zh", Path(options.folder)
    since = f"{datetime.now().astimezone():%Y-%m}"
    for name, data in starter(folder, since, is_empty=options.empty).items():
        write_new(folder / name, data)
    site = read_site(folder.resolve())
    library, _ = read_library(site)
    _write_editor(library, folder / SCHEMAS)
    print(folder)
    _note(lang, "new.site-empty" if options.empty else "new.site", path=folder)
    return FINE


def schema(options: argparse.Namespace, site: Site, _: datetime) -> int:
    """What editors check and complete by."""
    library, _findings = read_library(site)
    folder = Path(options.out) if options.out else site.root / SCHEMAS
    _written(site.root, _write_editor(library, folder))
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
