"""The shape of the code: imports point one way, only the rim speaks, every rule has its words."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
import yaml

from gongkai.finding import RULES

PACKAGE = Path(__file__).parent.parent / "gongkai"

ROWS = [
    ["gongkai"],
    ["gongkai.listed"],
    ["gongkai.errors", "gongkai.calendar", "gongkai.text", "gongkai.finding", "gongkai.progress"],
    ["gongkai.fingerprint", "gongkai.glyphs", "gongkai.lock", "gongkai.sealed", "gongkai.work"],
    ["gongkai.afar", "gongkai.shelf"],
    ["gongkai.terms"],
    ["gongkai.model", "gongkai.names"],
    ["gongkai.messages", "gongkai.past", "gongkai.theme"],
    ["gongkai.drafts", "gongkai.raised", "gongkai.recall", "gongkai.sheets"],
    ["gongkai.hung"],
    ["gongkai.source", "gongkai.translated"],
    ["gongkai.duties"],
    ["gongkai.standing"],
    ["gongkai.rules"],
    ["gongkai.ahead", "gongkai.deadlines", "gongkai.figures"],
    ["gongkai.changes", "gongkai.checking", "gongkai.edition"],
    ["gongkai.matters", "gongkai.why"],
    ["gongkai.listing", "gongkai.rulebook"],
    ["gongkai.reports"],
    ["gongkai.render"],
    ["gongkai.editing"],
    ["gongkai.telling"],
    ["gongkai.fence", "gongkai.proof"],
    ["gongkai.guard"],
    ["gongkai.disk", "gongkai.swap", "gongkai.history"],
    ["gongkai.manifest"],
    ["gongkai.inventory", "gongkai.verify"],
    ["gongkai.filing"],
    ["gongkai.federation"],
    ["gongkai.earlier"],
    ["gongkai.stage", "gongkai.sweep"],
    ["gongkai.publish", "gongkai.renew", "gongkai.shells"],
    ["gongkai.making", "gongkai.showing"],
    ["gongkai.pipeline"],
    ["gongkai.in_place", "gongkai.preview"],
    ["gongkai.mkdocs_plugin", "gongkai.server", "gongkai.watching"],
    ["gongkai.desk", "gongkai.reach", "gongkai.usage"],
    ["gongkai.cli"],
    ["gongkai.__main__"],
]
"""From the values at the top to the rim at the bottom; a module imports only from rows above."""

RIM = {
    "gongkai.cli",
    "gongkai.desk",
    "gongkai.reach",
    "gongkai.usage",
    "gongkai.__main__",
    "gongkai.mkdocs_plugin",
    "gongkai.watching",
}


def modules() -> list[tuple[str, Path]]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        found.append((".".join(part for part in parts if part != "__init__"), path))
    return found


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def row_of(name: str) -> int:
    best = [
        (len(prefix), number)
        for number, row in enumerate(ROWS)
        for prefix in row
        if name == prefix or (name.startswith(prefix + ".") and prefix != "gongkai")
    ]
    return max(best)[1]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "gongkai":
            yield from (f"gongkai.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize(("name", "path"), modules())
def test_imports_point_one_way(name: str, path: Path) -> None:
    ours = {one.removesuffix(".__version__") for one in imports(path) if one.startswith("gongkai")}
    below = {one for one in ours if row_of(one) > row_of(name)}
    assert not below, f"{name} imports from below: {below}"
    beside = {one for one in ours if row_of(one) == row_of(name)}
    room = ROWS[row_of(name)][0]
    assert name.startswith(room) or not beside, f"{name} imports from beside it: {beside}"


@pytest.mark.parametrize(("name", "path"), modules())
def test_only_the_rim_knows_mkdocs(name: str, path: Path) -> None:
    knows = any(one.split(".")[0] in ("mkdocs", "material") for one in imports(path))
    assert not knows or name == "gongkai.mkdocs_plugin"


@pytest.mark.parametrize(("name", "path"), modules())
def test_nothing_below_the_rim_speaks_or_asks_the_time(name: str, path: Path) -> None:
    if name in RIM:
        return
    calls = {
        getattr(node.func, "id", None) or getattr(node.func, "attr", None)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
    }
    assert not calls & {"print", "now", "today", "utcnow", "monotonic", "perf_counter", "getenv"}
    assert "os.environ" not in path.read_text("utf-8")


def test_no_modules_import_each_other_in_a_circle() -> None:
    """So each can be imported first, and alone."""
    ours = dict(modules())
    graph = {name: {*at_once(path)} & ours.keys() - {name} for name, path in ours.items()}
    TopologicalSorter(graph).prepare()  # CycleError names them


def at_once(path: Path) -> Iterator[str]:
    """What a module imports as soon as it is imported: modules, and packages around them."""
    for node in parsed(path).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


ALL = "import importlib, sys\nfor name in sys.argv[1:]:\n    importlib.import_module(name)\n"


def test_each_module_can_be_imported() -> None:
    names = [name for name, _ in modules() if "__main__" not in name]
    command = [sys.executable, "-c", ALL, *reversed(names)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_class_of_states_has_a_sentence_a_member() -> None:
    for _, path in modules():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ClassDef) and any(
                getattr(base, "id", "") in ("Enum", "Listed") for base in node.bases
            ):
                if node.name == "Listed":
                    continue  # it has no members of its own
                body = [one for one in node.body if not isinstance(one, ast.FunctionDef)][1:]
                for member, sentence in zip(body[::2], body[1::2], strict=True):
                    assert isinstance(member, ast.Assign), (path, node.name)
                    assert isinstance(sentence, ast.Expr), (path, node.name)


def messages(lang: str) -> dict[str, object]:
    loaded = yaml.safe_load((PACKAGE / "messages" / f"{lang}.yml").read_text("utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def leaves(tree: object, trail: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from leaves(value, f"{trail}.{key}")
    else:
        yield trail, str(tree)


def test_every_sentence_is_there_in_both_languages() -> None:
    chinese, english = dict(leaves(messages("zh"))), dict(leaves(messages("en")))
    assert chinese.keys() == english.keys()


def test_both_languages_say_the_same_values() -> None:
    import string

    def names(text: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    chinese, english = dict(leaves(messages("zh"))), dict(leaves(messages("en")))
    for key, text in chinese.items():
        if not key.startswith(".rules") or not key.endswith("hint"):
            assert names(text) == names(english[key]), key


def test_every_rule_that_code_can_find_has_its_words() -> None:
    words = messages("zh")["rules"]
    assert isinstance(words, dict)
    used = set()
    for _, path in modules():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Constant) and node.value in RULES:
                used.add(str(node.value))
    used_outside_registry = used & set(words)
    assert used_outside_registry == set(words)
    found_in_code = {rule for rule in RULES if _is_found_somewhere(rule)}
    assert found_in_code <= set(words)


def _is_found_somewhere(rule: str) -> bool:
    return any(
        f'"{rule}"' in path.read_text("utf-8")
        for name, path in modules()
        if name != "gongkai.finding"
    )


class _Strict(yaml.SafeLoader):
    """Refuses a key that is written twice, of which YAML keeps only the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        names = [key.value for key, _ in node.value]
        assert len(names) == len(set(names)), (node.start_mark.name, sorted(names))
        return {str(key): value for key, value in super().construct_mapping(node, deep).items()}


DATA = sorted(one for one in PACKAGE.rglob("*.yml") if "starter" not in one.parts)


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.name)
def test_no_sentence_stands_twice_under_one_key(path: Path) -> None:
    with path.open(encoding="utf-8") as file:
        assert yaml.load(file, _Strict)  # noqa: S506 - a safe loader
