"""How LaunchDarkly signs its requests."""

import re
from collections.abc import Iterator

from toolkit.finding import Edit, Gate, Problem
from toolkit.integration import Endpoint, FormVariable
from toolkit.integration.pointers import AUDIT_LOG_HOOK, FORM
from toolkit.regex import regex
from toolkit.rules.examples import CONTENT, REGION, SIGNED, TOKEN, hook, store
from toolkit.rules.registry import error, rule, warning
from toolkit.text import did_you_mean

_UNKNOWN = {"hmacSignature": {"headerName": "X-LD-Signature", "hmacSecretFormVariableKey": "secret"}}
_BY_REGION = {"headerName": "X-LD-Signature", "hmacSecretFormVariableKey": "region"}
_SIGNING_SECRET = {**TOKEN, "key": "signingSecret", "name": "Signing secret"}
_SENT = {"name": "Authorization", "value": "Bearer {{{signingSecret}}}"}
_SIGNING = regex(r"(?i)sign|hmac")
"""What a secret to sign with is called."""
_SIGNATURE = regex(r"(?i)(?:.*[-_.])?(?:signature|hmac)(?:[-_]?(?:v?\d+|sha[-_]?\d+))?")
"""The name of a header for a signature; `X-Signature-Key` and `X-Signature-Version` hold something else."""
_BARE = regex(r"(?:sha\d+=)?\{\{\{?\s*(?:[\w-]+\.)*([\w-]+)\s*\}\}\}?")
"""One form variable and nothing else."""


@rule(
    error,
    bad=hook({"headers": [CONTENT, {"name": "X-LD-Signature", "value": "{{{token}}}"}]}),
    good=hook({"headers": [CONTENT, {"name": "X-Signature-Key", "value": "{{{token}}}"}]}),
)
def secret_as_signature(endpoint: Endpoint) -> Iterator[Problem]:
    """A signature header contains a signature, not the secret itself.

    Otherwise whoever sees one request can forge others. `hmacSignature` names the header and the form variable with the
    secret, and LaunchDarkly signs each request.
    """
    keys = {variable.key for variable in endpoint.manifest.form_variables}
    for header in endpoint.headers:
        named = _BARE.fullmatch(header.value.strip()) if _SIGNATURE.fullmatch(header.name) else None
        if named and named[1] in keys:
            message = f"{header.name} sends the form variable {named[1]} itself"
            place = endpoint.manifest.at(f"{header.pointer}/value")
            yield Problem(place, message, "use `hmacSignature` instead of the header")


@rule(
    error,
    bad=[
        hook(_UNKNOWN),
        hook({"headers": [CONTENT], "hmacSignature": _BY_REGION}, ({**REGION, "type": "string"},)),
        store(validation=_UNKNOWN),
        hook({**SIGNED, "headers": [CONTENT, _SENT]}, (TOKEN, _SIGNING_SECRET)),
    ],
    gate="tests",
)
def wrong_signing_secret(endpoint: Endpoint) -> Iterator[Problem]:
    """A request is signed with a secret form variable of type `string`.

    `hmacSecretFormVariableKey` is the key of that form variable, without braces. The official tests check audit log
    hooks only. Where another secret is called the one to sign with, signing with this one is a warning.
    """
    if not isinstance(endpoint.value.get("hmacSignature"), dict):
        return
    tested = endpoint.pointer.startswith(f"{AUDIT_LOG_HOOK}/")
    gates: tuple[Gate, ...] | None = None if tested else ()
    variables = [one for one in endpoint.manifest.form_variables if one.list == FORM or not tested]
    if fault := _fault(endpoint.signature.get("hmacSecretFormVariableKey"), variables):
        place = endpoint.at("hmacSignature/hmacSecretFormVariableKey")
        right = re.search(r"write `(.*)`", fault[1])
        edits = (Edit.json(place, right[1], safe=False),) if right else ()
        yield Problem(place, *fault, edits, gates)
    elif better := _better(str(endpoint.signature.get("hmacSecretFormVariableKey")), variables):
        place = endpoint.at("hmacSignature/hmacSecretFormVariableKey")
        message = f"the request is signed with another secret than {better}"
        yield Problem(place, message, f"write `{better}`", gates=(), severity=warning)


def _better(key: str, variables: list[FormVariable]) -> str:
    """The only secret that is called the one to sign with, where that is another one."""
    called = [one for one in variables if _SIGNING.search(one.key) and one.is_true("isSecret") and one.type == "string"]
    return called[0].key if len(called) == 1 and not _SIGNING.search(key) and called[0].key != key else ""


def _fault(key: object, variables: list[FormVariable]) -> tuple[str, str] | None:
    """What is wrong with the key of the secret, and the remedy."""
    named = next((variable for variable in variables if variable.value.get("key") == key), None)
    if named is None:
        secrets = [variable.key for variable in variables if variable.is_true("isSecret") and variable.type == "string"]
        message = f"{key} is not a form variable" if key else "hmacSecretFormVariableKey names no form variable"
        near = did_you_mean(str(key), secrets)
        only = f"write `{secrets[0]}`" if len(secrets) == 1 else "write the key of a secret form variable"
        return message, near if near and len(secrets) > 1 else only
    if named.type != "string" or not named.is_true("isSecret"):
        return f"{key} is not a secret string", 'change its type to `string` and add `"isSecret": true`'
    return None


@rule(
    warning,
    bad=hook({"headers": [CONTENT], "hmacSignature": {"hmacSecretFormVariableKey": "token"}}),
)
def missing_signature_header(endpoint: Endpoint) -> Iterator[Problem]:
    """`hmacSignature` names the header of the signature.

    X-LD-Signature is the usual one.
    """
    if isinstance(endpoint.value.get("hmacSignature"), dict) and not endpoint.signature.get("headerName"):
        help_ = 'add `"headerName": "X-LD-Signature"`'
        yield Problem(endpoint.at("hmacSignature"), "hmacSignature has no headerName", help_)
