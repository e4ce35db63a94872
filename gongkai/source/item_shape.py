"""The keys of an item, in English and Chinese, and what may stand under each."""

from __future__ import annotations

from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from gongkai.domain.model import (
    Allowed,
    Approval,
    Archive,
    Contact,
    CorrectedValue,
    Correction,
    Enclosure,
    Ignore,
    MeetingRef,
    Outcome,
    Owner,
    Review,
    Step,
    TableFile,
    Vote,
    Window,
    Withdrawal,
)
from gongkai.domain.terms import (
    Channel,
    ColumnKind,
    CongressAct,
    DayUnit,
    Kind,
    PrivacyClass,
    StepName,
    Timing,
    VoteResult,
    VotingMethod,
)
from gongkai.source.boards import CONTACT, PAPERS
from gongkai.source.catalogue import KEY_FIGURE, rule_name
from gongkai.source.scalars import (
    DAY,
    FLAG,
    ID,
    LINE,
    PERIOD,
    REFRESH,
    TEXT,
    TEXTS,
    WHOLE,
    Moment,
    choice,
    read_body,
    read_end,
    read_line,
    read_text,
    read_version,
    words_of,
)
from gongkai.source.shapes import BAD, Choice, Either, Key, ListOf, Reading, Record, Scalar
from gongkai.source.tables import FreeMapping
from gongkai.source.yaml import MappingNode, Node

MADE_KNOWN = Choice({"made-known": "made-known", "告知": "made-known"})
ALL_BOARDS = "all"

_OWNER = Record(Owner, Key("dept", "部门", LINE, need=True), Key("post", "岗位", LINE))


class _Signed(Record):
    """An approval. One that has but the version of its printed sheet is not signed yet: None."""

    def read(self, node: Node, trail: str, reading: Reading) -> Any:
        """The approval; who signed must be there as soon as anything of a signature is."""
        value = super().read(node, trail, reading)
        if value is BAD or "by" in value:
            return value if value is BAD else Approval(**value)
        if value.keys() <= {"version"}:
            return None
        key = self.table["by"]
        at = self.place_of(node, key) if isinstance(node, MappingNode) else node
        return reading.wrong(at, "format/missing", "", key=key.name, chinese=key.chinese)


_APPROVAL = _Signed(
    dict,
    Key("by", "经办", LINE),
    Key("date", "日期", DAY),
    Key("ref", "文号", LINE),
    Key("version", "版本", Scalar(read_version)),
)
_VOTE = Record(
    Vote,
    Key("act", "方式", choice(CongressAct), need=True),
    Key("matter", "事项", LINE),
    Key("result", "结果", choice(VoteResult)),
    Key("session", "届次", LINE),
    Key("date", "日期", DAY),
    Key("delegates", "应到", WHOLE),
    Key("present", "实到", WHOLE),
    Key("agree", "赞成", WHOLE),
    Key("against", "反对", WHOLE),
    Key("abstain", "弃权", WHOLE),
    Key("ballot", "表决", choice(VotingMethod)),
    Key("consultation", "协商", TEXT),
    Key("note", "备注", TEXT),
)
_WINDOW = Record(
    Window,
    Key("from", "起", DAY, field="first", need=True),
    Key("to", "止", DAY, field="last", need=True),
    Key("days", "天数", WHOLE),
    Key("unit", "单位", choice(DayUnit)),
    Key("channel", "渠道", TEXT),
    Key("reply_within", "答复期限", WHOLE),
)
_OUTCOME = Record(
    Outcome,
    Key("objections", "异议", WHOLE),
    Key("result", "结果", TEXT, need=True),
    Key("date", "日期", DAY, need=True),
)
_STEP = Record(
    Step,
    Key("step", "环节", choice(StepName), need=True),
    Key("by", "经办", LINE),
    Key("date", "日期", DAY),
    Key("due", "期限", DAY),
    Key("status", "状态", LINE),
    Key("result", "结果", TEXT),
)
_ALLOWED = Record(
    Allowed,
    Key("text", "文本", TEXT),
    Key("file", "文件", LINE),
    Key("reason", "原因", TEXT, need=True),
    Key("by", "经办", LINE, need=True),
)
_PRIVACY = Record(
    dict,
    Key("class", "类别", choice(PrivacyClass), field="klass"),
    Key("consent", "同意", TEXT),
    Key("allow", "例外", ListOf(_ALLOWED)),
    Key("columns", "列", FreeMapping(choice(ColumnKind), LINE)),
)
_CONTACT = Record(Contact, Key("office", "科室", LINE), *CONTACT)
_CHANGE = Record(
    CorrectedValue,
    Key("where", "位置", TEXT, need=True),
    Key("old", "原", TEXT, need=True),
    Key("new", "新", TEXT, need=True),
)
_CORRECTION = Record(
    Correction,
    Key("reason", "原因", TEXT, need=True),
    Key("changes", "变更", ListOf(_CHANGE)),
)
_WITHDRAWN = Record(
    Withdrawal,
    Key("date", "日期", DAY, need=True),
    Key("by", "经办", LINE, need=True),
    Key("reason", "原因", TEXT, need=True),
    Key("hide", "隐去", FLAG),
)
_REVIEW = Record(
    Review,
    Key("date", "日期", DAY, need=True),
    Key("by", "经办", LINE, need=True),
    Key("checked", "核对内容", TEXT),
)
_TABLE = Record(
    TableFile,
    Key("file", "文件", LINE, need=True),
    Key("sheet", "工作表", LINE),
    Key("caption", "标题", LINE),
)
_ENCLOSURE = Record(
    Enclosure,
    Key("file", "文件", LINE, need=True),
    Key("title", "名称", LINE),
    Key("archive", "只存档", FLAG),
)
_ENCLOSED = Either(Scalar(lambda text: Enclosure(read_text(text))), mapping=_ENCLOSURE)
_ARCHIVE = Record(
    Archive,
    Key("class", "类别", LINE, field="klass", need=True),
    Key("retention", "保管期限", LINE),
)
_POSTED = Record(
    dict,
    Key("board", "公开栏", LINE, need=True),
    Key("date", "日期", DAY, need=True),
    Key("by", "经办", LINE),
    Key("photo", "照片", LINE),
)
_IGNORE = Record(
    Ignore,
    Key("rule", "规则", Scalar(rule_name), need=True),
    Key("reason", "原因", TEXT, need=True),
    Key("until", "至", DAY, need=True),
)

