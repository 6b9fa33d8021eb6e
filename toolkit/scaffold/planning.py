"""What is to be written for a new integration, rendered, drawn and linted once, before anything is on the disk."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from toolkit.config import Settings
from toolkit.engine import Result, lint
from toolkit.errors import LditError
from toolkit.integration import Integration
from toolkit.scaffold.checks import errors_about, invalid
from toolkit.scaffold.place import Files, beside, require_apart, require_free
from toolkit.scaffold.questions import Answers
from toolkit.scaffold.render import files, metric_creator


class Creator(NamedTuple):
    """A metric creator to write beside the integration; ``language`` is one of render.CREATORS."""

    target: Path
    language: str


class Plan(NamedTuple):
    """The directories with their files, to be written together, and what lint finds in the integration."""

    directories: Mapping[Path, Files]
    result: Result


def plan(kind: str, answers: Answers, target: Path, icons: Mapping[str, bytes], creator: Creator | None = None) -> Plan:
    """The plan for an integration at ``target``. ``answers`` are complete, ``icons`` are SVG by role.

    Raises LditError that names every wrong answer, and when a directory cannot be created.
    """
    if wrong := invalid(kind, answers, answers):
        raise _refused(wrong)
    require_free(target)
    directories: dict[Path, Files] = {target: files(kind, answers, icons)}
    if creator:
        require_apart(target, creator.target)
        require_free(creator.target)
        directories[creator.target] = metric_creator(answers, creator.language)
    integration = Integration.from_files(target.name, {**directories[target], **beside(target)})
    result = lint(replace(integration, path=target.as_posix()), Settings())
    if wrong := errors_about(result.findings, answers):
        raise _refused(wrong)
    return Plan(directories, result)


def _refused(wrong: list[str]) -> LditError:
    return LditError("; ".join(wrong), "give another answer with `--set KEY=VALUE`")
