"""A case: the bytes of some files by their path, and how it is kept in a file that a person can read."""

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

Case = Mapping[str, bytes]


class Failure(NamedTuple):
    """What a case did that none may do; ``seed`` is where it came from."""

    target: str
    seed: str
    message: str
    case: Case


def encoded(case: Case) -> bytes:
    """The case as JSON: text where the bytes are UTF-8, else base64."""
    return json.dumps({path: _value(data) for path, data in case.items()}).encode()


def decoded(data: bytes) -> Case:
    """The case in such JSON. Raises ValueError, or whatever comes of other JSON."""
    return {path: _bytes(value) for path, value in json.loads(data).items()}


def save(failure: Failure, directory: Path) -> Path:
    """Writes a failure to a file named after its target and its content; where it is."""
    from hashlib import sha256

    name = sha256(encoded(failure.case)).hexdigest()[:12]
    path = directory / f"{failure.target}-{name}.json"
    files = {path: _value(data) for path, data in failure.case.items()}
    value = {"target": failure.target, "seed": failure.seed, "message": failure.message, "files": files}
    directory.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=2) + "\n")
    return path


def load(path: Path) -> Failure:
    """A failure that was saved."""
    value = json.loads(path.read_bytes())
    case = {name: _bytes(content) for name, content in value["files"].items()}
    return Failure(value["target"], value["seed"], value["message"], case)


def _value(data: bytes) -> str | dict[str, str]:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(data).decode()}


def _bytes(value: str | dict[str, str]) -> bytes:
    return value.encode() if isinstance(value, str) else base64.b64decode(value["base64"])
