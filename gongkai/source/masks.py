"""Masked names keep their asterisks: 张*三, 李*, 欧阳**, 阿**·买** are names, not emphasis.

CommonMark would pair those asterisks up. A mask is replaced by a sentinel of the same length before
parsing and put back after, so that columns stay true. The sentinel is a control character, which
no file may contain, and which has no meaning in Markdown.
"""

from __future__ import annotations

import re
from functools import cache

SENTINEL = "\x01"
_BRACKET = "\x02"
"""Stands for the bracket that begins a definition of a link that is none, and would vanish."""
_DEFINITION = re.compile(
    r"^([ >]*(?:[-*+] +|\d+[.)] +)?)\[(?=[^\[\]\n]{1,999}\]:)"
    r"(?![^\[\]\n]+\]:[ \t]*\n?[ \t]*<?(?:https?://|mailto:|tel:))",
    re.MULTILINE | re.IGNORECASE,
)

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_COMPOUND = (
    "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 司徒 夏侯 "
    "轩辕 端木 独孤 南宫 百里 东郭 呼延 拓跋 钟离 闻人 申屠 太史 仲孙 公羊 "
    "澹台 公冶 宗政 濮阳 淳于 单于 赫连 西门 万俟 司空 司寇 羊舌 左丘 梁丘 "
    "第五 亓官 巫马 鲜于 闾丘 子车 颛孙"
).split()
_SINGLE = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程"
    "苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝"
    "龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左"
    "柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧阳管柴蒙鲍华喻祁蒲房"
    "滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应"
    "臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁"
    "胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰"
    "支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌裘木匙买"
)
_HAN_CHARACTER = re.compile(f"[{_HAN}]")
_END = f"[{_SINGLE}{''.join({name[-1] for name in _COMPOUND})}]"
"""With what a surname ends."""
_NAMES = f"(?:{'|'.join(_COMPOUND)}|[{_SINGLE}])"

_INSIDE = re.compile(rf"\*(?<=[{_HAN}]\*)(?=[{_HAN}])")
_AFTER = rf"(?<![\w*\\])({_NAMES})(\*{{1,3}})(?![*{_HAN}])"
_MAY_BE_AFTER = re.compile(rf"\*(?![*{_HAN}])")
_MAY_BE_DOUBLE = rf"\*\*(?<={_END}\*\*)"
"""Quick looks: most lines with asterisks have bold words in them and no masked names."""
_MAY_BE_MASKED = rf"\*(?:(?<!\*\*)(?!\*)|\*\*|(?<={_END}\*)\*)"
"""The same for a whole text: asterisks that are not two, or that stand behind a surname."""
_LONE = re.compile(r"(?<![*\\])\*(?!\*)")
_DOUBLE = rf"(?<![\w*\\])({_NAMES})\*\*(?=[{_HAN}])([^*\n|]*)(\*\*)?"
_SURNAME_AT_END = rf"(?:^|[^\w]){_NAMES}$"


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    """One with all the surnames in it, which takes a while and is seldom needed."""
    return re.compile(expression)


def shield(text: str) -> str:
    """Replace the asterisks of masked names, and what begins definitions that are none, by
    sentinels; the length stays the same."""
    if "]:" in text:
        text = _DEFINITION.sub(rf"\1{_BRACKET}", text)
    if "*" not in text or not _compiled(_MAY_BE_MASKED).search(text):
        return text
    return "\n".join(_shield(line) if "*" in line else line for line in text.split("\n"))


def _shield(line: str) -> str:
    line = _INSIDE.sub(SENTINEL, line)
    if _MAY_BE_AFTER.search(line):
        line = _compiled(_AFTER).sub(_after, line)
    if _compiled(_MAY_BE_DOUBLE).search(line):
        line = _compiled(_DOUBLE).sub(_double, line)
    return _unopened(line)


_FIGURE = re.compile(r"([0-9A-Za-z][^*\n|]*)\*\*")


def _after(found: re.Match[str]) -> str:
    """The asterisks behind a surname, but for two that make a figure bold: 计**5人**."""
    bold = _FIGURE.match(found.string, found.end()) if found[2] == "**" else None
    if bold and not _compiled(_SURNAME_AT_END).search(bold[1]):
        return found[0]
    return found[1] + SENTINEL * len(found[2])


def _unopened(line: str) -> str:
    """A lone asterisk that could only close, with nothing open before it, is the end of a name."""
    is_open = False
    pieces: list[str] = []
    done = 0
    for found in _LONE.finditer(line):
        at = found.start()
        after_han = at > 0 and _HAN_CHARACTER.match(line[at - 1])
        if not after_han:
            is_open = True
        elif is_open:
            is_open = False
        else:
            pieces += (line[done:at], SENTINEL)
            done = at + 1
    return "".join((*pieces, line[done:])) if pieces else line


def _double(found: re.Match[str]) -> str:
    """Two asterisks between a surname and a Han character: bold only if something closes it."""
    name, between, closing = found.groups()
    closes = closing and between and not _compiled(_SURNAME_AT_END).search(between)
    if closes and name not in _COMPOUND:
        return found[0]
    return name + SENTINEL * 2 + between + (closing or "")


def unshield(text: str) -> str:
    """Put the asterisks and brackets back."""
    return text.replace(SENTINEL, "*").replace(_BRACKET, "[")


def is_surnamed(text: str) -> bool:
    """Does a text begin as names do? The placeholder of examples (示例甲) counts as one."""
    return text.startswith("示例") or _compiled(rf"{_NAMES}[{_HAN}]").match(text) is not None
