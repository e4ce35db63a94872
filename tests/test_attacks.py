"""What an attacker tried and found, each kept as a case."""

from __future__ import annotations

import io
import json
import os
import struct
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from gongkai.source.site import read_site
from tests.command import run
from tests.sites import check, errors, item, make_site
from tests.soak.test_fuzz import PARTS, SHEET

DAY = "2026-11-22"
GONE = "{date: 2026-11-20, by: 办公室, reason: 个人信息, hide: true}"
WORDS = "因家庭变故由工会小组同意一次性补助叁仟元整"


def built(root: Path) -> None:
    done = run(root, "build", "--at", DAY)
    assert done.returncode == 0, done.stderr


def holding(root: Path, words: str) -> list[str]:
    """Every file, published or kept, in which some words are."""
    found = []
    for folder in ("site", ".site.gongkai", ".gongkai"):
        for path in (root / folder).rglob("*"):
            if path.is_file() and words.encode() in path.read_bytes():
                found.append(str(path.relative_to(root)))
    return found


def correction(of: str, **keys: str) -> str:
    changes = f"{{reason: 有误, changes: [{{where: 正文, old: {WORDS}, new: 无}}]}}"
    base = {"title": "更正", "kind": "correction", "corrects": of, "correction": changes}
    return item(**{**base, **keys})


# -- hidden texts -------------------------------------------------------------------------------


@pytest.mark.parametrize("date", ["2026-11-20", "2027-11-20"])
def test_a_correction_taken_down_for_itself_is_hidden_with_its_original(
    date: str, tmp_path: Path
) -> None:
    own = f"{{date: {date}, by: 办公室, reason: 数字有误}}"
    files = {
        "content/items/aid.md": item(title="补助", body=WORDS, withdrawn=GONE),
        "content/items/fix.md": correction("aid", withdrawn=own),
    }
    make_site(tmp_path, files)
    built(tmp_path)
    assert holding(tmp_path, WORDS) == []


def test_the_correction_of_a_correction_is_hidden_too(tmp_path: Path) -> None:
    files = {
        "content/items/aid.md": item(title="补助", body=WORDS),
        "content/items/fix.md": correction("aid"),
        "content/items/more.md": correction("fix"),
        "content/items/loop.md": correction("loop2"),
        "content/items/loop2.md": correction("loop"),
    }
    make_site(tmp_path, files)
    built(tmp_path)
    aid = item(title="补助", body=WORDS, withdrawn=GONE)
    for name in ("loop", "loop2"):  # they quote it too, and correct nothing but each other
        (tmp_path / f"content/items/{name}.md").unlink()
    (tmp_path / "content/items/aid.md").write_text(aid, "utf-8")
    built(tmp_path)
    assert holding(tmp_path, WORDS) == []


def test_nothing_is_kept_where_something_else_changed_at_once(tmp_path: Path) -> None:
    files = {
        "content/items/aid.md": item(title="补助", body=WORDS),
        "content/items/other.md": item(title="食堂"),
    }
    make_site(tmp_path, files)
    built(tmp_path)
    aid = item(title="补助", body=WORDS, withdrawn=GONE)
    (tmp_path / "content/items/aid.md").write_text(aid, "utf-8")
    (tmp_path / "boards/b2.yml").write_text("title: 乙\nworkshop: 乙\n", "utf-8")
    built(tmp_path)
    assert holding(tmp_path, WORDS) == []


def test_a_hidden_text_of_common_words_does_not_stop_others(tmp_path: Path) -> None:
    body = (
        "公开期限2026年11月30日，公开日期2026年11月1日。责任部门后勤部\n\n"
        "| 公开日期 | 2026年11月1日 |\n|---|---|\n| 责任部门 | 后勤部 |\n"
    )
    files = {
        "content/items/aid.md": item(title="补助", body=body, withdrawn=GONE),
        "content/items/other.md": item(title="食堂收支"),
    }
    make_site(tmp_path, files)
    built(tmp_path)


def test_a_long_hidden_text_is_looked_for_in_good_time(tmp_path: Path) -> None:
    body = "".join(chr(0x4E00 + n % 20_000) for n in range(100_000))
    files = {"content/items/aid.md": item(title="补助", body=body, withdrawn=GONE)}
    make_site(tmp_path, files)
    built(tmp_path)


# -- one file against all -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["? " * 200_000 + "a", "-  " * 30_000 + "a", "- ? " * 100_000, "-\t" * 30_000 + "a"]
)
@pytest.mark.parametrize("where", ["content/items/x.yml", "content/opinions/o.yml"])
def test_yaml_in_yaml_is_a_finding(text: str, where: str, tmp_path: Path) -> None:
    make_site(tmp_path, {where: text})
    done = run(tmp_path, "check", "--at", DAY)
    assert done.returncode == 1, done.returncode
    assert "format/syntax" in done.stdout


