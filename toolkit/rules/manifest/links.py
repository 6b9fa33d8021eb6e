"""The links that customers follow, in the manifest and in the README."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from toolkit.finding import Problem
from toolkit.integration import Answer, Link, Visit
from toolkit.integration.host import is_address, is_local, is_possible
from toolkit.integration.links import leading_to
from toolkit.json_text import dumps
from toolkit.regex import regex
from toolkit.rules.examples import links
from toolkit.rules.registry import Patch, error, note, rule, warning

DANGEROUS = {
    "javascript": "runs code",
    "vbscript": "runs code",
    "data": "contains the page itself",
    "file": "leads to the reader's own computer",
    "ftp": "browsers no longer support",
}
"""What is wrong with a scheme."""
_MISSPELT = regex(r"h{0,2}t{1,3}p{1,2}s{0,2}|hxxps?")
_IMPOSSIBLE = regex(r"[\s<>\"\\^`{|}\x00-\x1f]")
_PASSING = regex(
    r"(?:^|[.-])(?:staging|preprod|preview|uat)[.-]"
    r"|^(?P<short>bit\.ly|tinyurl\.com|t\.co|goo\.gl|ow\.ly|rb\.gy|is\.gd|cutt\.ly|lnkd\.in|shorturl\.at)$"
)
_UNLESS = ("placeholder-host", "placeholder-text", "fix-me")
"""What is still to be written is reported once, and nothing else about it."""
_SENTENCE = regex(r"[.,;:!'\u2019\u201d]+\Z")


def _text(link: str) -> Patch:
    """A patch that puts a Markdown link into the description."""
    words = "Acme Signals records what visitors do in your apps, and makes metrics of it."
    return {"manifest.json": {"description": f"{words} {link}"}}


@rule(
    warning,
    bad=[links(supportWebsite="http://www.acme-signals.io/help"), _text("[Read on](http://acme.io/docs).")],
    good=links(supportWebsite="HTTPS://www.acme-signals.io/http://help"),
    unless=(*_UNLESS, "malformed-link"),
)
def link_without_https(link: Link) -> Iterator[Problem]:
    """Links use https.

    Browsers warn about pages without encryption.
    """
    if link.scheme == "http" and link.is_page and not is_local(link.host) and not is_address(link.host):
        url = link.url.strip()
        message = f"{link.role} links to {link.host} with http"
        yield Problem(link.place, message, "use https", leading_to(link, f"https{url[4:]}"))


@rule(
    error,
    bad=[
        links(supportWebsite="https://"),
        links(supportWebsite="https://acme-signals.io:https/help"),
        links(supportWebsite="https://acme signals.io/help"),
        _text("[Read on](https:///docs)."),
    ],
    good=links(supportWebsite="https://acme_signals.io:8443/help?a=b#c"),
    unless=_UNLESS,
)
def malformed_link(link: Link) -> Iterator[Problem]:
    """A link is a complete URL with a valid host.

    Customers cannot open anything else.
    """
    if not link.is_web or link.is_template or link.bare:
        return
    if link.parts is None:
        message = f"{link.role} is not a valid URL: its host or port is wrong"
    elif not link.host:
        message = f"{link.role} has no host"
    elif not is_possible(link.host):
        message = f"{link.role} has an invalid host: {link.host}"
    else:
        return
    yield Problem(link.place, message, "write the whole URL, as your browser shows it")


@rule(
    warning,
    bad=links(supportWebsite="https://acme-signals.io/help me"),
    good=links(supportWebsite="https://acme-signals.io/help(me)'s"),
    unless=(*_UNLESS, "malformed-link"),
)
def unescaped_link(link: Link) -> Iterator[Problem]:
    """Spaces, quotes and brackets in a URL are percent-encoded.

    Browsers accept them, but Markdown, mail and chat programs cut the link off there.
    """
    found = _IMPOSSIBLE.search(link.url.strip())
    if found and link.is_page and is_possible(link.host):
        message = f"{link.role} contains {dumps(found[0]).strip()}, which a URL must not contain"
        url = _IMPOSSIBLE.sub(lambda match: quote(match[0]), link.url.strip())
        yield Problem(link.place, message, f"write {quote(found[0])} instead", leading_to(link, url))


@rule(
    warning,
    bad=[links(site="https://192.0.2.17/acme"), links(site="https://acme-signals.local")],
    good=links(site="https://local.acme-signals.io"),
    unless=(*_UNLESS, "malformed-link"),
)
def private_link(link: Link) -> Iterator[Problem]:
    """Links lead to public host names.

    Customers cannot reach localhost or a private network, and do not trust an IP address. A README may mention the
    maintainer's own machine.
    """
    if link.is_page and link.host and not link.bare and is_possible(link.host):
        local = is_local(link.host) or re.match(r"127\.|\[?::1", link.host)
        if is_address(link.host) or (local and link.kind != "readme"):
            if local and link.kind == "readme":
                return
            what = "an IP address" if is_address(link.host) else "not known outside a private network"
            yield Problem(link.place, f"{link.role} leads to {link.host}, which is {what}", "use a public host name")


@rule(
    warning,
    bad=[links(supportWebsite="https://staging.acme-signals.io/help"), links(site="https://bit.ly/acme-signals")],
    good=links(supportWebsite="https://acme-signals.io/staging"),
    unless=_UNLESS,
)
def temporary_link(link: Link) -> Iterator[Problem]:
    """Links lead to pages that last, under their own address.

    A test system goes away or asks for a password, and nobody sees where a shortened address leads.
    """
    if link.kind in ("field", "markdown") and link.is_page and (match := _PASSING.search(link.host)):
        what = "a shortened address" if match["short"] else "a test system"
        yield Problem(link.place, f"{link.role} leads to {what}, {link.host}", "link to the page that customers use")


@rule(
    error,
    bad=links(supportWebsite="https://jo:pw@acme-signals.io/help"),
    good=links(supportWebsite="https://acme-signals.io/@jo"),
)
def credentials_in_link(link: Link) -> Iterator[Problem]:
    """Links contain no user name and no password.

    Everybody can read them. A name before an `@` also hides where a link really leads; without a password it is a
    warning.
    """
    if link.is_web and not link.is_template and link.parts and "@" in link.parts.netloc:
        secret = bool(link.parts.password)
        message = f"{link.role} contains a {'password' if secret else 'user name'} for {link.host}"
        help_ = "remove it, with the @, and change the password" if secret else "remove it, with the @"
        yield Problem(link.place, message, help_, severity=None if secret else warning)


@rule(error, bad=[_text("[Read on](javascript:open())."), _text("[Read on](htps://acme-signals.io/docs).")])
def unsafe_link(link: Link) -> Iterator[Problem]:
    """Links lead to a web page or to a mailbox.

    `javascript:` and `data:` links are a way to attack whoever follows them.
    """
    if why := DANGEROUS.get(link.scheme):
        yield Problem(link.place, f"{link.role} has a link with {link.scheme}:, which {why}", "link to an https page")
    elif not link.is_web and _MISSPELT.fullmatch(link.scheme):
        message = f"{link.role} has a link with {link.scheme}:, which is not a known scheme"
        edits = leading_to(link, re.sub(r"^\s*[a-z]+", "https", link.url, flags=re.IGNORECASE))
        yield Problem(link.place, message, "did you mean `https:`?", edits)


@rule(
    warning,
    bad=[_text("[Read on](docs/setup.md)."), _text("[Read on](www.acme-signals.io/docs)."), _text("[Read]().")],
)
def relative_link(link: Link) -> Iterator[Problem]:
    """Links in the texts of the manifest are absolute, with `https://`.

    LaunchDarkly shows the texts on its own pages; a relative link would lead to one of those.
    """
    if link.kind == "markdown" and not link.scheme and not link.is_template:
        leads = f"to {link.url}, which is not an absolute URL" if link.url.strip() else "nowhere"
        edits = leading_to(link, f"https://{link.url}") if link.url.startswith("www.") else ()
        yield Problem(link.place, f"a link in {link.role} leads {leads}", "write the whole URL", edits)


@rule(
    warning,
    bad=[links(supportWebsite="https://acme-signals.io/help "), links(supportWebsite="https://acme-signals.io/help.")],
)
def padded_link(link: Link) -> Iterator[Problem]:
    """A URL has no space around it and no punctuation at its end.

    Both come along when a link is copied from a sentence.
    """
    if link.kind != "field":
        return
    url = link.url.strip()
    if url != link.url:
        start = link.url.index(url)
        place = link.place._replace(span=(0, start) if start else (len(url), len(link.url)))
        yield Problem(place, f"{link.role} starts or ends with a space", "remove it", leading_to(link, url, safe=True))
    elif (mark := _SENTENCE.search(url)) and link.is_page and is_possible(link.host):
        place = link.place._replace(span=mark.span())
        yield Problem(place, f"{link.role} ends with `{mark[0]}`", "remove it", leading_to(link, url[: mark.start()]))


_SITE = "https://acme-signals.example"


@rule(warning, bad={_SITE: Answer(gone="404")})
def dead_link(visit: Visit) -> Iterator[Problem]:
    """Links lead to pages that exist.

    Checked only with `--online`. Only what is certainly gone is reported: status 404 or 410, or an unknown host. A page
    that merely refuses to answer a program counts as existing.
    """
    if visit.answer.gone:
        message = f"{visit.link.address} in {visit.link.role} is dead: {visit.answer.gone}"
        yield Problem(visit.link.place, message, "correct the link, or remove it")


@rule(note, bad={_SITE: Answer(moved="https://www.acme-signals.io")})
def moved_link(visit: Visit) -> Iterator[Problem]:
    """Links lead to the current address of a page.

    Checked only with `--online`. Reported when the server says that the page has moved permanently.
    """
    link, moved = visit.link, visit.answer.moved
    if moved and not visit.answer.gone:
        fragment = link.url.strip()[len(link.address) :]
        message = f"{link.address} in {link.role} has moved to {moved}"
        yield Problem(link.place, message, f"link to {moved}", leading_to(link, moved + fragment))
