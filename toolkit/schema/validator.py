"""One validator for JSON Schema draft-07: where a value breaks a schema, in the order of the schema.

The keywords that manifests are made of are judged here; jsonschema judges the others, such as ``if`` and ``oneOf``.
"""

from collections.abc import Callable, Iterator
from functools import cache, cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from toolkit.schema.keywords import TESTS, Test
from toolkit.schema.patterns import matcher

if TYPE_CHECKING:
    from jsonschema import ValidationError
    from jsonschema.protocols import Validator as Judge

Path = tuple[str | int, ...]
OTHERS = (
    *("allOf", "anyOf", "oneOf", "not", "if", "const", "contains", "dependencies", "propertyNames"),
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minProperties", "maxProperties"),
)
"""The keywords that jsonschema judges, and ``items`` that is a list."""
_BESIDE = ("then", "else", "additionalItems")
"""What belongs to one of them."""


class Breach(NamedTuple):
    """One keyword that fails at one place.

    ``name`` is the key that is missing or unknown there. ``nearest`` is what is wrong with the form that a value of
    several possible forms comes nearest to.
    """

    path: Path
    keyword: str
    schema: dict[str, Any]
    value: Any
    name: str = ""
    nearest: "Breach | None" = None


class Validator:
    """A schema without references, ready to judge; its properties are made ready when they are first met."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self.schema = schema
        self._tests: list[tuple[str, Test]] = [
            (word, make(schema[word])) for word, make in TESTS.items() if word in schema
        ]
        self._is_object = not schema.keys().isdisjoint(
            ("properties", "required", "additionalProperties", "patternProperties")
        )
        items = schema.get("items")
        self._items = Validator(items) if isinstance(items, dict) else None
        others = {word: schema[word] for word in (*OTHERS, *_BESIDE) if word in schema}
        if isinstance(items, list):
            others["items"] = items
        self._others = others if others.keys() - set(_BESIDE) else {}

    def accepts(self, value: Any) -> bool:
        """Whether ``value``, as ``json.loads`` gives it, keeps to the schema."""
        return next(self.breaches(value), None) is None

    def breaches(self, value: Any, path: Path = ()) -> Iterator[Breach]:
        """Every breach in ``value``, which stands at ``path``: of each value the first that counts, then its parts."""
        for keyword, passes in self._tests:
            if not passes(value):
                yield Breach(path, keyword, self.schema, value)
                break
        if self._is_object and isinstance(value, dict):
            yield from self._in_object(value, path)
        if self._items and isinstance(value, list):
            for index, item in enumerate(value):
                yield from self._items.breaches(item, (*path, index))
        if self._others:
            yield from _judged(self._others, value, path)

    def _in_object(self, value: dict[str, Any], path: Path) -> Iterator[Breach]:
        for name in self.schema.get("required", ()):
            if name not in value:
                yield Breach(path, "required", self.schema, value, name)
        for name, item in value.items():
            members = self._members[name]
            if members is None:
                yield Breach(path, "additionalProperties", self.schema, value, name)
            else:
                for member in members:
                    yield from member.breaches(item, (*path, name))

    @cached_property
    def _members(self) -> "_Members":
        return _Members(self.schema)


class _Members(dict[str, tuple[Validator, ...] | None]):
    """What judges the member of each name, made on first use; None for a member that must not be."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self.schemas: dict[str, Any] = schema.get("properties", {})
        patterns: dict[str, Any] = schema.get("patternProperties", {})
        self.patterns = [(matcher(pattern), Validator(part)) for pattern, part in patterns.items()]
        others = schema.get("additionalProperties", True)
        self.other = (Validator(others),) if isinstance(others, dict) else () if others else None

    def __missing__(self, name: str) -> tuple[Validator, ...] | None:
        found = [Validator(self.schemas[name])] if name in self.schemas else []
        found += [judge for matches, judge in self.patterns if matches(name)]
        if not found and name not in self.schemas:
            return self.other  # not kept: a hostile object would fill the memory with its names
        self[name] = tuple(found)
        return self[name]


def _judged(schema: dict[str, Any], value: Any, path: Path) -> Iterator[Breach]:
    """What jsonschema finds wrong with ``value``."""
    try:
        for error in _judge()(schema).iter_errors(value):
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
def _judge() -> type["Judge"]:
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
