"""What the hooks cost a commit: the real pre-commit runs them, beside a hook that runs `true`.

The hooks are those of this checkout's last commit, in a fork of their own with the conformance corpus, if present, and
the sample integration. Their environments are made before anything is measured.
"""

import shutil
import subprocess
from collections.abc import Callable
from itertools import count
from pathlib import Path

from benchmarks.measure import ENVIRONMENT, PYTHON, ROOT, Line

CORPUS = ROOT.parent / "shared" / "corpus" / "integrations"
NOTHING = "true"
ROUNDS = 9
PRE_COMMIT = (PYTHON, "-m", "pre_commit")
CONFIGURATION = r"""repos:
- repo: local
  hooks:
  - {id: "true", name: "true", entry: "true", language: system, always_run: true, pass_filenames: false}
- repo: %s
  rev: %s
  hooks: [{id: ldit-lint}, {id: ldit-fix}]
"""


def git(directory: Path, *arguments: str) -> str:
    """What git answers. Raises CalledProcessError."""
    who = ("-c", "user.name=Acme", "-c", "user.email=acme@acme.example")
    command = ["git", "-C", str(directory), *who, *arguments]
    return subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=True).stdout.strip()


def make(fork: Path) -> Path:
    """A repository like a partner's, in which ldit-fix has nothing left to fix; the manifest that a partner edits."""
    acme = fork / "integrations" / "acme-signals"
    shutil.copytree(ROOT / "sample-integration", acme)
    if CORPUS.is_dir():
        shutil.copytree(CORPUS, fork / "integrations", copy_function=shutil.copyfile, dirs_exist_ok=True)
    (fork / ".pre-commit-config.yaml").write_text(CONFIGURATION % (ROOT, git(ROOT, "rev-parse", "HEAD")))
    git(fork, "init", "-q")
    git(fork, "add", "-A")
    run = (*PRE_COMMIT, "run", "ldit-fix", "--all-files")
    subprocess.run(run, cwd=fork, env=ENVIRONMENT, stdout=subprocess.DEVNULL, check=False)
    git(fork, "add", "-A")
    git(fork, "commit", "-qm", "Start")
    return acme / "manifest.json"


def lines(work: Path) -> list[Line]:
    """Lines of a table: the hooks in a fork that is made in ``work``."""
    ENVIRONMENT["PRE_COMMIT_HOME"] = str(work / "pre-commit")
    fork = work / "fork"
    manifest = make(fork)
    text, people = manifest.read_text(), count()

    def unstage() -> None:
        git(fork, "reset", "-q", "--hard")

    def stage() -> None:
        manifest.write_text(text.replace("visitors", f"{next(people)} people"))
        git(fork, "add", "-A")

    def forget() -> None:
        unstage()
        shutil.rmtree(ENVIRONMENT["LDIT_CACHE_DIR"], ignore_errors=True)

    def line(hook: str, what: str, prepare: Callable[[], object], *options: str) -> Line:
        ours, theirs = ((*PRE_COMMIT, "run", each, *options) for each in (hook, NOTHING))
        return Line(f"the hook {hook}, {what}", ours, prepare, "a hook `true`", theirs, ROUNDS, directory=fork)

    return [
        line("ldit-lint", "nothing in integrations/", unstage),
        line("ldit-lint", "one changed manifest", stage),
        line("ldit-fix", "one changed manifest", stage),
        line("ldit-lint", "all integrations, cold", forget, "--all-files"),
        line("ldit-lint", "all integrations, unchanged", unstage, "--all-files"),
    ]
