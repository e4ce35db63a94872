"""Which duty a paper is for, by its title alone, on a site where nothing was published yet."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.domain.model import Library
from gongkai.editing import guessing
from gongkai.source.library import read_library
from gongkai.source.packs import pack
from tests.sites import make_site

TITLES = {
    "关于做好冬季安全生产工作的通知": "safety-hazards",
    "关于2026年国庆节放假安排的通知": "leave-holiday",
    "关于示例甲同志任职的公示": "personnel-appointment",
    "拟任干部任前公示": "personnel-appointment",
    "2026年11月份工资发放情况": "wages-bonus",
    "11月奖金分配方案": "wages-bonus",
    "职工食堂11月收支公布": "canteen-accounts",
    "关于评选2026年度先进工作者的公示": "honors-selection",
    "劳动模范推荐人选公示": "honors-selection",
    "困难职工慰问名单公示": "aid-hardship",
    "金秋助学对象公示": "aid-hardship",
    "业务招待费使用情况报告": "business-entertainment",
    "九届五次职代会决议": "congress-resolution",
    "关于召开职工代表大会的通知": "congress-resolution",
    "员工手册": "labor-rules",
    "考勤管理制度": "labor-rules",
    "工资集体协议": "collective-contract",
    "社会保险费缴纳情况": "social-insurance",
    "住房公积金缴存情况": "social-insurance",
    "设备采购中标候选人公示": "bidding-procurement",
    "职业病危害因素检测结果": "occupational-health",
    "工伤事故处理通报": "accident-handling",
    "关于给予示例乙处分的决定": "reward-discipline",
    "职称评审结果公示": "promotion-grade",
    "招聘拟录用人员公示": "recruitment",
    "合理化建议获奖名单": "rationalization-awards",
    "工会经费收支情况": "union-finance",
    "职工教育经费使用情况": "education-fund-training",
    "劳动争议调解情况": "labor-dispute",
    "福利费使用情况": "welfare-fund",
    "三季度生产经营情况": "production-results",
    "年度财务预算执行情况": "finance-budget",
    "公司改制方案": "restructuring-placement",
    "民主评议领导干部结果": "congress-appraisal",
    "领导人员履职待遇和业务支出情况": "leader-pay-integrity",
    "意见建议答复": "opinion-reply",
}
"""As offices write them."""


def library(root: Path) -> Library:
    site = make_site(root, {"content/catalogue.yml": "所有制: 国有\n"})
    return read_library(site)[0]


def guess(found: Library, title: str) -> str | None:
    one = guessing.category_guess(found, title)
    return one.id if one else None


def test_titles_as_offices_write_them(tmp_path: Path) -> None:
    found = library(tmp_path)
    assert {title: guess(found, title) for title in TITLES} == TITLES


@pytest.mark.parametrize("title", ["关于周末停电的通知", "会议纪要", "中标与处分情况", "通知"])
def test_what_tells_nothing_or_of_two_things_is_not_guessed(title: str, tmp_path: Path) -> None:
    assert guess(library(tmp_path), title) is None


def test_every_row_of_the_words_is_one_of_the_catalogue(tmp_path: Path) -> None:
    known = library(tmp_path).catalogue.categories
    assert set(pack("titles.yml", guessing.TITLES)) <= set(known)
