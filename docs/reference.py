"""The manual's reference, made from what the program itself goes by: a hook of its MkDocs site."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from gongkai.cli.arguments import VERBS, parser
from gongkai.domain.model import Library
from gongkai.editing.schemas import shapes
from gongkai.messages import say
from gongkai.mkdocs_plugin.plugin import GongkaiConfig
from gongkai.render.web.reference import slug, when
from gongkai.render.words import Words
from gongkai.rulebook import page, rules
from gongkai.source.described import KeyHelp, told
from gongkai.source.library import read_library
from gongkai.source.shapes import Choice, Either, ListOf, Record
from gongkai.source.site import read_site
from gongkai.source.tables import FreeMapping

ROOT = Path(__file__).resolve().parent.parent
HEADS = {
    "zh": ("键", "英文键", "说明", "可以写", "例子"),
    "en": ("Key", "中文键", "What it is", "Values", "Example"),
}
NEEDED = {"zh": "必填", "en": "required"}
TITLES = {
    "commands": ("命令", "Commands"),
    "item": ("一项内容的键", "The keys of an item"),
    "board": ("公开栏文件的键", "The keys of a board"),
    "catalogue": ("content/catalogue.yml 的键", "The keys of content/catalogue.yml"),
    "org": ("content/org.yml 的键", "The keys of content/org.yml"),
    "opinions": ("意见台账的键", "The keys of the ledger of opinions"),
    "surveys": ("满意度测评的键", "The keys of a survey"),
    "inspections": ("检查记录的键", "The keys of an inspection"),
    "checklist": ("检查表和检查安排的键", "The keys of content/checklist.yml"),
    "appraisal": ("考评表和评分的键", "The keys of content/appraisal.yml"),
    "meetings": ("会议记录的键", "The keys of a meeting"),
    "options": ("mkdocs.yml 里的选项", "Options in mkdocs.yml"),
    "kinds": ("三十三类", "The thirty-three kinds"),
    "rules": ("检查的规则", "The rules that are checked"),
}
INTRO = {
    "commands": (
        "`python build.py 命令 [选项]`；不写命令就是 `build`。"
        "返回 0 正常，1 有问题，2 用法不对。每条命令都可以加：",
        "`python build.py VERB [OPTIONS]`; without a verb, `build`. "
        "Status: 0 fine, 1 findings, 2 wrong usage or configuration. Every verb takes:",
    ),
    "item": (
        "键名和列出的值，中英文是一个意思，可以混写。写错的会指出最接近的。",
        "Keys and listed values in Chinese and English mean the same and may be mixed.",
    ),
    "options": ("在 `plugins: [gongkai: {…}]` 下面。", "Under `plugins: [gongkai: {…}]`."),
    "kinds": (
        "程序自带的默认要求；本单位的改动写在 `content/catalogue.yml`。",
        "What is built in; a site has its own say in `content/catalogue.yml`.",
    ),
}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the pages that are made, and the pictures and colours that both languages share."""
    lang = Path(config.docs_dir).name
    library, _ = read_library(read_site(ROOT))
    for name in TITLES:
        text = "\n".join(_page(name, lang, library)) + "\n"
        files.append(File.generated(config, f"reference/{name}.md", content=text))
    for path in (ROOT / "docs/manual.css", *sorted((ROOT / "docs/images").glob("*.png"))):
        name = path.relative_to(ROOT / "docs").as_posix()
        files.append(File.generated(config, name, abs_src_path=str(path)))
    return files


def _page(name: str, lang: str, library: Library) -> Iterator[str]:
    which = 0 if lang == "zh" else 1
    yield f"# {TITLES[name][which]}\n"
    yield from (f"{text[which]}\n" for key, text in INTRO.items() if key == name)
    special: dict[str, Callable[[str, Library], Iterator[str]]] = {
        "commands": _commands, "options": _options, "kinds": _kinds, "rules": _rules,
    }  # fmt: skip
    if name in special:
        yield from special[name](lang, library)
    else:
        yield from _head(lang)
        yield from _keys(shapes(library)[name], name, "", "", lang)


def _head(lang: str) -> Iterator[str]:
    yield "| " + " | ".join(HEADS[lang]) + " |"
    yield "|---" * len(HEADS[lang]) + "|"


