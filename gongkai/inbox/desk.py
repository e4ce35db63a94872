"""The desk: where opinions are received, handed on, answered, and let into the ledger."""

from __future__ import annotations

import hmac
from datetime import date

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from gongkai.domain.terms import Handling
from gongkai.inbox.accounts import read_accounts, signed_in
from gongkai.inbox.door import TurnedAway, let_in_text
from gongkai.inbox.entry import DeskAnswer, InboxEntry
from gongkai.inbox.forms import read_form
from gongkai.inbox.guard import header
from gongkai.inbox.pages import lang_of, page
from gongkai.inbox.photo import media_type
from gongkai.inbox.public import NUMBER
from gongkai.inbox.service import InboxService, apart
from gongkai.inbox.sessions import Clerk
from gongkai.inbox.states import BY, DeskStage, DeskStep, Role, is_open, next_role, steps_from
from gongkai.source.problems import Mistake
from gongkai.source.scalars import read_day

COOKIE = "desk"
_SHOWN = 200
"""Opinions of a list on the desk; what is due first, and what was done last, is among them."""


class InboxDesk:
    """The pages for clerks. Each asks who they are, and each form carries their token."""

    def __init__(self, service: InboxService) -> None:
        self.service = service

    # -- who it is --------------------------------------------------------------------------------

    async def _clerk(self, request: Request) -> Clerk | None:
        """Who has signed in: as the named proxy says, where one is named for it; else by the
        session of the cookie."""
        settings, sessions = self.service.settings, self.service.sessions
        if not settings.user_header:
            return sessions.clerk(request.cookies.get(COOKIE, ""))
        if not self._is_proxied(request):
            return None
        name = header(request.scope, settings.user_header)
        account = read_accounts(settings.folder).get(name)
        return Clerk(account, sessions.csrf(f"proxy:{name}")) if account else None

    def _is_proxied(self, request: Request) -> bool:
        """Does the named proxy ask, whose headers count?"""
        peer = request.client.host if request.client else ""
        return self.service.settings.is_proxy(peer)

    async def _posted(self, request: Request) -> tuple[Clerk, dict[str, str]]:
        """A clerk and the form they sent. TurnedAway when nobody has signed in, or when the form
        is not one that the desk gave them."""
        clerk = await self._clerk(request)
        if clerk is None:
            raise TurnedAway(403, "sign-in")
        fields = (await read_form(request)).fields
        if not hmac.compare_digest(fields.get("csrf", "").encode(), clerk.csrf.encode()):
            raise TurnedAway(403, "foreign-form")
        return clerk, fields

    async def sign_in(self, request: Request) -> Response:
        """Begins a session. Names and passwords are tried a few times only."""
        if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            raise TurnedAway(403, "foreign-form")
        fields = (await read_form(request)).fields
        name, password = fields.get("name", "").strip(), fields.get("password", "")
        if not self.service.guesses.allows(f"desk:{name[:60]}"):
            raise TurnedAway(429, "too-many-passwords")
        accounts = read_accounts(self.service.settings.folder)
        # Hashing takes a while and lets go of Python meanwhile.
        account = await apart(lambda: signed_in(accounts, name, password))
        if account is None:
            raise TurnedAway(403, "wrong-password")
        self.service.guesses.forgive(f"desk:{name[:60]}")
        return self._begun(request, self.service.sessions.begin(account))

    def _begun(self, request: Request, token: str) -> Response:
        answer = RedirectResponse("/desk/", 303)
        proto = header(request.scope, "x-forwarded-proto") if self._is_proxied(request) else ""
        answer.set_cookie(
            COOKIE, token, path="/desk/", httponly=True, samesite="strict", secure=proto == "https"
        )
        return answer

    async def sign_out(self, request: Request) -> Response:
        await self._posted(request)
        self.service.sessions.end(request.cookies.get(COOKIE, ""))
        answer = RedirectResponse("/desk/", 303)
        answer.delete_cookie(COOKIE, path="/desk/")
        return answer

    # -- what lies on the desk --------------------------------------------------------------------

    async def list(self, request: Request) -> Response:
        """Every opinion, with its clock and who is next; the login for whoever has none."""
        clerk, lang = await self._clerk(request), lang_of(request, self.service)
        if clerk is None:
            is_proxied = bool(self.service.settings.user_header)
            return page(self.service, lang, "login", status=403, is_proxied=is_proxied)
        entries = await self.service.keeper.do(lambda store: store.entries())
        today = self.service.clocks.instant().date()
        waiting = [self._row(entry, today) for entry in entries if is_open(entry.stage)]
        done = [self._row(entry, today) for entry in entries if not is_open(entry.stage)]
        return page(
            self.service, lang, "desk",
            clerk=clerk,
            waiting=waiting[:_SHOWN], done=done[::-1][:_SHOWN],
            counts={"waiting": len(waiting), "done": len(done)},
        )  # fmt: skip

    def _row(self, entry: InboxEntry, today: date) -> dict[str, object]:
        return {
            "entry": entry,
            "left": entry.days_left(today),
            "next": next_role(entry.stage),
            "dept": entry.dept,
            "is_to_clear": not entry.cleared and entry.stage is not DeskStage.RECEIVED,
        }

    async def opinion(self, request: Request) -> Response:
        """One opinion, with what may be done about it now."""
        clerk, lang = await self._clerk(request), lang_of(request, self.service)
        if clerk is None:
            return RedirectResponse("/desk/", 303)
        number = request.path_params["number"]
        entry = await self._entry(number)
        keeper, roles = self.service.keeper, frozenset(clerk.account.roles)
        deals = bool(roles & {Role.RECEIVE, Role.ANSWER})
        return page(
            self.service, lang, "desk_opinion",
            clerk=clerk,
            row=self._row(entry, self.service.clocks.instant().date()),
            contact=await keeper.do(lambda store: store.contact(number)) if deals else None,
            taken=await keeper.do(lambda store: store.taken(number)),
            steps=steps_from(entry.stage, roles),
            depts=self.service.settings.depts,
            handlings=list(Handling),
            title=entry.title or entry.item,
            board=self.service.titles.of("boards", entry.board) or entry.board,
        )  # fmt: skip

    async def _entry(self, number: str) -> InboxEntry:
        is_number = NUMBER.fullmatch(number)
        entry = await self.service.keeper.do(lambda store: store.entry(number))
        if not is_number or entry is None:
            raise TurnedAway(404, "no-page")
        return entry

    async def photo(self, request: Request) -> Response:
        """The photo that came with an opinion, for clerks only."""
        number = request.path_params["number"]
        if await self._clerk(request) is None:
            raise TurnedAway(403, "sign-in")
        photo = await self.service.keeper.do(lambda store: store.photo(number))
        if photo is None:
            raise TurnedAway(404, "no-page")
        return Response(photo, media_type=media_type(photo))

    # -- what is done -----------------------------------------------------------------------------

    async def take_step(self, request: Request) -> Response:
        """Takes one step with an opinion."""
        clerk, fields = await self._posted(request)
        number = request.path_params["number"]
        entry = await self._entry(number)
        step = next(
            (desk_step for desk_step in DeskStep if desk_step.value == fields.get("step")), None
        )
        if step is None or BY[step] not in clerk.account.roles:
            raise TurnedAway(403, "not-yours")
        if not await self._do(entry, step, clerk.account.name, fields):
            raise TurnedAway(409, "moved-on")
        return RedirectResponse(f"/desk/{number}", 303)

    async def _do(self, entry: InboxEntry, step: DeskStep, by: str, fields: dict[str, str]) -> bool:
        today, keeper = self.service.clocks.instant().date(), self.service.keeper
        if step is DeskStep.ANSWER:
            answer = _answer(fields, self.service.settings.phones)
            return await keeper.do(lambda store: store.answer(entry.number, answer, by, today))
        dept = fields.get("dept", "")
        if step is DeskStep.HAND_ON and dept not in self.service.settings.depts:
            raise TurnedAway(422, "no-dept")
        return await keeper.do(lambda store: store.take_step(entry.number, step, by, today, dept))


def _answer(fields: dict[str, str], phones: frozenset[str]) -> DeskAnswer:
    """A reply out of a form: what is under way has its day."""
    reply = let_in_text(fields.get("reply", ""), phones)
    result = next(
        (handling for handling in Handling if handling.value == fields.get("result")), None
    )
    if result is None:
        raise TurnedAway(422, "no-result")
    if result is not Handling.UNDER_WAY:
        return DeskAnswer(reply, result)
    try:
        return DeskAnswer(reply, result, read_day(fields.get("promised", "").strip()))
    except Mistake as mistake:
        raise TurnedAway(422, "no-promise") from mistake
