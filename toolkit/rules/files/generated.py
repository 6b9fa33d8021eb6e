"""What `ldit new` wrote and nobody has replaced yet."""

from collections.abc import Iterator

from toolkit.finding import Problem
from toolkit.integration import Integration
from toolkit.integration.generated import examples, form_examples, is_drawn
from toolkit.rules.examples import SITE, form
from toolkit.rules.registry import rule, warning


@rule(
    warning,
    bad=form({**SITE, "placeholder": "https://acme.example/hooks"}),
    good=form({**SITE, "placeholder": "https://acme.io/hooks"}),
)
def still_generated(integration: Integration) -> Iterator[Problem]:
    """Nothing is left of what `ldit new` drew and invented: icons, examples in the README and in the form.

    The scaffold is there to be replaced: its icons are letters on a plate, its samples are nobody's. What it marks with
    `TODO` is a finding of `placeholder-text`.
    """
    for svg in integration.svgs:
        if svg.document and is_drawn(svg.document):
            message = "the icon is still the one that `ldit new` drew"
            yield Problem(svg.at(), message, "put your own logo in its place")
    if readme := integration.readme:
        for passage in examples(readme):
            place = readme.file.at(passage.start, passage.end)
            yield Problem(place, "this is still the example of `ldit new`", "replace it with your own, or remove it")
    if manifest := integration.manifest:
        for pointer, address in form_examples(manifest):
            message = f"{address} is still the example of `ldit new`"
            yield Problem(manifest.at(pointer), message, "write an address as your customers have it")
