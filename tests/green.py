"""Items of every shape that editors may write, for the law that what passes ``check`` is built."""

from __future__ import annotations

import io
import random
from collections.abc import Mapping

import yaml
from PIL import Image

HAN = "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要出也得里后自以会"
RARE = "𬭎䶮㐀龘〇⺀豈ー々ㄅ①Ⅷ㎡℃‰½→☑▲①㈱🈚"
SIGNS = "，。；：！？、（）《》“”‘’—…·-_*`~#>|[](){}<>&/\\@$%^+=\"'"
ENTITIES = ("&nbsp;", "&#8203;", "&#x1F600;", "&amp;", "&lt;b&gt;", "&copy;", "&#0;", "&#xFFFD;")
DEPARTMENTS = ("办公室", "工会", "很" * 90, "甲.ics/乙", "A&B <科>")
SPACES = (" ", "　", "\u00a0", "\u200b", "\u2028", "\u202e", "\ufeff", "\u00ad")


def picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (1, 1)).save(buffer, "PNG")
    return buffer.getvalue()


class Maker:
    """Makes items and what goes with them; equal seeds make equal ones."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - a test's dice

    def text(self, most: int) -> str:
        """Words, numbers, signs and odd characters."""
        pieces = [
            lambda: "".join(self.dice.choice(HAN) for _ in range(self.dice.randint(1, 12))),
            lambda: str(self.dice.randrange(10**5)),
            lambda: self.dice.choice(SIGNS),
            lambda: self.dice.choice(("abc", "PVC", "GB/T 19001", "M8", "kWh", "x" * 60)),
        ]
        odd = [lambda: self.dice.choice(RARE), lambda: self.dice.choice(ENTITIES),
               lambda: self.dice.choice(SPACES)]  # fmt: skip
        count = self.dice.randint(1, most)
        return "".join(
            self.dice.choice(odd if self.dice.random() < 0.04 else pieces)() for _ in range(count)
        )

    def table(self) -> str:
        columns = self.dice.choice((1, 2, 3, 5, 8, 12, 40, 120))
        rows = self.dice.choice((0, 0, 1, 3, 10, 40)) if columns < 40 else self.dice.randint(0, 2)
        fill = self.dice.choice((0.0, 0.2, 1.0))
        lines = [[self._cell(1.0) for _ in range(columns)]]
        lines += [[self._cell(fill) for _ in range(columns)] for _ in range(rows)]
        body = ["| " + " | ".join(line) + " |" for line in lines]
        return "\n".join([body[0], "|" + "---|" * columns, *body[1:]])

    def _cell(self, fill: float) -> str:
        if self.dice.random() >= fill:
            return ""
        return self.text(2).replace("|", "").replace("\n", " ").strip() or "-"

    def block(self) -> str:
        return self.dice.choice(
            (
                lambda: self.text(30), self.table, self.table,
                lambda: "#" * self.dice.randint(1, 6) + " " + self.text(4),
                self.nested, self.numbered, lambda: "> " + self.text(10), lambda: "---",
                lambda: "```\n" + self.text(9) + "\n```",
                lambda: "![" + self.text(2) + "](p.png)", lambda: "    " + self.text(3),
                lambda: "**" + self.text(3) + "**" + self.text(2), lambda: "[甲](https://a.example/乙)",
                lambda: "", lambda: "# ", lambda: "- ", lambda: "| |\n|-|",
            )
        )()  # fmt: skip

    def nested(self) -> str:
        return "\n".join(
            "  " * depth + "- " + self.text(3) for depth in range(self.dice.randint(1, 9))
        )

    def numbered(self) -> str:
        first = self.dice.randint(0, 3)
        return "\n".join(f"{number}. {self.text(3)}" for number in range(first, 7))

    def item(self, number: int) -> str:
        """A whole item, front matter and body."""
        chance = self.dice.random
        keys: dict[str, object] = {
            "title": (self.text(6).strip() or "甲")[:100],
            "category": self.dice.choice(("standing-info", "leave-holiday", "rules")),
            "publish": "2026-11-01", "expires": "2026-12-31", "formed": "2026-11-01",
            "owner": {"dept": self.dice.choice(DEPARTMENTS)},
        }  # fmt: skip
        if chance() < 0.2:
            keys["number"] = self.text(4)[:60]
        if chance() < 0.2:
            keys["paper"] = self.dice.choice(("A4", "A3-landscape", "A2", "A1"))
        if chance() < 0.2:
            keys["contact"] = {"office": self.text(3), "box": self.text(3)}
        if chance() < 0.2:
            keys["legal_basis"] = [self.text(4) for _ in range(self.dice.randint(1, 4))]
        if chance() < 0.2:
            keys["approval"] = {"by": self.text(2), "date": "2026-10-30", "ref": self.text(2)}
        if chance() < 0.2:
            keys["steps"] = [{"step": "propose", "by": self.text(2), "date": "2026-10-30"}]
        if chance() < 0.1:
            keys["aliases"] = [f"old-{number}"]
        if chance() < 0.1:
            keys["urgent"] = True
        if chance() < 0.1:
            keys["tables"] = [{"file": "t.csv", "caption": self.text(2)}]
        body = "\n\n".join(self.block() for _ in range(self.dice.randint(1, 7)))
        head = yaml.safe_dump(keys, allow_unicode=True, sort_keys=False, width=10**6)
        return f"---\n{head}---\n{body}\n"

    def site(self, count: int) -> Mapping[str, str | bytes]:
        """Items, boards and the factory, by path."""
        boards = {
            f"boards/b{n}.yml": yaml.safe_dump(
                {"title": self.text(3).strip() or "栏", "workshop": self.text(2).strip() or "间",
                 "contact": {"phone": "8201", "box": self.text(2)}}, allow_unicode=True)
            for n in range(2)
        }  # fmt: skip
        table = "\n".join(
            ",".join(f'"{self.text(2)}"'.replace('""', '"x"') for _ in range(3)) for _ in range(3)
        )
        return {
            **boards,
            **{f"content/items/i{n}.md": self.item(n) for n in range(count)},
            "content/items/p.png": picture(),
            "content/items/t.csv": table.replace('"', "").replace("'", ""),
        }
