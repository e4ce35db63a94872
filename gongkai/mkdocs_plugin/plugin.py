"""The plugin, and how a site's frame is had from MkDocs: the only module that imports it.

``render_shell`` has MkDocs and Material render ordinary pages and one frame of each kind, for our
own build. Under plain ``mkdocs build`` and ``mkdocs serve`` the plugin does the whole work itself,
so like the command line it asks the clock.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # news for theme authors, not for clerks

import material
import mkdocs
from jinja2 import Environment, FileSystemLoader
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.config_options import Choice, Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.theme import Theme

from gongkai.build.in_place import fill_in_place
from gongkai.build.kinds import FRAMES, STAMPED_TITLES, TAKEN
from gongkai.domain.errors import ConfigurationError as OurConfigurationError
from gongkai.domain.errors import GongkaiError, PageError
from gongkai.domain.finding import Severity
from gongkai.domain.model import Site
from gongkai.files import theme
from gongkai.files.reading import refuse_linked_folders
from gongkai.files.workers import ALONE
from gongkai.messages import hint, message, say
from gongkai.publish.releases import Beside
from gongkai.render.compiled import Compiled
from gongkai.render.frame import BODY, SUMMARY, TITLE, Frame, Shell
from gongkai.render.pictures import ENDINGS, cleaned
from gongkai.render.policy import with_policy
from gongkai.render.words import Words
from gongkai.rules.checking import check, read
from gongkai.source.library import Reader
from gongkai.source.page_heads import TEXTS
from gongkai.source.site import read_site

log = logging.getLogger("mkdocs.plugins.gongkai")
ASSETS = "assets/gongkai"


class GongkaiConfig(Config):  # type: ignore[no-untyped-call] # MkDocs types it partly
    """The plugin's options in ``mkdocs.yml``."""

    timezone = Type(str, default="Asia/Shanghai")
    """The one time zone of the site, whatever zone the machine is in."""
    lang = Choice(("zh", "en"), default="zh")
    """The language of pages and messages."""
    previous = Type(int, default=3)
    """How many earlier sites are kept beside the site to go back to."""
    paper = Type(dict, default={})
    """``max``: the largest paper that the printers have, such as ``{max: A4}``."""
    fonts = Type(dict, default={})
    """Families for the ``title`` and the ``body`` of posters, out of the files in theme/fonts."""
    web_font = Type(bool, default=True)
    """Do screens bring their letters along, for boxes without Chinese fonts?"""
    english = Type(str, default="")
    """The configuration of the same site in English, which then lies below ``en/``."""
    forms = Type(dict, default={})
    """Where the editing page writes to: ``gitlab`` or ``gitea`` (address), ``repo``, ``branch``."""


