"""The command line: the one place that asks the clock, prints, and turns errors into words.

What only some verbs need is loaded by them: a build of an unchanged site takes less time than
loading everything that renders.
"""

from __future__ import annotations

import argparse
import gc
import getpass
import importlib
import os
import platform
import signal
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import msgspec

from gongkai.cli.arguments import Run, parser, with_verb
from gongkai.cli.faults import place_of
from gongkai.cli.progress_bar import Watch
from gongkai.cli.reports.report import Report, printable
from gongkai.domain.errors import GongkaiError, UsageError
from gongkai.domain.finding import Severity
from gongkai.domain.model import Library, Site
from gongkai.domain.progress import NOBODY, Watcher
from gongkai.files.remote_workers import SCHEME
from gongkai.files.workers import Means
from gongkai.messages import say
from gongkai.source.problems import Mistake
from gongkai.source.scalars import Moment
from gongkai.source.site import read_site

if TYPE_CHECKING:
    from gongkai.render.frame import Shell
    from gongkai.rules.checking import Checked

FINE, FOUND, BROKEN = 0, 1, 2
KEEP = ".gongkai"
"""Where a site keeps what need not be made again; safe to delete."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; the exit status of interface: 0 fine, 1 findings, 2 usage or I/O."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    given = with_verb(sys.argv[1:] if arguments is None else arguments)
    options = parser(_RUNS, given[0]).parse_args(given)
    gc.disable()  # one run of a few seconds makes no garbage to speak of, and much to walk through
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # told to stop: end as with Ctrl-C
    try:
        if options.verb == "verify" and options.folder:
            return _verify_path(Path(options.folder), options.lang or "zh", options.max_age)
        if options.verb == "init":
            return _desk("init", options)
        if options.verb == "federate":
            return _elsewhere("gongkai.cli.network", "federate", options)
        if options.verb == "check" and options.explain:
            return _explain(options.explain, options.lang or "zh")
        site = read_site(Path(options.root).resolve(), os.environ)
        now = _instant(options.at, site)
        run: Run = options.run
        return run(options, site, now)
    except GongkaiError as error:
        _tell(say(options.lang or "zh", error.key, **error.values))
    except OSError as error:
        _tell(f"{error.strerror or error}: {error.filename or ''}")
    except KeyboardInterrupt:
        return 130
    except Exception as fault:  # ours to mend; nobody else can read a traceback
        _tell(
            say(options.lang or "zh", "error.fault", kind=type(fault).__name__, at=place_of(fault))
        )
    return BROKEN


def _instant(text: str | None, site: Site) -> datetime:
    """``--at`` in the site's zone, or the clock."""
    if text is None:
        return datetime.now(site.zone).replace(microsecond=0)
    try:
        return Moment(site.zone)(text.strip())
    except Mistake:
        return _instant_with_offset(text, site)


def _instant_with_offset(text: str, site: Site) -> datetime:
    """``2026-11-22T08:00:00+08:00``, as JSON output gives instants."""
    try:
        instant = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise UsageError("error.at", found=text) from error
    if instant.tzinfo is None:
        raise UsageError("error.at", found=text)
    return instant.astimezone(site.zone)


def _tell(text: str) -> None:
    print(f"gongkai: {printable(text)}", file=sys.stderr)


# -- verbs --------------------------------------------------------------------------------------
# Each loads what it needs when it runs: a check 122 ms, a build 305, MkDocs 414 ms, where the verbs
# themselves take 194.


def _build(options: argparse.Namespace, site: Site, now: datetime) -> int:
    from gongkai.build.pipeline import build
    from gongkai.build.request import BuildRequest

    lang = options.lang or site.lang
    site = _with_boxes(site, options.log, now)
    out, means = _out(options, site), _means(options, site)
    with Watch(lang, sys.stderr, quiet=options.quiet) as watch:
        wait = None if options.no_wait else _waiting(watch, out)
        built = build(
            BuildRequest(site, now, out, _render_shell, means, watch, wait, afresh=options.clean)
        )
    report = Report.of(built.findings, now, lang, built.items, built.boards)
    _show(report, sys.stderr)
    if not built.files:
        _tell(say(lang, "cli.blocked", error=report.counts()["error"]))
        return FOUND
    _tell(watch.last_line("cli.published", items=built.items, files=built.files))
    if options.profile:
        sys.stderr.write(watch.table())
    print(out)
    return FINE


