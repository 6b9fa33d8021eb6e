"""Without PATH, in a fork, exactly the integrations that the branch changes are checked."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fork.forks import commit, git, integration, ldit, make_fork, publish
from toolkit.errors import LditError
from toolkit.fork.base import Base, find_base, official, remotes
from toolkit.fork.changed import UnknownChangeError, changed
from toolkit.fork.git import Git


def edit(fork: Path, name: str, path: str = "manifest.json") -> Path:
    file = fork / "integrations" / name / path
    file.write_text(file.read_text() + "\n")
    return file


def committed(fork: Path) -> None:
    edit(fork, "acme")
    commit(fork)


def staged(fork: Path) -> None:
    edit(fork, "acme")
    git(fork, "add", "-A")


def staged_only(fork: Path) -> None:
    before = (fork / "integrations/acme/manifest.json").read_text()
    edit(fork, "acme")
    git(fork, "add", "-A")
    (fork / "integrations/acme/manifest.json").write_text(before)


def unstaged(fork: Path) -> None:
    edit(fork, "acme")


def untracked(fork: Path) -> None:
    (fork / "integrations/acme/NOTES.md").write_text("Notes\n")


def renamed(fork: Path) -> None:
    git(fork, "mv", "integrations/acme/assets/square.svg", "integrations/acme/assets/logo.svg")


def deleted_icon(fork: Path) -> None:
    (fork / "integrations/acme/assets/square.svg").unlink()


def deleted_manifest(fork: Path) -> None:
    git(fork, "rm", "-q", "integrations/acme/manifest.json")


ONE = [committed, staged, staged_only, unstaged, untracked, renamed, deleted_icon, deleted_manifest]


def directories(fork: Path) -> list[str]:
    found = changed(fork, environment={})
    assert found
    assert found.note == ""
    assert found.since == "upstream/main"
    return found.directories


@pytest.mark.parametrize("change", ONE, ids=lambda change: change.__name__)
def test_one_changed_integration(fork: Path, change: Callable[[Path], None]) -> None:
    assert directories(fork) == []
    change(fork)
    assert directories(fork) == ["integrations/acme"]


def test_a_deleted_directory_is_nothing_to_check(fork: Path) -> None:
    git(fork, "rm", "-rq", "integrations/acme")
    (fork / "integrations/acme").mkdir()
    (fork / "integrations/acme/.DS_Store").write_text("left")
    edit(fork, "bolt")
    assert directories(fork) == ["integrations/bolt"]


def test_a_renamed_directory_is_checked_under_its_new_name(fork: Path) -> None:
    git(fork, "mv", "integrations/acme", "integrations/acme-logs")
    assert directories(fork) == ["integrations/acme-logs"]


def test_several_ways_of_changing_add_up(fork: Path) -> None:
    edit(fork, "bolt")
    commit(fork)
    edit(fork, "acme")
    integration(fork / "integrations" / "new one", "New")
    assert directories(fork) == ["integrations/acme", "integrations/bolt", "integrations/new one"]


def test_what_is_no_integration_is_not_checked(fork: Path) -> None:
    (fork / "README.md").write_text("# Fork\n")
    (fork / "integrations" / "README.md").write_text("# Integrations\n")
    (fork / "node_modules" / "web").mkdir(parents=True)
    (fork / "node_modules" / "web" / "manifest.json").write_text("{}\n")
    assert directories(fork) == []


def test_an_integration_outside_the_directory_of_integrations(fork: Path) -> None:
    sample = integration(fork / "samples" / "demo", "Demo")
    assert directories(fork) == ["samples/demo"]
    publish(fork)
    assert directories(fork) == []
    (sample / "manifest.json").unlink()
    assert directories(fork) == ["samples/demo"]


def test_what_others_did_on_main_is_not_ours(fork: Path) -> None:
    git(fork, "switch", "-qc", "theirs", "upstream/main")
    edit(fork, "crest")
    commit(fork)
    git(fork, "push", "-q", "upstream", "theirs:main")
    git(fork, "switch", "-q", "work")
    edit(fork, "acme")
    git(fork, "fetch", "-q", "upstream")
    assert directories(fork) == ["integrations/acme"]


def test_a_detached_head_and_a_worktree(fork: Path, tmp_path: Path) -> None:
    committed(fork)
    git(fork, "switch", "-q", "--detach")
    assert directories(fork) == ["integrations/acme"]
    git(fork, "worktree", "add", "-q", tmp_path / "beside", "work")
    edit(tmp_path / "beside", "bolt")
    assert directories(tmp_path / "beside") == ["integrations/acme", "integrations/bolt"]


def test_a_fork_that_is_a_submodule(fork: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "outer")
    git(tmp_path / "outer", "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", fork, "inner")
    inner = tmp_path / "outer" / "inner"
    git(inner, "remote", "add", "upstream", tmp_path / "launchdarkly" / "integration-framework.git")
    git(inner, "fetch", "-q", "upstream")
    edit(inner, "bolt")
    assert directories(inner) == ["integrations/bolt"]


def test_the_base_is_the_official_remote_whatever_its_name(fork: Path) -> None:
    git(fork, "remote", "rename", "upstream", "launchdarkly")
    found = find_base(Git(fork), {})
    assert found == Base("refs/remotes/launchdarkly/main")
    assert found.name == "launchdarkly/main"
    assert official(remotes(Git(fork))) == "launchdarkly"


@pytest.mark.parametrize(
    ("url", "known"),
    [
        ("git@github.com:launchdarkly/integration-framework.git", True),
        ("https://github.com/LaunchDarkly/integration-framework", True),
        ("https://github.com/acme/integration-framework", False),
        ("https://github.com/launchdarkly/integration-framework-old", False),
        ("https://github.com/notlaunchdarkly/integration-framework", False),
    ],
)
def test_an_official_url(url: str, known: bool) -> None:
    assert official({"here": url}) == ("here" if known else "")


def test_a_pull_request_goes_to_its_target(fork: Path) -> None:
    committed(fork)
    git(fork, "push", "-q", "origin", "work:next")
    git(fork, "fetch", "-q", "origin")
    edit(fork, "bolt")
    for name in ("GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"):
        found = changed(fork, environment={name: "next"})
        assert found
        assert (found.directories, found.since) == (["integrations/bolt"], "origin/next")
    with pytest.raises(UnknownChangeError, match="does not have gone, the branch"):
        changed(fork, environment={"GITHUB_BASE_REF": "gone"})


def test_a_shallow_clone_of_a_pull_request(fork: Path, tmp_path: Path) -> None:
    committed(fork)
    git(fork, "push", "-q", "origin", "work")
    shallow = tmp_path / "shallow"
    url = f"file://{tmp_path / 'origin.git'}"
    git(tmp_path, "clone", "-q", "--depth", "1", "--no-single-branch", "--branch", "work", url, shallow)
    found = changed(shallow, environment={"GITHUB_BASE_REF": "main"})
    assert found
    assert found.directories == ["integrations/acme"]
    assert found.note == "this clone does not reach back to where the branch left origin/main: compared with its tip"
    git(tmp_path, "clone", "-q", "--depth", "1", "--branch", "work", url, tmp_path / "single")
    run = ldit(tmp_path / "single", "lint", "--show-files", environment={"GITHUB_BASE_REF": "main"})
    assert run.returncode == 0
    assert "integrations/crest/manifest.json" in run.stdout
    assert run.stderr == (
        "checking everything: this clone does not have main, the branch that the pull request goes to\n"
    )


def test_an_explicit_base(fork: Path) -> None:
    committed(fork)
    edit(fork, "bolt")
    found = changed(fork, "HEAD", {})
    assert found
    assert found.directories == ["integrations/bolt"]
    with pytest.raises(LditError, match="there is no commit nowhere"):
        changed(fork, "nowhere", {})
    with pytest.raises(LditError, match="there is no commit --output=x"):
        changed(fork, "--output=x", {})


def without_commits(tmp_path: Path) -> Path:
    integration(tmp_path / "bare" / "integrations" / "acme", "Acme")
    git(tmp_path, "init", "-q", "bare")
    return tmp_path / "bare"


def without_remotes(tmp_path: Path) -> Path:
    commit(without_commits(tmp_path))
    return tmp_path / "bare"


def on_an_unborn_branch(tmp_path: Path) -> Path:
    fork = make_fork(tmp_path, "Acme")
    git(fork, "switch", "-q", "--orphan", "empty")
    integration(fork / "integrations" / "acme", "Acme")
    return fork


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (without_commits, "no remote of this clone has a main branch that was fetched"),
        (without_remotes, "no remote of this clone has a main branch that was fetched"),
        (on_an_unborn_branch, "this branch has no commits yet"),
    ],
)
def test_everything_is_checked_where_the_change_is_not_known(
    tmp_path: Path, make: Callable[[Path], Path], why: str
) -> None:
    fork = make(tmp_path)
    run = ldit(fork, "lint", "--format", "json")
    assert run.stderr == f"checking everything: {why}\n"
    assert [one["path"] for one in json.loads(run.stdout)["integrations"]] == ["integrations/acme"]


def test_without_git_everything_is_checked(fork: Path, tmp_path: Path) -> None:
    run = ldit(fork, "lint", "--show-files", environment={"PATH": str(tmp_path)})
    assert run.stderr == "checking everything: there is no git on the path\n"
    assert "integrations/acme/manifest.json" in run.stdout


def test_a_program_in_the_linted_tree_is_not_git(fork: Path) -> None:
    program = fork / "git"
    program.write_text("#!/bin/sh\ntouch executed\n")
    program.chmod(0o755)
    git_directory = shutil.which("git")
    assert git_directory
    path = f":.:{Path(git_directory).parent}"
    run = ldit(fork, "lint", environment={"PATH": path})
    assert run.returncode == 0
    assert not (fork / "executed").exists()


def test_nothing_in_the_repository_is_written(fork: Path) -> None:
    edit(fork, "acme")

    def state() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in sorted((fork / ".git").rglob("*")) if path.is_file()}

    before = state()
    assert ldit(fork, "lint").returncode in (0, 1)
    assert state() == before
