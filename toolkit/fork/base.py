"""What a branch is compared with: the official main, as the remotes of this clone know it."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from toolkit.fork.git import Git
from toolkit.regex import regex

OFFICIAL = "launchdarkly/integration-framework"
TARGETS = ("GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME")
"""Where GitHub and GitLab say which branch a pull request goes to."""
_OFFICIAL = regex(rf"[:/]{OFFICIAL}(\.git)?/?$", re.IGNORECASE)


class Base(NamedTuple):
    """A ref, such as ``refs/remotes/upstream/main``, or why there is none."""

    ref: str = ""
    missing: str = ""

    @property
    def name(self) -> str:
        """The short name, as people say it: ``upstream/main``."""
        return re.sub("^refs/(remotes|heads)/", "", self.ref).removesuffix("/HEAD")


def remotes(git: Git) -> dict[str, str]:
    """The URL of each remote, by name. Raises GitError."""
    return _remotes(git.start(*_REMOTES).answer())


def official(urls: Mapping[str, str]) -> str:
    """The name of the remote that is the official repository, or nothing."""
    return next((name for name, url in urls.items() if _OFFICIAL.search(url)), "")


def find_base(git: Git, environment: Mapping[str, str]) -> Base:
    """The base of this clone: a pull request's target in CI, else the official main. Raises GitError."""
    urls, listing = git.start(*_REMOTES), git.start("for-each-ref", "--format=%(refname)", "refs/remotes", "refs/heads")
    refs = set(listing.answer().splitlines())
    target = next((environment[name] for name in TARGETS if environment.get(name)), "")
    names = _remotes(urls.answer())
    wanted = _of_target(target, names) if target else _of_main(official(names))
    ref = next((ref for ref in wanted if ref in refs), "")
    if ref:
        return Base(ref)
    if target:
        return Base(missing=f"this clone does not have {target}, the branch that the pull request goes to")
    return Base(missing="no remote of this clone has a main branch that was fetched")


_REMOTES = ("remote", "-v")


def _remotes(listing: str) -> dict[str, str]:
    lines = (line.partition("\t") for line in listing.splitlines() if "(fetch)" in line)
    return {name: url.partition(" (fetch)")[0] for name, _, url in lines}


def _of_target(target: str, names: Mapping[str, str]) -> Iterator[str]:
    for remote in dict.fromkeys(("origin", "upstream", *names)):
        yield f"refs/remotes/{remote}/{target}"
    yield f"refs/heads/{target}"


def _of_main(remote: str) -> Iterator[str]:
    for name in (remote, "upstream", "origin"):
        if name:
            yield from (f"refs/remotes/{name}/{branch}" for branch in ("main", "HEAD"))
