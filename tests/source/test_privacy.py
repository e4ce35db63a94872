"""The privacy gate: personal numbers are found wherever they stand, and never repeated.

No number here is anybody's: the identity numbers are the standard's own test values, have a day of
birth yet to come, or a wrong check digit; the others are made up from a seed.
"""

from __future__ import annotations

import io
import json
import random
import zipfile
import zlib
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from stdnum import luhn
from stdnum.cn import ric, uscc

from gongkai.cli.arguments import CHECK_FORMATS
from gongkai.domain.finding import Finding, Severity
from gongkai.source.privacy.numbers import personal_numbers, veiled
from tests.command import run
from tests.sites import check, item, make_site

DAY = "2026-11-22"
STANDARD = ("11010519491231002X", "34052419800101001X")
"""The examples of GB 11643-1999."""
MOBILE = "13800138000"
"""A well-known number that belongs to a company."""


def kinds(text: str, *allowed: str) -> list[str]:
    return [number.rule.removeprefix("privacy/") for number in personal_numbers(text, allowed)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (STANDARD[0], "id-number"),
        (STANDARD[1].lower(), "id-number"),
        ("身份证号:" + STANDARD[0] + "。", "id-number"),
        ("１１０１０５１９４９１２３１００２Ｘ", "id-number"),
        ("110105 19491231 002X", "id-number"),
        ("110105-19491231-002x", "id-number"),
        ("110105　1949　1231　002X", "id-number"),
        ("110105491231002", "id-number"),
        ("810000209001010016", "id-number"),
        (MOBILE, "phone"),
        ("138-0013-8000", "phone"),
        ("138 0013 8000", "phone"),
        ("+86 138 0013 8000", "phone"),
        ("+8613800138000", "phone"),
        ("0086-13800138000", "phone"),
        ("１３８００１３８０００", "phone"),
        ("tel13800138000", "phone"),
        ("2026-11-19 13800138000", "phone"),
        ("\u202e00083100831\u202c", "phone"),
        ("138-\n0013-\n8000", "phone"),
        ("138--0013--8000", "phone"),
        ("110105-19491231-\n002X", "id-number"),
        ("电话\u202e0008 3100 831", "phone"),
        ("6222 0212 3456 7890 128", "bank-card"),
        ("4111111111111111", "bank-card"),
    ],
)
def test_what_is_a_personal_number(text: str, kind: str) -> None:
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "91330100799655058B",
        "911101050138001380",
        "91110105MA0138001380",
        "110105********002X",
        "110105194912****2X",
        "138****8000",
        "6222 **** **** 1234",
        "010-12345678",
        "0571-87654321",
        "400-800-1234",
        "内线 8001",
        "20231101",
        "2026-11-01 2026-11-30",
        "2026-11-19 08:00:00",
        "13 800 138 000",
        "1 380 013 800 000",
        "1178600.00 元",
        "20261119000123456",
        "ISBN 978-7-301-12345-6",
        "138001380001",
        "113800138000",
        "192.168.1.100 10.0.0.1",
        "3.14159265358979323846",
        "GB/T 2260-2007",
    ],
)
def test_what_is_none(text: str) -> None:
    assert kinds(text) == []


def identity(chance: random.Random) -> str:
    """A number of somebody who will be born in half a century at the earliest."""
    day = f"{chance.randint(2080, 2098)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
    region = chance.choice(("110105", "340524", "330106", "500103"))
    body = f"{region}{day}{chance.randint(0, 999):03}"
    return body + str(ric.calc_check_digit(body + "0"))


def card(chance: random.Random) -> str:
    body = chance.choice(("622202", "621700", "436742", "5187", "35", "4")) + "".join(
        chance.choice("0123456789") for _ in range(12)
    )
    body = body[: chance.choice((15, 16, 17, 18))].ljust(15, "7")
    return body + str(luhn.calc_check_digit(body))


def spaced(number: str, chance: random.Random) -> str:
    """A number as somebody might type it."""
    way = chance.randrange(5)
    if way == 1:
        return number.translate(str.maketrans("0123456789Xx", "０１２３４５６７８９Ｘｘ"))
    if way == 2:
        return " ".join((number[:6], number[6:14], number[14:])).strip()
    if way == 3:
        return "-".join((number[:3], number[3:7], number[7:]))
    return number.lower() if way == 4 else number


