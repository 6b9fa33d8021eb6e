"""Whole pages: text in, HTML out, and nothing else."""

from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from markupsafe import Markup

from toolkit.preview.capabilities import capabilities
from toolkit.preview.findings import notes
from toolkit.preview.gallery import gallery
from toolkit.preview.icons import boxes, icons
from toolkit.preview.panel import panel, stored
from toolkit.preview.requests import EVENT_GROUPS, request_views, why_no_request
from toolkit.preview.row import row
from toolkit.preview.view import View

_HOME = Path(__file__).parent
_LEVELS = ("error", "warning", "note")


def page(view: View) -> str:
    """The live page of one integration."""
    return _render("page.html.jinja", title=view.integration.title, articles=[_article(view)], live=True)


def gallery_page(views: Sequence[View]) -> str:
    """The live page of several integrations: their rows, each leading to its own page."""
    return _render("page.html.jinja", title="Integrations", gallery=gallery(views), live=True)


def document(views: Sequence[View]) -> str:
    """One page that needs nothing else, neither a server nor a script, with everything about each integration."""
    articles = [_article(view, number) for number, view in enumerate(views)]
    several = gallery(views) if len(views) > 1 else []
    title = "Integrations" if several else views[0].integration.title
    sheet = style()
    digest = b64encode(sha256(sheet.encode()).digest()).decode()
    policy = f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    inside = Markup(sheet)  # noqa: S704 - our own file
    return _render("page.html.jinja", title=title, gallery=several, articles=articles, style=inside, policy=policy)


def style() -> str:
    """The style sheet of all pages."""
    return (_HOME / "static" / "page.css").read_text(encoding="utf-8")


def script() -> str:
    """The script of live pages."""
    return (_HOME / "static" / "page.js").read_text(encoding="utf-8")


def _article(view: View, number: int = 0) -> dict[str, Any]:
    """What the template of one integration needs; ``number`` tells its controls from those of others."""
    found, shown = notes(view), icons(view.integration, view.findings)
    severities = [finding.severity.name for finding in view.findings]
    return {
        "view": view,
        "prefix": f"i{number}",
        "readable": view.integration.manifest is not None,
        "row": row(view),
        "icons": shown,
        "boxes": {role: boxes(view.integration, icon) for role, icon in shown.items()},
        "panel": panel(view),
        "stored": list(stored(view)),
        "capabilities": capabilities(view),
        "requests": request_views(view),
        "why_none": why_no_request(view),
        "event_groups": EVENT_GROUPS,
        "notes": found,
        "counts": [(level, severities.count(level)) for level in _LEVELS if level in severities],
    }


def _render(name: str, **facts: Any) -> str:
    defaults: dict[str, Any] = {"articles": [], "gallery": [], "live": False, "style": "", "policy": ""}
    html: str = _environment().get_template(name).render({**defaults, **facts})
    return html


@cache
def _environment() -> Any:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HOME / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
