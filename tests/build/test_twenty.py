"""Twenty cases in which site generators have failed, each as one test, named after the failure.

Larger runs of the same kind lie beside them: hostile content in ``test_hostile`` and
``browser/test_safety``, kills, faults, readers and fuzz in ``soak``, screens in
``browser/test_screens``.
"""

from __future__ import annotations

import http.client
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import zipfile
from http.server import ThreadingHTTPServer
from pathlib import Path

import pypdf
import pytest

from gongkai.build.pipeline import build
from gongkai.build.request import BuildRequest
from gongkai.domain.errors import ConfigurationError
from gongkai.domain.finding import Severity
from gongkai.files.lock import locked
from gongkai.mkdocs_plugin.plugin import render_shell
from gongkai.publish.verify import verify
from gongkai.render.artifact import Artifact
from gongkai.source.site import read_site
from tests.cases import sampled
from tests.command import run
from tests.conftest import Example
from tests.hostile import dangers
from tests.sites import CONFIG, WAGES, check, errors, instant, item, make_site, tree

DAY = "2026-11-22"


def built(root: Path) -> str:
    """Every text of a site that builds."""
    done = run(root, "build", "--at", DAY)
    assert done.returncode == 0, done.stderr
    paths = [path for path in (root / "site").rglob("*") if path.suffix in (".html", ".json")]
    return "\n".join(path.read_text("utf-8") for path in paths)


SECRET = "不该公开的内容"  # noqa: S105 - what must not come out


def test_01_links_out_of_the_site_are_refused_read_directly_or_walked(tmp_path: Path) -> None:
    """mkdocs#4028; Hugo GHSA-fw87-fv5r-9fpw and GHSA-c3wq-j5vh-68rc."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "x.md").write_text(item(title=SECRET), "utf-8")
    (outside / "x.txt").write_text(SECRET, "utf-8")
    root = tmp_path / "site"
    make_site(root, {"content/items/a.md": item(attachments="[direct.txt]")})
    items = root / "content/items"
    (items / "direct.txt").symlink_to(outside / "x.txt")
    (items / "walked.md").symlink_to(outside / "x.md")
    (items / "folder").symlink_to(outside)
    (items / "loop").symlink_to(items)
    os.link(outside / "x.md", items / "hard.md")
    os.mkfifo(items / "fifo.md")
    found = check(read_site(root), DAY).findings
    assert {
        (finding.path, finding.case) for finding in found if finding.severity is Severity.ERROR
    } == {
        ("content/items/a.md", "link"),
        ("content/items/walked.md", "link"),
        ("content/items/folder", "link"),
        ("content/items/loop", "link"),
        ("content/items/hard.md", "hard-link"),
        ("content/items/fifo.md", "not-a-file"),
    }
    assert run(root, "build").returncode == 1
    shutil.rmtree(items)
    items.mkdir()
    (root / "content/pages/leak.txt").symlink_to(outside / "x.txt")
    os.link(outside / "x.txt", root / "content/pages/hard.txt")
    assert SECRET not in built(root)
    assert [path for path in tree(root / "site") if path.endswith(".txt")] == ["screen/alive.txt"]
    (root / "content/pages/loop").symlink_to(root / "content/pages")
    done = run(root, "build")
    assert done.returncode == 2
    assert "loop" in done.stderr


AWAY = ("../x", "..\\x", "/x", "C:\\x", "\\\\srv\\x", "%2e%2e", "%2e%2e%2fx", "x/../../y", "..",
        ".", "a/b", "nul\0x", "x\ny")  # fmt: skip


@pytest.mark.parametrize("key", ["id", "aliases", "attachments", "boards", "corrects"])
def test_02_no_name_leads_out_of_the_site(key: str, tmp_path: Path) -> None:
    """Hono CVE-2026-39408; MkDocs' File.generated."""
    for number, name in enumerate(AWAY):
        typed = json.dumps(name if key in ("id", "corrects") else [name])
        more = {"kind": "correction"} if key == "corrects" else {}
        files = {"content/items/x.md": item(**{key: typed}, **more)}
        root = tmp_path / f"{key}-{number}" / "site"
        make_site(root, files)
        assert errors(root, DAY), name
        assert sorted(path.name for path in root.parent.iterdir()) == ["site"]
    root = tmp_path / f"{key}-0" / "site"
    assert run(root, "build", "--at", DAY).returncode == 1
    assert not (root / "site").exists()
    assert not [text for text in AWAY if Artifact.text(f"items/{text}", "").is_confined()
                and text not in ("%2e%2e", "%2e%2e%2fx", "a/b")]  # fmt: skip


