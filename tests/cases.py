"""Which cases are tried each time, and which among the long runs only (``make soak``)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import pytest

Case = TypeVar("Case")
Test = TypeVar("Test", bound=Callable[..., object])
is_whole = False
"""Are these the long runs, in full?"""


def some(cases: Sequence[Case], step: int) -> Sequence[Case]:
    """Every so manieth case each time; all of them in the long runs. The test is ``sampled``."""
    return cases if is_whole else cases[::step]


def sampled(names: str, cases: Sequence[object], step: int) -> Callable[[Test], Test]:
    """A test that is given ``some`` cases."""

    def mark(test: Test) -> Test:
        given: Test = pytest.mark.sampled(pytest.mark.parametrize(names, some(cases, step))(test))
        return given

    return mark
