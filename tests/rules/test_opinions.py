"""Every opinion is answered in time, and every answer can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from pypdf import PdfReader

from gongkai.build.pipeline import build
from gongkai.build.request import BuildRequest
from gongkai.mkdocs_plugin.plugin import render_shell
from tests.sites import CONFIG, check, instant, item, make_site

BASE = "编号: Y26-1, 来源: 意见箱, 收到日期: 2026-10-08, 意见: 热水不足, 承办: 后勤部"
LATER = "编号: Y0, 来源: 电话, 收到日期: 2027-01-01, 意见: 以后"
CLOSED = "答复日期: 2026-10-20, 答复: 已修好, 结果: A"


def found(tmp_path: Path, entry: str, at: str, **files: str) -> list[tuple[str, int]]:
    ledger = f"# 台账\n- {{{LATER}}}\n- {{{BASE}, {entry}}}\n"
    replies = {f"content/items/{name}.md": text for name, text in files.items()}
    site = make_site(
        tmp_path,
        {"content/catalogue.yml": "地区: 重庆\n", "content/opinions/2026.yml": ledger, **replies},
    )
    findings = check(site, at).findings
    return [
        (finding.rule, finding.line)
        for finding in findings
        if finding.rule.startswith(("opinion/", "poster/"))
    ]


@pytest.mark.parametrize(
    ("entry", "at", "rules"),
    [
        ("不公开: 否", "2026-11-07", []),  # thirty days: through 7 November
        ("不公开: 否", "2026-11-08", ["opinion/overdue"]),
        ("期限: 2026-10-15", "2026-10-16", ["opinion/overdue"]),
        ("答复日期: 2026-10-20, 答复: 在修, 结果: B", "2026-11-08", ["opinion/overdue"]),
        ("答复日期: 2026-10-20, 答复: 在修, 结果: B, 承诺日期: 2026-12-31", "2026-11-08", []),
        ("答复日期: 2026-11-20, 答复: 好, 结果: A", "2026-11-19", ["opinion/overdue"]),
        (CLOSED, "2026-11-10", []),  # October's replies are due by 10 November
        (CLOSED, "2026-11-11", ["opinion/unpublished"]),
        (f"{CLOSED}, 不公开: 是", "2026-11-11", []),
    ],
)
def test_the_clock_of_an_opinion(entry: str, at: str, rules: list[str], tmp_path: Path) -> None:
    """重庆市厂务公开条例 11; what B promises needs a day."""
    assert found(tmp_path, entry, at) == [(rule, 3) for rule in rules]


@pytest.mark.parametrize(
    ("entry", "rules"),
    [
        ("期限: 2026-12-31", []),
        ("答复日期: 2026-11-01, 答复: 好👍, 结果: A", ["poster/glyph"]),
        ("答复日期: 2026-11-01, 答复: 好👍, 结果: A, 不公开: 是", []),
    ],
)
def test_what_no_sheet_can_draw_is_said_where_it_stands(
    entry: str, rules: list[str], tmp_path: Path
) -> None:
    assert found(tmp_path, entry, "2026-11-05") == [(rule, 3) for rule in rules]


@pytest.mark.parametrize(
    ("text", "keys", "is_there"),
    [
        ("| 编号 | 答复 |\n|---|---|\n| Y26-1 | 已修好 |", {}, True),
        ("意见 Y26-1-2 已答复", {}, False),  # the second round of another
        ("意见 Y26-1已答复", {}, True),
        ("意见 Y26-1 已答复", {"draft": "true"}, False),
        ("意见 Y26-1 已答复", {"expires": "2026-11-05"}, True),  # it was up
        ("意见 Y26-1 已答复", {"category": "canteen-accounts"}, False),  # no reply
        ("意见 Y26-1 已答复", {"publish": "2026-12-01", "expires": "2026-12-31"}, False),
    ],
)
def test_a_reply_is_published_when_an_item_names_its_number(
    text: str, keys: dict[str, str], is_there: bool, tmp_path: Path
) -> None:
    reply = item(**{"category": "意见答复", "body": text, **keys})
    expected = [] if is_there else [("opinion/unpublished", 3)]
    assert found(tmp_path, CLOSED, "2026-11-15", replies=reply) == expected


LEDGER = """\
- {编号: A-1, 来源: 意见箱, 收到日期: 2026-11-01, 意见: 热水不足, 承办: 后勤部, 期限: 2026-11-20}
- {编号: A-2, 来源: 电话, 收到日期: 2026-11-02, 意见: 路灯不亮, 承办: 后勤部, 期限: 2026-12-02}
- {编号: A-3, 来源: 意见箱, 收到日期: 2026-11-03, 意见: 只说给工会, 答复日期: 2026-11-05,
   答复: 已当面说明, 结果: A, 不公开: 是}
- {编号: A-4, 来源: 意见箱, 收到日期: 2026-11-03, 意见: 通风不好, 答复日期: 2026-11-06,
   答复: 装风机, 结果: B, 承诺日期: 2026-11-15}