def corpus() -> list[tuple[str, str | None]]:
    """Six hundred strings, each with the kind of number in it, by somebody else's reckoning."""
    chance = random.Random(20261122)  # noqa: S311 - a test's dice
    made: list[tuple[str, str | None]] = []
    for _ in range(100):
        number = identity(chance)
        assert ric.calc_check_digit(number) == number[-1]
        made.append((f"示例甲 {spaced(number, chance)},男", "id-number"))
        mobile = f"1{chance.choice('356789')}{chance.randint(10**8, 10**9 - 1)}"
        made.append((f"联系 {spaced(mobile, chance)}。", "phone"))
        bank = card(chance)
        assert luhn.is_valid(bank)
        made.append((f"账号{bank}", "bank-card"))
        code = "".join(chance.choice("0123456789ABCDEFGHJKLMNPQRTUWXY") for _ in range(9))
        code = f"91330100{code}"
        made.append((f"信用代码 {code}{uscc.calc_check_digit(code)}", None))
        amount = f"{chance.randint(1, 999)},{chance.randint(0, 999):03},{chance.randint(0, 999):03}"
        made.append((f"合计 {amount}.{chance.randint(0, 99):02} 元", None))
        order = f"订单 2026{chance.randint(1, 12):02}{chance.randint(10**8, 10**9 - 1)}"
        made.append((order, None))
    return made


def test_precision_and_recall_on_a_corpus() -> None:
    made = corpus()
    assert len(made) >= 400
    found = [(kinds(text), kind) for text, kind in made]
    missed = [pair for pair in found if pair[1] and pair[1] not in pair[0]]
    wrong = [pair for pair in found if pair[1] is None and pair[0]]
    right = sum(1 for kinds_, kind in found if kind and kind in kinds_)
    recall = right / sum(1 for _, kind in found if kind)
    precision = right / (right + len(wrong))
    assert recall >= 0.99, missed
    assert precision >= 0.99, wrong


def found(root: Path) -> list[Finding]:
    site = make_site(root, {})
    return [finding for finding in check(site, DAY).findings if finding.rule.startswith("privacy/")]


WITH_NUMBER = item(title="困难补助", body=f"联系 {MOBILE}")


@pytest.mark.parametrize(
    ("files", "place"),
    [
        ({"content/items/x.md": WITH_NUMBER}, ("content/items/x.md", 8, 4)),
        ({"content/items/x.md": item(title=f"联系{MOBILE}")}, ("content/items/x.md", 2, 10)),
        ({"content/items/x.md": item(draft=f"true # {MOBILE}")}, ("content/items/x.md", 7, 15)),
        ({"content/items/x.md": item(publish="2020-01-01", expires="2020-02-01", body=MOBILE)},
         ("content/items/x.md", 8, 1)),
        ({"content/items/x.md": item(body=f"| 电话 |\n|---|\n| {MOBILE} |")},
         ("content/items/x.md", 10, 3)),
        ({"content/items/x.md": f"---\ntitle: [\n---\n{MOBILE}\n"}, ("content/items/x.md", 4, 1)),
        ({"content/items/x.md": item(tables="[{file: t.csv}]"),
          "content/items/t.csv": f"姓名,电话\n甲,{MOBILE}\n"}, ("content/items/x.md", 7, 10)),
        ({"content/items/x.md": item(attachments=f"[{MOBILE}.txt]"),
          f"content/items/{MOBILE}.txt": "x"}, ("content/items/x.md", 7, 15)),
        ({"content/opinions/a.yml": f"- {{编号: a, 意见: {MOBILE}}}\n"},
         ("content/opinions/a.yml", 1, 15)),
        ({"content/pages/x.md": f"# 联系\n\n{MOBILE}\n"}, ("content/pages/x.md", 3, 1)),
        ({"boards/b.yml": f"title: 甲\ncontact: {{phone: '{MOBILE}'}}\n"}, ("boards/b.yml", 2, 19)),
    ],
)  # fmt: skip
def test_wherever_it_stands_it_is_an_error(
    files: dict[str, str], place: tuple[str, int, int], tmp_path: Path
) -> None:
    make_site(tmp_path, files)
    findings = found(tmp_path)
    assert place in [(finding.path, finding.line, finding.column) for finding in findings]
    assert {finding.severity for finding in findings} == {Severity.ERROR}
    assert {finding.rule for finding in findings} == {"privacy/phone"}


