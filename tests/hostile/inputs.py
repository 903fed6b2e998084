"""What is sent by whoever means harm. Each carries the mark, so that it is known again wherever it comes out."""

import os
import random
from collections.abc import Iterator
from typing import TypeVar

Target = TypeVar("Target")
MARK = "zq7x"
# So many of each of three kinds (questions, forms, paths) for each kind of visitor; HOSTILE=5000 takes an hour.
HOW_MANY = int(os.environ.get("HOSTILE", "40"))
# What a template engine would make of the sum below.
EVALUATED = f"{MARK}5329"

TEXTS = [
    *(f"<script>{MARK}()</script>", f'"><{MARK} on{MARK}=1>', f"'><{MARK} on{MARK}=1>", f"</textarea><{MARK}>"),
    *(f"</title><{MARK}>", f"</script><{MARK}>", f"--><{MARK}>", f"]]><{MARK}>", f'" on{MARK}="1', f"' on{MARK}='1"),
    *(f"` on{MARK}=1", f"javascript:{MARK}()", f" java\tscript:{MARK}()", f"data:text/html,<script>{MARK}()</script>"),
    *(f"<img src=x onerror={MARK}()>", f"<svg onload={MARK}()>", f"<a href='javascript:{MARK}()'>x</a>"),
    *(f"<p style='x:{MARK}'>x</p><iframe src=//{MARK}.example>", f"&lt;{MARK}&gt;", f"&#60;{MARK}&#62;"),
    *(f"{MARK}{{{{73*73}}}}", f"{MARK}${{73*73}}", f"{{% include '{MARK}' %}}", f"{{{{ settings.SECRET_KEY }}}}{MARK}"),
    *(f"'{MARK}", f'"{MARK}', f"{MARK}' OR '1'='1", f"{MARK}'; DROP TABLE core_user; --", f"{MARK}%' ESCAPE '!' --"),
    *(f"{MARK}\\", f"%{MARK}_", f"{MARK}%s%n%d", f"../../../etc/passwd{MARK}", f"..\\..\\{MARK}", f"/{MARK}/../.."),
    *(f"//{MARK}.example/", f"https://{MARK}.example", f"http://[{MARK}", f"\\\\{MARK}.example", f"{MARK}?a=b&c#d"),
    *(
        f"{MARK}\r\nSet-Cookie: {MARK}=1",
        f"{MARK}\nLocation: //{MARK}.example",
        f"x@example.jp\nBcc: {MARK}@example.jp",
    ),
    *(f"={MARK}()", f"=cmd|'/c {MARK}'!A1", f"+{MARK}", f"-{MARK}", f"@{MARK}", f"\t={MARK}", f"＝{MARK}"),
    *(
        f"\u202e{MARK}\u202c",
        f"\u200b{MARK}\ufeff",
        f"{MARK}e\u0301\u0301\u0301",
        f"👩‍👩‍👧‍👦{MARK}🇯🇵",
        f"{MARK}\ud7ff\ue000\uffff",
    ),
    *(f"{MARK}ﷺ" * 200, f"{MARK}㍿ⅷ①ﬀ", f"{MARK}\u0000", f"\u0007{MARK}\u001b[31m", MARK * 2500, f"[{MARK}]" * 999),
    *(f'{{"{MARK}": [1, null]}}', f"[[[[{MARK}", f'{{"$gt": "{MARK}"}}', f"a[]={MARK}", f"<!--#exec cmd='{MARK}'-->"),
]
VALUES = [
    *(
        "0",
        "-1",
        "-0",
        "1e309",
        "NaN",
        "Infinity",
        "9" * 40,
        "-" + "9" * 40,
        "0x10",
        "1_000",
        "１２",
        "½",
        "٣",
        "2147483648",
    ),
    *("9223372036854775808", "0000-00-00", "9999-12-31", "0001-01-01", "10000-01-01", "2021-02-30", "2026-13-45"),
    *(
        "24:00",
        "99:99",
        "令和99年99月99日",
        "平成0年",
        "true",
        "null",
        "undefined",
        "",
        " ",
        "\u3000",
        "\n",
        "on",
        "__all__",
    ),
    *("pk", "id", "__class__", "user__password__startswith", "-created_at", "?", "{}", "[]", "0,0", "1;2", "None"),
]
BROKEN = [
    b"\x00",
    b"\xff\xfe",
    b"\xc0\xaf",
    b"\xed\xa0\x80",
    b"\xe3\x81",
    b"%00",
    b"%",
    b"%zz",
    b"%u0041",
    b"\xf4\x90\x80\x80",
]
ALL: list[bytes] = [*(text.encode() for text in (*TEXTS, *VALUES)), *BROKEN]


def chance(of: str) -> random.Random:
    """The same chance at each run, so that what is found is found again."""
    return random.Random(of)


def attacks(targets: list[Target], of: str) -> Iterator[tuple[Target, bytes]]:
    """So many pairs of a target and what to send it: each target is met once before one is met again."""
    luck, left = chance(of), []
    for _ in range(HOW_MANY):
        if not left:
            left = luck.sample(targets, len(targets))
        yield left.pop(), luck.choice(ALL)
