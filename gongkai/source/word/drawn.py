"""What is drawn into a .docx file: pictures, text boxes, and what can be neither."""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.etree.ElementTree import Element

from gongkai.source.ooxml import all_of, name_of
from gongkai.source.word.styles import value

_SIDES = ("l", "t", "r", "b")
_OLD_SIDES = ("cropleft", "croptop", "cropright", "cropbottom")
_OLD_SHARE = re.compile(r"(-?\d{1,7})f|(-?\d?\.\d{1,9})")


class Image(NamedTuple):
    """A picture by the name of its relation; ``crop`` are the shares of its sides that are cut off:
    left, top, right, bottom."""

    relation: str
    is_linked: bool = False
    crop: tuple[float, ...] = ()


class Drawn(NamedTuple):
    """One drawing: its pictures, its boxes of text, and why it cannot be shown, if so. ``art`` is
    text drawn as a shape, like that of a watermark."""

    images: tuple[Image, ...] = ()
    boxes: tuple[Element, ...] = ()
    title: str = ""
    is_floating: bool = False
    fault: str = ""
    art: str = ""


def drawn_in(element: Element) -> Drawn:
    """What a drawing of either generation holds."""
    parts = list(_seen(element))
    images = [*map(_new, _named(parts, "blip")), *map(_old, _named(parts, "imagedata"))]
    boxes = _named(parts, "txbxContent")
    labels = [part for part in parts if name_of(part) in ("docPr", "imagedata", "shape")]
    told = (value(label, key) for label in labels for key in ("descr", "title", "alt"))
    return Drawn(
        images=tuple(image for image in _cropped(images, parts) if image.relation),
        boxes=tuple(boxes),
        title=next((" ".join(text.split()) for text in told if text and text.strip()), ""),
        is_floating=bool(_named(parts, "anchor")) or _is_placed(parts),
        fault=_fault(element, parts),
        art="\n".join(filter(None, (value(one, "string") for one in _named(parts, "textpath")))),
    )


def _seen(element: Element) -> list[Element]:
    """An element and all in it that is shown, but for what is within boxes of text, and of
    alternatives the first only."""
    found: list[Element] = []
    todo = [element]
    while todo:
        one = todo.pop()
        found.append(one)
        name = name_of(one)
        if name == "txbxContent":
            continue
        inner = list(one)
        if name == "AlternateContent":
            inner = inner[:1]
        todo += reversed(inner)
    return found


def _named(parts: list[Element], name: str) -> list[Element]:
    return [element for element in parts if name_of(element) == name]


def _new(blip: Element) -> Image:
    embedded = value(blip, "embed")
    return Image(embedded or value(blip, "link") or "", is_linked=not embedded)


def _old(data: Element) -> Image:
    crop = tuple(_share(value(data, side) or "") for side in _OLD_SIDES)
    relation = next((v for key, v in data.attrib.items()
                     if key.endswith(("}id", "}pict")) or key == "r:id"), "")  # fmt: skip
    return Image(relation, crop=crop if any(crop) else ())


def _share(text: str) -> float:
    found = _OLD_SHARE.fullmatch(text)
    if not found:
        return 0.0
    return int(found[1]) / 65_536 if found[1] else float(found[2])


def _cropped(images: list[Image], parts: list[Element]) -> list[Image]:
    """The pictures, each with what is cut off of it."""
    cuts = [
        tuple(_thousandths(value(element, side)) for side in _SIDES)
        for element in _named(parts, "srcRect")
    ]
    if len(images) != len(cuts):
        cuts += [()] * (len(images) - len(cuts))
    return [
        image._replace(crop=cut) if any(cut) else image
        for image, cut in zip(images, cuts, strict=False)
    ]


def _thousandths(text: str | None) -> float:
    found = re.fullmatch(r"-?\d{1,6}", text or "")
    return int(found[0]) / 100_000 if found else 0.0


def _is_placed(parts: list[Element]) -> bool:
    styles = (element.get("style", "").replace(" ", "").lower() for element in parts)
    return any("position:absolute" in style for style in styles)


def _fault(element: Element, parts: list[Element]) -> str:
    if name_of(element) == "object" and any(True for _ in all_of(element, "OLEObject")):
        return "object"
    data = (one.get("uri", "") for one in _named(parts, "graphicData"))
    return "chart" if any(uri.endswith(("/chart", "/diagram", "/chartex")) for uri in data) else ""
