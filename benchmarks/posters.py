"""Posters a second and core: ours with fitting, WeasyPrint on the same sheets without."""

from __future__ import annotations

import time
from pathlib import Path

from gongkai.checking import read_and_check
from gongkai.edition import make_edition
from gongkai.render.html import Writer
from gongkai.render.posters import Posters
from gongkai.source.library import Reader
from gongkai.source.markdown import tree
from gongkai.source.scalars import Moment
from gongkai.source.site import read_site
from gongkai.standing import Standing
from gongkai.terms import Channel
from gongkai.work import ALONE

_STYLE = """
@page { size: A4; margin: 14mm }
body { font-family: "Noto Sans CJK SC"; font-size: 12pt; line-height: 1.5 }
table { border-collapse: collapse; width: 100% } td, th { border-bottom: .3pt solid; padding: 3pt }
"""


def rates(root: Path, at: str, count: int) -> tuple[float, float]:
    """Sheets a second of one process, ours and WeasyPrint's, over the same items in turns."""
    from weasyprint import HTML

    site = read_site(root)
    checked = read_and_check(Reader(site, ALONE), Moment(site.zone)(at))
    posters = Posters(make_edition(checked.standings))
    sheets = [
        one for one in checked.standings.all() if one.hangs and Channel.POSTER in one.item.channels
    ][:count]
    posters.pdf(sheets[0])  # fonts are read once in a process
    HTML(string=_html(sheets[0])).write_pdf()
    ours = theirs = 0.0
    for one in sheets:
        started = time.perf_counter()
        posters.pdf(one)
        ours += time.perf_counter() - started
        started = time.perf_counter()
        HTML(string=_html(one)).write_pdf()
        theirs += time.perf_counter() - started
    return len(sheets) / ours, len(sheets) / theirs


def _html(standing: Standing) -> str:
    item = standing.item
    body = Writer(lambda _: "").write(tree(item.body))
    return (
        f"<!doctype html><html lang=zh-CN><style>{_STYLE}</style><h1>{item.title}</h1>"
        f"<p>{item.first_day} {item.owner.dept}</p>{body}</html>"
    )
