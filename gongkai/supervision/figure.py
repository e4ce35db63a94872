"""A rate with what it is made of."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from gongkai.domain.model import Value


class Figure(Value, frozen=True):
    """A rate with what it is made of."""

    numerator: int
    denominator: int

    @property
    def percent(self) -> Decimal | None:
        """In hundredths, two decimals, half up; None for nothing out of nothing."""
        if not self.denominator:
            return None
        share = Decimal(self.numerator * 100) / Decimal(self.denominator)
        return share.quantize(Decimal("0.01"), ROUND_HALF_UP)
