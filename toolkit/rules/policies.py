"""The policy that says which changes a hook is told of, until a customer writes another."""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Any, NamedTuple

from toolkit.finding import Edit, Problem, Severity
from toolkit.integration import Manifest
from toolkit.rules.patches import policy
from toolkit.rules.registry import rule

POINTER = "/capabilities/auditLogEventsHook/defaultPolicy"
_ENTRIES = 400
"""How many entries of a list are looked at; there are fewer actions than that."""
_PATTERNS = 50
"""How many patterns of a list are compared with its entries."""
PAIRS = (("resources", "notResources"), ("actions", "notActions"))


class _Statement(NamedTuple):
    """One statement of the policy, with its pointer."""

    pointer: str
    value: dict[str, Any]

    def strings(self, *names: str) -> Iterator[tuple[str, str]]:
        """The entries of its lists of these names that are strings, each with its pointer."""
        for name in names:
            entries = self.value.get(name)
            for index, entry in enumerate(entries[:_ENTRIES] if isinstance(entries, list) else ()):
                if isinstance(entry, str):
                    yield f"{self.pointer}/{name}/{index}", entry


@lru_cache(maxsize=1)
def _statements(manifest: Manifest) -> tuple[_Statement, ...]:
    listed = enumerate(manifest.list(POINTER))
    return tuple(_Statement(f"{POINTER}/{index}", value) for index, value in listed if isinstance(value, dict))


@rule(
    Severity.error,
    policy({"notResources": ["proj/*"]}),
    policy({"actions": ["createFlag"], "notActions": ["deleteFlag"]}),
)
def policy_pair(manifest: Manifest) -> Iterator[Problem]:
    """A policy statement has either `resources` or `notResources`, and either `actions` or `notActions`.

    LaunchDarkly refuses a statement with both.
    """
    for statement in _statements(manifest):
        for name, opposite in PAIRS:
            if statement.value.get(name) and statement.value.get(opposite):
                place = manifest.key(f"{statement.pointer}/{opposite}")
                yield Problem(place, f"{opposite} is used together with {name}", "remove one of the two")


@rule(Severity.warning, policy({"effect": None}), policy({"actions": []}))
def policy_incomplete(manifest: Manifest) -> Iterator[Problem]:
    """A policy statement has an effect, resources and actions.

    The official schema does not require them, but LaunchDarkly's API does.
    """
    for statement in _statements(manifest):
        place = manifest.at(statement.pointer)
        if "effect" not in statement.value:
            yield Problem(place, "the statement has no `effect`", 'add `"effect": "allow"`')
        for name, opposite in PAIRS:
            if not statement.value.get(name) and not statement.value.get(opposite):
                yield Problem(place, f"the statement has neither {name} nor {opposite}", f"add {name}")


@rule(Severity.warning, policy({"effect": "deny"}))
def policy_deny_only(manifest: Manifest) -> Iterator[Problem]:
    """The default policy allows something.

    What no statement allows is denied, so with `deny` statements alone the hook is never called. One accepted
    integration does this on purpose, so that customers turn it on themselves.
    """
    effects = [statement.value.get("effect") for statement in _statements(manifest)]
    if effects and all(effect == "deny" for effect in effects):
        yield Problem(
            manifest.at(POINTER), "the policy only denies, so the hook is never called", "add a statement that allows"
        )


@rule(
    Severity.error,
    policy({"resources": ["proj/*:env/production/flag/*"]}),
    policy({"resources": ["proj/*:env/:flag/*"]}),
)
def policy_resource(manifest: Manifest) -> Iterator[Problem]:
    """A resource is written as kind/name from parent to child, separated by colons: `proj/*:env/production:flag/*`.

    A malformed one matches nothing. Tags follow a semicolon, separated by commas: `proj/*:env/*;critical:flag/*`.
    """
    from toolkit.rules.resource_specifier import SpecifierError, parse

    for statement in _statements(manifest):
        for pointer, text in statement.strings("resources", "notResources"):
            try:
                if text != "*":
                    parse(text)
            except SpecifierError as error:
                yield Problem(manifest.at(pointer), str(error), error.help)