def test_what_a_picture_carries_goes_nowhere(tmp_path: Path) -> None:
    """Neither in an item, nor as an attachment, nor on an ordinary page; so it is no finding."""
    text = "![甲](a.png)\n\n![乙](b.jpg)"
    page = "# 关于\n\n![丙](c.jpg)\n"
    root = tmp_path / "site"
    make_site(root, {"content/items/x.md": item(body=text, attachments="[b.jpg, d.gif]"),
                     "content/pages/about.md": page})  # fmt: skip
    note = PngInfo()
    note.add_text("Comment", f"联系 {MOBILE}", zip=True)
    Image.new("RGB", (8, 8)).save(root / "content/items/a.png", pnginfo=note)
    photo = taken_by_a_phone()
    for name in ("content/items/b.jpg", "content/pages/c.jpg"):
        (root / name).write_bytes(photo + f"\n{MOBILE}".encode())
    Image.new("P", (8, 8)).save(root / "content/items/d.gif", comment=MOBILE.encode())
    assert found(root) == []
    assert run(root, "build", "--at", DAY).returncode == 0
    out = [path for path in (root / "site").rglob("*") if path.is_file()]
    pictures = [
        path for path in out if path.suffix in (".jpg", ".gif") or path.parent.name == "media"
    ]
    assert len(pictures) >= 5
    for path in out:
        data = path.read_bytes()
        assert MOBILE.encode() not in data
        assert b"EXIF-GPS" not in data
        if path in pictures:
            with Image.open(path) as picture:
                assert STANDARD[0].encode() not in data
                assert dict(picture.getexif()) == {}
                assert not picture.info.keys() & {
                    "exif",
                    "comment",
                    "Comment",
                    "xmp",
                    "icc_profile",
                }
    (upright,) = [path for path in pictures if path.name == "b.jpg"]
    with Image.open(upright) as picture:
        assert picture.size == (1800, 2400)  # turned as the camera says, and no larger than needed


