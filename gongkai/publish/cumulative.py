"""What depends on the past, as files: the recall list (JSON for programs, a page for a telephone, a
PDF for the round), and what hung when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from gongkai.domain.model import Site
from gongkai.publish.hanging_log import HUNG, hung_bytes
from gongkai.publish.recall import (
    RECALL,
    RECALL_PAGE,
    RECALL_PAPER,
    EarlierSite,
    Present,
    PrintedBoard,
    Recall,
    Recalled,
    on_board,
    read_recall,
    recall_of,
)
from gongkai.render.templates import fill
from gongkai.render.words import Words


def aside_files(
    site: Site, past: EarlierSite, present: Present, now: datetime, paper: bytes
) -> Mapping[str, bytes]:
    """Everything that depends on the past, by path, once the ``present`` site is up; ``paper`` is
    the PDF of the recall list before."""
    hung = {HUNG: hung_bytes(past.hung, present.manifest, now)}
    return {**recall_files(site, past, present, now, paper), **hung}


def recall_files(
    site: Site, past: EarlierSite, present: Present, now: datetime, paper: bytes
) -> Mapping[str, bytes]:
    """The files of the list, by their paths, once the ``present`` site is up.

    ``paper`` is the PDF of the list before, which is taken again while the list says the same.
    """
    manifest = present.manifest
    recall, boards = recall_of(past, manifest, now, present.on_wall), manifest.boards
    files = {RECALL: msgspec.json.format(msgspec.json.encode(recall), indent=1) + b"\n"}
    files[RECALL_PAGE] = _page(site, recall, boards)
    if recall.sheets:
        before = read_recall(past.recall)
        is_same = paper and before is not None and before.sheets == recall.sheets
        files[RECALL_PAPER] = paper if is_same else _paper(site, recall, boards)
    return files


def _page(site: Site, recall: Recall, boards: Sequence[PrintedBoard]) -> bytes:
    words = Words(site.lang)
    return fill(
        site.root,
        site.lang,
        "pages/recall.html",
        title=words.t("recall"),
        at=words.moment(datetime.fromisoformat(recall.at).astimezone(site.zone)),
        boards=[
            (printed_board, on_board(recall.sheets, printed_board.id))
            for printed_board in _all(recall, boards)
        ],
        is_printed=bool(recall.sheets),
        since=lambda one: _since(one, site, words),
    ).encode()


def _all(recall: Recall, boards: Sequence[PrintedBoard]) -> list[PrintedBoard]:
    """The boards, and those that are no more but on which something may still hang."""
    known = {board.id: board for board in boards}
    for sheet in recall.sheets:
        for name in sheet.boards:
            known.setdefault(name, PrintedBoard(name, name))
    return list(known.values())


def _since(one: Recalled, site: Site, words: Words) -> str:
    return words.day(datetime.fromisoformat(one.since).astimezone(site.zone).date())


def _paper(site: Site, recall: Recall, boards: Sequence[PrintedBoard]) -> bytes:
    # 105 ms; mostly the list is as it was.
    from gongkai.render.poster.lists import Lists

    words = Words(site.lang)
    heads = tuple(
        words.t(f"recall-{name}") for name in ("board", "title", "version", "why", "since")
    )
    rows = [
        (
            board.title,
            recalled.title or recalled.item,
            recalled.version,
            words.t(f"recall-{recalled.why.value}"),
            _since(recalled, site, words),
        )
        for board in _all(recall, boards)
        for recalled in on_board(recall.sheets, board.id)
    ]
    at = datetime.fromisoformat(recall.at).astimezone(site.zone)
    facts = [(words.t("as-of"), words.day(at.date()))]
    return Lists(site, site.name).paper(
        words, words.t("recall"), heads, rows, facts, RECALL_PAGE, at
    )
