"""What is fuzzed: how a case is made, and what must hold of it. ``run`` gives what two runs must agree on."""

import json
import random
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from tests.fuzz import seeds
from tests.fuzz.case import Case
from tests.fuzz.mutation import dumped, text, value
from tests.fuzz.tree import mutated_tree, run_tree, scratch
from toolkit import baseline
from toolkit.config import Settings, load
from toolkit.engine import Result, lint
from toolkit.errors import LditError
from toolkit.examples import sample
from toolkit.finding import Severity
from toolkit.fixes import fix
from toolkit.handlebars import HandlebarsError, calls, comments, parse, references, render, texts
from toolkit.integration import Integration
from toolkit.json_text import pretty, read
from toolkit.json_text.repairs import repairs
from toolkit.metrics.definition import load_metrics
from toolkit.reports import FORMATS, renderer
from toolkit.reports.report import Report
from toolkit.rules.run import INTERNAL_ERROR

ALL = Settings(pedantic=True)
CONTEXT = {"a": {"b": ["c", 1, None, True]}, "formVariables": {"apiKey": "d"}, "events": [{"kind": "flag"}]}


class Target(NamedTuple):
    """``start`` is a good case or one with a known defect; ``mutate`` changes it a little."""

    start: Callable[[random.Random], Case]
    mutate: Callable[[random.Random, Case], Case]
    run: Callable[[Case], object]

    def make(self, rng: random.Random) -> Case:
        """A case that is new for each state of ``rng``."""
        case = self.start(rng)
        for _ in range(rng.choice((1, 1, 1, 2, 4))):
            case = self.mutate(rng, case)
        return case


def judged(case: Case, settings: Settings = ALL) -> Result:
    """What is found. Raises AssertionError where a check was not finished."""
    result = lint(Integration.from_files("acme", case), settings)
    for finding in result.findings:
        assert finding.rule != INTERNAL_ERROR, finding.problem.message
        assert finding.rule != "icon-not-measured" or "bug in ldit" not in finding.problem.help, finding.problem.message
    return result


def run_integration(case: Case) -> object:
    """Lints, and writes every report; all of what is found is known to a baseline of it."""
    result = judged(case)
    reports = {name: "".join(renderer(name)(Report((result,)))) for name in FORMATS}
    known = {digits: baseline.Entry("acme", found.rule) for found, digits in baseline.fingerprints(result)}
    assert not baseline.new(result, known).findings
    for name in ("json", "sarif", "gitlab"):
        json.loads(reports[name])
    ElementTree.fromstring(reports["junit"])
    return reports


def run_fix(case: Case) -> object:
    """A fix is final, makes no JSON unreadable and brings up no new error."""
    before = judged(case)
    unread = {finding.problem.place.file for finding in before.findings if finding.rule == "invalid-json"}
    states = []
    for unsafe in (False, True):
        after = fix(before.integration, ALL, unsafe=unsafe)
        changed = after.integration.changed_since(before.integration)
        again = fix(Integration.from_files("acme", {**case, **changed}), ALL, unsafe=unsafe)
        assert not again.integration.changed_since(after.integration), f"a second fix changes more ({unsafe=})"
        if not unread:
            new = errors(after) - errors(before)
            assert not new, f"new errors after a fix ({unsafe=}): {sorted(new)}"
        states.append(sorted(changed.items()))
    return states


def errors(result: Result) -> set[tuple[str, str]]:
    return {(f.rule, f.problem.place.file) for f in result.findings if f.severity is Severity.error}


def run_json(case: Case) -> object:
    """Reads JSON, or repairs it."""
    data = case["manifest.json"]
    try:
        document = read(data)
        laid_out = pretty(data.decode("utf-8", "surrogatepass").removeprefix("\ufeff"))
        assert repr(read(laid_out.encode("utf-8", "surrogatepass")).value) == repr(document.value)
        return document.duplicates, laid_out
    except LditError as error:
        return str(error), repairs(data.decode("utf-8", "replace"))
    except UnicodeDecodeError as error:
        return str(error)


def run_template(case: Case) -> object:
    """Parses a template, reads what it names, and renders it."""
    source = case["template"].decode("utf-8", "replace")
    parse.cache_clear()
    try:
        program = parse(source)
    except HandlebarsError as error:
        return str(error), [*comments(source)]
    rendered: object = None
    try:
        rendered = render(source, CONTEXT)
    except HandlebarsError as error:
        rendered = str(error)
    return rendered, [*references(program)], [*calls(program)], [*texts(program)]


def _file(name: str, data: bytes) -> Path:
    path = scratch() / name
    (path.parent / "integrations").mkdir(exist_ok=True)
    path.write_bytes(data)
    return path


