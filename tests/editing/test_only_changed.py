"""What a form writes: only what was changed, whatever the file looks like."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from gongkai.editing.answers import together
from gongkai.editing.filed import FileKind, kinds_of, revised, said_in
from gongkai.editing.parts import WORD, YES, KeyGroup, Odd, Pairs, Part, Rows, ShownText, WordList
from gongkai.source.library import read_library
from tests.conftest import ROOT
from tests.sites import make_site

ODD = (
    "是", "007", "1:30", "2026-10", "a: b", "a #b", "#x", "- a", "{a}", "[x]", "---", "? x", "e:?~",
    '"x"', "'x'", "x\\y", "%x", "@x", "`x", "|", ">", "!x", "&x", "*x", "甲，乙", "甲,乙", "x：y",
    "😀𬭎", "长" * 150, "true", "null", "~", "<<", "=", "两行\n第二行",
)  # fmt: skip


@cache
def kinds() -> Mapping[str, FileKind]:
    with TemporaryDirectory() as folder:
        library, _ = read_library(make_site(Path(folder), {}))
    return kinds_of(library)


@cache
def files(name: str) -> list[Path]:
    globs = kinds()[name].globs
    return [path for glob in globs for path in sorted(ROOT.glob(glob))]


def drawn(one: random.Random, part: Part) -> Any:
    """Something that may stand in a part."""
    match part:
        case ShownText():
            words = [word for word in part.words.values() if word]
            return YES if part.is_flag else one.choice(words or ODD)
        case WordList():
            return [drawn(one, part.of).replace("\n", "") for _ in range(one.randint(1, 3))]
        case Pairs():
            return {"甲 乙": drawn(one, part.of)}
        case Rows():
            return [drawn(one, part.of)]
        case KeyGroup():
            chosen = one.sample(list(part.keys), min(2, len(part.keys)))
            return {key.name: found for key, inner in chosen if (found := drawn(one, inner))}
    return None


def changed(one: random.Random, part: Part, said: Any) -> Any:
    """The same with one thing in it changed, added or taken away."""
    if isinstance(part, KeyGroup) and isinstance(said, dict) and WORD not in said:
        key, inner = one.choice(part.keys)
        rest = {name: value for name, value in said.items() if name != key.name}
        if key.name in said and rest and one.random() < 0.2:
            return rest
        found = changed(one, inner, said[key.name]) if key.name in said else drawn(one, inner)
        return {**said, key.name: found} if found else said
    if isinstance(part, Rows) and isinstance(said, list):
        at, chance = one.randrange(len(said)), one.random()
        if chance < 0.2 and len(said) > 1:
            return said[:at] + said[at + 1 :]
        if chance < 0.4:
            return [*said[:at], drawn(one, part.of), *said[at:]]
        return [*said[:at], changed(one, part.of, said[at]), *said[at + 1 :]]
    if isinstance(part, ShownText) and part.is_body:
        lines = said.split("\n")
        return "\n".join([*lines[:-1], lines[-1] + "，改过", "", "又一段"])
    return drawn(one, part) or said


def edits(count: int) -> Iterator[tuple[FileKind, str, str, Any]]:
    """Files of the example as people may have left them, each with something else to say."""
    one = random.Random("33")  # noqa: S311 - the same edits each time
    there = [kind for kind in kinds().values() if files(kind.name)]
    for _ in range(count):
        kind = one.choice(there)
        path = one.choice(files(kind.name))
        text = remarked(one, path.read_text("utf-8"))
        if one.random() < 0.5:
            text = text.replace("\n", "\r\n")
        where = path.relative_to(ROOT).as_posix()
        yield kind, where, text, changed(one, kind.part, said_in(kind, where, text))


def remarked(one: random.Random, text: str) -> str:
    """With remarks above keys, and groups of lines in another order."""
    lines = text.split("\n")
    if lines[0] != "---":
        return text
    end = lines.index("---", 1)
    keys: list[list[str]] = []
    for line in lines[1:end]:
        if line[:1] in (" ", "-", "") and keys:
            keys[-1].append(line)
        else:
            keys.append([f"# 说明 {len(keys)}", line])
    one.shuffle(keys)
    return "\n".join(["---", *(line for key in keys for line in key), *lines[end:]])


def test_two_hundred_edits_mean_what_was_meant_and_touch_nothing_else() -> None:
    """Read again it says what was to be said; what lies before and behind what was touched is the
    same, byte for byte, remarks and ends of lines too."""
    for kind, where, text, new in edits(200):
        made = revised(kind, where, text, new)
        assert said_in(kind, where, made) == new, where
        assert ("\r\n" in text) == ("\r\n" in made)
        assert "\n" not in made.replace("\r\n", "") or "\r\n" not in text
        remarks = [line for line in text.splitlines() if line.startswith("# 说明")]
        assert [line for line in made.splitlines() if line.startswith("# 说明")] == remarks
        if (added := len(made) - len(text)) >= 0 and said_in(kind, where, text) != new:
            steps = SequenceMatcher(None, text.splitlines(), made.splitlines(), autojunk=False)
            touched = sum(b - a for step, a, b, *_ in steps.get_opcodes() if step != "equal")
            becomes_list = isinstance(new, list) and not text.lstrip("# ").startswith("- ")
            assert touched <= 4 + added // 20 or becomes_list, (where, touched)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("text", "new", "after"),
    [
        (
            "标题: 甲 # 说明\nworkshop: 乙\n",
            {"title": "丙", "workshop": "乙"},
            "标题: 丙 # 说明\nworkshop: 乙\n",
        ),
        (
            "标题: 甲\n# 说明\n纸张: A4\n",
            {"title": "甲", "still": "9", "paper": "A4"},
            "标题: 甲\n# 说明\n纸张: A4\n更新期限: 9\n",
        ),
        (
            "标题: 甲\n联系: {电话: 1, 意见箱: 门口}\n",
            {"title": "甲", "contact": {"box": "门口"}},
            "标题: 甲\n联系: {意见箱: 门口}\n",
        ),
        (
            "标题: 甲\n联系:\n  电话: 1\n  # 说明\n  意见箱: 门口\n",
            {"title": "甲", "contact": {"phone": "2", "box": "门口"}},
            "标题: 甲\n联系:\n  电话: 2\n  # 说明\n  意见箱: 门口\n",
        ),
        ("# 头\n标题: 甲\n纸张: A4", {"title": "甲"}, "# 头\n标题: 甲\n"),
        ("标题: 甲\n纸张:\n", {"title": "甲", "paper": "A3"}, "标题: 甲\n纸张: A3\n"),
    ],
)
def test_a_board_keeps_what_was_not_changed(
    newline: str, text: str, new: dict[str, Any], after: str
) -> None:
    text, after = (one.replace("\n", newline) for one in (text, after))
    assert revised(kinds()["board"], "boards/x.yml", text, new) == after


def test_whatever_is_typed_means_the_same_in_the_file() -> None:
    kind = kinds()["item"]
    for typed in ODD:
        new = {"title": typed, "owner": {"dept": "工会", "post": typed}, "body": "正文"}
        made = revised(kind, "content/items/x.yml", "", new)
        assert said_in(kind, "content/items/x.yml", made) == new


def test_two_who_change_different_things_both_have_their_way() -> None:
    base = {"title": "甲", "owner": {"dept": "工会", "post": "主席"}}
    ours = {"title": "乙", "owner": {"dept": "工会", "post": "主席"}}
    theirs = {"title": "甲", "owner": {"dept": "财务部", "post": "主席"}, "number": "1"}
    both = {"title": "乙", "owner": {"dept": "财务部", "post": "主席"}, "number": "1"}
    assert together(base, ours, theirs) == (both, [])


def test_two_who_change_the_same_thing_are_told() -> None:
    said, conflicts = together(
        {"owner": {"dept": "甲"}}, {"owner": {"dept": "乙"}}, {"owner": {"dept": "丙"}}
    )
    assert said == {"owner": {"dept": "乙"}}
    assert [(conflict.trail, conflict.theirs) for conflict in conflicts] == [("owner.dept", "丙")]


def test_what_no_form_can_show_stays() -> None:
    kind, text = kinds()["board"], "标题: 甲\n联系: [不, 对]\n"
    said = said_in(kind, "boards/x.yml", text)
    assert isinstance(said["contact"], Odd)
    made = revised(kind, "boards/x.yml", text, {**said, "title": "乙"})
    assert made == "标题: 乙\n联系: [不, 对]\n"
