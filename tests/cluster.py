"""A scheduler and two workers on this machine, in processes of their own; ends with its input.

Prints the scheduler's address and the workers' process numbers in one line.
"""

from __future__ import annotations

import os
import sys

from distributed import Client, LocalCluster


def main() -> None:
    """Start, tell, wait."""
    with (
        LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
        ) as cluster,
        Client(cluster) as client,  # type: ignore[no-untyped-call]
    ):
        address = cluster.scheduler_address.replace("tcp", "dask")
        told = [address, *map(str, client.run(os.getpid).values())]
        sys.stdout.write(" ".join(told) + "\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
