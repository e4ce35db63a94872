"""What a person at a terminal is told of a run, and what nobody else is."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from gongkai.cli import progress_bar
from gongkai.cli.progress_bar import Watch
from gongkai.domain.progress import BuildStep
from tests.command import run
from tests.sites import item, make_site


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def watched(stream: io.StringIO, *, quiet: bool = False) -> Watch:
    with Watch("zh", stream, quiet=quiet) as watch:
        watch.step(BuildStep.READ)
        watch.step(BuildStep.RENDER, 10)
        watch.advance(4)
    return watch


def test_a_terminal_is_shown_what_is_being_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress_bar, "PATIENCE", 0)
    stream = Terminal()
    watched(stream)
    assert "生成页面和海报" in stream.getvalue()


@pytest.mark.parametrize(("stream", "quiet"), [(io.StringIO(), False), (Terminal(), True)])
def test_nobody_else_is(stream: io.StringIO, quiet: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress_bar, "PATIENCE", 0)
    watched(stream, quiet=quiet)
    assert stream.getvalue() == ""


def test_what_is_over_within_a_second_shows_nothing() -> None:
    stream = Terminal()
    watched(stream)
    assert stream.getvalue() == ""


def test_a_line_is_said_once() -> None:
    stream = io.StringIO()
    with Watch("zh", stream) as watch:
        watch.note("cli.spoiled")
        watch.note("cli.spoiled")
    assert stream.getvalue().count("\n") == 1


def test_the_last_line_names_the_longest_step_and_the_profile_names_all(tmp_path: Path) -> None:
    make_site(tmp_path, {"content/items/x.md": item()})
    done = run(tmp_path, "build", "--profile")
    assert done.stdout.splitlines() == [str(tmp_path / "site")]
    published = next(line for line in done.stderr.splitlines() if "已发布" in line)
    assert "1 项" in published
    assert "最久的是" in published
    for step in ("查看变动", "读取内容", "检查", "比较变动", "生成页面和海报", "换上新站点"):
        assert f" s  {step}" in done.stderr
