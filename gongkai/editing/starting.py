"""A new site: the example to learn from, or an empty one to begin with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from gongkai.editing.written import plain
from gongkai.errors import UsageError
from gongkai.source.catalogue import built_in_departments

_PACKAGE = Path(__file__).resolve().parent.parent
_COPIED = ("mkdocs.yml", "boards", "content")
_SHARED = ("content/pages/object.md", "content/pages/about.md")
"""Pages that are true of any factory."""


def example() -> Path:
    """The example that ships with the product: inside the wheel, or the checkout itself."""
    packed = _PACKAGE / "_example"
    return packed if packed.is_dir() else _PACKAGE.parent


def starter(folder: Path, since: str, *, is_empty: bool) -> Mapping[str, bytes]:
    """The files of a new site, by path. UsageError when the folder holds anything already."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError("error.not-empty", path=str(folder))
    found = {"build.py": _FRONT_DOOR.encode(), ".gitignore": _IGNORED.encode()}
    if not is_empty:
        return found | dict(_copied())
    name = folder.resolve().name
    texts = {
        "mkdocs.yml": _MKDOCS.format(name=plain(name)),
        "content/org.yml": _org(name),
        "content/catalogue.yml": _CATALOGUE.format(since=since),
        "content/items/.gitkeep": "",
        "content/opinions/.gitkeep": "",
        "content/surveys/.gitkeep": "",
        "boards/company.yml": _BOARD,
    }
    found |= {path: text.encode() for path, text in texts.items()}
    return found | {path: (example() / path).read_bytes() for path in _SHARED}


def _copied() -> Iterator[tuple[str, bytes]]:
    root = example()
    for name in _COPIED:
        top = root / name
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path.relative_to(root).as_posix(), path.read_bytes()


def _org(name: str) -> str:
    depts = sorted({one for one in built_in_departments() if one != "车间"})
    rows = [f"  - {{名称: {one}}}" for one in depts]
    return _ORG.format(name=plain(name), rows="\n".join(rows))


_FRONT_DOOR = '''\
#!/usr/bin/env python3
"""The front door of this site: python build.py VERB, or python build.py alone to publish it."""

import sys
from pathlib import Path

try:
    from gongkai.cli import main
except ImportError:
    sys.exit("gongkai: 先安装 gongkai / install gongkai first")

arguments = sys.argv[1:]
if not any(one == "--root" or one.startswith("--root=") for one in arguments):
    arguments += ["--root", str(Path(__file__).resolve().parent)]
sys.exit(main(arguments))
'''
_IGNORED = "site/\n.gongkai/\n.*.gongkai/\n__pycache__/\n"
_MKDOCS = """\
site_name: {name}
# site_url: http://board.example/   # 站点的网址；写了以后海报上才有二维码
docs_dir: content/pages
use_directory_urls: true
theme:
  name: material
  language: zh
  font: false
  palette:
    - media: "(prefers-color-scheme: light)"
      scheme: default
      primary: custom
      accent: custom
      toggle: {{icon: material/weather-night, name: 切换到深色}}
    - media: "(prefers-color-scheme: dark)"
      scheme: slate
      primary: custom
      accent: custom
      toggle: {{icon: material/weather-sunny, name: 切换到浅色}}
  features: [navigation.tabs, navigation.top, search.highlight]
nav:
  - 公开栏: index.md
  - 往期: archive/index.md
  - 打印: posters/index.md
  - 怎样提意见: object.md
  - 关于公开: about.md
plugins:
  - search: {{lang: zh, separator: '[\\s\\u200b\\-,。,、;:“”()()/|]+'}}
  - gongkai: {{timezone: Asia/Shanghai}}
extra: {{generator: false}}
markdown_extensions: [admonition, attr_list, tables]
"""
_ORG = """\
# 只写部门、岗位和内线电话，不写人名。
名称: {name}
简称: {name}
部门:
{rows}
小组:
  - 名称: 厂务公开领导小组
  - 名称: 厂务公开监督小组
渠道:
  - {{类型: box, 说明: 食堂门口意见箱}}
"""
_CATALOGUE = """\
# 33 类的默认要求由程序自带，这里只写本单位的情况。
所有制: 国有   # 国有、集体或民营
地区: 无       # 山东、重庆、河南、浙江、上海或无
起始: {since}   # 从这个月起计算应公开的事项
"""
_BOARD = """\
# 一个公开栏一个文件，文件名就是它的标识。车间的公开栏加一行：车间: 某某车间
标题: 厂务公开栏
联系: {意见箱: 食堂门口意见箱}
屏幕: {方向: 横屏, 距离: 4}
纸张: A3
"""
