"""Creates the metrics of metrics.json in one LaunchDarkly project. Copy it: it needs nothing but Python 3.9 or later.

    LAUNCHDARKLY_ACCESS_TOKEN=api-... python metric_creator.py PROJECT [HOST]

HOST is commercial (the default), eu, federal or a URL; `ldit sandbox` runs a local LaunchDarkly to try it with. Run it
as often as you like: what exists is left alone, also where a customer has renamed or tagged it. It sends no events.
"""

import json
import os
import random
import re
import sys
import time
from http.client import HTTPException
from itertools import count
from pathlib import Path
from urllib.parse import quote, urlsplit
from urllib.request import HTTPErrorProcessor, Request, build_opener

INTEGRATION, VERSION = "Acme Signals", "1.0.0"
HOSTS = {"commercial": "launchdarkly.com", "eu": "eu.launchdarkly.com", "federal": "launchdarkly.us"}
AGAIN, TRIES, PAUSE, LONGEST_WAIT = {429, 500, 502, 503, 504}, 10, 0.5, 30
SUCCESS = {"higher": "HigherThanBaseline", "lower": "LowerThanBaseline"}
ABSENT = {"unitAggregationType": "average", "analysisType": "mean"}  # what an answer without them means
HINTS = {401: ": check the token", 403: ": it needs the action createMetric", 404: ": check PROJECT"}
OURS = ("kind", "success", "aggregation", "percentile", "unitsWithoutEvents", "$schema")
CUSTOMERS = {"name", "description", "tags", "maintainerId"}  # theirs to change once the metric exists


class AnyStatus(HTTPErrorProcessor):  # every status is an answer, and no redirect is followed: the token would go along
    http_response = https_response = lambda self, request, response: response


OPENER = build_opener(AnyStatus)  # it heeds HTTPS_PROXY and NO_PROXY


def body_of(metric):
    """What the API takes for a metric of metrics.json, and the fields that the metric itself says."""
    kind, percentile = metric["kind"], metric.get("percentile")
    body = {field: value for field, value in metric.items() if field not in OURS}
    said = set(body) - CUSTOMERS | ({"successCriteria"} if "success" in metric else set())
    body["successCriteria"] = SUCCESS[metric.get("success", "higher")]
    if kind in ("click", "pageview"):
        return {**body, "kind": kind}, said | {"kind"}
    said |= {"kind", "isNumeric"} | ({"unitAggregationType"} if kind != "numeric" or "aggregation" in metric else set())
    body |= {"kind": "custom", "isNumeric": kind == "numeric", "analysisType": "mean"}
    # A count without "sum" would silently become binary.
    body["unitAggregationType"] = "sum" if kind == "count" else metric.get("aggregation", "average")
    if percentile is not None:
        body |= {"analysisType": "percentile", "percentileValue": percentile, "eventDefault": {"disabled": True}}
        said |= {"analysisType", "percentileValue"}
    elif kind == "numeric":
        body["eventDefault"] = {"disabled": metric.get("unitsWithoutEvents") == "excluded"}
        said |= {"eventDefault"} if "unitsWithoutEvents" in metric else set()
    return body, said


def agrees(wanted, value):
    """Whether LaunchDarkly's value says what is wanted; it may add to objects, and reorder lists."""
    if isinstance(wanted, dict) and isinstance(value, dict):
        return all(agrees(each, value.get(name)) for name, each in wanted.items())
    if isinstance(wanted, list) and isinstance(value, list):
        return sorted(map(json.dumps, wanted)) == sorted(map(json.dumps, value))
    return wanted == value or (not wanted and not value)


def seconds_to_wait(headers):
    """What the headers of a 429 ask for; any of them may be missing, and a reset (ms) may lie in the past."""
    numbers = {name.lower(): int(text) for name, text in headers.items() if re.fullmatch("[0-9]{1,18}", text)}
    waits = [0, numbers.get("retry-after", 0)]
    for reset, counts in (("", ("global", "route")), ("auth-token-", ("auth-token",))):
        left = [numbers.get(f"x-ratelimit-{each}-remaining", LONGEST_WAIT) for each in counts]
        if min(left) <= 0 or set(left) == {LONGEST_WAIT}:
            waits.append(numbers.get(f"x-ratelimit-{reset}reset", 0) / 1000 - time.time())
    return min(max(waits), LONGEST_WAIT)


