"""The word with which an opinion is looked at again: given once, kept as a hash only."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from gongkai.domain.model import Value

_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""None that is taken for another on paper."""
_HALF = 5
"""Signs of each half: ten in all, some 49 bits."""


class Word(Value, frozen=True):
    """A word as it is kept: salted and hashed."""

    salt: bytes
    digest: bytes


def new_word() -> str:
    """A word nobody can guess, in two halves."""
    drawn, signs = secrets.randbelow(len(_SIGNS) ** (2 * _HALF)), ""
    for _ in range(2 * _HALF):
        drawn, at = divmod(drawn, len(_SIGNS))
        signs += _SIGNS[at]
    return f"{signs[:_HALF]}-{signs[_HALF:]}"


def kept(word: str) -> Word:
    """What is kept of a word."""
    salt = secrets.token_bytes(16)
    return Word(salt, _digest(word, salt))


def is_word(typed: str, word: Word | None) -> bool:
    """Is it the word? Takes as long for a wrong one, and for a number that does not exist."""
    known = word or _NOBODYS
    return hmac.compare_digest(_digest(typed, known.salt), known.digest) and word is not None


def ballot_digest(survey: str, typed: str) -> bytes:
    """What is kept of a word for one ballot of a survey, by which it is found without a number."""
    return _digest(typed, f"{survey}\0".encode())


def _digest(typed: str, salt: bytes) -> bytes:
    plain = "".join(sign for sign in typed[:64].lower() if sign in _SIGNS)
    return hashlib.sha256(salt + plain.encode()).digest()


_NOBODYS = Word(bytes(16), bytes(32))
