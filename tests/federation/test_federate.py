"""A group's factories on one page: the same figures, and none that cannot be believed is left
out."""

from __future__ import annotations

import copy
import functools
import hashlib
import http.server
import json
import os
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from gongkai.cli import main as cli
from gongkai.federation import fetch
from gongkai.federation.gather import FactoryState, KnownFactory, gather
from gongkai.federation.overview import KEPT, read_kept
from gongkai.publish.chain import HISTORY, PublicationKind, longer
from gongkai.publish.manifest import MANIFEST
from gongkai.render.web.supervision import GATHERED
from tests.conftest import Example
from tests.group import Pattern

NOW = datetime.fromisoformat("2026-11-22T07:00:00+08:00")
MIDNIGHT = datetime.fromisoformat("2026-11-22T00:00:00+08:00")
DAY = timedelta(hours=36)


@pytest.fixture(scope="session")
def pattern(example: Example) -> Pattern:
    return Pattern(example.folder, 20)


def federate(out: Path, *places: str, at: datetime = NOW) -> int:
    return cli.main(["federate", *places, "--out", str(out), "--at", at.isoformat()])


def test_the_figures_are_those_of_each_factory_and_their_sums(
    pattern: Pattern, tmp_path: Path
) -> None:
    one = pattern.publish(tmp_path / "a", "甲厂", MIDNIGHT, rates={"timeliness": (1, 3)})
    two = pattern.publish(tmp_path / "b", "乙厂", MIDNIGHT, rates={"timeliness": (3, 3)})
    assert federate(tmp_path / "out", str(one), str(two)) == 0
    text = (tmp_path / "out/index.html").read_text("utf-8")
    assert "<td>33.33%<small>1/3</small></td>" in text
    assert "<td>66.67%<small>4/6</small></td>" in text.partition("<tfoot>")[2]


