"""What a browser sends: read in memory, so that no photo as it was taken touches the disk."""

from __future__ import annotations

from typing import NamedTuple

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import Request

from gongkai.inbox.door import TurnedAway

_FIELDS, _LONGEST = 60, 60_000
"""How many fields, and the bytes of one that is no photo."""


class SentForm(NamedTuple):
    """The fields of a form, and its photo. What the photo was called is not looked at."""

    fields: dict[str, str]
    photo: bytes


class _InMemory(MultiPartParser):
    spool_max_size = 1 << 30  # more than the guard lets through


async def read_form(request: Request) -> SentForm:
    """The form that was sent. TurnedAway for what is none."""
    try:
        sent = await _parsed(request)
    except (MultiPartException, ValueError) as error:
        raise TurnedAway(400, "broken") from error
    fields = {key: value for key, value in sent.multi_items() if isinstance(value, str)}
    photo = sent.get("photo")
    data = await photo.read() if isinstance(photo, UploadFile) else b""
    await sent.close()
    return SentForm(fields, data)


async def _parsed(request: Request) -> FormData:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        parts = _InMemory(
            request.headers,
            request.stream(),
            max_files=1,
            max_fields=_FIELDS,
            max_part_size=_LONGEST,
        )
        return await parts.parse()
    if kind == "application/x-www-form-urlencoded":
        form = FormParser(
            request.headers, request.stream(), max_fields=_FIELDS, max_part_size=_LONGEST
        )
        return await form.parse()
    raise TurnedAway(415, "broken")
