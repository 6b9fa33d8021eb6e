"""Where the README's links lead."""

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from toolkit.finding import Problem
from toolkit.integration import Integration, Link, Readme
from toolkit.integration.readme import NAME
from toolkit.rules.examples import README
from toolkit.rules.registry import note, rule, warning
from toolkit.text import nearest

_OWN_DISK = ("/Users/", "/home/", "C:\\", "C:/")
"""How paths begin that exist on one computer only."""


@rule(
    warning,
    bad=[
        {NAME: f"{README}\nSee [setting up](docs/setup.md).\n"},
        {NAME: f"{README}\n![How it looks](assets/screenshot.png)\n"},
    ],
    good={NAME: f"{README}\nSee [the icon](assets/square.svg#a), [others](../others) and `[x](nope.md)`.\n"},
)
def dead_readme_link(link: Link, integration: Integration) -> Iterator[Problem]:
    """Files of this directory that the README links to or shows exist.

    Letter case matters. Files outside the directory are not checked, but for paths such as `/Users/jo/acme/setup.md`.
    """
    if link.kind == "readme" and link.url.startswith(_OWN_DISK):
        yield Problem(link.place, f"{link.role} links to a file on your own disk", "write the path from the README")
    elif link.kind == "readme" and not link.bare and not link.scheme and not link.url.startswith(("#", "/")):
        path = unquote(link.url.strip().partition("#")[0].partition("?")[0])
        within = integration.inside(posixpath.join(posixpath.dirname(link.role), path))
        if path and within is not None and not integration.exists(within):
            verb = "shows" if link.image else "links to"
            yield Problem(link.place, f"{link.role} {verb} {path}, which does not exist", _near(within, integration))
        elif not link.url.strip():
            yield Problem(link.place, f"a link in {link.role} leads nowhere", "say where it leads")


def _near(path: str, integration: Integration) -> str:
    name = posixpath.basename(path).lower()
    same = [file.path for file in integration.files.values() if file.name.lower() == name]
    near = same[0] if same else nearest(path, integration.files, 0.8)
    return f"did you mean `{near}`?" if near else "add it, or remove the link"


@rule(
    warning,
    bad={NAME: f"{README}\nSee [Trying](#trying).\n"},
    good={NAME: f"{README}\nSee [Testing](#testing) and [the top](#top).\n"},
)
def dead_readme_anchor(link: Link, readme: Readme) -> Iterator[Problem]:
    """A link to a section of the README matches one of its headings.

    GitHub makes the link from the heading: lower case, hyphens for spaces, no punctuation.
    """
    if link.kind == "readme" and link.url.startswith("#") and len(link.url) > 1:
        anchor = unquote(link.url[1:]).lower().removeprefix("user-content-")
        if anchor != "top" and anchor not in readme.anchors:
            near = nearest(anchor, readme.anchors)
            others = ", ".join(f"#{name}" for name in sorted(readme.anchors)[:9])
            help_ = f"did you mean `#{near}`?" if near else f"use one of: {others}" if others else "add a heading"
            yield Problem(link.place, f"{link.role} has no heading #{anchor}", help_)


@rule(
    note,
    bad={NAME: f"{README}\nSee [the guide][nope].\n"},
    good={NAME: f"{README}\nSee [the guide][guide], note[^1] and a[0][1].\n\n[guide]: https://acme.io\n[^1]: text\n"},
)
def undefined_reference(readme: Readme) -> Iterator[Problem]:
    """A link with a name, `[text][name]`, has a definition, `[name]: https://...`.

    Without it the brackets are shown as they are typed.
    """
    for found in readme.undefined:
        message = f"nothing defines [{found.name}]"
        yield Problem(found.place, message, f"add a line `[{found.name}]: https://...`, or write the link out")
