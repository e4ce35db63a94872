"""The sheet on which an item is approved."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from gongkai.status.standing import proposed_version
from tests.command import run
from tests.sites import CONFIG, check, item, make_site

AT = "2026-11-10"
URL = "https://board.example/"
WIDE = (
    "| 车间 |"
    + "甲（万元）|" * 14
    + "\n|---|"
    + "---|" * 14
    + "\n| 机加工车间 |"
    + "12345.67|" * 14
)
LONG = "\n\n".join(
    f"第{number}条 职工应当遵守本办法的各项规定，爱护设备。" * 4 for number in range(90)
)
KINDS = {
    "up": item(),
    "to come": item(publish="2026-11-20"),
    "over": item(expires="2026-11-05"),
    "a draft": item(draft="true"),
    "on the web alone": item(channels="[web]"),
    "wide": item(body=WIDE, title="标题" * 60),
    "long": item(body=LONG, paper="A3"),
}


def printed(root: Path, text: str, *options: str) -> Path:
    config = CONFIG + f"site_url: {URL}\n"
    org = "name: 测试厂\ngroups: [{name: 厂务公开领导小组}]\n"
    make_site(root, {"content/items/x.md": text, "content/org.yml": org, "mkdocs.yml": config})
    done = run(root, "print", "approval", "x", "--at", AT, "--out", str(root / "x.pdf"), *options)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(root / "x.pdf")
    return root / "x.pdf"


def read(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        (page,) = document
        assert [round(side / 72 * 25.4) for side in page.get_size()] == [210, 297]
        return str(page.get_textpage().get_text_bounded())


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_one_sheet_with_the_version_and_a_box_for_each_who_signs(
    kind: str, tmp_path: Path
) -> None:
    text = read(printed(tmp_path, KINDS[kind]))
    found = check(make_site(tmp_path, {}), AT).standings.by_id["x"].item
    assert proposed_version(found) in text
    assert all(word in text for word in ("提出", "审查", "审批", "公开", "归档", "意见"))


def test_its_code_leads_to_the_item(tmp_path: Path) -> None:
    with pypdfium2.PdfDocument(printed(tmp_path, item())) as document:
        picture = document[0].render(scale=4).to_pil()
    found = {barcode.text for barcode in zxingcpp.read_barcodes(picture)}
    assert f"{URL}items/x/" in found


def test_what_is_recorded_stands_in_its_box(tmp_path: Path) -> None:
    keys = {
        "approval": "{by: 总经理办公会, date: 2026-10-30, ref: 审批单7}",
        "steps": "[{step: review, by: 财务部, date: 2026-10-29, result: 属实}]",
    }
    text = read(printed(tmp_path, item(**keys)))
    assert all(word in text for word in ("总经理办公会", "审批单7", "属实", "10月29日"))


def version_of(root: Path) -> str:
    return proposed_version(check(make_site(root, {}), AT).standings.by_id["x"].item)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: 一\n{}", "title: 一\n{}approval: {{version: {}}}\n"),
        ("标题: 一\n{}", "标题: 一\n{}审批: {{版本: {}}}\n"),
        ("标题: 一\n审批:\n{}", "标题: 一\n审批: {{版本: {1}}}\n{0}"),
        ("标题: 一\n审批: ~  # 谁\n{}", "标题: 一\n审批: {{版本: {1}}}  # 谁\n{0}"),
        ("标题: 一\n审批: {{}}\n{}", "标题: 一\n审批: {{版本: {1}}}\n{0}"),
        (
            "标题: 一\n审批: {{经办: ~, 版本: ~}}\n{}",
            "标题: 一\n审批: {{经办: ~, 版本: {1}}}\n{0}",
        ),
        (
            "标题: 一\n审批:\n  经办:\n  版本: 0a1b2c3d  # 上次的\n{}",
            "标题: 一\n审批:\n  经办:\n  版本: {1}  # 上次的\n{0}",
        ),
        (
            "标题: 一\n审批:\n  # 签好再填\n  经办:\n{}",
            "标题: 一\n审批:\n  # 签好再填\n  版本: {1}\n  经办:\n{0}",
        ),
    ],
    ids=["english", "chinese", "empty", "nothing", "braces", "to fill in", "anew", "in lines"],
)
def test_the_version_that_is_put_up_for_approval_is_written_and_nothing_else(
    before: str, after: str, tmp_path: Path
) -> None:
    rest = "类别: 食堂账目\n公开日期: 2026-11-01\n公开期限: 2026-11-30\n责任: {部门: 后勤部}\n"
    path = tmp_path / "content/items/x.md"
    printed(tmp_path, f"---\n{before.format(rest)}---\n正文。\n")
    assert (
        path.read_text("utf-8") == f"---\n{after.format(rest, version_of(tmp_path))}---\n正文。\n"
    )


def test_in_yaml_it_stands_before_the_body_and_lines_end_as_they_did(tmp_path: Path) -> None:
    days = "公开日期: 2026-11-01\n公开期限: 2026-11-30\n"
    keys = f"标题: 一\n类别: 食堂账目\n{days}责任: {{部门: 后勤部}}\n"
    make_site(tmp_path, {"content/items/x.yml": f"{keys}正文: |\n  正文。\n".replace("\n", "\r\n")})
    path = tmp_path / "content/items/x.yml"
    run(tmp_path, "print", "审批单", "x", "--at", AT, "--out", str(tmp_path / "x.pdf"))
    wanted = f"{keys}审批: {{版本: {version_of(tmp_path)}}}\n正文: |\n  正文。\n"
    assert path.read_bytes().decode() == wanted.replace("\n", "\r\n")


def test_what_was_signed_is_not_written_anew(tmp_path: Path) -> None:
    """Else the next sheet would hide that somebody changed the text behind the signature."""
    text = item(approval="{by: 伙食管理委员会, date: 2026-10-31, version: 0a1b2c3d}")
    make_site(tmp_path, {"content/items/x.md": text})
    done = run(tmp_path, "print", "approval", "x", "--at", AT, "--out", str(tmp_path / "x.pdf"))
    assert "签字以后改过" in done.stderr
    assert (tmp_path / "content/items/x.md").read_text("utf-8") == text


def test_a_sheet_that_nobody_has_signed_approves_nothing(tmp_path: Path) -> None:
    printed(tmp_path, item())
    found = check(make_site(tmp_path, {}), AT)
    assert found.standings.by_id["x"].item.approval is None
    assert "approval" in {
        finding.case for finding in found.findings if finding.rule == "procedure/missing"
    }


def test_a_day_without_anybody_is_no_approval(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/items/x.md": item(approval="{date: 2026-10-31}")})
    assert "format/missing" in {finding.rule for finding in check(site, AT).findings}


def test_one_character_after_the_signature_is_told(tmp_path: Path) -> None:
    """From the sheet to the change, as a clerk goes: print, fill in who signed, alter the text."""
    printed(tmp_path, item())
    path = tmp_path / "content/items/x.md"
    text = path.read_text("utf-8")
    signed = text.replace("approval: {", "approval: {by: 伙食管理委员会, date: 2026-10-31, ")
    for after, told in ((signed, False), (signed.replace("正文。", "正文"), True)):
        path.write_text(after, "utf-8")
        cases = {finding.case for finding in check(make_site(tmp_path, {}), AT).findings}
        assert ("version" in cases) is told


def test_it_is_told_what_to_write_once_it_is_signed(tmp_path: Path) -> None:
    printed(tmp_path, item(draft="true"))
    done = run(tmp_path, "print", "approval", "x", "--lang", "en", "--out", str(tmp_path / "y.pdf"))
    assert f"version {version_of(tmp_path)}" in done.stderr
    assert "content/items/x.md" in done.stderr


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("nix", {}),
        ("x", {"withdrawn": "{date: 2026-11-05, by: 工会, reason: 个人信息, hide: true}"}),
    ],
    ids=["none of that name", "hidden"],
)
def test_what_is_not_there_or_hidden_has_no_sheet(
    name: str, keys: dict[str, str], tmp_path: Path
) -> None:
    make_site(tmp_path, {"content/items/x.md": item(**keys)})
    done = run(tmp_path, "print", "approval", name, "--at", AT, "--out", str(tmp_path / "x.pdf"))
    assert done.returncode == 2
    assert name in done.stderr
    assert not (tmp_path / "x.pdf").exists()


def test_a_sheet_is_printed_anew_and_nothing_else_is_overwritten(tmp_path: Path) -> None:
    out = str(printed(tmp_path, item()))
    assert run(tmp_path, "print", "approval", "x", "--at", AT, "--out", out).returncode == 0
    own = tmp_path / "content/items/x.md"
    text = own.read_text("utf-8")
    done = run(tmp_path, "print", "approval", "x", "--at", AT, "--out", str(own))
    assert done.returncode == 2
    assert "x.md" in done.stderr
    assert own.read_text("utf-8") == text


def test_a_sheet_in_english(tmp_path: Path) -> None:
    config = CONFIG.replace("gongkai]", "gongkai: {lang: en}]").replace("zh", "en")
    make_site(tmp_path, {"content/items/x.md": item(), "mkdocs.yml": config})
    run(tmp_path, "print", "approval", "x", "--at", AT, "--out", str(tmp_path / "x.pdf"))
    text = read(tmp_path / "x.pdf")
    assert "Approval sheet" in text
    assert "reviewed" in text
