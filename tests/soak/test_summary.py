"""The year's summary as LibreOffice opens it: every sentence and every cell is there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pypdfium2
import pytest

from gongkai.render.summary import YearSummary
from gongkai.render.summary_files import as_docx
from gongkai.source.library import read_library
from gongkai.source.site import read_site
from gongkai.status.edition import make_edition
from gongkai.status.standing import stand
from tests.conftest import ROOT
from tests.sites import instant
from tests.soak.test_office import converted

pytestmark = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_libreoffice_shows_everything_that_the_document_says(lang: str, tmp_path: Path) -> None:
    site = read_site(ROOT)
    library, _ = read_library(site)
    summary = YearSummary(make_edition(stand(library, instant(site, "2026-12-01"))), 2026, lang)
    path = tmp_path / "summary.docx"
    path.write_bytes(as_docx(summary))
    (made,) = converted([path], "pdf:writer_pdf_Export", tmp_path / "out")
    with pypdfium2.PdfDocument(made) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    shown = "".join("".join(pages).split())
    for part in summary.sections():
        cells = [cell for row in part.table for cell in row]
        for text in (part.title, *part.lines, *cells):
            assert "".join(text.split()) in shown
