"""Creates the metrics that Acme Signals reports to, in one LaunchDarkly project, and sends one event to each.

    LAUNCHDARKLY_ACCESS_TOKEN=api-... python metric_creator.py [project] [host]

The host is commercial, eu, federal or a URL. Run it as often as you like: what is there is left alone.
"""

import os
import sys
from pathlib import Path

from toolkit.errors import LditError
from toolkit.metrics.client import MetricsClient
from toolkit.metrics.definition import read
from toolkit.metrics.event import MetricEvent
from toolkit.metrics.hosts import user_agent


def main(project: str = "default", host: str = "commercial") -> None:
    token = os.environ.get("LAUNCHDARKLY_ACCESS_TOKEN", "")
    client = MetricsClient(token, project, host=host, agent=user_agent("Acme Signals", "1.0.0"))
    for definition in read(Path(__file__).with_name("metrics.json")):
        created = client.create(definition).created
        print(definition.key, "created" if created else "already there")  # noqa: T201

        value = 250.0 if definition.kind == "numeric" else None
        client.send_event(MetricEvent(definition.event_key, {"user": "ada"}, value), environment="production")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except LditError as error:
        sys.exit(f"{error}\n{error.help}")
