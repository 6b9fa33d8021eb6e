"""``ldit submit`` with real repositories: a branch with exactly one directory, and nothing else touched."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fork.forks import ENVIRONMENT, commit, git, integration, ldit

CREST = "integrations/crest"


def state(fork: Path) -> dict[str, str]:
    """Whatever a submission leaves as it is: what git shows, the index, each ref but new ones, the working tree."""
    directory = fork / ".git"
    refs = [path for name in ("refs", "logs") for path in sorted((directory / name).rglob("*")) if path.is_file()]
    kept = [path for path in refs if path.name not in ("add-crest", "update-acme", "other", "crest")]
    files = [*kept, directory / "index", directory / "HEAD", directory / "config"]
    tree = [path for path in sorted(fork.rglob("*")) if path.is_file() and directory not in path.parents]
    shown = {name: git(fork, *name.split()) for name in ("status --porcelain", "stash list", "reflog")}
    return shown | {str(path): path.read_bytes().hex() for path in [*files, *tree]}


def files_of(fork: Path, branch: str) -> list[str]:
    return git(fork, "diff", "--name-only", "upstream/main", branch).splitlines()


def test_a_branch_with_exactly_the_directory(fork: Path) -> None:
    (fork / "README.md").write_text("# Mine\n")
    (fork / "notes.txt").write_text("mine\n")
    integration(fork / "integrations" / "bolt", "Bolt", overview="Not part of it.")
    git(fork, "add", "README.md")
    git(fork, "stash", "push", "-q", "notes.txt", "--include-untracked")
    (fork / "notes.txt").write_text("mine\n")
    before = state(fork)
    run = ldit(fork, "submit", CREST)
    assert run.returncode == 0, run.stderr
    assert state(fork) == before
    names = ("README.md", "assets/horizontal.svg", "assets/square.svg", "manifest.json")
    assert files_of(fork, "add-crest") == [f"{CREST}/{name}" for name in names]
    assert git(fork, "log", "--format=%an %s", "upstream/main..add-crest") == "Jo Add Crest"
    assert git(fork, "rev-parse", "add-crest^") == git(fork, "rev-parse", "upstream/main")
    assert "add-crest is at" in run.stderr
    assert "git restore --source=upstream/main --staged --worktree -- README.md" in run.stderr
    assert "rm -- notes.txt" in run.stderr
    assert "-- integrations/bolt/manifest.json" in run.stderr


def test_the_steps_take_stray_changes_back_out(fork: Path) -> None:
    (fork / "README.md").write_text("# Mine\n")
    (fork / "notes.txt").write_text("mine\n")
    (fork / "package.json").write_text("{}\n")
    git(fork, "add", "README.md", "package.json")
    (fork / "integrations" / "bolt" / "manifest.json").unlink()
    run = ldit(fork, "submit", CREST, "--check")
    steps = [line.strip() for line in run.stdout.splitlines() if line.startswith("      ") and "--" in line]
    steps = [step for step in steps if step.startswith(("git r", "rm"))]
    assert len(steps) == 4
    for step in steps:
        subprocess.run(["sh", "-c", step.replace("git rm", "git rm -qf")], cwd=fork, env=ENVIRONMENT, check=True)
    assert git(fork, "status", "--porcelain") == f"?? {CREST}/"
    again = ldit(fork, "submit", "--check")
    assert again.returncode == 0, again.stdout
    assert "[ ]" not in again.stdout


def test_run_again_it_changes_nothing_and_then_adds_what_is_new(fork: Path) -> None:
    first = ldit(fork, "submit")
    tip = git(fork, "rev-parse", "add-crest")
    second = ldit(fork, "submit")
    assert (second.returncode, second.stdout) == (0, first.stdout)
    assert "add-crest holds exactly this already" in second.stderr
    assert git(fork, "rev-parse", "add-crest") == tip
    (fork / CREST / "NOTES.md").write_text("# Notes\n")
    assert ldit(fork, "submit").returncode == 0
    assert git(fork, "rev-parse", "add-crest^") == tip
    assert files_of(fork, "add-crest")[0] == f"{CREST}/NOTES.md"


def test_what_was_deleted_is_deleted_and_what_was_forced_is_there(fork: Path) -> None:
    acme = fork / "integrations" / "acme"
    (acme / "assets" / "horizontal.svg").unlink()
    manifest = (acme / "manifest.json").read_text()
    (acme / "manifest.json").write_text(manifest.replace("horizontal.svg", "square.svg").replace("1.0.0", "1.0.1"))
    (fork / ".git" / "info" / "exclude").write_text("*.log\n")
    (acme / "forced.log").write_text("forced\n")
    git(fork, "add", "--force", "integrations/acme/forced.log")
    (acme / "ignored.log").write_text("ignored\n")
    (acme / "run.sh").write_text("#!/bin/sh\n")
    (acme / "run.sh").chmod(0o755)
    run = ldit(fork, "submit", acme, "--allow-errors", "the icon is the same on purpose")
    assert run.returncode == 0, run.stderr
    changes = git(fork, "diff", "--name-status", "--no-renames", "upstream/main", "update-acme").splitlines()
    assert [line.replace("\tintegrations/acme/", " ") for line in changes] == [
        "D assets/horizontal.svg",
        "A forced.log",
        "M manifest.json",
        "A run.sh",
    ]
    assert git(fork, "ls-tree", "update-acme", "integrations/acme/run.sh").startswith("100755")
    assert "git ignores integrations/acme/ignored.log, which is not submitted" in run.stderr
    assert "[x] version: version goes from 1.0.0 to 1.0.1" in run.stderr
    assert "the icon is the same on purpose" in run.stdout


def test_a_dry_run_makes_nothing(fork: Path) -> None:
    def everything() -> set[Path]:
        return set((fork / ".git").rglob("*"))

    before, there = state(fork), everything()
    run = ldit(fork, "submit", "--dry-run", "--push", "origin", "--open")
    assert (run.returncode, run.stdout) == (0, "")
    assert "would make, on upstream/main, the branch add-crest" in run.stderr
    assert "would push it to origin" in run.stderr
    assert (state(fork), everything()) == (before, there)


def test_it_pushes_to_the_bare_origin_and_never_by_force(fork: Path, tmp_path: Path) -> None:
    run = ldit(fork, "submit", "--push", "origin")
    assert run.returncode == 0, run.stderr
    assert "pushed add-crest to origin" in run.stderr
    origin = tmp_path / "origin.git"
    assert git(origin, "rev-parse", "add-crest") == git(fork, "rev-parse", "add-crest")
    theirs = git(origin, "commit-tree", "add-crest^{tree}", "-p", "add-crest", "-m", "Theirs")
    git(origin, "update-ref", "refs/heads/add-crest", theirs)
    (fork / CREST / "NOTES.md").write_text("# Notes\n")
    refused = ldit(fork, "submit", "--push", "origin")
    assert refused.returncode == 2
    assert "error: git: failed to push some refs" in refused.stderr
    assert git(origin, "rev-parse", "add-crest") == theirs


def on_github(fork: Path) -> None:
    """Makes the remotes look as if they were on GitHub, while git goes to the bare ones."""
    for name in ("origin", "upstream"):
        url = git(fork, "config", f"remote.{name}.url")
        owner = "jo-acme" if name == "origin" else "launchdarkly"
        git(fork, "config", f"remote.{name}.url", f"git@github.com:{owner}/integration-framework.git")
        git(fork, "config", f"remote.{name}.pushurl", url)


def program(tmp_path: Path, name: str, script: str) -> dict[str, str]:
    path = tmp_path / "bin" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return {"PATH": f"{path.parent}:/usr/bin:/bin", "BROWSER": str(path), "DISPLAY": ":0"}


def test_it_opens_the_compare_page(fork: Path, tmp_path: Path) -> None:
    on_github(fork)
    page = "https://github.com/launchdarkly/integration-framework/compare/main...jo-acme:add-crest?expand=1"
    browser = program(tmp_path, "browser", f'echo "$1" > {tmp_path}/opened')
    unpushed = ldit(fork, "submit", "--open", environment=browser)
    assert (unpushed.returncode, unpushed.stderr.splitlines()[-2:]) == (
        2,
        ["error: no remote has add-crest yet", "help: push it first: --push REMOTE"],
    )
    run = ldit(fork, "submit", "--push", "origin", "--open", environment=browser)
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "opened").read_text() == page + "\n"
    assert f"next: {page}" in ldit(fork, "submit", "--push", "origin").stderr


def test_it_calls_gh(fork: Path, tmp_path: Path) -> None:
    on_github(fork)
    script = (
        f'printf "%s\\n" "$@" > {tmp_path}/called\nwhile [ "$1" != --body-file ]; do shift; done\ncp "$2" {tmp_path}'
    )
    run = ldit(fork, "submit", "--push", "origin", "--open", environment=program(tmp_path, "gh", script))
    assert run.returncode == 0, run.stderr
    called = (tmp_path / "called").read_text().splitlines()
    assert called[:8] == [
        "pr",
        "create",
        "--repo",
        "launchdarkly/integration-framework",
        "--base",
        "main",
        "--head",
        "jo-acme:add-crest",
    ]
    assert called[8:10] == ["--title", "Add Crest"]
    assert (tmp_path / "body.md").read_text() == run.stdout
    failing = program(tmp_path, "gh", "echo 'not logged in' >&2; exit 4")
    refused = ldit(fork, "submit", "--push", "origin", "--open", environment=failing)
    assert refused.returncode == 2
    assert "error: gh pr create: not logged in" in refused.stderr


def unclean(fork: Path) -> list[str]:
    integration(fork / CREST, "Crest", overview="No period here")
    return []


def no_remote(fork: Path) -> list[str]:
    git(fork, "remote", "remove", "upstream")
    git(fork, "remote", "remove", "origin")
    return []


def conflict(fork: Path) -> list[str]:
    git(fork, "switch", "-qc", "theirs", "upstream/main")
    acme = fork / "integrations" / "acme" / "manifest.json"
    acme.write_text(acme.read_text().replace("1.0.0", "1.1.0"))
    git(fork, "add", "integrations/acme")
    git(fork, "commit", "-qm", "Theirs")
    git(fork, "push", "-q", "upstream", "theirs:main")
    git(fork, "switch", "-q", "work")
    git(fork, "fetch", "-q", "upstream")
    acme.write_text(acme.read_text().replace("1.0.0", "1.0.1"))
    return ["integrations/acme"]


def embedded(fork: Path) -> list[str]:
    git(fork / CREST, "init", "-q", "vendor")
    (fork / CREST / "vendor" / "x").write_text("x\n")
    commit(fork / CREST / "vendor")
    return []


def checked_out(fork: Path) -> list[str]:
    git(fork, "switch", "-qc", "add-crest")
    return []


def used(fork: Path) -> list[str]:
    git(fork, "branch", "add-crest", "work")
    git(fork, "switch", "-q", "add-crest")
    (fork / "README.md").write_text("# Mine\n")
    git(fork, "commit", "-qam", "Mine")
    git(fork, "switch", "-q", "work")
    return []


def two(fork: Path) -> list[str]:
    integration(fork / "integrations" / "dune", "Dune")
    return []


def same(fork: Path) -> list[str]:
    return ["integrations/acme"]


def none(fork: Path) -> list[str]:
    shutil.rmtree(fork / CREST)
    return []


REFUSED: list[tuple[Callable[[Path], list[str]], str]] = [
    (unclean, "ldit lint finds 1 error\nhelp: ldit lint integrations/crest, or `--allow-errors REASON`"),
    (
        no_remote,
        "no remote of this clone has a main branch that was fetched\nhelp: git remote add",
    ),
    (
        conflict,
        "changed this directory since your branch left it: integrations/acme/manifest.json\nhelp: git merge",
    ),
    (embedded, "integrations/crest/vendor is a git repository of its own"),
    (checked_out, "add-crest is checked out, so that it cannot be changed"),
    (used, "the branch add-crest is there already, and changes README.md"),
    (two, "several differ from upstream/main: integrations/crest, integrations/dune"),
    (same, "integrations/acme is the same in upstream/main"),
    (none, "no integration differs from upstream/main"),
    (lambda _: ["integrations"], "integrations holds 3 integrations, not one of integrations/"),
    (lambda _: ["--branch", "main"], "main is not a branch to submit from"),
    (lambda _: ["--branch", "a b"], "git does not take `a b` as the name of a branch"),
    (lambda _: ["--branch", "--force"], "git does not take `--force` as the name of a branch"),
    (lambda _: ["--base", "gone"], "there is no branch or commit gone to submit to"),
    (lambda _: ["--push", "mine"], "there is no remote mine\nhelp: there are: origin, upstream"),
    (lambda _: ["--push", "--mirror"], "there is no remote --mirror"),
    (lambda fork: [str(fork.parent)], "is not in a fork of https://github.com/launchdarkly/integration-framework"),
]


@pytest.mark.parametrize(("arrange", "message"), REFUSED)
def test_a_refusal_is_one_clear_error_and_changes_nothing(
    fork: Path, arrange: Callable[[Path], list[str]], message: str
) -> None:
    arguments = arrange(fork)
    before, branches = state(fork), git(fork, "branch", "--list")
    run = ldit(fork, "submit", *arguments)
    assert run.returncode == 2, run.stderr
    assert f"error: {message}" in run.stderr or message in run.stderr.partition("error: ")[2]
    assert run.stdout == ""
    assert (state(fork), git(fork, "branch", "--list")) == (before, branches)


def test_without_an_identity_nobody_is_made_up(fork: Path) -> None:
    unknown = {name: "" for name in ENVIRONMENT if name.startswith(("GIT_AUTHOR", "GIT_COMMITTER"))}
    run = ldit(fork, "submit", environment=unknown)
    assert run.returncode == 2
    assert "error: git does not know who you are\nhelp: git config user.name" in run.stderr
    assert not git(fork, "branch", "--list", "add-crest")


def test_main_as_the_current_branch_stays_where_it_is(fork: Path) -> None:
    git(fork, "switch", "-q", "main")
    main = git(fork, "rev-parse", "main")
    assert ldit(fork, "submit").returncode == 0
    assert git(fork, "rev-parse", "main") == main
    assert git(fork, "branch", "--show-current") == "main"


def test_hooks_are_not_run(fork: Path) -> None:
    for name in ("pre-commit", "commit-msg", "reference-transaction", "post-index-change", "pre-push", "post-commit"):
        hook = fork / ".git" / "hooks" / name
        hook.write_text(f"#!/bin/sh\ntouch {fork}/executed\nexit 1\n")
        hook.chmod(0o755)
    run = ldit(fork, "submit", "--push", "origin")
    assert run.returncode == 0, run.stderr
    assert not (fork / "executed").exists()


def test_from_a_subdirectory_a_worktree_and_a_detached_head(fork: Path, tmp_path: Path) -> None:
    assert ldit(fork / CREST / "assets", "submit", "..").returncode == 0
    tip = git(fork, "rev-parse", "add-crest")
    git(fork, "worktree", "add", "-q", "--detach", tmp_path / "beside", "work")
    shutil.copytree(fork / CREST, tmp_path / "beside" / CREST)
    assert ldit(tmp_path / "beside", "submit").returncode == 0
    assert git(fork, "rev-parse", "add-crest") == tip
    assert git(tmp_path / "beside", "status", "--porcelain") == f"?? {CREST}/"


def test_another_base_without_any_remote(fork: Path) -> None:
    no_remote(fork)
    run = ldit(fork, "submit", "--base", "main", "--branch", "crest")
    assert run.returncode == 0, run.stderr
    assert git(fork, "rev-parse", "crest^") == git(fork, "rev-parse", "main")


@pytest.mark.skipif(os.name != "posix", reason="kills processes")
def test_killed_at_any_moment_nothing_is_harmed(fork: Path) -> None:
    seed = int(os.environ.get("LDIT_SEED", "13"))
    moments = random.Random(seed)
    command = [sys.executable, "-m", "toolkit", "submit"]
    before = state(fork)
    started = time.monotonic()
    assert ldit(fork, "submit", "--branch", "other").returncode == 0
    whole = time.monotonic() - started
    commits = {""}
    for _ in range(int(os.environ.get("LDIT_KILLS", "6"))):
        process = subprocess.Popen(
            command,
            cwd=fork,
            env=ENVIRONMENT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(moments.uniform(whole / 3, whole))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert state(fork) == before, f"LDIT_SEED={seed}"
        if tip := git(fork, "for-each-ref", "--format=%(objectname)", "refs/heads/add-crest"):
            assert len(files_of(fork, "add-crest")) == 4
            commits.add(tip)
            git(fork, "branch", "-qD", "add-crest")
        git(fork, "fsck", "--no-dangling", "--connectivity-only")
    assert ldit(fork, "submit").returncode == 0
    assert len(files_of(fork, "add-crest")) == 4
    assert state(fork) == before
