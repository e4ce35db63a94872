"""Time grows with the length of a text and no faster, whatever it is made of."""

from __future__ import annotations

import pytest

from tests.sites import item
from tests.soak.mill import TOKENS, Mill

MORE = """- |* |_ |**a|张*|张*三、|一*|*一|**“a”**|[a](|<a |: |1 |合计、|公|，|~|[a][b]
110101199003071234 |12 345 678 |13800138000|13800138000 |1 3 8
一三八〇|a13800138000|电话 1/2/3 """.replace("\n", "|").split("|")
TABLES = ["|a", "| ", "||", "|:-", "合计|", "\n|a|\n|-|", "\n- ", "\n> ", "[a]: b\n", "a\n=\n"]
TYPED = [token.decode("utf-8", "replace") for token in TOKENS if len(token) < 100]
PIECES = [text for text in (*TYPED, *MORE, *TABLES) if text and "\0" not in text]
LONG = 190_000
"""Bytes; the mill stops what takes absurdly long."""


@pytest.fixture(scope="module")
def mill(tmp_path_factory: pytest.TempPathFactory) -> Mill:
    return Mill(tmp_path_factory.mktemp("mill"))


def test_long_runs_of_one_thing(mill: Mill, share: int) -> None:
    for piece in PIECES[::share]:
        for head in ("", "x "):
            body = head + piece * (LONG // len(piece.encode()))
            mill.grind({".md": item(body=body).encode()})
