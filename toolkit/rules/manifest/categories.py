"""The categories under which customers find the integration."""

from collections.abc import Iterator

from toolkit.finding import Edit, Problem
from toolkit.integration import Manifest
from toolkit.integration.manifest import NAME
from toolkit.rules.registry import note, rule, warning

LIMIT = 3
FOUNDED = {
    "approval": ("approval",),
    "authentication": ("sso",),
    "big-segment-store": ("bigSegmentStore",),
    "code-references": ("codeRefs", "flagCleanup", "external", "ide"),
    "import": ("flagImport", "external"),
    "synced-segments": ("syncedSegment", "bigSegmentStore"),
}
"""A category, and the capabilities of either kind, any of which gives a right to it."""
EXPECTED = {
    "approval": ("approval",),
    "bigSegmentStore": ("big-segment-store",),
    "codeRefs": ("code-references",),
    "dataExport": ("data",),
    "flagImport": ("import",),
    "ide": ("developer-tools",),
    "sso": ("authentication",),
    "syncedSegment": ("synced-segments",),
    "warehouseExperimentation": ("data",),
    "warehouseExport": ("data",),
    "webhooks": ("notifications", "messaging"),
}
"""A capability of either kind, and the categories where customers look for it; one of them is enough."""
_EXPORTS = ("dataExport", "warehouseExport", "warehouseExperimentation")


def _is_about_metrics(manifest: Manifest) -> bool:
    """Whether an integration makes metrics, and exports nothing."""
    overview, said = manifest.text("/overview").lower(), manifest.text("/description").lower()
    other = "dataExport" in manifest.list("/otherCapabilities") and not manifest.object("/capabilities")
    return other and "metric" in overview and "export" not in overview + said


def _capabilities(manifest: Manifest) -> set[str]:
    """The names of the capabilities of either kind."""
    others = {name for name in manifest.list("/otherCapabilities") if isinstance(name, str)}
    return {*manifest.object("/capabilities"), *others}


@rule(warning, bad={NAME: {"categories": ["analytics", "approval"]}})
def category_without_capability(manifest: Manifest) -> Iterator[Problem]:
    """A category that stands for a capability is used only with that capability.

    Customers who open `approval`, `authentication`, `big-segment-store`, `code-references`, `import` or
    `synced-segments` look for just that. Reviewers remove the category from other integrations.
    """
    capabilities = _capabilities(manifest)
    for index, category in enumerate(manifest.list("/categories")):
        founding = FOUNDED.get(category, ()) if isinstance(category, str) else ()
        if founding and capabilities.isdisjoint(founding):
            place = manifest.at(f"/categories/{index}")
            message = f"the category {category} is for integrations with {' or '.join(founding)}"
            yield Problem(place, message, "remove it", (Edit(place, None, safe=False),))


@rule(
    warning,
    bad=[
        {NAME: {"otherCapabilities": ["sso"]}},
        {NAME: {"otherCapabilities": ["dataExport"], "overview": "Create metrics from Acme Signals."}},
    ],
    good=[
        {NAME: {"otherCapabilities": ["webhooks"], "categories": ["messaging"]}},
        {
            NAME: {
                "otherCapabilities": ["dataExport"],
                "categories": ["data"],
                "overview": "Export the metrics of your flags.",
            }
        },
    ],
)
def category_missing(manifest: Manifest) -> Iterator[Problem]:
    """An integration is listed in the category of its capability.

    Customers look for synced segments under `synced-segments`, for single sign-on under `authentication`. One accepted
    integration has this defect too. What makes metrics out of a partner's data is no `dataExport`, but `external`.
    """
    categories = manifest.list("/categories")
    for name in sorted(_capabilities(manifest) & EXPECTED.keys()):
        category = EXPECTED[name][0]
        if name == "dataExport" and _is_about_metrics(manifest):
            place = manifest.at(f"/otherCapabilities/{manifest.list('/otherCapabilities').index(name)}")
            message, edit = (
                "the overview speaks of metrics, not of an export of data",
                Edit.json(place, "external", safe=False),
            )
            yield Problem(place, message, "write `external`", (edit,))
            continue
        if categories and not any(expected in categories for expected in EXPECTED[name]):
            place = manifest.at("/categories")
            room = len(categories) < LIMIT and all(isinstance(other, str) for other in categories)
            edits = (Edit.json(place, [*categories, category], safe=False),) if room else ()
            help_ = f"add `{category}`" if room else f"put `{category}` in place of another"
            yield Problem(place, f"customers look for {name} in the category {category}", help_, edits)


@rule(note, bad={NAME: {"categories": ["analytics", "data"]}})
def data_category_misused(manifest: Manifest) -> Iterator[Problem]:
    """The category `data` is for exporting LaunchDarkly's data.

    Reviewers reserve it for Data Export and data warehouses. Several older integrations use it for other reasons.
    """
    categories = manifest.list("/categories")
    if "data" in categories and _capabilities(manifest).isdisjoint(_EXPORTS):
        place = manifest.at(f"/categories/{categories.index('data')}")
        yield Problem(place, "the category data is for exporting LaunchDarkly's data", "choose a narrower category")
