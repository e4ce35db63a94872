"""Publishing: the chain, going back, and whether a site is what its manifest says."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gongkai.build import incremental
from gongkai.build.pipeline import rollback
from gongkai.publish.chain import PublicationKind, breaks, longer, past
from gongkai.source.site import read_site
from tests.cases import sampled
from tests.command import gongkai, run
from tests.sites import at_noon, commit, item, make_site, tree

DAY = "2026-11-22"


def build(root: Path, at: str = DAY) -> None:
    done = run(root, "build", "--at", at)
    assert done.returncode == 0, done.stderr


def publish(root: Path, title: str, at: str = DAY, **keys: str) -> None:
    """Publish the canteen's item under a title."""
    (root / "content/items/canteen.md").write_text(item(title=title, **keys), "utf-8")
    build(root, at)


def title_in(folder: Path) -> str:
    """The first title of a published folder."""
    manifest = json.loads((folder / "manifest.json").read_bytes())
    return str(manifest["items"][0]["title"])


def title_of(root: Path) -> str:
    return title_in(root / "site")


def acts(root: Path) -> list[str]:
    lines = (root / "site/history.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["act"] for line in lines]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    make_site(root, {"content/items/canteen.md": item(title="甲")})
    return root


# -- the chain, as values -----------------------------------------------------------------------


def chain(*acts: tuple[PublicationKind, str]) -> bytes:
    """A history of these acts, each with the manifest of a letter."""
    history = b""
    for act, letter in acts:
        history = longer(history, act, at_noon(DAY), None, letter * 64)
    return history


B, N, R = PublicationKind.BUILD, PublicationKind.RENEWAL, PublicationKind.ROLLBACK


@pytest.mark.parametrize(
    ("acts", "before"),
    [
        ([], ""),
        ([(B, "a")], ""),
        ([(B, "a"), (B, "b"), (B, "c")], "ba"),
        ([(B, "a"), (N, "b"), (B, "c")], "b"),
        ([(B, "a"), (B, "b"), (N, "c"), (N, "d")], "a"),
        ([(B, "a"), (B, "b"), (B, "c"), (R, "b")], "a"),
        ([(B, "a"), (B, "b"), (B, "c"), (R, "b"), (R, "a")], ""),
        ([(B, "a"), (B, "b"), (R, "a"), (N, "d"), (B, "e")], "d"),
        ([(B, "a"), (B, "b"), (N, "c"), (B, "d"), (R, "c"), (B, "e")], "ca"),
    ],
)
def test_what_was_up_before(acts: list[tuple[PublicationKind, str]], before: str) -> None:
    assert [text[0] for text in past(chain(*acts))] == list(before)


def test_a_changed_line_breaks_the_chain_behind_it() -> None:
    history = chain((B, "a"), (B, "b"), (B, "c"))
    assert list(breaks(history)) == []
    assert list(breaks(history.replace(b"b" * 64, b"d" * 64))) == [3]
    first, _, third = history.splitlines(keepends=True)
    assert list(breaks(first + third)) == [2]
    assert list(breaks(first + b"rubbish\n" + third)) == [2, 3]


def test_what_cannot_be_read_of_a_chain_is_kept_and_seen() -> None:
    torn = chain((B, "a"), (B, "b"))[:-20]
    longer_yet = longer(torn, PublicationKind.BUILD, at_noon(DAY), None, "c" * 64)
    assert longer_yet.startswith(torn)
    assert list(breaks(longer_yet)) == [2]
    assert list(past(longer_yet)) == []


# -- the chain of a site ------------------------------------------------------------------------


def test_each_publication_is_a_line(site: Path) -> None:
    build(site)
    build(site)
    build(site, "2026-11-22 08:00")
    publish(site, "乙", "2026-11-22 09:00")
    assert acts(site) == ["build", "renewal", "build"]
    lines = [
        json.loads(splitline)
        for splitline in (site / "site/history.jsonl").read_text().splitlines()
    ]
    assert [line["at"][11:16] for line in lines] == ["00:00", "08:00", "09:00"]
    assert run(site, "verify").returncode == 0


def test_a_site_that_is_put_in_place_goes_on_with_its_chain(site: Path) -> None:
    """As in CI, which fetches the published history.jsonl before it builds."""
    build(site)
    history = (site / "site/history.jsonl").read_bytes()
    shutil.rmtree(site / "site")
    shutil.rmtree(site / ".site.gongkai")
    (site / "site").mkdir()
    (site / "site/history.jsonl").write_bytes(history)
    publish(site, "乙")
    assert acts(site) == ["build", "build"]


def test_a_past_that_is_rewritten_in_the_site_is_put_right_and_told(site: Path) -> None:
    build(site)
    publish(site, "乙")
    history = site / "site/history.jsonl"
    true = history.read_bytes()
    history.write_bytes(true.replace(b"2026-11-22T00", b"2026-11-20T00"))
    assert run(site, "verify").returncode == 1
    done = run(site, "build", "--at", DAY)
    assert "history.jsonl" in done.stderr
    assert history.read_bytes().startswith(true)
    assert run(site, "verify").returncode == 0


@pytest.mark.parametrize("tail", [b"x", b"{}\n", b'{"act":"build"}\n'])
def test_what_was_added_to_the_chain_in_the_site_is_not_adopted(tail: bytes, site: Path) -> None:
    build(site)
    history = site / "site/history.jsonl"
    true = history.read_bytes()
    history.write_bytes(true + tail)
    done = run(site, "build", "--at", "2026-11-23")
    assert "history.jsonl" in done.stderr
    lines = history.read_bytes()
    assert lines.startswith(true)
    assert lines.count(b"\n") == true.count(b"\n") + 1
    assert list(breaks(lines)) == []


def test_a_chain_of_which_no_copy_is_left_is_missed(site: Path) -> None:
    build(site)
    for folder in ("site", ".site.gongkai"):
        (site / folder / "history.jsonl").unlink()
    done = run(site, "build", "--at", "2026-11-23")
    assert done.returncode == 0
    assert "history.jsonl" in done.stderr


def test_a_flipped_bit_in_the_copy_of_the_chain_is_healed_from_the_site(site: Path) -> None:
    build(site)
    publish(site, "乙")
    true = (site / "site/history.jsonl").read_bytes()
    kept = site / ".site.gongkai/history.jsonl"
    for place in (5, len(true) // 2, len(true) - 70):
        kept.write_bytes(true[:place] + bytes([true[place] ^ 1]) + true[place + 1 :])
        publish(site, f"丙{place}")
        now = (site / "site/history.jsonl").read_bytes()
        assert now.startswith(true)
        assert kept.read_bytes() == now
        assert run(site, "verify").returncode == 0
        true = now


def test_a_changed_commit_in_the_copy_of_the_chain_is_not_believed(site: Path) -> None:
    commit(site, "2026-11-10T08:00+08:00", {})
    build(site)
    true = (site / "site/history.jsonl").read_bytes()
    place = true.index(b'"commit":"') + len(b'"commit":"')
    kept = site / ".site.gongkai/history.jsonl"
    kept.write_bytes(true[:place] + bytes([true[place] ^ 1]) + true[place + 1 :])
    publish(site, "乙")
    assert (site / "site/history.jsonl").read_bytes().startswith(true)
    assert run(site, "verify").returncode == 0


@pytest.mark.parametrize("part", ["at", "hung"])
def test_a_changed_last_line_of_the_copy_of_the_chain_is_not_believed(
    part: str, site: Path
) -> None:
    """It still fits to the line before it and to the manifest; but something else tells better."""
    build(site)
    true = (site / "site/history.jsonl").read_bytes()
    change = {"at": (b"2026-", b"2025-"), "hung": (b'hung.json":"', b'hung.json":"0')}[part]
    changed = true.replace(*change)
    if part == "hung":  # a hash of the same length
        place = changed.index(b'hung.json":"0') + 76
        changed = changed[:place] + changed[place + 1 :]
    assert len(changed) == len(true)
    assert list(breaks(changed)) == []
    (site / ".site.gongkai/history.jsonl").write_bytes(changed)
    publish(site, "乙")
    now = (site / "site/history.jsonl").read_bytes()
    assert now.startswith(true)
    assert (site / ".site.gongkai/history.jsonl").read_bytes() == now


def test_what_is_taken_away_during_a_build_is_missed(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of what is taken over as well as of what was written."""
    build(site)
    publish(site, "乙")
    old = tree(site / "site")
    (site / "content/items/canteen.md").write_text(item(title="丙"), "utf-8")
    prove = incremental._prove

    def tidied(*given: Any) -> None:
        prove(*given)
        (site / ".site.gongkai/stage/about/index.html").unlink()

    monkeypatch.setattr(incremental, "_prove", tidied)
    done = run(site, "build", "--at", DAY)
    assert (done.returncode, "about/index.html" in done.stderr) == (2, True)
    assert tree(site / "site") == old


def test_a_byte_changed_in_the_kept_frame_does_not_go_up(site: Path) -> None:
    """Though the file looks as it did, in size and time."""
    build(site)
    old = tree(site / "site")
    for path in (site / ".gongkai/shell").rglob("*.css"):
        seen, data = path.stat(), path.read_bytes()
        path.write_bytes(data.replace(b"a", b"b"))
        os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    shutil.rmtree(site / "site")
    build(site)
    assert tree(site / "site") == old


FORGED = ["as-of/hung.json", "posters/recall.json"]


@pytest.mark.parametrize("path", FORGED)
def test_a_forged_past_is_not_taken_over_but_healed_from_the_copy(path: str, site: Path) -> None:
    build(site)
    true = (site / "site" / path).read_bytes()
    (site / "site" / path).write_bytes(true.replace(b"2026", b"2025") if "hung" in path else b"")
    done = run(site, "build", "--at", "2026-11-23")
    assert (done.returncode, path in done.stderr) == (0, False)
    assert b"2025" not in (site / "site" / path).read_bytes()
    assert run(site, "verify").returncode == 0


@pytest.mark.parametrize("path", FORGED)
def test_a_forged_past_without_a_copy_is_named_and_begins_anew(path: str, site: Path) -> None:
    """As where the site was fetched from a server."""
    build(site)
    shutil.rmtree(site / ".site.gongkai")
    shutil.rmtree(site / ".gongkai")
    true = (site / "site" / path).read_bytes()
    (site / "site" / path).write_bytes(true.replace(b"2026", b"2025"))
    done = run(site, "build", "--at", "2026-11-23")
    assert (done.returncode, path in done.stderr) == (0, True)
    assert b"2025" not in (site / "site" / path).read_bytes()


def without_copies(site: Path) -> None:
    """As where the site was fetched from a server."""
    for folder in (".site.gongkai", ".gongkai"):
        shutil.rmtree(site / folder)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda lines: lines[1:],  # the first line cut off
        lambda lines: [lines[0].replace(b"T00:00", b"T01:00"), *lines[1:]],
        lambda lines: [lines[0], lines[1].replace(b"T09:00", b"T08:00"), lines[2]],
        lambda lines: [*lines[:2], lines[2].replace(b"T10:00", b"T08:00")],  # nothing follows it
        lambda lines: [*lines[:2], lines[2].replace(b'"commit":null', b'"commit":"abc"')],
        lambda lines: [lines[0], lines[2]],
        lambda lines: lines[:0],
    ],
)
def test_a_chain_that_does_not_fit_is_named_and_nothing_is_built_on_it(
    spoil: Callable[[list[bytes]], list[bytes]], site: Path
) -> None:
    build(site)
    publish(site, "乙", "2026-11-22 09:00")
    publish(site, "丙", "2026-11-22 10:00")
    without_copies(site)
    history = site / "site/history.jsonl"
    lines = history.read_bytes().splitlines(keepends=True)
    history.write_bytes(b"".join(spoil(lines)))
    assert run(site, "verify").returncode == 1
    (site / "content/items/canteen.md").write_text(item(title="丁"), "utf-8")
    done = run(site, "build", "--at", "2026-11-23")
    assert (done.returncode, "history.jsonl" in done.stderr) == (0, True)
    assert history.read_bytes().count(b"\n") == 1
    assert run(site, "verify").returncode == 0


def test_a_deleted_chain_is_named(site: Path) -> None:
    build(site)
    without_copies(site)
    (site / "site/history.jsonl").unlink()
    forged = site / "site/as-of/hung.json"
    forged.write_bytes(forged.read_bytes().replace(b"2026", b"2025"))
    done = run(site, "build", "--at", "2026-11-23")
    assert "history.jsonl" in done.stderr
    assert "as-of/hung.json" in done.stderr
    assert b"2025" not in forged.read_bytes()


@pytest.mark.parametrize("path", FORGED)
def test_what_the_chain_does_not_vouch_for_is_not_taken_over(path: str, site: Path) -> None:
    """Its hash was taken out of the last line, behind which none stands."""
    build(site)
    without_copies(site)
    history = site / "site/history.jsonl"
    line = json.loads(history.read_bytes())
    del line["aside"]
    history.write_text(json.dumps(line, separators=(",", ":")) + "\n", "utf-8")
    forged = site / "site" / path
    forged.write_bytes(forged.read_bytes().replace(b"2026", b"2025"))
    done = run(site, "build", "--at", "2026-11-23")
    assert (done.returncode, path in done.stderr) == (0, True)
    assert b"2025" not in forged.read_bytes()


@pytest.mark.parametrize("value", ["x", "2026-11-22T00:00:00", "9999-12-31T00:00:00+08:00"])
def test_a_list_with_an_instant_that_is_none_stops_no_build(value: str, site: Path) -> None:
    """Fetched without a chain that would vouch for it."""
    build(site)
    for folder in (".site.gongkai", ".gongkai"):
        shutil.rmtree(site / folder)
    (site / "site/history.jsonl").unlink()
    path = site / "site/posters/recall.json"
    found = json.loads(path.read_bytes())
    found["begun"] = value
    path.write_text(json.dumps(found), "utf-8")
    done = run(site, "build", "--at", "2026-11-23")
    assert (done.returncode, "posters/recall.json" in done.stderr) == (0, True)


def test_starting_afresh_forgets_neither_the_past_nor_the_sites_before(site: Path) -> None:
    build(site)
    publish(site, "乙")
    assert run(site, "build", "--clean", "--at", DAY).returncode == 0
    assert acts(site) == ["build", "build", "renewal"]
    assert run(site, "rollback").returncode == 0
    assert title_of(site) == "甲"


# -- going back ---------------------------------------------------------------------------------


def test_rollback_goes_back_one_site_each_time(site: Path) -> None:
    for title in "甲乙丙":
        publish(site, title)
    for title in "乙甲":
        done = run(site, "rollback")
        assert done.returncode == 0, done.stderr
        assert title_of(site) == title
        assert run(site, "verify").returncode == 0
    done = run(site, "rollback")
    assert done.returncode == 2
    assert "没有可以退回的站点" in done.stderr
    assert title_of(site) == "甲"
    assert acts(site) == ["build", "build", "build", "rollback", "rollback"]


class _PowerCut(BaseException):
    """Everything stops here."""


@sampled("placed", range(7), step=3)
def test_going_back_that_was_cut_off_goes_back_one_site_when_it_is_done_again(
    placed: int, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seven files are put in their places before the sites change theirs; each is cut off when it
    is written and not there yet."""
    for title in "甲乙丙":
        publish(site, title)
    count = 0
    place = Path.replace

    def until_then(half: Path, target: Path) -> Path:
        nonlocal count
        if count == placed:
            raise _PowerCut
        count += 1
        return place(half, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", until_then)
        with pytest.raises(_PowerCut):
            rollback(read_site(site), at_noon(DAY), site / "site")
    assert title_of(site) == "丙"
    assert run(site, "rollback").returncode == 0
    assert title_of(site) == "乙"
    assert run(site, "verify").returncode == 0


def test_after_going_back_a_build_publishes_what_the_content_says(site: Path) -> None:
    publish(site, "甲")
    publish(site, "乙")
    run(site, "rollback")
    build(site)
    assert title_of(site) == "乙"
    run(site, "rollback")
    assert title_of(site) == "甲"


def test_a_new_instant_alone_is_nothing_to_go_back_to(site: Path) -> None:
    publish(site, "甲")
    publish(site, "乙", "2026-11-22 08:00")
    for hour in ("09", "10", "11"):
        build(site, f"2026-11-22 {hour}:00")
    run(site, "rollback")
    assert title_of(site) == "甲"


def test_as_many_sites_are_kept_as_the_configuration_says(site: Path) -> None:
    config = site / "mkdocs.yml"
    config.write_text(config.read_text().replace("gongkai]", "gongkai: {previous: 1}]"))
    for title in "甲乙丙丁":
        publish(site, title)
    assert len(list((site / ".site.gongkai/previous").iterdir())) == 1
    assert run(site, "rollback").returncode == 0
    assert title_of(site) == "丙"
    assert run(site, "rollback").returncode == 2


@pytest.mark.parametrize("number", ["-1", "many", "true", "101"])
def test_a_number_of_sites_that_is_none_is_one_sentence(number: str, site: Path) -> None:
    config = site / "mkdocs.yml"
    config.write_text(config.read_text().replace("gongkai]", f"gongkai: {{previous: {number}}}]"))
    done = run(site, "build")
    assert done.returncode == 2
    assert "previous" in done.stderr


def test_a_site_that_was_tampered_with_is_passed_over(site: Path) -> None:
    for title in "甲乙丙":
        publish(site, title)
    second = next(
        path
        for path in (site / ".site.gongkai/previous").iterdir()
        if "乙" in (path / "manifest.json").read_text("utf-8")
    )
    page = second / "items/canteen/index.html"
    page.unlink()
    page.write_text("<h1>伪造</h1>", "utf-8")
    done = run(site, "rollback")
    assert "与发布时不一样" in done.stderr
    assert title_of(site) == "甲"


def test_going_back_says_what_was_taken_down_and_is_shown_again(site: Path) -> None:
    publish(site, "甲")
    publish(site, "甲", withdrawn="{date: 2026-11-20, by: 办公室, reason: 决定撤销}")
    done = run(site, "rollback")
    assert "又会出现：canteen" in done.stderr


def test_from_a_site_whose_manifest_was_cut_off_one_can_go_back(site: Path) -> None:
    publish(site, "甲")
    publish(site, "乙")
    manifest = site / "site/manifest.json"
    manifest.write_bytes(manifest.read_bytes()[:-500])
    assert run(site, "rollback").returncode == 0
    assert title_of(site) == "甲"


def test_of_a_hidden_item_no_site_is_kept_to_go_back_to(site: Path) -> None:
    gone = "{date: 2026-11-02, by: 办公室, reason: 个人信息, hide: true}"
    publish(site, "甲")
    publish(site, "乙")
    publish(site, "丙", withdrawn=gone)
    assert not (site / ".site.gongkai/previous").exists()
    assert not (site / ".site.gongkai/stage").exists()
    assert run(site, "rollback").returncode == 2


# -- verify -------------------------------------------------------------------------------------


def test_every_difference_is_named(site: Path, tmp_path: Path) -> None:
    build(site)
    out = site / "site"
    (out / "items/canteen/index.html").write_text("<h1>伪造</h1>", "utf-8")
    (out / "boards/machining/index.html").unlink()
    (out / "extra.html").write_text("x")
    (out / "link").symlink_to(tmp_path)
    done = run(site, "verify")
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "boards/machining/index.html: 缺少",
        "extra.html: 多出",
        "items/canteen/index.html: 被改动",
        "link: 不是普通文件",
    ]


@pytest.mark.parametrize("text", ["", "{", '{"schema": 1}', "[]", '{"files": {"a": 1}}', "\udcff"])
def test_a_manifest_that_is_none_is_one_difference(text: str, site: Path) -> None:
    build(site)
    (site / "site/manifest.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    done = run(site, "verify")
    assert (done.returncode, done.stdout) == (1, "manifest.json: 清单缺失或不完整\n")


def test_a_manifest_cut_off_is_a_difference(site: Path) -> None:
    build(site)
    manifest = site / "site/manifest.json"
    manifest.write_bytes(manifest.read_bytes()[:-100])
    assert run(site, "verify").returncode == 1


def test_a_site_is_verified_where_there_is_no_configuration(site: Path, tmp_path: Path) -> None:
    build(site)
    shutil.copytree(site / "site", tmp_path / "served")
    (tmp_path / "elsewhere").mkdir()
    done = gongkai("verify", str(tmp_path / "served"), cwd=tmp_path / "elsewhere")
    assert done.returncode == 0
    assert run(site, "verify", str(tmp_path / "nothing")).returncode == 2


def test_names_that_a_terminal_would_obey_are_written_out(site: Path) -> None:
    build(site)
    (site / "site/\x1b[31mred").write_text("x")
    assert run(site, "verify").stdout == "\\x1b[31mred: 多出\n"


def test_a_manifest_that_the_chain_does_not_know_tells_nothing_of_the_past(site: Path) -> None:
    """It is named; else sheets that hang would be forgotten, and that vouched for."""
    build(site)
    path = site / "site/manifest.json"
    path.write_bytes(path.read_bytes().replace(b'"canteen"', b'"other"'))
    (site / "content/items/canteen.md").write_text(item(title="乙"), "utf-8")
    done = run(site, "build", "--at", DAY)
    assert (done.returncode, "manifest.json" in done.stderr) == (0, True)
    assert run(site, "verify").returncode == 0


@pytest.mark.parametrize("path", FORGED)
def test_a_past_that_was_taken_away_is_named_as_a_changed_one_is(path: str, site: Path) -> None:
    build(site)
    (site / "site" / path).unlink()
    shutil.rmtree(site / ".site.gongkai")
    done = run(site, "build", "--at", "2026-11-23")
    assert (done.returncode, path in done.stderr) == (0, True)
