"""Whose pages the links lead to, and which."""

import re
from collections.abc import Iterator

from toolkit.finding import Problem
from toolkit.integration import Integration, Link, Manifest
from toolkit.integration.links import leading_to
from toolkit.integration.manifest import NAME
from toolkit.integration.product import domain, is_launchdarkly
from toolkit.regex import regex
from toolkit.rules.examples import README, ZEPHYR, links
from toolkit.rules.registry import note, rule, warning

_SITE, _DOCS = "/links/site", "/links/launchdarklyDocs"
_SUPPORT, _PRIVACY = "/links/supportWebsite", "/links/privacyPolicy"
_OLD_DOCS, _NEW_DOCS = "docs.launchdarkly.com", "launchdarkly.com/docs"
_GENERAL = regex(r"/docs(?:/(?:integrations|home|guides|sdk)|/home/[\w-]+(?:/[\w-]*segments?[\w-]*)?)?/?")
"""Paths of pages that are about a part of LaunchDarkly, and not about one integration."""
_HELP = regex(r"(?:^|\.)(?:help|support|docs|documentation|developers?|kb|status)\.")


def _link(manifest: Manifest, pointer: str) -> Link:
    return Link(manifest.text(pointer), manifest.at(pointer), "field", pointer.removeprefix("/").replace("/", "."))


def _path(link: Link) -> str:
    return link.parts.path if link.parts else ""


@rule(note, bad=links(launchdarklyDocs=None))
def docs_link_missing(manifest: Manifest) -> Iterator[Problem]:
    """The manifest links to the integration's page in LaunchDarkly's documentation.

    The page is written together with LaunchDarkly's documentation team, often after the integration is accepted.
    """
    if manifest.object("/links") and not manifest.has(_DOCS):
        help_ = "add https://launchdarkly.com/docs/integrations/<name> when the page exists"
        yield Problem(manifest.key("/links"), "links has no launchdarklyDocs", help_)


