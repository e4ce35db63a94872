"""Compiled templates lie where Python keeps its own modules; none comes from a site's folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from gongkai.render import compiled
from gongkai.render.compiled import Compiled


@pytest.fixture
def caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(compiled, "_CACHES", tmp_path / "caches")
    return tmp_path / "caches"


@pytest.fixture
def known(tmp_path: Path) -> Path:
    """A folder of templates that come with the program."""
    folder = tmp_path / "known"
    folder.mkdir()
    (folder / "page.html").write_text("一是{{ one }}", "utf-8")
    return folder


def filled(folder: Path, known: Path, name: str = "templates-zh") -> str:
    cache = Compiled(name, [known])
    env = Environment(loader=FileSystemLoader(str(folder)), bytecode_cache=cache, autoescape=True)
    return env.get_template("page.html").render(one=1)


def kept(caches: Path) -> list[Path]:
    return [path for path in caches.rglob("*") if path.is_file()]


def test_what_comes_with_the_program_is_compiled_once(
    caches: Path, known: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert filled(known, known) == "一是1"
    assert len(kept(caches)) == 1

    def refuse(*_: object) -> None:
        raise AssertionError("it is compiled already")

    monkeypatch.setattr(Environment, "_generate", refuse)
    assert filled(known, known) == "一是1"


def test_a_changed_text_is_compiled_anew(caches: Path, known: Path) -> None:
    filled(known, known)
    (known / "page.html").write_text("二是{{ one }}", "utf-8")
    assert filled(known, known) == "二是1"
    assert len(kept(caches)) == 1


def test_of_a_sites_own_templates_nothing_is_kept(
    caches: Path, known: Path, tmp_path: Path
) -> None:
    own = tmp_path / "site/theme"
    own.mkdir(parents=True)
    (own / "page.html").write_text("三是{{ one }}", "utf-8")
    assert filled(own, known) == "三是1"
    assert not kept(caches)


@pytest.mark.parametrize("cut", [0, 10, 60, -1])
def test_code_that_is_not_whole_is_never_run(cut: int, caches: Path, known: Path) -> None:
    filled(known, known)
    (path,) = kept(caches)
    data = path.read_bytes()
    path.write_bytes(data[:cut] if cut >= 0 else data[:-20] + bytes(20))
    assert filled(known, known) == "一是1"
    assert path.read_bytes() == data


def test_another_version_of_the_program_leaves_nothing_of_the_one_before(
    caches: Path, known: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(known, known)
    (before,) = kept(caches)
    monkeypatch.setattr(compiled, "fingerprint", lambda: b"another one")
    filled(known, known)
    (after,) = kept(caches)
    assert before.parent != after.parent


def test_where_nobody_may_write_it_only_takes_longer(
    known: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setattr(compiled, "_CACHES", blocked)
    assert filled(known, known) == "一是1"
