"""Surveys: three ways of counting that agree, what is told of small groups, and what cannot be
found out of the inbox."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random

import pypdfium2
import pytest

from gongkai.domain.model import Count, Survey, Tally
from gongkai.domain.terms import Rating
from gongkai.editing.counting import OVERALL
from gongkai.inbox.ballot_box import BallotBox
from gongkai.inbox.store import NAME, Store
from gongkai.inbox.word import ballot_digest, new_word
from gongkai.source.surveys import DEFAULT, read_surveys
from gongkai.status.surveys import parts
from tests import ballots_again
from tests.command import run
from tests.inboxes import ORG, ROOM, Inbox
from tests.sites import check, item, make_site

SHOPS = {"machining": "机加工车间", "casting": "铸造车间", "assembly": "装配车间"}
BOARDS = {
    f"boards/{name}.yml": f"title: {shop}\nworkshop: {shop}\n" for name, shop in SHOPS.items()
}
QUESTIONS = {"truth": "真实", "procedure": "程序", "rectification": "整改", "process": "过程",
             "quality": "质量", "effect": "效果"}  # fmt: skip
PLAN = """\
# 冬季的测评
编号: winter
标题: 2026年冬季测评
日期: 2026-12-20
起: 2026-12-01
止: 2026-12-18
发放: 310
"""
SENT = "发放: 310\n"
WORDS = {"满意": Rating.SATISFIED, "基本满意": Rating.FAIRLY, "不满意": Rating.DISSATISFIED}


def ballots(count: int, seed: int, weights: Sequence[int] = (60, 39, 1)) -> str:
    """Ballots as an office types them: a tenth are spoiled, some questions are left open."""
    chance = Random(seed)  # noqa: S311 - a test, no secret
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["公开栏", "总体", *QUESTIONS.values()])
    for _ in range(count):
        board = chance.choices([*SHOPS], weights)[0]
        whole = chance.choices([*WORDS, "满意 不满意", ""], [60, 20, 10, 4, 6])[0]
        rest = [chance.choices([*WORDS, ""], [5, 3, 2, 1])[0] for _ in QUESTIONS]
        writer.writerow([board, whole, *rest])
    return out.getvalue()


def rows(sheet: str) -> Iterator[tuple[str, Mapping[str, Rating]]]:
    for row in csv.DictReader(io.StringIO(sheet)):
        asked = {OVERALL: "总体", **QUESTIONS}
        yield (
            row["公开栏"],
            {key: WORDS[row[head]] for key, head in asked.items() if row[head] in WORDS},
        )


def site_of(root: Path, survey: str = PLAN) -> Path:
    files = {"content/surveys/2026.yml": survey, "content/org.yml": ORG, **BOARDS}
    return make_site(root, {**files, "content/items/a.md": item(expires="2027-12-31")}).root


def survey_of(root: Path) -> Survey:
    (found,), problems = read_surveys(root)
    assert not problems
    return found


def by_csv(root: Path, sheet: str) -> Survey:
    (root / "票.csv").write_text(sheet, "utf-8")
    done = run(root, "import", str(root / "票.csv"), "--as", "survey", "--at", "2026-12-20")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(root / "content/surveys/2026.yml")
    return survey_of(root)


def by_inbox(root: Path, sheet: str) -> Survey:
    """Each worker has a word for their board; the inbox is brought in after the last day."""
    (root / "content/surveys/2026.yml").write_text(PLAN.replace(SENT, ""), "utf-8")
    with closing(Store(root / ".inbox")) as store:
        box = BallotBox(store)
        given = list(rows(sheet))
        words = {board: [new_word() for each, _ in given if each == board] for board in SHOPS}
        spare = [new_word() for _ in range(310 - len(given))]
        for board in SHOPS:
            more = spare if board == "machining" else []
            box.issue("winter", board, [*words[board], *more], QUESTIONS)
        for board, answers in given:
            assert box.cast("winter", words[board].pop(), answers)
    done = run(root, "inbox", "sync", "--at", "2026-12-19")
    assert done.returncode == 0, done.stderr
    return survey_of(root)


def by_hand(root: Path, sheet: str) -> Survey:
    """What somebody with a pencil writes down."""
    all_rows = list(csv.DictReader(io.StringIO(sheet)))
    valid = [row for row in all_rows if row["总体"] in WORDS]
    names = ("满意", "基本满意", "不满意")
    counts = {name: sum(one["总体"] == name for one in valid) for name in names}
    text = PLAN + f"收回: {len(all_rows)}\n有效: {len(valid)}\n"
    text += "".join(f"{name}: {count}\n" for name, count in counts.items()) + "题目:\n"
    for head in QUESTIONS.values():
        told = ballots_again.answers(sheet, head)
        pairs = ", ".join(f"{name}: {count}" for name, count in zip(names, told, strict=True))
        text += f"- {{编号: {head}, {pairs}}}\n"
    text += "分栏:\n"
    for board in SHOPS:
        _, total, _ = ballots_again.figures(sheet).get(board, (0, 0, None))
        ours = [one["总体"] for one in valid if one["公开栏"] == board]
        if total >= 5:
            pairs = ", ".join(f"{name}: {ours.count(name)}" for name in names)
            text += f"  {board}: {{有效: {total}, {pairs}}}\n"
    (root / "content/surveys/2026.yml").write_text(text, "utf-8")
    return survey_of(root)


@pytest.mark.parametrize(
    ("weights", "told"),
    [
        ((5, 3, 2), ("company", *SHOPS)),
        ((60, 39, 1), ("company", "machining")),  # casting is told with assembly, which is small
    ],
)
def test_three_ways_of_counting_300_ballots_agree_with_a_fourth(
    weights: Sequence[int], told: Sequence[str], tmp_path: Path
) -> None:
    """By hand, by a sheet, through the inbox; and a script that shares no code."""
    sheet = ballots(300, 1, weights)
    again = ballots_again.figures(sheet)
    counts = []
    for way in (by_hand, by_csv, by_inbox):
        root = site_of(tmp_path / way.__name__)
        counts.append(way(root, sheet).count)
        window = ("--from", "2026-12-01", "--to", "2026-12-31", "--format", "json")
        report = json.loads(run(root, "report", *window).stdout)
        for unit, ones in {"company": report["metrics"], **report["units"]}.items():
            expected = again[unit] if unit in told else (0, 0, None)
            assert tuple(ones["satisfaction"].values()) == expected, (way, unit)
    assert counts[0] == counts[1] == counts[2]
    assert counts[0]
    assert (counts[0].sent, counts[0].returned) == (310, 300)


def test_an_import_keeps_what_stands_in_the_file_and_replaces_no_other_counts(
    tmp_path: Path,
) -> None:
    root = site_of(tmp_path)
    by_csv(root, ballots(20, 3))
    text = (root / "content/surveys/2026.yml").read_text("utf-8")
    assert text.startswith(PLAN)
    (root / "winter.csv").write_text(ballots(21, 4), "utf-8")
    again = run(root, "import", str(root / "winter.csv"), "--as", "survey")
    assert again.returncode == 2
    assert "已经有别的票数" in again.stderr
    assert (root / "content/surveys/2026.yml").read_text("utf-8") == text


@pytest.mark.parametrize(
    ("sheet", "says"),
    [
        ("公开栏,真实\nmachining,满意\ncasting,满意\n", "没有“总体”这一列"),
        ("公开栏,总体\n锅炉房,满意\ncasting,满意\n", "锅炉房"),
    ],
)
def test_a_sheet_that_cannot_be_counted_is_refused(sheet: str, says: str, tmp_path: Path) -> None:
    root = site_of(tmp_path)
    (root / "票.csv").write_text(sheet, "utf-8")
    done = run(root, "import", str(root / "票.csv"), "--as", "survey")
    assert done.returncode == 2
    assert says in done.stderr
    assert survey_of(root).count is None


# -- small groups ---------------------------------------------------------------------------------


def _survey(**valid: int) -> Survey:
    by_board = {name: Count(of, of, of, Tally(of)) for name, of in valid.items()}
    total = sum(valid.values())
    whole = Count(total, total, total, Tally(total))
    day = date(2026, 12, 20)
    return Survey("s", "s.yml", "测评", None, None, day, count=whole, by_board=by_board)


@pytest.mark.parametrize(
    ("valid", "told"),
    [
        ({"a": 20, "b": 5}, [("a",), ("b",)]),
        ({"a": 20, "b": 4}, []),  # with a alone b would follow from all
        ({"a": 20, "b": 9, "c": 4}, [("a",), ("c", "b")]),
        ({"a": 20, "b": 3, "c": 2}, [("a",), ("b", "c")]),
    ],
)
def test_a_small_group_is_told_with_others_or_not_at_all(
    valid: dict[str, int], told: list[tuple[str, ...]]
) -> None:
    assert [part.boards for part in parts(_survey(**valid))] == told


@pytest.mark.parametrize("seed", range(30))
def test_no_small_group_follows_from_what_is_told(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - a test, no secret
    valid = {f"b{n}": chance.randrange(0, 12) for n in range(chance.randrange(1, 7))}
    found = parts(_survey(**valid))
    assert all(
        survey_part.count.valid == 0 or survey_part.count.valid >= 5 for survey_part in found
    )


# -- what nobody can find out ---------------------------------------------------------------------


def _cast(folder: Path, words: list[str], order: list[int]) -> None:
    """Ten ballots of one board, half of them content, in an order; who has which word differs."""
    with closing(Store(folder)) as store:
        box = BallotBox(store)
        box.issue("winter", "machining", words, QUESTIONS)
        for number, at in enumerate(order):
            rating = Rating.SATISFIED if number % 2 else Rating.DISSATISFIED
            assert box.cast("winter", words[at], {OVERALL: rating, "truth": rating})


def _dump(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / NAME)) as database:
        return list(database.iterdump())


def test_who_used_which_word_changes_nothing_that_is_kept(tmp_path: Path) -> None:
    """Whoever has the database cannot tell two elections apart in which the words were used by
    others and in another order: so nothing in it leads from a word to a ballot."""
    words = [new_word() for _ in range(10)]
    orders = [list(range(10)), list(range(9, -1, -1)), [3, 1, 4, 0, 5, 9, 2, 6, 8, 7]]
    dumps = []
    for number, order in enumerate(orders):
        _cast(tmp_path / str(number), words, order)
        dumps.append(_dump(tmp_path / str(number)))
    assert dumps[0] == dumps[1] == dumps[2]


def test_a_used_word_is_in_no_file_nor_is_what_is_left_of_it(tmp_path: Path) -> None:
    """The log of changes has every page as it was before and after each ballot; it is cut off."""
    words = [new_word() for _ in range(10)]
    folder = tmp_path / "box"
    with closing(Store(folder)) as store:
        box = BallotBox(store)
        box.issue("winter", "machining", words, QUESTIONS)
        for word in words[:6]:
            assert box.cast("winter", word, {OVERALL: Rating.SATISFIED})
            for path in folder.rglob("*"):  # while it runs, after each ballot
                data = path.read_bytes() if path.is_file() else b""
                assert ballot_digest("winter", word) not in data
                assert word.encode() not in data
                assert not path.name.endswith("-wal") or not data


def test_a_word_is_good_for_one_ballot(tmp_path: Path) -> None:
    with closing(Store(tmp_path / "box")) as store:
        box, word = BallotBox(store), new_word()
        box.issue("winter", "", [word], QUESTIONS)
        answers = {OVERALL: Rating.FAIRLY}
        assert not box.cast("spring", word, answers)
        assert box.cast("winter", word.upper().replace("-", " "), answers)
        assert not box.cast("winter", word, answers)
        assert box.marks("winter")[""].returned == 1


# -- on paper, and over HTTP ----------------------------------------------------------------------


def read(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        return [str(page.get_textpage().get_text_bounded()) for page in document]


def test_ballots_are_two_on_a_sheet_and_all_alike(tmp_path: Path) -> None:
    plan = PLAN + "分栏: [machining, casting]\n"
    root = site_of(tmp_path, plan)
    out = tmp_path / "票.pdf"
    done = run(root, "print", "survey", "--at", "2026-11-20", "--out", str(out))
    assert done.returncode == 0, done.stderr
    for text, shop in zip(read(out), SHOPS.values(), strict=False):
        assert text.count("2026年冬季测评") == text.count(shop) == text.count("公开的内容真实") == 2


def test_from_the_slip_to_the_page(tmp_path: Path) -> None:
    """Words are made, one is used over HTTP, its ballot is counted, and nothing is logged of it."""
    root, out = site_of(tmp_path / "site"), tmp_path / "words.pdf"
    box = str(tmp_path / "box")
    made = ("words", "winter", "--count", "7", "--board", "machining", "--dir", box)
    done = run(root, "inbox", *made, "--out", str(out), "--at", "2026-12-01")
    assert done.returncode == 0, done.stderr
    assert out.stat().st_mode & 0o077 == 0
    words = [line for text in read(out) for line in text.split() if _is_word(line)]
    assert len(set(words)) == 7
    inbox = Inbox(root, tmp_path / "box", "--burst", str(ROOM), "--at", "2026-12-10")
    try:
        form = inbox.ask("GET", "/say/vote/winter")
        assert form.status == 200
        assert "公开的内容真实" in form.text
        assert "<script" not in form.text
        fields = {"q-overall": "satisfied", "q-truth": "fairly"}
        for word in words[:6]:
            cast = inbox.post("/say/vote/winter", {**fields, "word": word})
            assert cast.status == 201
            assert "set-cookie" not in cast.headers
        again = inbox.post("/say/vote/winter", {**fields, "word": words[0]})
        assert again.status == 403
        assert inbox.ask("GET", "/say/vote/other").status == 404
    finally:
        said = inbox.stop()
    assert not any(word in said for word in words)
    run(root, "inbox", "sync", "--dir", box, "--at", "2026-12-18")
    assert survey_of(root).count is None  # it still runs
    run(root, "inbox", "sync", "--dir", box, "--at", "2026-12-19")
    found = survey_of(root)
    assert found.count
    assert (found.count.sent, found.count.returned, found.count.valid) == (7, 6, 6)
    assert found.count.answers["truth"] == Tally(fairly=6)


def _is_word(text: str) -> bool:
    return len(text) == 11 and text[5] == "-"


# -- what is told ---------------------------------------------------------------------------------


def test_a_survey_that_asks_nothing_else_asks_six_questions(tmp_path: Path) -> None:
    assert survey_of(site_of(tmp_path)).questions == DEFAULT


@pytest.mark.parametrize(
    ("text", "at", "rules"),
    [
        (PLAN, "2026-12-20", set()),
        (PLAN, "2026-12-21", {"survey/due"}),
        (PLAN + "收回: 300\n有效: 290\n满意: 200\n基本满意: 80\n不满意: 10\n", "2026-12-21", set()),
        (PLAN + "收回: 311\n有效: 290\n满意: 200\n基本满意: 80\n不满意: 10\n", "2026-12-21",
         {"survey/counts"}),
        (PLAN + "收回: 300\n有效: 301\n满意: 200\n基本满意: 80\n不满意: 10\n", "2026-12-21",
         {"survey/counts"}),
        (PLAN + "收回: 154\n有效: 150\n满意: 100\n基本满意: 40\n不满意: 5\n", "2026-12-21",
         {"survey/few-returned"}),
        (PLAN + "收回: 300\n有效: 290\n满意: 200\n基本满意: 80\n不满意: 10\n", "2027-12-20", set()),
        (PLAN + "收回: 300\n有效: 290\n满意: 200\n基本满意: 80\n不满意: 10\n", "2027-12-21",
         {"survey/due"}),
        (PLAN + "分栏: [锅炉房]\n", "2026-12-01", {"ref/board"}),
        (PLAN + "收回: 300\n", "2026-12-01", {"format/missing"}),
    ],
)  # fmt: skip
def test_what_is_due_or_cannot_be_is_told(
    text: str, at: str, rules: set[str], tmp_path: Path
) -> None:
    found = check(make_site(site_of(tmp_path, text), {}), at).findings
    assert {finding.rule for finding in found if "surveys" in finding.path} == rules


# -- what workers say of one item ------------------------------------------------------------------


def _appraise(inbox: Inbox, item_id: str, truth: str) -> int:
    rest = {"q-procedure": "fairly", "q-rectification": "dissatisfied"}
    return inbox.post("/say/appraise", {"item": item_id, "q-truth": truth, **rest}).status


def test_an_item_is_appraised_by_its_code_and_told_from_five_answers_on(tmp_path: Path) -> None:
    root, box = site_of(tmp_path / "site"), str(tmp_path / "box")
    run(root, "build", "--at", "2026-12-10")
    inbox = Inbox(root, tmp_path / "box", "--burst", str(ROOM), "--at", "2026-12-10")
    sync = ("inbox", "sync", "--dir", box, "--at", "2026-12-10")
    try:
        assert "发现的问题及时整改" in inbox.ask("GET", "/say/new?item=a").text
        assert "发现的问题及时整改" not in inbox.ask("GET", "/say/new?item=nobody").text
        assert _appraise(inbox, "nobody", "satisfied") == 404
        assert inbox.post("/say/appraise", {"item": "a", "q-truth": "fairly"}).status == 422
        for _ in range(4):
            assert _appraise(inbox, "a", "satisfied") == 201
        assert run(root, *sync).stdout == ""
        assert _appraise(inbox, "a", "dissatisfied") == 201
    finally:
        inbox.stop()
    assert run(root, *sync).stdout.strip().endswith("item-a.yml")
    assert run(root, *sync).stdout == ""  # nothing is new
    run(root, "build", "--at", "2026-12-10")
    page = (root / "site/items/a/index.html").read_text("utf-8")
    assert "职工评议（5 人）：真实 4/5 满意或基本满意、程序 5/5 满意或基本满意、整改 0/5" in page
    assert json.loads((root / "site/report/figures.json").read_text("utf-8"))["metrics"][
        "satisfaction"
    ] == {"numerator": 0, "denominator": 0, "percent": None}


def test_an_item_that_few_appraised_tells_nothing(tmp_path: Path) -> None:
    asked = "题目: [{编号: 真实, 满意: 4}]"
    text = f"{{编号: item-a, 标题: 甲, 日期: 2026-12-01, 事项: a, 有效: 4, {asked}}}\n"
    root = site_of(tmp_path, text)
    run(root, "build", "--at", "2026-12-10")
    assert "职工评议" not in (root / "site/items/a/index.html").read_text("utf-8")
