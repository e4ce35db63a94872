"""Holding back what would tell this process to stop, where stopping in the middle ends badly."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Ctrl-C and a request to end wait until this is over.

    A module written in C++ that is interrupted while it loads ends the whole process with words of
    its own. Only the main thread is ever interrupted, so in another one there is nothing to hold.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came = list[int]()
    known = {literal: signal.getsignal(literal) for literal in (signal.SIGINT, signal.SIGTERM)}
    before = {item: handler for item, handler in known.items() if handler is not None}
    for signals in before:
        signal.signal(signals, lambda number, _: came.append(number))
    try:
        yield
    finally:
        for item, handler in before.items():
            signal.signal(item, handler)
        if came:
            signal.raise_signal(came[0])
