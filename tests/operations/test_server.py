"""The site on a web server, as `deploy/` and the manual configure it, with Debian's nginx."""

from __future__ import annotations

import configparser
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
import yaml

from gongkai.cli.arguments import VERBS
from gongkai.files.swap import swap
from tests.conftest import Example
from tests.servers import NGINX, nginx

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
DEPLOY = ROOT / "gongkai/editing/starter/shared/deploy"
needs_nginx = pytest.mark.skipif(NGINX is None, reason="no nginx to be had")


@pytest.fixture(scope="module")
def address(example: Example, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("nginx")
    with nginx(folder, example.folder, (DEPLOY / "nginx.conf").read_text("utf-8")) as address:
        yield address


def hashed(example: Example) -> str:
    return next((example.folder / "assets/stylesheets").glob("main.*.min.css")).name


@needs_nginx
def test_pages_are_asked_for_anew_and_cost_a_header(address: str) -> None:
    first = requests.get(f"{address}/", timeout=9)
    assert first.headers["Content-Type"] == "text/html; charset=utf-8"
    assert first.headers["Cache-Control"] == "no-cache"
    assert first.headers["X-Content-Type-Options"] == "nosniff"
    tag = {"If-None-Match": first.headers["ETag"]}
    again = requests.get(f"{address}/", headers=tag, timeout=9)
    assert (again.status_code, again.content) == (304, b"")


@needs_nginx
def test_what_has_its_hash_in_its_name_is_kept_for_a_year(address: str, example: Example) -> None:
    found = requests.get(f"{address}/assets/stylesheets/{hashed(example)}", timeout=9)
    assert found.headers["Cache-Control"] == "max-age=31536000"
    assert found.headers["X-Content-Type-Options"] == "nosniff"
    own = requests.get(f"{address}/assets/gongkai/gongkai.css", timeout=9)
    assert own.headers["Cache-Control"] == "no-cache"


@needs_nginx
def test_texts_are_packed_and_sheets_are_not(address: str, example: Example) -> None:
    packed = {"Accept-Encoding": "gzip"}
    sheet = next((example.folder / "posters/items").glob("*.pdf")).name
    for path, expected in (
        ("", "gzip"), ("manifest.json", "gzip"), ("feed.xml", "gzip"),
        ("assets/gongkai/gongkai.css", "gzip"), (f"posters/items/{sheet}", None),
    ):  # fmt: skip
        found = requests.get(f"{address}/{path}", headers=packed, timeout=9)
        assert found.status_code == 200, path
        assert found.headers.get("Content-Encoding") == expected, path


@needs_nginx
def test_what_is_not_there_is_told_in_the_sites_own_words(address: str, example: Example) -> None:
    for path in ("items/no-such/", ".git/config", ".site.gongkai/x"):
        found = requests.get(f"{address}/{path}", timeout=9)
        assert found.status_code == 404
        assert found.content == (example.folder / "404.html").read_bytes()


@needs_nginx
def test_a_swap_is_seen_whole_by_whoever_asks_meanwhile(tmp_path: Path) -> None:
    """A short case; two hundred swaps under load are among the long runs."""
    for name in ("up", "stage"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(name * 9999)
    seen = set()
    with (
        nginx(tmp_path, tmp_path / "up", (DEPLOY / "nginx.conf").read_text("utf-8")) as address,
        requests.Session() as session,
    ):
        for _ in range(10):
            swap(tmp_path / "stage", tmp_path / "up", tmp_path / "leaving")
            found = session.get(f"{address}/", timeout=9)
            assert found.status_code == 200
            seen.add(found.text)
    assert seen == {"up" * 9999, "stage" * 9999}


def in_manual(name: str) -> str:
    """A configuration that the manual shows; both languages show the same."""
    found: set[str] = set()
    for lang in ("zh", "en"):
        text = (DOCS / lang / "howto/access.md").read_text("utf-8")
        blocks = dict(
            re.findall(r'```nginx title="[^"]*/([\w-]+)\.conf"\n(.*?)```', text, re.DOTALL)
        )
        found.add(str(blocks[name]))
    (one,) = found
    return one


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A site of a few files; what is asked here is by address alone."""
    for name in ("", "report/", "as-of/"):
        (tmp_path / "site" / name).mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name / "index.html").write_text("x")
    for name in ("manifest.json", "feed.xml", "history.jsonl", "as-of/hung.json"):
        (tmp_path / "site" / name).write_text("{}")
    return tmp_path / "site"


@needs_nginx
def test_only_a_range_of_addresses_may_read(small: Path, tmp_path: Path) -> None:
    block = in_manual("board-range")
    for text, status in ((block, 200), (block.replace("allow 127.0.0.0/8;", ""), 403)):
        with nginx(tmp_path, small, text) as address:
            for path in ("", "manifest.json", "feed.xml"):
                assert requests.get(f"{address}/{path}", timeout=9).status_code == status


@needs_nginx
def test_only_a_proxy_says_who_signed_in(small: Path, tmp_path: Path) -> None:
    block = in_manual("board-login")
    signed = {"X-User": "shili-jia"}
    with nginx(tmp_path, small, block) as address:
        assert requests.get(f"{address}/", timeout=9).status_code == 403
        assert requests.get(f"{address}/", headers={"X-User": ""}, timeout=9).status_code == 403
        found = requests.get(f"{address}/", headers=signed, timeout=9)
        assert found.status_code == 200
        assert found.headers["Cache-Control"] == "private, no-cache"
    with nginx(tmp_path, small, block.replace("127\\.0\\.0\\.1", "10\\.0\\.0\\.1")) as address:
        assert requests.get(f"{address}/", headers=signed, timeout=9).status_code == 403


@needs_nginx
def test_one_part_is_closed_and_the_rest_open(small: Path, tmp_path: Path) -> None:
    with nginx(tmp_path, small, in_manual("board-prefix")) as address:
        for path in ("report/", "as-of/", "as-of/hung.json", "history.jsonl", "report/../report/"):
            assert requests.get(f"{address}/{path}", timeout=9).status_code == 403, path
        assert requests.get(f"{address}/", timeout=9).status_code == 200


def test_the_units_of_systemd_call_verbs_there_are() -> None:
    for path in DEPLOY.glob("board.*"):
        unit = configparser.ConfigParser(strict=True, interpolation=None)
        unit.optionxform = str  # type: ignore[assignment,method-assign]  # keys keep their case
        unit.read_string(path.read_text("utf-8"))
        if "Service" in unit:
            (verb,) = re.findall(r"build\.py (\w+)", unit["Service"]["ExecStart"])
            assert verb in VERBS
        else:
            assert unit["Timer"]["Persistent"] == "true"


def test_the_container_runs_as_nobody_special_and_copies_what_a_site_has() -> None:
    lines = (DEPLOY / "Containerfile").read_text("utf-8").splitlines()
    assert "USER board" in lines
    copied = {
        line.split()[1] for line in lines if line.startswith("COPY ") and "--from" not in line
    }
    assert copied == {"requirements.txt", "program"}
    (check,) = (line for line in lines if line.startswith("HEALTHCHECK"))
    assert json.loads(check[check.index("[") :])[1:4] == ["verify", "--max-age", "36"]
    assert json.loads(lines[-1].removeprefix("CMD "))[0] == "sh"
    services = yaml.safe_load((DEPLOY / "compose.yml").read_text("utf-8"))["services"]
    assert all(service["read_only"] for service in services.values())


def test_a_policy_for_screens_lets_nothing_but_the_board_be_opened() -> None:
    policy = json.loads((DEPLOY / "kiosk-policy.json").read_text("utf-8"))
    assert policy["URLBlocklist"] == ["*"]
    assert policy["URLAllowlist"] == ["board.example"]