def send(method, url, headers, body=None):
    """The status, the answer as an object, and whether LaunchDarkly may have acted on a try that failed."""
    request, lost = Request(url, body and json.dumps(body).encode(), headers, method=method), False
    for attempt in count():
        try:
            with OPENER.open(request, timeout=30) as response:
                status, content = response.status, response.read(10_000_000)
            if status not in AGAIN or attempt == TRIES - 1:
                return status, json.loads(content) if content.startswith(b"{") else {}, lost
            lost, wait = lost or status >= 500, seconds_to_wait(response.headers)
        except (OSError, HTTPException, ValueError) as error:
            if attempt == TRIES - 1:
                sys.exit(f"no answer from {urlsplit(url).netloc}: {error}")
            lost, wait = True, 0
        time.sleep(wait or min(LONGEST_WAIT, PAUSE * 2**attempt) * (0.5 + random.random()))


def create(url, headers, metric):
    """Creates the metric or finds it there, and says which, or why it failed; what concerns all metrics ends it all."""
    body, said = body_of(metric)
    one, lost = f"{url}/{quote(metric['key'], safe='')}", False
    for attempt in range(TRIES):
        time.sleep(PAUSE * attempt)
        # No look before the call: whoever looks first can be overtaken, a 409 cannot.
        status, found, again = send("POST", url, headers, body)
        result, fields, lost = "created", set(body), lost or again
        if status == 409:
            if found.get("code") == "optimistic_locking_error":
                continue
            status, found, _ = send("GET", one, headers)
            if status == 404:
                continue
            if not (lost and found.get("_version") == 1):  # else it is ours: only the answer was lost
                result, fields = "already there", said
        if status not in (200, 201):
            message = f"{status} {found.get('message', '')}{HINTS.get(status, '')}"
            message = message.replace(headers["Authorization"].split()[-1], "***")
            return f"failed: {message}" if status not in (401, 404) else sys.exit(message)
        if found.get("archived"):
            return "failed: it exists and is archived; restore it in LaunchDarkly, or use another key"
        wrong = [name for name in fields if not agrees(body[name], found.get(name, ABSENT.get(name)))]
        advice = f"failed: it differs in {', '.join(sorted(wrong))}; change these in LaunchDarkly, or use another key"
        return advice if wrong else result
    return f"failed: {status} again and again; try it later"


def main(project, host="commercial"):
    """Prints what became of each metric; the exit status is 1 if any of them failed."""
    token = os.environ.get("LAUNCHDARKLY_ACCESS_TOKEN", "").strip()
    base = f"https://app.{HOSTS[host]}" if host in HOSTS else host.rstrip("/")
    if not re.fullmatch("[A-Za-z0-9._~+/=-]+", token) or token.startswith(("sdk-", "mob-")):
        sys.exit("set LAUNCHDARKLY_ACCESS_TOKEN to an access token (api-...) or an OAuth token")
    if not re.match(r"https://|http://(127\.0\.0\.1|localhost|\[::1\])(:|$)", base):
        sys.exit(f"{host} is not a host: say {', '.join(HOSTS)} or a URL with https")
    headers = {
        "Authorization": token if token.startswith("api-") else f"Bearer {token}",
        "Content-Type": "application/json",
        "LD-API-Version": "20240415",
        "User-Agent": f"MetricImport-{re.sub('[^A-Za-z0-9_.]+', '-', INTEGRATION).strip('-')}-int/{VERSION}",
    }
    metrics = json.loads(Path(__file__).with_name("metrics.json").read_text("utf-8"))
    failed = False
    for metric in metrics if isinstance(metrics, list) else [metrics]:
        result = create(f"{base}/api/v2/metrics/{quote(project, safe='')}", headers, metric)
        failed = failed or result.startswith("failed")
        print(f"{metric['key']}  {result}", flush=True)
    sys.exit(int(failed))


if __name__ == "__main__":
    main(*sys.argv[1:]) if 2 <= len(sys.argv) <= 3 else sys.exit(__doc__)