def test_03_a_folder_whose_name_begins_like_another_is_another(tmp_path: Path) -> None:
    """pymdown CVE-2026-46338 and CVE-2023-32309; Zola CVE-2023-40274."""
    site = make_site(tmp_path / "site", {"content-internal/x.txt": SECRET})
    from gongkai.publish.stage import check_target

    check_target(site.root / "content-built", site)
    with pytest.raises(Exception, match="inside"):
        check_target(site.root / "content/../content/built", site)
    handler, port = preview_of(site.root)
    try:
        for path in ("/../content-internal/x.txt", "/%2e%2e/content-internal/x.txt",
                     "/items/../../content-internal/x.txt", "//etc/passwd", "/assets/../../x",
                     "/..%5ccontent-internal%5cx.txt", "/%00", "/\\..\\mkdocs.yml"):  # fmt: skip
            status, body = fetch(port, path)
            assert status == 404, path
            assert SECRET.encode() not in body
        assert fetch(port, "/")[0] == 200
        assert fetch(port, "/", host="gongkai.evil.invalid")[0] == 403
    finally:
        handler.shutdown()
        handler.server_close()


def preview_of(root: Path) -> tuple[ThreadingHTTPServer, int]:
    """A preview's server over a site, on loopback."""
    from functools import partial

    from gongkai.files.workers import ALONE
    from gongkai.preview.pages import Preview
    from gongkai.preview.server import _Handler

    site = read_site(root)
    preview = Preview(
        read=lambda: site,
        clock=lambda one: instant(one, DAY),
        tell=lambda _: None,
        make_shell=render_shell,
        means=ALONE,
        folder=root.parent / "frame",
    )
    preview.build(root)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, preview=preview, forms=None))
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    return server, server.server_port


