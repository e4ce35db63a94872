"""A key figure over its last periods: those of its series on its board, and nothing else."""

from __future__ import annotations

from pathlib import Path

from gongkai.domain.terms import Channel
from gongkai.render.months import MOST, Months, Series
from gongkai.render.words import Words
from gongkai.status.edition import make_edition
from tests.sites import check, item, make_site

OWN = "机加工车间"


def month(year: int, number: int, average: int, **keys: str) -> str:
    body = f"| 车间 | 人均(元) |\n|---|---:|\n| {OWN} | {average} |\n| 铸造车间 | 1 |"
    after = f"{year + number // 12}-{number % 12 + 1:02}"
    return item(
        title="工资",
        category="wages-bonus",
        period=f"{year}-{number:02}",
        publish=f"{after}-09",
        expires=f"{after}-28",
        body=body,
        **keys,
    )


def months(folder: Path, files: dict[str, str], of: str, own: str | None = OWN) -> Months | None:
    site = make_site(folder, {f"content/items/{name}.md": text for name, text in files.items()})
    edition = make_edition(check(site, "2026-11-10").standings)
    series, one = Series(edition, Words("zh"), Channel.WEB), edition.standings.by_id[of].item
    found = series.figure(one, own)
    return series.months(one, own, found) if found else None


def test_the_last_twelve_in_order_with_the_least_and_the_greatest(tmp_path: Path) -> None:
    files = {
        f"m{n:02}": month(2025 + (n - 1) // 12, (n - 1) % 12 + 1, 8000 + 10 * n)
        for n in range(8, 23)
    }
    files["m15"] = month(2026, 3, 7000)
    found = months(tmp_path, files, "m22")
    assert found
    assert found.label == "机加工车间人均（元）"
    assert len(found.points) == MOST
    assert [point.name for point in found.points][-2:] == ["9月", "10月"]
    assert [point.value for point in found.points if point.is_least] == ["7,000"]
    assert [point.value for point in found.points if point.is_greatest] == ["8,220"]
    assert found.points[-1].value == "8,220"
    assert found.points[-1].y < found.points[4].y, "more is higher"


def test_two_periods_are_no_line(tmp_path: Path) -> None:
    files = {"a": month(2026, 9, 8000), "b": month(2026, 10, 8100)}
    assert months(tmp_path, files, "b") is None


def test_neither_drafts_nor_what_was_taken_down_nor_another_matter_counts(tmp_path: Path) -> None:
    gone = "{date: 2026-08-10, by: 办公室, reason: 有误, hide: true}"
    files = {
        "a": month(2026, 6, 1, draft="true"),
        "b": month(2026, 7, 2, withdrawn=gone),
        "c": month(2026, 8, 3, thread="补发"),
        "d": month(2026, 9, 8000),
        "e": month(2026, 10, 8100),
    }
    assert months(tmp_path, files, "e") is None


def test_a_workshop_sees_its_own(tmp_path: Path) -> None:
    files = {f"m{n}": month(2026, n, 8000 + n) for n in (8, 9, 10)}
    found = months(tmp_path, files, "m10")
    assert found
    assert [point.value for point in found.points] == ["8,008", "8,009", "8,010"]
    assert months(tmp_path / "other", files, "m10", None) is None, "there is no sum"


def test_what_hung_on_paper_alone_or_left_a_tombstone_is_not_told(tmp_path: Path) -> None:
    files = {f"m{n}": month(2026, n, 8000 + n) for n in (8, 10)}
    files["m9"] = month(2026, 9, 8009, channels="[poster]")
    assert months(tmp_path, files, "m10") is None
    tomb = {"content/catalogue.yml": "类别:\n  wages-bonus: {到期后: tombstone}\n"}
    files["m9"] = month(2026, 9, 8009)
    names = {f"content/items/{name}.md": text for name, text in files.items()}
    site = make_site(tmp_path / "tomb", {**names, **tomb})
    edition = make_edition(check(site, "2026-11-10").standings)
    series, one = Series(edition, Words("zh"), Channel.WEB), edition.standings.by_id["m10"].item
    found = series.figure(one, OWN)
    assert found
    assert series.months(one, OWN, found) is None
