"""Who the integration is: its name, author, version and support address."""

import re
from collections.abc import Iterator

from toolkit.finding import Edit, Problem
from toolkit.integration import Integration, Manifest, Text
from toolkit.integration.manifest import NAME
from toolkit.integration.siblings import which_have
from toolkit.regex import regex
from toolkit.rules.registry import note, rule, warning

_INTEGRATION = regex(r"(?i)\s*[-\u2013:(]?\s*(?<![\w.])integrations?\)?\s*\Z")
_ADDRESS = regex(r"(?i)^www\.|\S@\S")
_NO_REPLY = regex(r"(?i)(?:no|do-?not)[-_.]?reply|mailer-daemon|postmaster")
_LONGEST = 200
"""Code points; what is beyond the schema's limit of 100 is no name."""
_PRIVATE = frozenset(("gmail.com", "googlemail.com", "hotmail.com", "icloud.com", "outlook.com", "yahoo.com"))
"""Hosts of private mailboxes."""


@rule(
    warning,
    bad={NAME: {"name": "Acme Signals Integration"}},
    good=[
        {NAME: {"name": name}} for name in ("Acme.integrations.io", "Acme Integration Signals", "Acme Reintegrations")
    ],
)
def integration_in_name(manifest: Manifest) -> Iterator[Problem]:
    """The name is the product's name, without the word "integration" at its end.

    The page lists nothing but integrations; reviewers remove the word.
    """
    name = manifest.text("/name")[:_LONGEST]
    match = _INTEGRATION.search(name) if "ntegration" in name.lower() else None
    if match and (left := name[: match.start()].strip()):
        edits = (Edit.json(manifest.at("/name"), left, safe=False),) if len(left) > 2 else ()
        place = manifest.at("/name", match.span())
        yield Problem(place, f"the name ends with `{match[0].strip()}`", f"call it `{left}`", edits)


@rule(
    warning,
    bad={
        NAME: {
            "name": "Acme Triggers",
            "otherCapabilities": None,
            "capabilities": {"trigger": {"documentation": "https://acme-signals.example/help/triggers"}},
        }
    },
)
def trigger_in_name(manifest: Manifest) -> Iterator[Problem]:
    """The name of an integration that is only a trigger does not contain the word "trigger".

    LaunchDarkly adds the word itself.
    """
    match = re.search(r"(?i)\btriggers?\b", manifest.text("/name"))
    if match and list(manifest.object("/capabilities")) == ["trigger"]:
        yield Problem(manifest.at("/name", match.span()), f"the name contains `{match[0]}`", "remove the word")


@rule(warning, bad={NAME: {"author": "hello@acme-signals.example"}})
def address_as_name(text: Text) -> Iterator[Problem]:
    """Name and author are names, not e-mail addresses or host names.

    Addresses have fields of their own: `links` and `supportEmail`.
    """
    if text.role == "name" and _ADDRESS.search(text.value):
        yield Problem(text.at(), f"{text.name} is an address", "write the name that customers know")


@rule(note, bad={NAME: {"name": "acme-signals"}, ".": "acme-signals"})
def slug_as_name(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """The name is the product's name as customers know it, not the directory name.

    It is the title of the card.
    """
    name = manifest.text("/name")
    if name == integration.name and ("-" in name or "_" in name):
        place = manifest.at("/name")
        yield Problem(
            place, f"the name is the directory name {name}", "write the product's name, with capitals and spaces"
        )


@rule(
    warning,
    bad={NAME: {}, f"../acme-orders/{NAME}": '{"name": "Acme Signals"}'},
)
def name_taken(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """No other integration has the same name.

    Customers could not tell the two cards apart. A partner with two integrations needs two names, such as "Acme" and
    "Acme Segments". The name is compared with those in the directories beside this one.
    """
    name = manifest.text("/name").strip()
    others = integration.siblings.with_name(name) if name else []
    if others:
        yield Problem(manifest.at("/name"), f"{which_have(others)} the same name", "choose another name")


@rule(warning, bad={NAME: {"version": "0.0.0"}})
def placeholder_version(manifest: Manifest) -> Iterator[Problem]:
    """The version is not 0.0.0.

    That is the placeholder of generators. Start with 1.0.0, or with 0.1.0 for a preview.
    """
    if manifest.text("/version").partition("-")[0].partition("+")[0] == "0.0.0":
        place = manifest.at("/version")
        edit = Edit.json(place, "1.0.0", safe=False)
        yield Problem(place, "version 0.0.0 is a placeholder", "start with 1.0.0", (edit,))


@rule(
    warning,
    bad=[
        {NAME: {"supportEmail": "support@acme"}},
        {NAME: {"supportEmail": "no-reply@acme-signals.example"}},
        {NAME: {"supportEmail": "acme.signals@gmail.com"}},
    ],
)
def unsuitable_support_email(manifest: Manifest) -> Iterator[Problem]:
    """The support address is a mailbox of your company that customers can write to.

    The official tests accept any word after the @ as a host. Nobody reads mail to a no-reply address, and customers do
    not trust a private mailbox.
    """
    mailbox, _, host = manifest.text("/supportEmail").partition("@")
    place, help_ = manifest.at("/supportEmail"), "write the address of your support team"
    if mailbox and host and "." not in host.strip("."):
        yield Problem(place, f"{host} is not a host that receives mail", help_)
    elif _NO_REPLY.fullmatch(mailbox):
        yield Problem(place, f"nobody reads mail to {mailbox}", help_)
    elif host.lower() in _PRIVATE:
        yield Problem(place, f"{host} is a host of private mailboxes", help_)
