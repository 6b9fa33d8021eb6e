"""The README: how to maintain and test the integration, for whoever comes after you."""

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from toolkit.finding import Place, Problem, Severity
from toolkit.integration import Integration, Link, Manifest, Readme
from toolkit.integration.readme import NAME
from toolkit.rules.patches import hook
from toolkit.rules.registry import rule

HOOKS = ("auditLogEventsHook", "eventsHook")
_INTRODUCTION = "# Acme Signals\n\nMeasure experiments with Acme Signals: "
_DOCS = "[user documentation](https://launchdarkly.com/docs/integrations/acme-signals)"
GOOD = f"{_INTRODUCTION}{_DOCS}.\n\n## Testing\n\nRun `npm test`.\n"
"""A README in which nothing is missing, to put something wrong into."""
_WORD = re.compile(r"[^\W_]+")
_UPKEEP = re.compile(
    r"\b(?:test(?:s|ed|ing)?|try|verify\w*|maintain\w*|maintenance|development|contribut\w+|curl|npm|ldit)\b",
    re.IGNORECASE,
)


def _has_hook(manifest: Manifest) -> bool:
    return any(manifest.has(f"/capabilities/{hook}") for hook in HOOKS)


@rule(Severity.note, {NAME: None})
def readme_missing(integration: Integration, manifest: Manifest) -> Iterator[Problem]:
    """An integration has a `README.md`.

    It says how to maintain and to test the integration, and links to its user documentation. Most accepted
    integrations have none.
    """
    if not _has_readme(integration) and not _has_hook(manifest):
        yield _missing(integration)


@rule(Severity.warning, {NAME: None, **hook()})
def hook_readme(integration: Integration, manifest: Manifest) -> Iterator[Problem]:
    """An integration with a hook has a `README.md`.

    It says what is sent where, how to try it (`npm run curl <directory>`), and where the receiving API is documented.
    """
    if not _has_readme(integration) and _has_hook(manifest):
        yield _missing(integration)


def _has_readme(integration: Integration) -> bool:
    return any(path.lower() == NAME.lower() for path in integration.files)


def _missing(integration: Integration) -> Problem:
    near = [path for path in integration.files if path.lower() in ("readme", "readme.txt", "readme.rst", "readme.mdx")]
    return Problem(Place(""), f"{NAME} is missing", f"rename {near[0]} to {NAME}" if near else "add one")


@rule(Severity.warning, {NAME: ""}, {NAME: "# Acme Signals\n"})
def readme_empty(readme: Readme) -> Iterator[Problem]:
    """The README contains more than a title.

    It says how to maintain and to test the integration.
    """
    if readme.is_blank:
        yield Problem(readme.file.at(), f"{readme.file.path} is empty", "say how to maintain and test it, or remove it")
    elif not readme.has_body:
        yield Problem(readme.file.at(), f"{readme.file.path} has only a title", "say how to maintain and test it")


@rule(Severity.warning, {NAME: f"{_INTRODUCTION}run `npm test`.\n"})
def readme_docs_link(readme: Readme, manifest: Manifest) -> Iterator[Problem]:
    """The README links to the user documentation.

    That is a page of LaunchDarkly's documentation or of your own website.
    """
    own = {_domain(Link(str(url), readme.file.at(), "field", "").host) for url in manifest.object("/links").values()}
    hosts = {_domain(link.host) for link in readme.links if link.is_web}
    if readme.has_body and hosts.isdisjoint(own | {"launchdarkly.com"}):
        message = f"{readme.file.path} does not link to the user documentation"
        yield Problem(readme.file.at(), message, "link to the page in links.launchdarklyDocs")


_OWN_DISK = ("/Users/", "/home/", "C:\\", "C:/")
"""How paths begin that exist on one computer only."""


def _domain(host: str) -> str:
    return ".".join(host.split(".")[-2:]) or "none"


@rule(Severity.note, {NAME: f"{_INTRODUCTION}{_DOCS}.\n"})
def readme_upkeep(readme: Readme) -> Iterator[Problem]:
    """The README says how to test and maintain the integration.

    For a hook, a line with `npm run curl <directory>` is enough; otherwise say what to click to see it work.
    """
    if readme.has_body and not _UPKEEP.search(readme.file.text):
        message = f"{readme.file.path} does not say how to test or maintain the integration"
        yield Problem(readme.file.at(), message, "add a section about it")


@rule(Severity.note, {NAME: GOOD.replace("# Acme Signals", "# Our plugin")}, {NAME: GOOD.partition("\n\n")[2]})
def readme_title(readme: Readme, manifest: Manifest) -> Iterator[Problem]:
    """The README's title names the integration."""
    first = readme.headings[0] if readme.headings else None
    name = manifest.text("/name")
    if not readme.has_body or not _words(name):
        return
    if first is None or first.level > 1:
        yield Problem(readme.file.at(), f"{readme.file.path} has no title", f"begin it with `# {name}`")
    elif _words(first.text).isdisjoint(_words(name)):
        yield Problem(first.place, f"the title {first.text} contains no word of the name {name}", f"call it `# {name}`")


def _words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text) if len(word) > 1} - {
        "integration",
        "the",
        "for",
        "launchdarkly",
        "with",
    }


@rule(
    Severity.warning,
    {NAME: f"{GOOD}\nSee [setting up](docs/setup.md).\n"},
    {NAME: f"{GOOD}\n![How it looks](assets/screenshot.png)\n"},
)
def readme_dead_link(link: Link, integration: Integration) -> Iterator[Problem]:
    """Files of this directory that the README links to or shows exist.

    Letter case matters. Files outside the directory are not checked, but for paths such as `/Users/jo/acme/setup.md`.
    """
    if link.kind == "readme" and link.url.startswith(_OWN_DISK):
        yield Problem(link.place, f"{link.role} links to a file on your own disk", "write the path from the README")
    elif link.kind == "readme" and not link.bare and not link.scheme and not link.url.startswith(("#", "/")):
        path = unquote(link.url.strip().partition("#")[0].partition("?")[0])
        within = integration.inside(posixpath.join(posixpath.dirname(link.role), path))
        if path and within is not None and not integration.exists(within):
            what = "shows" if link.image else "links to"
            yield Problem(link.place, f"{link.role} {what} {path}, which does not exist", _near(within, integration))
        elif not link.url.strip():
            yield Problem(link.place, f"a link in {link.role} leads nowhere", "say where it leads")


def _near(path: str, integration: Integration) -> str:
    name = posixpath.basename(path).lower()
    same = [file.path for file in integration.files.values() if file.name.lower() == name]
    return f"did you mean `{same[0]}`?" if same else "add it, or remove the link"


@rule(Severity.warning, {NAME: f"{GOOD}\nSee [Trying](#trying).\n"})
def readme_dead_anchor(link: Link, readme: Readme) -> Iterator[Problem]:
    """A link to a section of the README matches one of its headings.

    GitHub makes the link from the heading: lower case, hyphens for spaces, no punctuation.
    """
    if link.kind == "readme" and link.url.startswith("#") and len(link.url) > 1:
        anchor = unquote(link.url[1:]).lower().removeprefix("user-content-")
        if anchor != "top" and anchor not in readme.anchors:
            message = f"{link.role} has no heading #{anchor}"
            yield Problem(
                link.place, message, "use one of: " + ", ".join(f"#{name}" for name in sorted(readme.anchors)[:9])
            )