- {编号: A-5, 来源: 意见箱, 收到日期: 2026-11-04, 意见: 砂尘大, 承办: 铸造车间}
- {编号: A-6, 来源: 意见箱, 收到日期: 2026-01-04, 意见: 旧事,
   答复日期: 2026-01-20, 答复: 好, 结果: A}
- {编号: A-7, 来源: 意见箱, 收到日期: 2026-11-25, 意见: 以后的事}
"""
ORG = "名称: 厂\n渠道:\n  - {类型: 网站, 说明: 表单, 网址: 'https://form.example/?about={item}'}\n"


@pytest.fixture
def told(tmp_path: Path) -> Path:
    """Two workshops' boards with a ledger, built on 22 November."""
    files = {
        "mkdocs.yml": CONFIG + "site_url: http://board.example/\n",
        "boards/machining.yml": "标题: 机加工\n车间: 机加工车间\n",
        "boards/casting.yml": "标题: 铸造\n车间: 铸造车间\n",
        "content/org.yml": ORG,
        "content/opinions/2026.yml": LEDGER,
        "content/items/2026-10-soup.md": item(title="十月食堂"),
    }
    site = make_site(tmp_path, files)
    build(BuildRequest(site, instant(site, "2026-11-22"), site.out, render_shell))
    return site.out


def rows(page: str) -> dict[str, str]:
    """Where each opinion of a page stands, by its number."""
    found = re.findall(r"<tr[^>]*><td[^>]*>(A-\d)</td>(.*?)</tr>", page, re.DOTALL)
    return {name: re.sub(r"<[^>]+>", " ", rest) for name, rest in found}


def test_a_board_tells_where_every_opinion_stands(told: Path) -> None:
    """The overdue first; what another workshop handles is on that one's board; what was settled
    long ago or comes later is on none; of what is private only that it was answered."""
    shown = rows((told / "boards/machining/index.html").read_text("utf-8"))
    assert list(shown) == ["A-4", "A-1", "A-2", "A-3"]
    assert "应在11月20日前由后勤部答复，还没有答复" in shown["A-1"]
    assert "后勤部正在办理，12月2日前答复" in shown["A-2"]
    assert "答应11月15日前办完，还没有办完" in shown["A-4"]
    assert "装风机" in shown["A-4"]
    assert "A-5" in rows((told / "boards/casting/index.html").read_text("utf-8"))


def test_nothing_of_a_private_opinion_is_anywhere(told: Path) -> None:
    texts = [path.read_text("utf-8") for path in told.rglob("*.html")]
    texts += [text_of(path) for path in told.glob("posters/**/*.pdf")]
    assert any("本人要求不公开" in text for text in texts)
    assert not [text for text in texts if "只说给工会" in text or "已当面说明" in text]


def test_screens_and_paper_tell_the_same(told: Path) -> None:
    screen = rows((told / "screen/machining/index.html").read_text("utf-8"))
    assert list(screen) == ["A-4", "A-1", "A-2", "A-3"]
    sheet = text_of(told / "posters/boards/machining.pdf")
    assert all(name in sheet for name in ("意见办理", "A-1", "还没有答复", "路灯不亮"))
    assert "砂尘大" not in sheet


def test_whoever_scans_a_poster_speaks_up_about_that_very_item(told: Path) -> None:
    page = (told / "items/2026-10-soup/index.html").read_text("utf-8")
    assert "https://form.example/?about=2026-10-soup" in page
    codes = scanned(told / "posters/items/2026-10-soup.pdf")
    assert "https://form.example/?about=2026-10-soup" in codes
    assert any(code.startswith("http://board.example/items/2026-10-soup/?v=") for code in codes)


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "form.example", "https://a b", "mailto:", "https://" + "a" * 500],
)
def test_an_address_is_a_form_or_a_mail_box(address: str, tmp_path: Path) -> None:
    org = ORG.replace("https://form.example/?about={item}", address)
    findings = check(make_site(tmp_path, {"content/org.yml": org}), "2026-11-22").findings
    assert [
        (finding.rule, finding.line) for finding in findings if finding.path == "content/org.yml"
    ] == [("format/type", 3)]


def test_a_survey_is_shown_with_its_forms_and_its_rates(tmp_path: Path) -> None:
    """发放 80, 收回 78, 有效 75, 满意 58, 基本满意 15: 回收率 97.50 %, 满意率 97.33 %."""
    survey = (
        "{编号: s, 标题: 测评, 日期: 2026-11-20, 发放: 80, 收回: 78, 有效: 75,"
        " 满意: 58, 基本满意: 15, 不满意: 2}\n"
    )
    site = make_site(tmp_path, {"content/surveys/2026.yml": survey})
    build(BuildRequest(site, instant(site, "2026-11-22"), site.out, render_shell))
    page = (site.out / "opinions/index.html").read_text("utf-8")
    assert "回收率 97.50%，满意率 97.33%" in page
    assert "发放 80，收回 78，有效 75" in page


def text_of(path: Path) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(path).pages).split())


def scanned(path: Path) -> list[str]:
    """What a telephone reads off the first sheet."""
    picture = pypdfium2.PdfDocument(path)[0].render(scale=3).to_pil()
    return [barcode.text for barcode in zxingcpp.read_barcodes(picture)]
