"""What the README says, for whoever maintains and tests the integration after you."""

import re
from collections.abc import Iterator

from toolkit.finding import Edit, Place, Problem
from toolkit.integration import Integration, Manifest, Readme
from toolkit.integration.product import domain
from toolkit.integration.readme import NAME
from toolkit.regex import regex
from toolkit.rules.examples import README, hook, links
from toolkit.rules.registry import note, rule, warning

_HOOKS = ("auditLogEventsHook", "eventsHook")
_OTHERS = ("approval", "featureStore", "syncedSegment", "buttonAction")
"""Capabilities that somebody has to try out, too."""
_WORD = regex(r"[^\W_]+")
_COMMON = frozenset({"integration", "the", "for", "launchdarkly", "with"})
_COMMAND = regex(r"\bnpm run (?:curl|preview) (?:-- )?([a-z0-9][a-z0-9.-]*[a-z0-9])(?![\w/])")
_DOCS = "launchdarkly.com"


@rule(
    warning,
    bad=[
        {
            NAME: None,
            "templates/flag.hbs": "{{{title.plainText}}}\n",
            **hook(useStandardWebhookPayload=None, templates={"flag": "templates/flag.hbs"}),
        }
    ],
    good=[{NAME: None}, {NAME: None, **hook()}],
)
def missing_readme(integration: Integration, manifest: Manifest) -> Iterator[Problem]:
    """An integration with a hook of its own templates has a `README.md`.

    It says what is sent where, how to try it (`npm run curl <directory>`), and where the receiving API is documented.
    With an approval, a feature store, a synced segment or a button, a README is worth having: a note. A card alone, and
    a hook that sends LaunchDarkly's standard payload, need none.
    """
    if any(path.lower() == NAME.lower() for path in integration.files):
        return
    hooks = [manifest.object(f"/capabilities/{name}") for name in _HOOKS]
    own = any(hook and not hook.get("useStandardWebhookPayload") and not hook.get("deliveryMethod") for hook in hooks)
    if own or any(manifest.has(f"/capabilities/{name}") for name in _OTHERS):
        near = [path for path in integration.files if path.lower() in ("readme", "readme.txt", "readme.rst")]
        help_ = f"rename {near[0]} to {NAME}" if near else "add one that says how to try the integration"
        yield Problem(Place(""), f"{NAME} is missing", help_, severity=None if own else note)


@rule(
    warning, bad=[{NAME: ""}, {NAME: "# Acme Signals\n"}], good={NAME: "# Acme\n\nSee https://launchdarkly.com/docs.\n"}
)
def empty_readme(readme: Readme) -> Iterator[Problem]:
    """The README contains more than a title.

    It says how to maintain and to test the integration.
    """
    if readme.is_blank:
        yield Problem(readme.file.at(), f"{readme.file.path} is empty", "say how to maintain and test it, or remove it")
    elif not readme.has_body:
        yield Problem(readme.file.at(), f"{readme.file.path} has only a title", "say how to maintain and test it")


@rule(
    warning,
    bad={NAME: "# Acme Signals\n\nMeasure experiments with Acme Signals: run `npm test`.\n"},
    good={NAME: "# Acme Signals\n\nSee https://launchdarkly.com/docs/integrations/acme-signals.\n"},
    unless=("empty-readme",),
)
def readme_without_docs_link(readme: Readme, manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """The README links to the user documentation.

    That is a page of LaunchDarkly's documentation or of your own website.
    """
    hosts = {domain(link.host) for link in readme.links if link.is_web}
    if readme.has_body and hosts.isdisjoint({*integration.ownership.domains, _DOCS}):
        message = f"{readme.file.path} does not link to the user documentation"
        yield Problem(readme.file.at(), message, "link to the page in links.launchdarklyDocs")


@rule(
    note,
    bad={
        **links(launchdarklyDocs="https://launchdarkly.com/docs/integrations/acme-signals"),
        NAME: README.replace("integrations/acme-signals", "integrations/acme-orders"),
    },
    good={
        **links(launchdarklyDocs="https://launchdarkly.com/docs/integrations/acme-signals"),
        NAME: README + "\nSee also [hooks](https://launchdarkly.com/docs/integrations/webhooks).\n",
    },
)
def other_docs_link(readme: Readme, manifest: Manifest) -> Iterator[Problem]:
    """The README links to the same page of the documentation as the manifest's `launchdarklyDocs`."""
    docs = re.compile(r"https?://(?:docs\.launchdarkly\.com|(?:www\.)?launchdarkly\.com/docs)/(integrations/[\w-]+)")
    theirs = docs.match(manifest.text("/links/launchdarklyDocs"))
    found = [(link, match[1]) for link in readme.links if (match := docs.match(link.url))]
    if theirs and found and all(page != theirs[1] for _, page in found):
        link, page = found[0]
        message = f"{readme.file.path} links to {page}, the manifest to {theirs[1]}"
        yield Problem(link.place, message, "link to the same page in both")


@rule(
    note,
    bad=[{NAME: README.replace("# Acme Signals", "# Our plugin")}, {NAME: README.partition("\n\n")[2]}],
    good=[
        {NAME: README.replace("# Acme Signals", '<h1 align="center">Acme Signals</h1>')},
        {NAME: README.replace("# Acme Signals", "Acme Signals\n---")},
        {NAME: README.replace("# Acme Signals", "![Acme Signals logo](assets/square.svg)")},
    ],
    unless=("empty-readme", "foreign-name"),
)
def untitled_readme(readme: Readme, manifest: Manifest) -> Iterator[Problem]:
    """The README's title names the integration.

    A heading in HTML, an underlined one, the title of a front matter or the words of a logo count too.
    """
    name = manifest.text("/name")
    if not readme.has_body or not _words(name):
        return
    title = readme.title
    if title is None:
        yield Problem(readme.file.at(), f"{readme.file.path} has no title", f"begin it with `# {name}`")
    elif _words(title.text).isdisjoint(_words(name)):
        message = f"the title {title.text} contains no word of the name {name}"
        yield Problem(title.place, message, f"call it `# {name}`")


def _words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text) if len(word) > 1} - _COMMON


@rule(
    warning,
    bad={NAME: f"{README}\nRun `npm run curl acme-orders` to see a request.\n"},
    good={NAME: f"{README}\nRun `npm run curl sample-integration` to see a request, or `npm run curl <name>`.\n"},
)
def wrong_readme_command(readme: Readme, integration: Integration) -> Iterator[Problem]:
    """The commands in the README name this directory.

    `npm run curl` and `npm run preview` take the name of the integration's directory.
    """
    for match in _COMMAND.finditer(readme.file.text):
        if match[1] != integration.name:
            place = readme.file.at(*match.span(1))
            message = f"the directory is called {integration.name}, not {match[1]}"
            yield Problem(place, message, f"write `{integration.name}`", (Edit(place, integration.name, safe=False),))
