"""The inbox: what anybody may send, what is kept of it, and how it gets on a board."""

from __future__ import annotations

import asyncio
import io
import os
import random
import re
import socket
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from PIL import Image

from gongkai.domain.terms import Handling, Rating
from gongkai.inbox.entry import DeskAnswer, InboxEntry, Sent
from gongkai.inbox.limits import Limiter, RateLimit, counted_as
from gongkai.inbox.service import Keeper
from gongkai.inbox.states import FROM, TO, DeskStage, DeskStep, Role, steps_from
from gongkai.inbox.store import NAME, Store
from gongkai.inbox.sync import synced
from gongkai.inbox.word import is_word, kept, new_word
from gongkai.source.ledgers import read_opinions
from gongkai.source.library import read_library
from gongkai.source.privacy.numbers import personal_numbers
from gongkai.source.site import read_site
from tests.command import run
from tests.hostile import TYPABLE
from tests.inboxes import ORG, PARTS, PASSWORD, ROOM, TYPED, Clerk, Inbox, multipart
from tests.sites import item, make_site

MOBILE = "13800138000"
"""Nobody's: of a kind that was never given out."""
DAY = "2026-12-01"


def site_of(folder: Path) -> Path:
    return make_site(
        folder / "site", {"content/org.yml": ORG, "content/items/x.md": item(expires="2026-12-31")}
    ).root


def user(root: Path, folder: Path, name: str, roles: str) -> None:
    call = ["inbox", "user", name, "--root", str(root), "--dir", str(folder), "--roles", roles]
    done = subprocess.run(
        [sys.executable, "-m", "gongkai", *call], input=f"{PASSWORD}\n".encode(), check=False
    )
    assert done.returncode == 0


