"""What hung on a board on a day is answered by what was published then."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from gongkai.build.pipeline import build
from gongkai.build.request import BuildRequest
from gongkai.domain.model import Site
from gongkai.mkdocs_plugin.plugin import render_shell
from gongkai.publish.hanging_log import HUNG, on_day, read_hung
from gongkai.publish.releases import KEPT, Beside
from gongkai.source.library import read_library
from gongkai.status.edition import make_edition
from tests.factory_year import SHOPS, YEAR, files
from tests.sites import check, instant, item, make_site

Seen = Mapping[str, set[tuple[str, str]]]
"""Items with their versions, by the board they hang on."""


def publish(site: Site, at: str) -> Seen:
    """Build and publish at an instant; what hangs where, by the manifest that came of it."""
    assert build(BuildRequest(site, instant(site, at), site.out, render_shell)).files
    manifest = json.loads((site.out / "manifest.json").read_text("utf-8"))
    current = [one for one in manifest["items"] if one["state"] == "current"]
    up = [one for one in current if one["freshness"] != "superseded"]
    return {
        board["id"]: {(one["id"], one["version"]) for one in up if board["id"] in one["boards"]}
        for board in manifest["boards"]
    }


def told(site: Site, day: str) -> Seen:
    """What the site says of a day."""
    found = read_hung((site.out / HUNG).read_bytes())
    assert found
    return {
        board: {(stay.item, stay.version) for stay in on_day(found, board, day)}
        for board in found.boards
    }


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Site:
    root = tmp_path_factory.mktemp("hung")
    duties = list(read_library(make_site(root / "empty", {}))[0].catalogue.categories)
    texts = {
        name: text.replace("owner:", "channels: [web]\nowner:", 1)
        for name, text in files(7, duties).items()
        if "collective-contract" not in name  # some of whose votes are errors
    }
    for name in [text for text in texts if "honors" in text]:
        del texts[name]  # as some of their windows are
    return make_site(root, texts)


def test_a_day_is_answered_as_it_was_built(year: Site) -> None:
    answered_as_built(year, 8)


def answered_as_built(year: Site, count: int) -> None:
    """Days of a year, drawn, published in their order; afterwards each is answered as it was, and
    today's content read as of that day says the same."""
    chance = Random(3)  # noqa: S311 (days, no secret)
    days = sorted(chance.sample(range(30, 365), count))
    names = [(date(YEAR, 1, 1) + timedelta(days=day)).isoformat() for day in days]
    built = {name: publish(year, name) for name in names}
    assert set(next(iter(built.values()))) == set(SHOPS)
    assert any(any(ones.values()) for ones in built.values())
    for name, seen in built.items():
        assert told(year, name) == seen, name
        assert as_of(year, name) == seen, name


def as_of(site: Site, at: str) -> Seen:
    """What today's content says of a day."""
    edition = make_edition(check(site, at).standings)
    up = [standing for standing in edition.published() if standing.hangs]
    return {
        board.id: {
            (standing.item.id, standing.version) for standing in up if board.id in standing.boards
        }
        for board in edition.library.boards
    }


def test_it_goes_by_what_was_published_and_not_by_todays_content(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/items/soup.md": item(), "content/items/tea.md": item()})
    first = publish(site, "2026-11-10")
    (tmp_path / "content/items/tea.md").unlink()
    (tmp_path / "content/items/soup.md").write_text(item(body="改过了"), "utf-8")
    second = publish(site, "2026-11-12T09:30")
    assert first != second
    assert told(site, "2026-11-11") == first
    assert told(site, "2026-11-13") == second
    both = {board: first[board] | second[board] for board in first}
    assert told(site, "2026-11-12") == both, "before and after half past nine"


def test_what_a_later_period_has_superseded_hangs_no_more(tmp_path: Path) -> None:
    kept = {"category": "canteen-accounts", "expires": "2026-12-31"}
    site = make_site(
        tmp_path,
        {
            "content/items/september.md": item(period="2026-09", publish="2026-10-09", **kept),
            "content/items/october.md": item(period="2026-10", publish="2026-11-09", **kept),
        },
    )
    for at in ("2026-11-08", "2026-11-09"):
        publish(site, at)
    assert {name for name, _ in told(site, "2026-11-08")["machining"]} == {"september"}
    assert {name for name, _ in told(site, "2026-11-09")["machining"]} == {"october"}


def test_no_word_is_left_of_what_was_hidden_or_is_on_paper_only(tmp_path: Path) -> None:
    gone = "{date: 2026-11-12, by: 办公室, reason: 个人信息, hide: true}"
    files = {
        "content/items/soup.md": item(title="误登的标题"),
        "content/items/paper.md": item(title="只在纸上", channels="[poster]"),
    }
    site = make_site(tmp_path, files)
    publish(site, "2026-11-10")
    assert "误登的标题" in (site.out / HUNG).read_text("utf-8")
    text = item(title="误登的标题", withdrawn=gone)
    (tmp_path / "content/items/soup.md").write_text(text, "utf-8")
    publish(site, "2026-11-12")
    told_of = (site.out / HUNG).read_text("utf-8")
    assert "误登的标题" not in told_of
    assert "只在纸上" not in told_of
    assert {name for name, _ in told(site, "2026-11-10")["machining"]} == {"soup", "paper"}


def test_it_begins_with_the_first_publication_and_survives_damage(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/items/soup.md": item()})
    publish(site, "2026-11-10")
    assert told(site, "2026-11-09") == {"machining": set()}
    (site.out / HUNG).write_text("{", "utf-8")
    publish(site, "2026-12-01")
    found = read_hung((site.out / HUNG).read_bytes())
    assert found
    assert found.begun.startswith("2026-11-10")  # out of the copy beside the site
    for path in (site.out / HUNG, Beside(site.out).folder / KEPT / HUNG):
        path.write_text("{", "utf-8")
    publish(site, "2026-12-02")
    found = read_hung((site.out / HUNG).read_bytes())
    assert found
    assert found.begun.startswith("2026-12-02")
