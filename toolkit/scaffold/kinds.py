"""The kinds of integration that can be made; ``templates/integration/<kind>/`` holds the files of each."""

from typing import NamedTuple


class IntegrationKind(NamedTuple):
    """``summary`` is a sentence about what it does; the two texts are suggestions with ``{name}`` to fill in."""

    summary: str
    categories: tuple[str, ...]
    overview: str
    description: str


KINDS = {
    "metric": IntegrationKind(
        "Creates metrics for experiments from the events of your product.",
        ("analytics",),
        "Measure your experiments with {name} metrics.",
        "Create LaunchDarkly metrics from the events you collect with {name}. "
        "Add them to an experiment to see how each flag variation changes what your customers do.",
    ),
    "card": IntegrationKind(
        "Leads customers to an integration that is set up in your product.",
        ("developer-tools",),
        "Use LaunchDarkly flags from {name}.",
        "Connect {name} to your LaunchDarkly projects. View and change your feature flags where your team works.",
    ),
    "webhook": IntegrationKind(
        "Sends changes of flags, environments and projects to your service.",
        ("notifications",),
        "Send LaunchDarkly changes to {name}.",
        "Send every change of your flags to {name} as it happens. "
        "Compare flag changes with the rest of your data to find the cause of an incident sooner.",
    ),
    "trigger": IntegrationKind(
        "Lets alerts of your service turn flags on or off.",
        ("monitoring",),
        "Turn flags on or off from {name} alerts.",
        "Connect {name} alerts to your LaunchDarkly flags. "
        "Turn off a feature as soon as an alert fires, before it affects more of your customers.",
    ),
    "flag-link": IntegrationKind(
        "Shows items of your service beside the flags they belong to.",
        ("issue-tracking",),
        "View linked {name} items beside your flags.",
        "Link {name} items to your LaunchDarkly flags. See what a flag is for, and who works on it, without a search.",
    ),
    "synced-segment": IntegrationKind(
        "Syncs cohorts of your service to LaunchDarkly segments.",
        ("synced-segments",),
        "Target flags at your {name} cohorts.",
        "Sync the cohorts you define in {name} to LaunchDarkly segments. "
        "Use them in targeting rules, so that a feature reaches exactly the customers you chose.",
    ),
    "feature-store": IntegrationKind(
        "Keeps flag data in a store of your service.",
        ("infrastructure",),
        "Read your flags from {name}, close to your code.",
        "Store the flag data of an environment in {name}. "
        "LaunchDarkly updates it whenever a flag changes, so your code reads flags from where it runs.",
    ),
    "approval": IntegrationKind(
        "Asks for approvals of flag changes in your service.",
        ("approval",),
        "Approve flag changes in {name}.",
        "Request approval of LaunchDarkly flag changes in {name}. "
        "Follow the process your team already has, and apply a change once it is approved.",
    ),
}
