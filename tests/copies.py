"""A process that has loaded all that the verbs need, and becomes the command in a copy of itself
for each who asks at its socket. It ends when its input does."""

from __future__ import annotations

import array
import importlib
import json
import os
import select
import signal
import socket
import sys
import traceback
from contextlib import suppress
from pathlib import Path

from gongkai.cli.main import main
from tests.drawn import PLACE, draw_once

_LOADED = """
backrefs.bre feedgenerator icalendar markdown.extensions.attr_list markdown.extensions.codehilite
markdown.extensions.fenced_code markdown.extensions.tables material.plugins.search.plugin
noto_cjk_sans_jp_bold noto_cjk_sans_jp_regular openpyxl pikepdf PIL.ImageOps pypdfium2 ruamel.yaml
gongkai.build.steps gongkai.cli.edit gongkai.cli.network gongkai.mkdocs_plugin.plugin
gongkai.render.pictures gongkai.render.poster.lists
gongkai.cli.reports.formats gongkai.cli.reports.plain
"""
"""What the verbs load. What is missing here only costs time."""
_MOST = 1 << 20


def serve(address: str) -> None:
    """Answer until the input ends; copies that have ended are cleared away by the system."""
    for name in _LOADED.split():
        importlib.import_module(name)
    drawn = os.environ.get(PLACE)
    if drawn:
        draw_once(Path(drawn), setattr)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen(64)
        os.write(1, b"ready")
        os.dup2(2, 1)  # so that the other end is closed, and the number stays taken
        while listener in select.select([listener, sys.stdin], [], [])[0]:
            asker, _ = listener.accept()
            if not os.fork():
                listener.close()
                _become(asker)
            asker.close()


def _become(asker: socket.socket) -> None:
    """Be the command that is asked for, and end as ``python -m gongkai`` ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    arguments = _request(asker)
    sys.stdin, sys.stdout, sys.stderr = map(os.fdopen, (0, 1, 2), "rww")
    sys.argv = ["gongkai", *arguments]
    status = 1
    try:
        status = main()
    except SystemExit as end:  # the parser of arguments has said what is wrong with them
        status = end.code if isinstance(end.code, int) else 1
    except BaseException:  # as Python itself would tell it, for the test to find
        traceback.print_exc()
    finally:
        with suppress(BrokenPipeError):
            sys.stdout.flush()
            sys.stderr.flush()
        asker.sendall(bytes([status]))
        os._exit(status)


def _request(asker: socket.socket) -> list[str]:
    """Take over the asker's streams, folder and environment; what is to be done."""
    head, rights, _, _ = asker.recvmsg(4, socket.CMSG_SPACE(12))
    streams = array.array("i", rights[0][2])
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    left, data = int.from_bytes(head, "big"), b""
    while len(data) < left:
        data += asker.recv(_MOST)
    arguments, folder, environment = json.loads(data)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    return list(arguments)


if __name__ == "__main__":
    serve(sys.argv[1])