class GongkaiPlugin(BasePlugin[GongkaiConfig]):  # type: ignore[no-untyped-call] # as above
    """Adds the frames, and under plain MkDocs fills them."""

    frames_only = False
    """Set by ``render_shell``: leave the frames as they are for our own build to fill."""

    @event_priority(100)  # before the search plugin, which has a template filled in
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Material, directory addresses, our styles; templates of the site's theme come first."""
        if config.theme.name != "material":
            raise PluginError(say(self.config.lang, "error.not-material"))
        if not config.use_directory_urls:
            raise PluginError(say(self.config.lang, "error.directory-urls"))
        with _as_plugin_error(self.config.lang):
            refuse_linked_folders(Path(config.docs_dir))
        config.theme["font"] = False  # Material would ask another host for them
        root = _root(config)
        config.theme.dirs[:0] = [
            str(folder / "mkdocs") for folder in theme.folders(root) if (folder / "mkdocs").is_dir()
        ]
        config.extra_css[:0] = [f"{ASSETS}/{name}" for name in _assets(root, ".css")]
        config.extra_javascript[:0] = [f"{ASSETS}/{name}" for name in _assets(root, ".js")]
        config.watch += [str(root / name) for name in ("content", "boards")]
        _have_templates_found_quickly(config.theme)
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Check before MkDocs empties the site: on an error nothing is touched."""
        if self.frames_only:
            return
        beside = Beside(Path(config.site_dir))
        self.history, self.past = beside.history, beside.past
        if forged := beside.forged:
            log.warning(say(self.config.lang, "cli.forged", paths=list(forged)))
        with _as_plugin_error(self.config.lang):
            site = read_site(_root(config))
            self.checked = check(read(Reader(site, ALONE)), datetime.now(site.zone))
        for finding in self.checked.findings:
            text = f"{finding.path}:{finding.line}: {message(finding, self.config.lang)}"
            level = logging.INFO if finding.severity is Severity.INFO else logging.WARNING
            log.log(level, "%s (%s)", text, hint(finding, self.config.lang))
        errors = self.checked.count(Severity.ERROR)
        if errors:
            raise PluginError(say(self.config.lang, "cli.blocked", error=errors))

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the frames and our assets, and take out what leads out of the pages' folder."""
        root = _root(config)
        if taken := sorted(file.src_uri for file in files if file.dest_uri.split("/")[0] in TAKEN):
            raise PluginError(say(self.config.lang, "error.taken", paths=taken))
        for file in list(files):
            if _is_foreign(file, config):
                files.remove(file)
                log.warning(say(self.config.lang, "error.link", path=file.src_uri))
            elif file.src_uri.lower().endswith(ENDINGS) and not file.generated_by:
                files.remove(file)
                files.append(_without_traces(file, config, self.config.lang))
        for kind, source in FRAMES.items():
            if kind == "home" and files.get_file_from_path(source):
                continue  # the site's own front page, with ours above it
            text = _front(kind, config, self.config.lang)
            made = File.generated(config, source, content=text)
            made.inclusion = InclusionLevel.NOT_IN_NAV
            files.append(made)
        for name, path in theme.files(root, "assets"):
            made = File.generated(config, f"{ASSETS}/{name}", abs_src_path=str(path))
            files.append(made)
        return files

    def on_page_markdown(self, markdown: str, *, page: Page, **_: Any) -> str:
        """A title of figures, or a day, is a text like any other."""
        for key in page.meta.keys() & TEXTS:
            if page.meta[key] is not None:
                page.meta[key] = str(page.meta[key])
        return markdown

    def on_page_content(self, html: str, *, page: Page, **_: Any) -> str:
        """Put the place-holder of the body into each frame."""
        if page.file.src_uri == FRAMES["home"]:
            own = page.file.generated_by != "gongkai"
            return BODY + (html if own else "")
        return BODY if page.file.src_uri in FRAMES.values() else html

    @event_priority(-100)  # after whatever else changes a page
    def on_post_page(self, output: str, *, page: Page, **_: Any) -> str:
        """Say in each page what it may do."""
        return with_policy(output, page.content or "")

    def on_env(self, env: Environment, **_: Any) -> Environment:
        """Give our templates among MkDocs' the words of the site's language."""
        env.globals["gongkai"] = Words(self.config.lang).t
        return env

    @event_priority(-100)
    def on_post_template(self, output_content: str, *, template_name: str, **_: Any) -> str:
        """The same for pages without a source, such as 404."""
        is_page = template_name.endswith(".html")
        return with_policy(output_content, "") if is_page else output_content

    @event_priority(-100)  # after the search plugin has written its index
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Under plain MkDocs: fill the frames into the site that MkDocs has just written."""
        if self.frames_only:
            return
        with _as_plugin_error(self.config.lang):
            shell = take_shell(Path(config.site_dir))
            fill_in_place(self.checked, shell, self.history, self.past)


class _ThemeLoader(FileSystemLoader):
    """Templates and files of a theme without what lies in hidden folders, as MkDocs publishes them:
    Material has thousands of pictures in one, and to list them took a third of MkDocs' time."""

    def list_templates(self) -> list[str]:
        """Their names."""
        found = set[str]()
        for top in map(Path, self.searchpath):
            for folder, below, names in os.walk(top):
                below[:] = [text for text in below if not text.startswith(".")]
                found.update(Path(folder, name).relative_to(top).as_posix() for name in names)
        return sorted(found)


def _have_templates_found_quickly(theme: Theme) -> None:
    """Have the templates of MkDocs and Material compiled once and not in each run, and leave out
    what no page is made of."""
    made = theme.get_env
    folders = [Path(mkdocs.__file__).parent, Path(material.__file__).parent]

    def get_env() -> Environment:
        env = made()
        env.loader, env.bytecode_cache = _ThemeLoader(theme.dirs), Compiled("material", folders)
        return env

    theme.get_env = get_env  # type: ignore[method-assign] # nowhere else is it to be had


@contextmanager
def _as_plugin_error(lang: str) -> Iterator[None]:
    """What stops us, as MkDocs tells it: in a sentence."""
    try:
        yield
    except GongkaiError as error:
        raise PluginError(say(lang, error.key, **error.values)) from error