def _with_boxes(site: Site, log: str | None, now: datetime) -> Site:
    """The same with what a web server's log tells of boxes on walls."""
    if log is None:
        return site
    from msgspec import structs

    from gongkai.status.boxes import boxes_in

    try:
        with Path(log).open(encoding="utf-8", errors="replace") as lines:
            return structs.replace(site, boxes=boxes_in(lines, site.zone, now))
    except OSError as error:
        raise UsageError("error.log", path=log, why=error.strerror) from error


def _out(options: argparse.Namespace, site: Site) -> Path:
    return Path(options.out).absolute() if options.out else site.out


def _waiting(watch: Watch, out: Path) -> Callable[[str], None]:
    return lambda holder: watch.note("cli.waiting", holder=holder, path=out)


def _rollback(options: argparse.Namespace, site: Site, now: datetime) -> int:
    from gongkai.build.pipeline import rollback

    lang, out = options.lang or site.lang, _out(options, site)
    with Watch(lang, sys.stderr) as watch:
        at = rollback(site, now, out, _means(options, site), watch, _waiting(watch, out))
    _tell(say(lang, "cli.rolled-back", at=datetime.fromisoformat(at)))
    print(out)
    return FINE


def _verify(options: argparse.Namespace, site: Site, _: datetime) -> int:
    return _verify_path(site.out, options.lang or site.lang, options.max_age)


def _verify_path(path: Path, lang: str, max_age: int | None) -> int:
    """A site, or of a manifest that was fetched alone only how old it is."""
    if max_age is None:
        return _verify_folder(path, lang)
    fresh = _verify_age(path, lang, max_age)
    return fresh if path.is_file() else max(fresh, _verify_folder(path, lang))


