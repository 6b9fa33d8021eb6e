"""The JSON Schema of the manifest: a quick verdict, and each failure as one plain sentence."""

from typing import Any

from toolkit.schema.failure import Failure
from toolkit.schema.in_force import Schema, official

__all__ = ["Failure", "Schema", "accepts", "failures", "official"]


def accepts(value: Any) -> bool:
    """Whether the schema that we know accepts ``value``, a manifest as ``json.loads`` gives it."""
    return official().accepts(value)


def failures(value: Any, schema: Schema | None = None) -> list[Failure]:
    """Everything that ``schema``, by default the one that we know, refuses in a manifest; see ``Schema.failures``."""
    return (schema or official()).failures(value)
