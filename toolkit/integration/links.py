"""How a link is made to lead elsewhere."""

from toolkit.finding import Edit
from toolkit.integration.link import Link
from toolkit.json_text import dumps


def leading_to(link: Link, url: str, *, safe: bool = False) -> tuple[Edit, ...]:
    """The edit that makes a link lead to ``url``."""
    text = url if link.kind == "readme" else dumps(url).strip()
    return (Edit(link.place, text[1:-1] if link.kind == "markdown" else text, safe),)
