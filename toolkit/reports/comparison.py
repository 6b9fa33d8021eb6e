"""The bad example of a rule, beside the good one that it differs least from."""

import difflib
from collections.abc import Iterator
from functools import cache

from toolkit.engine import run_rules
from toolkit.examples import damaged
from toolkit.integration import Answer, Integration
from toolkit.rules import Rule, examples
from toolkit.rules.registry import Patch
from toolkit.text import printable

_LONGEST = 160
"""Characters of a line that are shown."""
_MOST = 60
"""Lines of a file that are shown."""


def compared(rule: Rule, patch: Patch) -> Iterator[str]:
    """What is wrong in the bad example of a patch, line by line: diffs from bad to good where there is one.

    So the bad lines are removed, and red, where diffs have colors, and the good ones added, and green.
    """
    bad = damaged(patch)
    good = nearest(rule, patch, bad)
    for path, content in patch.items():
        if path == ".":
            yield f"A directory called `{content}`:\n"
        elif isinstance(content, Answer):
            yield f"When `{path}` {_answer(content)}:\n"
        elif content is None:
            yield f"Without `{path}`:\n"
        elif path not in bad.files or not bad.files[path].readable or b"\0" in bad.files[path].data:
            yield f"With `{path}`:\n"
        elif lines := _diff(bad, good, path):
            yield f"In `{path}`, bad (-) and good (+):\n"
            yield "```diff"
            yield from (*lines[:_MOST], *("…" for _ in lines[_MOST : _MOST + 1]))
            yield "```\n"


@cache
def _standards() -> tuple[Integration, ...]:
    """The sample as it is, and with each kind of capability: right as they stand."""
    others: tuple[Patch, ...] = (
        {},
        examples.hook(),
        examples.hook(variables=()),
        examples.approval(),
        examples.synced(addMemberArrayPath="/added", removeMemberArrayPath="/removed"),
        examples.trigger(parser={"eventName": "/title"}),
        examples.store(),
        examples.hook_with(flag=examples.TEMPLATE),
        {"README.md": examples.README},
    )
    return tuple(damaged(patch) for patch in others)


def nearest(rule: Rule, patch: Patch, bad: Integration) -> Integration:
    """The good integration that differs least from the bad one in the files of the patch.

    A good example of the rule, or a standard one in which the rule finds no more than in the sample, and which has no
    capability that the bad one lacks.
    """
    standards = _standards()
    good = [damaged(example) for example in rule.good]
    limit = _count(rule, standards[0])
    fitting = (each for each in (*standards, *good) if _capabilities(each) <= _capabilities(bad))
    good = [each for each in fitting if each is standards[0] or _count(rule, each) <= limit]
    return min(good, key=lambda each: sum(len(_diff(bad, each, path)) for path in patch))


def _count(rule: Rule, integration: Integration) -> int:
    return len(run_rules(integration, [rule]).findings)


def _capabilities(integration: Integration) -> set[str]:
    return set(integration.manifest.object("/capabilities")) if integration.manifest else set()


def _answer(answer: Answer) -> str:
    return f"answers {answer.gone}" if answer.gone else f"redirects permanently to `{answer.moved}`"


def _diff(bad: Integration, good: Integration, path: str) -> list[str]:
    """The lines of a text file that differ, with one around them; none where the bad example has no such file.

    A line with an ellipsis stands for those between that are the same.
    """
    old, new = (_lines(integration, path) for integration in (bad, good))
    lines = list(difflib.unified_diff(old, new, n=1, lineterm=""))[3:] if path in bad.files else []
    return ["…" if line.startswith("@@") else _shown(line) for line in lines]


def _lines(integration: Integration, path: str) -> list[str]:
    file = integration.files.get(path)
    return file.text.splitlines() if file and file.readable else []


def _shown(line: str) -> str:
    shown = printable(line)
    return shown if len(shown) <= _LONGEST else shown[:_LONGEST] + "…"
