"""What the rest needs to know from ``mkdocs.yml``, without starting MkDocs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from msgspec import structs

from gongkai.domain.errors import ConfigurationError
from gongkai.domain.model import Forge, Site
from gongkai.domain.terms import Paper
from gongkai.source.kept import digest_of

PLUGIN = "gongkai"
_PLAIN_PLUGINS = (PLUGIN, "search", "tags", "offline")
MOST_PREVIOUS = 100
TYPED = ("title", "body")
"""What of a poster may be set in a font of the site's own."""
LINKABLE = (
    "content",
    "content/items",
    "content/opinions",
    "content/surveys",
    "content/inspections",
    "content/meetings",
    "boards",
    "theme",
)
"""Folders of a site, none of which may be a link to another place."""
FOLDERS = ("content", "content/items", "boards")


class _Lenient(yaml.CSafeLoader):
    """Reads MkDocs' configuration; tags that only MkDocs understands are left as they stand."""


class _Variable(list[Any]):
    """``!ENV``: names of variables, the last of which may be a default."""


def _variable(loader: yaml.CSafeLoader, node: yaml.Node) -> _Variable:
    if isinstance(node, yaml.SequenceNode):
        return _Variable(loader.construct_sequence(node))
    return _Variable([node.value])


def _as_written(loader: yaml.CSafeLoader, _suffix: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node)
    return loader.construct_mapping(node) if isinstance(node, yaml.MappingNode) else None


_Lenient.add_constructor("!ENV", _variable)
_Lenient.add_multi_constructor("!", _as_written)
_Lenient.add_multi_constructor("tag:yaml.org,2002:python/", _as_written)


def read_site(root: Path, environment: Mapping[str, str] | None = None) -> Site:
    """The configuration of the site in a folder. ConfigurationError when it cannot be used.

    ``environment`` is what ``!ENV`` in ``mkdocs.yml`` refers to.
    """
    site, english = _read_site(root, root / "mkdocs.yml", environment or {})
    if english is None:
        return site
    second, _ = _read_site(root, root / english, environment or {})
    url = site.url and site.url + ENGLISH
    second = structs.replace(second, lang="en", zone=site.zone, url=url, is_below=True)
    both = digest_of(site.digest + second.digest)
    is_plain = site.is_plain and second.is_plain and second.pages.is_relative_to(root / "content")
    return structs.replace(site, english=second, digest=both, is_plain=is_plain)


ENGLISH = "en/"
"""Where the site in English lies."""


def _read_site(root: Path, config: Path, environment: Mapping[str, str]) -> tuple[Site, str | None]:
    """A site by one configuration, and the name of that in English if there is one."""
    if not config.is_file():
        raise ConfigurationError("error.no-config", path=str(config))
    raw = _resolved(_load(config), environment)
    options = _options(raw.get("plugins"), config)
    for folder in FOLDERS:
        if not (root / folder).is_dir():
            raise ConfigurationError("error.no-folder", path=str(root / folder))
    pages = root / str(raw.get("docs_dir") or "content/pages")
    for place in (*(root / name for name in LINKABLE), pages):
        if place.is_symlink():
            raise ConfigurationError("error.linked-folder", path=str(place))
    if any((root / folder).is_relative_to(pages) for folder in FOLDERS):
        raise ConfigurationError("error.pages", path=str(config))
    site = Site(
        root=root,
        config=config,
        name=str(raw.get("site_name") or root.name),
        zone=_zone(str(options.get("timezone") or "Asia/Shanghai")),
        lang=_lang(str(options.get("lang") or "zh")),
        url=_url(raw.get("site_url")),
        pages=pages,
        out=root / str(raw.get("site_dir") or "site"),
        previous=_previous(options.get("previous", 3)),
        digest=digest_of(repr(raw).encode()),
        is_plain=_is_plain(raw),
        fonts=_fonts(options.get("fonts") or {}),
        largest_paper=_largest(options.get("paper") or {}),
        web_font=_web_font(options.get("web_font", True)),
        forge=_forge(options.get("forms")),
    )
    return site, str(options["english"]) if options.get("english") else None


def _is_plain(raw: Mapping[str, Any]) -> bool:
    """Does the configuration name only plugins and extensions that read the pages alone?"""
    plugins = raw.get("plugins")
    names = list(plugins) if isinstance(plugins, dict) else [name for name, _ in _pairs(plugins)]
    is_known = all(str(name).removeprefix("material/") in _PLAIN_PLUGINS for name in names)
    theme = raw.get("theme")
    has_own = isinstance(theme, dict) and "custom_dir" in theme
    reads_files = "snippets" in str(raw.get("markdown_extensions"))
    return is_known and not has_own and not reads_files and "hooks" not in raw


def _resolved(raw: Any, environment: Mapping[str, str]) -> Any:
    """The configuration with its variables replaced, as MkDocs does it."""
    if isinstance(raw, _Variable):
        found = [environment[str(name)] for name in raw if str(name) in environment]
        return found[0] if found else raw[-1] if len(raw) > 1 else None
    if isinstance(raw, dict):
        return {key: _resolved(value, environment) for key, value in raw.items()}
    return [_resolved(value, environment) for value in raw] if isinstance(raw, list) else raw


