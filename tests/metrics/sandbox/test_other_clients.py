"""Clients from other registries than the tests' own environment; each skips, saying why, where it is not installed."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import urllib3

from tests.metrics.sandbox.clients import API, CLIENTS, SDK, table
from tests.metrics.servers import TOKEN
from toolkit.metrics.client import MetricsClient
from toolkit.metrics.definition import MetricDefinition

ROOT = Path(__file__).parents[3]
TYPESCRIPT = """
const { Configuration, MetricsApi } = require("launchdarkly-api-typescript");
const api = (apiKey) => new MetricsApi(new Configuration({ basePath: url, apiKey }));
const metric = (key, more) => ({ key, kind: "custom", eventKey: "e", isNumeric: false, ...more });
const status = (call) => call.then((answer) => answer.status, (error) => error.response.status);
const metrics = api(token);
const numeric = { isNumeric: true, unit: "ms", successCriteria: "LowerThanBaseline" };
const made = [metric("ts"), metric("sum", { unitAggregationType: "sum" }), metric("much", numeric)];
const created = [];
for (const each of made) created.push((await metrics.postMetric("default", each)).status);
out.create = created.join() === "201,201,201";
out.get = (await metrics.getMetric("default", "sum")).data.unitAggregationType === "sum";
const page = (await metrics.getMetrics("default", undefined, 2, 1)).data;
out.list = page.items.map((each) => each.key).join() === "sum,much" && page.totalCount === 3;
const change = [{ op: "replace", path: "/unit", value: "s" }];
const patched = (await metrics.patchMetric("default", "much", change)).data;
out.patch = patched.unit === "s" && patched._version === 2;
out.delete = (await metrics.deleteMetric("default", "much")).status === 204;
const refused = [
  await status(metrics.postMetric("default", metric("ts"))),
  await status(metrics.getMetric("default", "nope")),
  await status(metrics.getMetrics("nope")),
  await status(api("api-wrong").getMetrics("default")),
  await status(metrics.postMetric("default", { key: "x", kind: "custom" })),
];
out.refusals = refused.join() === "409,404,404,401,400";
"""
JAVASCRIPT = """
const { ApiClient, MetricPost, MetricsApi, PatchOperation } = require("launchdarkly-api");
const api = (apiKey) => {
  const client = new ApiClient(url);
  client.authentications.ApiKey.apiKey = apiKey;
  return new MetricsApi(client);
};
const metric = (key, more) =>
  Object.assign(new MetricPost(key, "custom"), { eventKey: "e", isNumeric: false, ...more });