@cache
def _damaged() -> Result:
    """An integration in which something is found."""
    return lint(Integration.from_files("acme", {**sample(), "README.md": b"", "a.json": b"{"}), ALL)


def run_toml(case: Case) -> object:
    """Reads a configuration, and follows it."""
    try:
        settings = load(_file("ldit.toml", case["ldit.toml"]))
    except LditError as error:
        return str(error).replace(str(scratch()), ""), error.help
    result = _damaged()
    settings = settings.at(result.integration)
    return [rule.id for rule in settings.rules()], settings.reported(result.findings, result.integration)


def run_baseline(case: Case) -> object:
    """Reads a baseline, and leaves out what it knows."""
    try:
        known = baseline.load(_file("baseline.json", case["baseline.json"]))
    except LditError as error:
        return str(error).replace(str(scratch()), ""), error.help
    return baseline.new(_damaged(), known).findings


def run_metrics(case: Case) -> object:
    """Reads definitions of metrics; what they send is what they say."""
    try:
        found = load_metrics(_file("metrics.json", case["metrics.json"]))
    except LditError as error:
        return str(error).replace(str(scratch()), ""), error.help
    for definition in found:
        assert not definition.difference(definition.body()), definition.key
        assert type(definition).from_json(definition.to_json()) == definition
    return [definition.body() for definition in found]


def in_file(
    name: str, start: Callable[[], tuple[bytes, ...]], tokens: tuple[bytes, ...]
) -> tuple[Callable[[random.Random], Case], Callable[[random.Random, Case], Case]]:
    """How one file is begun and changed, as text; a JSON file mostly as the value in it."""

    def begun(rng: random.Random) -> Case:
        return {name: rng.choice(start())}

    def changed(rng: random.Random, case: Case) -> Case:
        return {**case, name: text(rng, case[name], tokens, start())}

    return begun, changed


def json_file(
    name: str, values: Callable[[], tuple[object, ...]]
) -> tuple[Callable[[random.Random], Case], Callable[[random.Random, Case], Case]]:
    """How a JSON file is begun and changed: mostly as the value in it, else as text."""

    def begun(rng: random.Random) -> Case:
        return {name: dumped(rng, rng.choice(values()))}

    def changed(rng: random.Random, case: Case) -> Case:
        if rng.random() < 0.75:
            with suppress(ValueError, RecursionError):
                return {**case, name: dumped(rng, value(rng, json.loads(case[name]), values()))}
        return {**case, name: text(rng, case[name], seeds.TOKENS, [dumped(rng, rng.choice(values()))])}

    return begun, changed


def within(
    part: tuple[Callable[[random.Random], Case], Callable[[random.Random, Case], Case]],
) -> tuple[Callable[[random.Random], Case], Callable[[random.Random, Case], Case]]:
    """The same file, in the sample integration."""
    begun, changed = part
    return lambda rng: {**sample(), **begun(rng)}, changed


def begun_directory(rng: random.Random) -> Case:
    return rng.choice(seeds.directories())


def mutated_directory(rng: random.Random, case: Case) -> Case:
    """One of the files changed, taken from another integration, or gone."""
    other = rng.choice(seeds.directories())
    path = rng.choice([*case, *other])
    match rng.randrange(8):
        case 0:
            return {name: data for name, data in case.items() if name != path} or case
        case 1:
            return {**case, path: other.get(path, b"")}
    if path.endswith(".json"):
        return json_file(path, seeds.values)[1](rng, {**case, path: case.get(path) or other.get(path) or b"{}"})
    data = case[path] if path in case else other[path]
    return {**case, path: text(rng, data, seeds.TOKENS, list(other.values()))}


MANIFEST = json_file("manifest.json", seeds.values)
SVG = in_file("assets/square.svg", lambda: seeds.texts(".svg"), seeds.SVG_TOKENS)
README = in_file("README.md", lambda: seeds.texts("README.md"), seeds.TOKENS)
TARGETS = {
    "manifest": Target(*within(MANIFEST), run_integration),
    "readme": Target(*within(README), run_integration),
    "svg": Target(*within(SVG), run_integration),
    "fix": Target(begun_directory, mutated_directory, run_fix),
    "directory": Target(begun_directory, mutated_tree(mutated_directory), run_tree),
    "json": Target(*MANIFEST, run_json),
    "template": Target(*in_file("template", seeds.templates, seeds.TOKENS), run_template),
    "toml": Target(*in_file("ldit.toml", lambda: seeds.TOML, seeds.TOML_TOKENS), run_toml),
    "baseline": Target(*in_file("baseline.json", lambda: seeds.BASELINES, seeds.TOKENS), run_baseline),
    "metrics": Target(*json_file("metrics.json", lambda: (seeds.METRICS, *seeds.METRICS)), run_metrics),
}
