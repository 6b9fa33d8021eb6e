"""The actions that a statement names."""

from collections.abc import Iterator

from toolkit.finding import Edit, Problem
from toolkit.integration import Statement
from toolkit.rules.examples import policy
from toolkit.rules.policies.patterns import chain, covers
from toolkit.rules.registry import note, rule, warning
from toolkit.text import nearest


@rule(
    warning,
    bad=[
        policy({"actions": ["updateFallThrough"]}),
        policy({"actions": ["updateNothing"]}),
        policy({"actions": ["toggle*Everything"]}),
    ],
    good=policy({"actions": ["updateFallthrough", "create*"]}),
)
def unknown_action(statement: Statement) -> Iterator[Problem]:
    """An action is one that LaunchDarkly knows, or a pattern that matches some.

    A misspelled action never happens, and nobody notices. Letter case matters. New actions appear every month, so one
    that resembles no known action may be right: a note.
    """
    from toolkit.rules.policies.vocabulary import actions

    for pointer, text in statement.strings("actions", "notActions"):
        place = statement.manifest.at(pointer)
        if text in actions() or ("*" in text and any(covers(text, action) for action in actions())):
            continue
        if "*" in text:
            yield Problem(place, f"{text} matches no known action", "check the spelling")
        elif near := nearest(text, actions(), 0.8):
            edits = (Edit.json(place, near, safe=near.lower() == text.lower()),)
            yield Problem(place, f"{text} is not a known action", f"did you mean `{near}`?", edits)
        else:
            yield Problem(place, f"{text} is not a known action", "check that LaunchDarkly has it", severity=note)


@rule(
    warning,
    bad=policy({"actions": ["updateOn", "createSegment"]}),
    good=policy({"resources": ["proj/*:env/*:flag/*", "proj/*:env/*:segment/*"], "actions": ["createSegment"]}),
    unless=("unknown-resource", "malformed-resource"),
)
def misplaced_action(statement: Statement) -> Iterator[Problem]:
    """An action applies to one of the statement's resources.

    A statement about flags never matches actions on segments: name the segments too, or write a second statement.
    """
    from toolkit.rules.policies.vocabulary import UNLISTED, actions, kinds

    named = [chain(text)[-1:] for _, text in statement.strings("resources")]
    last = {kind for ending in named for kind in ending}
    if not last or () in named or last - kinds().keys() or any(k in UNLISTED or not kinds()[k].every for k in last):
        return
    known = frozenset().union(*(kinds()[kind].every for kind in last))
    for pointer, text in statement.strings("actions", "notActions"):
        found = any(covers(text, action) for action in known)
        if not found and any(covers(text, action) for action in actions()):
            message = f"{text} is not an action on `{'` or `'.join(sorted(last))}`"
            yield Problem(statement.manifest.at(pointer), message, "remove it, or add its resources")


@rule(
    note,
    bad=[policy({"actions": ["updateOn", "updateAttachedGoals"]}), policy({"actions": ["updateOn", "viewFlag"]})],
    good=policy({"actions": ["updateOn", "create*"]}),
)
def unrecorded_action(statement: Statement) -> Iterator[Problem]:
    """An action in a hook's policy is documented and is recorded in the audit log.

    Some legacy actions are no longer documented. Viewing something is an action too, but it is not recorded in the
    audit log, so it never calls the hook.
    """
    from toolkit.rules.policies.vocabulary import actions, outdated

    for pointer, text in statement.strings("actions", "notActions"):
        place = statement.manifest.at(pointer)
        if text in outdated():
            yield Problem(place, f"{text} is a legacy action, no longer documented", "remove it")
        elif text.startswith("view") and text in actions():
            yield Problem(place, f"{text} is not recorded in the audit log", "remove it")
