"""nginx under load while the site is swapped two hundred times."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from gongkai.files.swap import swap
from tests.operations.test_server import DEPLOY
from tests.servers import NGINX, nginx

SWAPS, LEAST = 200, 2000
SECONDS = 15
COUNTING = """\
-- Counts answers that are neither of the two sites, whole.
wrong = 0
local threads = {}
function setup(thread) table.insert(threads, thread) end
function init() wrong = 0 end
function response(status, headers, body)
  local first = body:sub(1, 1)
  if status ~= 200 or #body ~= SIZE or body ~= first:rep(SIZE) then wrong = wrong + 1 end
end
function done()
  local all = 0
  for _, thread in ipairs(threads) do all = all + thread:get("wrong") end
  print("wrong: " .. all)
end
"""


@pytest.mark.skipif(NGINX is None or not shutil.which("wrk"), reason="no nginx or wrk")
def test_two_hundred_swaps_under_load(tmp_path: Path) -> None:
    """2,000 answers a second at least on two cores, and each is one of the two sites, whole."""
    size = 20_000
    for name, sign in (("up", "a"), ("stage", "b")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(sign * size)
    script = tmp_path / "count.lua"
    script.write_text(COUNTING.replace("SIZE", str(size)))
    with nginx(tmp_path, tmp_path / "up", (DEPLOY / "nginx.conf").read_text("utf-8")) as address:
        command = ["wrk", "-t2", "-c32", f"-d{SECONDS}s", "-s", str(script), f"{address}/"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as load:
            for _ in range(SWAPS):
                swap(tmp_path / "stage", tmp_path / "up", tmp_path / "leaving")
                time.sleep(SECONDS / SWAPS / 1.3)
            assert load.poll() is None  # all swaps fell into the load
            told = load.communicate()[0]
    assert "wrong: 0" in told, told
    assert "Non-2xx" not in told
    assert "Socket errors" not in told, told
    found = re.search(r"Requests/sec:\s+([\d.]+)", told)
    assert found
    assert float(found[1]) >= LEAST, told
