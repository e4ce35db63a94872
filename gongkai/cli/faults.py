"""Mistakes of ours, told by their place alone."""

from __future__ import annotations

import traceback
from pathlib import Path


def place_of(fault: BaseException) -> str:
    """Where in our code something went wrong; never what with, which may be somebody's data."""
    ours = [
        frame_summary
        for frame_summary in traceback.extract_tb(fault.__traceback__)
        if "gongkai" in frame_summary.filename
    ]
    return f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "?"
