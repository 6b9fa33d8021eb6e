"""What the hooks cost a commit: the real pre-commit runs them, beside a hook that runs `true`.

The hooks are those of this checkout's last commit, in a fork of their own with the conformance corpus, if present, and
the sample integration. Their environments are made before anything is measured.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measure import ENVIRONMENT, PYTHON, ROOT, medians, print_ratios

CORPUS = ROOT.parent / "shared" / "corpus" / "integrations"
NOTHING = "true"
HOOKS = (NOTHING, "ldit-lint", "ldit-fix")
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


def measure(fork: Path, what: str, arguments: Sequence[str] = ()) -> None:
    """Prints what is checked, and a line for each hook."""
    print(f"{what}:")
    print_ratios(medians({hook: (*PRE_COMMIT, "run", hook, *arguments) for hook in HOOKS}, 9, fork), base=NOTHING)


with tempfile.TemporaryDirectory() as temporary:
    ENVIRONMENT["PRE_COMMIT_HOME"] = f"{temporary}/pre-commit"
    fork = Path(temporary, "fork")
    manifest = make(fork)
    measure(fork, "a commit of nothing in integrations/")
    manifest.write_text(manifest.read_text().replace("visitors", "people"))
    git(fork, "add", "-A")
    measure(fork, "one changed manifest")
    measure(fork, f"all of {len(list(fork.glob('integrations/*')))} integrations", ("--all-files",))