Start = Callable[..., Inbox]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts an inbox of a small site, with options; the folder is the same each time."""
    root, started = site_of(tmp_path), []

    def made(*options: str, before: str = "") -> Inbox:
        inbox = Inbox(root, tmp_path / "box", *options, "--at", DAY, before=before)
        started.append(inbox)
        return inbox

    yield made
    for inbox in started:
        inbox.kill()


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inbox]:
    """One for all laws that can share it."""
    folder = tmp_path_factory.mktemp("inbox")
    root = site_of(folder)
    user(root, folder / "box", "示例甲", "receive,answer,publish")
    user(root, folder / "box", "示例乙", "receive")
    user(root, folder / "box", "示例戊", "publish")
    started = Inbox(root, folder / "box", "--burst", str(ROOM), "--at", DAY)
    yield started
    assert "Traceback" not in started.stop()


def photo(size: tuple[int, int] = (40, 30), kind: str = "JPEG", **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind, **more)
    return out.getvalue()


def rows(folder: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / NAME)) as database:
        return database.execute(sql).fetchall()


# -- what anybody may do --------------------------------------------------------------------------


def test_an_opinion_gets_a_number_and_a_word_and_is_seen_with_both(inbox: Inbox) -> None:
    sent = inbox.send("铸造车间<b>通风</b>不好", item="x", board="machining")
    assert sent.status == 201
    number, word = sent.output("number"), sent.output("word")
    for answer in (
        inbox.ask("GET", f"/say/{number}?word={word}"),
        inbox.post(f"/say/{number}", {"word": word.upper().replace("-", " ")}),
    ):
        assert answer.status == 200
        assert "铸造车间&lt;b&gt;通风&lt;/b&gt;不好" in answer.text


def test_the_form_says_what_it_is_about_and_needs_no_script(inbox: Inbox) -> None:
    answer = inbox.ask("GET", "/say/new?item=x&board=machining")
    assert 'name="item" value="x"' in answer.text
    assert 'name="board" value="machining"' in answer.text
    assert "内线 8001" in answer.text
    assert "食堂门口" in answer.text
    assert "<script" not in answer.text
    assert "Speak up" in inbox.ask("GET", "/say/new?lang=en").text


@pytest.mark.parametrize("path", ["/say/new", "/say/look", "/say/nowhere", "/desk/", "/healthz"])
def test_every_answer_has_its_policy_and_no_public_page_a_cookie(inbox: Inbox, path: str) -> None:
    headers = inbox.ask("GET", path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in headers


def test_a_wrong_word_opens_nothing_and_few_are_tried(inbox: Inbox) -> None:
    sent = inbox.send("一条意见")
    number, word = sent.output("number"), sent.output("word")
    statuses = [inbox.ask("GET", f"/say/{number}?word=wrong{n}").status for n in range(12)]
    assert statuses == [403] * 10 + [429] * 2
    assert inbox.ask("GET", f"/say/{number}?word={word}").status == 429
    nobody = inbox.ask("GET", f"/say/W26-9999?word={word}")
    assert nobody.status == 403
    assert "一条意见" not in nobody.text


@pytest.mark.parametrize("field", ["text", "name"])
def test_personal_numbers_are_stopped_and_not_repeated(inbox: Inbox, field: str) -> None:
    answer = inbox.ask("POST", "/say", multipart({"text": "有事", field: f"找我 {MOBILE}"}), PARTS)
    assert answer.status == 422
    assert MOBILE not in answer.text
    assert not re.search(r"\d{4}", re.sub(r"内线 \d+", "", answer.text))
    assert (0,) in rows(inbox.folder, f"SELECT count(*) FROM opinions WHERE text LIKE '%{MOBILE}%'")  # noqa: S608


def test_nothing_is_kept_of_where_and_when_it_came_from(inbox: Inbox) -> None:
    sent = inbox.ask("POST", "/say", multipart({"text": "没有痕迹"}), {
        **PARTS, "User-Agent": "agent-of-somebody", "X-Real-IP": "10.9.8.7", "Cookie": "a=b",
    })  # fmt: skip
    assert sent.status == 201
    inbox.ask("GET", "/healthz")
    kept_bytes = b"".join(path.read_bytes() for path in inbox.folder.glob("inbox*"))
    assert "没有痕迹".encode() in kept_bytes
    for trace in (b"agent-of-somebody", b"10.9.8.7", b"127.0.0.1", sent.output("word").encode()):
        assert trace not in kept_bytes
    assert rows(inbox.folder, "SELECT received FROM opinions WHERE text = '没有痕迹'") == [(DAY,)]


# -- photos ---------------------------------------------------------------------------------------


def test_a_photo_is_kept_as_pixels_alone_and_shown_to_clerks_only(inbox: Inbox) -> None:
    exif = Image.Exif()
    exif[0x010F] = "camera-of-somebody"
    data = photo(exif=exif) + b"PK\x03\x04<script>alert(1)</script>"
    number = inbox.send(photo=data).output("number")
    assert inbox.ask("GET", f"/desk/{number}/photo").status == 403
    answer = inbox.ask("GET", f"/desk/{number}/photo", headers=Clerk(inbox, "示例甲").headers)
    assert answer.headers["content-type"] == "image/jpeg"
    assert Image.open(io.BytesIO(answer.body)).size == (40, 30)
    for trace in (b"camera-of-somebody", b"PK\x03\x04", b"<script"):
        assert trace not in answer.body


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        b"GIF89a<script>",
        b"\xff\xd8\xff\xe0broken",
        photo()[:-200],
        photo((13_000, 1), "PNG"),
        b"%PDF-1.7",
    ],
    ids=["svg", "gif", "broken", "cut", "wide", "pdf"],
)
def test_what_is_no_photo_is_turned_away(inbox: Inbox, data: bytes) -> None:
    assert inbox.send(photo=data).status == 422


# -- hostile --------------------------------------------------------------------------------------

SCRIPT = "<script>alert(1)</script>"
HOSTILE = {
    "huge": (multipart({"text": "x" * 20_000_000}), PARTS, 413),
    "huge-part": (multipart({"text": "x" * 100_000}), PARTS, 400),
    "huge-form": (b"text=" + b"x" * 200_000, TYPED, 413),
    "many-fields": (b"&".join(b"a%d=1" % n for n in range(5000)), TYPED, 400),
    "many-parts": (multipart({f"a{n}": "x" for n in range(5000)}), PARTS, 400),
    "no-end": (multipart({"text": "x"})[:-10], PARTS, 422),
    "no-boundary": (b"x", {"Content-Type": "multipart/form-data"}, 400),
    "bad-boundary": (b"x", {"Content-Type": "multipart/form-data; boundary=\xff"}, 400),
    "json": (b"{}", {"Content-Type": "application/json"}, 415),
    "nothing": (b"", {}, 415),
    "control": (multipart({"text": "a\x00b"}), PARTS, 422),
    "long": (multipart({"text": "长" * 5000}), PARTS, 422),
    "long-name": (multipart({"text": "x", "name": "长" * 300}), PARTS, 422),
    "blank": (multipart({"text": " \n "}), PARTS, 422),
    "wide-digits": (multipart({"text": "１３８００１３８０００"}), PARTS, 422),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_forms_are_refused_with_a_sentence(inbox: Inbox, name: str) -> None:
    body, headers, status = HOSTILE[name]
    before = rows(inbox.folder, "SELECT count(*) FROM opinions")
    try:
        answer = inbox.ask("POST", "/say", body, headers)
    except (BrokenPipeError, ConnectionResetError):
        assert status == 413  # refused while it was still being sent
    else:
        assert answer.status == status, answer.text
        assert "<h1" in answer.text
    assert rows(inbox.folder, "SELECT count(*) FROM opinions") == before
    assert inbox.ask("GET", "/healthz").status == 200


@pytest.mark.parametrize(
    "value", [SCRIPT, "../../etc/passwd", "a\r\nSet-Cookie: x=1", "%0d%0aX: y", "{{7*7}}"]
)
@pytest.mark.parametrize("field", ["item", "board", "name", "contact", "text"])
def test_what_is_typed_is_shown_as_text(inbox: Inbox, field: str, value: str) -> None:
    sent = inbox.ask("POST", "/say", multipart({"text": "有事", field: value}), PARTS)
    assert sent.status == 201
    assert "x=1" not in str(sent.headers)
    page = Clerk(inbox, "示例甲").see(f"/desk/{sent.output('number')}")
    assert "<script" not in page
    assert "49" not in re.sub(r"W26-\d+|[0-9a-f]{64}", "", page)


def test_names_of_files_and_paths_lead_nowhere(inbox: Inbox) -> None:
    body = multipart({"text": "有事"}, photo(), called="../../../tmp/gongkai-escaped.jpg")
    assert inbox.ask("POST", "/say", body, PARTS).status == 201
    assert not Path("/tmp/gongkai-escaped.jpg").exists()  # noqa: S108 - where it would lead
    for path in ("/say/..%2f..%2fusers.json", "/desk/../users.json", "/say/%00", "/users.json"):
        answer = inbox.ask("GET", f"{path}?word=x")
        assert answer.status in (303, 403, 404), path
        assert "digest" not in answer.text


@pytest.mark.parametrize(
    "data",
    [
        b"GET /say/new HTTP/1.1\r\nHost: a\r\nX: " + b"y" * 200_000 + b"\r\n\r\n",
        b"POST /say HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
        b"POST /say HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"\x16\x03\x01\x02\x00" * 20 + b"\r\n\r\n",
    ],
)
def test_what_is_no_request_is_refused_and_others_are_served(inbox: Inbox, data: bytes) -> None:
    answer = inbox.raw(data)
    assert answer[:12] in (b"HTTP/1.1 400", b"")
    assert inbox.ask("GET", "/healthz").status == 200


def fifty_slow(inbox: Inbox) -> list[socket.socket]:
    """Fifty who begin to ask, and stop: in the first line, and in a form."""
    slow = [socket.create_connection(("127.0.0.1", inbox.port)) for _ in range(50)]
    for number, one in enumerate(slow):
        one.sendall(b"POST /say HTTP/1.1\r\nHost: a\r\n" if number % 2 else b"GET /say")
    return slow


def test_fifty_slow_ones_hold_nobody_up(inbox: Inbox) -> None:
    """They are let go after a while, which is among the long runs."""
    slow = fifty_slow(inbox)
    began = time.monotonic()
    assert inbox.send().status == 201
    assert time.monotonic() - began < 5
    for one in slow:
        one.close()


def test_an_address_may_ask_so_often_and_a_header_of_its_own_changes_nothing(start: Start) -> None:
    box = start("--burst", "5", "--rate", "0.001")
    one = [box.ask("GET", "/say/new", headers={"X-Real-IP": f"10.0.0.{n}"}) for n in range(7)]
    assert [answer.status for answer in one] == [200] * 5 + [429] * 2
    assert "过一分钟再试" in one[-1].text


def test_behind_the_named_proxy_its_header_counts(start: Start) -> None:
    box = start("--burst", "2", "--rate", "0.001", "--proxy", "127.0.0.1")
    for address in ("10.0.0.1", "10.0.0.2", "fd00::1"):
        asked = [box.ask("GET", "/say/new", headers={"X-Real-IP": address}) for _ in range(3)]
        assert [answer.status for answer in asked] == [200, 200, 429]


# -- nothing is lost ------------------------------------------------------------------------------


def killed_while_sending(box: Inbox, moment: float, named: str = "") -> set[str]:
    """Four send as fast as they can until the process is killed; the texts that were taken."""
    taken: set[str] = set()

    def send(name: int) -> None:
        for number in range(10_000):
            text = f"{named}第{name}人第{number}条"
            try:
                if box.send(text).status == 201:
                    taken.add(text)
            except (OSError, ValueError):
                return
            except Exception:
                return

    threads = [threading.Thread(target=send, args=[name]) for name in range(4)]
    for thread in threads:
        thread.start()
    time.sleep(moment)
    box.kill()
    for thread in threads:
        thread.join()
    return taken


def all_kept_once(folder: Path, taken: set[str]) -> None:
    found = [str(text) for (text,) in rows(folder, "SELECT text FROM opinions")]
    assert taken <= set(found)
    assert len(found) == len(set(found))
    assert rows(folder, "PRAGMA integrity_check") == [("ok",)]


@pytest.mark.parametrize("seed", range(3))
def test_what_was_acknowledged_is_there_after_a_kill(start: Start, seed: int) -> None:
    box = start("--burst", str(ROOM))
    taken = killed_while_sending(box, random.Random(seed).uniform(0.1, 1.0))  # noqa: S311
    all_kept_once(box.folder, taken)


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no such bound")
def test_a_full_disk_refuses_with_a_sentence(start: Start) -> None:
    full = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))"
    box = start("--burst", str(ROOM), before=full)
    answers = [box.send("长" * 3_900) for _ in range(30)]
    taken = [answer for answer in answers if answer.status == 201]
    assert answers[-1].status == 507
    assert "打电话" in answers[-1].text
    assert box.ask("GET", "/say/new").status == 200
    box.kill()
    assert len(rows(box.folder, "SELECT * FROM opinions")) == len(taken) > 0


# -- the desk -------------------------------------------------------------------------------------


def test_an_opinion_goes_over_the_desk_and_dissatisfaction_reopens_it_once(inbox: Inbox) -> None:
    clerk = Clerk(inbox, "示例甲")
    sent = inbox.send("更衣柜不足", name="示例丙", contact=MOBILE)
    number, word = sent.output("number"), sent.output("word")
    assert MOBILE in clerk.see(f"/desk/{number}")
    assert MOBILE not in Clerk(inbox, "示例戊").see(f"/desk/{number}")
    assert clerk.step(number, "accept").status == 303
    assert clerk.step(number, "hand-on", dept="后勤部").status == 303
    assert clerk.step(number, "begin").status == 303
    assert clerk.step(number, "answer", reply="新增40组", result="A").status == 303
    page = inbox.post(f"/say/{number}", {"word": word}).text
    assert "新增40组" in page
    assert "示例丙" not in page
    again = inbox.post(f"/say/{number}", {"word": word, "rating": "dissatisfied"}).text
    assert f"{number}-2" in again
    assert f"{number}-2" in clerk.see()
    second = f"{number}-2"
    assert clerk.step(second, "answer", reply="再加20组", result="A").status == 303
    inbox.post(f"/say/{second}", {"word": word, "rating": "dissatisfied"})
    assert f"{second}-2" not in clerk.see()
    assert inbox.post(f"/say/{number}", {"word": word, "rating": "satisfied"}).status == 200
    assert rows(inbox.folder, f"SELECT rating FROM opinions WHERE number = '{number}'") == [  # noqa: S608
        ("dissatisfied",)
    ]


def test_nobody_does_what_is_not_theirs(inbox: Inbox) -> None:
    number = inbox.send().output("number")
    clerk = Clerk(inbox, "示例乙")
    assert clerk.step(number, "answer", reply="好", result="A").status == 403
    assert clerk.step(number, "clear").status == 403
    assert clerk.step(number, "nonsense").status == 403
    assert clerk.step(number, "begin").status == 403
    assert inbox.post(f"/desk/{number}", {"step": "accept"}).status == 403
    foreign = inbox.post(f"/desk/{number}", {"step": "accept", "csrf": "0" * 64}, **clerk.headers)
    assert foreign.status == 403
    assert clerk.step(number, "accept").status == 303
    assert clerk.step(number, "accept").status == 409


def test_a_session_is_a_strict_cookie_that_ends(inbox: Inbox) -> None:
    clerk = Clerk(inbox, "示例甲")
    assert {"HttpOnly", "SameSite=strict", "Path=/desk/"} <= set(clerk.cookie.split("; "))
    assert inbox.post("/desk/logout", {"csrf": clerk.csrf}, **clerk.headers).status == 303
    assert inbox.ask("GET", "/desk/", headers=clerk.headers).status == 403


def test_passwords_are_tried_a_few_times_only(inbox: Inbox) -> None:
    login = {"name": "示例丁", "password": "x"}
    statuses = [inbox.post("/desk/login", login).status for _ in range(11)]
    assert statuses == [403] * 10 + [429]
    crossed = inbox.post("/desk/login", login, **{"Sec-Fetch-Site": "cross-site"})
    assert crossed.status == 403


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"reply": "", "result": "A"}, 422),
        ({"reply": f"找 {MOBILE}", "result": "A"}, 422),
        ({"reply": "好", "result": "Z"}, 422),
        ({"reply": "好", "result": "B"}, 422),
        ({"reply": "好", "result": "B", "promised": "2026-12-31"}, 303),
    ],
)
def test_a_reply_is_whole_or_refused(inbox: Inbox, fields: dict[str, str], expected: int) -> None:
    clerk, number = Clerk(inbox, "示例甲"), inbox.send().output("number")
    clerk.step(number, "accept")
    answer = clerk.step(number, "answer", **fields)
    assert answer.status == expected
    assert MOBILE not in answer.text


def test_whom_the_named_proxy_names_is_signed_in_and_nobody_else(start: Start) -> None:
    box = start("--burst", str(ROOM), "--proxy", "127.0.0.1", "--user-header", "X-User")
    user(box.root, box.folder, "clerk", "receive")
    assert box.ask("GET", "/desk/", headers={"X-User": "clerk"}).status == 200
    assert box.ask("GET", "/desk/", headers={"X-User": "somebody"}).status == 403
    assert box.ask("GET", "/desk/").status == 403
    box.kill()
    other = start("--burst", str(ROOM), "--proxy", "10.0.0.1", "--user-header", "X-User")
    assert other.ask("GET", "/desk/", headers={"X-User": "clerk"}).status == 403


@pytest.mark.skipif(os.name == "nt", reason="files have no such rights there")
def test_what_is_kept_is_for_its_owner_alone(inbox: Inbox) -> None:
    assert stat.S_IMODE(inbox.folder.stat().st_mode) == 0o700
    for path in inbox.folder.glob("*[3n]"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    assert PASSWORD not in (inbox.folder / "users.json").read_text("utf-8")


# -- into the ledger ------------------------------------------------------------------------------


def answered(box: Inbox, text: str, name: str = "", contact: str = "", about: str = "") -> str:
    """The number of an opinion that was answered and let into the ledger."""
    clerk = Clerk(box, "示例甲")
    number = box.send(text, name=name, contact=contact, item=about).output("number")
    clerk.step(number, "accept")
    clerk.step(number, "hand-on", dept="后勤部")
    clerk.step(number, "answer", reply="新增40组", result="A")
    clerk.step(number, "clear")
    return number


def test_sync_writes_what_was_let_in_and_commits_it(start: Start) -> None:
    box = start("--burst", str(ROOM))
    user(box.root, box.folder, "示例甲", "receive,answer,publish")
    subprocess.run(["git", "init", "-q", box.root], check=True)
    for key, value in (("name", "示例甲"), ("email", "a@factory.example")):
        subprocess.run(["git", "-C", box.root, "config", f"user.{key}", value], check=True)
    (box.root / "site").mkdir()
    told = '{"items": [{"id": "x", "title": "一项公开"}], "boards": []}'
    (box.root / "site/manifest.json").write_text(told, "utf-8")
    number = answered(box, "更衣柜不足", name="示例丙", contact="内线 9", about="x")
    waiting = box.send("还没有受理").output("number")
    done = run(box.root, "inbox", "sync", "--dir", str(box.folder), "--at", DAY)
    assert done.returncode == 0, done.stderr
    ledger = (box.root / "content/opinions/2026.yml").read_text("utf-8")
    for word in (number, "关于《一项公开》：更衣柜不足", "后勤部", "新增40组", "结果: A"):
        assert word in ledger
    for word in (waiting, "还没有受理", "示例丙", "内线 9"):
        assert word not in ledger
    log = subprocess.check_output(["git", "-C", box.root, "log", "--stat"], text=True)
    assert "content/opinions/2026.yml" in log
    again = run(box.root, "inbox", "sync", "--dir", str(box.folder), "--at", DAY)
    assert (again.returncode, again.stdout) == (0, "")
    checked = run(box.root, "check", "--at", DAY, "--format", "json")
    assert '"error": 0' in checked.stdout, checked.stdout


def test_whatever_is_typed_is_an_opinion_in_the_ledger_as_it_was_typed(tmp_path: Path) -> None:
    root = site_of(tmp_path)
    library, _ = read_library(read_site(root))
    typed = [text for text in TYPABLE if text.strip() and not next(personal_numbers(text), None)]
    entries = [
        InboxEntry(
            number=f"W26-{n:04}", received=date(2026, 12, 1), due=date(2026, 12, 31), text=text,
            item="", title="", board="", reply=text, cleared=True,
            stage=DeskStage.ANSWERED, result=Handling.SOLVED, replied=date(2026, 12, 2),
        )
        for n, text in enumerate(typed)
    ]  # fmt: skip
    found = synced(library, entries)
    assert found.stopped == ()
    for path, text in found.merged.files.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    again, findings = read_opinions(root, library.catalogue.region)
    assert findings == []
    assert [opinion.text.split() for opinion in again] == [text.split() for text in typed]
    assert synced(library, entries).merged.files == {}


def test_the_title_of_a_hidden_item_is_not_written_and_told_where_it_was(tmp_path: Path) -> None:
    root = site_of(tmp_path)
    entry = InboxEntry(
        "W26-0001", date(2026, 12, 1), date(2026, 12, 31), DeskStage.ACCEPTED,
        "太少", "x", "一项公开", "", cleared=True,
    )  # fmt: skip
    (path, text), *_ = synced(read_library(read_site(root))[0], [entry]).merged.files.items()
    assert "关于《一项公开》：太少" in text
    path.parent.mkdir()
    path.write_text(text, "utf-8")
    gone = "{date: 2026-12-02, by: 办公室, reason: 个人信息, hide: true}"
    (root / "content/items/x.md").write_text(item(withdrawn=gone), "utf-8")
    library, _ = read_library(read_site(root))
    assert synced(library, [entry]).merged.kept == (("W26-0001", "意见"),)
    path.unlink()
    assert "一项公开" not in "".join(synced(library, [entry]).merged.files.values())


def test_sync_does_not_commit_what_somebody_else_is_writing(start: Start) -> None:
    box = start("--burst", str(ROOM))
    subprocess.run(["git", "init", "-q", box.root], check=True)
    (box.root / "content/opinions").mkdir()
    (box.root / "content/opinions/2026.yml").write_text("[]\n", "utf-8")
    done = run(box.root, "inbox", "sync", "--dir", str(box.folder), "--at", DAY)
    assert done.returncode == 2
    assert "没有提交的改动" in done.stderr


def test_sync_stops_personal_numbers_again(start: Start) -> None:
    box = start("--burst", str(ROOM))
    user(box.root, box.folder, "示例甲", "receive,answer,publish")
    number = answered(box, "更衣柜不足")
    with closing(sqlite3.connect(box.folder / NAME)) as database:
        database.execute("UPDATE opinions SET reply = ?", (f"找 {MOBILE}",))
        database.commit()
    done = run(box.root, "inbox", "sync", "--dir", str(box.folder), "--at", DAY)
    assert done.returncode == 1
    assert number in done.stderr
    assert MOBILE not in done.stderr
    assert not (box.root / "content/opinions/2026.yml").exists()


def test_names_and_contacts_are_gone_after_their_days(start: Start) -> None:
    box = start("--burst", str(ROOM))
    box.send("有事", name="示例丙丁戊", contact="内线九九九")
    box.kill()
    for days, is_there in ((30, True), (31, False)):
        day = (date.fromisoformat(DAY) + timedelta(days)).isoformat()
        run(box.root, "inbox", "sync", "--dir", str(box.folder), "--at", day)
        kept_bytes = b"".join(path.read_bytes() for path in box.folder.glob("inbox*"))
        assert ("示例丙丁戊".encode() in kept_bytes) is is_there
    assert rows(box.folder, "SELECT count(*) FROM opinions") == [(1,)]


def test_export_is_a_table_without_formulas_or_a_whole_copy(start: Start, tmp_path: Path) -> None:
    box = start("--burst", str(ROOM))
    box.send("=1+1", name="示例丙")
    for out in ("a.csv", "a.sqlite3"):
        call = ("--dir", str(box.folder), "--out", str(tmp_path / out))
        assert run(box.root, "inbox", "export", *call).returncode == 0
        assert run(box.root, "inbox", "export", *call).returncode == 2
    table = (tmp_path / "a.csv").read_text("utf-8-sig")
    assert "'=1+1" in table
    assert "示例丙" not in table
    (tmp_path / "copy").mkdir()
    (tmp_path / "a.sqlite3").rename(tmp_path / "copy" / NAME)
    assert rows(tmp_path / "copy", "SELECT text FROM opinions") == [("=1+1",)]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["user"], "用户名"),
        (["user", "示例甲", "--roles", "all"], "receive"),
        (["--host", "nowhere"], "IP"),
        (["--user-header", "X-User"], "--proxy"),
        (["--burst", "0"], "--burst"),
        (["sync"], "--dir"),
        (["export"], "--dir"),
    ],
)
def test_wrong_calls_are_told(tmp_path: Path, arguments: list[str], said: str) -> None:
    done = run(site_of(tmp_path), "inbox", *arguments, "--dir", str(tmp_path / "box"))
    assert done.returncode == 2
    assert said in done.stderr


def test_without_its_extra_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [module for module in sys.modules if module.startswith("gongkai.inbox")]:
        monkeypatch.delitem(sys.modules, name)
    for name in ("starlette", "uvicorn"):
        monkeypatch.setitem(sys.modules, name, None)
    done = run(site_of(tmp_path), "inbox", "--dir", str(tmp_path / "box"))
    assert done.returncode == 2
    assert "gongkai[inbox]" in done.stderr


def test_no_other_verb_loads_the_web_server(tmp_path: Path) -> None:
    code = (
        "import sys; from gongkai.cli.main import main; main(sys.argv[1:]);"
        "sys.exit('starlette' in sys.modules or 'uvicorn' in sys.modules)"
    )
    root = site_of(tmp_path)
    for verb in ("check", "list", "inbox"):
        more = ["export", "--out", str(tmp_path / "x.csv")] if verb == "inbox" else []
        call = [sys.executable, "-c", code, verb, *more, "--root", str(root)]
        assert subprocess.run(call, capture_output=True, check=False).returncode == 0


# -- the pure part --------------------------------------------------------------------------------


def test_a_bucket_fills_up_again() -> None:
    at = [0.0]
    limiter = Limiter(RateLimit(2, 1.0), lambda: at[0])
    assert [limiter.allows("a") for _ in range(3)] == [True, True, False]
    assert limiter.allows("b")
    at[0] = 1.0
    assert [limiter.allows("a") for _ in range(2)] == [True, False]


def test_one_network_of_ipv6_counts_as_one() -> None:
    assert counted_as("fd00:1:2:3::1") == counted_as("fd00:1:2:3:ffff::2")
    assert counted_as("10.0.0.1") != counted_as("10.0.0.2")
    assert counted_as("nonsense") == counted_as("")


def test_words_differ_and_only_the_right_one_fits() -> None:
    words = {new_word() for _ in range(1000)}
    assert len(words) == 1000
    first, second, *_ = words
    assert is_word(first.upper(), kept(first))
    assert not is_word(second, kept(first))
    assert not is_word("", kept(first))
    assert not is_word("", None)


def test_every_stage_is_reached_and_left_by_somebody() -> None:
    assert set(TO.values()) | {DeskStage.RECEIVED, DeskStage.RATED, DeskStage.REOPENED} == set(
        DeskStage
    )
    assert set(FROM) == set(DeskStep)
    assert steps_from(DeskStage.RECEIVED, frozenset([Role.PUBLISH])) == ()


def test_rounds_have_clocks_of_their_own(tmp_path: Path) -> None:
    first, later = date(2026, 12, 1), date(2027, 1, 10)
    with closing(Store(tmp_path / "box")) as store:
        number = store.add(Sent("有事"), kept("a"), first, 30)
        assert store.entry(number).due == date(2026, 12, 31)  # type: ignore[union-attr]
        store.take_step(number, DeskStep.ACCEPT, "示例甲", first)
        store.answer(number, DeskAnswer("好", Handling.SOLVED), "示例甲", later)
        store.rate(number, Rating.DISSATISFIED, later, 30)
        second = store.second_round(number)
        assert second
        assert (second.received, second.due) == (later, later + timedelta(30))
        assert (second.follows, second.stage) == (number, DeskStage.REOPENED)


def test_whoever_stops_waiting_holds_up_nobody(tmp_path: Path) -> None:
    async def some() -> list[int]:
        keeper = Keeper(tmp_path / "box")
        held = threading.Event()
        first = asyncio.ensure_future(keeper.do(lambda _: held.wait()))
        left = asyncio.ensure_future(keeper.do(lambda _: 1))
        kept_on = asyncio.ensure_future(keeper.do(lambda _: 2))
        await asyncio.sleep(0)
        left.cancel()
        held.set()
        found = [await kept_on, await keeper.do(lambda _: 3)]
        await first
        keeper.close()
        return found

    assert asyncio.run(some()) == [2, 3]


def test_what_is_done_together_fails_alone(tmp_path: Path) -> None:
    def add(text: str) -> Callable[[Store], str]:
        return lambda store: store.add(Sent(text), kept("a"), date(2026, 12, 1), 30)

    def fail(store: Store) -> None:
        store.database.execute("INSERT INTO nowhere VALUES (1)")

    with closing(Store(tmp_path / "box")) as store:
        (first, _), (_, error), (second, _) = store.together([add("甲"), fail, add("乙")])
        assert isinstance(error, sqlite3.OperationalError)
        assert [(entry.number, entry.text) for entry in store.entries()] == [
            (first, "甲"),
            (second, "乙"),
        ]
        third, _ = store.together([add("丙"), add("丁")])[1]
        assert third == "W26-0004"
