"""Templates as they were compiled, kept as Python keeps its own modules: in the package's
``__pycache__``, where only who may change the program may write.

Only templates that come with the program or with MkDocs' theme are kept; what a site's own folder
holds is compiled in each run, so that nothing is ever executed that content could have put there.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from gongkai.files.checked_file import Spoiled, seal, unseal
from gongkai.files.program_version import fingerprint

_CACHES = Path(__file__).resolve().parent / "__pycache__"
_MARK = b"gongkai template 1\n"


class Compiled(BytecodeCache):
    """Code of the templates in some folders; ``name`` tells apart what is compiled differently."""

    def __init__(self, name: str, folders: Sequence[Path]) -> None:
        self.roots = [f"{folder.as_posix()}/" for folder in folders]
        self.name = name
        self.folder = _CACHES / f"{name}-{fingerprint().hex()[:16]}"

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """What a template's code is kept under; nothing for those that are not kept."""
        is_known = filename and Path(filename).as_posix().startswith(tuple(self.roots))
        return super().get_cache_key(name, filename) if is_known else ""

    def load_bytecode(self, bucket: Bucket) -> None:
        """The code of a template whose text has not changed, if it is there and whole."""
        with suppress(Spoiled):
            found = unseal(self.folder / bucket.key, _MARK) if bucket.key else None
            if found is not None:
                bucket.bytecode_from_string(bytes(found))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it, and take away what earlier versions of the program kept."""
        if bucket.key:
            with suppress(OSError):  # a folder that nobody may write to only costs time
                if not self.folder.is_dir():
                    for old in _CACHES.glob(f"{self.name}-*"):
                        shutil.rmtree(old, ignore_errors=True)
                seal(self.folder / bucket.key, _MARK, bucket.bytecode_to_string())
