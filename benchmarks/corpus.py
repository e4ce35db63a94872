"""Makes a realistic site of any size: ``python -m benchmarks.corpus DIR --items 10000``.

Seeded: equal arguments give equal bytes. Five years of months up to October 2026, fifty boards
unless told otherwise, tables in two items of three, one item in twenty with a poster.
"""

from __future__ import annotations

import argparse
import random
from datetime import date, timedelta
from pathlib import Path

from gongkai.domain.calendar import Grain, Period

LAST = Period(2026, Grain.MONTH, 10)
MONTHS = 60
CONFIG = """\
site_name: 基准厂务公开
site_url: http://bench.example/
docs_dir: content/pages
theme:
  name: material
  language: zh
  font: false
  features: [navigation.tabs]
  palette:
    - {scheme: default, toggle: {icon: material/weather-night, name: 深色}}
    - {scheme: slate, toggle: {icon: material/weather-sunny, name: 浅色}}
extra: {generator: false}
plugins: [search: {lang: zh}, gongkai]
"""
KINDS = [
    ("wages-bonus", "工资奖金分配情况", "劳资科"),
    ("canteen-accounts", "职工食堂收支情况", "后勤部"),
    ("safety-hazards", "安全生产和隐患治理情况", "安环部"),
    ("social-insurance", "社会保险和公积金缴纳情况", "人力资源部"),
    ("opinion-reply", "职工意见办理情况", "厂务公开办公室"),
    ("reward-discipline", "奖励处罚情况", "人力资源部"),
]
NOUNS = (
    "生产 质量 设备 工艺 班组 培训 检修 库房 能耗 通风 照明 叉车 砂芯 刀具 夹具 淬火 装配 包装"
).split()
VERBS = "完成 检查 核对 调整 更换 验收 登记 公布 复核 整改".split()


def make_corpus(
    root: Path, items: int, boards: int = 50, seed: int = 1, posters: float = 0.05
) -> None:
    """Write a site of so many items, a share of them with posters, into a new folder."""
    rng = random.Random(seed)  # noqa: S311 - a corpus, not a key
    write(root / "mkdocs.yml", CONFIG)
    write(root / "content/pages/about.md", "# 关于公开\n\n本站是基准测试。\n")
    write(root / "content/catalogue.yml", "地区: 山东\n所有制: 国有\n起始: 2026-10\n")
    write(root / "content/org.yml", "名称: 基准机械厂\n")
    for number in range(boards):
        text = f"标题: 第{number + 1}车间公开栏\n车间: 第{number + 1}车间\n纸张: A4\n"
        write(root / f"boards/w{number:03}.yml", text)
    for number in range(items):
        months = number * MONTHS // items
        is_printed = int(number * posters) != int((number + 1) * posters)
        name, text = _item(rng, number, boards, back(LAST, months), is_printed)
        write(root / "content/items" / name, text)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _item(
    rng: random.Random, number: int, boards: int, period: Period, is_printed: bool
) -> tuple[str, str]:
    board = number % boards
    category, title, dept = KINDS[number // boards % len(KINDS)]
    publish = period.end + timedelta(days=rng.randint(5, 10))
    expires = period.next().end + timedelta(days=10)
    name = f"{period}-{category}-w{board:03}-{number:06}"
    channels = "[web, screen, poster]" if is_printed else "[web, screen]"
    lines = [
        "---",
        f"title: 第{board + 1}车间{period.year}年{period.index}月{title}",
        f"category: {category}",
        f"boards: [w{board:03}]",
        f"period: {period}",
        f"publish: {publish}",
        f"expires: {expires}",
        f"owner: {{dept: {dept}, post: {dept}负责人}}",
        f"approval: {{by: 厂务公开领导小组, date: {publish - timedelta(days=1)}}}",
        f"channels: {channels}",
        *(steps(dept, publish) if number % 5 < 3 else []),
        "legal_basis: [企业民主管理规定]",
        "---",
        "",
        paragraph(rng),
        "",
    ]
    if number % 3:
        lines += table(rng, rng.randint(4, 14))
    lines += ["", paragraph(rng), ""]
    folder = f"{publish:%Y/%m}"
    return f"{folder}/{name}.md", "\n".join(lines)


def steps(dept: str, publish: date) -> list[str]:
    """All five steps, which three items in five record: three lines an item."""
    return [
        "steps:",
        f"  - {{step: propose, by: {dept}, date: {publish - timedelta(days=3)}}}",
        f"  - {{step: review, by: 工会, date: {publish - timedelta(days=2)}, result: 通过}}",
        f"  - {{step: disclose, by: 厂务公开办公室, date: {publish}}}",
        f"  - {{step: appraise, by: 职工代表, date: {publish + timedelta(days=9)}}}",
        f"  - {{step: rectify, by: {dept}, date: {publish + timedelta(days=12)}}}",
    ]


def back(period: Period, months: int) -> Period:
    total = period.year * 12 + period.index - 1 - months
    return Period(total // 12, Grain.MONTH, total % 12 + 1)


def paragraph(rng: random.Random) -> str:
    sentences = [
        f"{rng.choice(NOUNS)}{rng.choice(VERBS)}{rng.randint(2, 300)}项，"
        f"{rng.choice(NOUNS)}由**{rng.choice(NOUNS)}组**{rng.choice(VERBS)}"
        for _ in range(rng.randint(2, 5))
    ]
    return "。".join(sentences) + "。"


def table(rng: random.Random, rows: int) -> list[str]:
    lines = ["| 项目 | 数量 | 金额（元） | 人均（元） |", "|---|---:|---:|---:|"]
    total = [0, 0]
    for row in range(rows):
        count, amount = rng.randint(5, 90), rng.randint(1000, 900000)
        total = [total[0] + count, total[1] + amount]
        lines.append(
            f"| {rng.choice(NOUNS)}{row + 1} | {count} | {amount} | {amount / count:.2f} |"
        )
    return [*lines, f"| 合计 | {total[0]} | {total[1]} | {total[1] / total[0]:.2f} |"]


def main() -> None:
    """The command line of this module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--boards", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--posters", type=float, default=0.05)
    options = parser.parse_args()
    make_corpus(options.folder, options.items, options.boards, options.seed, options.posters)


if __name__ == "__main__":
    main()
