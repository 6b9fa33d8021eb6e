"""Answers: read from a file, brought into one form, completed with defaults."""

import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from toolkit import json_text
from toolkit.errors import LditError
from toolkit.scaffold.kinds import KINDS
from toolkit.scaffold.questions import Answer, Answers, Question, questions
from toolkit.text import did_you_mean, printable, reason

LIMIT = 32_000
"""Bytes of a file with answers, twice what all of them may hold; tomllib takes the square of the length of a key."""
_DEEPEST = 5


def read(path: Path) -> dict[str, object]:
    """The answers in a JSON file, or TOML if it is named so, by dotted key.

    Raises LditError when it cannot be read, is larger than LIMIT or holds anything but an object.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)
        if len(data) > LIMIT:
            raise LditError(f"over {LIMIT // 1000} kB, the limit", "name the file with the answers")
        value = tomllib.loads(data.decode()) if path.suffix.lower() == ".toml" else json_text.read(data).value
    except OSError as error:
        raise LditError(f"{path}: {reason(error)}") from error
    except LditError as error:
        raise LditError(f"{path}: {error}", error.help) from error
    except (ValueError, RecursionError) as error:
        raise LditError(f"{path} is not TOML: {error}") from error
    if not isinstance(value, Mapping):
        raise LditError(f"{path} holds no object", 'write {"name": "Acme", "links": {"site": "https://..."}}')
    return dict(_flat(value))


def _flat(data: Mapping[str, object], prefix: str = "", depth: int = 0) -> Iterator[tuple[str, object]]:
    """The values with dotted keys; an object that is nested deeper than any key stays as it is."""
    for key, value in data.items():
        if isinstance(value, Mapping) and depth < _DEEPEST:
            yield from _flat(value, f"{prefix}{key}.", depth + 1)
        else:
            yield prefix + key, value


def tidy(kind: str, given: Mapping[str, object]) -> dict[str, Answer]:
    """``given`` with each text on one line without padding, and lists made of text with commas.

    Raises LditError for an unknown key, and for an answer of the wrong type or with control characters.
    """
    known = {question.key: question for question in questions(kind)}
    for key in given:
        if key not in known:
            remedy = did_you_mean(key, known) or f"choose from {', '.join(known)}"
            raise LditError(f"unknown answer `{printable(key)}`", remedy)
    return {key: _tidy(known[key], value) for key, value in given.items()}


def _tidy(question: Question, value: object) -> Answer:
    if not question.many:
        return _one_line(question.key, value)
    values = value.split(",") if isinstance(value, str) else value
    if not isinstance(values, list):
        raise LditError(f"{question.key} is not a list of texts", "write it as a list, or with commas")
    return [text for text in (_one_line(question.key, value) for value in values) if text]


def _one_line(key: str, value: object) -> str:
    if not isinstance(value, str):
        raise LditError(f"{key} is not text", "put it in quotes")
    text = " ".join(value.split())
    for letter in text:
        if unicodedata.category(letter) in ("Cc", "Cs"):
            raise LditError(f"{key} holds a control character (U+{ord(letter):04X})", "remove it")
    return text


def complete(kind: str, given: Answers, *, suggested: bool = False) -> dict[str, Answer]:
    """``given`` with a default for every other question that has one, in the order of the questions.

    ``suggested``: suggestions are taken too. Raises LditError that names every answer that is still missing.
    """
    answers: dict[str, Answer] = {}
    missing: list[str] = []
    for question in questions(kind):
        if question.key in given:
            answers[question.key] = given[question.key]
            continue
        guess = question.default or (question.suggestion if suggested else None)
        # A guess that needs a missing answer has its cause named already.
        with suppress(KeyError):
            if value := guess(answers, KINDS[kind]) if guess else "":
                answers[question.key] = value
            elif not question.optional:
                missing.append(question.key)
    if missing:
        example = " ".join(f"--set {key}=..." for key in missing)
        remedy = f"add `{example}`" + (", or take what `ldit new` suggests with `--yes`" if not suggested else "")
        raise LditError(f"answers are missing: {', '.join(missing)}", remedy)
    return answers
