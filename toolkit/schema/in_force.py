"""The schema in force: the one that we know, or that of a fork where it says something else."""

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from toolkit.schema.failure import Failure
from toolkit.schema.official import manifest_schema
from toolkit.schema.validator import Validator


@dataclass(frozen=True, eq=False)
class Schema:
    """A schema for manifests, ready to judge.

    ``tree`` is draft-07 without references. ``note`` is one line to say once in a run: how it differs from the one that
    we know, or why the fork's is not used; empty where there is nothing to say.
    """

    tree: dict[str, Any]
    note: str = ""

    @cached_property
    def _validator(self) -> Validator:
        return Validator(self.tree)

    def accepts(self, value: Any) -> bool:
        """Whether ``value``, a manifest as ``json.loads`` gives it, keeps to the schema, as ajv 6 judges it."""
        return self._validator.accepts(value)

    def failures(self, value: Any) -> list[Failure]:
        """Everything that the schema refuses in ``value``, a manifest as ``json.loads`` gives it.

        One plain sentence for each place, in order of their JSON pointers; empty exactly when it is accepted.
        """
        if self.accepts(value):
            return []
        from toolkit.schema.explain import explained

        return explained(self._validator.breaches(value), self.tree)


@cache
def official() -> Schema:
    """The schema that we know. Raises LditError when the installation lacks it."""
    return Schema(manifest_schema())
