"""What LaunchDarkly reads from requests and answers: JSON pointers and regular expressions."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from toolkit.finding import Edit, Problem
from toolkit.go_regexp import refusal
from toolkit.integration import Manifest
from toolkit.regex import regex
from toolkit.rules.examples import approval, synced, trigger
from toolkit.rules.registry import error, note, rule, warning

_UNUSUAL = ("", "\x01", "zq~", "0 0")
"""Texts that no matcher means: one that finds something in each finds everything."""
_LITERAL = regex(r"[A-Za-z0-9_ /:@#=,~-]+")
_REMOVE = regex(r"(?i)remov|delet|exit|leav|unsub|drop")
_ADD = regex(r"(?i)add|creat|enter|join|subscri|member")
_APPROVED = regex(r"(?i)approved?\b|accepted|granted")
_REJECTED = regex(r"(?i)reject|declin|denied|deny|refus|cancel")
APPROVALS = ("creationRequest", "statusRequest", "postApplyRequest", "deletionRequest")
INCLUSION = "/capabilities/syncedSegment/requestParser/arrayInclusion"


@rule(
    error,
    bad=[
        trigger(parser={"eventName": "/title"}, testEventNameRegexp="(test"),
        trigger(parser={"eventName": "/title"}, testEventNameRegexp="test(?! run)"),
    ],
    good=trigger(parser={"eventName": "/title"}, testEventNameRegexp="(?i)^(?P<kind>test) \\w+$"),
)
def invalid_pattern(manifest: Manifest) -> Iterator[Problem]:
    """Regular expressions are valid, in RE2 syntax.

    LaunchDarkly runs them in Go: no look-around, no back-references, no `\\u0041`. What JavaScript can read is a
    warning, since a test in a browser does not show it; what neither can read matches nothing, and is an error.
    """
    for text in manifest.texts("pattern"):
        if complaint := refusal(text.value):
            place = manifest.at(text.pointer)
            if _is_ecmascript(text.value):
                message = f"{text.key} works in JavaScript, but not in Go: {complaint}"
                yield Problem(place, message, "write it in RE2 syntax", severity=warning)
            else:
                message = f"{text.key} is not a valid regular expression: {complaint}"
                yield Problem(place, message, "correct it, in RE2 syntax")


@rule(
    warning,
    bad=synced(memberArrayPath="/members", arrayInclusion={"path": "/action", "matcher": "^(add | enrol)$"}),
    good=synced(memberArrayPath="/members", arrayInclusion={"path": "/action", "matcher": "^(add to|enrol in)$"}),
)
def spaced_pattern(manifest: Manifest) -> Iterator[Problem]:
    """The alternatives of a regular expression have no spaces around them.

    The space is part of what is matched: `(add | enrol)` matches "add ", but not "add".
    """
    for text in manifest.texts("pattern"):
        blanks = r"(?<=[|(^])\s+|(?<!\\)\s+(?=[|)$])|^\s+|(?<!\\)\s+$"
        for match in re.finditer(blanks, text.value) if "|" in text.value else ():
            place = manifest.at(text.pointer, match.span())
            edit = Edit(place, "", safe=False)
            yield Problem(place, f"a space in {text.key} is part of what is matched", "remove it", (edit,))


@rule(warning, bad=trigger(parser={"eventName": "/title"}, testEventNameRegexp="/test/i"))
def slashed_pattern(manifest: Manifest) -> Iterator[Problem]:
    """A regular expression stands without slashes around it.

    JavaScript writes `/test/i`. Here the slashes are part of what is matched; `(?i)` in front ignores letter case.
    """
    for text in manifest.texts("pattern"):
        if match := re.fullmatch(r"(?s)/(.+)/([dgimsuvy]*)", text.value):
            fixed = f"(?i){match[1]}" if "i" in match[2] else match[1]
            place = manifest.at(text.pointer)
            edits = (Edit.json(place, fixed, safe=False),)
            yield Problem(place, f"the slashes in {text.key} are part of what is matched", f"write `{fixed}`", edits)


@rule(warning, bad=trigger(parser={"eventName": "/title"}, testEventNameRegexp=".*"))
def pattern_matches_all(manifest: Manifest) -> Iterator[Problem]:
    """A regular expression does not match everything.

    A matcher that always matches approves every change, makes every event a test, or adds every member. Part of the
    text is enough for a match, so `a*` or an empty expression always matches.
    """
    for text in manifest.texts("pattern"):
        if all(_finds(text.value, sample) for sample in _UNUSUAL):
            yield Problem(manifest.at(text.pointer), f"{text.key} matches everything", "write what it should match")


@rule(
    warning,
    bad=[
        approval({"rejectionMatcher": "approved"}),
        approval({"rejectionMatcher": "^(approved|no)$"}),
        approval({"approvalMatcher": "^declined$", "rejectionMatcher": "^approved$"}),
        approval({"approvalMatcher": "1", "rejectionMatcher": "2"}),
    ],
    good=approval({"approvalMatcher": "^(approved|1)$", "rejectionMatcher": "^(declined|2)$"}),
)
def conflicting_matchers(manifest: Manifest) -> Iterator[Problem]:
    """No response is both approved and rejected, and none is the one that its name says it is not.

    Each matcher matches anywhere in the status: `approved` matches "not approved" too, so put it between `^` and `$`.
    One accepted integration has this defect too.
    """
    for name in APPROVALS if manifest.has("/capabilities/approval") else ():
        parser = f"/capabilities/approval/{name}/parser"
        yes, no = manifest.text(f"{parser}/approvalMatcher"), manifest.text(f"{parser}/rejectionMatcher")
        if not yes or not no:
            continue
        if _REJECTED.search(yes) and _APPROVED.search(no) and not _APPROVED.search(yes):
            place = manifest.at(f"{parser}/approvalMatcher")
            yield Problem(place, f"`{yes}` approves and `{no}` rejects in {name}", "exchange the two matchers")
        both = [word for word in (*literals(yes), *literals(no)) if _both(word, yes, no)]
        if both or yes == no:
            found = f"`{both[0]}` is" if both else "every status is"
            place = manifest.at(f"{parser}/rejectionMatcher")
            message, help_ = f"{found} both approved and rejected in {name}", "make the two matchers exclude each other"
            never = yes == no and (len(yes) <= 2 or _is_dummy(yes))
            yield Problem(place, message, help_, severity=note if never else None)
        else:
            for key, matcher in (("approvalMatcher", yes), ("rejectionMatcher", no)):
                yield from _unanchored(manifest, f"{parser}/{key}", key, matcher)


def _is_dummy(pattern: str) -> bool:
    """Whether a matcher only stands there because the schema wants one."""
    return _finds(pattern, "") or pattern in ("^$", "a^", "$^")


def _unanchored(manifest: Manifest, pointer: str, key: str, matcher: str) -> Iterator[Problem]:
    """A matcher for a number or a letter, which is found in longer ones too."""
    if re.fullmatch(r"\w{1,2}(?:\|\w{1,2})*", matcher):
        place = manifest.at(pointer)
        fixed = f"^({matcher})$" if "|" in matcher else f"^{matcher}$"
        edits = (Edit.json(place, fixed, safe=False),)
        message = f"{key} `{matcher}` matches a part of longer values too, such as {matcher[0]}0"
        yield Problem(place, message, f"write `{fixed}`", edits)


@rule(
    warning,
    bad=synced(memberArrayPath="/members", arrayInclusion={"path": "/action", "matcher": "^(add|remove)$"}),
)
def wrong_inclusion_matcher(manifest: Manifest) -> Iterator[Problem]:
    """The matcher of `arrayInclusion` matches the action that adds members, and not the one that removes them.

    Members are added when it matches and removed when it does not. One that matches both never removes anybody. One
    accepted integration has this defect too.
    """
    words = literals(manifest.text(f"{INCLUSION}/matcher"))
    removing = [word for word in words if _REMOVE.search(word)]
    adding = [word for word in words if _ADD.search(word) and word not in removing]
    if removing:
        place = manifest.at(f"{INCLUSION}/matcher")
        said = f"just as `{adding[0]}` does" if adding else "whatever its name says"
        yield Problem(place, f"`{removing[0]}` adds members {said}", "match only the action that adds members")


@rule(warning, bad=trigger(testEventNameRegexp="^Acme test$"))
def missing_event_name(manifest: Manifest) -> Iterator[Problem]:
    """A trigger with `testEventNameRegexp` has `parser.eventName`.

    The expression is matched with the value that `parser.eventName` points to.
    """
    trigger_ = "/capabilities/trigger"
    if manifest.has(f"{trigger_}/testEventNameRegexp") and not manifest.has(f"{trigger_}/parser/eventName"):
        place = manifest.key(f"{trigger_}/testEventNameRegexp")
        yield Problem(place, "testEventNameRegexp has no event name to match", "add `parser.eventName`")


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> Any:
    """The pattern as RE2 takes it; None where it does not."""
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(pattern, options)
    except (re2.error, UnicodeEncodeError):
        return None


def _finds(pattern: str, text: str) -> bool:
    expression = _compiled(pattern)
    return expression is not None and expression.search(text) is not None


def _is_ecmascript(pattern: str) -> bool:
    import regress

    try:
        regress.Regex(pattern)
    except (regress.RegressError, UnicodeEncodeError):
        return False
    return True


def literals(pattern: str) -> tuple[str, ...]:
    """The texts that an expression names when it is no more than alternatives of plain text, else nothing."""
    bare = pattern.removeprefix("^").removesuffix("$")
    group = re.fullmatch(r"\((?:\?:)?([^()]*)\)", bare)
    words = (group[1] if group else bare).split("|")
    return tuple(words) if all(_LITERAL.fullmatch(word) for word in words) else ()


def _both(word: str, yes: str, no: str) -> bool:
    return _finds(yes, word) and _finds(no, word)