_MEETING_ID = Scalar(lambda text: MeetingRef(read_line(text)))
_MEETING = Record(MeetingRef, Key("id", "编号", LINE, need=True), Key("matter", "事项", LINE))

BOARDS = Scalar(lambda text: (read_text(text),))
"""One board, or ``all``, without the brackets of a list."""
_CHANNEL = Choice({word: (value,) for word, value in words_of(Channel).items()})


@cache
def item_shape(zone: ZoneInfo) -> Record:
    """The shape of an item's front matter in a zone. Reads into a dict: defaults come later."""
    return Record(
        dict,
        Key("id", "标识", ID),
        Key("aliases", "曾用标识", ListOf(ID)),
        Key("title", "标题", LINE, need=True),
        Key("title_en", "英文标题", LINE),
        Key("category", "类别", TEXT, need=True),
        Key("kind", "性质", choice(Kind)),
        Key("number", "文号", LINE),
        Key("boards", "公开栏", Either(BOARDS, many=TEXTS)),
        Key("period", "所属期", PERIOD),
        Key("formed", "形成日期", DAY),
        Key("due", "应公开日期", DAY),
        Key("publish", "公开日期", Scalar(Moment(zone)), need=True),
        Key("expires", "公开期限", Scalar(read_end(zone)), need=True),
        Key("refresh", "更新周期", REFRESH),
        Key("reviewed", "核对", ListOf(_REVIEW)),
        Key("timing", "时机", choice(Timing)),
        Key("owner", "责任", _OWNER, need=True),
        Key("approval", "审批", _APPROVAL),
        Key("congress", "职代会", Either(_VOTE, many=ListOf(_VOTE))),
        Key("notice", "公示期", Either(MADE_KNOWN, mapping=_WINDOW)),
        Key("outcome", "公示结果", _OUTCOME),
        Key("steps", "程序", ListOf(_STEP)),
        Key("privacy", "个人信息", _PRIVACY),
        Key("channels", "渠道", Either(_CHANNEL, many=ListOf(choice(Channel)))),
        Key("paper", "纸张", PAPERS),
        Key("contact", "联系", _CONTACT),
        Key("legal_basis", "依据", TEXTS),
        Key("corrects", "更正对象", ID),
        Key("correction", "更正", _CORRECTION),
        Key("withdrawn", "撤下", _WITHDRAWN),
        Key("urgent", "紧急", FLAG),
        Key("draft", "草稿", FLAG),
        Key("thread", "事项", LINE),
        Key("attachments", "附件", ListOf(_ENCLOSED)),
        Key("tables", "表格", ListOf(_TABLE)),
        Key("archive", "归档", _ARCHIVE),
        Key("summary", "摘要", TEXT),
        Key("figure", "要数", KEY_FIGURE),
        Key("effective", "实施日期", DAY),
        Key("meeting", "会议", Either(_MEETING_ID, mapping=_MEETING)),
        Key("posted", "张贴", ListOf(_POSTED)),
        Key("ignore", "忽略", ListOf(_IGNORE)),
        Key("body", "正文", Scalar(read_body)),
        Key("body_en", "英文正文", Scalar(read_body)),
        lenient=True,
    )
