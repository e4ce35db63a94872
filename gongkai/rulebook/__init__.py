"""What each rule says and why, in Chinese and English, with an example that is itself a test."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from gongkai.domain.errors import UsageError
from gongkai.domain.finding import RULES, Severity
from gongkai.domain.model import Value
from gongkai.messages import say

ITEM = "content/items/example.md"
"""Where an example that is one item stands."""


class Commit(Value, frozen=True):
    """What a repository was given at an instant; ``files`` are texts by path."""

    at: str
    files: Mapping[str, str]

    def shown(self) -> list[tuple[str, str]]:
        """Paths and texts; of many files that differ in a number only, the first two."""
        return list(self.files.items())[:2]


class Page(Value, frozen=True, kw_only=True):
    """The page of a rule. ``before`` and ``after`` are commits; without an instant, a working tree.

    ``basis`` is the article or standard that it rests on, or says that it is custom.
    """

    rule: str
    lang: str
    title: str
    what: str
    why: str
    basis: str
    mend: str
    at: str
    before: tuple[Commit, ...]
    after: tuple[Commit, ...]

    @property
    def severity(self) -> Severity:
        """What it is unless a site re-grades it."""
        return RULES[self.rule]

    def as_text(self) -> str:
        """For a terminal."""
        head = f"{self.rule} ({self.severity.value}) {self.title}"
        parts = [f"{name}\n  {text}" for name, text in self._parts()]
        parts += [f"{name}\n{_indented(_plain(commits))}" for name, commits in self._examples()]
        return "\n\n".join([head, *parts]) + "\n"

    def as_markdown(self) -> str:
        """For a page of a site, and for CI that shows help."""
        parts = [f"## {name}\n\n{text}" for name, text in self._parts()]
        parts += [f"## {name}\n\n{_fenced(commits)}" for name, commits in self._examples()]
        severity = say(self.lang, f"rulebook.{self.severity.value}")
        head = f"# {self.title}\n\n`{self.rule}`　{severity}"
        return "\n\n".join([head, *parts]) + "\n"

    def _parts(self) -> list[tuple[str, str]]:
        names = ("what", "why", "basis", "mend")
        return [(say(self.lang, f"ui.rule-{name}"), getattr(self, name)) for name in names]

    def _examples(self) -> list[tuple[str, tuple[Commit, ...]]]:
        both = (("before", self.before), ("after", self.after))
        return [(say(self.lang, f"ui.rule-{name}"), pair) for name, pair in both if pair]


@cache
def rules() -> tuple[str, ...]:
    """The rules that have a page, in the order of their list."""
    return tuple(rule for rule in RULES if rule in _load("zh"))


@cache
def page(rule: str, lang: str) -> Page:
    """The page of a rule. UsageError if there is none."""
    texts = _load(lang).get(rule)
    if texts is None:
        raise UsageError("error.rule", found=rule, known=list(rules()))
    example = _load("examples").get(rule, {})
    return Page(
        rule=rule,
        lang=lang,
        **texts,
        at=str(example.get("at", "2026-11-22")),
        before=_commits(example.get("before")),
        after=_commits(example.get("after")),
    )


def texts() -> Iterator[str]:
    """Everything that the pages say: of nobody in particular."""
    open_ones: list[Any] = [_load(name) for name in ("zh", "en", "examples")]
    while open_ones:
        one = open_ones.pop()
        if isinstance(one, (Mapping, list)):
            open_ones += one.values() if isinstance(one, Mapping) else one
        else:
            yield str(one)


@cache
def _load(name: str) -> Mapping[str, Any]:
    text = (files("gongkai") / "rulebook" / f"{name}.yml").read_text("utf-8")
    loaded: Mapping[str, Any] = yaml.load(text, yaml.CSafeLoader)
    return loaded


def _commits(side: Any) -> tuple[Commit, ...]:
    """One item, files by path, or a list of commits."""
    if side is None:
        return ()
    if isinstance(side, list):
        return tuple(Commit(one["at"], one["files"]) for one in side)
    return (Commit("", {ITEM: side} if isinstance(side, str) else side),)


def _plain(commits: tuple[Commit, ...]) -> str:
    return "\n".join(
        f"{_heading(commit, path)}\n{text}" for commit in commits for path, text in commit.shown()
    )


def _fenced(commits: tuple[Commit, ...]) -> str:
    return "\n\n".join(
        f"{_heading(commit, f'`{path}`')}\n\n~~~~ yaml\n{text}~~~~"
        for commit in commits
        for path, text in commit.shown()
    )


def _heading(commit: Commit, path: str) -> str:
    return f"{commit.at} {path}".strip()


def _indented(text: str) -> str:
    return "".join(f"  {line}".rstrip() + "\n" for line in text.splitlines()).rstrip()
