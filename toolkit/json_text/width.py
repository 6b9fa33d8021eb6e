"""How many columns a text takes, as prettier 2 counts them: by the emoji of Unicode 13.1, none newer."""

import re
from functools import cache

from toolkit.regex import regex

# Code points in hexadecimal. From the Unicode data files: characters that are emoji by themselves,
# those that become one before U+FE0F, those that take a skin tone, and the letters of the flags that exist.
_EMOJI = (
    "231a-231b 23e9-23ec 23f0 23f3 25fd-25fe 2614-2615 261d 2648-2653 267f 2693 26a1 26aa-26ab 26bd-26be "
    "26c4-26c5 26ce 26d4 26ea 26f2-26f3 26f5 26f9-26fa 26fd 2705 270a-270d 2728 274c 274e 2753-2755 2757 "
    "2795-2797 27b0 27bf 2b1b-2b1c 2b50 2b55 1f004 1f0cf 1f18e 1f191-1f19a 1f1e6-1f1ff 1f201 1f21a 1f22f "
    "1f232-1f236 1f238-1f23a 1f250-1f251 1f300-1f320 1f32d-1f335 1f337-1f37c 1f37e-1f393 1f3a0-1f3cc "
    "1f3cf-1f3d3 1f3e0-1f3f0 1f3f4 1f3f8-1f43e 1f440 1f442-1f4fc 1f4ff-1f53d 1f54b-1f54e 1f550-1f567 "
    "1f574-1f575 1f57a 1f590 1f595-1f596 1f5a4 1f5fb-1f64f 1f680-1f6c5 1f6cc 1f6d0-1f6d2 1f6d5-1f6d7 "
    "1f6eb-1f6ec 1f6f4-1f6fc 1f7e0-1f7eb 1f90c-1f93a 1f93c-1f945 1f947-1f978 1f97a-1f9cb 1f9cd-1f9ff "
    "1fa70-1fa74 1fa78-1fa7a 1fa80-1fa86 1fa90-1faa8 1fab0-1fab6 1fac0-1fac2 1fad0-1fad6"
)
_EMOJI_WITH_SELECTOR = (
    "23 2a 30-39 a9 ae 203c 2049 2122 2139 2194-2199 21a9-21aa 2328 23cf 23ed-23ef 23f1-23f2 23f8-23fa "
    "24c2 25aa-25ab 25b6 25c0 25fb-25fc 2600-2604 260e 2611 2618 261d 2620 2622-2623 2626 262a 262e-262f "
    "2638-263a 2640 2642 265f-2660 2663 2665-2666 2668 267b 267e 2692 2694-2697 2699 269b-269c 26a0 26a7 "
    "26b0-26b1 26c8 26cf 26d1 26d3 26e9 26f0-26f1 26f4 26f7-26f9 2702 2708-2709 270c-270d 270f 2712 2714 "
    "2716 271d 2721 2733-2734 2744 2747 2763-2764 27a1 2934-2935 2b05-2b07 3030 303d 3297 3299 "
    "1f170-1f171 1f17e-1f17f 1f202 1f237 1f321 1f324-1f32c 1f336 1f37d 1f396-1f397 1f399-1f39b "
    "1f39e-1f39f 1f3cb-1f3ce 1f3d4-1f3df 1f3f3 1f3f5 1f3f7 1f43f 1f441 1f4fd 1f549-1f54a 1f56f-1f570 "
    "1f573-1f579 1f587 1f58a-1f58d 1f590 1f5a5 1f5a8 1f5b1-1f5b2 1f5bc 1f5c2-1f5c4 1f5d1-1f5d3 "
    "1f5dc-1f5de 1f5e1 1f5e3 1f5e8 1f5ef 1f5f3 1f5fa 1f6cb 1f6cd-1f6cf 1f6e0-1f6e5 1f6e9 1f6f0 1f6f3"
)
_TAKES_TONE = (
    "261d 26f9 270a-270d 1f385 1f3c2-1f3c4 1f3c7 1f3ca-1f3cc 1f442-1f443 1f446-1f450 1f466-1f469 "
    "1f46b-1f46e 1f470-1f478 1f47c 1f481-1f483 1f485-1f487 1f48f 1f491 1f4aa 1f574-1f575 1f57a 1f590 "
    "1f595-1f596 1f645-1f647 1f64b-1f64f 1f6a3 1f6b4-1f6b6 1f6c0 1f6cc 1f90c 1f90f 1f918-1f91c "
    "1f91e-1f91f 1f926 1f930-1f939 1f93d-1f93e 1f977 1f9b5-1f9b6 1f9b8-1f9b9 1f9bb 1f9cd-1f9cf "
    "1f9d1-1f9dd"
)
_FLAGS = (
    "ACDEFGILMOQRSTUWXZ BABDEFGHIJLMNOQRSTVWYZ CACDFGHIKLMNOPRUVWXYZ DEGJKMOZ EACEGHRSTU FIJKMOR "
    "GABDEFGHILMNPQRSTUWY HKMNRTU ICDELMNOQRST JEMOP KEGHIMNPRWYZ LABCIKRSTUVY MACDEFGHKLMNOPQRSTUVWXYZ "
    "NACEFGILOPRUZ OM PAEFGHKLMNRSTWY QA REOSUW SABCDEGHIJKLMNORSTVXYZ TACDFGHJKLMNORTVWZ UAGMNSYZ "
    "VACEGINU WFS XK YET ZAMW"
)
_GENDERED = (
    "1f3c3 1f3c4 1f3ca 1f46e 1f470 1f471 1f473 1f477 1f481 1f482 1f486 1f487 1f645-1f647 1f64b 1f64d "
    "1f64e 1f6a3 1f6b4-1f6b6 1f926 1f935 1f937-1f939 1f93d 1f93e 1f9b8 1f9b9 1f9cd-1f9cf 1f9d4 "
    "1f9d6-1f9dd"
)
_ROLES = "1f33e 1f373 1f37c 1f393 1f3a4 1f3a8 1f3eb 1f3ed 1f4bb 1f4bc 1f527 1f52c 1f680 1f692 1f9af-1f9b3 1f9bc 1f9bd"
_WIDE = (
    "1100-115f 2329 232a 2e80-303e 3040-3247 3250-4dbf 4e00-a4c6 a960-a97c ac00-d7a3 f900-faff fe10-fe19 "
    "fe30-fe6b ff01-ff60 ffe0-ffe6 1b000 1b001 1f200-1f251 20000-3fffd"
)
_SINGLE_SEQUENCES = (
    "1f3f3-fe0f-200d-1f308 1f3f3-fe0f-200d-26a7-fe0f 1f3f4-200d-2620-fe0f 1f408-200d-2b1b "
    "1f415-200d-1f9ba 1f43b-200d-2744-fe0f 1f441-fe0f-200d-1f5e8-fe0f 1f62e-200d-1f4a8 1f635-200d-1f4ab "
    "1f636-200d-1f32b-fe0f 2764-fe0f-200d-1f525 2764-fe0f-200d-1fa79 "
    "1f3f4-e0067-e0062-e0065-e006e-e0067-e007f 1f3f4-e0067-e0062-e0073-e0063-e0074-e007f "
    "1f3f4-e0067-e0062-e0077-e006c-e0073-e007f"
)
_TERMINAL_SEQUENCE = regex(r"\x9b[\[\]()#;?]*(?:[0-9]{1,4}(?:;[0-9]{0,4})*)?[0-9A-PR-TZcf-nq-uy=><~]")
_NO_COLUMN = regex(r"[\x7f-\x9f\u0300-\u036f]")
_NOT_SINGLE = regex("[\u1100-\u115f\u231a-\ufffc\ufffe-\U0010ffff]")
"""What is wide or part of every emoji; U+FFFD stands for what a terminal cannot show. Few texts have any of it, and the
long patterns take milliseconds to compile."""


