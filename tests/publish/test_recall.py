"""The recall list: which printed sheets must come down, on which boards, and since when."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pypdf
import pytest

from gongkai.publish.recall import (
    EarlierSite,
    Manifest,
    PaperRecord,
    PrintedBoard,
    TakeDownReason,
    recall_of,
)
from tests.command import run
from tests.sites import at_noon, item, make_site, tree

TWO = {
    "boards/casting.yml": "title: 铸造车间公开栏\nworkshop: 铸造车间\n",
    "boards/machining.yml": "title: 机加工车间公开栏\nworkshop: 机加工车间\n",
}


def manifest(*items: PaperRecord) -> Manifest:
    return Manifest(
        items, (PrintedBoard("casting", "铸造车间"), PrintedBoard("machining", "机加工车间"))
    )


def printed(version: str = "aaaaaaaa", boards: tuple[str, ...] = ("casting",)) -> PaperRecord:
    path = "posters/items/x.pdf"
    ends = "2026-12-11T00:00:00+08:00"
    return PaperRecord("x", "current", version, "食堂收支", "fresh", boards, ends, path)


def gone(state: str, freshness: str | None = None) -> PaperRecord:
    ends = "2026-12-11T00:00:00+08:00"
    return PaperRecord("x", state, "aaaaaaaa", "食堂收支", freshness, ("casting",), ends, None)


def after(
    *present: PaperRecord, day: str = "2026-11-22"
) -> list[tuple[TakeDownReason, tuple[str, ...], str]]:
    """What must come down once ``present`` is up, where one sheet had been printed before."""
    past = EarlierSite(msgspec.json.encode(manifest(printed(boards=("casting", "machining")))))
    found = recall_of(past, manifest(*present), at_noon(day))
    return [(sheet.why, sheet.boards, sheet.since[:10]) for sheet in found.sheets]


BOTH = ("casting", "machining")


@pytest.mark.parametrize(
    ("present", "day", "expected"),
    [
        ([printed(boards=BOTH)], "2026-11-22", []),
        (
            [printed("bbbbbbbb", BOTH)],
            "2026-11-22",
            [(TakeDownReason.REPLACED, BOTH, "2026-11-22")],
        ),
        (
            [printed(boards=("casting",))],
            "2026-11-22",
            [(TakeDownReason.MOVED, ("machining",), "2026-11-22")],
        ),
        ([gone("withdrawn")], "2026-11-22", [(TakeDownReason.WITHDRAWN, BOTH, "2026-11-22")]),
        ([gone("expired")], "2026-12-13", [(TakeDownReason.EXPIRED, BOTH, "2026-12-11")]),
        (
            [gone("current", "superseded")],
            "2026-11-22",
            [(TakeDownReason.SUPERSEDED, BOTH, "2026-11-22")],
        ),
        ([gone("current", "fresh")], "2026-11-22", [(TakeDownReason.GONE, BOTH, "2026-11-22")]),
        ([], "2026-11-22", [(TakeDownReason.GONE, BOTH, "2026-11-22")]),
        ([], "2026-12-13", [(TakeDownReason.EXPIRED, BOTH, "2026-12-11")]),
    ],
)
def test_why_a_sheet_must_come_down(
    present: list[PaperRecord], day: str, expected: list[Any]
) -> None:
    assert after(*present, day=day) == expected


def test_a_sheet_is_remembered_for_sixty_days_after_it_should_have_come_down() -> None:
    past = EarlierSite(msgspec.json.encode(manifest(printed())))
    for day, count in (("2026-12-13", 1), ("2027-02-08", 1), ("2027-02-10", 0)):
        found = recall_of(past, manifest(gone("expired")), at_noon(day))
        assert len(found.sheets) == len(found.printed) == count, day
        past = EarlierSite(msgspec.json.encode(manifest()), msgspec.json.encode(found))


def test_what_replaces_a_sheet_is_named_and_the_first_day_stays() -> None:
    past = EarlierSite(msgspec.json.encode(manifest(printed())))
    found = recall_of(past, manifest(printed("bbbbbbbb")), at_noon("2026-11-22"))
    past = EarlierSite(
        msgspec.json.encode(manifest(printed("bbbbbbbb"))), msgspec.json.encode(found)
    )
    found = recall_of(past, manifest(printed("cccccccc")), at_noon("2026-11-24"))
    told = {sheet.version: (sheet.since[:10], sheet.new, sheet.poster) for sheet in found.sheets}
    path = "posters/items/x.pdf"
    assert told == {
        "aaaaaaaa": ("2026-11-22", "cccccccc", path),
        "bbbbbbbb": ("2026-11-24", "cccccccc", path),
    }


def test_a_version_that_comes_back_holds_again() -> None:
    past = EarlierSite(msgspec.json.encode(manifest(printed())))
    found = recall_of(past, manifest(printed("bbbbbbbb")), at_noon("2026-11-22"))
    past = EarlierSite(
        msgspec.json.encode(manifest(printed("bbbbbbbb"))), msgspec.json.encode(found)
    )
    found = recall_of(past, manifest(printed()), at_noon("2026-11-23"))
    assert [sheet.version for sheet in found.sheets] == ["bbbbbbbb"]


@pytest.mark.parametrize("junk", [b"", b"{}", b"\xff", b'{"schema": 1}', b"[" * 100_000])
def test_a_list_that_cannot_be_read_is_begun_anew(junk: bytes) -> None:
    past = EarlierSite(msgspec.json.encode(manifest(printed())), junk)
    assert len(recall_of(past, manifest(), at_noon("2026-11-22")).sheets) == 1


def recalled(root: Path) -> list[dict[str, Any]]:
    text = (root / "site/posters/recall.json").read_text("utf-8")
    sheets: list[dict[str, Any]] = json.loads(text)["sheets"]
    return sheets


def test_from_build_to_build_the_list_tells_what_hangs_wrongly(tmp_path: Path) -> None:
    make_site(tmp_path, {"content/items/x.md": item(title="食堂收支"), **TWO})
    run(tmp_path, "build", "--at", "2026-11-10")
    assert recalled(tmp_path) == []
    assert not (tmp_path / "site/posters/recall.pdf").exists()
    (tmp_path / "content/items/x.md").write_text(item(title="食堂收支", body="改过"), "utf-8")
    run(tmp_path, "build", "--at", "2026-11-12")
    assert [(mapping["why"], mapping["boards"]) for mapping in recalled(tmp_path)] == [
        ("replaced", ["casting", "machining"])
    ]
    page = (tmp_path / "site/posters/recall.html").read_text("utf-8")
    assert page.count("食堂收支") == 2  # on either board
    pdf = pypdf.PdfReader(tmp_path / "site/posters/recall.pdf")
    text = "".join(pdf.pages[0].extract_text().split())
    assert text.count("内容已更新2026年11月12日") == 2
    assert run(tmp_path, "verify").returncode == 0


def test_the_list_goes_on_when_the_site_before_is_put_up_again(tmp_path: Path) -> None:
    make_site(tmp_path, {"content/items/x.md": item(), **TWO})
    run(tmp_path, "build", "--at", "2026-11-10")
    first = json.loads((tmp_path / "site/manifest.json").read_text("utf-8"))["items"][0]["version"]
    (tmp_path / "content/items/x.md").write_text(item(body="改过"), "utf-8")
    run(tmp_path, "build", "--at", "2026-11-12")
    second = json.loads((tmp_path / "site/manifest.json").read_text("utf-8"))["items"][0]["version"]
    run(tmp_path, "rollback", "--at", "2026-11-12 10:00")
    (told,) = recalled(tmp_path)
    assert (told["version"], told["new"]) == (second, first)
    assert run(tmp_path, "verify").returncode == 0


def test_no_word_of_what_was_hidden_is_in_the_list(tmp_path: Path) -> None:
    make_site(tmp_path, {"content/items/x.md": item(title="不该公开的标题"), **TWO})
    run(tmp_path, "build", "--at", "2026-11-10")
    gone = "{date: 2026-11-12, by: 办公室, reason: 个人信息, hide: true}"
    (tmp_path / "content/items/x.md").write_text(
        item(title="不该公开的标题", withdrawn=gone), "utf-8"
    )
    run(tmp_path, "build", "--at", "2026-11-12")
    (told,) = recalled(tmp_path)
    assert (told["why"], told["item"], told["title"]) == ("withdrawn", "x", None)
    for name in ("recall.json", "recall.html"):
        assert "不该公开" not in (tmp_path / "site/posters" / name).read_text("utf-8")


def test_when_only_the_clock_moves_on_the_list_stays(tmp_path: Path) -> None:
    make_site(tmp_path, {"content/items/x.md": item(), **TWO})
    run(tmp_path, "build", "--at", "2026-11-10")
    (tmp_path / "content/items/x.md").write_text(item(body="改过"), "utf-8")
    run(tmp_path, "build", "--at", "2026-11-12")
    before = recalled(tmp_path)
    run(tmp_path, "build", "--at", "2026-11-12 10:00")
    assert recalled(tmp_path) == before
    assert (tmp_path / "site/posters/recall.pdf").exists()
    assert run(tmp_path, "verify").returncode == 0


def test_verify_sees_a_list_that_somebody_changed(tmp_path: Path) -> None:
    make_site(tmp_path, {"content/items/x.md": item(), **TWO})
    run(tmp_path, "build", "--at", "2026-11-10")
    for name in ("recall.json", "recall.html"):
        path = tmp_path / "site/posters" / name
        data = path.read_bytes()
        path.write_bytes(data + b" ")
        assert run(tmp_path, "verify").returncode == 1, name
        path.write_bytes(data)
    assert run(tmp_path, "verify").returncode == 0


def test_nothing_else_of_a_site_depends_on_what_was_printed(tmp_path: Path) -> None:
    make_site(tmp_path, {"content/items/x.md": item(), **TWO})
    run(tmp_path, "build", "--at", "2026-11-12", "--out", str(tmp_path / "fresh"))
    run(tmp_path, "build", "--at", "2026-11-10")
    run(tmp_path, "build", "--at", "2026-12-20")
    run(tmp_path, "build", "--at", "2026-11-12")
    assert tree(tmp_path / "site") == tree(tmp_path / "fresh")
