"""Whatever ``check`` passes, ``build`` publishes."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.command import run
from tests.green import Maker
from tests.sites import check, errors, item, make_site

DAY = "2026-11-22"


def breaches(seed: int, count: int, root: Path) -> list[str]:
    """What a build says of items that passed the check."""
    made = Maker(seed).site(count)
    site = make_site(root, {})
    (root / "boards/all.yml").unlink(missing_ok=True)
    for path, data in made.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(
            data if isinstance(data, bytes) else data.encode("utf-8", "ignore")
        )
    for _ in range(3):  # without one item others may come to be wrong
        wrong = {one.path for one in check(site, DAY).findings if one.severity.value == "error"}
        for path in wrong:
            spare = yaml.safe_dump({"title": "栏", "workshop": "间"}, allow_unicode=True)
            (root / path).write_text(spare, "utf-8") if path.startswith("boards") else (
                root / path
            ).unlink()
    done = run(root, "build", "--at", DAY, "--quiet", "--jobs", "1")
    return [] if done.returncode == 0 else [done.stderr]


def test_what_passes_the_check_is_built(tmp_path: Path) -> None:
    assert breaches(1, 12, tmp_path) == []


@pytest.mark.parametrize(
    ("lines", "found"), [(5_000, set()), (5_002, {("poster/overflow", "lines")})]
)
def test_a_text_of_more_lines_than_anybody_hangs_is_a_finding(
    lines: int, found: set[tuple[str, str]], tmp_path: Path
) -> None:
    body = "- 甲\n" * lines
    make_site(tmp_path, {"content/items/a.md": item(body=body)})
    assert errors(tmp_path, "2026-11-10") == found
