"""The sentences for keywords that only another schema than ours uses."""

from collections.abc import Callable

from toolkit.schema.breach import Breach
from toolkit.schema.names import counted, described, dotted, listed, printable
from toolkit.schema.phrases import Words, name_of

_SEE = "see manifest.schema.json"
_LIMITS = {
    "minimum": "must be at least",
    "maximum": "must be at most",
    "exclusiveMinimum": "must be more than",
    "exclusiveMaximum": "must be less than",
    "multipleOf": "must be a multiple of",
}


def _const(breach: Breach) -> Words:
    right = breach.schema["const"]
    value = right if isinstance(right, str | int) else None
    help_ = f"write {described(right)}" if value is not None else _SEE
    return Words(f"{name_of(breach)} is {described(breach.value)}, must be {described(right)}", help_, value, True)


def _contains(breach: Breach) -> Words:
    wanted = breach.schema["contains"]
    words = wanted.get("enum", [wanted["const"]] if "const" in wanted else [])
    if not words:
        return Words(f"{name_of(breach)} holds no item of the form that is required", _SEE)
    choice = listed([described(word) for word in words])
    return Words(f"{name_of(breach)} must hold {choice}", f"add {choice}")


def _limit(breach: Breach) -> Words:
    limit = breach.schema[breach.keyword]
    message = f"{name_of(breach)} is {described(breach.value)}, {_LIMITS[breach.keyword]} {described(limit)}"
    return Words(message, "change the number")


def _size(breach: Breach) -> Words:
    limit, size = counted(breach.schema[breach.keyword], "key"), counted(len(breach.value), "key")
    least = breach.keyword == "minProperties"
    message = f"{name_of(breach)} has {size}, {'must have at least' if least else 'the limit is'} {limit}"
    return Words(message, "add one" if least else "remove some of them")


def _needed(breach: Breach) -> Words:
    """A key that another one needs."""
    needs = ((key, names) for key, names in breach.schema["dependencies"].items() if isinstance(names, list))
    both = ((key, name) for key, names in needs if key in breach.value for name in names)
    key, name = next((pair for pair in both if pair[1] not in breach.value), ("", ""))
    missing = dotted((*breach.path, name))
    return Words(
        f"`{missing}` is missing, `{printable(key)}` needs it", f"add `{printable(name)}`, or remove the other"
    )


def unworded(breach: Breach) -> Words:
    """The sentence for a keyword that has none of its own."""
    return Words(f"{name_of(breach)} is not what the schema's `{printable(breach.keyword)}` asks for", _SEE)


def _not(breach: Breach) -> Words:
    what = "is not allowed" if breach.schema["not"] == {} else "has a form that is not allowed"
    return Words(f"{name_of(breach)} {what}", "remove it" if breach.schema["not"] == {} else _SEE)


def _deep(breach: Breach) -> Words:
    return Words(f"{name_of(breach)} is nested too deep to be checked", "make it flatter")


OTHER_SENTENCES: dict[str, Callable[[Breach], Words]] = {
    "const": _const,
    "contains": _contains,
    "minProperties": _size,
    "maxProperties": _size,
    "dependencies": _needed,
    "not": _not,
    "depth": _deep,
} | dict.fromkeys(_LIMITS, _limit)
"""The sentence for each of these keywords."""
