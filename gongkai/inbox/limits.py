"""How often somebody may ask: buckets that fill up again, in memory only."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from ipaddress import ip_address

from gongkai.domain.model import Value

_MOST = 20_000
"""Names that are remembered; of more, the one that asked longest ago is forgotten."""


class RateLimit(Value, frozen=True):
    """So many at once, then so many a second."""

    burst: int
    per_second: float


PUBLIC = RateLimit(60, 1.0)
"""Of one address."""
GUESSES = RateLimit(10, 1 / 60)
"""Of words for one number, and of passwords for one name."""


class Limiter:
    """Counts by name. ``ticks`` gives seconds that only go forward."""

    def __init__(self, rate: RateLimit, ticks: Callable[[], float]) -> None:
        self.rate, self.ticks = rate, ticks
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, name: str) -> bool:
        """May this name ask once more? Counts it if so."""
        self._forget()
        left = self._full(name)
        if left < 1:
            return False
        self._left[name] = left - 1, self.ticks()
        self._left.move_to_end(name)
        if len(self._left) > _MOST:
            self._left.popitem(last=False)
        return True

    def forgive(self, name: str) -> None:
        """Count nothing against a name any longer."""
        self._left.pop(name, None)

    def _forget(self) -> None:
        """Names whose bucket is full again are as if they had never asked."""
        until = self.ticks() - self.rate.burst / self.rate.per_second
        while self._left and next(iter(self._left.values()))[1] <= until:
            self._left.popitem(last=False)

    def _full(self, name: str) -> float:
        left, at = self._left.get(name, (float(self.rate.burst), self.ticks()))
        return min(self.rate.burst, left + (self.ticks() - at) * self.rate.per_second)


def counted_as(address: str) -> str:
    """What an address is counted by: a network of one household or machine in IPv6."""
    try:
        found = ip_address(address)
    except ValueError:
        return "?"
    return str(found) if found.version == 4 else found.exploded[:19]
