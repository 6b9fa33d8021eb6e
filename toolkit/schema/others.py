"""The keywords that jsonschema judges, such as ``if`` and ``oneOf``, with JavaScript's verdicts in them."""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from toolkit.schema.breach import Breach, Path
from toolkit.schema.keywords import TESTS, Test
from toolkit.schema.patterns import matcher

if TYPE_CHECKING:
    from jsonschema import ValidationError
    from jsonschema.protocols import Validator as Judge

OTHERS = (
    *("allOf", "anyOf", "oneOf", "not", "if", "const", "contains", "dependencies", "propertyNames"),
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minProperties", "maxProperties"),
)
"""The keywords that are left to jsonschema; so is ``items`` where it is a list."""
BESIDE = ("then", "else", "additionalItems")
"""What belongs to one of them."""


def validate(schema: dict[str, Any], value: Any, path: Path) -> Iterator[Breach]:
    """What jsonschema finds wrong with ``value``."""
    try:
        for error in _validator()(schema).iter_errors(value):
            yield from _breaches(error, path)
    except RecursionError:
        yield Breach(path, "depth", schema, value)


def _breaches(error: Any, path: Path) -> Iterator[Breach]:
    """The breaches that an error of jsonschema stands for; ``path`` leads to the value that it was given."""
    keyword, place = error.validator, (*path, *error.absolute_path)
    if keyword == "required":
        names = [name for name in error.schema["required"] if name not in error.instance]
    elif keyword == "additionalProperties":
        names = _unknown(error.instance, error.schema)
    else:
        names = [""]
    for name in names:
        breach = Breach(place, keyword, error.schema, error.instance, name, _nearest(error, path))
        yield Breach(place, "propertyNames", {}, {}, error.instance, breach) if _is_about_key(error) else breach


def _is_about_key(error: Any) -> bool:
    pairs = pairwise([None, *error.absolute_schema_path])
    return any(step == "propertyNames" and before != "properties" for before, step in pairs)


def _nearest(error: "ValidationError", path: Path) -> Breach | None:
    """What is wrong with the form that comes nearest: the one whose errors lie deepest, then the one with fewest."""
    forms: dict[Any, list[Any]] = {}
    for inner in error.context or ():
        forms.setdefault(inner.schema_path[0], []).append(inner)
    if not forms:
        return None
    best = min(forms.values(), key=lambda errors: (-min(len(each.path) for each in errors), len(errors)))
    return next(_breaches(best[0], path), None)


@cache
def _validator() -> type["Judge"]:
    """Draft 7 with our own keywords: JavaScript's verdicts, bounded patterns, and no text made of the value."""
    from jsonschema import Draft7Validator, validators

    ours: dict[str, Any] = {keyword: _leaf(make) for keyword, make in TESTS.items()}
    ours |= {"required": _required, "patternProperties": _patterned, "additionalProperties": _additional}
    extended: type[Judge] = validators.extend(Draft7Validator, ours)  # type: ignore[no-untyped-call]
    return extended


def _leaf(make: Callable[[Any], Test]) -> Callable[..., Iterator[Exception]]:
    def check(_: Any, parameter: Any, value: Any, __: Any) -> Iterator[Exception]:
        if not make(parameter)(value):
            yield _error()

    return check


def _required(_: Any, names: list[str], value: Any, __: Any) -> Iterator[Exception]:
    if isinstance(value, dict) and not all(name in value for name in names):
        yield _error()


def _patterned(judge: Any, patterns: dict[str, Any], value: Any, _: Any) -> Iterator[Exception]:
    for pattern, part in patterns.items() if isinstance(value, dict) else ():
        for name in filter(matcher(pattern), value):
            yield from judge.descend(value[name], part, path=name, schema_path=pattern)


def _additional(judge: Any, others: Any, value: Any, schema: dict[str, Any]) -> Iterator[Exception]:
    names = _unknown(value, schema) if isinstance(value, dict) else []
    if names and not others and others != {}:
        yield _error()
    for name in names if isinstance(others, dict) else ():
        yield from judge.descend(value[name], others, path=name)


def _error() -> Exception:
    from jsonschema import ValidationError

    return ValidationError("")


def _unknown(value: dict[str, Any], schema: dict[str, Any]) -> list[str]:
    """The keys that neither ``properties`` nor ``patternProperties`` know."""
    known, patterns = schema.get("properties", {}), [matcher(one) for one in schema.get("patternProperties", {})]
    return [name for name in value if name not in known and not any(matches(name) for matches in patterns)]
