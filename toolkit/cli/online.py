"""``ldit lint --online``: follows the links before the rules run."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace

import click

from toolkit.cli import say
from toolkit.integration import Answer, Integration
from toolkit.text import printable

OFFLINE = frozenset({"there is no network", "its name could not be looked up", "no connection", "no answer in time"})
"""Reasons that mean that this machine reaches nobody, where no link has another one."""


def followed(integrations: Sequence[Integration], *, allow_private: bool) -> list[Integration]:
    """The same integrations with what the web says about their links; a summary goes to standard error."""
    from toolkit.links import ask, askable

    urls = {link.address for integration in integrations for link in integration.links if askable(link)}
    answers = dict(_progress(ask(sorted(urls), allow_private=allow_private), len(urls)))
    say(*_summary(answers))
    return [replace(integration, answers=answers) for integration in integrations]


def _progress(answers: Iterator[tuple[str, Answer]], length: int) -> Iterator[tuple[str, Answer]]:
    bar = (
        click.progressbar(answers, length, "checking links", file=sys.stderr)
        if sys.stderr.isatty()
        else nullcontext(answers)
    )
    with bar as shown:
        yield from shown


def _summary(answers: dict[str, Answer]) -> Iterator[str]:
    unsure = {url: answer.unsure for url, answer in sorted(answers.items()) if answer.unsure}
    if answers and len(unsure) == len(answers) and OFFLINE.issuperset(unsure.values()):
        yield f"none of {len(answers)} links could be checked: there is no network"
        return
    gone = sum(bool(answer.gone) for answer in answers.values())
    moved = sum(bool(answer.moved) for answer in answers.values())
    yield f"{len(answers)} links checked: {gone} dead, {moved} moved, {len(unsure)} could not be checked"
    for url, reason in unsure.items():
        yield printable(f"  could not check {url}: {reason}")