def fetch(port: int, path: str, host: str = "127.0.0.1") -> tuple[int, bytes]:
    """A request as it is, without the tidying that libraries do to paths."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.putrequest("GET", path, skip_host=True)
        connection.putheader("Host", f"{host}:{port}")
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def test_04_markup_in_any_field_stays_text(tmp_path: Path) -> None:
    """Hugo CVE-2024-32875, CVE-2024-55601, CVE-2026-35166; all payloads in test_hostile."""
    text = '"><img src=x onerror=alert(1)> [x](javascript:alert(1)) ![y](javascript:1 "t\\" onx=1")'
    keys = {"title": json.dumps(text), "number": json.dumps(text), "thread": json.dumps(text)}
    root = tmp_path / "site"
    make_site(root, {"content/items/x.md": item(**keys, body=text)})
    built(root)
    for path in (root / "site").rglob("*.html"):
        assert dangers(path.read_text("utf-8")) == [], path


@pytest.mark.parametrize(
    "body",
    [
        '```"><script>alert(1)</script>\nx\n```',
        '```html onclick="x"\nx\n```',
        "# 标题 {onclick=alert(1)}",
        "文字{: onclick=alert(1) }",
        "| a |\n|---|\n| x {onclick=alert(1)} |",
    ],
)
def test_05_neither_fences_nor_attribute_lists_make_attributes(body: str, tmp_path: Path) -> None:
    """Hugo GHSA-q76j-gcg9-vxc6."""
    root = tmp_path / "site"
    make_site(root, {"content/items/x.md": item(body=body)})
    built(root)
    page = (root / "site/items/x/index.html").read_text("utf-8")
    assert dangers(page) == []


def test_06_the_search_index_is_text_and_nothing_active_is_attached(tmp_path: Path) -> None:
    """CVE-2026-73295, mdBook CVE-2020-26297, Hugo GHSA-c54g-xjwj-8g82; in a browser in
    browser/test_safety."""
    root = tmp_path / "site"
    title = "'<img src=x onerror=alert(1)>'"
    make_site(root, {"content/items/x.md": item(title=title, body="<svg onload=alert(1)>")})
    built(root)
    index = json.loads((root / "site/search/search_index.json").read_bytes())
    assert index["docs"] == []  # Material would read them as HTML
    for name, data in {
        "x.html": "<script>alert(1)</script>",
        "x.svg": "<svg onload='alert(1)'/>",
        "x.xml": "<x/>",
        "x.js": "alert(1)",
        "x.txt": "<!DOCTYPE html><script>alert(1)</script>",
        "x.csv": "  <svg onload=alert(1)>",
        "x.pdf": "<html>",
        "x.png": "<svg/>",
    }.items():
        (root / "content/items/x.md").write_text(item(attachments=f"[{name}]"), "utf-8")
        (root / "content/items" / name).write_text(data, "utf-8")
        assert {rule for rule, _ in errors(root, DAY)} == {"ref/attachment"}, name


@pytest.mark.parametrize(
    ("part", "case"), [("word/vbaProject.bin", "macros"), ("x", "content"), (None, "content")]
)
def test_06_office_files_are_what_they_say_and_hold_no_macros(
    part: str | None, case: str, tmp_path: Path
) -> None:
    root = tmp_path / "site"
    make_site(root, {"content/items/x.md": item(attachments="[x.docx]")})
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr(part or "empty", "x")
    data = buffer.getvalue() if part else b"PK\x03\x04 not a zip"
    (root / "content/items/x.docx").write_bytes(data)
    assert errors(root, DAY) == {("ref/attachment", case)}


@pytest.mark.parametrize(
    "text", ["{{ 7*7 }}", "{% include '/etc/passwd' %}", '#read("/etc/passwd")', "#(1+1)",
             '#import "@preview/x:0.1.0"', "$1+1$", "\\u{41}"],
)  # fmt: skip
def test_07_template_code_is_printed_as_typed(text: str, tmp_path: Path) -> None:
    """Jinja2 CVE-2025-27516; Typst."""
    root = tmp_path / "site"
    make_site(root, {"content/items/x.md": item(title=json.dumps(text), body=f"正文 {text}")})
    built(root)
    from html import unescape

    assert unescape((root / "site/items/x/index.html").read_text("utf-8")).count(text) >= 2
    reader = pypdf.PdfReader(root / "site/posters/items/x.pdf")
    printed = "".join("".join(page.extract_text() for page in reader.pages).split())
    assert printed.count("".join(text.split())) >= 2


YAML = {
    "duplicate": b"title: a\ntitle: b\n",
    "alias bomb": b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "tag": b"title: !!python/object/apply:os.system [id]\n",
    "merge": b"a: {x: 1}\n<<: {title: x}\n",
    "deep": b"a: " + b"[" * 20_000,
    "deep and long": b"a: " + b"[" * 400_000,
    "never closed": b'a: "' + b"x" * 200_000,
    "nul": b"title: a\0b\n",
    "bad utf-8": b"title: \xff\xfe\n",
    "gbk": "标题: 食堂\n".encode("gbk"),
    "surrogate": b"title: \xed\xa0\x80\n",
}


@pytest.mark.parametrize("kind", YAML)
def test_08_hostile_yaml_is_a_located_error(kind: str, tmp_path: Path) -> None:
    make_site(tmp_path, {})
    (tmp_path / "content/items/x.yml").write_bytes(YAML[kind])
    found = [
        finding
        for finding in check(read_site(tmp_path), DAY).findings
        if finding.path.endswith("x.yml")
    ]
    assert found
    assert {finding.severity for finding in found} == {Severity.ERROR}
    assert all(finding.line >= 1 and finding.column >= 1 for finding in found)


def test_08_a_file_of_a_hundred_megabytes_is_not_read(tmp_path: Path) -> None:
    make_site(tmp_path, {})
    with (tmp_path / "content/items/x.yml").open("wb") as file:
        file.truncate(100_000_000)
    assert errors(tmp_path, DAY) == {("format/syntax", "too-large")}


@pytest.mark.parametrize(
    "typed",
    ["no", "off", "12:30", "0123", "1_000", "1.10", "110101190001011237", "2026-13-45", "~x", "0o7",
     "yes", "null-", "1e3", ".5", "0x1F", "NaN"],
)  # fmt: skip
def test_09_what_is_typed_is_what_is_read(typed: str, tmp_path: Path) -> None:
    """The Norway problem and its relatives."""
    site = make_site(tmp_path, {"content/items/x.md": item(number=typed, thread=typed)})
    read = check(site, DAY).standings.by_id["x"].item
    assert (read.number, read.thread) == (typed, typed)


def test_09_a_day_that_is_none_is_a_located_error(tmp_path: Path) -> None:
    make_site(tmp_path, {"content/items/x.md": item(publish="2026-13-45")})
    found = [finding for finding in check(read_site(tmp_path), DAY).findings if finding.item == "x"]
    assert [(finding.rule, finding.line) for finding in found] == [("format/type", 4)]


@pytest.mark.parametrize(
    "body", ["<![x", "<!-", "<?", "<![CDATA[", "&#x110000;", "[" * 20_000, "> " * 20_000,
             "*" * 50_000, "`" * 50_000, "|" * 50_000, "<a " * 20_000, "\\" * 50_000,
             "![" * 20_000, "- " * 20_000],
)  # fmt: skip
def test_10_markdown_that_broke_parsers_is_a_page_or_a_finding(body: str, tmp_path: Path) -> None:
    """CVE-2025-69534, CVE-2026-15308; in an item, and in an ordinary page."""
    root = tmp_path / "site"
    make_site(root, {"content/items/x.md": item(body=body, channels="[web, screen]")})
    (root / "content/pages/x.md").write_text(f"# x\n\n{body[:100]}\n", "utf-8")
    done = run(root, "build", "--at", DAY)
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr
    assert "自己出了错" not in done.stderr


def test_11_killed_a_build_leaves_the_old_site_or_the_new_one(tmp_path: Path) -> None:
    """Many more moments, and failures of the disk, in soak."""
    root = tmp_path / "site"
    make_site(root, {"content/items/x.md": item()})
    built(root)
    before = tree(root / "site")
    (root / "content/items/x.md").write_text(item(title="改"), "utf-8")
    command = [sys.executable, "-m", "gongkai", "build", "--root", str(root), "--at", DAY]
    with subprocess.Popen(command, start_new_session=True) as started:
        time.sleep(0.15)
        os.killpg(started.pid, signal.SIGKILL)
    assert verify(root / "site") == ()
    assert tree(root / "site") == before or "改" in (root / "site/index.html").read_text("utf-8")
    built(root)
    assert verify(root / "site") == ()


def test_12_a_page_and_its_manifest_are_of_one_site(tmp_path: Path) -> None:
    """Read without pause in soak; here: what a reader has open stays what it was."""
    root = tmp_path / "site"
    make_site(root, {"content/items/x.md": item()})
    built(root)
    with (root / "site/items/x/index.html").open("rb") as page:
        for title in ("改一", "改二", "改三"):
            (root / "content/items/x.md").write_text(item(title=title), "utf-8")
            built(root)
        seen = page.read().decode()
    assert "一项公开" in seen
    assert "改" not in seen
    assert verify(root / "site") == ()


def test_13_a_second_build_waits_and_a_lock_left_behind_is_taken_over(tmp_path: Path) -> None:
    root = tmp_path / "site"
    make_site(root, {"content/items/x.md": item()})
    (root / ".gongkai").mkdir()
    (root / ".gongkai/lock").write_text("somebody@gone pid 4194303 2020-01-01 00:00:00")
    built(root)
    with locked(root / ".site.gongkai/lock", None, "示例甲@车间 pid 1"):
        done = run(root, "build", "--no-wait")
        assert done.returncode == 2
        assert "示例甲@车间 pid 1" in done.stderr
    assert run(root, "build", "--no-wait").returncode == 0


SHUFFLE = """\
import os, random, sys
chance = random.Random(os.environ["SHUFFLE"])
listdir, scandir = os.listdir, os.scandir
def shuffled(names):
    names = list(names)
    chance.shuffle(names)
    return names
