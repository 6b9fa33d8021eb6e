"""The resources that a statement names."""

from collections.abc import Iterator

from toolkit.finding import Problem
from toolkit.integration import Statement
from toolkit.integration.statement import statements_of
from toolkit.rules.examples import policy
from toolkit.rules.policies.patterns import chain
from toolkit.rules.registry import error, rule, warning
from toolkit.text import nearest

_LONG_NAMES = {"project": "proj", "environment": "env", "feature": "flag"}


@rule(
    error,
    bad=[policy({"resources": ["proj/*:env/production/flag/*"]}), policy({"resources": ["proj/*:env/:flag/*"]})],
    good=policy({"resources": ["proj/a.b-c:env/*;critical,{view:x}:flag/new-*"]}),
)
def malformed_resource(statement: Statement) -> Iterator[Problem]:
    """A resource is written as kind/name from parent to child, separated by colons: `proj/*:env/production:flag/*`.

    A malformed one matches nothing. Tags follow a semicolon, separated by commas: `proj/*:env/*;critical:flag/*`.
    """
    from toolkit.rules.policies.specifier import SpecifierError, parse

    for pointer, text in statement.strings("resources", "notResources"):
        try:
            if text != "*":
                parse(text)
        except SpecifierError as fault:
            yield Problem(statement.manifest.at(pointer), str(fault), fault.help)


@rule(
    warning,
    bad=[
        policy({"resources": ["project/*:env/production:flag/*"]}),
        policy({"resources": ["proj/*:flag/*"]}),
        policy({"resources": ["*"]}),
    ],
    unless=("malformed-resource",),
)
def unknown_resource(statement: Statement) -> Iterator[Problem]:
    """A resource uses known kinds, each after its parents.

    A flag is in an environment of a project: `proj/*:env/*:flag/*`. The words are `proj` and `env`; a bare `*` is not
    documented. New kinds appear now and then, so an unknown one may be right.
    """
    for pointer, text in statement.strings("resources", "notResources"):
        for message, help_ in _kind_problems(text):
            beside = _as_beside(statement, text) if "parents" in message else ""
            help_ = f"write `{beside}`, as beside it" if beside else help_
            yield Problem(statement.manifest.at(pointer), message, help_)


def _as_beside(statement: Statement, text: str) -> str:
    """The resource with the parents that another one of the policy has, where they fit."""
    from toolkit.rules.policies.vocabulary import kinds

    kind = chain(text)[-1]
    for other in statements_of(statement.manifest):
        for _, whole in other.strings("resources", "notResources"):
            if whole != text and (*chain(whole)[:-1], kind) in kinds()[kind].chains and not any(_kind_problems(whole)):
                return ":".join([*whole.split(":")[:-1], text.rpartition(":")[2]])
    return ""


def _kind_problems(text: str) -> Iterator[tuple[str, str]]:
    from toolkit.rules.policies.vocabulary import kinds

    if text == "*":
        yield "a bare * is not a documented resource", "write `proj/*:env/*:flag/*`, or name other kinds"
        return
    named = chain(text)
    unknown = [kind for kind in named if kind not in kinds()]
    for kind in unknown:
        near = _LONG_NAMES.get(kind) or nearest(kind, kinds(), 0.8)
        yield f"{kind} is not a known kind of resource", f"did you mean `{near}`?" if near else "check the name"
    if named and not unknown and named not in kinds()[named[-1]].chains:
        ways = " or ".join(f"`{':'.join(f'{kind}/*' for kind in way)}`" for way in sorted(kinds()[named[-1]].chains))
        yield f"`{text}` does not have the parents of `{named[-1]}`", f"write it as {ways}"
