"""What a program on this machine reads in a picture, if one is installed: tesseract with its
Chinese letters. Nothing is sent anywhere, and nothing of it is sure."""

from __future__ import annotations

import re
import shutil
import subprocess

_COMMAND = ("stdin", "stdout", "-l", "chi_sim")
_SECONDS = 60
LONGEST = 5_000
"""Characters of a page; more are noise."""
_HAN = "\u3000-\u303f\u3400-\u9fff\uff00-\uffef"
_APART = re.compile(rf"(?<=[{_HAN}])[ \t]+(?=[{_HAN}])")
"""Blanks that the program sets between characters that have none."""


def recognizer() -> str | None:
    """The program of this machine that reads pictures, if it has one."""
    return shutil.which("tesseract")


def recognized(program: str, picture: bytes) -> tuple[str, ...]:
    """The lines that a program reads in a picture; none where it fails or takes too long."""
    try:
        done = subprocess.run(
            [program, *_COMMAND], input=picture, capture_output=True, timeout=_SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return ()
    text = done.stdout.decode("utf-8", "ignore")[:LONGEST]
    lines = (_APART.sub("", line).strip() for line in text.splitlines())
    return tuple(line for line in lines if line and line.replace("\t", " ").isprintable())
