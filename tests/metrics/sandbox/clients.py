"""LaunchDarkly's own clients, and what each does in the tests; the table in the documentation comes from here."""

API = ("create", "get", "list", "patch", "delete", "refusals")
SDK = ("start", "default", "events")
OPERATIONS = API + SDK
CLIENTS: dict[str, tuple[str, ...]] = {
    "Python `launchdarkly-api` 25": API,
    "Python `launchdarkly-api` 17": API,
    "Node `launchdarkly-api-typescript` 17": API,
    "Node `launchdarkly-api` 13": API,
    "Terraform provider 3 (its request bodies)": ("create", "get", "patch", "delete"),
    "Python `launchdarkly-server-sdk` 9": SDK,
    "Node `@launchdarkly/node-server-sdk` 9": SDK,
    "Node `launchdarkly-node-client-sdk` 3": SDK,
}


def table() -> str:
    """The clients and their operations as a table in Markdown."""
    head = f"| client | {' | '.join(OPERATIONS)} |\n|---|{'---|' * len(OPERATIONS)}"
    rows = [
        f"| {name} | {' | '.join('yes' * (each in done) for each in OPERATIONS)} |" for name, done in CLIENTS.items()
    ]
    return "\n".join([head, *rows]).replace("|  |", "| |").replace("|  |", "| |")
