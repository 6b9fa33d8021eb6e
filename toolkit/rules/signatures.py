"""How LaunchDarkly signs its requests."""

import re
from collections.abc import Iterable, Iterator

from toolkit.finding import Problem, Severity
from toolkit.integration import FormVariable, Manifest
from toolkit.integration.form_variable import ROOT
from toolkit.rules.fields import Field
from toolkit.rules.headers import headers, signatures
from toolkit.rules.hooks import AUDIT
from toolkit.rules.patches import CONTENT, REGION, hook, store
from toolkit.rules.registry import rule

_UNKNOWN = {"hmacSignature": {"headerName": "X-LD-Signature", "hmacSecretFormVariableKey": "secret"}}
_BY_REGION = {"headerName": "X-LD-Signature", "hmacSecretFormVariableKey": "region"}
_SIGNATURE = r"(?i)(?:.*[-_.])?(?:signature|hmac)(?:[-_]?(?:v?\d+|sha[-_]?\d+))?"
"""The name of a header for a signature; `X-Signature-Key` and `X-Signature-Version` hold something else."""
_BARE = r"(?:sha\d+=)?\{\{\{?\s*(?:[\w-]+\.)*([\w-]+)\s*\}\}\}?"
"""One form variable and nothing else."""


@rule(Severity.error, hook({"headers": [CONTENT, {"name": "X-LD-Signature", "value": "{{{token}}}"}]}))
def signature_header(manifest: Manifest) -> Iterator[Problem]:
    """A signature header contains a signature, not the secret itself.

    Otherwise whoever sees one request can forge others. `hmacSignature` names the header and the form variable with the
    secret, and LaunchDarkly signs each request.
    """
    keys = {variable.key for variable in manifest.form_variables}
    for header in headers(manifest):
        if re.fullmatch(_SIGNATURE, header.name):
            named = re.fullmatch(_BARE, header.value.strip())
            if named and named[1] in keys:
                place = manifest.at(f"{header.pointer}/value")
                message = f"{header.name} sends the form variable {named[1]} itself"
                yield Problem(place, message, "use `hmacSignature` instead of the header")


@rule(
    Severity.error,
    hook(_UNKNOWN),
    hook({"headers": [CONTENT], "hmacSignature": _BY_REGION}, ({**REGION, "type": "string"},)),
    gate="tests",
)
def hmac_variable(manifest: Manifest) -> Iterator[Problem]:
    """An audit log hook signs its requests with a secret form variable of type `string`.

    `hmacSecretFormVariableKey` is the key of that form variable, without braces.
    """
    variables = [variable for variable in manifest.form_variables if variable.list == ROOT]
    for field in signatures(manifest):
        if field.pointer.startswith(AUDIT):
            yield from _hmac(manifest, field, variables)


@rule(Severity.error, store(validation=_UNKNOWN))
def hmac_variable_elsewhere(manifest: Manifest) -> Iterator[Problem]:
    """Other requests are signed with a secret form variable of type `string` too.

    The official tests check audit log hooks only.
    """
    for field in signatures(manifest):
        if not field.pointer.startswith(AUDIT):
            yield from _hmac(manifest, field, manifest.form_variables)


def _hmac(manifest: Manifest, field: Field, variables: Iterable[FormVariable]) -> Iterator[Problem]:
    key, place = field.value.get("hmacSecretFormVariableKey"), manifest.at(f"{field.pointer}/hmacSecretFormVariableKey")
    named = next((variable for variable in variables if variable.value.get("key") == key), None)
    if named is None:
        said = f"{key} is not a form variable" if key else "hmacSecretFormVariableKey names no form variable"
        yield Problem(place, said, "write the key of a secret form variable")
    elif named.type != "string" or not named.is_true("isSecret"):
        yield Problem(place, f"{key} is not a secret string", 'change its type to `string` and add `"isSecret": true`')


@rule(Severity.warning, hook({"headers": [CONTENT], "hmacSignature": {"hmacSecretFormVariableKey": "token"}}))
def hmac_header(manifest: Manifest) -> Iterator[Problem]:
    """`hmacSignature` names the header of the signature.

    X-LD-Signature is the usual one.
    """
    for field in signatures(manifest):
        if not field.value.get("headerName"):
            help_ = 'add `"headerName": "X-LD-Signature"`'
            yield Problem(manifest.at(field.pointer), "hmacSignature has no headerName", help_)
