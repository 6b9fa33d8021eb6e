"""The statements of a default policy: whether each is whole, and whether it has an effect."""

from collections.abc import Iterator

from toolkit.finding import Edit, Problem
from toolkit.integration import Integration, Statement
from toolkit.integration.pointers import DEFAULT_POLICY
from toolkit.rules.examples import policy
from toolkit.rules.policies.patterns import covers
from toolkit.rules.registry import error, note, rule, warning

_PATTERNS = 50
"""How many patterns of a list are compared with its entries."""
_PAIRS = (("resources", "notResources"), ("actions", "notActions"))


@rule(
    error,
    bad=[policy({"notResources": ["proj/*"]}), policy({"actions": ["createFlag"], "notActions": ["deleteFlag"]})],
    good=policy({"actions": None, "notActions": ["deleteFlag"]}),
)
def conflicting_policy(statement: Statement) -> Iterator[Problem]:
    """A policy statement has either `resources` or `notResources`, and either `actions` or `notActions`.

    LaunchDarkly refuses a statement with both.
    """
    for name, opposite in _PAIRS:
        if statement.value.get(name) and statement.value.get(opposite):
            place = statement.manifest.key(f"{statement.pointer}/{opposite}")
            yield Problem(place, f"{opposite} is used together with {name}", "remove one of the two")


@rule(warning, bad=[policy({"effect": None}), policy({"actions": []})])
def incomplete_policy(statement: Statement) -> Iterator[Problem]:
    """A policy statement has an effect, resources and actions.

    The official schema does not require them, but LaunchDarkly's API does.
    """
    place = statement.manifest.at(statement.pointer)
    if "effect" not in statement.value:
        yield Problem(place, "the statement has no `effect`", 'add `"effect": "allow"`')
    for name, opposite in _PAIRS:
        if not statement.value.get(name) and not statement.value.get(opposite):
            yield Problem(place, f"the statement has neither {name} nor {opposite}", f"add {name}")


@rule(warning, bad=policy({"effect": "deny"}), good=policy({"effect": "deny", "actions": ["deleteFlag"]}, {}))
def deny_only_policy(integration: Integration) -> Iterator[Problem]:
    """The default policy allows something.

    What no statement allows is denied, so with `deny` statements alone the hook is never called. One accepted
    integration does this on purpose, so that customers turn it on themselves.
    """
    effects = [statement.value.get("effect") for statement in integration.statements]
    if effects and all(effect == "deny" for effect in effects):
        place = integration.statements[0].manifest.at(DEFAULT_POLICY)
        yield Problem(place, "the policy only denies, so the hook is never called", "add a statement that allows")


@rule(
    note,
    bad=[policy({"actions": ["createFlag", "createFlag"]}), policy({"actions": ["*", "createFlag"]}), policy({}, {})],
    good=policy({"actions": ["create*", "deleteFlag"]}),
)
def redundant_policy(integration: Integration) -> Iterator[Problem]:
    """No statement of a policy repeats another, and no entry of its lists repeats another or is covered by it.

    It has no effect, and suggests to readers that it does.
    """
    values = [statement.value for statement in integration.statements[:_PATTERNS]]
    for index, statement in enumerate(integration.statements):
        if statement.value in values[:index]:
            place = statement.manifest.at(statement.pointer)
            yield Problem(place, "the statement repeats an earlier one", "remove it", (Edit(place, None),))
        else:
            for name in (name for pair in _PAIRS for name in pair):
                yield from _redundant_entries(statement, name)


def _redundant_entries(statement: Statement, name: str) -> Iterator[Problem]:
    entries = list(statement.strings(name))
    patterns = [text for _, text in entries if "*" in text][:_PATTERNS] if "ctions" in name else []
    seen: set[str] = set()
    for pointer, text in entries:
        wider = [other for other in patterns if covers(other, text) and not covers(text, other)]
        if text in seen or wider:
            what = "is listed twice" if text in seen else f"is covered by {wider[0]}"
            place = statement.manifest.at(pointer)
            yield Problem(place, f"{text} {what}", "remove it", (Edit(place, None),))
        seen.add(text)
