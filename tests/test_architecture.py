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

from gongkai.domain.finding import RULES

PACKAGE = Path(__file__).parent.parent / "gongkai"

ROOMS = (
    "domain messages rulebook files source status rules supervision render publish build "
    "editing inbox preview archive reminders federation operations mkdocs_plugin cli"
).split()
"""From the values on the ground to the rim at the top: a module imports from its own room and from
those before it."""
WINGS = ("render.web", "render.screen", "render.poster")
"""Rooms within one. What all three are made with stands beside them; a page knows nothing of
screens and paper, and these two nothing of each other."""
LOOSE = {"__init__.py", "__main__.py"}
RIM = {"cli", "mkdocs_plugin"}


def modules() -> list[tuple[str, Path]]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        found.append((".".join(part for part in parts if part != "__init__"), path))
    return found


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def room_of(name: str) -> int:
    """The place of a module's room; the package itself, with its version, lies below them all."""
    parts = name.split(".")
    return len(ROOMS) if parts[-1] == "__main__" else ROOMS.index(parts[1]) if parts[1:] else -1


def wing_of(name: str) -> str:
    return next((wing for wing in WINGS if f"{name}.".startswith(f"gongkai.{wing}.")), "")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "gongkai":
            yield from (f"gongkai.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_nothing_lies_loose() -> None:
    files = (path for path in PACKAGE.rglob("*.*") if path.suffix in (".py", ".yml"))
    assert {path.relative_to(PACKAGE).parts[0] for path in files} - LOOSE == set(ROOMS)
    assert {path.name for path in PACKAGE.glob("*.*")} == LOOSE


@pytest.mark.parametrize(("name", "path"), modules())
def test_imports_point_one_way(name: str, path: Path) -> None:
    ours = {
        text.removesuffix(".__version__") for text in imports(path) if text.startswith("gongkai")
    }
    above = {our for our in ours if room_of(our) > room_of(name)}
    assert not above, f"{name} imports from above: {above}"


@pytest.mark.parametrize(
    ("name", "path"), [module for module in modules() if ".render." in module[0]]
)
def test_wings_know_only_what_they_may(name: str, path: Path) -> None:
    known = {wing_of(text) for text in imports(path)} - {"", wing_of(name)}
    assert known <= (set(WINGS[:1]) if wing_of(name) in WINGS[1:] else set()), name


@pytest.mark.parametrize(("name", "path"), modules())
def test_only_the_rim_knows_mkdocs(name: str, path: Path) -> None:
    knows = any(text.split(".")[0] in ("mkdocs", "material") for text in imports(path))
    assert not knows or name == "gongkai.mkdocs_plugin.plugin"


@pytest.mark.parametrize(("name", "path"), modules())
def test_nothing_below_the_rim_speaks_or_asks_the_time(name: str, path: Path) -> None:
    if {*name.split(".")[1:2]} & RIM or "__main__" in name:
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
        if name != "gongkai.domain.finding"
    )


class _Strict(yaml.SafeLoader):
    """Refuses a key that is written twice, of which YAML keeps only the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        names = [key.value for key, _ in node.value]
        assert len(names) == len(set(names)), (node.start_mark.name, sorted(names))
        return {str(key): value for key, value in super().construct_mapping(node, deep).items()}


DATA = sorted(path for path in PACKAGE.rglob("*.yml") if "starter" not in path.parts)


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.name)
def test_no_sentence_stands_twice_under_one_key(path: Path) -> None:
    with path.open(encoding="utf-8") as file:
        assert yaml.load(file, _Strict)  # noqa: S506 - a safe loader
