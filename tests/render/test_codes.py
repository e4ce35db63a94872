"""QR codes: read back as they were given, and as hard to spoil as their size allows."""

from __future__ import annotations

import re

import pytest
import zxingcpp
from PIL import Image

from gongkai.render.codes import code_of

ADDRESSES = [
    "https://gk.example/items/2026-10-wages/?v=1a2b3c4d",
    "http://10.0.0.7/gk/items/2026-10-工资-热处理/?v=00000000",
    "mailto:gk@example.com?subject=2026-10-wages",
    "https://gk.example/",
    "https://gk.example/" + "a" * 400,
]


def picture(svg: str, room: int = 4, scale: int = 4) -> Image.Image:
    """A code as it is drawn, with the quiet space around it that paper gives it."""
    box = re.search(r'viewBox="0 0 (\d+) (\d+)"', svg)
    assert box
    assert box[1] == box[2]
    width = int(box[1])
    drawn = Image.new("L", (width + 2 * room, width + 2 * room), 255)
    parts = re.findall(r"M(\d+) (\d+)h(\d+)v(\d+)h-\d+Z", svg)
    assert "".join(f"M{x} {y}h{w}v{h}h-{w}Z" for x, y, w, h in parts) in svg
    for x, y, w, h in parts:
        at = int(x) + room, int(y) + room
        drawn.paste(0, (*at, at[0] + int(w), at[1] + int(h)))
    size = drawn.width * scale
    return drawn.resize((size, size), Image.Resampling.NEAREST)


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_read_is_what_was_given(address: str) -> None:
    (found,) = zxingcpp.read_barcodes(picture(code_of(address)))
    assert found.text == address


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_code_has_no_more_squares_than_at_the_first_level_and_the_best_that_fits(
    address: str,
) -> None:
    sizes = {
        level: zxingcpp.create_barcode(address, zxingcpp.QRCode, ec_level=level)
        .to_image(add_quiet_zones=False)
        .shape[0]
        for level in "MQH"
    }
    best = [level for level, size in sizes.items() if size == sizes["M"]][-1]
    svg = code_of(address)
    assert f'viewBox="0 0 {sizes["M"]} {sizes["M"]}"' in svg
    (found,) = zxingcpp.read_barcodes(picture(svg))
    assert found.ec_level == best


def test_without_an_address_there_is_no_code() -> None:
    assert code_of("") == ""
