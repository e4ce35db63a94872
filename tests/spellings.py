"""How people write numbers, and what looks a little like one."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

NUMBERS = {
    "phone": "13800138000",
    "id-number": "11010519491231002X",
    "bank-card": "4111111111111111",
}
"""A well-known number of a company, an example of GB 11643-1999, a card of no bank's."""
_GROUPS = {
    11: [(3, 4, 4), (3, 8), (7, 4), (4, 4, 3)],
    16: [(4, 4, 4, 4), (6, 10), (4, 12)],
    18: [(6, 8, 4), (6, 4, 4, 4), (6, 4, 2, 2, 4)],
}
_GAPS = [" ", "\t", "  ", "\u00a0", "\u3000", "\u2009", "-", " - ", "–", "—", "－", ".", "·", "\n", "\n    ",
         "\u200b", "\u2060 ", " \u202e", "**", "`", "\\-", "~~ ~~"]  # fmt: skip
_UNSEEN = [
    "\u200b",
    "\u200d",
    "\u2060",
    "\u202d",
    "\u202e",
    "\u00ad",
    "\ufeff",
    "\ufe0f\u20e3",
    "\u0336",
]
_SCRIPTS = ["０１２３４５６７８９", "〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖", "零一二三四五六七八九",
            "⓪①②③④⑤⑥⑦⑧⑨", "⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "𝟶𝟷𝟸𝟹𝟺𝟻𝟼𝟽𝟾𝟿",
            "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "⓿❶❷❸❹❺❻❼❽❾"]  # fmt: skip
_AROUND = ["{}", "电话：{}。", "请联系{}（示例甲）", "（{}）", "1. {}", "{}a", "Tel:{}", "**{}**", "*{}*", "{}*",
           "`{}`", "“{}”", "2026-11-19 {}", "{}，2026年", "甲{}乙", "- {}*", "{} 元", "第3行{}", "共 12 人 {}",
           "张三{}", "周一{}", "①{}", "{}三车间", "#{}", "{}/", "'{}'", "<{}>", "{}\n{}", "见{}、", "电话 {} 500"]  # fmt: skip


def spellings(number: str) -> Iterator[str]:
    """More than two hundred ways of writing a number."""
    for around in _AROUND:
        yield around.replace("{}", number)
        yield around.replace("{}", grouped(number, _GROUPS[len(number)][0], " "))
        yield around.replace("{}", grouped(number, _GROUPS[len(number)][0], "-"))
    for groups in _GROUPS[len(number)]:
        for gap in _GAPS:
            yield grouped(number, groups, gap)
            yield f"号码 {grouped(number, groups, gap)}。"
    for sign in _UNSEEN:
        yield sign.join(number)
        yield f"{number[:5]}{sign}{number[5:]}"
    for script in _SCRIPTS:
        typed = number.translate(str.maketrans("0123456789", script))
        yield typed
        yield grouped(typed, _GROUPS[len(number)][0], " ")
        yield f"联系方式：{typed[:6]}{number[6:]}"
    yield f"{number}{number}"
    yield f"{number} {number}"
    yield f"{number}、{number}"
    yield f"+86 {number}" if len(number) == 11 else f"号 {number}"
    yield number.lower()


def grouped(number: str, groups: tuple[int, ...], gap: str) -> str:
    """A number in groups with gaps."""
    parts, at = [], 0
    for length in groups:
        parts.append(number[at : at + length])
        at += length
    return gap.join(parts)


HARMLESS = [
    "¥13912345678", "（010）12345678", "热线电话受理13件", "共(138)项0013",
    # amounts, counts and sums
    "178600.50", "142 178600.50", "196350 56100", "1178600 598400.00 142", "合计 13,800,138,000.00 元",
    "13 800 138 000", "1 500 800 750", "1500*800*750", "150*2000*3000", "0.15384615384615385", "1.110101900101123",
    "0.13800138000", "2.15384615384", "99.88%", "-13.5%", "12 345 678 901", "138 0013", "10 15 20 25 32 40 50",
    "16 17 18 19 20 21 22", "1380.50 2260.75 3370.00", "135.20 1200.00 340.10", "28.5 1320 1450.5",
    "人数 135，金额 178600.50", "分别为 135,1200,3400 元", "共135人、1200次、3400元",
    "158 4210 3155 665180", "53612\n301\n182628\n49444", "奖金15000~160000元", "工程总投资13912345678元", "净资产 15912345678.12",
    "合计 298 1637712 5495.68", "158\t4210\t3155\t665180", "合计 135 1200 3400 158",
    # days, periods, instants
    "2026-11-19", "2026-11-19 08:00:00", "20261119", "2026-11-19 至 2026-12-31", "2026.11.19-2026.12.31",
    "20261119 20261231", "1949-10-01", "2026年11月19日上午8时30分", "二〇二六年十一月十九日", "2026-11-19T08:00:00+08:00",
    "20261119080000", "2026-W47-4",
    # documents, standards, parts
    "〔2026〕118号", "GB 11643-1999", "GB/T 19001-2016", "JB/T 8881-2020", "ISO/IEC 7812-1", "6205-2RS", "DN150 PN16",
    "Q/HC 13-2026", "DB510100/T 179—2015", "NU1012M/C3", "M12×1.75×40", "SKF 22220", "13-2026-0135", "HT-2026-0019",
    "S/N 20231101", "合同编号 HC-2026-11-0135", "工号 20231101", "第13期（总第1380期）",
    # telephones of offices, extensions, public numbers
    "内线 8201", "0538-8201234", "010-12345678", "12350", "400-123-4567", "8008101234", "监督电话：8001、8002、8003",
    "电话 0538-8201234 转 8201", "110、119、120", "电话：8201 8202 8203", "邮编 271000",
    # codes and addresses
    "91350100M000100Y43", "d41d8cd98f00b204e9800998ecf8427e", "8f13800138000ab", "0x7f13800138000",
    "sha256:138001380001380013800013800138000a", "https://a.example/8f13800138000abc/", "00:1a:2b:3c:4d:5e", "192.168.13.80",
    "10.13.138.135", "550e8400-e29b-41d4-a716-446655440000", "v1.13.8001", "#138001", "f13800138000f13800138000",
    # masked
    "138****8000", "138 **** 8000", "110105********002X", "4111 **** **** 1111", "*******8000", "138xxxx8000", "张*三 138****8000",
    # sums and order numbers that only look long
    "订单 2026111900135", "1234567890", "123456789012", "20231101138", "99999999999", "00000000000",
    "10000000000 元", "12000000000", "11111111111", "1234 5678 9012 3456", "000000000000000000",
    # words with numerals of Han
    "一百二十三万四千五百六十七元八角九分", "三〇一医院一号楼一单元", "二十一世纪", "九届五次职代会", "一、二、三、四、五、六、七、八、九、十、十一",
    "一二三四五六七八九", "第一三八条", "零一二三四五六七八九",
]  # fmt: skip
"""Texts with many digits in which there is no number of a person."""


def harmless(seed: int, count: int) -> Iterator[str]:
    """Texts as they stand on boards, with figures of every kind and no number of a person."""
    chance = Random(seed)  # noqa: S311 (a test, no secret)

    def whole(most: int) -> str:
        return str(chance.randint(1, most))

    def amount() -> str:
        return f"{chance.uniform(1, 3_000_000):.2f}"

    def day() -> str:
        return f"20{chance.randint(10, 30)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"

    kinds = [
        lambda: f"{whole(400)} 人，{amount()} 元",
        lambda: f"合计 {whole(400)} 项 {amount()}",
        lambda: f"| {whole(400)} | {amount()} | {whole(9000)} |",
        lambda: f"{amount()}、{amount()}、{amount()}",
        lambda: f"{chance.uniform(0, 1):.{chance.randint(4, 17)}f}",
        lambda: f"{day()} 至 {day()}",
        lambda: f"GB/T {whole(40000)}-{chance.randint(1990, 2026)}",
        lambda: f"〔{chance.randint(2010, 2030)}〕{whole(200)}号",
        lambda: f"合同 HC-{day()}-{chance.randint(1, 999):04}",
        lambda: f"{whole(2000)}×{whole(2000)}×{whole(900)} mm",
        lambda: f"{chance.getrandbits(128):032x}",
        lambda: f"0x{chance.getrandbits(48):012x}",
        lambda: f"内线 {chance.randint(8000, 8999)}，{chance.randint(8000, 8999)}",
        lambda: f"0{chance.randint(300, 999)}-{chance.randint(2_000_000, 8_999_999)}",
        lambda: f"{chance.uniform(0, 100):.2f}% {chance.uniform(0, 100):.1f}%",
        lambda: f"{whole(99)}.{whole(99)}.{whole(99)}",
        lambda: f"第{whole(30)}期 第{whole(900)}次",
        lambda: f"工号 {chance.randint(2000, 2026)}{chance.randint(1, 9999):04}",
        lambda: f"{amount()}\n{amount()}\n{whole(500)}",
        lambda: (
            f"{chance.randint(1, 999)},{chance.randint(0, 999):03},{chance.randint(0, 999):03}.00 元"
        ),
    ]
    for number in range(count):
        yield kinds[number % len(kinds)]()
