"""What the README says: its spelling and its marks."""

import re
from collections.abc import Iterator

from toolkit.finding import Edit, Problem, Severity
from toolkit.integration import Integration, Readme
from toolkit.rules.readme import GOOD
from toolkit.rules.registry import rule
from toolkit.rules.spelling import masked
from toolkit.rules.vocabulary import TYPOS
from toolkit.rules.wording import broken_links

_WORD = re.compile(r"(?<![\w./@:#=&?-])[A-Za-z]+(?![\w/@]|[.:=-]\w)")
_LETTERS = re.compile(r"[a-z]+")
_COMMAND = re.compile(r"\bnpm run (?:curl|preview) (?:-- )?([a-z0-9][a-z0-9.-]*[a-z0-9])(?![\w/])")
_LAUNCHDARKLY = re.compile(r"(?<![\w./@:#=&?-])(?:Launchdarkly|Launch Darkly|launch darkly)(?![\w/@]|[.:=-]\w)")


@rule(Severity.warning, {"README.md": f"{GOOD}\nSee [the guide] (https://acme-signals.io/guide).\n"})
def readme_link_form(readme: Readme) -> Iterator[Problem]:
    """A link in the README is written `[text](https://...)`.

    The text in brackets, the address in parentheses right behind it, both closed. Anything else is shown as typed.
    """
    for start, end in broken_links(readme.prose):
        said = readme.prose[start:end][:60].splitlines()[0]
        yield Problem(readme.file.at(start, end), f"`{said}` is not a link in Markdown", "write `[text](https://...)`")


@rule(Severity.warning, {"README.md": f"{GOOD}\nRun `npm run curl acme-orders` to see a request.\n"})
def readme_command(readme: Readme, integration: Integration) -> Iterator[Problem]:
    """The commands in the README name this directory.

    `npm run curl` and `npm run preview` take the name of the integration's directory.
    """
    for match in _COMMAND.finditer(readme.file.text):
        if match[1] != integration.name:
            place = readme.file.at(*match.span(1))
            message = f"the directory is called {integration.name}, not {match[1]}"
            yield Problem(place, message, f"write `{integration.name}`", (Edit(place, integration.name, safe=False),))


@rule(Severity.note, {"README.md": f"{GOOD}\nYou will recieve a message.\n"})
def readme_spelling(readme: Readme) -> Iterator[Problem]:
    """Words and LaunchDarkly's name are spelled correctly in the README.

    Only words that are certainly misspelled are reported, and the British spellings that reviewers replace.
    """
    prose = masked(readme.prose)
    suspects = () if TYPOS.keys().isdisjoint(_LETTERS.findall(prose.lower())) else _WORD.finditer(prose)
    for match in suspects:
        if right := TYPOS.get(match[0].lower()):
            mended = right.capitalize() if match[0][0].isupper() else right
            place = readme.file.at(*match.span())
            yield Problem(place, f"`{match[0]}` is misspelled", f"write `{mended}`", (Edit(place, mended),))
    for match in _LAUNCHDARKLY.finditer(prose):
        place = readme.file.at(*match.span())
        edits = (Edit(place, "LaunchDarkly"),)
        yield Problem(place, f"{match[0]} is written LaunchDarkly", "write `LaunchDarkly`", edits)