@rule(
    Severity.warning,
    policy({"resources": ["project/*:env/production:flag/*"]}),
    policy({"resources": ["proj/*:flag/*"]}),
    policy({"resources": ["*"]}),
)
def policy_kind(manifest: Manifest) -> Iterator[Problem]:
    """A resource uses known kinds, each after its parents.

    A flag is in an environment of a project: `proj/*:env/*:flag/*`. The words are `proj` and `env`; a bare `*` is not
    documented. New kinds appear now and then, so an unknown one may be right.
    """
    for statement in _statements(manifest):
        for pointer, text in statement.strings("resources", "notResources"):
            for message, help_ in _kind_problems(text):
                yield Problem(manifest.at(pointer), message, help_)


def _kind_problems(text: str) -> Iterator[tuple[str, str]]:
    from toolkit.rules.policy_actions import kinds

    if text == "*":
        yield "a bare * is not a documented resource", "write `proj/*:env/*:flag/*`, or name other kinds"
        return
    chain = _chain(text)
    unknown = [kind for kind in chain if kind not in kinds()]
    for kind in unknown:
        near = {"project": "proj", "environment": "env", "feature": "flag"}.get(kind) or _near(kind, kinds())
        yield f"{kind} is not a known kind of resource", f"did you mean `{near}`?" if near else "check the name"
    if chain and not unknown and chain not in kinds()[chain[-1]].chains:
        ways = " or ".join(f"`{':'.join(f'{kind}/*' for kind in way)}`" for way in sorted(kinds()[chain[-1]].chains))
        yield f"`{text}` does not have the parents of `{chain[-1]}`", f"write it as {ways}"


@rule(
    Severity.warning,
    policy({"actions": ["updateFallThrough"]}),
    policy({"actions": ["updateNothing"]}),
    policy({"actions": ["toggle*Everything"]}),
)
def policy_action(manifest: Manifest) -> Iterator[Problem]:
    """An action is one that LaunchDarkly knows, or a pattern that matches some.

    A misspelled action never happens, and nobody notices. Letter case matters. New actions appear every month, so an
    unknown one may be right.
    """
    from toolkit.rules.policy_actions import actions

    for statement in _statements(manifest):
        for pointer, text in statement.strings("actions", "notActions"):
            if text in actions():
                continue
            if "*" not in text:
                yield _unknown_action(manifest, pointer, text)
            elif not any(_covers(text, action) for action in actions()):
                yield Problem(manifest.at(pointer), f"{text} matches no known action", "check the spelling")


def _unknown_action(manifest: Manifest, pointer: str, text: str) -> Problem:
    from toolkit.rules.policy_actions import actions

    place, near = manifest.at(pointer), _near(text, actions())
    edits = (Edit.json(place, near, safe=near.lower() == text.lower()),) if near else ()
    help_ = f"did you mean `{near}`?" if near else "check the spelling, unless the action is new"
    return Problem(place, f"{text} is not a known action", help_, edits)


@rule(Severity.warning, policy({"actions": ["updateOn", "createSegment"]}))
def policy_action_kind(manifest: Manifest) -> Iterator[Problem]:
    """An action applies to one of the statement's resources.

    A statement about flags never matches actions on segments: name the segments too, or write a second statement.
    """
    from toolkit.rules.policy_actions import UNLISTED, actions, kinds

    for statement in _statements(manifest):
        named = [_chain(text)[-1:] for _, text in statement.strings("resources")]
        last = {kind for chain in named for kind in chain}
        if not last or () in named or last - kinds().keys() or any(k in UNLISTED or not kinds()[k].every for k in last):
            continue
        known = frozenset().union(*(kinds()[kind].every for kind in last))
        for pointer, text in statement.strings("actions", "notActions"):
            found = any(_covers(text, action) for action in known)
            if not found and any(_covers(text, action) for action in actions()):
                message = f"{text} is not an action on `{'` or `'.join(sorted(last))}`"
                yield Problem(manifest.at(pointer), message, "remove it, or add its resources")


