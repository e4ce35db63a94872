"""Whatever is damaged of caches, past and site, between builds or during one: the next site is that
of a clean build, or nothing is published and the sentence says why; and ``verify`` agrees."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest

from gongkai.build import incremental
from tests.command import run
from tests.sites import ASIDE, item, make_site, tree

RUNS = 200
DAY, NEXT = "2026-11-20", "2026-11-22"
KEPT = (".gongkai", ".site.gongkai", "site")


def published(root: Path) -> Path:
    """A site that was published twice."""
    files = {
        "content/items/canteen.md": item(title="甲"),
        "content/items/rules.md": item(title="乙", category="standing-info", expires="长期"),
        "content/items/soon.md": item(title="丙", publish="2026-11-21", channels="[web]"),
    }
    make_site(root, files)
    assert run(root, "build", "--at", "2026-11-19").returncode == 0
    (root / "content/items/canteen.md").write_text(item(title="甲二"), "utf-8")
    assert run(root, "build", "--at", DAY).returncode == 0
    return root


def damage(root: Path, chance: random.Random) -> str:
    """Do one thing to one file, and say what."""
    files = [path for top in KEPT for path in sorted((root / top).rglob("*")) if path.is_file()]
    path, how = chance.choice(files), chance.choice(["flip", "cut", "swap", "delete", "folder"])
    data, seen = path.read_bytes(), path.stat()
    match how:
        case "flip" if data:
            at = chance.randrange(len(data))
            _replace(
                path, data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]
            )
        case "cut":
            _replace(path, data[: chance.randrange(len(data) + 1)])
        case "swap":
            other = chance.choice(files)
            _replace(path, other.read_bytes())
        case "delete":
            path.unlink()
        case _:
            shutil.rmtree(path.parent)
            return f"{how} {path.parent.relative_to(root)}"
    if path.exists() and ".gongkai" in str(path.relative_to(root)):
        os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))  # as a failing disk does it
    return f"{how} {path.relative_to(root)}"


def _replace(path: Path, data: bytes) -> None:
    """Other bytes under a name; hard links of it stay as they are."""
    path.unlink()
    path.write_bytes(data)


def pages(root: Path) -> dict[str, str]:
    """What is published but for what depends on the past."""
    return {path: value for path, value in tree(root / "site").items() if path not in ASIDE}


@pytest.mark.parametrize("when", ["between builds", "during one"])
def test_damages_end_in_a_clean_site_or_in_a_refusal(
    when: str, tmp_path: Path, share: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    clean = published(tmp_path / "clean")
    assert run(clean, "build", "--at", NEXT, "--clean").returncode == 0
    wanted, wrong = pages(clean), []
    for seed in range(RUNS // 2 // share):
        chance, root = random.Random(f"{when} {seed}"), published(tmp_path / str(seed))  # noqa: S311
        old, told = tree(root / "site"), list[str]()
        if when == "during one":
            with monkeypatch.context() as patched:
                disturb(root, chance, told, patched)
                done = run(root, "build", "--at", NEXT)
        else:
            told += [damage(root, chance) for _ in range(chance.choice([1, 1, 2, 4]))]
            old = tree(root / "site")
            done = run(root, "build", "--at", NEXT)
        assert told, "nothing was damaged"
        if done.returncode == 0:
            is_well = pages(root) == wanted and run(root, "verify").returncode == 0
        else:
            is_well = when == "during one" or tree(root / "site") == old
            again = run(root, "build", "--at", NEXT)
            is_well = is_well and again.returncode == 0 and pages(root) == wanted
        if not is_well or "Traceback" in done.stderr:
            wrong.append((seed, told, done.returncode, done.stderr[-300:]))
        shutil.rmtree(root)
    assert wrong == []


def disturb(
    root: Path, chance: random.Random, told: list[str], patched: pytest.MonkeyPatch
) -> None:
    """Have something damaged in the middle of the next build."""
    where = chance.choice(["_render", "_collect", "_prove"])
    step = getattr(incremental, where)

    def disturbed(*given: object) -> object:
        told.append(f"{where}: {damage(root, chance)}")
        return step(*given)

    patched.setattr(incremental, where, disturbed)