def render_shell(site: Site, folder: Path) -> Shell:
    """Have MkDocs render the site's frame into a folder. ConfigurationError with MkDocs' words."""
    with _words_of_mkdocs() as said:
        try:
            config = load_config(
                str(site.config), site_dir=str(folder), docs_dir=str(site.pages), strict=False
            )
            plugin: Any = config.plugins["gongkai"]
            plugin.frames_only = True
            config.plugins.on_startup(command="build", dirty=False)
            mkdocs_build(config)
            config.plugins.on_shutdown()
        # Whatever Material's templates make of a value that they do not expect.
        except Exception as error:
            said += str(error).strip().splitlines() or [type(error).__name__]
            why = said[0].splitlines()[0]
            if page := _PAGE.search(why):
                path = str(site.pages / (page[1] or page[2]))
                raise PageError("error.mkdocs", path=path, why=why) from error
            path = str(site.config)
            raise OurConfigurationError("error.mkdocs", path=path, why=why) from error
    return take_shell(folder)


_PAGE = re.compile(
    r"^Error (?:building|reading) page '([^'\n]+)'"
    r"|^(?:Encoding error reading file|File not found): (.+)"
)


def try_shell(site: Site) -> None:
    """Have MkDocs render the site's frame for nothing but to know that it can; what it warns of is
    told when the site is built. ConfigurationError with MkDocs' words."""
    logger = logging.getLogger("mkdocs")
    is_heard, logger.propagate = logger.propagate, False
    try:
        with TemporaryDirectory(prefix="gongkai-") as spare:
            render_shell(site, Path(spare))
    finally:
        logger.propagate = is_heard


@contextmanager
def _words_of_mkdocs(level: int = logging.ERROR) -> Iterator[list[str]]:
    """What MkDocs logs from a level on: it says there, and not in its exceptions, what is wrong."""
    said: list[str] = []
    handler = logging.Handler(level)
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    try:
        yield said
    finally:
        logger.removeHandler(handler)


def take_shell(folder: Path) -> Shell:
    """The frames of a folder that MkDocs wrote, taken out of it, and what else it holds."""
    frames = {}
    for kind, source in FRAMES.items():
        page = folder / _address(source)
        frames[kind] = Frame.of(page.read_text("utf-8"))
        page.unlink()
        if kind in STAMPED_TITLES:
            page.parent.rmdir()
    hashes = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in _files(folder)
    }
    return Shell(folder=folder, files=hashes, frames=frames)


def _files(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not name.startswith("sitemap.xml"):
            yield name  # a map of addresses would name what hangs on paper only
        elif path.is_file():
            path.unlink()


def _address(source: str) -> str:
    """The file that MkDocs makes of a page's source."""
    stem = source.removesuffix(".md")
    return f"{stem}.html" if stem.endswith("index") else f"{stem}/index.html"


def _front(kind: str, config: MkDocsConfig, lang: str) -> str:
    """A frame's source: a title, nothing beside the text, nothing for the search index."""
    title = TITLE if kind in STAMPED_TITLES else say(lang, f"ui.{kind}")
    if kind == "home":
        title = str(config.site_name)
    lines = [
        "---",
        f"title: '{title.replace(chr(39), chr(39) * 2)}'",
        f"description: {SUMMARY}",
        "hide: [navigation, toc, path]",
        "search: {exclude: true}",
        "---",
        "",
    ]
    return "\n".join(lines)


def _is_foreign(file: File, config: MkDocsConfig) -> bool:
    """Does a page or file come from outside the pages' folder, or could it, by a link?"""
    top = Path(config.docs_dir)
    if file.generated_by or file.src_dir is None or Path(file.src_dir) != top:
        return False
    path = top / file.src_uri
    return path.resolve() != top.resolve() / file.src_uri or path.stat().st_nlink > 1


def _without_traces(file: File, config: MkDocsConfig, lang: str) -> File:
    """A picture of the pages' folder without what the camera wrote into it."""
    data = cleaned(Path(str(file.abs_src_path)).read_bytes())
    if data is None:
        raise PluginError(say(lang, "error.picture", path=file.src_uri))
    return File.generated(config, file.src_uri, content=data)


def _assets(root: Path, ending: str) -> list[str]:
    return [name for name, _ in theme.files(root, "assets") if name.endswith(ending)]


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).resolve().parent
