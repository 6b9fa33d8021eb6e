"""Finds every place where a manifest breaks its schema, with jsonschema."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from toolkit.schema.accept import manifest_schema
from toolkit.schema.keywords import TESTS, Test

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

Path = tuple[str | int, ...]


class Breach(NamedTuple):
    """One keyword that fails at one place; ``name`` is the key that is missing or unknown there."""

    path: Path
    keyword: str
    schema: dict[str, Any]
    value: Any
    name: str = ""


def breaches(value: Any) -> Iterator[Breach]:
    """Every breach of the manifest schema in ``value``, in no particular order."""
    error: Any  # its attributes are Unset, for mypy, until jsonschema has filled them in, which it has
    for error in _validator().iter_errors(value):
        path, schema = tuple(error.absolute_path), error.schema
        if error.validator == "required":
            names = [name for name in schema["required"] if name not in error.instance]
        elif error.validator == "additionalProperties":
            names = [name for name in error.instance if name not in schema["properties"]]
        else:
            names = [""]
        for name in names:
            yield Breach(path, error.validator, schema, error.instance, name)


@cache
def _validator() -> "Validator":
    """Draft 7 with our own leaf keywords: JavaScript's verdicts, and no text made of the value."""
    from jsonschema import Draft7Validator, validators

    ours = {keyword: _keyword(make) for keyword, make in TESTS.items()}
    extended: type[Validator] = validators.extend(Draft7Validator, ours)  # type: ignore[no-untyped-call]
    return extended(manifest_schema())


def _keyword(make: Callable[[Any], Test]) -> Callable[..., Iterator[Exception]]:
    from jsonschema import ValidationError

    def check(validator: "Validator", parameter: Any, value: Any, schema: Any) -> Iterator[Exception]:
        if not make(parameter)(value):
            yield ValidationError("")

    return check