class Entries:
    def __init__(self, entries): self.entries = iter(entries)
    def __iter__(self): return self
    def __next__(self): return next(self.entries)
    def __enter__(self): return self
    def __exit__(self, *_): pass
    def close(self): pass
os.listdir = lambda *a: shuffled(listdir(*a))
os.scandir = lambda *a: Entries(shuffled(scandir(*a)))
from gongkai.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


def test_14_equal_content_gives_equal_bytes(tmp_path: Path) -> None:
    """mkdocs#938, #3788: whatever the order of folders, zone, locale, hash seed, jobs and path."""
    files = {f"content/items/x{n}.md": item(title=f"第{n}项") for n in range(2)}
    files["content/items/2026-10-wages.md"] = WAGES
    files["content/items/list.md"] = item(attachments="[b.txt, a.txt]")
    files |= {"content/items/a.txt": "甲", "content/items/b.txt": "乙"}
    found = []
    for number, (jobs, zone, locale, seed) in enumerate(
        [("1", "UTC", "C", "0"), ("2", "America/Los_Angeles", "zh_CN.UTF-8", "random")]
    ):  # fmt: skip
        root = tmp_path / f"copy {number} 副本" / ("deep/" * number) / "site"
        names = list(files) if number != 1 else list(reversed(files))
        make_site(root, {name: files[name] for name in names})
        os.utime(root / "content/items/a.txt", (10**9 + number, 10**9 + number))
        (tmp_path / "shuffle.py").write_text(SHUFFLE, "utf-8")
        command = [sys.executable, str(tmp_path / "shuffle.py"), "build", "--root", str(root)]
        env = {**os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed,
               "SHUFFLE": str(number)}  # fmt: skip
        options = ["--at", f"{DAY} 08:00", "--jobs", jobs]
        done = subprocess.run([*command, *options], capture_output=True, text=True, env=env)
        assert done.returncode == 0, done.stderr
        found.append(tree(root / "site"))
    assert len([text for text in found[0] if text.endswith(".pdf")]) > 4
    assert found[0] == found[1]