def test_what_a_true_site_publishes_is_what_its_report_says(
    example: Example, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert federate(tmp_path / "out", str(example.folder)) == 0
    root = str(Path(__file__).parents[2])
    told = json.loads((example.folder / GATHERED).read_bytes())
    window = ["--from", told["from"], "--to", told["to"]]
    capsys.readouterr()
    cli.main(["report", "--root", root, "--at", "2026-11-22", *window, "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    assert (told["metrics"], told["units"]) == (report["metrics"], report["units"])


def test_who_has_most_amiss_stands_first_and_who_cannot_be_believed_before(
    pattern: Pattern, tmp_path: Path
) -> None:
    good = pattern.publish(tmp_path / "good", "好厂", MIDNIGHT)
    late = pattern.publish(tmp_path / "late", "差厂", MIDNIGHT, amiss=(2, 1, 0))
    old = pattern.publish(tmp_path / "old", "旧厂", MIDNIGHT - timedelta(days=2))
    gone = tmp_path / "gone"
    assert federate(tmp_path / "out", *map(str, (good, late, old, gone))) == 1
    text = (tmp_path / "out/index.html").read_text("utf-8").partition("<tbody>")[2]
    order = [text.index(name) for name in (str(gone), "旧厂", "差厂", "好厂")]
    assert order == sorted(order)


def _edited(path: str, old: bytes, new: bytes) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        data = (folder / path).read_bytes()
        assert old in data
        (folder / path).write_bytes(data.replace(old, new, 1))

    return spoil


def _cut(path: str) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        data = (folder / path).read_bytes()
        (folder / path).write_bytes(data[: len(data) // 2])

    return spoil


def _resealed(folder: Path) -> None:
    """Figures are changed, and the manifest and the end of the chain are made to fit."""
    figures = (folder / GATHERED).read_bytes()
    better = figures.replace(b'"numerator": 1', b'"numerator": 3')
    old, new = (hashlib.sha256(data).hexdigest().encode() for data in (figures, better))
    manifest = (folder / MANIFEST).read_bytes().replace(old, new)
    (folder / GATHERED).write_bytes(better)
    (folder / MANIFEST).write_bytes(manifest)
    lines = (folder / HISTORY).read_bytes().splitlines(keepends=True)[:-1]
    sha256 = hashlib.sha256(manifest).hexdigest()
    (folder / HISTORY).write_bytes(
        longer(b"".join(lines), PublicationKind.BUILD, MIDNIGHT, None, sha256)
    )


def _missing(path: str) -> Callable[[Path], None]:
    return lambda folder: (folder / path).unlink()


BROKEN: dict[str, tuple[Callable[[Path], None], FactoryState, str]] = {
    "gone": (_missing(MANIFEST), FactoryState.UNREACHABLE, "unreachable"),
    "without-chain": (_missing(HISTORY), FactoryState.UNREACHABLE, "unreachable"),
    "without-figures": (_missing(GATHERED), FactoryState.UNREACHABLE, "unreachable"),
    "cut-manifest": (_cut(MANIFEST), FactoryState.UNREADABLE, "manifest"),
    "foreign": (_edited(MANIFEST, b'"gongkai ', b'"another '), FactoryState.UNREADABLE, "manifest"),
    "cut-chain": (_cut(HISTORY), FactoryState.TAMPERED, "chain"),
    "changed-chain": (_edited(HISTORY, b"2026-11-2", b"2026-11-1"), FactoryState.TAMPERED, "chain"),
    "changed-manifest": (_edited(MANIFEST, b"T00:00", b"T06:00"), FactoryState.TAMPERED, "head"),
    "changed-figures": (_edited(GATHERED, b"1", b"3"), FactoryState.TAMPERED, "figures"),
    "resealed": (_resealed, FactoryState.TAMPERED, "past"),
}
"""Ten ways in which a factory's site is not what it should be, and how each is called."""


@pytest.mark.parametrize("how", BROKEN)
def test_what_is_wrong_is_named(how: str, pattern: Pattern, tmp_path: Path) -> None:
    spoil, sight, why = BROKEN[how]
    rates = {"timeliness": (1, 3)}
    site = pattern.publish(tmp_path / "site", "甲厂", MIDNIGHT, rates=rates)
    assert federate(tmp_path / "out", str(site)) == 0
    spoil(site)
    known = json.loads((tmp_path / "out/federation.json").read_bytes())
    assert federate(tmp_path / "out", str(site)) == 1
    text = (tmp_path / "out/index.html").read_text("utf-8")
    assert f'<tr class="{sight.value}"' in text
    assert "甲厂" in text  # its name is known from before
    assert "1/3" not in text  # none of its figures is believed
    assert json.loads((tmp_path / "out/federation.json").read_bytes()) == known
    (found,) = gather([str(site)], _known(tmp_path / "out"), NOW, DAY)
    assert (found.sight, found.why) == (sight, why)


def _told_again(folder: Path, data: bytes) -> None:
    """Figures are replaced, and everything is made to fit: it is the factory that says so."""
    old = hashlib.sha256((folder / GATHERED).read_bytes()).hexdigest().encode()
    new = hashlib.sha256(data).hexdigest().encode()
    (folder / GATHERED).write_bytes(data)
    manifest = (folder / MANIFEST).read_bytes().replace(old, new)
    (folder / MANIFEST).write_bytes(manifest)
    sha256 = hashlib.sha256(manifest).hexdigest()
    history = (folder / HISTORY).read_bytes()
    (folder / HISTORY).write_bytes(longer(history, PublicationKind.BUILD, MIDNIGHT, None, sha256))


NONSENSE: dict[str, Callable[[bytes], bytes]] = {
    "deep": lambda data: data[:-1] + b', "x": ' + b"[" * 5000 + b"}",
    "not-text": lambda data: data.replace("甲厂".encode(), "甲厂".encode("gbk")),
    "huge": lambda data: data.replace(b'"numerator": 1,', b'"numerator": 1' + b"0" * 30 + b","),
    "negative": lambda data: data.replace(b'"denominator": 3', b'"denominator": -3'),
    "amiss": lambda data: data.replace(b'"late": 0', b'"late": -100'),
    "no-day": lambda data: data.replace(b'"from": "2026-10-01"', b'"from": "zzz"'),
    "next-year": lambda data: data.replace(b'"2026-10', b'"2027-10'),
    "nothing": lambda data: re.sub(rb'"metrics": \{.*?\}\}', b'"metrics": {}', data),
}
"""What a factory may say of itself that cannot be."""


@pytest.mark.parametrize("how", NONSENSE)
def test_nonsense_is_neither_shown_nor_summed_nor_keeps_others_from_being_seen(
    how: str, pattern: Pattern, tmp_path: Path
) -> None:
    one = pattern.publish(tmp_path / "a", "甲厂", MIDNIGHT, rates={"timeliness": (1, 3)})
    two = pattern.publish(tmp_path / "b", "乙厂", MIDNIGHT, rates={"timeliness": (2, 3)})
    data = (one / GATHERED).read_bytes()
    worse = NONSENSE[how](data)
    assert worse != data
    _told_again(one, worse)
    assert federate(tmp_path / "out", str(one), str(two)) == 1
    text = (tmp_path / "out/index.html").read_text("utf-8")
    assert f'<tr class="{FactoryState.UNREADABLE.value}"' in text
    assert "2 个单位中 1 个的数字可以采信" in text
    assert "<td>66.67%<small>2/3</small></td>" in text.partition("<tfoot>")[2]


def test_a_chain_that_is_no_text_is_tampered_with(pattern: Pattern, tmp_path: Path) -> None:
    for number, line in enumerate((b"[" * 5000, "失败".encode("gbk"))):
        site = pattern.publish(tmp_path / str(number), "甲厂", MIDNIGHT)
        (site / HISTORY).write_bytes(line + b"\n" + (site / HISTORY).read_bytes())
        (found,) = gather([str(site)], {}, NOW, DAY)
        assert (found.sight, found.why) == (FactoryState.TAMPERED, "chain")


@pytest.mark.parametrize("place", ["http://a..b/", f"http://{'a' * 70}.x/", "http://[::1/"])
def test_an_address_that_is_none_is_unreachable(place: str) -> None:
    (found,) = gather([place], {}, NOW, DAY)
    assert found.sight is FactoryState.UNREACHABLE


def test_a_factory_ahead_of_time_does_not_take_over_the_sum(
    pattern: Pattern, tmp_path: Path
) -> None:
    one = pattern.publish(tmp_path / "a", "甲厂", MIDNIGHT, rates={"timeliness": (1, 3)})
    ahead = copy.copy(pattern)
    ahead.figures = {**pattern.figures, "from": "2027-10-01", "to": "2027-10-31"}
    two = ahead.publish(tmp_path / "b", "乙厂", MIDNIGHT + timedelta(days=365))
    assert federate(tmp_path / "out", str(one), str(two)) == 1
    text = (tmp_path / "out/index.html").read_text("utf-8")
    assert "合计：2026-10-01 至 2026-10-31，2 个单位中 1 个" in text


def test_who_is_not_asked_once_is_not_forgotten(pattern: Pattern, tmp_path: Path) -> None:
    one = pattern.publish(tmp_path / "a", "甲厂", MIDNIGHT, rates={"timeliness": (1, 3)})
    two = pattern.publish(tmp_path / "b", "乙厂", MIDNIGHT)
    assert federate(tmp_path / "out", str(one), str(two)) == 0
    assert federate(tmp_path / "out", str(two)) == 0
    _resealed(one)
    assert federate(tmp_path / "out", f"{one}/") == 1  # typed in another way


def test_what_is_published_between_two_files_is_read_again(
    pattern: Pattern, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = pattern.publish(tmp_path / "site", "甲厂", MIDNIGHT - timedelta(days=1))
    read = fetch.PublishedSite.read

    def in_between(source: fetch.PublishedSite, name: str) -> bytes:
        data = read(source, name)
        if name == MANIFEST and b"T00:00" in data and "11-21" in data.decode():
            pattern.publish(tmp_path / "site", "甲厂", MIDNIGHT, nights=1)
        return data

    monkeypatch.setattr(fetch.PublishedSite, "read", in_between)
    (found,) = gather([str(site)], {}, NOW, DAY)
    assert found.sight is FactoryState.FINE


def _known(out: Path) -> Mapping[str, KnownFactory]:
    return read_kept(out / KEPT)


@pytest.mark.parametrize(
    ("hours", "sight"),
    [
        (35, FactoryState.FINE),
        (37, FactoryState.STALE),
        (-0.5, FactoryState.FINE),
        (-2, FactoryState.STALE),
    ],
)
def test_how_old_a_site_may_be(
    hours: float, sight: FactoryState, pattern: Pattern, tmp_path: Path
) -> None:
    site = pattern.publish(tmp_path / "site", "甲厂", NOW - timedelta(hours=hours))
    (found,) = gather([str(site)], {}, NOW, DAY)
    assert found.sight is sight


def test_a_chain_that_grew_is_fine_and_an_older_window_is_not_summed(
    pattern: Pattern, tmp_path: Path
) -> None:
    site = pattern.publish(tmp_path / "site", "甲厂", MIDNIGHT - timedelta(days=1))
    assert federate(tmp_path / "out", str(site), at=NOW - timedelta(days=1)) == 0
    pattern.publish(tmp_path / "site", "甲厂", MIDNIGHT, nights=1)
    september = copy.copy(pattern)
    september.figures = {**pattern.figures, "from": "2026-09-01", "to": "2026-09-30"}
    other = september.publish(tmp_path / "old", "旧厂", MIDNIGHT)
    assert federate(tmp_path / "out", str(site), str(other)) == 0
    text = (tmp_path / "out/index.html").read_text("utf-8")
    assert "2026-10-01 至 2026-10-31，2 个单位中 1 个的数字可以采信" in text


class _Server(http.server.ThreadingHTTPServer):
    faults: list[str]


class _Handler(http.server.SimpleHTTPRequestHandler):
    server: _Server

    def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002

    def do_GET(self) -> None:
        fault = self.server.faults.pop(0) if self.server.faults else ""
        if fault == "drop":
            self.connection.close()
        elif fault == "large":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b" " * (fetch.MOST + 10))
        elif fault:
            self.send_error(int(fault))
        else:
            super().do_GET()


@pytest.fixture
def web(tmp_path: Path) -> Iterator[_Server]:
    handler = functools.partial(_Handler, directory=str(tmp_path))
    server = _Server(("127.0.0.1", 0), handler)
    server.faults = []
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("faults", "sight"),
    [
        ([], FactoryState.FINE),
        (["503", "502"], FactoryState.FINE),  # asked again
        (["404"], FactoryState.UNREACHABLE),
        (["drop"] * 6, FactoryState.UNREACHABLE),
        (["large"], FactoryState.UNREACHABLE),
    ],
)
def test_over_the_network(
    faults: list[str],
    sight: FactoryState,
    web: _Server,
    pattern: Pattern,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fetch, "MOST", 1 << 22)
    monkeypatch.setattr(fetch, "_AGAIN", fetch._AGAIN.new(backoff_factor=0))
    pattern.publish(tmp_path / "site", "甲厂", MIDNIGHT)
    web.faults = faults
    (found,) = gather([f"http://127.0.0.1:{web.server_port}/site"], {}, NOW, DAY)
    assert found.sight is sight
    assert found.page == f"http://127.0.0.1:{web.server_port}/site/"


def test_what_a_factory_says_of_itself_is_only_text(pattern: Pattern, tmp_path: Path) -> None:
    name = "<script>alert(1)</script>\x00\x1b[31m\u202e" + "长" * 500
    site = pattern.publish(tmp_path / "site", name, MIDNIGHT)
    assert federate(tmp_path / "out", str(site)) == 0
    text = (tmp_path / "out/index.html").read_text("utf-8")
    assert not set("\x00\x1b\u202e") & set(text)
    assert "<script" not in text
    assert "长" * 100 not in text


def test_by_what_somebody_enters_is_on_no_page(
    web: _Server, pattern: Pattern, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pattern.publish(tmp_path / "site", "甲厂", MIDNIGHT)
    place = f"http://leser:geheim@127.0.0.1:{web.server_port}/site"
    assert federate(tmp_path / "out", place, place.replace("site", "none")) == 1
    said = capsys.readouterr()
    for text in (said.out, said.err, *(p.read_text("utf-8") for p in (tmp_path / "out").iterdir())):
        assert "geheim" not in text


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("folder", "里已有东西"),
        ("kept", "不是 federate 记下的文件"),
        ("at", "不是带时区的时刻"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    wrong: str, says: str, pattern: Pattern, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = pattern.publish(tmp_path / "site", "甲厂", MIDNIGHT)
    out = tmp_path / "out"
    out.mkdir()
    if wrong == "folder":
        (out / "mine.txt").write_text("x")
    elif wrong == "kept":
        (out / "federation.json").write_text("{")
    at = "2026-11-22" if wrong == "at" else NOW.isoformat()
    assert cli.main(["federate", str(site), "--out", str(out), "--at", at]) == 2
    said = capsys.readouterr().err
    assert says in said
    assert said.count("\n") == 1
    assert not (out / "index.html").exists()


def test_a_rate_of_more_than_all_is_not_summed(pattern: Pattern, tmp_path: Path) -> None:
    place = pattern.publish(tmp_path / "a", "甲厂", MIDNIGHT, rates={"timeliness": (7, 3)})
    assert federate(tmp_path / "out", str(place)) == 1
    assert "7/3" not in (tmp_path / "out/index.html").read_text("utf-8")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs here")
@pytest.mark.parametrize("name", ["fifo", "endless"])
def test_what_is_no_file_is_neither_waited_for_nor_read_without_end(
    name: str, pattern: Pattern, tmp_path: Path
) -> None:
    place = pattern.publish(tmp_path / "a", "甲厂", MIDNIGHT)
    (place / "manifest.json").unlink()
    if name == "fifo":
        os.mkfifo(place / "manifest.json")
    else:
        (place / "manifest.json").symlink_to("/dev/zero")
    assert federate(tmp_path / "out", str(place)) == 1