@pytest.mark.parametrize("body", [">" * 30_000 + "a", "> - " * 200 + "a", "1. " * 300 + "a"])
def test_quotes_in_quotes_are_a_finding(body: str, tmp_path: Path) -> None:
    make_site(tmp_path, {"content/items/x.md": item(body=f"甲\n\n{body}")})
    assert errors(tmp_path, DAY) == {("format/type", "deep-body")}


def test_forty_quotes_are_a_page_and_a_poster(tmp_path: Path) -> None:
    make_site(tmp_path, {"content/items/x.md": item(body=">" * 40 + " 深")})
    built(tmp_path)


def workbook(cells: str, sheet: str = "xl/worksheets/sheet1.xml", kind: int = 8) -> bytes:
    parts = {**PARTS, sheet: SHEET.format(rows=cells)}
    relations = "xl/_rels/workbook.xml.rels"
    parts[relations] = parts[relations].replace("worksheets/sheet1.xml", sheet.removeprefix("xl/"))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", kind) as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return buffer.getvalue()


FAR = {
    "single quotes": workbook(
        "<row r='1'><c r='A1'><v>1</v></c></row>"
        "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"
    ),
    "blanks": workbook('<row r="1"><c r="A1"><v>1</v></c><c r = "XFD1048576"><v>1</v></c></row>'),
    "another place": workbook(
        '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>', "xl/sheets/s.xml"
    ),
    "many beginnings": workbook("<c " * 400_000),
}


@pytest.mark.parametrize("kind", FAR)
def test_a_cell_far_off_is_a_finding(kind: str, tmp_path: Path) -> None:
    make_site(tmp_path, {"content/items/x.md": item(tables="[{file: x.xlsx}]")})
    (tmp_path / "content/items/x.xlsx").write_bytes(FAR[kind])
    assert {rule for rule, _ in errors(tmp_path, DAY)} == {"ref/attachment"}


def test_parts_packed_in_an_odd_way_are_a_finding(tmp_path: Path) -> None:
    make_site(tmp_path, {"content/items/x.md": item(tables="[{file: x.xlsx}]")})
    data = bytearray(workbook("<row/>", kind=zipfile.ZIP_LZMA))
    for at in range(60, 200):
        data[at] ^= 0x55
    (tmp_path / "content/items/x.xlsx").write_bytes(bytes(data))
    assert {rule for rule, _ in errors(tmp_path, DAY)} == {"ref/attachment"}


def png(width: int, height: int) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (2, 2)).save(buffer, "PNG")
    data = bytearray(buffer.getvalue())
    data[16:24] = struct.pack(">II", width, height)
    return bytes(data)


