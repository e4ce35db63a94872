"""What editors check and complete by agrees with what reads the files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML

from gongkai.editing.schemas import GLOBS
from gongkai.source.items import split
from tests.command import run
from tests.sites import item, make_site

ROOT = Path(__file__).parents[2]
FILES = [
    (name, path) for name, globs in GLOBS.items() for glob in globs for path in ROOT.glob(glob)
]
ITEMS = sorted((ROOT / "content/items").rglob("*.md"))[::7]


def as_editors_read(text: str) -> Any:
    """YAML 1.2, in which a day is a text, as VS Code's server has it."""
    yaml = YAML(typ="safe", pure=True)
    yaml.version = (1, 2)
    return json.loads(json.dumps(yaml.load(text), default=str))


@pytest.fixture(scope="module")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("schema")
    done = run(ROOT, "schema", "--out", str(folder / "one"))
    assert done.returncode == 0, done.stderr
    found = {path.stem: json.loads(path.read_text("utf-8")) for path in folder.rglob("*.json")}
    for one in found.values():
        jsonschema.Draft7Validator.check_schema(one)
    return found


@pytest.mark.parametrize(("name", "path"), FILES, ids=lambda one: str(one)[-30:])
def test_no_file_of_the_example_is_marked(name: str, path: Path, schemas: dict[str, Any]) -> None:
    jsonschema.Draft7Validator(schemas[name]).validate(as_editors_read(path.read_text("utf-8")))


@pytest.mark.parametrize("path", ITEMS, ids=lambda path: path.stem)
def test_no_item_of_the_example_is_marked(path: Path, schemas: dict[str, Any]) -> None:
    head, *_ = split(path.read_text("utf-8"))
    jsonschema.Draft7Validator(schemas["item"]).validate(as_editors_read(head))


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("公开日起: 2026-12-01", ""), ("类别: 工资", "类别"), ("公开日期: 2026.12.1", "公开日期"),
        ("公开栏: [foundry]", "公开栏"), ("草稿: 也许", "草稿"), ("所属期: 十二月", "所属期"),
        ("责任: 劳资科", "责任"), ("职代会: {方式: 表决}", "职代会"),
    ],
)  # fmt: skip
def test_a_typo_is_marked(line: str, place: str, schemas: dict[str, Any]) -> None:
    lines = {
        "标题": "题", "类别": "食堂账目", "公开日期": '"2026-12-01"', "公开期限": '"2026-12-31"',
        "责任": "{部门: 后勤部}",
    }  # fmt: skip
    key, _, value = line.partition(": ")
    text = "\n".join(f"{k}: {v}" for k, v in {**lines, key: value}.items())
    found = list(jsonschema.Draft7Validator(schemas["item"]).iter_errors(as_editors_read(text)))
    assert [".".join(map(str, one.absolute_path)) for one in found] == [place]


def test_completion_knows_this_sites_names_in_both_languages(tmp_path: Path) -> None:
    make_site(
        tmp_path,
        {
            "content/org.yml": "名称: 厂\n部门: [{名称: 锻造部, 岗位: [锻工长]}]\n",
            "boards/forge.yml": "title: 锻造\n",
            "content/items/a.md": item(),
        },
    )
    assert run(tmp_path, "schema").returncode == 0
    text = (tmp_path / ".vscode/schema/item.json").read_text("utf-8")
    assert all(
        word in text for word in ("锻造部", "锻工长", "forge", "食堂账目", "canteen-accounts")
    )
    found = json.loads(text)["properties"]
    assert found["公开日期"]["description"].startswith(
        "公开日期：从这一天零点起看得到\n\nthe first day"
    )
    settings = json.loads((tmp_path / ".vscode/settings.json").read_text("utf-8"))
    assert settings["yaml.schemas"][".vscode/schema/item.json"][0] == "content/items/**/*.yml"


def test_settings_that_are_there_stay(tmp_path: Path) -> None:
    make_site(tmp_path, {".vscode/settings.json": "{}\n"})
    run(tmp_path, "schema")
    assert (tmp_path / ".vscode/settings.json").read_text("utf-8") == "{}\n"
