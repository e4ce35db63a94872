"""From a written document to an item: what it means, what is told of it, and what is refused."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate
from pathlib import Path

from gongkai.domain.errors import UsageError
from gongkai.domain.model import Library
from gongkai.domain.terms import Kind
from gongkai.editing.asked import Import, ImportRequest, ImportTarget, Told
from gongkai.editing.blank import Wish, blank, latest
from gongkai.editing.duty import for_what, refuse_second
from gongkai.editing.enclosed import attachment_lines, enclosed, told_of
from gongkai.editing.illustrations import Illustration, Unshowable, numbered, ready
from gongkai.editing.notices import contact_lines, guessed, kind_of, wished
from gongkai.editing.prose import heading_count, markdown
from gongkai.editing.scans import is_scan, numbers_seen, recognized_in
from gongkai.editing.sheets import Trouble
from gongkai.editing.written import as_typed
from gongkai.messages import say
from gongkai.source.items import LONGEST_BODY
from gongkai.source.privacy.numbers import personal_numbers
from gongkai.source.privacy.rows import numbers_in_row
from gongkai.source.word.contacts import Contacts, contacts_in
from gongkai.source.word.grids import sheet_of_grid
from gongkai.source.word.model import Block, Document, Paragraph, WordPicture, WordTable, quote
from gongkai.source.word.office import NEWER, newer
from gongkai.source.word.reading import read_document
from gongkai.source.word.understood import UnderstoodDocument, understand_document
from gongkai.source.word.window import window_in
from gongkai.source.workbook.cells import CellFlaw
from gongkai.source.workbook.errors import Unreadable
from gongkai.source.workbook.visible import flaw_of

_CASES = ("encrypted", "macros", "bomb", "ending", "big5", "too-large", "office")


def import_document(
    library: Library, path: Path, data: bytes, asked: ImportRequest, today: date
) -> Import:
    """Understand a document and say what comes of it. UsageError when it cannot be read."""
    if asked.form not in (None, ImportTarget.ITEM):
        raise UsageError("error.import-word-form", path=path.name)
    document = _read(path, data, asked)
    _refuse_long(path, sum(map(len, _texts(document.blocks))))
    one = understand_document(document)
    illustrations, unshown = _illustrated(path, one)
    seen = recognized_in(illustrations) if is_scan(document) else {}
    troubles = (*_troubles(document, one), *unshown, *numbers_seen(seen))
    told = _how(path, document, one)
    if path.suffix.lower() in NEWER:
        told.insert(0, ("import.word-old", {"texts": "LibreOffice"}))
    if seen:
        told.append(("import.word-recognized", {"count": len(seen)}))
    if troubles:
        return Import({}, tuple(told), (), troubles)
    if not one.body and not one.title:
        raise UsageError("error.import-word-empty", path=path.name)
    body = _body(path, document, one, illustrations, seen, say(library.site.lang, "new.recognized"))
    return _item(library, path, document, one, illustrations, body, asked, today, told)


def _read(path: Path, data: bytes, asked: ImportRequest) -> Document:
    ending = path.suffix.lower()
    try:
        if ending in NEWER:
            data = newer(data, ending)
        return read_document(
            data,
            NEWER.get(ending, ending),
            accepts=asked.accepts,
            takes_hidden=asked.takes_hidden,
        )
    except Unreadable as bad:
        case = bad.case if bad.case in _CASES else "unreadable"
        raise UsageError(f"error.import-word-{case}", path=path.name, **bad.values) from bad


def _item(
    library: Library,
    path: Path,
    document: Document,
    one: UnderstoodDocument,
    illustrations: Mapping[int, Illustration],
    body: str,
    asked: ImportRequest,
    today: date,
    told: Told,
) -> Import:
    title = one.title or path.stem
    said = [title, _matter(title), path.stem]
    category, period = for_what(library, asked, said, today, told)
    refuse_second(library, path, category, period)
    texts = [*_texts(one.body)]
    window = window_in(texts, one.formed or today)
    # not that of the item it is modelled on
    kind = kind_of(title, category, window) or category.kind
    contacts = contacts_in(texts) if kind is Kind.NOTICE else Contacts()
    told += guessed(kind, category, window, contacts)
    files = enclosed(path, one.attached)
    told += told_of(one.attached, files)
    wish = Wish(
        category=category,
        period=period,
        publish=asked.publish,
        pattern=latest(library, category, period),
        title=title,
        number=one.number,
        formed=one.formed,
        kind=kind,
        window=wished(window, contacts) if kind is Kind.NOTICE else None,
        body=body,
        asks_summary=is_scan(document),
        extra=(*contact_lines(contacts), *attachment_lines(files)),
    )
    made = blank(library, wish, today)
    beside = {made.path.parent / p.name: p.data for p in illustrations.values()}
    beside |= {made.path.parent / each.name: each.source.read_bytes() for each in files}
    along = tuple(each.source for each in files)
    return Import({made.path: made.text.encode(), **beside}, tuple(told), made.todo, along=along)


_WORN = re.compile(
    r"关于|做好|加强|开展|进行|进一步|认真|切实|印发|调整|公布|《|》|工作(?=的|$)"
    r"|的?(?:通知|公示|公告|通告|通报|决定|报告|说明|请示|批复|意见|函)(?:[（(].*)?$"
)


def _matter(title: str) -> str:
    """What a title is about, without what titles of every kind are made of."""
    return _WORN.sub("", title)


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.whole
        elif isinstance(block, WordTable):
            yield from ("\u3000".join(filter(None, row)) for row in block.rows)


def _body(
    path: Path,
    document: Document,
    one: UnderstoodDocument,
    illustrations: Mapping[int, Illustration],
    seen: Mapping[int, Sequence[str]],
    remark: str,
) -> str:
    """The whole text as Markdown; what stood in the margins and under the line comes last, and
    then, with a remark, what a program read in the pictures."""
    names = {
        at: (p.name, _caption(one, at) or _counted(one.title or path.stem, n, len(illustrations)))
        for n, (at, p) in enumerate(illustrations.items(), 1)
    }
    parts = [markdown(one.body, one.signature, names)]
    parts += [as_typed(f"{mark} {text}".strip()) for mark, text in document.notes]
    parts += [as_typed(text) for text in _margins(document, one)]
    lines = [as_typed(line) for page in seen.values() for line in page]
    parts += ["\n>\n".join(f"> {line}" for line in (remark, *lines))] if lines else []
    body = "\n\n".join(filter(None, parts))
    _refuse_long(path, len(body))
    return body


def _refuse_long(path: Path, length: int) -> None:
    if length > LONGEST_BODY:
        raise UsageError("error.import-word-long", path=path.name, most=LONGEST_BODY)


def _counted(title: str, number: int, count: int) -> str:
    return f"{title}（{number}/{count}）" if count > 1 else title


def _margins(document: Document, one: UnderstoodDocument) -> list[str]:
    """What only headers and footers say."""
    said = "".join("".join((one.title or "", *one.head, *_texts(one.body), *one.imprint)).split())
    return [text for text in document.margins if "".join(text.split()) not in said]


# -- pictures -------------------------------------------------------------------------------------


def _illustrated(
    path: Path, one: UnderstoodDocument
) -> tuple[dict[int, Illustration], tuple[Trouble, ...]]:
    """The pictures of a text as files, by their places, and why some cannot be shown."""
    made: dict[int, tuple[bytes, str]] = {}
    troubles: list[Trouble] = []
    for at, block in enumerate(one.body):
        if not isinstance(block, WordPicture) or at in _seals(one):
            continue
        try:
            made[at] = ready(block)
        except Unshowable as bad:
            troubles.append(Trouble(f"import.word-{bad.case}", str(block.number or 1)))
    files = numbered(path.stem, list(made.values()))
    return dict(zip(made, files, strict=True)), tuple(troubles)


def _seals(one: UnderstoodDocument) -> list[int]:
    """The places of pictures that lie over the signature: a seal is never copied."""
    signed = {
        block.number
        for at, block in enumerate(one.body)
        if at in one.signature and isinstance(block, Paragraph)
    }
    return [
        at
        for at, block in enumerate(one.body)
        if isinstance(block, WordPicture) and block.is_floating and block.number in signed
    ]


def _caption(one: UnderstoodDocument, at: int) -> str:
    """What stands for a picture where it is not seen: the line below it that begins with 图, its
    title if that is Chinese, or nothing."""
    below = one.body[at + 1] if at + 1 < len(one.body) else None
    if isinstance(below, Paragraph) and below.text.startswith("图") and len(below.text) < 60:
        return below.text
    block = one.body[at]
    title = block.title if isinstance(block, WordPicture) else ""
    is_name = set(title) & set("/\\:.") or not any("\u4e00" <= sign <= "\u9fff" for sign in title)
    return title if title and not is_name and len(title) < 60 else ""


# -- what is told and refused ---------------------------------------------------------------------


def _how(path: Path, document: Document, one: UnderstoodDocument) -> Told:
    """How a document was understood, in the order in which it is read."""
    told: Told = []
    for key, found in (("head", one.head), ("number", one.number), ("title", one.title),
                       ("to", one.to)):  # fmt: skip
        if found:
            told.append((f"import.word-{key}", {"text": found}))
    tables = sum(isinstance(block, WordTable) for block in one.body)
    if not one.title:
        told.append(("import.word-no-title", {"text": path.stem}))
    told.append(("import.word-parts", {
        "paragraphs": sum(isinstance(block, Paragraph) for block in one.body),
        "headings": heading_count(one.body, one.signature),
        "tables": tables,
        "pictures": sum(isinstance(b, WordPicture) for b in one.body) - len(_seals(one)),
    }))  # fmt: skip
    if one.formed:
        told.append(("import.word-signed", {"names": one.signed or "—", "day": one.formed}))
    notes = [mark or quote(text) for mark, text in document.notes]
    for key, texts in (("imprint", one.imprint),
                       ("margins", _margins(document, one)), ("notes", notes)):  # fmt: skip
        if texts:
            told.append((f"import.word-{key}", {"texts": list(texts)}))
    if one.tabbed:
        told.append(("import.word-tabbed", {"count": one.tabbed}))
    if _seals(one):
        told.append(("import.word-seal", {}))
    told += [(f"import.word-{r.key}", {"texts": list(r.texts)}) for r in document.remarks]
    return told


def _troubles(document: Document, one: UnderstoodDocument) -> Iterator[Trouble]:
    """What keeps a document from being taken over, in the order of its paragraphs."""
    for found in one.objections:
        yield Trouble(f"import.word-{found.key}", str(found.number or 1), found.quote)
    for block in document.blocks:
        if isinstance(block, WordTable):
            yield from _of_table(block)
        elif isinstance(block, Paragraph):
            yield from _of_text(block.text, block.number)
        else:
            yield from _of_text(block.title, block.number or 1)
    yield from _over_lines([block for block in document.blocks if isinstance(block, Paragraph)])
    for text in (*document.margins, *(text for _, text in document.notes)):
        yield from _of_text(text, 1)


def _over_lines(lines: Sequence[Paragraph]) -> Iterator[Trouble]:
    """Numbers that begin in one paragraph and go on in the next: a reader sees them as one, and
    so does who looks through the finished site."""
    ends = [*accumulate(len(line.text) + 1 for line in lines)]
    for found in personal_numbers("\n".join(line.text for line in lines)):
        at = bisect_right(ends, found.start)
        if found.end > ends[at]:
            yield Trouble("import.word-personal", str(lines[at].number))


def _of_text(text: str, number: int) -> Iterator[Trouble]:
    if next(personal_numbers(text), None):
        yield Trouble("import.word-personal", str(number), quote(text))
    elif any(flaw_of(line) is CellFlaw.CONTROL for line in text.replace("\t", "\n").split("\n")):
        yield Trouble("import.word-control", str(number))
    elif any("\ue000" <= sign <= "\uf8ff" for sign in text):
        yield Trouble("import.word-symbol", str(number), quote(text))


def _of_table(grid: WordTable) -> Iterator[Trouble]:
    sheet = sheet_of_grid(grid)
    texts = {place: cell.text for place, cell in sheet.placed()}
    for place, flaw in sorted(sheet.flaws.items()):
        yield Trouble(f"import.word-{flaw.value}", str(grid.number), quote(texts.get(place, "")))
    found = [t for text in dict.fromkeys(texts.values()) for t in _of_text(text, grid.number)]
    parted = (personal for row in grid.rows for personal in numbers_in_row(row, grid.rows[0]))
    if next(parted, None) and all(trouble.key != "import.word-personal" for trouble in found):
        found.append(Trouble("import.word-personal", str(grid.number)))
    yield from (trouble for trouble in found if trouble.key not in _KNOWN)


_KNOWN = ("import.word-control",)
"""What the eye for spreadsheets finds, too."""
