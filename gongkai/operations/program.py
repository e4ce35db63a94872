"""The program as files that a site carries with it: its wheel, and the list of what that needs."""

from __future__ import annotations

import base64
import hashlib
import io
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from functools import cache
from importlib.metadata import Distribution, distribution
from pathlib import Path, PurePosixPath

from gongkai.domain.errors import UsageError
from gongkai.domain.model import Value
from gongkai.editing.starting import example

FOLDER = "program"
"""Where a site keeps the program's wheel."""
LOCK = "requirements.txt"
"""Everything a site installs, by hash."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every file in a wheel, so that equal files make equal wheels."""
_LEFT_OUT = {"RECORD", "INSTALLER", "REQUESTED", "direct_url.json"}
"""What an installer writes beside a package, of which a wheel knows nothing."""


class Wheel(Value, frozen=True):
    """The program, packed to be installed."""

    name: str
    data: bytes

    @property
    def digest(self) -> str:
        """SHA-256, as pip wants it."""
        return hashlib.sha256(self.data).hexdigest()


@cache
def wheel() -> Wheel:
    """This program as a wheel: built in a checkout, packed again where it was installed."""
    return _built(example()) if (example() / "pyproject.toml").exists() else _packed_again()


def locked() -> str:
    """The packages that the program needs, each with its version and hashes."""
    return (example() / "requirements/run.txt").read_text("utf-8")


def program_files() -> dict[str, bytes]:
    """The program's wheel and the list that installs it, by their paths in a site."""
    program = wheel()
    own = f"./{FOLDER}/{program.name} \\\n    --hash=sha256:{program.digest}\n"
    return {f"{FOLDER}/{program.name}": program.data, LOCK: (locked() + own).encode()}


def _built(checkout: Path) -> Wheel:
    """The wheel of a checkout. UsageError when it cannot be built."""
    with tempfile.TemporaryDirectory(prefix="gongkai-") as spare:
        command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", spare]
        done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
        made = [*Path(spare).glob("*.whl")]
        if done.returncode or not made:
            raise UsageError("error.no-wheel", why=(done.stderr.strip() or "?").splitlines()[-1])
        return Wheel(made[0].name, made[0].read_bytes())


def _packed_again() -> Wheel:
    found = distribution("gongkai")
    packed, record, about = io.BytesIO(), [], f"gongkai-{found.version}.dist-info"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(_installed(found)):
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            record.append(f"{name},sha256={digest},{len(data)}\n")
            _add(archive, name, data)
        _add(archive, f"{about}/RECORD", ("".join(record) + f"{about}/RECORD,,\n").encode())
    return Wheel(f"gongkai-{found.version}-py3-none-any.whl", packed.getvalue())


def _installed(found: Distribution) -> Iterator[tuple[str, bytes]]:
    for package_path in found.files or ():
        path = PurePosixPath(package_path.as_posix())
        is_ours = path.parts[0].startswith("gongkai") and "__pycache__" not in path.parts
        if is_ours and path.name not in _LEFT_OUT:
            yield str(path), Path(str(found.locate_file(package_path))).read_bytes()


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data)