def _verify_age(path: Path, lang: str, max_age: int) -> int:
    """Was the site made within so many hours? If not, nothing makes it any more every night."""
    from gongkai.publish.manifest import instant_of

    try:
        made = datetime.fromisoformat(instant_of(path.parent if path.is_file() else path))
    except (OSError, ValueError, KeyError, msgspec.DecodeError) as error:
        raise UsageError("error.no-manifest", path=str(path)) from error
    hours = int((datetime.now(made.tzinfo) - made).total_seconds() // 3600)
    if -1 <= hours < max_age:
        return FINE
    _tell(
        say(lang, "cli.too-old" if hours > 0 else "cli.too-new", at=made, hours=hours, most=max_age)
    )
    return FOUND


def _verify_folder(folder: Path, lang: str) -> int:
    from gongkai.publish.manifest import MANIFEST
    from gongkai.publish.verify import verify

    if not folder.is_dir():
        raise UsageError("error.no-such-site", path=str(folder))
    faults = verify(folder)
    for fault in faults:
        difference = say(lang, f"difference.{fault.difference.value}", line=fault.line)
        print(f"{printable(fault.path)}: {difference}")
    if faults:
        _tell(say(lang, "cli.differs", faults=len(faults)))
        return FOUND
    count = len(msgspec.json.decode((folder / MANIFEST).read_bytes())["files"])
    _tell(say(lang, "cli.verified", files=count))
    return FINE


def _render_shell(site: Site, folder: Path) -> Shell:
    from gongkai.mkdocs_plugin.plugin import (
        render_shell,  # MkDocs takes longer to load than most verbs
    )

    return render_shell(site, folder)


def _try_shell(site: Site) -> None:
    from gongkai.mkdocs_plugin.plugin import try_shell

    try_shell(site)


def _means(options: argparse.Namespace, site: Site) -> Means:
    """All cores unless told otherwise; on Linux a process may be a copy of this one, unless
    something was typeset in it before: a copy would wait for threads that it does not have."""
    workers = max(1, options.jobs or os.cpu_count() or 1)
    keep = site.root / KEEP
    can_keep = os.access(keep if keep.exists() else site.root, os.W_OK)
    may_copy = sys.platform.startswith("linux") and "typst" not in sys.modules
    afar = getattr(options, "executor", None)
    if afar and not afar.startswith(SCHEME):
        raise UsageError("error.executor", found=afar)
    return Means(workers, keep if can_keep else None, may_copy, _own_name(), afar)


def _own_name() -> str:
    """Who is at work here, for those who wait: person, machine, process and since when."""
    try:
        person = getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container without a name for its user
        person = "?"
    since = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M:%S")
    return f"{person}@{platform.node()} pid {os.getpid()} {since}"


def _serve(options: argparse.Namespace, site: Site, now: datetime) -> int:
    from gongkai.preview.forms.door import Forms
    from gongkai.preview.pages import Preview
    from gongkai.preview.server import serve

    def clock(site: Site) -> datetime:
        return now if options.at else _instant(None, site)

    means = _means(options, site)
    gc.enable()  # it runs for days
    gc.set_threshold(100_000, 20, 100)  # but makes little garbage, and holds much to walk through
    with tempfile.TemporaryDirectory(prefix="gongkai-") as spare:
        preview = Preview(
            read=lambda: read_site(site.root, os.environ),
            clock=clock,
            tell=_tell,
            make_shell=_render_shell,
            means=means,
            folder=(means.keep or Path(spare)) / "frame",
            drafts=options.drafts,
        )
        serve(preview, site.root, options.port, options.poll, Forms(preview))
    return FINE


def _check(options: argparse.Namespace, site: Site, now: datetime) -> int:
    from gongkai.build.frame_cache import tried
    from gongkai.cli.reports.baseline import compare, read_baseline
    from gongkai.cli.reports.formats import FORMATS
    from gongkai.source.page_heads import unmade_pages

    lang = options.lang or site.lang
    if options.fix:
        _desk("fix", options, site, now)
    baseline = read_baseline(Path(options.baseline)) if options.baseline else None
    is_tried = tried(site, _try_shell, _means(options, site))
    with Watch(lang, sys.stderr, quiet=options.quiet) as watch, is_tried as unmade:
        checked = _checked(options, site, now, watch, with_past=True)
    library = checked.standings.library
    known = (*checked.findings, *unmade_pages(unmade, site, checked.findings))
    compared = None if baseline is None else compare(known, baseline)
    findings = compared.new if compared else known
    report = Report.of(
        findings, now, lang, len(library.items), len(library.boards), compared=compared
    )
    if options.output:
        Path(options.output).write_text(FORMATS[options.format](report), encoding="utf-8")
    elif options.format == "text":
        _show(report, sys.stdout)
        if year := library.catalogue.work.awaited(now.date()):
            _tell(say(lang, "cli.calendar", year=year))
    else:
        sys.stdout.write(FORMATS[options.format](report))
    if options.output or options.format != "text":
        _tell(report.summary())
    if options.profile:
        sys.stderr.write(watch.table())
    worst = {"error": 0, "warning": 1, "info": 2, "never": -1}[options.fail_on]
    return FOUND if any(finding.severity.rank <= worst for finding in findings) else FINE


def _explain(rule: str, lang: str) -> int:
    from gongkai.rulebook import page

    sys.stdout.write(page(rule, lang).as_text())
    return FINE


def _show(report: Report, stream: TextIO) -> None:
    """Findings for a person: in colours on a terminal, unless its user wants none."""
    from gongkai.cli.reports.plain import as_text, in_colour

    if not stream.isatty():
        stream.write(as_text(report))
        return
    from rich.console import Console  # knows NO_COLOR and what the terminal can do

    Console(file=stream, highlight=False).print(in_colour(report), end="", soft_wrap=True)


def _list(options: argparse.Namespace, site: Site, now: datetime) -> int:
    from gongkai.status.listing import item_record, json_text, stub_record

    standings = _checked(options, site, now).standings
    _known_board(standings.library, options.board)
    board = options.board
    seen = [standing.on(board) if board else standing for standing in standings.all()]
    records = [item_record(standing, standing.version) for standing in seen]
    records += [stub_record(stub) for stub in standings.library.stubs]
    chosen = [
        manifest_record
        for manifest_record in sorted(records, key=lambda record: record.id)
        if (not options.state or manifest_record.state.value == options.state)
        and (
            not options.freshness
            or (manifest_record.freshness and manifest_record.freshness.value == options.freshness)
        )
        and (not options.board or options.board in manifest_record.boards)
    ]
    if options.format == "json":
        sys.stdout.write(json_text(chosen))
    for manifest_record in chosen if options.format == "text" else ():
        title = " ".join((manifest_record.title or "").split())
        freshness = manifest_record.freshness.value if manifest_record.freshness else "-"
        print(
            f"{printable(manifest_record.id)}\t{manifest_record.state.value}\t{freshness}\t{printable(title)}"
        )
    return FINE


def _checked(
    options: argparse.Namespace,
    site: Site,
    now: datetime,
    watch: Watcher = NOBODY,
    *,
    with_past: bool = False,
) -> Checked:
    from gongkai.rules.checking import read_and_check
    from gongkai.source.library import Reader

    return read_and_check(Reader(site, _means(options, site)), now, watch, with_past=with_past)


def _known_board(library: Library, board: str | None) -> None:
    if board and library.board(board) is None:
        raise UsageError("error.board", found=board)


def _why(options: argparse.Namespace, site: Site, now: datetime) -> int:
    from gongkai.status.listing import json_text, why_record
    from gongkai.status.why import why

    checked = _checked(options, site, now)
    library = checked.standings.library
    _known_board(library, options.board)
    blocked = any(
        finding.item == options.item and finding.severity is Severity.ERROR
        for finding in checked.findings
    )
    try:
        answer = why(library, now, options.item, options.board, blocked)
    except KeyError as error:
        raise UsageError("error.item", found=options.item) from error
    record = why_record(answer, options.lang or site.lang)
    if options.format == "json":
        sys.stdout.write(json_text(record))
        return FINE
    lang = options.lang or site.lang
    for reason in record["reasons"]:
        print(reason["message"])
    changes = record["changes_at"]
    key = "why.changes-at" if changes else "why.never-changes"
    print(say(lang, key, at=answer.changes_at))
    return FINE


def _next(options: argparse.Namespace, site: Site, now: datetime) -> int:
    from gongkai.status.listing import json_text, next_record
    from gongkai.status.next_change import next_change

    answer = next_change(_checked(options, site, now).standings)
    record = next_record(answer)
    if options.format == "json":
        sys.stdout.write(json_text(record))
        return FINE
    lang = options.lang or site.lang
    print(say(lang, "cli.next" if answer.next else "cli.next-none", next=answer.next))
    for change in answer.changes:
        name = change.item or change.opinion or change.duty
        print(f"{name}\t{change.what}\t{change.before} → {change.after}")
    return FINE


def _desk(verb: str, options: argparse.Namespace, *about: object) -> int:
    """A verb of an editor's desk, which most runs need not load."""
    return _elsewhere("gongkai.cli.edit", verb, options, *about)


def _elsewhere(module: str, verb: str, options: argparse.Namespace, *about: object) -> int:
    status: int = getattr(importlib.import_module(module), verb)(options, *about)
    return status


_RUNS: dict[str, Run] = {
    "build": _build,
    "serve": _serve,
    "check": _check,
    "list": _list,
    "why": _why,
    "verify": _verify,
    "rollback": _rollback,
    "next": _next,
    "new": partial(_desk, "new"),
    "import": partial(_desk, "take_over"),
    "init": partial(_desk, "init"),
    "schema": partial(_desk, "schema"),
    "doctor": partial(_desk, "doctor"),
    "report": partial(_desk, "report"),
    "archive": partial(_desk, "archive"),
    "print": partial(_elsewhere, "gongkai.cli.printing", "printed"),
    "backup": partial(_elsewhere, "gongkai.cli.keeping", "backup"),
    "restore": partial(_elsewhere, "gongkai.cli.keeping", "restore"),
    "schedule": partial(_elsewhere, "gongkai.cli.keeping", "schedule"),
    "bundle": partial(_elsewhere, "gongkai.cli.installing", "bundle"),
    "plan": partial(_elsewhere, "gongkai.cli.planning", "plan"),
    "inbox": partial(_elsewhere, "gongkai.cli.inbox", "inbox"),
    "federate": partial(_elsewhere, "gongkai.cli.network", "federate"),
    "notify": partial(_elsewhere, "gongkai.cli.network", "notify"),
}
