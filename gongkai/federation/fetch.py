"""Files of a published site, from a web server or a folder."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError
from urllib3.util import Retry

TIMES = (5.0, 20.0)
"""Seconds to wait for a connection, and for each part of an answer."""
MOST = 64 << 20
"""Bytes of a file; no site's manifest comes near."""
_AGAIN = Retry(
    total=2,
    status_forcelist=(429, 502, 503, 504),
    backoff_factor=0.3,
    respect_retry_after_header=False,  # it may be a day
)
_PIECE = 1 << 16


class Unreachable(Exception):
    """A site does not answer, or has no such file; with a word about why."""


def _without_waiting(path: str, flags: int) -> int:
    """Open a file; a FIFO that nobody writes to is not waited for."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


class PublishedSite:
    """A published site, by its address or its folder."""

    def __init__(self, place: str) -> None:
        is_web = place.startswith(("http://", "https://"))
        self.base = f"{place.rstrip('/')}/" if is_web else None
        self.place = place if is_web else str(Path(place).absolute())
        self._session: requests.Session | None = None

    @property
    def page(self) -> str | None:
        """Where people can read it; whoever may enter by a name and a word says so himself."""
        return _AUTHORITY.sub(r"\1", self.base) if self.base else None

    @property
    def key(self) -> str:
        """By what it is told from every other, however it was typed."""
        return self.page or self.place

    def read(self, name: str) -> bytes:
        """One file of the site. Unreachable if it cannot be had whole."""
        try:
            return self._from_folder(name) if self.base is None else self._from_web(name)
        except requests.RequestException as error:
            raise Unreachable(f"{name}: {type(error).__name__}") from error
        except OSError as error:
            raise Unreachable(f"{name}: {error.strerror or type(error).__name__}") from error
        except (ValueError, HTTPError) as error:  # an address, or one that it leads to
            raise Unreachable(f"{name}: {type(error).__name__}") from error

    def _from_folder(self, name: str) -> bytes:
        path = Path(self.place) / name
        with open(path, "rb", opener=_without_waiting) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise OSError(0, "not a regular file")
            data = file.read(MOST + 1)
        if len(data) > MOST:
            raise OSError(0, "too large")
        return data

    def _from_web(self, name: str) -> bytes:
        if self._session is None:
            self._session = requests.Session()
            for scheme in ("http://", "https://"):
                self._session.mount(scheme, HTTPAdapter(max_retries=_AGAIN))
        with self._session.get(f"{self.base}{name}", timeout=TIMES, stream=True) as answer:
            if not answer.ok:
                raise Unreachable(f"{name}: HTTP {answer.status_code}")
            found, pieces = bytearray(), 0
            while piece := answer.raw.read1(_PIECE, decode_content=True):
                found += piece
                pieces += 1
                if len(found) > MOST:
                    raise OSError(0, "too large")
                if pieces > _PATIENCE and len(found) < pieces * _SLOW:
                    raise OSError(0, "too slow")
        return bytes(found)


_AUTHORITY = re.compile(r"^(https?://)[^/@]*@")
_PATIENCE, _SLOW = 60, 500
"""After so many pieces a file that comes in fewer bytes a piece is not waited for."""
