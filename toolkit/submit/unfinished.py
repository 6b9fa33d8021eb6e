"""What an integration still has from `ldit new` or from an example, in words."""

from collections.abc import Iterator

from toolkit.integration import Integration
from toolkit.integration.generated import examples, is_drawn, marks
from toolkit.integration.host import is_placeholder


def unfinished(integration: Integration) -> Iterator[str]:
    """What is to be replaced, each with the file that it stands in."""
    for svg in integration.svgs:
        if svg.document and is_drawn(svg.document):
            yield f"put your own logo into {svg.file.path}"
    if readme := integration.readme:
        for passage in (*marks(readme), *examples(readme)):
            yield f"write your own in {readme.file.path}: {passage.text[:80]}"
    hosts: dict[str, str] = {}
    for link in integration.links:
        if link.host and is_placeholder(link.host):
            hosts.setdefault(link.host, link.place.file)
    yield from (f"replace the host {host}, first in {file}" for host, file in hosts.items())
