"""Posters a second and core: ours with fitting, WeasyPrint on the same sheets without.

WeasyPrint is given everything that stands on a sheet: bar, facts, body, steps, where to object,
until when it hangs, the place for the stamp, the QR code. How it does with title and body alone is
told too.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from gongkai.domain.terms import Channel
from gongkai.files.workers import ALONE
from gongkai.render.poster.posters import Posters
from gongkai.rules.checking import read_and_check
from gongkai.source.library import Reader
from gongkai.source.markdown import html_of
from gongkai.source.scalars import Moment
from gongkai.source.site import read_site
from gongkai.status.edition import make_edition
from gongkai.status.standing import Standing

_STYLE = """
@page { size: A4; margin: 14mm }
body { font-family: "Noto Sans CJK SC"; font-size: 11pt; line-height: 1.3 }
h1 { margin: 3mm 0; font-size: 18pt } p { margin: 1mm 0 }
table { border-collapse: collapse; width: 100% } td, th { border-bottom: .3pt solid; padding: 2pt }
.bar { background: #a8201a; color: #fff; padding: 4mm }
.bar, .bar b { font-size: 28pt } .kind { border: .8pt solid; padding: 1mm 3mm; font-size: 15pt }
.facts { border-top: 1.2pt solid; border-bottom: .6pt solid; padding: 2mm 0 }
.speak { border-left: .8mm solid; padding-left: 4mm } .code svg { width: 27mm; height: 27mm }
.until { border: .7mm solid; padding: 3mm } .until b { display: block; font-size: 28pt }
.stamp { border: .5pt dashed; padding: 2mm; width: 42mm; text-align: center }
"""


class Rates(NamedTuple):
    """Sheets a second of one process; ``bare`` is WeasyPrint with title and body alone."""

    ours: float
    theirs: float
    bare: float


def rates(root: Path, at: str, count: int) -> Rates:
    """Ours and WeasyPrint's, over the same items in turns."""
    from weasyprint import HTML

    site = read_site(root)
    checked = read_and_check(Reader(site, ALONE), Moment(site.zone)(at))
    posters = Posters(make_edition(checked.standings))
    sheets = [
        one for one in checked.standings.all() if one.hangs and Channel.POSTER in one.item.channels
    ][:count]
    posters.pdf(sheets[0])  # fonts are read once in a process
    HTML(string=_bare(sheets[0])).write_pdf()
    took = [0.0, 0.0, 0.0]
    for one in sheets:
        whole, bare = _whole(posters, one), _bare(one)
        makers: list[Callable[[], object]] = [
            partial(posters.pdf, one),
            HTML(string=whole).write_pdf,
            HTML(string=bare).write_pdf,
        ]
        for number, make in enumerate(makers):
            started = time.perf_counter()
            make()
            took[number] += time.perf_counter() - started
    return Rates(*(len(sheets) / one for one in took))


def _bare(standing: Standing) -> str:
    item = standing.item
    return _page(f"<h1>{item.title}</h1><p>{item.first_day} {item.owner.dept}</p>{_body(standing)}")


def _whole(posters: Posters, standing: Standing) -> str:
    """The same sheet as ours, from the same data."""
    said = posters.said(standing)
    facts = " ".join(f"<span>{one['label']}</span> <b>{one['value']}</b>" for one in said["facts"])
    notes = "".join(f"<p class=note>{one}</p>" for one in said["notes"])
    title, codes = "".join(said["title"]), "".join(one["svg"] for one in said["codes"])
    contacts = " · ".join(f"{one['who']} {one['how']}" for one in said["contacts"])
    return _page(
        f"<div class=bar><b>{said['board']}</b><span>{said['org']} {said['number']}</span></div>"
        f"<h1><span class=kind>{said['kind']}</span> {title}</h1><p class=facts>{facts}</p>"
        f"{_body(standing)}{notes}"
        f"<p class=speak><b>{said['speak']}</b> {contacts}</p>"
        f"<footer><div class=until>{said['until']}<b>{said['take-down']}</b></div>"
        f"<div class=stamp>{said['stamp']}<br><br>{said['sign']}<br>{said['signed']}</div>"
        f"<div class=code>{codes}</div></footer><p class=print>{said['print']}</p>"
    )


def _body(standing: Standing) -> str:
    return html_of(standing.item.body.text)


def _page(html: str) -> str:
    return f"<!doctype html><html lang=zh-CN><style>{_STYLE}</style>{html}</html>"