def taken_by_a_phone(artist: str = STANDARD[0], size: tuple[int, int] = (4000, 3000)) -> bytes:
    """A picture that lies on its side, with the place where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x013B] = artist
    exif.get_ifd(0x8825).update(
        {1: "N", 2: (36.0, 12.0, 4.5), 3: "E", 4: (117.0, 7.0, 1.2), 29: "EXIF-GPS"}
    )
    out = io.BytesIO()
    Image.effect_noise(size, 20).convert("RGB").save(out, "JPEG", exif=exif, quality=60)
    assert b"EXIF-GPS" in out.getvalue()
    return out.getvalue()


def packed(kind: str, photo: bytes) -> bytes:
    """A photo in a file as an office attaches it, or within a file that is attached to that."""
    out = io.BytesIO()
    if kind.endswith("rtf"):
        return b"{\\rtf1\\ansi {\\pict\\jpegblip " + photo.hex().encode() + b"}\\par}"
    if kind.endswith("pdf"):
        with pikepdf.new() as document:
            page = document.add_blank_page()
            is_packed = kind == "packed.pdf"
            image = pikepdf.Stream(document, zlib.compress(photo) if is_packed else photo)
            filters = [pikepdf.Name.FlateDecode] if is_packed else []
            image.stream_dict = pikepdf.Dictionary(
                Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=9, Height=9,
                ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8,
                Filter=pikepdf.Array([*filters, pikepdf.Name.DCTDecode]),
            )  # fmt: skip
            if kind == "beside.pdf":
                document.attachments["a.jpg"] = photo
            else:
                page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=image))
            document.save(out)
        return out.getvalue()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr("[Content_Types].xml", '<T t="wordprocessingml.document.main+xml"/>')
        parts.writestr("word/document.xml", "<w><p>会场</p></w>")
        if kind == "within.docx":
            parts.writestr("word/embeddings/a.docx", packed("docx", photo))
        else:
            parts.writestr(f"word/media/image1.{kind.partition('.')[0]}", photo)
    return out.getvalue()


HOLDERS = [
    "jpeg.docx", "jfif.docx", "tmp.docx", "within.docx", "plain.pdf", "packed.pdf", "beside.pdf",
    "a.rtf",
]  # fmt: skip


@pytest.mark.parametrize("kind", HOLDERS)
def test_a_photo_within_a_file_that_tells_its_place_is_found(kind: str, tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/items/x.md": item(attachments=f"[{kind}]")})
    without = io.BytesIO()
    Image.new("RGB", (9, 9)).save(without, "JPEG")
    for photo, cases in (
        (taken_by_a_phone("示例甲", (400, 300)), ["place"]),
        (without.getvalue(), []),
    ):
        (tmp_path / f"content/items/{kind}").write_bytes(packed(kind, photo))
        findings = [
            finding for finding in check(site, DAY).findings if finding.rule == "privacy/unread"
        ]
        assert [finding.case for finding in findings] == cases


@pytest.mark.parametrize("typed", [MOBILE, "138-0013-8000", "138 0013 8000"])
def test_public_phones_and_named_exceptions_are_allowed_by_exact_value(
    typed: str, tmp_path: Path
) -> None:
    org = f"name: 厂\npublic_phones: ['{MOBILE}']\n"
    make_site(tmp_path / "a", {"content/org.yml": org, "content/items/x.md": item(body=typed)})
    assert found(tmp_path / "a") == []
    allow = f"{{allow: [{{text: '{MOBILE}', reason: 本人同意, by: 工会}}]}}"
    make_site(tmp_path / "b", {"content/items/x.md": item(body=typed, privacy=allow)})
    assert found(tmp_path / "b") == []
    other = "13900139000"
    make_site(tmp_path / "c", {"content/org.yml": org, "content/items/x.md": item(body=other)})
    assert len(found(tmp_path / "c")) == 1


def test_an_exception_that_ends_is_noticed_by_what_was_kept(tmp_path: Path) -> None:
    org = f"name: 厂\npublic_phones: ['{MOBILE}']\n"
    make_site(tmp_path, {"content/org.yml": org, "content/items/x.md": item(body=MOBILE)})
    assert run(tmp_path, "build", "--at", DAY).returncode == 0
    (tmp_path / "content/org.yml").write_text("name: 厂\n", "utf-8")
    assert run(tmp_path, "build", "--at", DAY).returncode == 1


@pytest.mark.parametrize("number", [*STANDARD, MOBILE, "4111111111111111", "110105194912310021"])
@pytest.mark.parametrize("form", CHECK_FORMATS)
def test_no_digit_of_it_is_repeated(number: str, form: str, tmp_path: Path) -> None:
    """In no format, on no stream, not even in the names of files."""
    text = item(title=f"甲{number}", body=f"{number}\n\n| {number} |\n|---|\n| x | {number} |\n",
                attachments=f"[{number}.txt]", kind=f"x{number}")  # fmt: skip
    make_site(tmp_path, {f"content/items/{number.lower()}.md": text})
    done = run(tmp_path, "check", "--format", form, "--at", DAY)
    assert done.returncode == 1
    told = done.stdout
    if form == "sarif":  # apart from the rules' own pages, which show examples of the standard
        told = json.dumps(json.loads(told)["runs"][0]["results"], ensure_ascii=False)
    said = (told + done.stderr).replace(str(tmp_path), "")
    assert number[:8] not in said.replace(" ", "")
    assert number[-8:].lower() not in said.lower().replace(" ", "")
    if form == "json":
        rules = {load["rule"] for load in json.loads(done.stdout)["findings"]}
        assert any(rule.startswith("privacy/") for rule in rules)


def test_a_path_without_its_digits() -> None:
    assert veiled(f"content/items/{MOBILE}-a.md") == "content/items/…-a.md"
    assert veiled("content/items/2026-11-wages.md") == "content/items/2026-11-wages.md"
