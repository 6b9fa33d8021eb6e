"""Whether the terminal shows links (OSC 8)."""

import os
import sys
from collections.abc import Mapping

from toolkit.cli.options import Options

_PROGRAMS = frozenset({"iTerm.app", "vscode", "WezTerm", "ghostty", "Hyper", "Tabby", "rio"})
_KINDS = ("xterm-kitty", "alacritty", "foot", "xterm-ghostty", "wezterm")
_VTE = 5000
"""The first version of VTE, which GNOME's terminals share, with links: 0.50."""


def shows_links(environment: Mapping[str, str] = os.environ) -> bool:
    """What the terminal says of itself in the environment; FORCE_HYPERLINK (0 or 1) counts more.

    Terminals: https://github.com/Alhadis/OSC8-Adoption
    """
    if forced := environment.get("FORCE_HYPERLINK"):
        return forced != "0"
    if environment.get("TERM", "").startswith(_KINDS) or environment.get("TERM_PROGRAM") in _PROGRAMS:
        return True
    version = environment.get("VTE_VERSION", "")
    recent = version.isdecimal() and int(version) >= _VTE
    return recent or any(name in environment for name in ("WT_SESSION", "KONSOLE_VERSION", "DOMTERM"))


def links_wanted(options: Options) -> bool:
    """Whether rules are to be links: on a terminal that shows them, unless somebody said no."""
    wanted = not options.no_links and not os.environ.get("NO_COLOR")
    return wanted and sys.stdout.isatty() and shows_links()
