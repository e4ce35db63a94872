"""Work shared out: the same function over many portions, in this process or in several.

A process of the pool is given everything once, when it begins, and then only portions, which are
plain data. What comes of it is the same either way. The pool is the standard library's.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from gongkai.domain.errors import WorkError

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

Portion = TypeVar("Portion")
Result = TypeVar("Result")
T = TypeVar("T")


class Means(NamedTuple):
    """With what to work: how many processes, where results are kept (or None), whether a process
    may be a copy of this one, which is quick but unsafe once this one has threads, by what
    name others are told who is at work, and where the workers of other machines are asked for."""

    workers: int = 1
    keep: Path | None = None
    may_copy: bool = False
    name: str = ""
    afar: str | None = None

    @property
    def start_up(self) -> float:
        """Seconds, about, that a pool takes to begin; less work than that is not shared out."""
        return 0.03 if self.may_copy else 0.8


ALONE = Means()
"""One process, nothing kept."""


def share_out(
    begin: Callable[..., Callable[[Portion], Result]],
    given: tuple[Any, ...],
    portions: Sequence[Portion],
    seconds: float,
    means: Means,
) -> Iterator[Result]:
    """``begin(*given)`` once a process, and what it returns called for every portion, in order.

    ``seconds`` is about how long all of it takes one process.
    """
    workers = min(means.workers, len(portions))
    if workers < 2 or seconds < 2 * means.start_up:
        do = begin(*given)
        yield from (do(portion) for portion in portions)
        return
    with _pool(workers, means, (begin, given)) as pool:
        with _undisturbed():
            results = pool.map(_do, portions)
        yield from _with_kills_explained(results)


@contextmanager
def set_to_work(do: Callable[[], Result], means: Means) -> Iterator[Callable[[], Result]]:
    """Have a process of its own do something in the meantime; what is given waits for it."""
    with _pool(1, means, None) as pool:
        with _undisturbed():
            started = pool.submit(do)

        def wait() -> Result:
            result = next(_with_kills_explained(started.result() for _ in range(1)))
            pool.shutdown()  # its memory is wanted for what comes next
            return result

        yield wait


def _pool(workers: int, means: Means, begun: Any) -> ProcessPoolExecutor:
    # 31 ms; half of the runs need no process.
    import multiprocessing

    # 45 ms; small sites share nothing out.
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("fork" if means.may_copy else "spawn")
    return ProcessPoolExecutor(workers, context, _begin, (begun,))


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Being told to stop waits while processes are copied: an interrupt that is raised in what the
    interpreter does around a copy is lost. The copies are ended by the pool, not by signals."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _with_kills_explained(results: Iterator[Result]) -> Iterator[Result]:
    """Results; a process that was killed, perhaps for want of memory, in a sentence."""
    # As above.
    from concurrent.futures.process import BrokenProcessPool

    try:
        yield from results
    except BrokenProcessPool as error:
        raise WorkError("error.worker") from error


def in_portions(things: Sequence[T], size: int) -> list[Sequence[T]]:
    """A sequence cut into portions of a size."""
    return [things[at : at + size] for at in range(0, len(things), size)]


class _Worker:
    """What a process of the pool does with a portion."""

    do: Callable[[Any], Any]


def _begin(begun: tuple[Callable[..., Callable[[Any], Any]], tuple[Any, ...]] | None) -> None:
    for told_to_stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(told_to_stop, signal.SIG_IGN)  # the parent hears it too, and ends the pool
    _end_with_parent()
    if begun:
        begin, given = begun
        _Worker.do = staticmethod(begin(*given))


def _end_with_parent() -> None:
    """On Linux: a process whose parent was killed ends as well, instead of waiting for ever with a
    lock in its hands; also when that happened before it could ask to be told."""
    if not sys.platform.startswith("linux"):
        return
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    from multiprocessing import parent_process  # here it is loaded already

    parent = parent_process()
    if parent and os.getppid() != parent.pid:
        os._exit(1)


def _do(portion: Any) -> Any:
    return _Worker.do(portion)
