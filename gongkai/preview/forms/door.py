"""Requests of the forms: who may ask, what is asked, and what is answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from urllib.parse import parse_qsl, quote, urlencode

import msgspec

from gongkai.domain.errors import GongkaiError, UsageError
from gongkai.editing.blank import Wish, blank, category_of, latest, period_wanted
from gongkai.editing.written import write_new
from gongkai.files import theme
from gongkai.messages import say
from gongkai.preview.forms.desk import FormDesk
from gongkai.preview.forms.incoming import is_picture, put_beside, take_over
from gongkai.preview.forms.judging import judged
from gongkai.preview.forms.pages import FormView, form_page, list_page, page
from gongkai.preview.forms.saving import ACT, Form, save, would_be
from gongkai.preview.pages import Preview
from gongkai.preview.server import FORMS, FormAnswer, FormRequest
from gongkai.render.poster.approval import approval_sheet
from gongkai.source.problems import Mistake
from gongkai.source.scalars import read_period

_MOST_FIELDS = 20_000
_FILES = {"editor.css": "text/css; charset=utf-8", "editor.js": "text/javascript; charset=utf-8"}


class Forms:
    """Answers for the forms of a site that is shown."""

    def __init__(self, preview: Preview) -> None:
        self.preview = preview

    def __call__(self, request: FormRequest) -> FormAnswer:
        """An answer to everything; what cannot be done is said, with nothing lost."""
        name = request.path.removeprefix(FORMS)
        if request.body is not None and not request.is_ours:
            return FormAnswer(403, "text/plain", b"403")
        with self.preview.busy:
            try:
                return self._answer(name, request)
            except GongkaiError as error:
                return self._refused(name, error)
            except OSError as error:  # a full disk, a file that another program holds
                why = error.strerror or type(error).__name__
                return self._refused(name, UsageError("error.form-disk", why=why))

    def _answer(self, name: str, request: FormRequest) -> FormAnswer:
        desk = FormDesk(self.preview)
        if name in _FILES:
            data = theme.find(desk.root, f"editor/{name}").read_bytes()
            return FormAnswer(200, _FILES[name], data)
        asked = dict(parse_qsl(request.query, keep_blank_values=True))
        if request.body is None:
            found = _GET.get(name)
            return found(desk, asked) if found else FormAnswer(404, "text/plain", b"404")
        posted = _POST.get(name)
        return (
            posted(desk, asked, request.body) if posted else FormAnswer(404, "text/plain", b"404")
        )

    def _refused(self, name: str, error: GongkaiError) -> FormAnswer:
        """Why it could not be done. A form that was sent is still there, one step back."""
        lang = self.preview.site.lang if self.preview.site else "zh"
        sentence = say(lang, error.key, **error.values)
        if name in ("check", "upload", "import"):
            return _json({"wrong": sentence}, 422)
        if self.preview.checked is None:
            return FormAnswer(503, "text/plain; charset=utf-8", sentence.encode())
        desk = FormDesk(self.preview)
        return _html(page(desk, "refused", sentence=sentence, kind=""), 422)


def _html(text: str, status: int = 200) -> FormAnswer:
    return FormAnswer(status, "text/html; charset=utf-8", text.encode())


def _json(value: object, status: int = 200) -> FormAnswer:
    return FormAnswer(status, "application/json", msgspec.json.encode(value))


def _to(page_name: str, **asked: str) -> FormAnswer:
    """On to a page, so that loading it again writes nothing again."""
    query = urlencode({key: value for key, value in asked.items() if value})
    return FormAnswer(303, "text/plain", b"", f"{FORMS}{page_name}?{query}")


def _form(body: bytes) -> Form:
    """What was sent."""
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise UsageError("error.form-path", path="") from error
    return form_of(pairs)


def form_of(pairs: Iterable[tuple[str, str]]) -> Form:
    """Fields by name; of several with one name all that say something, a line each."""
    found: dict[str, str] = {}
    for name, value in pairs:
        before = found.get(name, "")
        found[name] = f"{before}\n{value}" if before and value else before or value
    return found


Query = Mapping[str, str]


def _list(desk: FormDesk, asked: Query) -> FormAnswer:
    note = _sentence(desk, asked)
    return _html(list_page(desk, asked.get("kind", ""), asked.get("q", ""), note))


def _sentence(desk: FormDesk, asked: Query) -> str:
    known = {name: name for name in ("saved", "corrected", "made", "taken")}
    done = known.get(asked.get("done", ""))
    return say(desk.site.lang, f"ui.edit.done.{done}") if done else ""


def _edit(desk: FormDesk, asked: Query) -> FormAnswer:
    place = desk.place(asked.get("kind", ""), asked.get("path", ""), asked.get("row", ""))
    view = FormView(note=_sentence(desk, asked))
    return _html(form_page(desk, place, asked.get("act", ""), view))


def _approval(desk: FormDesk, asked: Query) -> FormAnswer:
    item = desk.item(asked.get("path", ""))
    if item is None:
        raise UsageError("error.form-path", path=asked.get("path", "")[:80])
    return FormAnswer(200, "application/pdf", approval_sheet(desk.library, item, desk.now))


def _save(desk: FormDesk, _asked: Query, body: bytes) -> FormAnswer:
    form = _form(body)
    done = save(desk, form)
    after = FormDesk(desk.preview)
    if done.conflicts:
        note = say(desk.site.lang, "ui.edit.conflicts")
        view = FormView(note, done.conflicts, (), form)
        return _html(form_page(after, done.place, form.get(ACT, ""), view), 409)
    place = done.place
    what = "corrected" if done.is_corrected else "saved"
    if form.get(ACT):
        return _to("", kind=place.kind.name, done=what)
    return _to("edit", path=place.path, row=place.row, done=what)


def _check(desk: FormDesk, _asked: Query, body: bytes) -> FormAnswer:
    form = _form(body)
    place, text = would_be(desk, form)
    told = judged(desk.library, place.kind, place.path, text, desk.now)
    if place.row:
        told = [form_finding for form_finding in told if not form_finding.trail]
    return _json(
        [
            (form_finding.trail, form_finding.severity.value, form_finding.text)
            for form_finding in told
        ]
    )


def _new(desk: FormDesk, _asked: Query, body: bytes) -> FormAnswer:
    """A draft of a category, or after an item of the period before."""
    form, library = _form(body), desk.library
    model = desk.item(form.get("path", ""))
    category = category_of(library, model.category if model else form.get("category", ""))
    typed = form.get("period", "").strip()
    try:
        period = read_period(typed) if typed else None
    except Mistake as mistake:
        raise UsageError("error.period", found=typed[:30]) from mistake
    if period is None and model and model.period:
        period = model.period.next()
    period = period or period_wanted(library, category, desk.now.date())
    wish = Wish(
        category=category,
        period=period,
        pattern=model or latest(library, category, period),
        again=model is not None,
    )
    made = blank(library, wish, desk.now.date())
    write_new(made.path, made.text.encode())
    desk.look_again()
    return _to("edit", path=made.path.relative_to(desk.root).as_posix(), done="made")


def _upload(desk: FormDesk, asked: Query, body: bytes) -> FormAnswer:
    place = desk.place("", asked.get("path", ""), "")
    name = put_beside(desk, place.path, asked.get("name", ""), body)
    return _json({"name": name, "is_picture": is_picture(name)})


def _import(desk: FormDesk, asked: Query, body: bytes) -> FormAnswer:
    done = take_over(desk, asked.get("name", ""), body, accepts=bool(asked.get("accept")))
    first = done.paths[0] if done.paths else ""
    is_item = first.startswith("content/items/")
    to = f"{FORMS}edit?path={quote(first)}&done=taken" if is_item else f"{FORMS}?kind=opinions"
    return _json({"told": done.told, "to": "" if done.is_refused else to})


_GET: Mapping[str, Callable[[FormDesk, Query], FormAnswer]] = {
    "": _list, "edit": _edit, "approval.pdf": _approval,
}  # fmt: skip
_POST: Mapping[str, Callable[[FormDesk, Query, bytes], FormAnswer]] = {
    "save": _save, "check": _check, "new": _new, "upload": _upload, "import": _import,
}  # fmt: skip