def width(text: str) -> int:
    """The columns of a JSON token: 2 for an emoji or an East Asian wide character, 0 for an accent."""
    if text.isascii():
        return len(text)
    text = _TERMINAL_SEQUENCE.sub("", text)
    if not _NOT_SINGLE.search(text):
        return len(text) - len(_NO_COLUMN.findall(text))
    text = _emoji().sub("  ", text)
    return len(text) - len(_NO_COLUMN.findall(text)) + len(_wide().findall(text))


@cache
def _wide() -> re.Pattern[str]:
    return re.compile(_characters(_WIDE))


@cache
def _emoji() -> re.Pattern[str]:
    joiner, tone, selector = "\u200d", "[\U0001f3fb-\U0001f3ff]", "\ufe0f"
    man, woman, person, boy, girl = "\U0001f468", "\U0001f469", "\U0001f9d1", "\U0001f466", "\U0001f467"
    love = f"{joiner}\u2764{selector}{joiner}(?:\U0001f48b{joiner})?"
    hands = f"{joiner}\U0001f91d{joiner}"
    parents = f"(?:{man}{joiner}[{man}{woman}]|{woman}{joiner}{woman}|[{man}{woman}])"
    roles = f"(?:{_characters(_ROLES)}|[\u2695\u2696\u2708]{selector})"
    return re.compile(
        "|".join(
            [
                f"{parents}{joiner}(?:{boy}{joiner}{boy}|{girl}{joiner}[{boy}{girl}]|[{boy}{girl}])",
                f"{man}{love}{man}|{woman}{love}[{man}{woman}]|{person}{hands}{person}",
                f"(?:{man}{tone}{love}{man}|{woman}{tone}{love}[{man}{woman}]|{person}{tone}{hands}{person}){tone}",
                f"(?=.(?P<tone>{tone}))(?:{man}{tone}{hands}{man}|{woman}{tone}{hands}[{man}{woman}]"
                f"|{person}{tone}{love}{person})(?!(?P=tone)){tone}",
                f"[{man}{woman}{person}]{tone}?{joiner}{roles}|{person}{tone}?{joiner}\U0001f384",
                f"(?:{_characters(_GENDERED)}{tone}?|[\u26f9\U0001f3cb\U0001f3cc\U0001f575](?:{selector}|{tone})"
                f"|[\U0001f46f\U0001f93c\U0001f9de\U0001f9df]){joiner}[\u2640\u2642]{selector}",
                *("".join(chr(int(code, 16)) for code in codes.split("-")) for codes in _SINGLE_SEQUENCES.split()),
                *(_flag(pair[0]) + f"[{''.join(map(_flag, pair[1:]))}]" for pair in _FLAGS.split()),
                f"[#*0-9]{selector}\u20e3",
                f"{_characters(_TAKES_TONE)}{tone}",
                f"{_characters(_EMOJI_WITH_SELECTOR)}{selector}",
                _characters(_EMOJI),
            ]
        )
    )


def _flag(letter: str) -> str:
    return chr(0x1F1E6 + ord(letter) - ord("A"))


def _characters(ranges: str) -> str:
    """The character class of some ranges of hexadecimal code points."""
    return "[" + re.sub("[0-9a-f]+", lambda code: chr(int(code[0], 16)), ranges).replace(" ", "") + "]"
