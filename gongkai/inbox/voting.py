"""The pages on which ballots are filled in, and single items appraised. None needs a script, sets
a cookie, or gives anything by which a ballot could be found again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from gongkai.domain.model import Question, Survey
from gongkai.domain.terms import Rating
from gongkai.editing.counting import OVERALL
from gongkai.inbox.ballot_box import BallotBox
from gongkai.inbox.door import TurnedAway, read_item
from gongkai.inbox.forms import read_form
from gongkai.inbox.pages import lang_of, page
from gongkai.inbox.service import InboxService, apart
from gongkai.render.surveys import asked
from gongkai.render.words import Words
from gongkai.source.surveys import OF_AN_ITEM, read_surveys
from gongkai.status.surveys import is_open


class Voting:
    """The pages for voters."""

    def __init__(self, service: InboxService) -> None:
        self.service = service

    async def ballot(self, request: Request) -> Response:
        """The ballot of a survey; takes it, with its word, once."""
        survey = await self._survey(request.path_params["survey"])
        fields = (await read_form(request)).fields if request.method == "POST" else {}
        lang = lang_of(request, self.service, fields.get("lang", ""))
        if request.method == "POST":
            answers = _answers(fields, [OVERALL, *(question.id for question in survey.questions)])
            typed, name = fields.get("word", ""), survey.id
            is_taken = await self.service.keeper.do(
                lambda store: BallotBox(store).cast(name, typed, answers)
            )
            if not is_taken:
                raise TurnedAway(403, "wrong-ballot-word")
            return page(self.service, lang, "voted", status=201, title=survey.title)
        return page(
            self.service, lang, "ballot",
            here=f"/say/vote/{quote(survey.id)}?",
            survey=survey, ratings=list(Rating),
            questions=questions(survey.questions, lang, has_overall=True),
            day=survey.last or survey.date,
        )  # fmt: skip

    async def appraise(self, request: Request) -> Response:
        """Takes what somebody says of one item that is published."""
        fields = (await read_form(request)).fields
        item = read_item(fields.get("item", ""))
        title = self.service.titles.of("items", item)
        answers = _answers(fields, [question.id for question in OF_AN_ITEM])
        if not title:
            raise TurnedAway(404, "no-page")
        if len(answers) < len(OF_AN_ITEM):
            raise TurnedAway(422, "no-answers")
        await self.service.keeper.do(
            lambda store: BallotBox(store).appraise(
                item, [question.id for question in OF_AN_ITEM], answers
            )
        )
        lang = lang_of(request, self.service, fields.get("lang", ""))
        return page(self.service, lang, "voted", status=201, title=title)

    async def _survey(self, name: str) -> Survey:
        """The survey of an id, while it takes ballots. TurnedAway otherwise."""
        surveys, _ = await apart(lambda: read_surveys(self.service.settings.root))
        today = self.service.clocks.instant().date()
        found = next(
            (survey for survey in surveys if survey.id == name and is_open(survey, today)), None
        )
        if found is None:
            raise TurnedAway(404, "no-survey")
        return found


def questions(
    ones: Sequence[Question], lang: str, *, has_overall: bool
) -> list[tuple[str, str, str]]:
    """The questions of a form: the name of its field, its text, and what a browser may ask for."""
    words = Words(lang)
    overall = [(_field(OVERALL), words.t("survey-overall"), "")] if has_overall else []
    need = "" if has_overall else "required"
    return [*overall, *((_field(question.id), asked(question, words), need) for question in ones)]


def _answers(fields: Mapping[str, str], names: Sequence[str]) -> dict[str, Rating]:
    """What was ticked; the rest is left out, as on paper."""
    known = {rating.value: rating for rating in Rating}
    ticked = {name: fields.get(_field(name), "") for name in names}
    return {name: known[value] for name, value in ticked.items() if value in known}


def _field(question: str) -> str:
    return f"q-{question}"