@sampled("zone", ["America/Los_Angeles", "UTC", "Pacific/Kiritimati"], step=3)
def test_15_a_day_ends_at_midnight_in_the_sites_zone(zone: str, tmp_path: Path) -> None:
    root = tmp_path / "site"
    make_site(root, {"content/items/x.md": item(publish="2028-02-28", expires="2028-02-29")})
    states = {}
    for at in ("2028-02-27 23:59", "2028-02-28 00:00", "2028-02-29 23:59", "2028-03-01 00:00"):
        done = run(root, "list", "--format", "json", "--at", at, TZ=zone, PYTHONTZPATH="")
        states[at] = json.loads(done.stdout)[0]["state"]
    assert list(states.values()) == ["scheduled", "current", "current", "expired"]


def test_15_a_clock_that_goes_back_gives_the_site_of_then(tmp_path: Path) -> None:
    root = tmp_path / "site"
    make_site(root, {"content/items/x.md": item()})
    run(root, "build", "--at", "2026-11-10")
    first = tree(root / "site")
    run(root, "build", "--at", "2026-12-24")
    run(root, "build", "--at", "2026-11-10")
    assert tree(root / "site") == first


@pytest.mark.parametrize(
    "at", ["2026-10-01", "2026-10-10", "2026-12-31", "2027-01-04", "2031-01-01"]
)
def test_16_working_days_never_crash_where_no_calendar_is_known(at: str, tmp_path: Path) -> None:
    """chinese-calendar#66, #137: across National Day with its make-up days, and into years for
    which nothing has been announced."""
    window = "{from: 2026-12-28, to: 2027-01-08, days: 5, unit: workday, channel: 工会}"
    holiday = "{from: 2026-09-28, to: 2026-10-09, days: 5, unit: workday, channel: 工会}"
    files = {
        "content/items/a.md": item(category="honors-selection", publish="2026-12-28",
                                   expires="2027-02-01", notice=window),
        "content/items/b.md": item(category="honors-selection", publish="2026-09-28",
                                   expires="2026-11-01", notice=holiday),
    }  # fmt: skip
    root = tmp_path / "site"
    make_site(root, files)
    for verb in (["check", "--fail-on", "never"], ["why", "a"], ["next"], ["list"]):
        done = run(root, *verb, "--at", at)
        assert done.returncode == 0, done.stderr


