"""Pages of the inbox: templates of the theme, in the site's look and in either language."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse

from gongkai.files import theme
from gongkai.inbox.door import LONGEST_LINE, LONGEST_TEXT, TurnedAway
from gongkai.inbox.service import InboxService
from gongkai.messages import say
from gongkai.render.templates import fill

LANGS = ("zh", "en")


def lang_of(request: Request, service: InboxService, typed: str = "") -> str:
    """The language a page is asked for in, else the site's."""
    asked = typed or request.query_params.get("lang", "")
    return asked if asked in LANGS else service.settings.lang


def page(
    service: InboxService,
    lang: str,
    template: str,
    /,
    status: int = 200,
    here: str = "/say/new?",
    **values: object,
) -> HTMLResponse:
    """A page of the inbox. Every one says how else somebody can be told; ``here`` is where it is
    found in the other language."""
    org = service.settings.org
    ways = [channel.text for channel in org.channels if channel.kind in ("phone", "box")]
    html = fill(
        service.settings.root,
        lang,
        f"inbox/{template}.html",
        lang=lang,
        other="en" if lang == "zh" else "zh",
        here=here,
        factory=org.short,
        ways=ways,
        longest=LONGEST_TEXT,
        longest_line=LONGEST_LINE,
        **values,
    )
    return HTMLResponse(html, status)


def refused(service: InboxService, lang: str, turned: TurnedAway) -> HTMLResponse:
    """A page that says why something was not let in, and what to do."""
    sentence = say(lang, turned.key, **turned.values)
    return page(service, lang, "refused", status=turned.status, sentence=sentence)


def style(service: InboxService) -> str:
    """The style of all pages, which a site may have its own of."""
    return theme.find(service.settings.root, "inbox/inbox.css").read_text("utf-8")