const call = (of, name, ...args) => new Promise((resolve) => {
  of[name](...args, (error, data, response) => resolve({ error, data, status: response?.status }));
});
const status = async (...args) => {
  const { error, status } = await call(...args);
  return error && status;
};
const metrics = api(token);
const numeric = { isNumeric: true, unit: "ms", successCriteria: "LowerThanBaseline", randomizationUnits: ["user"] };
const made = [metric("js"), metric("much", numeric)];
const created = [];
for (const each of made) created.push(await call(metrics, "postMetric", "default", each));
out.create = created.every(({ error, status, data }, i) => !error && status === 201 && data.key === made[i].key);
const got = (await call(metrics, "getMetric", "default", "much", {})).data;
out.get = got.successCriteria === "LowerThanBaseline" && got.randomizationUnits.join() === "user";
const page = (await call(metrics, "getMetrics", "default", {})).data;
out.list = page.items.map((each) => each.key).sort().join() === "js,much";
const change = [new PatchOperation("replace", "/unit", "s")];
const patched = (await call(metrics, "patchMetric", "default", "much", change)).data;
out.patch = patched.unit === "s" && patched._version === 2;
const deleted = await call(metrics, "deleteMetric", "default", "much");
const gone = await status(metrics, "getMetric", "default", "much", {});
out.delete = !deleted.error && deleted.status === 204 && gone === 404;
const refused = [
  await status(metrics, "postMetric", "default", metric("js")),
  await status(metrics, "getMetric", "default", "nope", {}),
  await status(metrics, "getMetrics", "nope", {}),
  await status(api("api-wrong"), "getMetrics", "default", {}),
  await status(metrics, "postMetric", "default", new MetricPost("x", "custom")),
];
out.refusals = refused.join() === "409,404,404,401,400";
"""
SERVER = """
const sdk = require("@launchdarkly/node-server-sdk");
const options = { baseUri: url, streamUri: url, eventsUri: url, logger: sdk.basicLogger({ level: "none" }) };
const context = { kind: "user", key: "ada" };
for (const stream of [true, false]) {
  const client = sdk.init("sdk-default-test", { ...options, stream });
  await client.waitForInitialization({ timeout: 5 });
  out.start = client.initialized();
  out.default = (await client.variation("nope", context, "default")) === "default";
  client.track("bought", context, null, 2);
  await client.flush();
  client.close();
}
"""
CLIENT_SIDE = """
const sdk = require("launchdarkly-node-client-sdk");
const logger = sdk.basicLogger({ level: "none" });
const options = { baseUrl: url, streamUrl: url, eventsUrl: url, streaming: true, logger };
for (const kind of ["user", "user"]) {
  const client = sdk.initialize("0123456789abcdef01234567", { kind, key: "ada" }, options);
  await client.waitForInitialization(5);
  out.start = true;
  out.default = client.variation("nope", "default") === "default";
  client.track("bought", null, 2);
  await client.flush();
  await client.close();
}
"""
BODY = """
const [, url, token] = process.argv;
const out = {};
(async () => {
  SCRIPT
  console.log(JSON.stringify(out));
})().then(() => process.exit(0), (error) => { console.error(error); process.exit(1); });
"""


def run_node(node_modules: Path, package: str, script: str, url: str) -> dict[str, bool]:
    if not (node_modules / package).is_dir():
        pytest.skip(f"{package} is not installed: `npm ci --prefix .ci`")
    command = ["node", "-e", BODY.replace("SCRIPT", script), "--", url, TOKEN]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=node_modules.parent)
    assert done.returncode == 0, done.stderr
    result: dict[str, bool] = json.loads(done.stdout.splitlines()[-1])
    return result


def counted(url: str) -> list[Any]:
    items = urllib3.request("GET", f"{url}/events").json()["items"]
    return [(each["contexts"], each["value"], each["metrics"]) for each in items if each["key"] == "bought"][:2]


@pytest.mark.parametrize(
    ("package", "script", "name"),
    [
        ("launchdarkly-api-typescript", TYPESCRIPT, "Node `launchdarkly-api-typescript` 17"),
        ("launchdarkly-api", JAVASCRIPT, "Node `launchdarkly-api` 13"),
    ],
    ids=["typescript", "javascript"],
)
def test_node_api_clients(package: str, script: str, name: str, node_modules: Path, sandbox: str) -> None:
    done = run_node(node_modules, package, script, sandbox)
    assert done == dict.fromkeys(CLIENTS[name], True)


@pytest.mark.parametrize(
    ("package", "script", "name"),
    [
        ("@launchdarkly/node-server-sdk", SERVER, "Node `@launchdarkly/node-server-sdk` 9"),
        ("launchdarkly-node-client-sdk", CLIENT_SIDE, "Node `launchdarkly-node-client-sdk` 3"),
    ],
)
def test_sdks_start_and_their_events_count(
    package: str, script: str, name: str, node_modules: Path, sandbox: str, client: MetricsClient
) -> None:
    client.create(MetricDefinition(kind="numeric", key="m", event_key="bought", unit="EUR", success="higher"))
    done = run_node(node_modules, package, script, sandbox)
    events = counted(sandbox)
    done["events"] = events == [({"user": "ada"}, 2, ["m"])] * 2
    assert done == dict.fromkeys(CLIENTS[name], True), events


OLD_CLIENT = """
import json, sys
import launchdarkly_api as ld
from launchdarkly_api.api.metrics_api import MetricsApi
from launchdarkly_api.exceptions import ApiException
from launchdarkly_api.model.metric_post import MetricPost
from launchdarkly_api.model.patch_operation import PatchOperation
from launchdarkly_api.model.json_patch import JSONPatch
url, token = sys.argv[1:]
def api(token):
    return MetricsApi(ld.ApiClient(ld.Configuration(host=url, api_key={"ApiKey": token})))
def status(call, *args):
    try:
        call(*args)
    except ApiException as error:
        return error.status
