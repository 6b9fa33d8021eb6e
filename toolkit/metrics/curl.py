"""A call as a person reads it, and as a curl command that works where the token stands in the environment."""

import json
from shlex import quote

from toolkit.metrics.access_token import VARIABLE
from toolkit.metrics.calls import Call


def as_http(call: Call) -> str:
    """The request line, the headers with the token masked, and the body, indented."""
    headers = [f"{name}: {value}" for name, value in {**call.headers, "Authorization": "***"}.items()]
    body = ["", json.dumps(call.body, indent=2)] if call.body is not None else []
    return "\n".join([f"{call.method} {call.url}", *headers, *body])


def as_curl(call: Call, scheme: str = "") -> str:
    """The same as a command; ``scheme`` goes before the token, which stays in its variable."""
    parts = [f"curl --request {call.method} {quote(call.url)}"]
    parts += [f"--header {quote(f'{name}: {value}')}" for name, value in call.headers.items()]
    parts.append(f'--header "Authorization: {scheme}${VARIABLE}"')
    if call.body is not None:
        parts.append(f"--data {quote(json.dumps(call.body))}")
    return " \\\n  ".join(parts)
