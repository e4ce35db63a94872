"""The editing page: forms for those who never saw YAML, made from the shape of an item.

It is Sveltia CMS (theme/forms, at the version of theme/forms/vendor), with a reader and writer of
ours for items, so that of a file only what was changed is written. It asks nobody but the forge.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from gongkai.domain.model import Forge, Library
from gongkai.files import theme
from gongkai.render.artifact import Artifact
from gongkai.render.templates import fill
from gongkai.render.words import Words
from gongkai.source.described import told
from gongkai.source.holidays import PATH as CALENDAR
from gongkai.source.holidays import calendar_shape
from gongkai.source.item_shape import item_shape
from gongkai.source.scalars import DAY, FLAG, PERIOD, WHOLE
from gongkai.source.shapes import Choice, Either, Key, Record

FORMS = "forms/"
FORM_PATHS = (f"{FORMS}index.html", f"{FORMS}config.json")
Field = dict[str, Any]
_ASKED = ("title", "category", "period", "publish", "expires", "boards", "owner", "draft")
_MORE = ("kind", "notice", "outcome", "congress", "meeting", "approval")
"""What the form asks for, in its order, before the text and after it. What else an item may say
stays as it is in its file."""
_HAN = "\\u4e00-\\u9fff"
_DAY = r"\d{4}-\d{2}-\d{2}"
_ID = f"^[a-z0-9{_HAN}][a-z0-9{_HAN}-]{{0,79}}$"


def form_files(root: Path) -> Iterator[tuple[str, Path]]:
    """The files that every editing page consists of, by their paths in the site."""
    for name, path in theme.files(root, "forms"):
        if path.suffix != ".html":
            yield f"{FORMS}{name}", path


def forms(library: Library, path: str) -> Artifact:
    """The page or its configuration, by its path."""
    forge = library.site.forge
    if forge is None:
        raise KeyError(path)
    return (_page if path.endswith(".html") else _about)(library, forge)


def _page(library: Library, forge: Forge) -> Artifact:
    """The page, with whom it may ask."""
    site = library.site
    place = urlsplit(forge.url)
    may_ask = f" {place.scheme}://{place.netloc}"
    title = Words(site.lang).t("forms-title")
    html = fill(site.root, site.lang, "forms/index.html", title=title, may_ask=may_ask)
    return Artifact.text(FORM_PATHS[0], html)


def _about(library: Library, forge: Forge) -> Artifact:
    """What the page is about, and what our reader and writer of items has to know."""
    asked = [text for text in _MORE if text != "meeting" or library.meetings]
    first, more = list(_fields(library, _ASKED)), list(_fields(library, asked))
    body = _body(Words(library.site.lang))
    shown = [*(field for field, _ in first), body, *(field for field, _ in more)]
    made = {
        "lang": "zh-CN" if library.site.lang == "zh" else "en-US",
        "config": _config(library, forge, shown),
        "fields": [known for _, known in (*first, *more)],
    }
    return Artifact.text(FORM_PATHS[1], json.dumps(made, ensure_ascii=False, indent=1))


def _config(library: Library, forge: Forge, fields: list[Field]) -> Field:
    words = Words(library.site.lang)
    items = {
        "name": "items",
        "label": words.t("forms-items"),
        "label_singular": words.t("forms-items"),
        "folder": "content/items",
        "path": "{{公开日期 | date('YYYY')}}/{{公开日期 | date('MM')}}/{{slug}}",
        "format": "item",
        "identifier_field": "标题",
        "slug": {
            "template": "{{所属期 | default('{{公开日期}}')}}-{{类别}}",
            "editable": ["create"],
            "pattern": [_ID, words.t("forms-id")],
            "hint": words.t("forms-id-hint"),
        },
        "summary": "{{标题}}",
        "sortable_fields": {
            "fields": ["公开日期", "标题"],
            "default": {"field": "公开日期", "direction": "descending"},
        },
        "fields": fields,
        "editor": {"preview": False},
        "thumbnail": False,
        "delete": False,
    }
    pure = {**items, "name": "items-yml", "label": f"{words.t('forms-items')} (.yml)"}
    return {
        "load_config_file": False,
        "app_title": library.site.name,
        "logo": {"src": "logo.svg"},
        "backend": _backend(forge, words),
        "media_folder": "content/items",
        "public_folder": "",
        "output": {"omit_empty_optional_fields": True},
        "slug": {"encoding": "unicode", "timezone": "local", "maxlength": 80},
        **({"publish_mode": "editorial_workflow"} if forge.reviewed else {}),
        "collections": [
            items,
            {**pure, "format": "item-yaml", "create": False},
            _calendar(words),
        ],
    }


def _calendar(words: Words) -> Field:
    """One file: years with the notice that tells their holidays, pasted as it is."""
    keys = calendar_shape().keys[0]
    fields = [
        {
            "name": name,
            "label": words.t(f"forms-{label}"),
            "hint": words.t(f"forms-{label}-hint"),
            "widget": widget,
        }
        for name, label, widget in (
            ("年份", "year", "string"),
            ("文号", "year-notice", "string"),
            ("通知", "year-text", "text"),
        )
    ]
    years = {
        "name": keys.chinese,
        "label": words.t("forms-calendar"),
        "widget": "list",
        "fields": fields,
        "summary": "{{年份}}",
    }
    file = {
        "name": "calendar",
        "label": words.t("forms-calendar"),
        "file": CALENDAR,
        "format": "yaml",
        "fields": [years],
    }
    return {
        "name": "settings",
        "label": words.t("forms-settings"),
        "files": [file],
        "editor": {"preview": False},
    }


def _backend(forge: Forge, words: Words) -> Field:
    messages = {
        name: words.t(f"forms-{name}", what="{{slug}}") for name in ("create", "update", "delete")
    }
    version = {"gitlab": "v4", "gitea": "v1"}[forge.kind]
    found = {
        "name": forge.kind,
        "repo": forge.repo,
        "base_url": forge.url,
        "api_root": f"{forge.url}/api/{version}",
        "auth_methods": ["token"],
        "commit_messages": messages,
    }
    return {**found, "branch": forge.branch} if forge.branch else found


def _body(words: Words) -> Field:
    """The text, as it is typed: an editor that shows it formed would write it anew."""
    return {
        "name": "body",
        "label": words.t("forms-body"),
        "hint": words.t("forms-body-hint"),
        "widget": "richtext",
        "modes": ["raw"],
        "editor_components": [],
        "use_emoji_autocomplete": False,
        "required": False,
    }


def _fields(library: Library, names: Sequence[str]) -> Iterator[tuple[Field, Field]]:
    """The fields of the form, and each as our reader and writer has to know it."""
    shape = item_shape(library.site.zone)
    keys = {key.name: key for key in shape.keys}
    made = _Maker(library)
    for name in names:
        yield made.field(keys[name], f"item.{name}")


class _Maker:
    """Makes fields of keys."""

    def __init__(self, library: Library) -> None:
        self.library, self.lang = library, library.site.lang

    def field(self, key: Key, trail: str) -> tuple[Field, Field]:
        about = told(trail)
        label = key.chinese if self.lang == "zh" else key.name.replace("_", " ")
        base = {"name": key.chinese, "label": label, "required": key.need}
        base["hint"] = (about.zh if self.lang == "zh" else about.en) + (
            f" ({about.example})" if _is_short(about.example) else ""
        )
        widget, known = self._widget(key, trail)
        if widget["widget"] == "object":
            widget = {**widget, "collapsed": not key.need}
        return {**base, **widget}, {"name": key.chinese, "en": key.name, **known}

    def _widget(self, key: Key, trail: str) -> tuple[Field, Field]:
        own = {
            "item.category": self._category,
            "item.boards": self._boards,
            "item.owner.dept": self._dept,
            "item.meeting.id": self._meeting,
            "item.publish": _day,
            "item.expires": self._expires,
            "item.draft": _draft,
        }.get(trail)
        return own() if own else self._by_shape(key.shape, trail)

    def _by_shape(self, shape: Any, trail: str) -> tuple[Field, Field]:
        if isinstance(shape, Either):
            # A list or a word in its place is left as it stands.
            inner = next(one for one in (shape.mapping, shape.scalar) if isinstance(one, Record))
            return self._by_shape(inner, trail)
        if isinstance(shape, Record):
            both = [self.field(key, f"{trail}.{key.name}") for key in shape.keys]
            group = {"widget": "object", "fields": [field for field, _ in both]}
            known = {"kind": "group", "fields": [known for _, known in both]}
            return group, known
        if isinstance(shape, Choice):
            return _choice(shape, self.lang)
        if shape is DAY:
            return _day()
        if shape is FLAG:
            return {"widget": "boolean"}, {"kind": "flag"}
        pattern = {id(WHOLE): r"^\d{1,6}$", id(PERIOD): _PERIOD}.get(id(shape))
        wrong = Words(self.lang).t("forms-wrong")
        return {"widget": "string", **({"pattern": [pattern, wrong]} if pattern else {})}, {}

    def _category(self) -> tuple[Field, Field]:
        """By the name of its row, which is what ``new`` writes; a file may have its id."""
        rows = self.library.catalogue.categories.values()
        options = [
            {"value": category.id, "label": str(self._called(category.called))} for category in rows
        ]
        known = {category.name: category.id for category in rows}
        return _select(options), {
            "shown": known,
            "written": {category.id: category.name for category in rows},
        }

    def _called(self, both: Any) -> str:
        return both if isinstance(both, str) else str(getattr(both, self.lang))

    def _boards(self) -> tuple[Field, Field]:
        options = [{"value": board.id, "label": board.title} for board in self.library.boards]
        return {**_select(options), "multiple": True}, {"kind": "list", "all": ["all", "全部"]}

    def _dept(self) -> tuple[Field, Field]:
        names = [department.name for department in self.library.org.departments]
        return (_select([*names]) if names else {"widget": "string"}), {}

    def _meeting(self) -> tuple[Field, Field]:
        """By the number of its record, the newest first."""
        ones = sorted(self.library.meetings, key=lambda one: (one.date, one.id), reverse=True)
        parts = [(meeting.id, meeting.session, str(meeting.date)) for meeting in ones]
        options = [{"value": part[0], "label": " ".join(filter(None, part))} for part in parts]
        return _select(options), {}

    def _expires(self) -> tuple[Field, Field]:
        pattern = [rf"^({_DAY}|长期)$", Words(self.lang).t("forms-expires")]
        return {"widget": "string", "pattern": pattern}, {"shown": {"never": "长期"}}


_PERIOD = r"^\d{4}(-(0[1-9]|1[0-2])|-Q[1-4]|-H[12])?$"
_SHORT = 24


def _is_short(example: str) -> bool:
    return 0 < len(example) <= _SHORT and not example.startswith(("[", "{"))


def _select(options: list[Any]) -> Field:
    return {"widget": "select", "options": options, "dropdown_threshold": 6}


def _day() -> tuple[Field, Field]:
    return {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"}, {}


def _draft() -> tuple[Field, Field]:
    return {"widget": "boolean", "default": True}, {"kind": "flag"}


def _choice(shape: Choice, lang: str) -> tuple[Field, Field]:
    """The words of one language; the others stand for them."""
    words: Mapping[Any, list[str]] = {}
    for word, value in shape.words.items():
        words = {**words, value: [*words.get(value, []), word]}
    pairs = [(next((w for w in ws if not w.isascii()), ws[0]), ws) for ws in words.values()]
    options = [
        {"value": chinese, "label": chinese if lang == "zh" else next(iter(ws)).replace("-", " ")}
        for chinese, ws in pairs
    ]
    return _select(options), {"shown": {word: chinese for chinese, ws in pairs for word in ws}}