def _keys(shape: Any, trail: str, above: str, other: str, lang: str) -> Iterator[str]:
    """A row for each key of a shape, and for those below it."""
    match shape:
        case ListOf() | FreeMapping():
            yield from _keys(shape.shape, trail, above, other, lang)
        case Either():
            parts = (one for one in (shape.mapping, shape.many, shape.scalar) if one)
            found = (list(_keys(one, trail, above, other, lang)) for one in parts)
            yield from next(filter(None, found), [])
        case Record():
            for key in shape.keys:
                about, names = told(f"{trail}.{key.name}"), (key.chinese, key.name)
                own, beside = names if lang == "zh" else names[::-1]
                words = _words(key.shape, lang) + (f" *{NEEDED[lang]}*" if key.need else "")
                yield _row(
                    f"`{above}{own}`", f"`{other}{beside}`", _said(about, lang), words, about
                )
                below = (f"{above}{own}.", f"{other}{beside}.")
                yield from _keys(key.shape, f"{trail}.{key.name}", *below, lang)


def _said(about: KeyHelp, lang: str) -> str:
    return about.zh if lang == "zh" else about.en


def _row(own: str, other: str, said: str, words: str, about: KeyHelp) -> str:
    example = f"`{about.example}`" if about.example else ""
    return f"| {own} | {other} | {said} | {words} | {example} |"


def _words(shape: Any, lang: str) -> str:
    if not isinstance(shape, Choice):
        return ""
    chosen = [one for one in shape.words if one.isascii() is (lang != "zh")] or list(shape.words)
    return " ".join(f"`{one}`" for one in chosen[:12])


def _options(lang: str, _: Library) -> Iterator[str]:
    yield from _head(lang)
    for name, option in GongkaiConfig._schema:
        about = told(f"options.{name}")
        yield _row(f"`{name}`", "", _said(about, lang), f"`{option.default}`", about)


def _either(text: str | None, lang: str) -> str:
    """One half of a help text: ``中文 / English``."""
    zh, _, en = (text or "").partition(" / ")
    return zh if lang == "zh" or not en else en


def _commands(lang: str, _: Library) -> Iterator[str]:
    made = parser(dict.fromkeys(VERBS, lambda *_: 0))
    choices = next(one for one in made._actions if isinstance(one, argparse._SubParsersAction))
    every = ("root", "at", "lang", "jobs")
    first = next(iter(choices.choices.values()))
    yield from _calls([one for one in first._actions if one.dest in every], lang)
    for name, verb in choices.choices.items():
        yield f"## {name}\n\n{_either(VERBS[name][0], lang)}\n"
        ones = [one for one in verb._actions if one.dest not in (*every, "help")]
        yield from _calls(ones, lang)


def _calls(actions: list[argparse.Action], lang: str) -> Iterator[str]:
    if actions:
        yield "| | |\n|---|---|"
        yield from (f"| {_written(one)} | {_either(one.help, lang)} |" for one in actions)
        yield ""


def _written(one: argparse.Action) -> str:
    name = ", ".join(one.option_strings) or str(one.metavar or one.dest)
    if one.choices:
        return f"`{name}` " + " ".join(f"`{each}`" for each in one.choices)
    takes = one.option_strings and one.nargs != 0
    return f"`{name} {one.metavar or one.dest.upper()}`" if takes else f"`{name}`"


def _kinds(lang: str, library: Library) -> Iterator[str]:
    words, catalogue = Words(lang), library.catalogue
    heads = ("what", "often", "who")
    for group, zh in catalogue.groups.items():
        yield f"\n## {zh if lang == 'zh' else catalogue.groups_en[group]}\n"
        yield "| id | " + " | ".join(words.t(f"catalogue-{one}") for one in heads) + " | |"
        yield "|---|---|---|---|---|"
        for row in catalogue.categories.values():
            if row.group == group:
                basis = "; ".join(one.text for one in row.sources)
                cells = (f"`{row.id}`", words.category(row), when(row, words), row.dept, basis)
                yield "| " + " | ".join(cells) + " |"


def _rules(lang: str, _: Library) -> Iterator[str]:
    for name in rules():
        one = page(name, lang)
        yield f"## {one.title} {{#{slug(name)}}}\n"
        yield f"`{name}` {say(lang, f'rulebook.{one.severity.value}')}\n"
        yield f"{one.what} {one.why}\n"
        yield f"**{say(lang, 'ui.rule-mend')}** {one.mend}\n"
        yield f"**{say(lang, 'ui.rule-basis')}** {one.basis}\n"
