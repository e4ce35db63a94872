"""Telling a person how a run goes on: a bar once it takes a second, times at the end."""

from __future__ import annotations

import time
from typing import Any, TextIO

from gongkai.domain.progress import BuildStep
from gongkai.messages import say

PATIENCE = 1.0
"""Seconds before anything is shown."""


class Watch:
    """Watches one run. Shows nothing when told to be quiet or when nobody sits at a terminal."""

    def __init__(self, lang: str, stream: TextIO, *, quiet: bool = False) -> None:
        self.lang, self.stream, self.quiet = lang, stream, quiet
        self.is_seen = stream.isatty() and not quiet
        self.started = time.perf_counter()
        self.times: dict[BuildStep, float] = {}
        self.current: tuple[BuildStep, float] | None = None
        self.done, self.total = 0, 0
        self.bar: Any = None
        self.noted: set[str] = set()

    def __enter__(self) -> Watch:
        return self

    def __exit__(self, *_: object) -> None:
        self._end_step()
        if self.bar:
            self.bar.stop()

    def step(self, step: BuildStep, total: int = 0) -> None:
        """A step begins."""
        self._end_step()
        self.current = step, time.perf_counter()
        self.done, self.total = 0, total
        self._show()

    def advance(self, count: int) -> None:
        """So many more pieces are done."""
        self.done += count
        self._show()

    def note(self, key: str, **values: object) -> None:
        """A line of its own, once however often it is worth it."""
        line = f"gongkai: {say(self.lang, key, **values)}\n"
        if line not in self.noted:
            self.noted.add(line)
            self.stream.write(line)

    def last_line(self, key: str, **values: object) -> str:
        """Counts, seconds, and the step that took longest."""
        slowest = max(self.times, key=lambda step: self.times[step])
        return say(
            self.lang,
            key,
            **values,
            seconds=f"{time.perf_counter() - self.started:.1f}",
            slowest=self._name(slowest),
            longest=f"{self.times[slowest]:.1f}",
        )

    def table(self) -> str:
        """The seconds of every step, a line each."""
        lines = [f"{seconds:8.3f} s  {self._name(step)}" for step, seconds in self.times.items()]
        return "\n".join([*lines, ""])

    def _name(self, step: BuildStep) -> str:
        return say(self.lang, f"step.{step.value}")

    def _end_step(self) -> None:
        if self.current:
            step, since = self.current
            self.times[step] = self.times.get(step, 0) + time.perf_counter() - since
            self.current = None

    def _show(self) -> None:
        if not self.is_seen or self.current is None:
            return
        if self.bar is None:
            if time.perf_counter() - self.started < PATIENCE:
                return
            self.bar, self.line = self._begin_bar()
        name = self._name(self.current[0])
        total = self.total or None
        self.bar.update(self.line, description=name, completed=self.done, total=total)
        self.bar.refresh()

    def _begin_bar(self) -> tuple[Any, Any]:
        """A bar without a thread of its own, since processes may be copied while it is shown."""
        # 93 ms; most runs are over before it is needed.
        from rich.console import Console
        from rich.progress import Progress

        bar = Progress(console=Console(file=self.stream), auto_refresh=False, transient=True)
        bar.start()
        return bar, bar.add_task("", total=None)