metrics, out = api(token), {}
post = MetricPost(key="old", kind="custom", event_key="e", is_numeric=False, unit_aggregation_type="sum")
out["create"] = metrics.post_metric("default", post).key == "old"
out["get"] = metrics.get_metric("default", "old").unit_aggregation_type == "sum"
out["list"] = [each.key for each in metrics.get_metrics("default").items] == ["old"]
change = JSONPatch([PatchOperation(op="replace", path="/name", value="new")])
out["patch"] = metrics.patch_metric("default", "old", change).name == "new"
refused = [status(metrics.post_metric, "default", post), status(metrics.get_metric, "default", "nope"),
           status(metrics.get_metrics, "nope"), status(api("api-wrong").get_metrics, "default")]
out["refusals"] = refused == [409, 404, 404, 401]
metrics.delete_metric("default", "old")
out["delete"] = status(metrics.get_metric, "default", "old") == 404
print(json.dumps(out))
"""


def test_the_old_python_client(sandbox: str) -> None:
    packages = ROOT / ".ci" / "python"
    if not packages.is_dir():
        pytest.skip("needs `pip install --target .ci/python launchdarkly-api==17.2.0`")
    environment = os.environ | {"PYTHONPATH": str(packages)}
    command = [sys.executable, "-c", OLD_CLIENT, sandbox, TOKEN]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == dict.fromkeys(CLIENTS["Python `launchdarkly-api` 17"], True)


EMPTY: dict[str, Any] = {
    "selector": "",
    "urls": [],
    "unit": "",
    "percentileValue": None,
    "filters": None,
    "description": "",
}
TERRAFORM: list[tuple[dict[str, Any], list[tuple[str, Any]]]] = [
    (
        EMPTY | {"kind": "custom", "eventKey": "e", "isNumeric": False, "unitAggregationType": "average", "tags": []},
        [
            ("/name", "n"),
            ("/urls", []),
            ("/unit", ""),
            ("/selector", ""),
            ("/percentileValue", None),
            ("/archived", False),
        ],
    ),
    (
        EMPTY
        | {"kind": "custom", "eventKey": "e", "isNumeric": True, "unit": "ms", "successCriteria": "LowerThanBaseline"}
        | {"randomizationUnits": ["user", "org"], "eventDefault": {"disabled": False, "value": 0}},
        [
            ("/unit", "s"),
            ("/randomizationUnits", ["org"]),
            ("/maintainerId", "m"),
            ("/eventDefault", {"disabled": True}),
        ],
    ),
    (
        EMPTY
        | {"kind": "custom", "eventKey": "e", "isNumeric": True, "unit": "ms", "successCriteria": "LowerThanBaseline"}
        | {"analysisType": "percentile", "percentileValue": 95, "eventDefault": {"disabled": True}},
        [("/percentileValue", 90), ("/analysisType", "percentile"), ("/tags", ["terraform"])],
    ),
    (
        EMPTY
        | {"kind": "click", "eventKey": "", "selector": "#a", "urls": [{"kind": "exact", "url": "https://a.test"}]},
        [("/selector", "#b"), ("/urls", [{"kind": "substring", "substring": "a"}])],
    ),
    (
        EMPTY | {"kind": "pageview", "eventKey": "", "urls": [{"kind": "regex", "pattern": "a"}]},
        [("/description", "d"), ("/archived", True)],
    ),
]


@pytest.mark.parametrize(("body", "changes"), TERRAFORM)
def test_the_bodies_of_terraform(sandbox: str, body: dict[str, Any], changes: list[tuple[str, Any]]) -> None:
    def call(method: str, path: str = "", content: object = None) -> Any:
        headers = {"Authorization": TOKEN, "Content-Type": "application/json"}
        url = f"{sandbox}/api/v2/metrics/default{path}"
        return urllib3.request(method, url, body=json.dumps(content).encode(), headers=headers)

    assert call("POST", content=body | {"key": "tf", "name": "tf"}).status == 201
    assert call("GET", "/tf").json()["analysisUnits"] == body.get("randomizationUnits", ["user"])
    for path, value in changes:
        answer = call("PATCH", "/tf", [{"op": "replace", "path": path, "value": value}])
        assert answer.status == 200, answer.data
        if value not in ("", [], None):
            assert answer.json()[path[1:]] == value
    assert call("DELETE", "/tf").status == 204


def test_the_table_in_the_documentation() -> None:
    assert set(CLIENTS["Python `launchdarkly-server-sdk` 9"]) == set(SDK)
    assert set(CLIENTS["Python `launchdarkly-api` 25"]) == set(API)
    assert table() in (ROOT / "docs" / "pages" / "metrics.md").read_text("utf-8")
