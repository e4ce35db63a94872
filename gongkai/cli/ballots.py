"""The task of the inbox that makes one-time words for a survey."""

from __future__ import annotations

import argparse
import os
from contextlib import closing
from datetime import datetime
from pathlib import Path

from gongkai.cli.note import note
from gongkai.domain.errors import UsageError
from gongkai.domain.model import Site
from gongkai.inbox.ballot_box import BallotBox
from gongkai.inbox.store import Store
from gongkai.inbox.word import new_word
from gongkai.render.poster.surveys import slips
from gongkai.source.library import read_library
from gongkai.status.surveys import survey_of

MOST = 5_000
"""Words that are made at once."""


def words(options: argparse.Namespace, site: Site, now: datetime, folder: Path) -> int:
    """Words on slips, as a PDF for its owner's eyes alone. They stand nowhere else: in the database
    is what they are found by."""
    library, _ = read_library(site)
    survey, board = survey_of(library, options.name), options.board or ""
    if survey.first is None or survey.count or survey.item:
        raise UsageError("error.survey-closed", found=survey.id)
    if board and library.board(board) is None:
        raise UsageError("error.words-board", found=board, known=[b.id for b in library.boards])
    if not 1 <= options.count <= MOST:
        raise UsageError("error.words-count", most=MOST)
    out = Path(options.out or f"words-{board or 'all'}.pdf").absolute()
    if out.exists():
        raise UsageError("error.exists", path=str(out))
    lang = options.lang or site.lang
    drawn = [new_word() for _ in range(options.count)]
    sheet = slips(library, survey, drawn, board, now, lang)
    _write_private(out, sheet)
    with closing(Store(folder)) as store:
        questions = [question.id for question in survey.questions]
        sent = BallotBox(store).issue(survey.id, board, drawn, questions)
    print(out)
    note(lang, "cli.inbox-words", count=len(drawn), sent=sent, path=out.name)
    return 0


def _write_private(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