def test_17_paper_names_what_it_cannot_print(tmp_path: Path) -> None:
    root = tmp_path / "site"
    make_site(root, {"content/items/x.md": item(body="勾选 ☑ 与生僻字 \U000e0100")})
    assert {rule for rule, _ in errors(root, DAY)} == {"poster/glyph"}
    (root / "content/items/x.md").write_text(item(title="长" * 10_000), "utf-8")
    assert errors(root, DAY) == {("format/type", "too-long")}
    (root / "content/items/x.md").write_text(item(title="长" * 200), "utf-8")
    built(root)
    reader = pypdf.PdfReader(root / "site/posters/items/x.pdf")
    assert "".join(page.extract_text() for page in reader.pages).count("长") >= 200
    (root / "content/items/x.md").write_text(item(title="長㐀𠮷"), "utf-8")
    built(root)
    reader = pypdf.PdfReader(root / "site/posters/items/x.pdf")
    assert "pdfaid" in str(reader.xmp_metadata.stream.get_data() if reader.xmp_metadata else "")
    assert b"/MarkInfo" in (root / "site/posters/items/x.pdf").read_bytes()


def test_18_no_page_asks_another_host(example: Example) -> None:
    """In a browser without a network, with its policy, in browser/test_safety."""
    loading = re.compile(
        r"""(?:src|action|data|poster)=["']?(https?:)?//|url\(["']?(https?:)?//|@import"""
    )
    for path in example.folder.rglob("*"):
        if path.suffix in (".html", ".css"):
            assert not loading.search(path.read_text("utf-8")), path


def test_19_a_build_in_which_the_plugin_did_not_run_is_none(tmp_path: Path) -> None:
    """Zensical ignores plugins it does not know; the manifest is the proof that ours ran."""
    root = tmp_path / "site"
    make_site(root, {"content/items/x.md": item()})
    (root / "mkdocs.yml").write_text(CONFIG.replace(", gongkai", ""), "utf-8")
    with pytest.raises(ConfigurationError, match="no-plugin"):
        read_site(root)
    mkdocs = str(Path(sys.executable).parent / "mkdocs")
    subprocess.run([mkdocs, "build", "-q", "-f", str(root / "mkdocs.yml")], check=True)
    assert run(tmp_path, "verify", str(root / "site")).returncode == 1
    (root / "mkdocs.yml").write_text(CONFIG, "utf-8")
    assert run(root, "build").returncode == 2, "a site that is not ours is not replaced"


def test_19_pages_of_items_are_in_no_navigation(tmp_path: Path) -> None:
    """material#2213: with them in it, a page's size and time grow with their number."""
    root = tmp_path / "site"
    make_site(root, {f"content/items/x{n}.md": item(channels="[web]") for n in range(3)})
    built(root)
    few = len((root / "site/items/x0/index.html").read_bytes())
    make_site(root, {f"content/items/x{n}.md": item(channels="[web]") for n in range(60)})
    built(root)
    assert len((root / "site/items/x0/index.html").read_bytes()) == few


def test_20_a_screen_carries_what_it_needs_when_the_server_is_gone(tmp_path: Path) -> None:
    """Run in a browser in browser/test_screens: server down, stale build, no JavaScript."""
    root = tmp_path / "site"
    make_site(root, {"content/items/x.md": item()})
    build(BuildRequest(read_site(root), instant(read_site(root), DAY), root / "site", render_shell))
    page = (root / "site/screen/machining/index.html").read_text("utf-8")
    assert 'data-expires="2026-12-01T00:00:00+08:00"' in page
    assert "无法确认" in page
    assert "<noscript>" in page
    script = (root / "site/screen/screen.js").read_text("utf-8")
    assert 'isSecureContext && "serviceWorker" in navigator' in script  # without, it works as well
