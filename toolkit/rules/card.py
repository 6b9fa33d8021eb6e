"""The links that the integration's card shows."""

import re
from collections.abc import Iterator

from toolkit.finding import Problem, Severity
from toolkit.integration import Link, Manifest
from toolkit.rules.links import card, is_plain, leading_to
from toolkit.rules.registry import rule

SITE, DOCS, SUPPORT, PRIVACY = "/links/site", "/links/launchdarklyDocs", "/links/supportWebsite", "/links/privacyPolicy"
DOCS_HOST = "launchdarkly.com"


def _docs(manifest: Manifest) -> Link | None:
    """The link to LaunchDarkly's documentation, where nothing worse is said of it elsewhere."""
    url = manifest.text(DOCS)
    link = Link(url, manifest.at(DOCS), "field", "links.launchdarklyDocs")
    return link if is_plain(link) and "." in link.host else None


@rule(Severity.note, {"manifest.json": {"links": {"launchdarklyDocs": None}}})
def docs_link_missing(manifest: Manifest) -> Iterator[Problem]:
    """The manifest links to the integration's page in LaunchDarkly's documentation.

    The page is written together with LaunchDarkly's documentation team, often after the integration is accepted.
    """
    if manifest.object("/links") and not manifest.has(DOCS):
        help_ = "add https://launchdarkly.com/docs/integrations/<name> when the page exists"
        yield Problem(manifest.key("/links"), "links has no launchdarklyDocs", help_)


@rule(
    Severity.warning,
    card(launchdarklyDocs="https://acme-signals.io/docs/launchdarkly"),
    card(launchdarklyDocs="https://docs.launchdarkly.com/integrations/acme-signals"),
)
def docs_link_host(manifest: Manifest) -> Iterator[Problem]:
    """`launchdarklyDocs` leads to LaunchDarkly's documentation.

    Pages of your own go into `supportWebsite`. The documentation is at https://launchdarkly.com/docs, formerly at
    docs.launchdarkly.com.
    """
    link = _docs(manifest)
    if link and link.parts and (link.host != DOCS_HOST or not re.match(r"/docs(?:/|\Z)", link.parts.path)):
        old = link.host == f"docs.{DOCS_HOST}"
        where = "the documentation's former address" if old else "not to LaunchDarkly's documentation"
        message = f"launchdarklyDocs leads to {link.host}, {where}"
        edits = leading_to(link, link.url.replace(link.host, f"{DOCS_HOST}/docs", 1)) if old else ()
        yield Problem(link.place, message, f"link to a page under https://{DOCS_HOST}/docs", edits)


@rule(Severity.note, card(launchdarklyDocs="https://launchdarkly.com/docs/integrations"))
def docs_link_page(manifest: Manifest) -> Iterator[Problem]:
    """`launchdarklyDocs` leads to the page about this integration, not to a general page.

    Customers expect the instructions for this integration there.
    """
    link = _docs(manifest)
    if link and link.parts and re.fullmatch(r"/docs(/integrations|/home)?/?", link.parts.path):
        yield Problem(link.place, "launchdarklyDocs leads to a general page", "link to the integration's own page")


def _is_foreign(manifest: Manifest, pointer: str) -> bool:
    """Whether a link of somebody else than LaunchDarkly leads to LaunchDarkly."""
    host = Link(manifest.text(pointer), manifest.at(pointer), "field", "").host
    return host.removeprefix("www.") == DOCS_HOST and "launchdarkly" not in manifest.text("/author").lower()


@rule(Severity.warning, card(site="https://launchdarkly.com/integrations/"))
def site_link(manifest: Manifest) -> Iterator[Problem]:
    """`site` leads to the partner's own website.

    Customers follow it to learn about the partner's product.
    """
    if _is_foreign(manifest, SITE):
        message = f"the site is LaunchDarkly's, not that of {manifest.text('/author')}"
        yield Problem(manifest.at(SITE), message, "link to your own website")


@rule(Severity.note, card(privacyPolicy="https://launchdarkly.com/policies/privacy/"))
def privacy_policy(manifest: Manifest) -> Iterator[Problem]:
    """The privacy policy is the partner's own.

    Reviewers ask for it. LaunchDarkly's policy is right only for integrations that LaunchDarkly runs itself.
    """
    if _is_foreign(manifest, PRIVACY):
        message = f"the privacy policy is LaunchDarkly's, not that of {manifest.text('/author')}"
        yield Problem(manifest.at(PRIVACY), message, "link to your own website")


@rule(Severity.warning, card(privacyPolicy="https://acme-signals.io/"))
def privacy_policy_page(manifest: Manifest) -> Iterator[Problem]:
    """`privacyPolicy` leads to a privacy policy, not to a home page or to the page of another link.

    Customers and reviewers expect the policy itself.
    """
    link = Link(manifest.text(PRIVACY), manifest.at(PRIVACY), "field", "links.privacyPolicy")
    if not (is_plain(link) and link.parts and link.host):
        return
    same = [name for name in (SITE, DOCS, SUPPORT) if manifest.text(name).strip("/ ") == link.url.strip("/ ")]
    page = link.parts.path.strip("/") or link.parts.query or link.parts.fragment or "priva" in link.host
    if same:
        message = f"privacyPolicy leads to the same page as {same[0].rpartition('/')[2]}"
    elif not page:
        message = f"privacyPolicy leads to the home page of {link.host}"
    else:
        return
    yield Problem(link.place, message, "link to the policy itself")
