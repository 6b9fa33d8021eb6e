"""The bad example of a rule, beside the good one that it differs least from."""

import difflib
from collections.abc import Iterator
from functools import cache

from toolkit.examples import damaged
from toolkit.integration import Answer, Integration
from toolkit.integration.readme import NAME as README
from toolkit.lint import lint
from toolkit.reports.text import printable
from toolkit.rules import Rule, patches, readme, template_patches
from toolkit.rules.registry import Patch

_LONGEST = 160


def compared(rule: Rule, patch: Patch) -> Iterator[str]:
    """What is wrong in the bad example of a patch, line by line: diffs from good to bad where there is one."""
    bad = damaged(patch)
    good = nearest(rule, patch, bad)
    for path, content in patch.items():
        if path == ".":
            yield f"A directory called `{content}`:\n"
        elif isinstance(content, Answer):
            yield f"When `{path}` {_said(content)}:\n"
        elif content is None:
            yield f"Without `{path}`:\n"
        elif path not in bad.files or not bad.files[path].readable or b"\0" in bad.files[path].data:
            yield f"With `{path}`:\n"
        elif lines := _diff(good, bad, path):
            yield f"In `{path}`, good (-) and bad (+):\n"
            yield "```diff"
            yield from lines
            yield "```\n"


@cache
def _right() -> tuple[Integration, ...]:
    """Good integrations: the sample as it is, as a hook, as an approval system and so on."""
    others: tuple[Patch, ...] = (
        patches.hook(),
        patches.hook(variables=()),
        patches.approval(),
        patches.synced(),
        patches.trigger(),
        patches.store(),
        patches.form(),
        patches.form_of_flag_cleanup(),
        patches.form_of_approval(),
        template_patches.hook_with(default=template_patches.GOOD),
        template_patches.hook_with(flag=template_patches.GOOD),
        template_patches.link_with("{{{metadata.title}}}", {"title": {"type": "string"}}),
        {README: readme.GOOD},
    )
    return tuple(damaged(patch) for patch in ({}, *others))


def nearest(rule: Rule, patch: Patch, bad: Integration) -> Integration:
    """The good integration that differs least from the bad one in the files of the patch.

    It has no capability that the bad one lacks, and the rule finds no more in it than in the sample.
    """
    plain = _right()[0]
    fitting = (right for right in _right() if _capabilities(right) <= _capabilities(bad))
    good = [right for right in fitting if right is plain or _count(rule, right) <= _count(rule, plain)]
    return min(good, key=lambda right: sum(len(_diff(right, bad, path)) for path in patch))


def _count(rule: Rule, integration: Integration) -> int:
    return len(lint(integration, [rule]).findings)


def _capabilities(integration: Integration) -> set[str]:
    return set(integration.manifest.object("/capabilities")) if integration.manifest else set()


def _said(answer: Answer) -> str:
    return f"answers {answer.gone}" if answer.gone else f"redirects permanently to `{answer.moved}`"


def _diff(good: Integration, bad: Integration, path: str) -> list[str]:
    """The lines of a text file that differ, with one around them; none where the bad example has no such file.

    A line with an ellipsis stands for those between that are the same.
    """
    old, new = (_lines(integration, path) for integration in (good, bad))
    lines = list(difflib.unified_diff(old, new, n=1, lineterm=""))[3:] if path in bad.files else []
    return ["…" if line.startswith("@@") else _shown(line) for line in lines]


def _lines(integration: Integration, path: str) -> list[str]:
    file = integration.files.get(path)
    return file.text.splitlines() if file and file.readable else []


def _shown(line: str) -> str:
    shown = printable(line)
    return shown if len(shown) <= _LONGEST else shown[:_LONGEST] + "…"
