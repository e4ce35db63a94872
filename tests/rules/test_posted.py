"""Paper on the wall: recorded with a photo, told at the kiosk where nobody saw it, ticked off where
it came down."""

from __future__ import annotations

import io
import json
from pathlib import Path

import msgspec
import pytest
from PIL import Image

from gongkai.publish.recall import (
    EarlierSite,
    Manifest,
    OnWall,
    PaperRecord,
    PrintedBoard,
    recall_of,
)
from tests.command import run
from tests.sites import at_noon, check, errors, item, make_site

AT = "2026-11-10"
NOTICE = {
    "category": "honors-selection",
    "owner": "{dept: 工会}",
    "notice": "{from: 2026-11-09, to: 2026-11-16, channel: 工会 内线 8001}",
    "publish": "2026-11-09",
}
BOARDS = {
    "boards/a.yml": "title: 一车间公开栏\nworkshop: 一车间\n",
    "boards/b.yml": "title: 二车间公开栏\nworkshop: 二车间\n",
}


def photo(camera: str = "秘密相机") -> bytes:
    """A photo that says what it was taken with."""
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x0110] = camera
    Image.new("RGB", (40, 30), "red").save(out, "JPEG", exif=exif)
    return out.getvalue()


def built(root: Path, at: str, **keys: str) -> Path:
    make_site(root, {**BOARDS, "content/items/x.md": item(**keys)})
    done = run(root, "build", "--at", at)
    assert done.returncode == 0, done.stderr
    return root / "site"


def kiosk(site: Path) -> str:
    """What the kiosk says was never seen hanging."""
    page = (site / "posters/index.html").read_text("utf-8")
    return page.split('class="gk-unseen"')[1].split("</details>")[0] if "gk-unseen" in page else ""


def test_the_kiosk_tells_on_which_boards_a_notice_was_never_seen(tmp_path: Path) -> None:
    told = kiosk(built(tmp_path, AT, **NOTICE))
    assert "一车间" in told
    assert "二车间" in told
    told = kiosk(built(tmp_path, AT, **NOTICE, posted="[{board: a, date: 2026-11-09}]"))
    assert "一车间" not in told
    assert "二车间" in told
    both = "[{公开栏: a, 日期: 2026-11-09, 经办: 工会}, {board: b, date: 2026-11-10}]"
    assert kiosk(built(tmp_path, AT, **NOTICE, posted=both)) == ""


def test_paper_without_legal_effect_is_nobodys_business(tmp_path: Path) -> None:
    assert kiosk(built(tmp_path, AT)) == ""


def test_a_record_does_not_exist_before_its_day(tmp_path: Path) -> None:
    later = "[{board: a, date: 2026-11-11}, {board: b, date: 2026-11-11}]"
    assert "一车间" in kiosk(built(tmp_path, AT, **NOTICE, posted=later))
    run(tmp_path, "build", "--at", "2026-11-11")
    assert kiosk(tmp_path / "site") == ""


def test_a_corrected_sheet_has_to_be_hung_anew(tmp_path: Path) -> None:
    posted = "[{board: a, date: 2026-11-09}, {board: b, date: 2026-11-12}]"
    keys = {"corrects": "x", "kind": "correction", "correction": "{reason: 漏计}"}
    files = {"content/items/y.md": item(**keys, publish="2026-11-12", category="honors-selection")}
    make_site(tmp_path, files)
    told = kiosk(built(tmp_path, "2026-11-13", **NOTICE, posted=posted))
    assert "一车间" in told
    assert "二车间" not in told


def test_its_photo_is_archived_without_metadata_and_published_nowhere(tmp_path: Path) -> None:
    (tmp_path / "content/items").mkdir(parents=True)
    (tmp_path / "content/items/wall.jpg").write_bytes(photo())
    posted = "[{board: a, date: 2026-11-09, photo: wall.jpg}]"
    site = built(tmp_path, AT, **NOTICE, posted=posted)
    told = [path for path in site.rglob("*") if path.is_file() and b"wall.jpg" in path.read_bytes()]
    assert (told, list(site.rglob("*.jpg"))) == ([], [])
    run(tmp_path, "archive", "--year", "2026", "--out", str(tmp_path / "a"), "--at", "2026-12-31")
    (filed,) = (tmp_path / "a").rglob("wall.jpg")
    data = filed.read_bytes()
    assert "秘密相机".encode() not in data
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.size == (40, 30)
    record = json.loads((tmp_path / "a/2026/items/x/record.json").read_text("utf-8"))
    assert [(one["board"], one["date"]) for one in record["posted"]] == [("a", "2026-11-09")]


