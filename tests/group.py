"""Published sites as a group's headquarters sees them: their manifest, chain and figures, without
the pages. Made from one true site, so that their form is that of a build."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from gongkai.publish.chain import HISTORY, PublicationKind, longer
from gongkai.publish.manifest import MANIFEST, whole_manifest
from gongkai.render.web.supervision import GATHERED


class Pattern:
    """What published sites of a group are made from: a true one."""

    def __init__(self, site: Path, most: int | None = None) -> None:
        self.manifest: dict[str, Any] = json.loads((site / MANIFEST).read_bytes())
        self.figures: dict[str, Any] = json.loads((site / GATHERED).read_bytes())
        self.items = b",\n".join(
            b"  " + json.dumps(one, ensure_ascii=False).encode()
            for one in self.manifest["items"][:most]
        )

    def publish(
        self,
        folder: Path,
        name: str,
        at: datetime,
        nights: int = 3,
        rates: Mapping[str, tuple[int, int]] | None = None,
        amiss: tuple[int, int, int] = (0, 0, 0),
    ) -> Path:
        """A site that was published every night up to an instant."""
        (folder / GATHERED).parent.mkdir(parents=True, exist_ok=True)
        figures = self._figures(name, rates or {}, amiss)
        (folder / GATHERED).write_bytes(figures)
        files = {**self.manifest["files"], GATHERED: hashlib.sha256(figures).hexdigest()}
        about = {key: self.manifest[key] for key in ("schema", "generator", "boards")}
        path = folder / HISTORY
        history = path.read_bytes() if path.exists() else b""
        told = at.isoformat()
        manifest = whole_manifest({**about, "built_at": told, "at": told}, self.items, files)
        sha256 = hashlib.sha256(manifest).hexdigest()
        for night in range(nights - 1, 0, -1):
            before = hashlib.sha256(f"{name} {night}".encode()).hexdigest()
            history = longer(
                history, PublicationKind.BUILD, at - timedelta(days=night), None, before
            )
        history = longer(history, PublicationKind.BUILD, at, None, sha256)
        (folder / MANIFEST).write_bytes(manifest)
        path.write_bytes(history)
        return folder

    def _figures(
        self, name: str, rates: Mapping[str, tuple[int, int]], amiss: tuple[int, int, int]
    ) -> bytes:
        metrics = {
            rate: {"numerator": of[0], "denominator": of[1], "percent": None}
            for rate, of in {**dict.fromkeys(self.figures["metrics"], (0, 0)), **rates}.items()
        }
        told = dict(zip(("missing", "late", "opinions"), amiss, strict=True))
        made = {**self.figures, "org": {"name": name, "short": name}, "metrics": metrics}
        return json.dumps({**made, "amiss": told}, ensure_ascii=False).encode()
