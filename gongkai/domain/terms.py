"""The field's listed values: what a key may say, each with a sentence that says what it means."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.domain.listed import Listed


class Kind(Listed):
    """What sort of act putting an item up is (性质)."""

    DISCLOSURE = "disclosure"
    """公开: facts made known."""
    NOTICE = "notice"
    """公示: opinions sought before it takes effect, with an objection window."""
    CIRCULAR = "circular"
    """通报: praise, criticism, an accident, the result of an inspection."""
    ANNOUNCEMENT = "announcement"
    """公告: a formal announcement to all."""
    REPLY = "reply"
    """答复: what was answered to opinions."""
    CORRECTION = "correction"
    """更正: says what was wrong in another item, and what is right."""


class Timing(Listed):
    """When a matter is disclosed, seen from the matter (时机)."""

    BEFORE = "before"
    """事前: before it is decided or done."""
    DURING = "during"
    """事中: while it goes on."""
    AFTER = "after"
    """事后: when it is done."""


class Authority(Listed):
    """What a duty rests on; what binds most comes first."""

    LAW = "law"
    """A law or regulation whose text was read."""
    OWN = "own"
    """The enterprise's own rule, as its catalogue says."""
    UNVERIFIED = "unverified"
    """A regulation whose authentic text was not obtained: wording and numbers are unverified."""
    ELSEWHERE = "elsewhere"
    """The law of another province: a model here, not a duty."""
    CUSTOM = "custom"
    """What enterprises commonly do."""


class CongressAct(Listed):
    """What the workers' congress does with a matter (职代会)."""

    REPORT = "report"
    """报告: it hears a report."""
    REVIEW = "review"
    """审议: it deliberates and gives its opinion."""
    PASS = "pass"  # noqa: S105 - a vote, not a word to log in with
    """通过: the matter is void without its vote."""
    CONSULT = "consult"
    """协商: discussed by the congress or all workers, then consulted as equals."""
    SUPERVISE = "supervise"
    """监督: it supervises."""
    APPRAISE = "appraise"
    """评议: it appraises leaders."""
    ELECT = "elect"
    """选举: it elects."""
    JOINT_MEETING = "joint-meeting"
    """联席会议: dealt with between sessions, and to be confirmed at the next one."""

    @property
    def is_vote(self) -> bool:
        """Is it decided by ballots, without which it is void?"""
        return self in (CongressAct.PASS, CongressAct.ELECT)


class MeetingKind(Listed):
    """What sort of meeting a record is of."""

    CONGRESS = "congress"
    """职代会: a session of the workers' congress."""
    JOINT = "joint-meeting"
    """联席会议: of delegations and leaders between two sessions; it cannot pass what the congress
    must pass (上海市职工代表大会条例第二十五条)."""
    ASSEMBLY = "assembly"
    """民主管理会: of a workshop."""
    FORUM = "forum"
    """座谈会."""
    RECEPTION = "reception"
    """接待日."""
    TRAINING = "training"
    """培训."""


VOID_WITHOUT = (CongressAct.PASS, CongressAct.CONSULT, CongressAct.ELECT)
"""What the congress must do for a matter to hold at all (企业国有资产法第三十七条、第四十一条;
劳动合同法第四条、第五十一条). Rules of ``congress/*`` look for it."""


class VotingMethod(Listed):
    """How the congress voted (表决)."""

    SECRET = "secret"  # noqa: S105 - a ballot
    """无记名: by secret ballot."""
    OPEN = "open"
    """举手: by a show of hands."""


class VoteResult(Listed):
    """What came of a vote."""

    PASSED = "passed"
    """通过."""
    NOT_PASSED = "not-passed"
    """未通过."""


class StepName(Listed):
    """The five steps every matter passes (程序), in their order."""

    PROPOSE = "propose"
    """提出."""
    REVIEW = "review"
    """审查."""
    DISCLOSE = "disclose"
    """公开."""
    APPRAISE = "appraise"
    """评议."""
    RECTIFY = "rectify"
    """整改."""