def _load(config: Path, depth: int = 0) -> dict[str, Any]:
    """The file, over the one it says it inherits from."""
    raw = _load_one(config)
    parent = raw.pop("INHERIT", None)
    if parent is None or depth > 8:
        return raw
    return _over(_load(config.parent / str(parent), depth + 1), raw)


def _over(base: dict[str, Any], top: dict[str, Any]) -> dict[str, Any]:
    both = {**base, **top}
    for key in base.keys() & top.keys():
        if isinstance(base[key], dict) and isinstance(top[key], dict):
            both[key] = _over(base[key], top[key])
    return both


def _load_one(config: Path) -> dict[str, Any]:
    try:
        raw = yaml.load(config.read_text("utf-8-sig"), _Lenient)  # noqa: S506 - a safe loader
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            "error.config", path=str(config), line=1, why=str(error)
        ) from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        why = error.problem or ""
        raise ConfigurationError("error.config", path=str(config), line=line, why=why) from error
    except yaml.YAMLError as error:
        raise ConfigurationError(
            "error.config", path=str(config), line=1, why=str(error)
        ) from error
    if not isinstance(raw, dict):
        raise ConfigurationError("error.config", path=str(config), line=1, why="not a mapping")
    return raw


def _options(plugins: Any, config: Path) -> dict[str, Any]:
    """The options of our plugin; a site that does not name it would be built without its boards."""
    entries = plugins.items() if isinstance(plugins, dict) else _pairs(plugins)
    for name, options in entries:
        if name == PLUGIN:
            return options if isinstance(options, dict) else {}
    raise ConfigurationError("error.no-plugin", path=str(config))


def _pairs(plugins: Any) -> list[tuple[Any, Any]]:
    pairs: list[tuple[Any, Any]] = []
    for entry in plugins if isinstance(plugins, list) else []:
        pairs += entry.items() if isinstance(entry, dict) else [(entry, {})]
    return pairs


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ConfigurationError("error.zone", name=name) from error


def _lang(name: str) -> str:
    if name not in ("zh", "en"):
        raise ConfigurationError("error.lang", name=name)
    return name


def _previous(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_PREVIOUS:
        raise ConfigurationError("error.previous", found=str(value), most=MOST_PREVIOUS)
    return value


def _fonts(value: Any) -> Mapping[str, str]:
    is_plain = isinstance(value, dict) and all(isinstance(one, str) for one in value.values())
    if not is_plain or not set(value) <= set(TYPED):
        raise ConfigurationError("error.fonts", found=str(value), known=list(TYPED))
    return dict(value)


def _largest(value: Any) -> Paper | None:
    """``paper: {max: A4}``: what the printers have; larger sheets are set on it."""
    known = {paper.value: paper for paper in Paper if "-" not in paper.value}
    if value == {}:
        return None
    found = value.get("max") if isinstance(value, dict) and set(value) == {"max"} else None
    if found not in known:
        raise ConfigurationError("error.paper", found=str(value), known=list(known))
    return known[found]


def _web_font(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ConfigurationError("error.web-font", found=str(value))
    return value


FORGES = ("gitlab", "gitea")
_REPO = re.compile(r"[\w.-]+(/[\w.-]+)+", re.ASCII)
_HOST = re.compile(r"https?://[\w.-]+(:\d+)?(/[\w./-]*)?", re.ASCII)


def _forge(value: Any) -> Forge | None:
    """``forms: {gitlab: https://git.example, repo: office/board, branch: main, review: true}``;
    ``review`` is for GitLab, whose merge requests can be drafts."""
    if not value:
        return None
    kinds = [forge for forge in FORGES if isinstance(value, dict) and forge in value]
    is_known = len(kinds) == 1 and set(value) <= {*FORGES, "repo", "branch", "review"}
    review = value.get("review", False) if is_known else False
    is_known &= review is False or (review is True and kinds == ["gitlab"])
    url, repo = (
        (str(value.get(text) or "") for text in (kinds[0], "repo")) if is_known else ("", "")
    )
    branch = str(value.get("branch") or "") if is_known else ""
    if not _HOST.fullmatch(url) or not _REPO.fullmatch(repo) or '"' in branch:
        raise ConfigurationError(
            "error.forms", found=sorted(value) if isinstance(value, dict) else type(value).__name__
        )
    return Forge(kinds[0], url.rstrip("/"), repo, branch, review)


LONGEST_URL = 200
_URL = re.compile(r"https?://([\w.-]+|\[[0-9a-fA-F:.]+\])(:[0-9]{1,5})?(/[^\s?#\"<>\\^`{|}]*)?")


def _url(value: Any) -> str | None:
    """``site_url`` with a slash behind it; it is part of each QR code, which has not much room."""
    if not value:
        return None
    if not _URL.fullmatch(str(value)) or len(str(value)) > LONGEST_URL or not _is_place(str(value)):
        raise ConfigurationError("error.url", found=str(value)[:60], most=LONGEST_URL)
    return str(value).rstrip("/") + "/"


def _is_place(url: str) -> bool:
    try:
        return urlsplit(url).port != 0
    except ValueError:
        return False
