"""Withdrawn means gone: of a hidden item nothing is left, and a build that finds some stops."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pypdf import PdfReader

from gongkai.domain.errors import PublishError
from gongkai.domain.terms import TakenDownCause
from gongkai.mkdocs_plugin.plugin import render_shell
from gongkai.publish.leak_scan import Proof, phrases_of, squeezed
from gongkai.status.edition import make_edition
from tests.command import run
from tests.sites import check, item, make_site

BODY = """\
关于示例甲同志困难补助的说明：因家庭变故，经工会小组讨论同意一次性补助叁仟元整。

| 对象 | 事由 | 金额 |
|---|---|---:|
| 示例甲 | 家庭变故 | 3000 |
"""
TITLE = "示例甲同志困难补助发放情况"
GONE = "{date: 2026-11-20, by: 厂务公开办公室, reason: 公开了个人信息, hide: true}"
DAY = "2026-11-22"
WORDS = ("示例甲", "家庭变故", "叁仟元", "困难补助")


def text_of(path: Path) -> str:
    """Everything that can be read in a file, without spaces; packed things unpacked."""
    if path.suffix == ".pdf":
        return "".join("".join(page.extract_text() for page in PdfReader(path).pages).split())
    text = path.read_bytes().decode("utf-8", "replace")
    return "".join((text + json.dumps(text)).split())


def hide(root: Path, **more: str) -> None:
    text = item(title=TITLE, body=BODY, attachments="[list.txt]", withdrawn=GONE, **more)
    (root / "content/items/aid.md").write_text(text, "utf-8")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    files = {
        "content/items/aid.md": item(title=TITLE, body=BODY, attachments="[list.txt]"),
        "content/items/list.txt": "示例甲 家庭变故",
        "content/items/other.md": item(title="食堂收支", body="本月收支平衡，无其他情况。"),
    }
    make_site(root, files)
    return root


def test_nothing_is_left_anywhere(site: Path) -> None:
    assert run(site, "build", "--at", "2026-11-10").returncode == 0
    assert run(site, "build", "--at", "2026-11-11").returncode == 0
    assert TITLE in (site / "site/items/aid/index.html").read_text("utf-8")
    hide(site)
    done = run(site, "build", "--at", DAY)
    assert done.returncode == 0, done.stderr
    for folder in ("site", ".site.gongkai", ".gongkai"):
        for path in (site / folder).rglob("*"):
            if path.is_file():
                assert not [word for word in WORDS if word in text_of(path)], path
    assert not (site / "site/items/aid/list.txt").exists()


def test_a_tombstone_says_when_and_the_class_of_the_reason(site: Path) -> None:
    hide(site)
    run(site, "build", "--at", DAY)
    page = (site / "site/items/aid/index.html").read_text("utf-8")
    assert "撤下，内容不再公布。原因：个人信息" in page
    assert "公开了个人信息" not in page
    manifest = json.loads((site / "site/manifest.json").read_bytes())
    assert set(next(one for one in manifest["items"] if one["id"] == "aid")) >= {"id", "state"}


def test_the_page_of_a_sheet_on_paper_says_so_too(site: Path) -> None:
    hide(site, channels="[poster]")
    run(site, "build", "--at", DAY)
    page = (site / "site/items/aid/index.html").read_text("utf-8")
    assert "贴出的这张请取下。原因：个人信息" in page


@pytest.mark.parametrize(
    ("reason", "cause"),
    [
        ("个人信息", TakenDownCause.PERSONAL),
        ("公开了身份证号", TakenDownCause.PERSONAL),
        ("涉密", TakenDownCause.SECRET),
        ("数字有误", TakenDownCause.MISTAKE),
        ("该决定已撤销", TakenDownCause.REVOKED),
        ("Personal data of a worker", TakenDownCause.PERSONAL),
        ("领导要求", TakenDownCause.OTHER),
    ],
)
def test_classes_of_reasons(reason: str, cause: TakenDownCause) -> None:
    assert TakenDownCause.of(reason) is cause


LEAKS = {
    "an item of the same matter that quotes it": {
        "content/items/result.md": item(
            title="评议结果",
            thread="aid-2026",
            body="原文“因家庭变故，经工会小组讨论同意一次性补助叁仟元整”，评议无异议。",
        ),
    },
    "the same words in an attachment": {
        "content/items/more.md": item(title="另一项", attachments="[copy.txt]"),
        "content/items/copy.txt": "关于示例甲同志困难补助的说明：因家庭变故",
    },
}


@pytest.mark.parametrize("kind", LEAKS)
def test_a_build_that_finds_something_left_publishes_nothing(kind: str, site: Path) -> None:
    run(site, "build", "--at", "2026-11-10")
    before = (site / "site/manifest.json").read_bytes()
    for path, text in LEAKS[kind].items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, "utf-8")
    hide(site, thread="aid-2026")
    done = run(site, "build", "--at", DAY)
    assert done.returncode == 2
    assert "“aid”" in done.stderr
    assert not [word for word in WORDS if word in done.stderr]
    assert (site / "site/manifest.json").read_bytes() == before


def test_what_others_say_in_their_own_right_is_no_leak(site: Path) -> None:
    (site / "content/items/other.md").write_text(item(title="食堂收支", body=BODY), "utf-8")
    (site / "content/pages/about.md").write_text(f"# {TITLE}\n", "utf-8")
    hide(site)
    assert run(site, "build", "--at", DAY).returncode == 0


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.html", "<p>因家庭变故，经<b>工会</b>小组\n讨论同意一次性补助</p>"),
        ("x.html", '<img alt="因家庭变故，经工会小组讨论同意一次性补助">'),
        ("x.json", json.dumps({"text": "因家庭变故，经工会小组讨论同意一次性补助"})),
        ("x.ics", "SUMMARY:因家庭变故，经工会\r\n 小组讨论同意一次性补助"),
        ("x.txt", "示例甲 家庭变故 3000"),
    ],
)
def test_it_is_found_however_it_is_written(name: str, text: str, tmp_path: Path) -> None:
    files = {"content/items/aid.md": item(title=TITLE, body=BODY, withdrawn=GONE)}
    site = make_site(tmp_path / "site", files)
    edition = make_edition(check(site, DAY).standings)
    proof = Proof(edition, render_shell(site, tmp_path / "shell"))
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(PublishError, match="leak"):
        proof.look(tmp_path, [(name, "")])


def test_it_is_found_on_paper(site: Path) -> None:
    run(site, "build", "--at", "2026-11-10")
    hide(site)
    edition = make_edition(check(make_site(site, {}), DAY).standings)
    proof = Proof(edition, render_shell(make_site(site, {}), site.parent / "shell"))
    with pytest.raises(PublishError, match="leak"):
        proof.look(site / "site", [("posters/items/aid.pdf", "")])


def test_phrases_are_long_enough_to_be_somebodys_own(site: Path) -> None:
    edition = make_edition(check(make_site(site, {}), DAY).standings)
    phrases = phrases_of(edition.standings.by_id["aid"].item)
    assert {"示例甲家庭变故3", "家庭变故3000"} <= phrases
    assert squeezed(TITLE)[:8] in phrases
    assert all(6 <= len(phrase) <= 8 for phrase in phrases)


def test_an_item_that_reads_like_an_example_of_ours_can_be_hidden(site: Path) -> None:
    """The pages of rules hold example items in the words that everybody uses."""
    said = {"title": "2026年10月食堂账目", "body": "收入 52000 元，支出 51200 元，结余 800 元。"}
    text = item(**said, withdrawn=GONE)
    (site / "content/items/canteen.md").write_text(text, "utf-8")
    done = run(site, "build", "--at", DAY)
    assert done.returncode == 0, done.stderr
