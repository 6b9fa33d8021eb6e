"""Approvals: what LaunchDarkly asks the partner's approval system."""

import re
from collections.abc import Iterator

from toolkit.finding import Problem
from toolkit.integration import Manifest
from toolkit.integration.fields import strings_in
from toolkit.integration.pointers import APPROVAL
from toolkit.rules.examples import ENDPOINT, SETTLED, approval
from toolkit.rules.registry import note, rule, warning

_CREATION = f"{APPROVAL}/creationRequest"
_STATUS = f"{APPROVAL}/statusRequest"
_LATER = ("statusRequest", "postApplyRequest", "deletionRequest")
_WITHOUT_BODY = {"endpoint": ENDPOINT, "parser": {**SETTLED, "approvalId": "/id"}}
_ANY = {"endpoint": {**ENDPOINT, "method": "GET"}, "parser": SETTLED}


@rule(warning, bad=approval({"approvalId": None}))
def missing_approval_id(manifest: Manifest) -> Iterator[Problem]:
    """The request that creates an approval has `parser.approvalId`.

    It is the JSON pointer to the new approval's id in the response. All later requests use that id as
    `context.approvalId`: asking for the status, applying, deleting.
    """
    if manifest.object(_CREATION) and not manifest.text(f"{_CREATION}/parser/approvalId"):
        there = manifest.has(f"{_CREATION}/parser")
        place = manifest.key(f"{_CREATION}/parser" if there else _CREATION)
        yield Problem(place, "the parser has no approvalId", 'add `"approvalId": "/id"` to the parser')


@rule(
    warning,
    bad=[approval(statusRequest=_ANY), approval(deletionRequest=_ANY)],
)
def request_without_approval_id(manifest: Manifest) -> Iterator[Problem]:
    """The later requests about an approval contain its id.

    Use `{{context.approvalId}}` in the URL, in a header or in the body of those that ask for the status, apply and
    delete, or `{{creationResponseBody}}` in the body. A request to another host than the one that creates approvals is
    not judged. One accepted integration does not need the id, because its approvals are decided at once.
    """
    created = _host(manifest, "creationRequest")
    for name in _LATER:
        request = manifest.object(f"{APPROVAL}/{name}")
        if _host(manifest, name) != created:
            continue
        named = (re.search(r"approvalId|creationResponseBody", text.value) for text in strings_in(request))
        if request and not any(named):
            place = manifest.key(f"{APPROVAL}/{name}")
            message = f"{name} does not contain the id of the approval"
            yield Problem(place, message, "put {{context.approvalId}} into the URL")


def _host(manifest: Manifest, name: str) -> str:
    """What stands before the path of a request's URL."""
    return re.split(r"(?<![:/{])/(?!/)", manifest.text(f"{APPROVAL}/{name}/endpoint/url"), maxsplit=1)[0]


@rule(note, bad=approval(creationRequest=_WITHOUT_BODY))
def missing_approval_body(manifest: Manifest) -> Iterator[Problem]:
    """The request that creates an approval has a body.

    Without `jsonBody` it says nothing about what is to be approved, unless its URL does.
    """
    request = manifest.object(_CREATION)
    if request and "jsonBody" not in request and not any("{{context." in text.value for text in strings_in(request)):
        place = manifest.key(_CREATION)
        yield Problem(place, "creationRequest does not say what is to be approved", "add a `jsonBody`")


@rule(note, bad=approval({"rejectionMatcher": None}))
def missing_rejection_matcher(manifest: Manifest) -> Iterator[Problem]:
    """The parser of an approval recognizes rejected requests.

    Without `rejectionMatcher` a rejected request stays open in LaunchDarkly.
    """
    for pointer in (_CREATION, _STATUS):
        if manifest.has(f"{pointer}/parser/approvalMatcher") and not manifest.has(f"{pointer}/parser/rejectionMatcher"):
            place = manifest.key(f"{pointer}/parser")
            yield Problem(
                place, "the parser does not tell a rejected request from an open one", "add `rejectionMatcher`"
            )
