"""Which tests are quick: those that draw no cases by chance, and from which no way leads to a
process, a whole build, paper, a browser, an office file or the whole example."""

from __future__ import annotations

import inspect
import subprocess
import threading
import types
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
from hypothesis import is_hypothesis_test
from PIL import Image
from playwright.sync_api import sync_playwright

from gongkai.build import pipeline
from gongkai.cli import main as cli
from gongkai.mkdocs_plugin.plugin import render_shell
from gongkai.render.poster.posters import Posters
from tests import command

_RUNS = (command.gongkai, cli.main, pipeline.build, render_shell, sync_playwright, Posters)
_EXAMPLE = Path(__file__).parent.parent
_OFFICE = (openpyxl, pikepdf, zipfile, Image)
_SLOW = (*_RUNS, *_OFFICE, _EXAMPLE, subprocess, threading, cli)


def is_quick(functions: Iterable[Any]) -> bool:
    """Is a test, given by its function and those of its fixtures, a pure one?"""
    functions = list(functions)
    seen: set[int] = set()
    named = (one for function in functions for one in _named(function, seen))
    drawn = any(is_hypothesis_test(function) for function in functions)
    return not drawn and not any(one in _SLOW for one in named)


def _named(function: Any, seen: set[int]) -> Iterator[Any]:
    """What a function names, and what functions and classes of the tests name in turn."""
    function = inspect.unwrap(function) if callable(function) else function
    for code in _codes(function):
        for name in code.co_names:
            value = getattr(function, "__globals__", {}).get(name)
            if value is None or id(value) in seen:
                continue
            yield value
            seen.add(id(value))
            if str(getattr(value, "__module__", "")).startswith("tests."):
                for one in vars(value).values() if isinstance(value, type) else [value]:
                    yield from _named(one, seen)


def _codes(function: Any) -> Iterator[types.CodeType]:
    """The code of a function and of those that stand in it."""
    todo = [getattr(function, "__code__", None)]
    while todo:
        code = todo.pop()
        if code:
            yield code
            todo += [const for const in code.co_consts if isinstance(const, types.CodeType)]
