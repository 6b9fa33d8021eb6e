"""What a scaffold asks: one table, its keys named as in the manifest."""

import json
from collections.abc import Callable, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from toolkit import resources
from toolkit.errors import LditError
from toolkit.scaffold import naming
from toolkit.scaffold.kinds import KINDS, IntegrationKind

Answer = str | list[str]
Answers = Mapping[str, Answer]
Guess = Callable[[Answers, IntegrationKind], Answer]


class Question(NamedTuple):
    """One thing to know; ``default``, ``suggestion`` and ``example`` follow from the answers to earlier questions.

    A default is taken in silence where nobody can be asked. A suggestion is offered at a prompt, because somebody has
    to agree with it. An example is only shown. What is ``optional`` may be left out; ``many`` takes a list.
    ``choices`` gives the values that it may have, where there are few.
    """

    key: str
    prompt: str
    help: str
    default: Guess | None = None
    suggestion: Guess | None = None
    example: Guess | None = None
    optional: bool = False
    many: bool = False
    choices: Callable[[], tuple[str, ...]] = tuple
    kinds: frozenset[str] = frozenset(KINDS)

    def guess(self, answers: Answers, kind: IntegrationKind) -> Answer | None:
        """What a prompt offers, or None where there is nothing to offer yet."""
        return _worked_out(self.default or self.suggestion, answers, kind)

    def shown(self, answers: Answers, kind: IntegrationKind) -> Answer | None:
        """An example to show beside the prompt, or None."""
        return _worked_out(self.example, answers, kind)


def _worked_out(guess: Guess | None, answers: Answers, kind: IntegrationKind) -> Answer | None:
    try:
        return guess(answers, kind) if guess else None
    except (KeyError, LditError):
        return None


def _categories() -> tuple[str, ...]:
    """The categories that the schema allows."""
    schema = json.loads(resources.path("schemas/manifest/manifest.json").read_bytes())
    return tuple(schema["properties"]["categories"]["items"]["enum"])


def _text(answers: Answers, key: str) -> str:
    return str(answers[key])


def _support_address(answers: Answers, _: IntegrationKind) -> str:
    try:
        host = urlsplit(_text(answers, "links.site")).hostname or ""
        ascii_host = host.removeprefix("www.").encode("idna").decode()
    except ValueError:
        return ""
    return f"support@{ascii_host}" if ascii_host else ""


QUESTIONS = (
    Question("name", "Name", 'the product\'s name as customers know it, without the word "integration"'),
    Question(
        "directory",
        "Directory",
        "its name in kebab-case: the integration's key in LaunchDarkly, which cannot change later",
        default=lambda answers, _: naming.slug(_text(answers, "name")),
    ),
    Question(
        "overview",
        "Overview",
        "one sentence for the list of integrations: a verb first, a period last, up to 90 characters",
        suggestion=lambda answers, kind: kind.overview.format(name=answers["name"]),
    ),
    Question(
        "description",
        "Description",
        "two or three sentences: what it does and why that helps",
        suggestion=lambda answers, kind: kind.description.format(name=answers["name"]),
    ),
    Question(
        "categories",
        "Categories",
        "one to three, with commas between them",
        default=lambda _, kind: list(kind.categories),
        many=True,
        choices=_categories,
    ),
    Question(
        "author",
        "Author",
        "the company behind the integration",
        default=lambda answers, _: answers["name"],
    ),
    Question("links.site", "Web site", "the product's page, with https://"),
    Question(
        "links.privacyPolicy",
        "Privacy policy",
        "your own, not LaunchDarkly's",
        suggestion=lambda answers, _: _text(answers, "links.site").rstrip("/") + "/privacy",
    ),
    Question(
        "supportEmail",
        "Support address",
        "where customers write to",
        suggestion=_support_address,
    ),
    Question("links.supportWebsite", "Support pages", "where customers look for help", optional=True),
    Question(
        "links.launchdarklyDocs",
        "Documentation",
        "the page about it in LaunchDarkly's documentation, if there is one: it is written after the review",
        example=lambda answers, _: f"https://launchdarkly.com/docs/integrations/{answers['directory']}",
        optional=True,
    ),
    Question(
        "details",
        "Next steps",
        "what to do outside LaunchDarkly to set it up, in 50 characters or more",
        optional=True,
        kinds=frozenset({"card", "metric"}),
    ),
    Question(
        "capabilities.trigger.documentation",
        "Alert documentation",
        "your page about sending alerts to a webhook",
        suggestion=lambda answers, _: answers.get("links.supportWebsite") or answers["links.site"],
        kinds=frozenset({"trigger"}),
    ),
    Question(
        "capabilities.flagLink.header",
        "Linked item",
        "what is linked, as a singular noun such as `Acme ticket`",
        default=lambda answers, _: f"{answers['name']} item",
        kinds=frozenset({"flag-link"}),
    ),
    Question("version", "Version", "three numbers", default=lambda *_: "1.0.0"),
)


def questions(kind: str) -> list[Question]:
    """The questions of ``kind``, in the order to ask them. Raises LditError for an unknown kind."""
    if kind not in KINDS:
        raise LditError(f"unknown kind `{kind}`", f"choose one of {', '.join(KINDS)}")
    return [question for question in QUESTIONS if kind in question.kinds]
