"""Files that only an office program can read, turned into those that we read, by a LibreOffice that
is installed. It runs without a window, with a profile of its own that is thrown away, and with
macros and anything from other hosts switched off.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from gongkai.source.workbook.errors import Unreadable

NEWER = {".doc": ".docx", ".wps": ".docx", ".et": ".xlsx"}
"""What such a file is turned into."""
_AS = {".doc": ".doc", ".wps": ".doc", ".et": ".xls"}
"""By what name the program knows what it is: the files of WPS are made like those of Office."""
_NAMES = ("soffice", "libreoffice", "soffice.com")
_PLACES = (
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_SECONDS = 180
_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
_SECTOR, _WORD = 512, b"\xec\xa5"
"""Where the main stream of a .doc may begin, and how; a bit behind that says that it is locked."""
_SAFE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
</item></oor:items>
"""


def office() -> str | None:
    """The LibreOffice of this machine, if it has one."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def newer(data: bytes, ending: str) -> bytes:
    """The bytes of a file of the newer kind. Unreadable, with the case ``office``, when there is no
    program for it, and when that makes nothing of it."""
    if data.startswith(_ZIP) and ending != ".doc":
        return data  # WPS writes the newer kind under its own names, too
    _refuse_others(data)
    program = office()
    if program is None:
        raise Unreadable("office", better=NEWER[ending])
    with tempfile.TemporaryDirectory(prefix="gongkai-", ignore_cleanup_errors=True) as folder:
        profile = Path(folder, "profile")
        (profile / "user").mkdir(parents=True)
        (profile / "user/registrymodifications.xcu").write_text(_SAFE, "utf-8")
        given = Path(folder, f"given{_AS[ending]}")
        given.write_bytes(data)
        made = Path(folder, "made", f"given{NEWER[ending]}")
        convert(program, profile, given, made)
        if not made.is_file():
            raise Unreadable("content")
        return made.read_bytes()


def _refuse_others(data: bytes) -> None:
    """Unreadable for what is locked, has macros, or is of another kind than its name says."""
    if not data.startswith(_OLE):
        kinds = {_ZIP: ".docx", b"{\\rtf": ".rtf", b"%PDF": ".pdf"}
        found = next((kind for begin, kind in kinds.items() if data.startswith(begin)), "")
        raise Unreadable("ending", found=found) if found else Unreadable("content")
    if "_VBA_PROJECT".encode("utf-16-le") in data:
        raise Unreadable("macros")
    for at in range(_SECTOR, len(data), _SECTOR):
        if data[at : at + 2] == _WORD:
            if data[at + 11 : at + 12] and data[at + 11] & 1:
                raise Unreadable("encrypted")
            return


def convert(program: str, profile: Path, given: Path, made: Path) -> None:
    """Have a program make one file of another, of the kind that its name says."""
    command = [
        program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore",
        "--nolockcheck", "--convert-to", made.suffix[1:], "--outdir", str(made.parent), str(given),
    ]  # fmt: skip
    try:
        started = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as bad:
        raise Unreadable("office", better=made.suffix) from bad
    try:
        started.wait(_SECONDS)
    except subprocess.TimeoutExpired as late:
        raise Unreadable("bomb") from late
    finally:
        _end(started)


def _end(started: subprocess.Popen[bytes]) -> None:
    """End the program with all that it started, if it is still there."""
    if started.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(started.pid, signal.SIGKILL)
        else:
            started.kill()
        started.wait()