class PrivacyClass(Listed):
    """Whose data an item holds, which decides where it may hang and what is masked."""

    NONE = "none"
    """无: nothing about persons."""
    AGGREGATE = "aggregate"
    """汇总: totals only, no unmasked names."""
    PERSONNEL = "personnel"
    """人事: full names, on web and posters."""
    HONOR = "honor"
    """荣誉: full names, anywhere."""
    SENSITIVE = "sensitive"
    """敏感: with a column about persons, on posters only."""
    ANONYMOUS = "anonymous"
    """匿名: nobody can be told from it."""


class ColumnKind(Listed):
    """What a column of a table tells, where it cannot be seen for certain."""

    PERSON = "person"
    """人名: it names persons."""
    OTHER = "other"
    """非人名: it does not."""


class Channel(Listed):
    """Where an item is shown (渠道)."""

    WEB = "web"
    """网站."""
    SCREEN = "screen"
    """屏幕."""
    POSTER = "poster"
    """海报."""


class DayUnit(Listed):
    """How the days of a notice are counted."""

    WORKDAY = "workday"
    """工作日."""
    DAY = "day"
    """日: calendar days."""


class RobotService(Listed):
    """Where the robot of a group chat is, or what else takes a message over HTTP."""

    WECOM = "wecom"
    """企业微信: a group's robot."""
    DINGTALK = "dingtalk"
    """钉钉: a group's robot, with or without a signature."""
    FEISHU = "feishu"
    """飞书: a group's robot, with or without a signature."""
    WEBHOOK = "webhook"
    """网址: any address that takes JSON."""


class Audience(Listed):
    """Whom a robot writes to (对象)."""

    DEPARTMENTS = "departments"
    """部门: those who have something to do."""
    WORKERS = "workers"
    """职工: those whom it is disclosed to."""


class Scope(Listed):
    """How often a duty must be met at one time."""

    COMPANY = "company"
    """Once for the whole site."""
    WORKSHOP = "workshop"
    """Once for every board with a workshop."""


class End(Listed):
    """What is left of an item after its last day."""

    KEEP = "keep"
    """The whole text, marked as expired."""
    TOMBSTONE = "tombstone"
    """Only that it hung, and when: it held personal data."""


class TakenDownCause(Listed):
    """Of what class the reason is for which an item was taken down; all that a tombstone of a
    hidden item tells of it (PIPL art. 47 for personal data)."""

    MISTAKE = "mistake"
    """内容有误: something in it was wrong."""
    SECRET = "secret"  # noqa: S105 - a word of the field
    """涉密: it should not have been made public."""
    PERSONAL = "personal"
    """个人信息: it told of a person what it must not."""
    REVOKED = "revoked"
    """决定撤销: what it announced was revoked."""
    OTHER = "other"
    """Anything else."""

    @classmethod
    def of(cls, reason: str) -> TakenDownCause:
        """The class of a reason as people write it."""
        folded = reason.casefold()
        words = _CAUSES.items()
        return next((word for word, said in words if any(w in folded for w in said)), cls.OTHER)


_CAUSES: Mapping[TakenDownCause, tuple[str, ...]] = {
    TakenDownCause.PERSONAL: (
        "个人",
        "隐私",
        "身份证",
        "姓名",
        "电话",
        "银行卡",
        "personal",
        "privacy",
    ),
    TakenDownCause.SECRET: ("密", "secret", "confidential"),
    TakenDownCause.REVOKED: ("撤销", "取消", "作废", "废止", "revoked", "cancelled"),
    TakenDownCause.MISTAKE: ("误", "错", "mistake", "error", "wrong"),
}
"""Words by which a class is known, the gravest class first."""


class Ownership(Listed):
    """Whose enterprise it is; decides which duties apply (所有制)."""

    STATE = "state"
    """国有 and state-controlled."""
    COLLECTIVE = "collective"
    """集体."""
    PRIVATE = "private"
    """民营."""


class Orientation(Listed):
    """Which way up a screen hangs."""

    LANDSCAPE = "landscape"
    """横屏."""
    PORTRAIT = "portrait"
    """竖屏."""


