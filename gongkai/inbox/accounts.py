"""Who may use the desk: names with roles and hashed passwords, in a file of its owner's alone."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

import msgspec

from gongkai.domain.errors import UsageError
from gongkai.inbox.states import Role

NAME = "users.json"
SHORTEST = 10
"""Characters of a password."""
_COST, _BLOCK = 1 << 14, 8
"""Of scrypt: 16 MB and some 50 ms a try."""


class Account(msgspec.Struct, frozen=True):
    """Somebody who may use the desk. A password is kept as its hash by scrypt."""

    name: str
    roles: tuple[Role, ...]
    salt: bytes
    digest: bytes

    def knows(self, password: str) -> bool:
        """Is it the password?"""
        return hmac.compare_digest(_digest(password, self.salt), self.digest)


def new_account(name: str, roles: tuple[Role, ...], password: str) -> Account:
    """An account. UsageError when its name or password cannot be one."""
    if not name or len(name) > 60 or not name.isprintable():
        raise UsageError("error.inbox-name")
    if len(password) < SHORTEST:
        raise UsageError("error.inbox-password", least=SHORTEST)
    salt = secrets.token_bytes(16)
    return Account(name, roles, salt, _digest(password, salt))


def _digest(password: str, salt: bytes) -> bytes:
    given = password[:1_000].encode("utf-8", "surrogatepass")
    return hashlib.scrypt(given, salt=salt, n=_COST, r=_BLOCK, p=1)


_NOBODY = Account("", (), bytes(16), bytes(64))


def signed_in(accounts: dict[str, Account], name: str, password: str) -> Account | None:
    """The account of a name and its password; takes as long for a name that nobody has."""
    account = accounts.get(name)
    return account if (account or _NOBODY).knows(password) and account else None


def read_accounts(folder: Path) -> dict[str, Account]:
    """All accounts by name; none where there is no file yet. UsageError for a damaged one."""
    path = folder / NAME
    if not path.exists():
        return {}
    try:
        found = msgspec.json.decode(path.read_bytes(), type=list[Account])
    except msgspec.DecodeError as error:
        raise UsageError("error.inbox-users", path=str(path)) from error
    return {account.name: account for account in found}


def write_accounts(folder: Path, accounts: dict[str, Account]) -> Path:
    """Keep the accounts, in one step."""
    path, spare = folder / NAME, folder / f".{NAME}.new"
    spare.unlink(missing_ok=True)
    with os.fdopen(os.open(spare, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(list(accounts.values()))))
        file.flush()
        os.fsync(file.fileno())
    spare.replace(path)
    return path