@rule(
    Severity.note,
    policy({"actions": ["updateOn", "updateAttachedGoals"]}),
    policy({"actions": ["updateOn", "viewFlag"]}),
)
def policy_action_idle(manifest: Manifest) -> Iterator[Problem]:
    """An action in a hook's policy is documented and is recorded in the audit log.

    Some legacy actions are no longer documented. Viewing something is an action too, but it is not recorded in the
    audit log, so it never calls the hook.
    """
    from toolkit.rules.policy_actions import actions, outdated

    for statement in _statements(manifest):
        for pointer, text in statement.strings("actions", "notActions"):
            place = manifest.at(pointer)
            if text in outdated():
                yield Problem(place, f"{text} is a legacy action, no longer documented", "remove it")
            elif text.startswith("view") and text in actions():
                yield Problem(place, f"{text} is not recorded in the audit log", "remove it")


@rule(
    Severity.note,
    policy({"actions": ["createFlag", "createFlag"]}),
    policy({"actions": ["*", "createFlag"]}),
    policy({}, {}),
)
def policy_redundant(manifest: Manifest) -> Iterator[Problem]:
    """No statement of a policy repeats another, and no entry of its lists repeats another or is covered by it.

    It has no effect, and suggests to readers that it does.
    """
    values = [statement.value for statement in _statements(manifest)[:_PATTERNS]]
    for index, statement in enumerate(_statements(manifest)):
        if statement.value in values[:index]:
            place = manifest.at(statement.pointer)
            yield Problem(place, "the statement repeats an earlier one", "remove it", (Edit(place, None),))
            continue
        for name in (name for pair in PAIRS for name in pair):
            entries = list(statement.strings(name))
            patterns = [text for _, text in entries if "*" in text][:_PATTERNS] if "ctions" in name else []
            seen: set[str] = set()
            for pointer, text in entries:
                wider = [other for other in patterns if _covers(other, text) and not _covers(text, other)]
                if text in seen or wider:
                    said = "is listed twice" if text in seen else f"is covered by {wider[0]}"
                    place = manifest.at(pointer)
                    yield Problem(place, f"{text} {said}", "remove it", (Edit(place, None),))
                seen.add(text)


@rule(Severity.note, policy({"resources": ["proj/*:env/Production:flag/*"]}))
def policy_key_case(manifest: Manifest) -> Iterator[Problem]:
    """Keys of projects and environments are usually in lower case.

    `Production` is usually the name of an environment and `production` its key. Letter case matters.
    """
    for statement in _statements(manifest):
        for pointer, text in statement.strings("resources", "notResources"):
            for segment in _segments(text):
                if segment.kind in ("proj", "env") and segment.name != segment.name.lower():
                    message = f"`{segment.kind}/{segment.name}` looks like a name, not like a key"
                    yield Problem(manifest.at(pointer), message, f"did you mean `{segment.name.lower()}`?")


def _segments(text: str) -> tuple[Any, ...]:
    from toolkit.rules.resource_specifier import SpecifierError, parse

    try:
        return parse(text)
    except SpecifierError:
        return ()


def _chain(text: str) -> tuple[str, ...]:
    return tuple(segment.kind for segment in _segments(text))


def _covers(wider: str, action: str) -> bool:
    """Whether a pattern, in which only ``*`` stands for other letters, finds an action."""
    return fnmatchcase(action, wider.replace("[", "[[]").replace("?", "[?]"))


def _near(wrong: str, words: Iterable[str]) -> str:
    """The one of ``words`` that was probably meant: another letter case first."""
    from difflib import get_close_matches

    near = sorted(word for word in words if abs(len(word) - len(wrong)) <= 4)
    same = [word for word in near if word.lower() == wrong.lower()]
    return (same or get_close_matches(wrong, near, 1, 0.8) or [""])[0]
