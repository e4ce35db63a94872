"""Publishing: the whole site or none of it, from any folder to any folder, under any MkDocs."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest

from gongkai.build.pipeline import build
from gongkai.build.request import BuildRequest
from gongkai.mkdocs_plugin.plugin import render_shell
from gongkai.source.site import read_site
from tests.cases import sampled
from tests.command import run
from tests.conftest import ROOT
from tests.sites import CONFIG, WAGES, instant, item, make_site, tree


@pytest.fixture
def wages(tmp_path: Path) -> Path:
    root = tmp_path / "a factory 工厂"
    make_site(root, {"content/items/2026-11-wages.md": WAGES})
    return root


def test_from_any_folder_to_any_folder(wages: Path, tmp_path: Path) -> None:
    out = tmp_path / "elsewhere" / "published"
    command = [sys.executable, str(ROOT / "build.py"), "build", "--root", str(wages)]
    command += ["--out", str(out), "--at", "2026-11-22"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(out)
    assert (out / "items/2026-11-wages/index.html").is_file()
    assert not (wages / "site").exists()


def test_without_a_verb_it_builds(wages: Path) -> None:
    assert run(wages, "--at", "2026-11-22").returncode == 0
    assert (wages / "site/manifest.json").is_file()


def test_warnings_do_not_stop_it(wages: Path) -> None:
    done = run(wages, "build", "--at", "2026-12-11")
    assert done.returncode == 0
    assert "fresh/overdue" in done.stderr


def test_an_error_leaves_the_old_site_as_it_was(wages: Path) -> None:
    assert run(wages, "build", "--at", "2026-11-22").returncode == 0
    before = tree(wages / "site")
    (wages / "content/items/broken.md").write_text(item(expires="2026-02-30"), "utf-8")
    done = run(wages, "build", "--at", "2026-11-23")
    assert done.returncode == 1
    assert "content/items/broken.md:5:10" in done.stderr
    assert tree(wages / "site") == before


def test_a_folder_that_is_not_ours_is_never_replaced(wages: Path, tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious/work.txt").write_text("x", "utf-8")
    done = run(wages, "build", "--at", "2026-11-22", "--out", str(tmp_path / "precious"))
    assert done.returncode == 2
    assert tree(tmp_path / "precious").keys() == {"work.txt"}


@pytest.mark.usefixtures("drawn_anew")
def test_building_again_gives_equal_bytes(wages: Path, tmp_path: Path) -> None:
    for name, zone, seed in (("one", "UTC", "1"), ("two", "America/Los_Angeles", "2")):
        copy = tmp_path / name / "site"
        shutil.copytree(wages, copy)
        done = run(copy, "build", "--at", "2026-11-22", TZ=zone, PYTHONHASHSEED=seed)
        assert done.returncode == 0
    assert tree(tmp_path / "one/site/site") == tree(tmp_path / "two/site/site")


def test_every_file_is_in_the_manifest(wages: Path) -> None:
    run(wages, "build", "--at", "2026-11-22")
    manifest = json.loads((wages / "site/manifest.json").read_text("utf-8"))
    found = tree(wages / "site")
    del found["manifest.json"]
    assert manifest["files"] == found


def test_only_the_site_before_is_left_beside_the_site(wages: Path) -> None:
    run(wages, "build", "--at", "2026-11-22")
    first = tree(wages / "site")
    run(wages, "build", "--at", "2026-11-22 08:00")
    assert [path.name for path in wages.glob(".site*")] == [".site.gongkai"]
    assert tree(wages / ".site.gongkai/stage") == first
    names = {path.name for path in (wages / ".site.gongkai").iterdir()}
    kinds = sorted(name.rpartition(".")[2] for name in names)
    kept = ["clock", "inventory", "inventory", "jsonl", "lock", "past", "stage", "tasks", "tasks"]
    assert kinds == kept


@sampled("program", ["mkdocs", "properdocs"], step=2)
def test_plain_mkdocs_makes_the_same_site(program: str, wages: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [str(Path(sys.executable).parent / program), "build", "-q", "-d", str(out)]
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    config = str(wages / "mkdocs.yml")
    done = subprocess.run([*command, "-f", config], capture_output=True, text=True, env=env)
    assert done.returncode == 0, done.stderr
    assert run(wages, "build").returncode == 0
    assert tree(out).keys() == tree(wages / "site").keys()
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert manifest["generator"].startswith("gongkai")
    assert len((out / "history.jsonl").read_text().splitlines()) == 1
    subprocess.run([*command, "-f", config], capture_output=True, env=env)
    assert len((out / "history.jsonl").read_text().splitlines()) == 2
    assert run(wages, "verify", str(out)).returncode == 0


def test_plain_mkdocs_stops_at_an_error_before_it_touches_the_site(wages: Path) -> None:
    (wages / "site").mkdir()
    (wages / "site/old.html").write_text("old", "utf-8")
    (wages / "content/items/broken.md").write_text(item(kind="?"), "utf-8")
    command = [
        str(Path(sys.executable).parent / "mkdocs"),
        "build",
        "-f",
        str(wages / "mkdocs.yml"),
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert (wages / "site/old.html").exists()


def test_links_in_the_pages_folder_are_not_published(wages: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    (wages / "content/pages/leak.txt").symlink_to(tmp_path / "secret.txt")
    (wages / "content/pages/leak.md").symlink_to(wages / "boards/machining.yml")
    run(wages, "build", "--at", "2026-11-22")
    assert not [name for name in tree(wages / "site") if "leak" in name]


def test_a_site_changes_one_file_of_the_theme(wages: Path) -> None:
    (wages / "theme/pages").mkdir(parents=True)
    (wages / "theme/pages/archive.html").write_text("<p>本厂的往期</p>", "utf-8")
    run(wages, "build", "--at", "2026-11-22")
    assert "本厂的往期" in (wages / "site/archive/index.html").read_text("utf-8")
    assert "厂务公开栏" in (wages / "site/index.html").read_text("utf-8")


def test_a_site_with_a_front_page_of_its_own_keeps_it(wages: Path) -> None:
    (wages / "content/pages/index.md").write_text("# 欢迎\n\n本厂的话。\n", "utf-8")
    run(wages, "build", "--at", "2026-11-22")
    page = (wages / "site/index.html").read_text("utf-8")
    assert "本厂的话" in page
    assert "gk-boards" in page


def test_under_a_sub_path(wages: Path) -> None:
    config = CONFIG + "site_url: http://intranet.example/gongkai\n"
    (wages / "mkdocs.yml").write_text(config, "utf-8")
    run(wages, "build", "--at", "2026-11-22")
    page = (wages / "site/items/2026-11-wages/index.html").read_text("utf-8")
    assert 'href="http://intranet.example/gongkai/items/2026-11-wages/"' in page


def test_images_beside_an_item_are_on_page_screen_and_poster(wages: Path) -> None:
    from PIL import Image

    Image.new("RGB", (60, 40), "#a8201a").save(wages / "content/items/图.png")
    text = item(body="![示意图](图.png)")
    (wages / "content/items/picture.md").write_text(text, "utf-8")
    assert run(wages, "build", "--at", "2026-11-22").returncode == 0
    (image,) = (wages / "site/media").iterdir()
    for page in ("items/picture", "boards/machining", "screen/machining"):
        assert image.name in (wages / f"site/{page}/index.html").read_text("utf-8")
    assert b"/Image" in (wages / "site/posters/items/picture.pdf").read_bytes()


def test_a_picture_without_a_word_is_printed_too(wages: Path) -> None:
    from PIL import Image

    Image.new("RGB", (60, 40), "#a8201a").save(wages / "content/items/图.png")
    (wages / "content/items/picture.md").write_text(item(body="![](图.png)"), "utf-8")
    assert run(wages, "build", "--at", "2026-11-22").returncode == 0
    assert b"/Image" in (wages / "site/posters/items/picture.pdf").read_bytes()


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("**关于“公示”**的通知", "<strong>关于“公示”</strong>的通知"),
        ("张*三、李*四", "张*三、李*四"),
        ("欧阳**", "欧阳**"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("[点](javascript:alert(1))", "[点](javascript:alert(1))"),
        ("![图](http://example.org/x.png)", "![图](http://example.org/x.png)"),
        ("{{ 7*7 }} {% x %}", "{{ 7*7 }} {% x %}"),
        ("~~不划掉~~", "~~不划掉~~"),
    ],
)
def test_bodies_as_people_type_them(typed: str, shown: str, wages: Path) -> None:
    (wages / "content/items/typed.md").write_text(item(body=typed), "utf-8")
    site = read_site(wages)
    build(BuildRequest(site, instant(site, "2026-11-22"), wages / "site", render_shell))
    for page in ("items/typed", "boards/machining", "screen/machining"):
        assert shown in (wages / f"site/{page}/index.html").read_text("utf-8")


def test_channels_are_kept_apart(wages: Path) -> None:
    for channel in ("web", "screen", "poster"):
        text = item(title=f"只在{channel}的事", channels=f"[{channel}]")
        (wages / f"content/items/{channel}.md").write_text(text, "utf-8")
    run(wages, "build", "--at", "2026-11-22")
    out = wages / "site"
    where = {
        channel: {
            path.relative_to(out).parts[0]
            for path in out.rglob("*.html")
            if f"只在{channel}的事" in path.read_text("utf-8")
        }
        for channel in ("web", "screen", "poster")
    }
    assert where["web"] == {"items", "boards", "screen"}, "the front page tells what is new"
    text = (out / "screen/machining/index.html").read_text("utf-8")
    titles, items = text.split('<section id="items">')
    assert "只在web的事" in titles
    assert "只在web的事" not in items
    assert where["screen"] == {"screen"}
    assert where["poster"] == {"posters"}
    assert not (out / "items/screen").exists()
    assert (out / "items/poster/index.html").is_file()
    assert {path.stem for path in (out / "posters/items").iterdir()} == {"2026-11-wages", "poster"}


def test_english(wages: Path) -> None:
    config = CONFIG.replace("gongkai]", "gongkai: {lang: en}]").replace("zh", "en")
    (wages / "mkdocs.yml").write_text(config, "utf-8")
    assert run(wages, "build", "--at", "2026-11-22").returncode == 0
    assert "Disclosure board" in (wages / "site/index.html").read_text("utf-8")
    assert "on this board" in (wages / "site/screen/machining/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pages/item.html", "{% if x %}"),
        ("pages/item.html", "{{ no_such_name }}"),
        ("screen/screen.html", "{{ 1 / }}"),
        ("poster.typ", "#no-such-thing()"),
    ],
)
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_broken_theme_is_one_sentence(name: str, text: str, jobs: str, wages: Path) -> None:
    (wages / "theme" / name).parent.mkdir(parents=True)
    (wages / "theme" / name).write_text(text, "utf-8")
    done = run(wages, "build", "--at", "2026-11-22", "--jobs", jobs)
    assert done.returncode == 2
    assert name in done.stderr.splitlines()[-1]
    assert not (wages / "site").exists()


def published(root: Path) -> str:
    """Everything that can be read in a published site, posters included."""
    texts = [p.read_text("utf-8") for p in root.rglob("*") if p.suffix in (".html", ".json")]
    for path in root.rglob("*.pdf"):
        texts += [page.extract_text() for page in pypdf.PdfReader(path).pages]
    return "".join(texts)


@pytest.mark.parametrize(
    "original",
    [
        item(title="不能说的题目", draft="true"),
        item(title="不能说的题目", publish="2026-12-01", expires="2026-12-31"),
        item(
            title="不能说的题目",
            withdrawn="{date: 2026-11-02, by: 办公室, reason: 个人信息, hide: true}",
        ),
    ],
)
def test_a_correction_does_not_tell_what_its_original_hides(original: str, wages: Path) -> None:
    (wages / "content/items/original.md").write_text(original, "utf-8")
    text = item(kind="correction", corrects="original", category="leave-holiday")
    (wages / "content/items/fix.md").write_text(text, "utf-8")
    assert run(wages, "build", "--at", "2026-11-22").returncode == 0
    assert "不能说的题目" not in published(wages / "site")


def test_a_correction_on_paper_stays_on_paper(wages: Path) -> None:
    fix = "{reason: 录入错误, changes: [{where: 合计, old: 七七七, new: 八八八}]}"
    text = item(kind="correction", corrects="2026-11-wages", channels="[poster]", correction=fix)
    (wages / "content/items/fix.md").write_text(text, "utf-8")
    run(wages, "build", "--at", "2026-11-22")
    for path in (wages / "site").rglob("*.html"):
        assert "七七七" not in path.read_text("utf-8"), path


def test_a_correction_on_a_page_does_not_tell_what_hangs_on_paper_only(wages: Path) -> None:
    """Nor does what it corrects stand beside it where its own channel is not."""
    original = item(title="只在纸上的题目", channels="[poster]", category="leave-holiday")
    (wages / "content/items/original.md").write_text(original, "utf-8")
    text = item(title="更正", kind="correction", corrects="original", category="leave-holiday")
    (wages / "content/items/fix.md").write_text(text, "utf-8")
    assert run(wages, "build", "--at", "2026-11-22").returncode == 0
    assert "只在纸上的题目" not in (wages / "site/items/fix/index.html").read_text("utf-8")


def test_a_correction_leaves_with_what_it_corrects(wages: Path) -> None:
    (wages / "content/items/original.md").write_text(item(expires="2026-11-20"), "utf-8")
    text = item(kind="correction", corrects="original", expires="2026-12-31")
    (wages / "content/items/fix.md").write_text(text, "utf-8")
    for at, state in (("2026-11-20", "current"), ("2026-11-21", "expired")):
        done = run(wages, "list", "--at", at, "--format", "json")
        states = {load["id"]: load["state"] for load in json.loads(done.stdout)}
        assert (states["original"], states["fix"]) == (state, state)


def test_a_board_in_a_language_of_its_own(wages: Path) -> None:
    board = (wages / "boards/machining.yml").read_text("utf-8")
    (wages / "boards/machining.yml").write_text(board + "lang: en\n", "utf-8")
    run(wages, "build", "--at", "2026-11-22")
    assert "Answers for it" in (wages / "site/boards/machining/index.html").read_text("utf-8")


def test_pages_may_not_hold_the_items(wages: Path) -> None:
    config = CONFIG.replace("content/pages", "content")
    (wages / "mkdocs.yml").write_text(config, "utf-8")
    assert run(wages, "build").returncode == 2


def test_an_item_on_no_board_is_no_accident(wages: Path) -> None:
    (wages / "content/items/nowhere.md").write_text(item(boards="[]"), "utf-8")
    assert run(wages, "build", "--at", "2026-11-22").returncode == 0
    done = run(wages, "why", "nowhere", "--at", "2026-11-22", "--format", "json")
    assert json.loads(done.stdout)["visible"] is False


def test_variables_and_inheritance_in_the_configuration(wages: Path) -> None:
    (wages / "base.yml").write_text(CONFIG, "utf-8")
    (wages / "mkdocs.yml").write_text(
        "INHERIT: base.yml\nsite_url: !ENV [GONGKAI_TEST_URL, 'http://b.example/']\n", "utf-8"
    )
    for value, url in ((None, "http://b.example/"), ("http://c.example/", "http://c.example/")):
        environment = {"GONGKAI_TEST_URL": value} if value else {}
        assert read_site(wages, environment).url == url


@pytest.mark.parametrize("out", ["content/items", "content/new", "boards", "theme", "."])
def test_the_content_is_never_the_place_to_publish(out: str, wages: Path) -> None:
    before = tree(wages)
    assert run(wages, "build", "--at", "2026-11-22", "--out", str(wages / out)).returncode == 2
    assert tree(wages) == before


def test_what_is_kept_changes_nothing_but_the_time(wages: Path) -> None:
    run(wages, "build", "--at", "2026-11-22")
    first, kept = tree(wages / "site"), list((wages / ".gongkai/shelf").iterdir())
    assert kept
    run(wages, "build", "--at", "2026-11-22")
    assert tree(wages / "site") == first
    for path in kept:
        path.write_bytes(path.read_bytes()[:-9])
    run(wages, "build", "--at", "2026-11-22")
    assert tree(wages / "site") == first
    run(wages, "build", "--at", "2026-11-22", "--clean")
    assert tree(wages / "site") == first


def test_nothing_is_kept_of_what_was_withdrawn(wages: Path) -> None:
    path = wages / "content/items/gone.md"
    path.write_text(item(), "utf-8")
    run(wages, "build", "--at", "2026-11-22")
    before = {path.name for path in (wages / ".gongkai/shelf").iterdir()}
    path.write_text(
        item(withdrawn="{date: 2026-11-02, by: 办公室, reason: 个人信息, hide: true}"), "utf-8"
    )
    run(wages, "build", "--at", "2026-11-22")
    after = {path.name for path in (wages / ".gongkai/shelf").iterdir()}
    # its sheet; its board as list, file of all, file of its paper, page and screen; the front, and
    # the kiosk
    assert len(before - after) == 8
    assert len(after) == len(before) - 1


def test_two_builds_at_once_leave_a_whole_site(wages: Path) -> None:
    command = [sys.executable, "-m", "gongkai", "build", "--root", str(wages), "--at", "2026-11-22"]
    both = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert 0 in [popen.wait() for popen in both]
    manifest = json.loads((wages / "site/manifest.json").read_text("utf-8"))
    found = tree(wages / "site")
    del found["manifest.json"]
    assert manifest["files"] == found


def test_names_of_files_are_chinese_in_any_locale(tmp_path: Path) -> None:
    """A cron job without a locale, on a machine where somebody switched UTF-8 off."""
    site = make_site(tmp_path, {"content/items/食堂收支.md": item(title="食堂收支")})
    env = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [sys.executable, str(ROOT / "build.py"), "list", "--root", str(site.root)]
    done = subprocess.run([*command, "--at", "2026-11-10"], capture_output=True, env=env)
    assert (done.returncode, "食堂收支" in done.stdout.decode()) == (0, True), done.stderr.decode()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("august", ["september"]),
        ("september", ["august", "october"]),  # July is hidden, November has not come
        ("workshop", []),  # the others hang elsewhere
    ],
)
def test_an_item_leads_to_the_same_of_the_periods_around(
    name: str, expected: list[str], tmp_path: Path
) -> None:
    def month(number: int, **more: str) -> str:
        period = f"2026-{number:02}"
        publish, expires = f"2026-{number + 1:02}-09", f"2026-{number + 1:02}-28"
        return item(
            category="canteen-accounts", period=period, publish=publish, expires=expires, **more
        )

    hidden = "{date: 2026-08-10, by: 办公室, reason: 有误, hide: true}"
    months = {
        "july": month(7, withdrawn=hidden),
        "august": month(8),
        "september": month(9),
        "october": month(10),
        "november": month(11),
        "workshop": month(9, boards="[machining]"),
        "paper": month(10, channels="[poster]"),
    }
    files = {f"content/items/{value}.md": text for value, text in months.items()}
    site = make_site(tmp_path, {**files, "boards/other.yml": "title: 别的公开栏"})
    assert build(BuildRequest(site, instant(site, "2026-11-22"), site.out, render_shell)).files
    page = (site.out / f"items/{name}/index.html").read_text("utf-8")
    assert re.findall('href="../([a-z]+)/" rel="(?:prev|next)"', page) == expected


def test_an_attachment_is_told_with_its_kind_and_size(tmp_path: Path) -> None:
    files = {
        "content/items/x.md": item(attachments="[表.csv]"),
        "content/items/表.csv": "甲,乙\n" * 200,
    }
    site = make_site(tmp_path, files)
    assert build(BuildRequest(site, instant(site, "2026-11-22"), site.out, render_shell)).files
    page = (site.out / "items/x/index.html").read_text("utf-8")
    assert "表.csv</a> <small>CSV 2 KB</small>" in page
