"""Approvals: what LaunchDarkly asks the partner's approval system."""

from collections.abc import Iterator

from toolkit.finding import Problem, Severity
from toolkit.integration import Manifest
from toolkit.rules.fields import strings
from toolkit.rules.patches import ENDPOINT, SETTLED, approval
from toolkit.rules.registry import rule

APPROVAL = "/capabilities/approval"
_CREATION = f"{APPROVAL}/creationRequest"
_STATUS = f"{APPROVAL}/statusRequest"
_ANY = {"endpoint": {**ENDPOINT, "method": "GET"}, "parser": SETTLED}


@rule(Severity.warning, approval({"approvalId": None}))
def approval_id(manifest: Manifest) -> Iterator[Problem]:
    """The request that creates an approval has `parser.approvalId`.

    It is the JSON pointer to the new approval's id in the response. All later requests use that id as
    `context.approvalId`: asking for the status, applying, deleting.
    """
    if manifest.object(_CREATION) and not manifest.text(f"{_CREATION}/parser/approvalId"):
        there = manifest.has(f"{_CREATION}/parser")
        place = manifest.key(f"{_CREATION}/parser" if there else _CREATION)
        yield Problem(place, "the parser has no approvalId", 'add `"approvalId": "/id"` to the parser')


@rule(Severity.warning, approval(statusRequest=_ANY))
def approval_status(manifest: Manifest) -> Iterator[Problem]:
    """The status request contains the id of the approval.

    Use `{{context.approvalId}}` in its URL, in a header or in its body. One accepted integration does not need it,
    because its approvals are decided at once.
    """
    request = manifest.object(_STATUS)
    if request and not any("approvalId" in text.value for text in strings(request)):
        place = manifest.key(_STATUS)
        yield Problem(
            place,
            "the status request does not contain the id of the approval",
            "put {{context.approvalId}} into the URL",
        )


@rule(Severity.note, approval({"rejectionMatcher": None}))
def approval_rejection(manifest: Manifest) -> Iterator[Problem]:
    """The parser of an approval recognizes rejected requests.

    Without `rejectionMatcher` a rejected request stays open in LaunchDarkly.
    """
    for pointer in (_CREATION, _STATUS):
        if manifest.has(f"{pointer}/parser/approvalMatcher") and not manifest.has(f"{pointer}/parser/rejectionMatcher"):
            place = manifest.key(f"{pointer}/parser")
            yield Problem(
                place, "the parser does not tell a rejected request from an open one", "add `rejectionMatcher`"
            )
