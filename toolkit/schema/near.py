"""The one word, key or value that was probably meant."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from toolkit.schema.validator import Validator
from toolkit.text import close

# What older documentation and other tools call it.
_SYNONYMS = {
    "url": "uri",
    "bool": "boolean",
    "select": "enum",
    "text": "string",
    "flagFormVariables": "approvalFormVariables",
    "email": "supportEmail",
    "docs": "launchdarklyDocs",
    "website": "site",
    "apm": "monitoring",
    "observability": "monitoring",
    "alerts": "notifications",
    "equals": "equalTo",
}


def word(wrong: str, allowed: Iterable[str]) -> str | None:
    """The one of ``allowed`` that ``wrong`` stands for, if just one is near."""
    words = list(allowed)
    if len(wrong) > 2 * max(map(len, words), default=0):
        return None
    same = [right for right in words if _folded(right) == _folded(wrong)]
    near = same or [right for right in words if right == _SYNONYMS.get(wrong)]
    near = near or close(wrong, words, 0.8)[:2]
    near = near or [right for right in words if len(wrong) > 4 and _folded(right).startswith(_folded(wrong))]
    return near[0] if len(near) == 1 else None


def is_guess(wrong: object, right: object) -> bool:
    """Whether a fix is more than another spelling: another word, the rest of one, or an address made whole."""
    if not isinstance(wrong, str) or not isinstance(right, str):
        return False
    is_start = _folded(right).startswith(_folded(wrong)) and len(wrong) < 0.67 * len(right)
    return _SYNONYMS.get(wrong) == right or is_start or (right.startswith("https://") and "://" not in wrong)


def _folded(name: str) -> str:
    return re.sub(r"[\s_-]", "", name).lower()


def value(wrong: Any, schema: dict[str, Any]) -> object | None:
    """The first plain correction of ``wrong`` that ``schema`` accepts."""
    typed = "type" in schema  # else a value of another type would always do
    right = Validator(schema).accepts
    return next((each for each in _corrections(wrong) if (typed or type(each) is type(wrong)) and right(each)), None)


def _corrections(wrong: Any) -> Iterator[object]:
    if isinstance(wrong, list) and all(isinstance(item, str) for item in wrong):
        yield list(dict.fromkeys(wrong))
    elif isinstance(wrong, dict):
        yield [wrong]
    elif isinstance(wrong, str):
        if len(wrong) > 4096:
            return
        if wrong.strip().lower() in ("true", "false"):
            yield wrong.strip().lower() == "true"
        yield from _strings(wrong)
        yield [wrong]
    elif isinstance(wrong, float | int) and not isinstance(wrong, bool) and abs(wrong) < 1e15:
        yield json.dumps(wrong)
        yield from _strings(json.dumps(wrong))


def _strings(text: str) -> Iterator[str]:
    text = text.strip()
    yield text
    yield " ".join(re.split(r"\s*[\n\r\u2028\u2029]\s*", text))
    if re.fullmatch(r"v?\d+(\.\d+){0,2}", text, re.ASCII):
        yield ".".join([*(str(int(part)) for part in text.lstrip("v").split(".")), "0", "0"][:3])
    yield text.removeprefix("mailto:")
    if re.fullmatch(r"(//)?[\w-]+(\.[\w-]+)+(/\S*)?", text, re.ASCII):
        yield "https://" + text.removeprefix("//")