PICTURES = {
    "a.jpg": b"\xff\xd8\xff" + b"garbage" + b"\xff\xd9",
    "a.gif": b"GIF89a"
    + struct.pack("<HH", 65535, 65535)
    + b"\0\0\0"
    + b",\0\0\0\0\xff\xff\xff\xff\0\2\0;",
    "b.gif": b"GIF89a;" + b" " * 20,
    "a.png": png(200, 200),
    "b.png": png(60_000, 60_000),
    "c.png": b"\x89PNG\r\n\x1a\n",
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_that_cannot_be_unpacked_is_a_finding(name: str, tmp_path: Path) -> None:
    make_site(tmp_path, {"content/items/x.md": item(body=f"![甲]({name})")})
    (tmp_path / "content/items" / name).write_bytes(PICTURES[name])
    assert {rule for rule, _ in errors(tmp_path, DAY)} == {"ref/attachment"}


def test_a_correction_that_does_not_say_what_is_shown_all_the_same(tmp_path: Path) -> None:
    files = {
        "content/items/a.md": item(),
        "content/items/b.md": item(title="更正", kind="correction", corrects="a"),
    }
    make_site(tmp_path, files)
    built(tmp_path)


def test_what_cannot_be_drawn_cannot_be_accepted(tmp_path: Path) -> None:
    ignore = "[{rule: poster/glyph, reason: 试, until: 2027-01-01}]"
    make_site(tmp_path, {"content/items/x.md": item(title="x😀", ignore=ignore)})
    assert errors(tmp_path, DAY) == {("poster/glyph", "")}
    (tmp_path / "content/items/x.md").write_text(item(id="a\u4dbf"), "utf-8")
    assert errors(tmp_path, DAY) <= {("poster/glyph", "")}
    assert run(tmp_path, "build", "--at", DAY).returncode in (0, 1)


@pytest.mark.parametrize("key", ["attachments", "body"])
def test_a_name_too_long_for_the_disk_is_a_finding(key: str, tmp_path: Path) -> None:
    name = "a" * 300 + ".png"
    keys = {key: f"![x]({name})" if key == "body" else f"[{name}]"}
    make_site(tmp_path, {"content/items/x.md": item(**keys)})
    assert errors(tmp_path, DAY) == {("ref/attachment", "outside")}


def test_pictures_in_folders_of_any_name_are_printed(tmp_path: Path) -> None:
    make_site(tmp_path, {"content/items/a\\b 一/x.md": item(body="![甲](p.png)")})
    Image.new("RGB", (9, 9)).save(tmp_path / "content/items/a\\b 一/p.png")
    built(tmp_path)


def test_many_pictures_that_are_missing_are_few_findings(tmp_path: Path) -> None:
    body = "\n\n".join(f"![x](a{n}.png)" for n in range(3000))
    make_site(tmp_path, {"content/items/x.md": item(body=body)})
    findings = [
        finding for finding in check(read_site(tmp_path), DAY).findings if finding.item == "x"
    ]
    assert 0 < len(findings) < 100


def test_a_window_of_centuries_is_a_finding(tmp_path: Path) -> None:
    window = "{from: 2026-11-01, to: 2200-12-31, channel: 工会}"
    files = {"content/items/x.md": item(kind="notice", notice=window)}
    make_site(tmp_path, files)
    assert errors(tmp_path, DAY) == {("format/type", "long-window")}


@pytest.mark.parametrize("name", ["content/items", "content/pages", "content/opinions", "boards"])
def test_a_folder_of_the_site_that_is_a_link_is_refused(name: str, tmp_path: Path) -> None:
    root = tmp_path / "site"
    make_site(root, {"content/items/x.md": item(), "content/opinions/o.yml": "[]\n"})
    (root / name).rename(tmp_path / "outside")
    (root / name).symlink_to(tmp_path / "outside")
    done = run(root, "build", "--at", DAY)
    assert done.returncode == 2
    assert name in done.stderr


# -- a published site ---------------------------------------------------------------------------


def test_verify_sees_a_chain_cut_off_and_files_that_nobody_made(tmp_path: Path) -> None:
    make_site(tmp_path, {"content/items/x.md": item()})
    built(tmp_path)
    site = tmp_path / "site"
    (site / "posters/recall.pdf").write_bytes(b"%PDF-")
    assert run(tmp_path, "verify").returncode == 1
    (site / "posters/recall.pdf").unlink()
    (site / "history.jsonl").write_bytes(b"")
    assert run(tmp_path, "verify").returncode == 1


def test_verify_follows_no_link_and_survives_any_manifest(tmp_path: Path) -> None:
    make_site(tmp_path, {"content/items/x.md": item()})
    built(tmp_path)
    manifest = tmp_path / "site/manifest.json"
    manifest.rename(tmp_path / "elsewhere.json")
    manifest.symlink_to(tmp_path / "elsewhere.json")
    assert run(tmp_path, "verify").returncode == 1
    manifest.unlink()
    manifest.write_text('{"files": ' + "[" * 200_000)
    done = run(tmp_path, "verify")
    assert (done.returncode, "自己出了错" in done.stderr) == (1, False)


def test_going_back_tells_the_instant_of_the_site_it_goes_back_to(tmp_path: Path) -> None:
    make_site(tmp_path, {"content/items/x.md": item()})
    for number in (21, 22, 24):
        if number == 24:
            run(tmp_path, "rollback", "--at", "2026-11-23")
        (tmp_path / "content/items/x.md").write_text(item(title=f"第{number}版"), "utf-8")
        assert run(tmp_path, "build", "--at", f"2026-11-{number}").returncode == 0
    assert "2026-11-21" in run(tmp_path, "rollback", "--at", "2026-11-25").stderr


# -- words --------------------------------------------------------------------------------------


def test_nothing_that_a_terminal_obeys_is_printed(tmp_path: Path) -> None:
    text = 'id: "\\e[31mX\\nfake"\ntitle: "\\e]0;pwn\\a"\ndraft: true\n'
    make_site(tmp_path, {"content/items/x.yml": text})
    for verb in (["list"], ["check", "--fail-on", "never"]):
        done = run(tmp_path, *verb, "--at", DAY)
        assert not {"\x1b", "\x07"} & set(done.stdout + done.stderr)


def test_what_stands_for_the_instant_cannot_be_typed(tmp_path: Path) -> None:
    title = "gongkai-moment-zh-7f3a gongkai-instant-7f3a"
    make_site(tmp_path, {"content/items/x.md": item(title=title)})
    built(tmp_path)
    assert title in (tmp_path / "site/screen/machining/index.html").read_text("utf-8")
    assert not [
        path for path in (tmp_path / "site").rglob("*.html") if b"\x02" in path.read_bytes()
    ]
    assert json.loads((tmp_path / "site/manifest.json").read_bytes())["items"][0]["title"] == title
    assert os.path.exists(tmp_path / "site/posters/items/x.pdf")  # noqa: PTH110
