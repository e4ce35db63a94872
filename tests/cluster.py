"""A scheduler and some workers on this machine, in processes of their own; ends with its input.

Prints the scheduler's address and the workers' process numbers in one line.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from distributed import Client, LocalCluster


def main() -> None:
    """Start, tell, wait."""
    options: dict[str, Any] = {
        "n_workers": int(sys.argv[1]),
        "threads_per_worker": 1,
        "host": "127.0.0.1",
    }
    start: Any = LocalCluster  # it ships no types
    join: Any = Client
    with start(dashboard_address=None, **options) as cluster, join(cluster) as client:
        address = cluster.scheduler_address.replace("tcp", "dask")
        told = [address, *map(str, client.run(os.getpid).values())]
        sys.stdout.write(" ".join(told) + "\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
