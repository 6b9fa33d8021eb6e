"""The text of the pull request: the official sections, what is known, and no secret."""

import json
from pathlib import Path

from tests.fork.forks import commit, git, integration, ldit
from toolkit.json_text import pretty

EXPECTED = Path(__file__).parent / "pull-request.md"
SECTIONS = (
    "Requirements",
    "Intended availability",
    "Related issues",
    "Describe the solution you've provided",
    "Describe alternatives you've considered",
    "Provide a request preview",
    "Additional context",
)
TOKEN = "ghp_" + "x9Kd83hQ" * 4 + "abcd"


def hooked(directory: Path) -> Path:
    """An integration that is told of changes, with a body that holds a fence."""
    manifest = integration(directory, "Dune") / "manifest.json"
    value = json.loads(manifest.read_text())
    del value["otherCapabilities"]
    value["formVariables"] = [
        {"key": "token", "name": "Token", "type": "string", "description": "Enter your token.", "isSecret": True}
    ]
    headers = [
        {"name": "Content-Type", "value": "application/json"},
        {"name": "Authorization", "value": "Bearer {{{token}}}"},
    ]
    endpoint = {"url": "https://dune.com/hook", "method": "POST", "headers": headers}
    templates = {"default": "templates/default.json.hbs"}
    value["capabilities"] = {"auditLogEventsHook": {"endpoint": endpoint, "templates": templates}}
    manifest.write_text(pretty(json.dumps(value)))
    (directory / "templates").mkdir()
    (directory / "templates" / "default.json.hbs").write_text('{"text": "```{{{name}}}```"}\n')
    (directory / "README.md").write_text("# Dune\n\nHow to test it: https://dune.com/testing\n")
    return directory


def test_the_text_of_a_new_integration(fork: Path) -> None:
    hooked(fork / "integrations" / "dune")
    run = ldit(fork, "submit", "integrations/dune")
    assert run.returncode == 0, run.stderr
    assert run.stdout == EXPECTED.read_text()
    assert [line.strip("*") for line in run.stdout.splitlines() if line.startswith("**")] == list(SECTIONS)


def test_the_text_of_an_update(fork: Path, tmp_path: Path) -> None:
    acme = fork / "integrations" / "acme" / "manifest.json"
    acme.write_text(acme.read_text().replace("1.0.0", "1.2.0"))
    file = tmp_path / "text.md"
    run = ldit(fork, "submit", "integrations/acme", "--text", file)
    assert (run.returncode, run.stdout) == (0, ""), run.stderr
    text = file.read_text()
    assert "Update Acme: Send flag changes to a log." in text
    assert "Say what is different now" in text
    assert "- [ ] I have updated my developer documentation" in text
    assert "- [x] version: version goes from 1.0.0 to 1.2.0" in text


def test_no_secret_comes_into_the_text(fork: Path) -> None:
    directory = hooked(fork / "integrations" / "dune")
    manifest = directory / "manifest.json"
    manifest.write_text(manifest.read_text().replace("Bearer {{{token}}}", f"Bearer {TOKEN}"))
    run = ldit(fork, "submit", directory, "--allow-errors", f"the token {TOKEN} is public\x1b[2J\n# Heading")
    assert run.returncode == 0, run.stderr
    assert TOKEN[8:] not in run.stdout + run.stderr
    assert "\x1b" not in run.stdout
    assert "\n# Heading" not in run.stdout


def test_a_name_of_another_length_makes_one_line(fork: Path) -> None:
    manifest = integration(fork / "integrations" / "dune", "Dune") / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"name": "Dune"', f'"name": "Dune\\n{"x" * 90}"'))
    git(fork, "config", "i18n.commitEncoding", "UTF-8")
    run = ldit(fork, "submit", "integrations/dune", "--allow-errors", "a trial")
    assert run.returncode == 0, run.stderr
    title = git(fork, "log", "-1", "--format=%B", "add-dune").strip()
    assert title == "Add Dune " + "x" * 55


def test_the_checklist(fork: Path) -> None:
    new = fork / "integrations" / "crest"
    (new / "README.md").unlink()
    manifest = new / "manifest.json"
    manifest.write_text(manifest.read_text().replace("https://crest.com/privacy", "https://yourcompany.com/privacy"))
    run = ldit(fork, "submit", "--check")
    assert run.returncode == 1
    assert run.stderr == ""
    assert "[ ] README: there is no README.md" in run.stdout
    assert "      replace the host yourcompany.com, first in manifest.json" in run.stdout
    assert not git(fork, "branch", "--list", "add-crest")


def test_a_version_that_is_not_raised(fork: Path) -> None:
    acme = fork / "integrations" / "acme"
    (acme / "README.md").write_text("# Acme\n\nHow to test it: https://acme.com/testing\n")
    commit(fork)
    run = ldit(fork, "submit", "integrations/acme", "--check")
    assert "[ ] version: version is 1.0.0, and was 1.0.0\n" in run.stdout
    assert '      write "version": "1.0.1" into manifest.json, or later\n' in run.stdout


def test_a_base_that_went_on_without_touching_the_directory(fork: Path) -> None:
    git(fork, "switch", "-qc", "theirs", "upstream/main")
    integration(fork / "integrations" / "bolt", "Bolt", overview="Another overview.")
    git(fork, "add", "integrations/bolt")
    git(fork, "commit", "-qm", "Theirs")
    git(fork, "push", "-q", "upstream", "theirs:main")
    git(fork, "switch", "-q", "work")
    git(fork, "fetch", "-q", "upstream")
    run = ldit(fork, "submit")
    assert run.returncode == 0, run.stderr
    assert "1 commit further than your branch; none of them is in the way" in run.stderr
    assert git(fork, "diff", "--name-only", "upstream/main", "add-crest").count("integrations/crest/") == 4
    assert git(fork, "rev-parse", "add-crest^") == git(fork, "rev-parse", "upstream/main")
