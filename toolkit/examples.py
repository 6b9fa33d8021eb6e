"""The sample integration, and what becomes of it when a rule's bad example is applied."""

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from toolkit import resources
from toolkit.integration import Answer, File, Integration
from toolkit.json_text import dumps
from toolkit.rules.registry import Patch

NAME = "sample-integration"


@cache
def sample() -> Mapping[str, bytes]:
    """The files of the sample integration by path: the good example of every rule."""
    root = resources.path(NAME)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def damaged(patch: Patch) -> Integration:
    """The sample integration, in memory, with the changes of ``patch``; see ``toolkit.rules.registry.Patch``."""
    contents: dict[str, bytes | File] = dict(sample())
    answers = {path: change for path, change in patch.items() if isinstance(change, Answer)}
    for path, change in patch.items():
        if path == "." or path in answers:
            continue
        if change is None:
            contents.pop(path, None)
        elif isinstance(change, Mapping | list):
            value = json.loads(sample()[path]) if path in sample() else {}
            contents[path] = dumps(merge(value, change)).encode()
        else:
            contents[path] = change.encode() if isinstance(change, str) else change
    return replace(Integration.from_files(patch.get(".", NAME), contents), answers=answers)


def merge(value: Any, change: Any) -> Any:
    """``change`` merged into ``value`` as RFC 7386 says: objects key by key, null removes, all else replaces."""
    if not isinstance(change, Mapping):
        return change
    merged = dict(value) if isinstance(value, dict) else {}
    for key, part in change.items():
        if part is None:
            merged.pop(key, None)
        else:
            merged[key] = merge(merged.get(key), part)
    return merged
