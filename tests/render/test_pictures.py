"""Pictures on paper: any that a clerk may hand in, upright and whole, and nothing beside it."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from PIL import Image

from gongkai.render.poster.posters import Posters
from gongkai.status.edition import make_edition
from tests.sites import check, errors, item, make_site

DAY = "2026-11-10"
RED, BLUE = (200, 0, 0), (0, 0, 200)


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def halves(mode: str = "RGB", size: tuple[int, int] = (400, 200)) -> Image.Image:
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", size, BLUE)
    picture.paste(RED, (0, 0, size[0] // 2, size[1]))
    return picture.convert(mode)


def poster(root: Path, name: str, data: bytes) -> bytes:
    body = f"前面。\n\n![图]({name})\n\n后面。"
    make_site(root, {"content/items/x.md": item(body=body)})
    (root / "content/items" / name).write_bytes(data)
    edition = make_edition(check(make_site(root, {}), DAY).standings)
    return Posters(edition).pdf(edition.standings.by_id["x"])


def middle(pdf: bytes) -> list[tuple[str, float, float]]:
    """The colours that are seen, and where their middles are on the page, from 0 to 1."""
    page = pypdfium2.PdfDocument(pdf)[0]
    seen = page.render(scale=0.5).to_pil().convert("RGB")
    found = []
    for name, strong in (("red", 0), ("blue", 2)):
        spots = [
            (x / seen.width, y / seen.height)
            for x in range(0, seen.width, 3)
            for y in range(seen.height // 3, seen.height * 3 // 4, 3)
            if seen.getpixel((x, y))[strong] > 150 and sum(seen.getpixel((x, y))) < 320
        ]
        if spots:
            xs, ys = zip(*spots, strict=True)
            found.append((name, sum(xs) / len(xs), sum(ys) / len(ys)))
    return found


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", saved(halves(), "PNG")),
        ("a.png", saved(halves("P"), "PNG")),
        ("a.png", saved(halves("RGBA"), "PNG")),
        ("a.gif", saved(halves("P"), "GIF")),
        ("a.jpg", saved(halves(), "JPEG")),
        ("a.jpg", saved(halves("CMYK"), "JPEG")),
        ("a.jpeg", saved(halves(), "JPEG", progressive=True)),
    ],
)
def test_a_picture_of_any_kind_is_printed(name: str, data: bytes, tmp_path: Path) -> None:
    (red, left, _), (blue, right, _) = middle(poster(tmp_path, name, data))
    assert (red, blue) == ("red", "blue")
    assert left < 0.5 < right


def test_a_photo_is_printed_as_the_camera_was_held(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter to the right
    exif[0x010F] = "示例相机"
    pdf = poster(tmp_path, "a.jpg", saved(halves(), "JPEG", exif=exif))
    (_, left, above), (_, right, below) = middle(pdf)
    assert abs(left - right) < 0.05
    assert above < below
    assert "示例相机".encode() not in pdf


def test_a_picture_as_high_as_a_tower_stays_on_its_sheet(tmp_path: Path) -> None:
    for number, size in enumerate([(40, 4000), (4000, 40), (1, 1)]):
        pdf = poster(tmp_path / str(number), "a.png", saved(halves(size=size), "PNG"))
        page = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
        assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 1
        assert "前面" in page.extract_text()


def test_a_huge_photo_is_printed_no_finer_than_printers_print(tmp_path: Path) -> None:
    pdf = poster(tmp_path, "a.jpg", saved(halves(size=(9000, 6000)), "JPEG", quality=30))
    image = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].images[0].image
    assert image is not None
    assert max(image.size) <= 2400


def test_a_picture_in_a_table_keeps_its_column_narrow(tmp_path: Path) -> None:
    body = "| 图 | 说明 |\n|---|---|\n| ![图](a.png) | 两半 |\n"
    make_site(tmp_path, {"content/items/x.md": item(body=body)})
    (tmp_path / "content/items/a.png").write_bytes(saved(halves(size=(3000, 1500)), "PNG"))
    edition = make_edition(check(make_site(tmp_path, {}), DAY).standings)
    pdf = Posters(edition).pdf(edition.standings.by_id["x"])
    assert "两半" in pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", saved(halves(), "PNG")[:90]),
        ("a.png", saved(halves(), "JPEG")),
        ("a.jpg", b"\xff\xd8\xff" + b"\0" * 90),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("a.gif", b"GIF89a"),
    ],
)
def test_what_is_no_whole_picture_is_a_finding(name: str, data: bytes, tmp_path: Path) -> None:
    make_site(tmp_path, {"content/items/x.md": item(body=f"![图]({name})")})
    (tmp_path / "content/items" / name).write_bytes(data)
    assert {rule for rule, _ in errors(tmp_path, DAY)} == {"ref/attachment"}