class Paper(Listed):
    """A sheet a poster is printed on."""

    A4 = "A4"
    """210×297 mm."""
    A3 = "A3"
    """297×420 mm."""
    A2 = "A2"
    """420×594 mm."""
    A1 = "A1"
    """594×841 mm."""
    A4_LANDSCAPE = "A4-landscape"
    """297×210 mm."""
    A3_LANDSCAPE = "A3-landscape"
    """420×297 mm."""
    A2_LANDSCAPE = "A2-landscape"
    """594×420 mm."""
    A1_LANDSCAPE = "A1-landscape"
    """841×594 mm."""


class Rating(Listed):
    """What the asker thought of a reply."""

    SATISFIED = "satisfied"
    """满意."""
    FAIRLY = "fairly"
    """基本满意."""
    DISSATISFIED = "dissatisfied"
    """不满意."""


class BallotQuestion(Listed):
    """What a ballot asks about by default, as the workers judge disclosure."""

    TRUTH = "truth"
    """真实: what is disclosed is true."""
    PROCEDURE = "procedure"
    """程序: the procedure is proper."""
    RECTIFICATION = "rectification"
    """整改: what is wrong is put right in time."""
    PROCESS = "process"
    """过程: the way to a decision is disclosed too."""
    QUALITY = "quality"
    """质量: it is complete and can be understood."""
    EFFECT = "effect"
    """效果: it changes something."""


class Handling(Listed):
    """What became of an opinion."""

    SOLVED = "A"
    """Solved."""
    UNDER_WAY = "B"
    """Under way, with a day."""
    PLANNED = "C"
    """Planned."""
    IMPOSSIBLE = "D"
    """Not possible, with the reason."""


class Way(Listed):
    """Who inspects whom (检查方式)."""

    OWN = "self"
    """自查: a unit looks at itself."""
    MUTUAL = "mutual"
    """互查: units look at each other."""
    RANDOM = "random"
    """抽查: the supervision group looks at what was drawn."""
    UNANNOUNCED = "unannounced"
    """暗访: nobody was told beforehand."""


class Aspect(Listed):
    """What a point of a checklist looks at: the five elements, and what lies behind them."""

    CONTENT = "content"
    """内容."""
    FORM = "form"
    """形式."""
    SCOPE = "scope"
    """范围."""
    TIME = "time"
    """时间."""
    OWNER = "owner"
    """责任."""
    PROCEDURE = "procedure"
    """程序."""
    REPLY = "reply"
    """回复."""
    ARCHIVE = "archive"
    """档案."""


class Handled(Listed):
    """Where an opinion stands on a day, as a worker asks it."""

    OPEN = "open"
    """It is being handled, and its day has not passed."""
    LATE = "late"
    """Its day has passed without an answer that closes it."""
    PUT_OFF = "put-off"
    """It was promised for a day that has passed, and nothing says that it was done."""
    UNDER_WAY = "under-way"
    """Answered: it will be done by a day."""
    PLANNED = "planned"
    """Answered: it is planned."""
    IMPOSSIBLE = "impossible"
    """Answered: it cannot be done for now, with the reason."""
    SOLVED = "solved"
    """Answered: it is done."""

    @property
    def is_settled(self) -> bool:
        """Is nothing left to be done about it?"""
        return self in (Handled.SOLVED, Handled.PLANNED, Handled.IMPOSSIBLE)


class State(Listed):
    """What an item is at an instant; the first that applies."""

    DRAFT = "draft"
    """Being written; nowhere to be seen."""
    WITHDRAWN = "withdrawn"
    """Taken down before its time."""
    SCHEDULED = "scheduled"
    """Its first day has not come."""
    EXPIRED = "expired"
    """Its last day has passed."""
    CURRENT = "current"
    """It is up."""


class Freshness(Listed):
    """How true a current item can still be taken to be."""

    FRESH = "fresh"
    """Its review day is not near."""
    DUE = "due"
    """Its review day is near."""
    OVERDUE = "overdue"
    """Its review day has passed."""
    LONG_OVERDUE = "long-overdue"
    """Its review day passed more than one whole span ago."""
    EVERGREEN = "evergreen"
    """It needs no review."""
    SUPERSEDED = "superseded"
    """An item of a later period has taken its place on all of its boards."""