@pytest.mark.parametrize(
    ("posted", "found"),
    [
        ("[{board: c, date: 2026-11-09}]", ("ref/board", "")),
        ("[{board: a}]", ("format/missing", "")),
        ("[{board: a, date: 2026-11-09, photo: none.jpg}]", ("ref/attachment", "missing")),
        ("[{board: a, date: 2026-11-09, photo: x.md}]", ("ref/attachment", "type")),
    ],
    ids=["no such board", "no day", "no such photo", "no photo at all"],
)
def test_what_is_named_and_is_not_there_is_told(
    posted: str, found: tuple[str, str], tmp_path: Path
) -> None:
    make_site(tmp_path, {**BOARDS, "content/items/x.md": item(**NOTICE, posted=posted)})
    assert found in errors(tmp_path, AT)


def test_a_photo_is_the_document_that_a_category_may_need(tmp_path: Path) -> None:
    needs = "类别: {canteen-accounts: {需要: {审批: 否, 材料: [张贴照片]}}}\n"
    (tmp_path / "content/items").mkdir(parents=True)
    (tmp_path / "content/items/wall.jpg").write_bytes(photo())
    for posted, told in (("", 1), ("[{board: a, date: 2026-11-09, photo: wall.jpg}]", 0)):
        files = {**BOARDS, "content/catalogue.yml": needs}
        site = make_site(tmp_path, {**files, "content/items/x.md": item(posted=posted)})
        rules = [finding.rule for finding in check(site, AT).findings]
        assert rules.count("procedure/missing") == told


def test_neither_record_nor_photo_changes_the_version(tmp_path: Path) -> None:
    versions = []
    for posted in ("", "[{board: a, date: 2026-11-09, by: 工会}]"):
        site = make_site(tmp_path, {**BOARDS, "content/items/x.md": item(posted=posted)})
        versions.append(check(site, AT).standings.by_id["x"].version)
    assert len(set(versions)) == 1


def sheet(version: str = "aaaaaaaa", state: str = "current") -> Manifest:
    poster = "posters/items/x.pdf" if state == "current" else None
    one = PaperRecord("x", state, version, "一项", boards=("a", "b"), poster=poster)
    return Manifest((one,), (PrintedBoard("a", "甲栏"), PrintedBoard("b", "乙栏")))


def after(
    past: EarlierSite, present: Manifest, day: str, *days: str
) -> tuple[EarlierSite, list[str]]:
    """The list of a day, and the boards on which something must come down; the walls of board a
    were seen on some days."""
    seen = [OnWall("x", "a", text) for text in days]
    found = recall_of(past, present, at_noon(day), seen)
    boards = [board for sheet in found.sheets for board in sheet.boards]
    return EarlierSite(msgspec.json.encode(present), msgspec.json.encode(found)), boards


@pytest.mark.parametrize("state", ["current", "expired", "withdrawn"])
def test_a_sheet_is_ticked_off_by_a_record_since_it_should_have_come_down(state: str) -> None:
    version = "bbbbbbbb" if state == "current" else "aaaaaaaa"
    past, boards = after(EarlierSite(), sheet(), "2026-11-01", "2026-11-01")
    past, boards = after(past, sheet(), "2026-11-02", "2026-11-01")
    past, boards = after(past, sheet(version, state), "2026-11-10", "2026-11-01")
    assert boards == ["a", "b"]
    past, boards = after(past, sheet(version, state), "2026-11-11", "2026-11-01", "2026-11-11")
    assert boards == ["b"]
    past, boards = after(past, sheet(version, state), "2026-11-12")
    assert boards == ["b"]  # so it stays, whatever site is put up again


def test_what_was_hung_on_the_day_of_the_change_is_the_old_sheet() -> None:
    past, _ = after(EarlierSite(), sheet(), "2026-11-09", "2026-11-10")
    past, _ = after(past, sheet(), "2026-11-10", "2026-11-10")
    past, boards = after(past, sheet("bbbbbbbb"), "2026-11-10", "2026-11-10")
    assert boards == ["a", "b"]
    past, boards = after(past, sheet("bbbbbbbb"), "2026-11-10", "2026-11-10", "2026-11-10")
    assert boards == ["b"]


def test_from_build_to_build_what_came_down_leaves_the_list(tmp_path: Path) -> None:
    """Nothing of the site changes by the record but the list itself."""
    keys = {"expires": "2026-11-20"}
    built(tmp_path, AT, **keys)
    for posted, boards in (("", ["a", "b"]), ("[{board: b, date: 2026-11-22}]", ["a"])):
        site = built(tmp_path, "2026-11-22", **keys, posted=posted)
        recall = json.loads((site / "posters/recall.json").read_text("utf-8"))
        assert [board for one in recall["sheets"] for board in one["boards"]] == boards
    assert run(tmp_path, "verify").returncode == 0
