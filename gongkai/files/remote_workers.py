"""Work shared out to other machines, through the executor of ``dask.distributed`` (the extra
``gongkai[dask]``). What comes of it is the same as here: a worker with other versions is refused.

Everything is given to the workers once, as one piece of data, and then only portions. A worker that
is lost costs time: what it had is done again by another.
"""

from __future__ import annotations

import logging
import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, wait
from typing import TYPE_CHECKING, Any, TypeVar

from gongkai.domain.errors import WorkError
from gongkai.files.program_version import fingerprint

if TYPE_CHECKING:
    from distributed import Client

Portion = TypeVar("Portion")
Result = TypeVar("Result")
SCHEME = "dask://"
_PATIENCE = 10
"""Seconds to wait for the scheduler."""
_LOUD = ("distributed", "distributed.client", "tornado.application")
"""What writes a traceback of every lost connection; ours is one sentence."""
_LOOK = 2
"""Seconds between two looks whether there still is somebody who works."""


def share_out_afar(
    begin: Callable[..., Callable[[Portion], Result]],
    given: tuple[Any, ...],
    portions: Sequence[Portion],
    address: str,
) -> Iterator[Result]:
    """``begin(*given)`` once a worker, and what it returns called for every portion; the results in
    the order of the portions. WorkError if it cannot be done there."""
    if not portions:
        return
    with _client(address) as client:
        # 552 ms, and an extra that most do not install.
        from distributed import CancelledError, KilledWorker

        whole = _packed(fingerprint(), begin, given)
        try:
            pieces = client.scatter(whole, broadcast=True, hash=False)
            pool = client.get_executor(pure=False)
            started = [pool.submit(_do, pieces, portion) for portion in portions]
            for one in started:
                done = _awaited(one, client)
                if isinstance(done, Strange):
                    raise WorkError("error.afar-version", address=address)
                yield done
        except (CancelledError, KilledWorker, OSError, TimeoutError) as error:
            raise WorkError("error.afar-lost", address=address) from error


def _awaited(portion: Future[Any], client: Client) -> Any:
    """What comes of a portion. OSError if nobody is left who could do it: a scheduler that goes
    away between a question and its answer leaves the future waiting for ever."""
    while not wait([portion], _LOOK).done:
        if client.status != "running" or not client.nthreads():  # type: ignore[no-untyped-call]
            raise OSError
    return portion.result()


def _packed(versions: bytes, begin: Callable[..., Any], given: tuple[Any, ...]) -> bytes:
    """What a worker is given, once; what it may not know is only unpacked after the versions."""
    inner = pickle.dumps((begin, given), pickle.HIGHEST_PROTOCOL)
    return pickle.dumps((versions, inner), pickle.HIGHEST_PROTOCOL)


def _client(address: str) -> Client:
    try:
        # 552 ms, and an extra that most do not install.
        from distributed import Client
    except ImportError as error:
        raise WorkError("error.no-dask") from error
    for loud in _LOUD:
        logging.getLogger(loud).setLevel(logging.CRITICAL + 1)
    try:
        place = address.replace(SCHEME, "tcp://", 1)
        return Client(place, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError) as error:
        raise WorkError("error.afar", address=address) from error


class Strange:
    """What a worker answers that has other versions than the one that asks."""


class _Begun:
    """What a worker was given last, and what it does with a portion of it."""

    last: tuple[bytes, Callable[[Any], Any]] | None = None


def _do(whole: bytes, portion: Any) -> Any:
    begun = _Begun.last  # once: a worker may have several threads
    if begun is None or begun[0] != whole:
        theirs, inner = pickle.loads(whole)  # noqa: S301 - the scheduler is ours to trust
        if theirs != fingerprint():
            return Strange()
        begin, given = pickle.loads(inner)  # noqa: S301 - the same
        begun = _Begun.last = (whole, begin(*given))
    return begun[1](portion)
