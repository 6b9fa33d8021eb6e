"""What credentials look like."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from toolkit.regex import regex

SHOWN = 4
"""Characters of a credential that may be printed, so that its owner knows which one it is."""


class Credential(NamedTuple):
    """A documented form of credential. One of ``marks`` stands in each; a group of the pattern is what is secret."""

    name: str
    marks: tuple[str, ...]
    pattern: str


class Secret(NamedTuple):
    """A credential at ``start`` to ``end`` of a text."""

    kind: str
    start: int
    end: int


def _credential(name: str, marks: str, pattern: str) -> Credential:
    return Credential(name, tuple(marks.split()), rf"(?<![A-Za-z0-9_-])(?:{pattern})(?![A-Za-z0-9_-])")


_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_PEM = (
    r"-----BEGIN (?:[A-Z0-9]{1,12} ){0,2}PRIVATE KEY(?: BLOCK)?-----"
    r"((?:[\w+/=\s,:-]|\\{1,4}[nr]){0,300}?[A-Za-z0-9+/]{40}(?:[A-Za-z0-9+/=\s]|\\{1,4}[nr]){0,20000})"
)
KINDS = (
    _credential("a LaunchDarkly access token", "api-", rf"api-{_UUID}"),
    _credential("a LaunchDarkly SDK key", "sdk-", rf"sdk-{_UUID}"),
    _credential("a LaunchDarkly mobile key", "mob-", rf"mob-{_UUID}"),
    _credential("a LaunchDarkly relay proxy key", "rel-", rf"rel-{_UUID}"),
    Credential("a private key", ("PRIVATE KEY",), _PEM),
    _credential("an AWS access key", "AKIA ASIA ABIA ACCA", r"(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}"),
    _credential("an AWS secret key", "ecret", r"(?i:aws_?secret_?(?:access_?)?key)[\\\"'\s:=]{1,9}([A-Za-z0-9+/]{40})"),
    _credential("a Slack token", "xox", r"xox[abeoprs](?:\.xox[bp])?-[A-Za-z0-9-]{20,250}"),
    _credential("a Slack app token", "xapp-", r"xapp-\d-[A-Z0-9]{8,16}-\d{8,16}-[0-9a-f]{64}"),
    _credential("a Slack webhook", "hooks.slack.com", r"https://hooks\.slack\.com/[a-z]{4,12}/([A-Za-z0-9/]{20,120})"),
    _credential("a GitHub token", "ghp_ gho_ ghu_ ghs_ ghr_", r"gh[pousr]_[A-Za-z0-9]{36,255}"),
    _credential("a GitHub token", "github_pat_", r"github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}"),
    _credential("a GitLab token", "glpat-", r"glpat-[A-Za-z0-9_-]{20,64}"),
    _credential("a Google API key", "AIza", r"AIza[A-Za-z0-9_-]{35}"),
    _credential("a Google OAuth secret", "GOCSPX-", r"GOCSPX-[A-Za-z0-9_-]{28}"),
    _credential("a Google OAuth token", "ya29.", r"ya29\.[A-Za-z0-9_-]{20,1000}"),
    _credential("a JSON web token", "eyJ", r"eyJ[\w-]{8,2000}\.eyJ[\w-]{8,8000}\.[\w-]{16,1000}"),
    _credential("a Stripe key", "sk_ rk_", r"[sr]k_(?:live|test)_[A-Za-z0-9]{24,247}"),
    _credential("a Stripe webhook secret", "whsec_", r"whsec_[A-Za-z0-9]{32,64}"),
    _credential(
        "a Microsoft webhook", "webhook.office.com", r"https://[\w-]{1,60}\.webhook\.office\.com/([\w@/-]{60,300})"
    ),
    _credential("an Azure storage key", "AccountKey=", r"AccountKey=([A-Za-z0-9+/]{86})=="),
    _credential("a SendGrid key", "SG.", r"SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}"),
    _credential("a New Relic key", "NRAK-", r"NRAK-[A-Z0-9]{27}"),
    _credential("a Databricks token", "dapi", r"dapi[0-9a-f]{32}(?:-\d)?"),
    _credential("an npm token", "npm_", r"npm_[A-Za-z0-9]{36}"),
    _credential("a PyPI token", "pypi-", r"pypi-AgE[A-Za-z0-9_-]{50,1000}"),
    _credential("an OpenAI key", "T3BlbkFJ", r"sk-[A-Za-z0-9_-]{16,100}T3BlbkFJ[A-Za-z0-9_-]{16,100}"),
    _credential("an Anthropic key", "sk-ant-", r"sk-ant-[A-Za-z0-9_-]{80,120}"),
)
_PASSWORD = Credential("a password", ("@",), r"://([^\s/:@\"'<>{}\[\]]{0,99}:[^\s/@\"'<>{}]{1,200})@")
_INVENTED = regex(r"EXAMPLE|example|0000-?0000|1234-?1234|xxxx|XXXX")
_FEW = 4
"""Distinct characters in the last sixteen; every real credential has more."""


def secrets(text: str) -> Iterator[Secret]:
    """Every credential in a text that is not plainly invented, kind by kind."""
    return _matches(text, KINDS)


def passwords(text: str) -> Iterator[Secret]:
    """Every user name with a password that stands in a URL."""
    return _matches(text, (_PASSWORD,))


def _matches(text: str, kinds: tuple[Credential, ...]) -> Iterator[Secret]:
    for kind in kinds:
        if any(map(text.__contains__, kind.marks)):
            for match in re.finditer(kind.pattern, text):
                group = match.re.groups
                if not _INVENTED.search(match[0]) and len(set(match[group][-16:])) > _FEW:
                    yield Secret(kind.name, *match.span(group))
