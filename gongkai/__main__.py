"""``python -m gongkai``."""

import contextlib
import os
import sys

from gongkai.cli.main import main

if __name__ == "__main__":  # worker processes import this module too
    status = main()
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status)  # ten thousand items need not be taken apart one by one
