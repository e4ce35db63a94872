"""Bodies as a page shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from gongkai.domain.model import Item
from gongkai.domain.text import Body
from gongkai.render.html import BodyPlace, body_html


class _Alone:
    """An item of which nothing is known but its body."""

    tables: tuple[Any, ...] = ()
    attached: tuple[Any, ...] = ()

    def __init__(self, text: str) -> None:
        self.body = Body(text)


def html_in(text: str, addresses: Mapping[str, str] | None = None, own: str | None = None) -> str:
    """The HTML of a text, for a reader of the workshop ``own``."""
    item = cast("Item", _Alone(text))
    return str(body_html(item, BodyPlace(addresses or {}, own)))
