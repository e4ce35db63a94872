"""The field's own words for every listed value: what editors may write and readers see."""

from __future__ import annotations

from enum import Enum

from gongkai.calendar import Grain
from gongkai.terms import (
    Act,
    Ballot,
    Cause,
    Channel,
    DayUnit,
    Handling,
    Kind,
    Orientation,
    Ownership,
    PrivacyClass,
    Rating,
    StepName,
    Timing,
    VoteResult,
)

CHINESE: dict[Enum, str] = {
    Kind.DISCLOSURE: "公开",
    Kind.NOTICE: "公示",
    Kind.CIRCULAR: "通报",
    Kind.ANNOUNCEMENT: "公告",
    Kind.REPLY: "答复",
    Kind.CORRECTION: "更正",
    Timing.BEFORE: "事前",
    Timing.DURING: "事中",
    Timing.AFTER: "事后",
    Act.REPORT: "报告",
    Act.REVIEW: "审议",
    Act.PASS: "通过",
    Act.CONSULT: "协商",
    Act.SUPERVISE: "监督",
    Act.APPRAISE: "评议",
    Ballot.SECRET: "无记名",
    Ballot.OPEN: "举手",
    VoteResult.PASSED: "通过",
    VoteResult.NOT_PASSED: "未通过",
    StepName.PROPOSE: "提出",
    StepName.REVIEW: "审查",
    StepName.DISCLOSE: "公开",
    StepName.APPRAISE: "评议",
    StepName.RECTIFY: "整改",
    PrivacyClass.NONE: "无",
    PrivacyClass.AGGREGATE: "汇总",
    PrivacyClass.PERSONNEL: "人事",
    PrivacyClass.HONOR: "荣誉",
    PrivacyClass.SENSITIVE: "敏感",
    PrivacyClass.ANONYMOUS: "匿名",
    Channel.WEB: "网站",
    Channel.SCREEN: "屏幕",
    Channel.POSTER: "海报",
    DayUnit.WORKDAY: "工作日",
    DayUnit.DAY: "日",
    Cause.MISTAKE: "内容有误",
    Cause.SECRET: "涉密",
    Cause.PERSONAL: "个人信息",
    Cause.REVOKED: "决定撤销",
    Cause.OTHER: "其他",
    Ownership.STATE: "国有",
    Ownership.COLLECTIVE: "集体",
    Ownership.PRIVATE: "民营",
    Orientation.LANDSCAPE: "横屏",
    Orientation.PORTRAIT: "竖屏",
    Rating.SATISFIED: "满意",
    Rating.FAIRLY: "基本满意",
    Rating.DISSATISFIED: "不满意",
    Handling.SOLVED: "已解决",
    Handling.UNDER_WAY: "正在解决",
    Handling.PLANNED: "列入计划",
    Handling.IMPOSSIBLE: "暂不能解决",
    Grain.MONTH: "每月",
    Grain.QUARTER: "每季",
    Grain.HALF_YEAR: "每半年",
    Grain.YEAR: "每年",
    Grain.EVENT: "随时",
    Grain.STANDING: "长期",
}

ENGLISH: dict[Enum, str] = {
    Cause.MISTAKE: "a mistake in it",
    Cause.SECRET: "confidential",
    Cause.PERSONAL: "personal data",
    Cause.REVOKED: "the decision was revoked",
    DayUnit.WORKDAY: "working days",
    DayUnit.DAY: "days",
    VoteResult.NOT_PASSED: "not passed",
    Handling.SOLVED: "solved",
    Handling.UNDER_WAY: "under way",
    Handling.PLANNED: "planned",
    Handling.IMPOSSIBLE: "not possible",
    StepName.PROPOSE: "proposed",
    StepName.REVIEW: "reviewed",
    StepName.DISCLOSE: "disclosed",
    StepName.APPRAISE: "appraised",
    StepName.RECTIFY: "rectified",
}


def name_of(value: Enum, lang: str) -> str:
    """The word readers see for a listed value, in ``zh`` or ``en``."""
    if lang == "zh":
        return CHINESE[value]
    return ENGLISH.get(value, str(value.value).replace("-", " "))