@rule(
    warning,
    bad=[
        links(launchdarklyDocs="https://acme-orders.io/docs/launchdarkly"),
        {**links(launchdarklyDocs="https://launchdarkly.com/docs/integrations/zephyr"), **ZEPHYR, "README.md": None},
        links(launchdarklyDocs="https://launchdarkly.com/docs/integrations"),
    ],
    good={**links(launchdarklyDocs="https://launchdarkly.com/docs/integrations/acme"), "README.md": None},
    unless=("placeholder-host", "placeholder-text", "malformed-link", "outdated-docs-link"),
)
def wrong_docs_link(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """`launchdarklyDocs` leads to the page about this integration in LaunchDarkly's documentation.

    The documentation is at https://launchdarkly.com/docs. Pages of your own go into `supportWebsite`: there they are a
    note, since they are better than no link. A general page is a note too. Some accepted integrations have this defect.
    """
    link = _link(manifest, _DOCS)
    if not link.is_web or "." not in link.host:
        return
    if link.host != "launchdarkly.com" or not re.match(r"/docs(?:/|\Z)", _path(link)):
        own = domain(link.host) in integration.ownership.domains
        message = f"launchdarklyDocs leads to {link.host}, not to LaunchDarkly's documentation"
        help_ = f"link to a page under https://{_NEW_DOCS}, or move the link to supportWebsite"
        yield Problem(link.place, message, help_, severity=note if own else None)
    elif other := _others_page(link, integration):
        yield Problem(link.place, f"launchdarklyDocs leads to the page of {other}", "link to the page of your own")
    elif _GENERAL.fullmatch(_path(link)) and not integration.ownership.is_launchdarkly:
        help_ = "link to the integration's own page"
        yield Problem(link.place, "launchdarklyDocs leads to a general page", help_, severity=note)


def _others_page(link: Link, integration: Integration) -> str:
    """The name of another integration whose page of the documentation it is."""
    page = _path(link).rstrip("/").rpartition("/")[2].lower()
    other = integration.ownership.page_of(page) if "/integrations/" in _path(link) else None
    return other.name if other else ""


@rule(
    warning,
    bad=[
        links(launchdarklyDocs="https://docs.launchdarkly.com/integrations/acme-signals"),
        {"README.md": f"{README}\nSee [segments](https://docs.launchdarkly.com/home/segments).\n"},
    ],
    good={"README.md": f"{README}\nSee [segments](https://launchdarkly.com/docs/home/segments).\n"},
)
def outdated_docs_link(link: Link) -> Iterator[Problem]:
    """Links to LaunchDarkly's documentation use its present address, https://launchdarkly.com/docs.

    It was at docs.launchdarkly.com until 2025; that address only redirects. Outside `launchdarklyDocs` it is a note.
    """
    if link.host == _OLD_DOCS and not link.is_template:
        edits = leading_to(link, link.url.replace(_OLD_DOCS, _NEW_DOCS, 1).replace("http://", "https://", 1))
        message = f"the documentation has moved from {_OLD_DOCS} to {_NEW_DOCS}"
        help_ = f"link to https://{_NEW_DOCS}{_path(link)}"
        severity = None if link.role == "links.launchdarklyDocs" else note
        yield Problem(link.place, message, help_, edits, severity=severity)


@rule(
    warning,
    bad=[
        links(site="https://launchdarkly.com/integrations/"),
        links(privacyPolicy="https://launchdarkly.com/policies/privacy/"),
        {**links(supportWebsite="https://zephyr.example/help"), **ZEPHYR},
    ],
    good={
        **links(privacyPolicy="https://launchdarkly.com/policies/privacy/"),
        NAME: {"supportEmail": "support@launchdarkly.com", "links": {"site": "https://launchdarkly.com"}},
    },
    unless=("placeholder-text", "malformed-link"),
)
def foreign_page(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """Site, support and privacy policy are the partner's own pages, not LaunchDarkly's or another partner's.

    Customers follow them to learn about the partner. LaunchDarkly's are right only for integrations that LaunchDarkly
    looks after, with a support address of its own. LaunchDarkly's privacy policy is a note.
    """
    whose = integration.ownership
    for pointer in (_SITE, _SUPPORT, _PRIVACY):
        link = _link(manifest, pointer)
        name = pointer.rpartition("/")[2]
        if is_launchdarkly(link.host) and not whose.is_launchdarkly:
            severity = note if pointer == _PRIVACY else None
            message = f"{name} is LaunchDarkly's, not your own"
            yield Problem(link.place, message, "link to your own website", severity=severity)
        elif not whose.is_launchdarkly and (other := whose.owner(link.host)):
            yield Problem(link.place, f"{name} leads to {link.host}, which is {other.name}'s", "link to your own page")


@rule(
    note,
    bad=links(site="https://help.acme-signals.example/launchdarkly"),
    good=links(site="https://www.acme-signals.example/help"),
    unless=("malformed-link",),
)
def help_page_as_site(manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """`site` leads to the product's website, not to a page of its help.

    Customers follow it to learn what the product is. Help belongs in `supportWebsite`.
    """
    link = _link(manifest, _SITE)
    if _HELP.search(link.host) and not integration.ownership.is_launchdarkly:
        yield Problem(link.place, f"site leads to {link.host}, a help page", "link to the product's own website")


@rule(
    warning,
    bad=links(privacyPolicy="https://acme-signals.io/"),
    good=links(privacyPolicy="https://privacy.acme-signals.io"),
    unless=("placeholder-host", "placeholder-text", "malformed-link", "foreign-page"),
)
def unspecific_privacy_policy(manifest: Manifest) -> Iterator[Problem]:
    """`privacyPolicy` leads to a privacy policy, not to a home page or to the page of another link.

    Customers and reviewers expect the policy itself.
    """
    link = _link(manifest, _PRIVACY)
    if not (link.is_web and link.parts and link.host):
        return
    same = [name for name in (_SITE, _DOCS, _SUPPORT) if manifest.text(name).strip("/ ") == link.url.strip("/ ")]
    page = link.parts.path.strip("/") or link.parts.query or link.parts.fragment or "priva" in link.host
    if same:
        message = f"privacyPolicy leads to the same page as {same[0].rpartition('/')[2]}"
    elif not page:
        message = f"privacyPolicy leads to the home page of {link.host}"
    else:
        return
    yield Problem(link.place, message, "link to the policy itself")


@rule(
    note,
    bad={NAME: {"capabilities": {"trigger": {"documentation": "https://launchdarkly.com/docs"}}}},
    good={NAME: {"capabilities": {"trigger": {"documentation": "https://launchdarkly.com/docs/home/triggers/acme"}}}},
)
def general_documentation(manifest: Manifest) -> Iterator[Problem]:
    """The documentation of a trigger is the page that says how to set it up, not a general page."""
    link = _link(manifest, "/capabilities/trigger/documentation")
    if is_launchdarkly(link.host) and _GENERAL.fullmatch(_path(link) or "/docs"):
        yield Problem(link.place, "documentation leads to a general page", "link to the page about this trigger")
