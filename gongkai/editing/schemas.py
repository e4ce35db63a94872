"""JSON Schemas made from the very shapes that read the files, with this site's own names in them.

Editors check and complete by them without any network. A value that may be said freely, such as a
department, is suggested and not demanded.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from gongkai.domain.model import Library
from gongkai.source import (
    appraisal,
    boards,
    catalogue,
    checklist,
    holidays,
    ledgers,
    meetings,
    org,
    surveys,
)
from gongkai.source.described import told
from gongkai.source.item_shape import ALL_BOARDS, item_shape
from gongkai.source.scalars import DAY, DAYS, DECIMAL, FLAG, PERIOD, WHOLE
from gongkai.source.shapes import Choice, Either, Key, ListOf, Record, Scalar
from gongkai.source.tables import FreeMapping

Schema = dict[str, Any]
_DIALECT = "http://json-schema.org/draft-07/schema#"
_TEXT: Schema = {"type": ["string", "number", "boolean"]}
_PERIOD = r"^\d{4}(-(0[1-9]|1[0-2]|Q[1-4]|H[12]))?$"
_MOMENT = r"\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d)?)?"
_NONE: Schema = {"type": "null"}
_SCALARS: Mapping[int, Schema] = {
    id(DAY): {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"},
    id(PERIOD): {"type": ["string", "integer"], "pattern": _PERIOD},
    id(FLAG): {"enum": [True, False, "是", "否"]},
    id(WHOLE): {"type": ["integer", "string"]},
    id(DAYS): {"type": ["integer", "string"]},
    id(DECIMAL): {"type": ["number", "string"]},
}  # fmt: skip
GLOBS: Mapping[str, tuple[str, ...]] = {
    "item": ("content/items/**/*.yml", "content/items/**/*.yaml"),
    "board": ("boards/*.yml",),
    "catalogue": ("content/catalogue.yml",),
    "calendar": ("content/calendar.yml",),
    "org": ("content/org.yml",),
    "opinions": ("content/opinions/*.yml",),
    "surveys": ("content/surveys/*.yml",),
    "inspections": ("content/inspections/*.yml",),
    "checklist": ("content/checklist.yml",),
    "appraisal": ("content/appraisal.yml",),
    "meetings": ("content/meetings/*.yml",),
}
"""Which files each schema is for."""


def shapes(library: Library) -> Mapping[str, Record | Either | ListOf]:
    """The shapes of a site's files, by name."""
    return {
        "item": item_shape(library.site.zone),
        "board": boards.board_shape(library.catalogue),
        "catalogue": catalogue.site_shape(),
        "calendar": holidays.calendar_shape(),
        "org": org.org_shape(),
        "opinions": ledgers.OPINIONS,
        "surveys": surveys.SURVEYS,
        "inspections": ledgers.INSPECTIONS,
        "checklist": checklist.CHECKLIST,
        "appraisal": appraisal.APPRAISAL,
        "meetings": meetings.MEETINGS,
    }


def schemas(library: Library) -> Mapping[str, Schema]:
    """The schemas of a site, by name."""
    return {name: _whole(name, shape, library) for name, shape in shapes(library).items()}


def _whole(name: str, shape: Any, library: Library) -> Schema:
    made = {"$schema": _DIALECT, "title": name, **_schema(shape, name)}
    if name == "item":
        _suggest(made["properties"], library)
    return made


def _schema(shape: Any, trail: str) -> Schema:
    match shape:
        case Record():
            return _record(shape, trail)
        case Choice():
            return {"enum": list(shape.words)}
        case ListOf():
            return {"type": "array", "items": _schema(shape.shape, trail)}
        case Either():
            parts = [one for one in (shape.scalar, shape.mapping, shape.many) if one]
            return {"anyOf": [_schema(part, trail) for part in parts]}
        case FreeMapping():
            return {"type": "object", "additionalProperties": _schema(shape.shape, trail)}
        case Scalar():
            return dict(_SCALARS.get(id(shape), _TEXT))
    raise TypeError(shape)


def _record(shape: Record, trail: str) -> Schema:
    properties = {
        word: _property(key, word, f"{trail}.{key.name}")
        for key in shape.keys
        for word in (key.chinese, key.name)
    }
    needed = [
        {"anyOf": [{"required": [key.chinese]}, {"required": [key.name]}]} for key in shape.needed
    ]
    made: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**made, "allOf": needed} if needed else made


def _property(key: Key, word: str, trail: str) -> Schema:
    about = told(trail)
    described = [about.zh, about.en] + ([f"{word}: {about.example}"] if about.example else [])
    said = "\n\n".join(described)
    return {"description": said, "anyOf": [_schema(key.shape, trail), _NONE]}


@cache
def _data(name: str) -> Mapping[str, Any]:
    """A file of ours: pieces to type."""
    text = (files("gongkai.editing") / name).read_text("utf-8")
    found: Mapping[str, Any] = yaml.load(text, yaml.CSafeLoader)
    return found


def _suggest(properties: dict[str, Schema], library: Library) -> None:
    """The site's own names: categories and boards there are, departments and posts to choose."""
    rows = library.catalogue.categories.values()
    names = [board.id for board in library.boards]
    _offer(properties, ("类别", "category"), [{"enum": [w for r in rows for w in (r.name, r.id)]}])
    every = {"enum": ["全部", ALL_BOARDS, *names]}
    _offer(properties, ("公开栏", "boards"), [every, {"type": "array", "items": {"enum": names}}])
    _offer(properties, ("公开日期", "publish"), [{"type": "string", "pattern": f"^{_MOMENT}$"}])
    end = {"type": "string", "pattern": f"^({_MOMENT}|never|长期)$"}
    _offer(properties, ("公开期限", "expires"), [end])
    ids = [meeting.id for meeting in library.meetings]
    for word in ("会议", "meeting") if ids else ():
        properties[word]["anyOf"] = [{"enum": ids}, *properties[word]["anyOf"]]
    depts = library.org.departments
    for word in ("责任", "owner"):
        inner = properties[word]["anyOf"][0]["properties"]
        _offer(inner, ("部门", "dept"), _free(dept.name for dept in depts))
        _offer(inner, ("岗位", "post"), _free(post for dept in depts for post in dept.posts))


def _free(words: Iterable[str]) -> list[Schema]:
    """Words to choose from, or any other text."""
    known = sorted(set(words))
    return [*([{"enum": known}] if known else []), _TEXT]


def _offer(properties: dict[str, Schema], words: tuple[str, ...], parts: list[Schema]) -> None:
    for word in words:
        properties[word]["anyOf"] = [*parts, _NONE]


def settings() -> bytes:
    """VS Code's settings for a site: which schema is for which files."""
    found = {f".vscode/schema/{name}.json": list(globs) for name, globs in GLOBS.items()}
    return text_of(
        {"yaml.schemas": found, "files.encoding": "utf8", "yaml.schemaStore.enable": False}
    )


def snippets() -> bytes:
    """Pieces that editors type often, by a word."""
    pieces = _data("snippets.yml")
    made = {
        word: {
            "prefix": word,
            "body": body.splitlines(),
            "scope": "yaml,markdown",
            "description": word,
        }
        for word, body in pieces.items()
    }
    return text_of(made)


def text_of(value: object) -> bytes:
    """JSON as people read it."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
