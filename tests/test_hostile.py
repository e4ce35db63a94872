"""Content that means harm is shown as typed text, in every field and on every page."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from gongkai.domain.finding import Severity
from gongkai.render.policy import with_policy
from tests.hostile import DAY, NAMES, dangers
from tests.sites import check, item, make_site
from tests.xss import PAYLOADS


def pages(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.html"))


def test_there_are_at_least_a_hundred_payloads() -> None:
    assert len(set(PAYLOADS)) >= 100


def test_no_page_of_a_hostile_site_can_run_anything(hostile: Path) -> None:
    found = {str(path): dangers(path.read_text("utf-8")) for path in pages(hostile)}
    assert len(found) > 700
    assert not {path: value for path, value in found.items() if value}


def test_the_only_scripts_on_a_page_are_the_frames(hostile: Path) -> None:
    """Counted on a page of ours and on one that has nothing of ours in it."""
    of_frame = scripts(hostile / "404.html")
    for path in pages(hostile):
        if path.name == "recall.html":
            assert scripts(path) == 0
        elif "screen" not in path.relative_to(hostile).parts:
            assert scripts(path) == of_frame, path


def scripts(path: Path) -> int:
    return len(re.findall(r"<script[\s>]", path.read_text("utf-8"), re.IGNORECASE))


def test_what_was_typed_can_be_read(hostile: Path) -> None:
    page = (hostile / "items/now-0/index.html").read_text("utf-8")
    assert "&lt;script&gt;window.hurt=1&lt;/script&gt;" in page
    assert "{{ 7*7 }}" in "".join(path.read_text("utf-8") for path in pages(hostile))


def test_files_of_hostile_names_are_linked_by_safe_addresses(hostile: Path) -> None:
    page = (hostile / "items/named/index.html").read_text("utf-8")
    links = re.findall(r'href="([^"]*\.txt)"', page)
    assert len(links) == len(NAMES)
    assert sorted(unquote(link) for link in links) == sorted(NAMES)
    assert not [link for link in links if set(link) & set("<>'\" ?#&")]
    manifest = json.loads((hostile / "manifest.json").read_bytes())
    assert {f"items/named/{name}" for name in NAMES} <= set(manifest["files"])


def test_every_page_says_what_it_may_do(hostile: Path) -> None:
    for path in pages(hostile):
        head = path.read_bytes()[:4096].decode("utf-8", "replace")
        found = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', head)
        assert len(found) == 1, path
        assert "default-src 'none'" in found[0]
        script = re.search(r"script-src ([^;]*)", found[0])
        assert script is None or "unsafe" not in script[1]


def test_a_policy_names_the_frames_scripts_and_not_the_pages_own() -> None:
    page = (
        '<head><meta charset="utf-8"></head><script>frame()</script>'
        "<article><script>own()</script></article>"
        '<script type="application/json">{}</script><script src="x.js"></script>'
    )
    policy = with_policy(page, "<article><script>own()</script></article>")
    assert policy.count("'sha256-") == 1
    assert policy.startswith('<head><meta charset="utf-8"><meta http-equiv=')


@pytest.mark.parametrize("text", [payload for payload in PAYLOADS if "\x01" in payload])
def test_control_characters_are_refused_by_place(text: str, tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/items/x.md": item(title="甲", body=text)})
    findings = check(site, DAY).findings
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    assert [(finding.rule, finding.case) for finding in errors] == [("format/syntax", "control")]
