"""The README against the manifest: the requests and the headers that it names."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from toolkit.finding import Place, Problem
from toolkit.integration import Endpoint, Integration, Manifest, Readme
from toolkit.integration.manifest import NAME
from toolkit.integration.pointers import SYNCED_SEGMENT
from toolkit.regex import regex
from toolkit.rules.examples import CONTENT, HOST, README, hook, store, synced
from toolkit.rules.registry import rule, warning
from toolkit.text import nearest

_REQUEST = regex(r"[ \t]*(?:(GET|POST|PUT|PATCH|DELETE) +)?((?:https?://[^/\s]+)?)(/[^\s?#]*(?:<[^>\n]*>[^\s?#]*)*)")
_OPEN = regex(r"\{\{\{?.*?\}\}\}?|<[^>]*>|\{[^}]*\}|\$\w+|:[A-Za-z]\w*|\.\.\.|\u2026")
"""What stands for something else in a path."""
_CALLED = regex(r"(?i)integration key:? ?`?$")
_SLUG = regex(r"[a-z0-9-]+")
_VERSION = regex(r"v\d+(?:\.\d+)?")
_SEGMENTS = regex(r"/segment-targets/([A-Za-z0-9_-]+)")
_HEADER = regex(r"(X-[A-Za-z][\w-]*(?:key|token|auth|secret|signature|authorization))(?::.*)?", re.IGNORECASE)
_LAUNCHDARKLYS = regex(r"x-(?:ld|launchdarkly)-", re.IGNORECASE)
_KEYED = hook({"headers": [CONTENT, {"name": "X-Acme-Key", "value": "{{{token}}}"}]})


class _Request(NamedTuple):
    """A request that the README names; ``method`` is empty where it names the path alone."""

    method: str
    path: str
    place: Place

    @property
    def parts(self) -> list[str]:
        return _parts(self.path)


def _parts(path: str) -> list[str]:
    """The parts of a path, an empty one for what stands for something else."""
    return [_OPEN.sub("", part) for part in _OPEN.sub("{}", path).strip("/").split("/")]


@rule(
    warning,
    bad=[
        {**hook({"url": f"{HOST}/v2/changes"}), "README.md": f"{README}\nIt calls `POST /v1/changes`.\n"},
        {**hook({"url": f"{HOST}/v2/changes"}), "README.md": f"{README}\nIt calls `PUT /v2/changes`.\n"},
        {
            **synced(addMemberArrayPath="/added", removeMemberArrayPath="/removed"),
            "README.md": f"{README}\nIt calls `POST /api/v2/segment-targets/acme`.\n",
            ".": "acme-signals",
        },
        {"README.md": f"{README}\nThe integration key `acme-signal` stands in the path.\n", ".": "acme-signals"},
        {**hook({"url": f"{HOST}/v2/changes"}), "README.md": f"{README}\nIt calls `/v1/changes`.\n"},
    ],
    good=[
        {"README.md": f"{README}\nThe integration key `acme-signals` stands in the path.\n", ".": "acme-signals"},
        {**hook({"url": f"{HOST}/v2/changes"}), "README.md": f"{README}\nIt calls `POST /v2/changes`.\n"},
        {**hook({"url": f"{HOST}/v2/changes"}), "README.md": f"{README}\nSee `GET /v2/tokens` for the tokens.\n"},
        {
            **store(),
            "README.md": f"{README}\nIt calls `PUT /stores/<key of the store>`.\n",
        },
    ],
)
def wrong_request_in_readme(readme: Readme, manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """A request that the README names is one that the manifest describes.

    Reported is a request that differs from one of the manifest's in its method alone, in a version, or in some letters
    of its path; and the path of a synced segment, `/api/v2/segment-targets/...`, that ends in another name than the
    directory's, which is the key of the integration.
    """
    known = [(endpoint, _parts(path)) for endpoint in integration.endpoints if (path := _path(endpoint))]
    yield from _wrong_keys(readme, integration.name)
    for request in _requests(readme):
        if problem := _segment_problem(request, manifest, integration) or _unlike(request, known):
            yield problem


def _wrong_keys(readme: Readme, name: str) -> Iterator[Problem]:
    """Where the key of the integration is said, and is spelled as no directory is."""
    for code in readme.codes:
        said = _CALLED.search(readme.file.text[: (code.place.span or (0, 0))[0]][-40:])
        if said and code.text != name and _SLUG.fullmatch(code.text) and nearest(code.text, [name], 0.8):
            yield Problem(code.place, f"`{code.text}` is not the name of the directory, {name}", f"write `{name}`")


def _requests(readme: Readme) -> Iterator[_Request]:
    """The requests in code, within a line or at the start of one."""
    for code in readme.codes:
        if match := _REQUEST.fullmatch(code.text.strip()):
            yield _Request(match[1] or "", match[3], code.place)
    for fence in readme.fences:
        start = 0
        for line in fence.text.splitlines(keepends=True):
            if (match := _REQUEST.fullmatch(line.rstrip().removesuffix(" HTTP/1.1"))) and match[1]:
                yield _Request(match[1], match[3], fence.at(start + match.start(1), start + match.end(3)))
            start += len(line)


def _path(endpoint: Endpoint) -> str:
    """The path of an endpoint's URL, from its first slash behind the host."""
    url = re.sub(r"^(?:https?://)?", "", _OPEN.sub("{}", endpoint.url).partition("?")[0])
    return url.partition("/")[2]


