"""A mapping whose keys are free names."""

from __future__ import annotations

from typing import Any

from gongkai.source.shapes import BAD, Reading, Scalar, Shape
from gongkai.source.yaml import MappingNode, Node


class FreeMapping:
    """A mapping whose keys are free names, every value of one shape."""

    def __init__(self, shape: Shape, name: Scalar) -> None:
        self.shape, self.name = shape, name

    def read(self, node: Node, trail: str, reading: Reading) -> Any:
        if not isinstance(node, MappingNode):
            return reading.wrong(node, "format/type", "mapping", key=trail)
        found: dict[Any, Any] = {}
        for name_node, value_node in node.value:
            name = self.name.read(name_node, trail, reading)
            if name in found and name is not BAD:
                word = name_node.value
                name = reading.wrong(name_node, "format/duplicate-key", "", key=word, first=word)
            if name is BAD:
                found[name] = BAD
                continue
            found[name] = self.shape.read(value_node, f"{trail}.{name}", reading)
        return BAD if BAD in found or any(one is BAD for one in found.values()) else found
