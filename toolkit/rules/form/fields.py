"""Form variables one by one: keys, secrets, and what customers can fill in."""

import re
from collections.abc import Iterator

from toolkit.finding import Edit, Problem
from toolkit.integration import FormVariable, Integration
from toolkit.integration.pointers import APPROVAL_FORM, ENVIRONMENT_FORM
from toolkit.regex import regex
from toolkit.rules.examples import form
from toolkit.rules.registry import error, note, rule, warning

_TAKEN = """
context oauth environment formVariables approvalFormVariables environmentFormVariables customProperties
envId this _featureStoreKey true false null undefined else if unless each with lookup log equal equalWithElse pathEncode
queryEncode basicAuthHeaderValue formatWithOffset edgeGridAuth
"""
TAKEN = frozenset(_TAKEN.split())
"""Names that mean something else in a template: its other data, and helpers."""
_IDENTIFIER = regex(r"(?!\d+$)[^\s!\"#%&'()*+,./;<=>@\[\\\]^`{|}~]+")
_WORDS = regex(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
SECRETS = frozenset(("token", "secret", "password", "passwd", "passphrase", "credential", "credentials", "apikey"))
"""Words that a secret's key or name ends in."""
_KEYS = """
access account admin api app application auth bearer encryption ingest ingestion insert integration license master
private routing sdk secret service shared signing write
"""
KEYS = frozenset(_KEYS.split())
"""Words before "key" that make it a secret; a project's or a flag's key is none."""
_CERTAIN = (["api", "key"], ["secret", "key"], ["private", "key"], ["access", "key"], ["shared", "key"])
"""What is a secret for certain."""
_TOKEN = {"key": "apiToken", "name": "Acme API token", "description": "Enter the token of your Acme account."}


def _words(text: object) -> list[str]:
    """The words of a key or a name in small letters; a capital starts one."""
    return [word.lower() for word in _WORDS.findall(text)] if isinstance(text, str) else []


def says_secret(text: object) -> bool:
    """Whether a key or a name says that its value is a secret."""
    words = _words(text)
    return words[-1:] != [] and (
        words[-1] in SECRETS or (words[-1] == "key" and words[-2:-1] != [] and words[-2] in KEYS)
    )


@rule(
    warning,
    bad=[form(key="environment", type="string"), form(key="acme.region", type="string")],
)
def unusable_key(form_variable: FormVariable) -> Iterator[Problem]:
    """A form variable's key can be used in templates.

    It consists of letters, digits, hyphens and underscores; a period or a slash would be read as a path. Names such as
    `context` and `if` already mean something else in templates.
    """
    key = form_variable.value.get("key")
    if not isinstance(key, str) or re.search(r"\s", key):
        return
    if key in TAKEN and form_variable.list not in (APPROVAL_FORM, ENVIRONMENT_FORM):
        yield Problem(form_variable.at("key"), f"{key} already means something else in templates", "choose another key")
    elif not _IDENTIFIER.fullmatch(key):
        said = f"templates cannot use the key {key}" if key else "the key is empty"
        yield Problem(form_variable.at("key"), said, "use letters, digits, hyphens and underscores")


@rule(
    error,
    bad=[form({**_TOKEN, "type": "string"}), form({**_TOKEN, "key": "apiKey", "name": "Acme key", "type": "string"})],
    good=[
        form({**_TOKEN, "type": "string", "isSecret": True}),
        form(key="tokenName", name="Name of a region", type="string"),
        form(key="projectKey", name="Project key", type="string"),
    ],
)
def unmarked_secret(form_variable: FormVariable, integration: Integration) -> Iterator[Problem]:
    """A form variable for a token, a password or a secret key has `isSecret`.

    Otherwise the form shows it in plain text to everybody who can see the integration. What is only called some kind of
    key is a warning. So is an explicit `"isSecret": false` where an Authorization header prints the answer; elsewhere,
    somebody has decided it, and it is a note.
    """
    if form_variable.type != "string" or form_variable.is_true("isSecret"):
        return
    names = [name for name in map(form_variable.value.get, ("key", "name")) if says_secret(name)]
    if not names:
        return
    there = form_variable.has("isSecret")
    place = form_variable.at("isSecret" if there else "key")
    edit = Edit.json(place, True, safe=False) if there else Edit.member(place, "isSecret", True, safe=False)
    edits = (edit,) if there or form_variable.has("key") else ()
    certain = any(_words(name)[-1] in SECRETS or _words(name)[-2:] in _CERTAIN for name in names)
    decided = note if there and not (certain and _authorizes(form_variable.key, integration)) else None
    severity = decided or (None if certain and not there else warning)
    message = f"{form_variable.key} looks like a secret, but is not marked as one"
    yield Problem(place, message, 'add `"isSecret": true`', edits, severity=severity)


def _authorizes(key: str, integration: Integration) -> bool:
    """Whether an Authorization header prints the answer to a form variable."""
    headers = (header for endpoint in integration.endpoints for header in endpoint.headers)
    printed = re.compile(rf"\{{\{{[^}}]*\b{re.escape(key)}\b")
    return any(header.name.lower() == "authorization" and printed.search(header.value) for header in headers)


@rule(
    warning,
    bad=form({**_TOKEN, "type": "string", "isSecret": True, "isOptional": True, "defaultValue": "acme"}),
    good=form({**_TOKEN, "type": "string", "isSecret": True, "isOptional": True, "defaultValue": ""}),
    unless=("leaked-secret",),
)
def default_secret(form_variable: FormVariable) -> Iterator[Problem]:
    """A secret form variable has no default.

    The manifest is public, so its default is no secret. An empty default is fine, it makes the field optional. What is
    certainly a credential is an error of the rule `leaked-secret`.
    """
    if form_variable.is_true("isSecret") and form_variable.value.get("defaultValue") not in (None, ""):
        place = form_variable.at("defaultValue")
        yield Problem(place, f"the secret {form_variable.key} has a default that everybody can read", "remove it")


@rule(
    note,
    bad=form(key="baseUrl", name="Acme URL", type="string"),
    good=form(key="urlName", name="URL name", type="string"),
)
def url_as_string(form_variable: FormVariable) -> Iterator[Problem]:
    """A form variable that asks for a URL has the type `uri`.

    The form then tells customers at once when they forget https://. Several accepted integrations use a string.
    """
    last = {tuple(_words(form_variable.value.get(name))[-1:]) for name in ("key", "name")}
    if form_variable.type == "string" and last & {("url",), ("uri",)} and not form_variable.is_true("isSecret"):
        place = form_variable.at("type")
        yield Problem(
            place,
            f"{form_variable.key} asks for a URL, but its type is string",
            "change its type to `uri`",
            (Edit.json(place, "uri", safe=False),),
        )


@rule(
    warning,
    bad=form(type="string", isHidden=True),
    good=form(type="string", isHidden=True, isOptional=True, defaultValue="eu"),
)
def hidden_required(form_variable: FormVariable) -> Iterator[Problem]:
    """A hidden form variable is optional, with a default.

    Nobody can fill in a field that is not shown. Form variables that `dependsOn` can show, or that LaunchDarkly
    generates, are exempt.
    """
    filled = form_variable.has("dependsOn", "defaultValue") or form_variable.type in ("generated", "publicKey")
    if form_variable.is_true("isHidden") and not form_variable.is_true("isOptional") and not filled:
        place = form_variable.at("isHidden")
        help_ = 'show it, or add `"isOptional": true` and a default'
        yield Problem(place, f"{form_variable.key} is required, but hidden", help_)


@rule(note, bad=form(description="Region", type="string"), pedantic=True)
def repeated_label(form_variable: FormVariable) -> Iterator[Problem]:
    """The description of a form variable says more than its name.

    Say what to enter and where to find it: "Enter the [API key](https://...) of your account."
    """
    name, said = form_variable.value.get("name"), form_variable.value.get("description")
    if isinstance(name, str) and isinstance(said, str) and name.strip(" .:").lower() == said.strip(" .:").lower() != "":
        yield Problem(
            form_variable.at("description"),
            "the description repeats the name",
            "say what to enter and where to find it",
        )