def _segment_problem(request: _Request, manifest: Manifest, integration: Integration) -> Problem | None:
    match = _SEGMENTS.search(request.path)
    if not match or match[1] == integration.name or not manifest.has(SYNCED_SEGMENT):
        return None
    message = f"`{match[1]}` is not the name of the directory, {integration.name}"
    return Problem(request.place, message, f"write `/segment-targets/{integration.name}`")


def _unlike(request: _Request, known: list[tuple[Endpoint, list[str]]]) -> Problem | None:
    """What is wrong with a request that resembles one of the manifest's, and is none."""
    same = [endpoint for endpoint, parts in known if _is_same(request.parts, parts)]
    methods = {endpoint.method for endpoint in same}
    if same:
        if not methods.isdisjoint({request.method, ""}) or not request.method:
            return None
        message = f"the manifest calls {request.path} with {' or '.join(sorted(methods))}, not {request.method}"
        return Problem(request.place, message, f"write `{same[0].method} {request.path}`")
    for endpoint, parts in known:
        if request.method in (endpoint.method, "") and (wrong := _slip(request.parts, parts)):
            message = f"the manifest calls no {request.path}"
            return Problem(
                request.place, message, f"write `{wrong[1]}` in place of `{wrong[0]}`, or correct the manifest"
            )
    return None


def _is_same(one: list[str], other: list[str]) -> bool:
    return len(one) == len(other) and all(a == b or not a or not b for a, b in zip(one, other, strict=True))


def _slip(one: list[str], other: list[str]) -> tuple[str, str] | None:
    """The only two parts that differ, where they are versions or differ in some letters."""
    if len(one) != len(other) or len(one) < 2:
        return None
    unlike = [(a, b) for a, b in zip(one, other, strict=True) if a != b and a and b]
    if len(unlike) != 1:
        return None
    a, b = unlike[0]
    versions = bool(_VERSION.fullmatch(a) and _VERSION.fullmatch(b))
    return (a, b) if versions or SequenceMatcher(None, a, b).ratio() >= 0.8 else None


@rule(
    warning,
    bad={**_KEYED, "README.md": f"{README}\nThe key goes into `X-Api-Key`.\n"},
    good=[
        {**_KEYED, "README.md": f"{README}\nThe key goes into `x-acme-key`, and `X-Request-Id` is yours.\n"},
        {**hook(), "README.md": f"{README}\nCheck `X-LD-Signature`, and read `X-Acme-Level`.\n"},
    ],
)
def unknown_header_in_readme(readme: Readme, manifest: Manifest, integration: Integration) -> Iterator[Problem]:
    """A header for a credential that the README names is one of the manifest's.

    Such as `X-Acme-Key`, where the manifest sends the key in `Authorization`, or in another `X-` header.
    """
    headers = {header.name for endpoint in integration.endpoints for header in endpoint.headers}
    headers |= {str(endpoint.signature.get("headerName")) for endpoint in integration.endpoints if endpoint.signature}
    secret = sorted(name for name in headers if name.lower() == "authorization" or name.lower().startswith("x-"))
    said = manifest.document.text.lower()
    for code in readme.codes if secret else ():
        match = _HEADER.fullmatch(code.text.strip())
        if match and match[1].lower() not in said and not _LAUNCHDARKLYS.match(match[1]):
            meant = nearest(match[1], secret, 0.5) or secret[0]
            yield Problem(code.place, f"{NAME} has no header {match[1]}", f"write `{meant}`, or add the header")
