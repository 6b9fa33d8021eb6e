"""Who the integration is: its name, author, version and support address."""

import re
from collections.abc import Iterator

from toolkit.finding import Edit, Problem, Severity
from toolkit.integration import Integration, Manifest
from toolkit.integration.manifest import NAME
from toolkit.rules.fields import Role, texts
from toolkit.rules.registry import rule

_INTEGRATION = r"(?i)\s*[-\u2013:(]?\s*\bintegrations?\b\)?"
_ADDRESS = r"(?i)^www\.|\S@\S"
_NO_REPLY = r"(?i)(?:no|do-?not)[-_.]?reply|mailer-daemon|postmaster"
_LONGEST = 200
"""Code points; what is beyond the schema's limit of 100 is no name."""
_PRIVATE = frozenset(("gmail.com", "googlemail.com", "hotmail.com", "icloud.com", "outlook.com", "yahoo.com"))
"""Hosts of private mailboxes."""
_ZEPHYR = {
    "author": "Zephyr",
    "overview": "Keep the books of your experiments in Zephyr.",
    "description": "Zephyr keeps a ledger of what your experiments cost and what they earn.",
    "supportEmail": "support@zephyr.example",
    "links": {
        "site": "https://zephyr.example",
        "supportWebsite": "https://zephyr.example/help",
        "privacyPolicy": "https://zephyr.example/privacy",
    },
}
"""The manifest of another integration, but for its name."""


@rule(Severity.warning, {NAME: {"name": "Acme Signals Integration"}})
def name_integration(manifest: Manifest) -> Iterator[Problem]:
    """The name is the product's name, without the word "integration".

    The page lists nothing but integrations; reviewers remove the word.
    """
    name = manifest.text("/name")[:_LONGEST]
    if "ntegration" in name.lower() and (match := re.search(_INTEGRATION, name)):
        left = f"{name[: match.start()]}{name[match.end() :]}".strip()
        edits = (Edit.json(manifest.at("/name"), left, safe=False),) if len(left) > 2 else ()
        place = manifest.at("/name", match.span())
        yield Problem(
            place, f"the name contains `{match[0].strip()}`", f"call it `{left}`" if left else "name it", edits
        )


@rule(
    Severity.warning,
    {
        NAME: {
            "name": "Acme Triggers",
            "otherCapabilities": None,
            "capabilities": {"trigger": {"documentation": "https://acme-signals.example/help/triggers"}},
        }
    },
)
def name_trigger(manifest: Manifest) -> Iterator[Problem]:
    """The name of an integration that is only a trigger does not contain the word "trigger".

    LaunchDarkly adds the word itself.
    """
    match = re.search(r"(?i)\btriggers?\b", manifest.text("/name"))
    if match and list(manifest.object("/capabilities")) == ["trigger"]:
        yield Problem(manifest.at("/name", match.span()), f"the name contains `{match[0]}`", "remove the word")


@rule(Severity.warning, {NAME: {"author": "hello@acme-signals.example"}})
def name_address(manifest: Manifest) -> Iterator[Problem]:
    """Name and author are names, not e-mail addresses or host names.

    Addresses have fields of their own: `links` and `supportEmail`.
    """
    for text in texts(manifest, Role.name):
        if re.search(_ADDRESS, text.value):
            yield Problem(manifest.at(text.pointer), f"{text.key} is an address", "write the name that customers know")


@rule(Severity.note, {NAME: {"name": "acme-signals"}, ".": "acme-signals"})
def name_slug(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
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
    Severity.warning,
    {NAME: {}, f"../acme-orders/{NAME}": '{"name": "Acme Signals"}'},
)
def name_taken(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """No other integration has the same name.

    Customers could not tell the two cards apart. A partner with two integrations needs two names, such as "Acme" and
    "Acme Segments". The name is compared with those in the directories beside this one.
    """
    name = manifest.text("/name").strip().casefold()
    for other, value in integration.siblings.items() if name else ():
        theirs = value.get("name") if isinstance(value, dict) else None
        if isinstance(theirs, str) and theirs.strip().casefold() == name:
            yield Problem(manifest.at("/name"), f"the integration {other} has the same name", "choose another name")


@rule(Severity.warning, {NAME: _ZEPHYR})
def name_foreign(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """At least one word of the name also appears elsewhere in the integration.

    In the directory name, the author, the overview, a description, the site or the support address. Otherwise the name
    was probably left over from the manifest that this one was copied from.
    """
    name = manifest.text("/name")[:_LONGEST]
    words = re.findall(r"[^\W_]{3,}", name.lower())
    pointers = ("/overview", "/description", "/details", "/author", "/links/site", "/supportEmail")
    elsewhere = (text.lower() for text in (integration.name, *map(manifest.text, pointers)))
    if words and not any(word in text for text in elsewhere for word in words):
        yield Problem(manifest.at("/name"), f"no word of the name {name.strip()} appears elsewhere", "correct the name")


@rule(Severity.warning, {NAME: {"version": "0.0.0"}})
def version_placeholder(manifest: Manifest) -> Iterator[Problem]:
    """The version is not 0.0.0.

    That is the placeholder of generators. Start with 1.0.0, or with 0.1.0 for a preview.
    """
    if manifest.text("/version").partition("-")[0].partition("+")[0] == "0.0.0":
        place = manifest.at("/version")
        edit = Edit.json(place, "1.0.0", safe=False)
        yield Problem(place, "version 0.0.0 is a placeholder", "start with 1.0.0", (edit,))


@rule(
    Severity.warning,
    {NAME: {"supportEmail": "support@acme"}},
    {NAME: {"supportEmail": "no-reply@acme-signals.example"}},
    {NAME: {"supportEmail": "acme.signals@gmail.com"}},
)
def support_email(manifest: Manifest) -> Iterator[Problem]:
    """The support address is a mailbox of your company that customers can write to.

    The official tests accept any word after the @ as a host. Nobody reads mail to a no-reply address, and customers do
    not trust a private mailbox.
    """
    mailbox, _, host = manifest.text("/supportEmail").partition("@")
    place, help_ = manifest.at("/supportEmail"), "write the address of your support team"
    if mailbox and host and "." not in host.strip("."):
        yield Problem(place, f"{host} is not a host that receives mail", help_)
    elif re.fullmatch(_NO_REPLY, mailbox):
        yield Problem(place, f"nobody reads mail to {mailbox}", help_)
    elif host.lower() in _PRIVATE:
        yield Problem(place, f"{host} is a host of private mailboxes", help_)
