"""The files of the directory, whatever is in them: what the official hygiene hooks look at."""

import re
from collections.abc import Iterator

from toolkit.finding import Place, Problem
from toolkit.integration import File, Integration, Kind
from toolkit.integration.files import READ_LIMIT
from toolkit.integration.integration import README_LIMIT
from toolkit.integration.readme import NAME as README
from toolkit.integration.templates import proposed_templates
from toolkit.regex import regex
from toolkit.rules.examples import TEMPLATE, hook_with
from toolkit.rules.registry import error, note, rule, warning

SIZE_LIMIT = 500
"""Kibibytes; the official hooks refuse a larger file."""
_MERGE = regex(r"^(?:<{7}|>{7}) .*", re.MULTILINE)
_LEFT = regex(
    r"\.DS_Store|\._.+|Thumbs\.db|ehthumbs\.db|[Dd]esktop\.ini|__MACOSX|node_modules|bower_components|__pycache__|.+\.py[co]"
    r"|\.(?:idea|vscode|vs|settings|venv|cache|pytest_cache|mypy_cache|ruff_cache|nyc_output|terraform|gradle)|venv"
    r"|\.project|\.classpath|.+\.(?:orig|rej|bak|old|tmp|temp|swp|swo|log|iml)|.+~|#.+#|\.#.+|\.(?:bash|zsh|python)_history"
    r"|(?:package-lock|npm-shrinkwrap)\.json|yarn\.lock|pnpm-lock\.yaml|poetry\.lock|manifest\.(?:ya?ml|json5|jsonc|toml)"
    r"|npm-debug\.log.*|yarn-error\.log|.+ copy(?: \d+)?(?:\.\w+)?|.+\.(?:zip|tar|tgz|gz|rar|7z)"
)
"""What editors, operating systems and package managers leave behind."""
_CREDENTIALS = regex(
    r"\.env(?:\.(?!example$|sample$|template$|dist$).+)?|.+\.env|\.netrc|\.npmrc|\.pypirc|\.htpasswd|\.git-credentials"
    r"|id_(?:rsa|dsa|ecdsa|ed25519)|.+\.(?:pem|key|p12|pfx|jks|keystore|ppk|kdbx)|credentials(?:\.json)?|\.aws|\.ssh"
)
"""Where programs keep their passwords."""
_DOCUMENT = regex(
    r"(?-i:[A-Z]+)|metric_creator\.py|\..+|.+\.(?:md|txt|rst|json|ya?ml|toml|csv|xml|html?)", re.IGNORECASE
)
"""What nobody needs to name: texts, samples of data, the metric creator, and what is hidden."""
_KEBAB = regex(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@rule(warning, bad={".": "Acme_Signals"})
def directory_not_kebab_case(integration: Integration) -> Iterator[Problem]:
    """The directory name is in kebab-case: lower-case letters, digits, single hyphens.

    It becomes the integration's key in LaunchDarkly's URLs and API.
    """
    if not _KEBAB.fullmatch(integration.name):
        slug = re.sub(r"[^a-z0-9]+", "-", re.sub(r"(?<=[a-z])(?=[A-Z])", "-", integration.name).lower()).strip("-")
        help_ = f"rename it to `{slug}`" if slug else "use lower-case letters, digits and hyphens"
        yield Problem(Place(""), f"the directory name {integration.name} is not in kebab-case", help_)


@rule(
    error,
    bad=[{"LICENSE": b"Caf\xe9\n"}, {"samples/release-manifest.json": b'{ "name": "caf\xe9" }\n'}],
    good={"LICENSE": "Caf\u00e9\n"},
    gate="files",
    unless=("invalid-json",),
)
def not_utf8(file: File) -> Iterator[Problem]:
    """Texts and templates are encoded in UTF-8.

    LaunchDarkly would send a replacement character for what is not, and customers would see it. The official hygiene
    hooks refuse it in manifests; in other texts than JSON it is a warning. Icons have a rule of their own.
    """
    if file.is_text and not file.is_utf8 and not file.path.endswith(".svg"):
        at = file.text.find("\ufffd")
        gates = None if file.path.endswith("manifest.json") else ()
        severity = None if file.path.endswith(".json") else warning
        yield Problem(file.at(at, at + 1), "this is not UTF-8", "save the file as UTF-8", (), gates, severity)


@rule(
    error,
    bad={"LICENSE": "<<<<<<< HEAD\nFree\n>>>>>>> theirs\n"},
    good={"LICENSE": "Free\n=======\n<<<<<<<\n"},
)
def merge_conflict_marker(file: File) -> Iterator[Problem]:
    """No merge conflict marker is left in a file.

    The official hygiene hooks refuse it while a merge is under way, and let it pass afterwards.
    """
    if file.is_text and ("<<<<<<<" in file.text or ">>>>>>>" in file.text):
        for match in _MERGE.finditer(file.text):
            yield Problem(file.at(*match.span()), "a merge conflict marker is left over", "resolve the conflict")


@rule(
    error,
    bad=[
        {"samples/events.csv": b"0," * 300_000 + b"1\n"},
        {"README.md": f"# Acme Signals\n\n{'word ' * 22_000}end.\n"},
    ],
    gate="files",
)
def large_file(integration: Integration) -> Iterator[Problem]:
    """No file is larger than 500 kB.

    The official hygiene hooks refuse larger ones. A README of more than 100 kB is not read, so that nothing in it is
    checked.
    """
    for file in integration.files.values():
        if -(-file.size // 1024) > SIZE_LIMIT and file.kind is Kind.file:
            message = f"{file.path} is {-(-file.size // 1024)} kB, the limit is {SIZE_LIMIT} kB"
            yield Problem(Place(file.path), message, "shrink it, or leave it out")
        elif file.path.lower() == README.lower() and file.size > README_LIMIT:
            message = f"{file.path} is {file.size // 1000} kB and is not checked, as is none of more than 100 kB"
            yield Problem(Place(file.path), message, "move what customers read to your own pages", (), (), note)


def _topmost(integration: Integration, pattern: re.Pattern[str]) -> Iterator[File]:
    """The entries whose name fits ``pattern``, without what is inside of another such."""
    found = ""
    for file in integration.files.values():
        if pattern.fullmatch(file.name) and not (found and file.path.startswith(f"{found}/")):
            found = file.path
            yield file


@rule(warning, bad=[{".DS_Store": "\0"}, {"manifest.json.orig": "{}\n"}, {"node_modules/acme/index.js": "run();\n"}])
def junk_file(integration: Integration) -> Iterator[Problem]:
    """The directory contains no files that programs left behind.

    Examples are directories of editors and package managers, backups, caches and archives.
    """
    for file in _topmost(integration, _LEFT):
        if not _CREDENTIALS.fullmatch(file.name):
            message = f"{file.path} is not part of an integration"
            yield Problem(Place(file.path), message, "remove it, and name it in your .gitignore")


@rule(error, bad=[{".env": "MODE=test\n"}, {"id_ed25519": "none\n"}])
def credential_file(integration: Integration) -> Iterator[Problem]:
    """The directory contains no file in which programs keep passwords or keys, such as `.env`.

    The repository is public. An example of such a file can be called `.env.example`.
    """
    for file in _topmost(integration, _CREDENTIALS):
        message = f"{file.path} is a file for passwords or keys"
        yield Problem(
            Place(file.path), message, "remove it, and change the passwords and keys in it if it was ever pushed"
        )


@rule(
    note,
    bad={"assets/former.svg": "<svg/>\n"},
    good={**hook_with(flag=TEMPLATE), "templates/flag.json.hbs": TEMPLATE},
)
def unreferenced_file(integration: Integration) -> Iterator[Problem]:
    """The manifest or the README names every file, except texts and data.

    A template or an image that nothing names is left over, or its name is misspelled in the manifest. A template that
    `missing-template` proposes in place of one that is missing is not reported again.
    """
    proposed = set(proposed_templates(integration))
    texts = [
        file.text
        for file in integration.files.values()
        if file.path.lower().endswith((".md", "manifest.json")) and file.readable
    ]
    for file in integration.files.values():
        reported = any(pattern.fullmatch(part) for pattern in (_LEFT, _CREDENTIALS) for part in file.path.split("/"))
        second = file.name == "manifest.json" and "/" in file.path
        meant = file.kind is not Kind.file or reported or (_DOCUMENT.fullmatch(file.name) and not second)
        meant = meant or file.path in proposed
        if not meant and not any((file.path if second else file.name) in text for text in texts):
            yield Problem(
                Place(file.path), f"nothing names {file.path}", "name it in the manifest or the README, or remove it"
            )


@rule(note, bad={"LICENSE": File("LICENSE", Kind.file, 5, True, b"Free\n")}, pedantic=True)
def executable_file(integration: Integration) -> Iterator[Problem]:
    """No file is executable, except scripts that start with `#!`.

    Data and texts do not need it.
    """
    for file in integration.files.values():
        if file.executable and file.readable and not file.data.startswith(b"#!"):
            yield Problem(Place(file.path), f"{file.path} is executable", f"run `chmod -x {file.path}`")


@rule(error, bad={"assets/old.svg": File.absent("assets/old.svg", Kind.broken_link)}, gate="files")
def broken_symlink(integration: Integration) -> Iterator[Problem]:
    """Symbolic links point to files that exist.

    The official hygiene hooks refuse broken ones.
    """
    for file in integration.files.values():
        if not file.kind.exists:
            yield Problem(
                Place(file.path),
                f"the symbolic link {file.path} points to nothing",
                "remove the link, or add the file itself",
            )


@rule(warning, bad={"LICENSE": File("LICENSE", Kind.file, 5, False, b"Free\n", outside=True)})
def outside_symlink(integration: Integration) -> Iterator[Problem]:
    """Symbolic links stay inside the integration's directory.

    A pull request contains the link, not the file that it leads to. `ldit lint --fix` does not write through it.
    """
    for file in integration.files.values():
        if file.outside:
            message = f"{file.path} is a link out of the directory"
            yield Problem(Place(file.path), message, "put the file itself here")


@rule(error, bad={"notes.txt": File.absent("notes.txt", Kind.special)})
def unreadable_file(integration: Integration) -> Iterator[Problem]:
    """Every file can be read.

    A pipe, a device, or a file without read permission can be neither checked nor submitted. (`large-file` reports
    files that are too large to read.)
    """
    for file in integration.files.values():
        if file.kind in (Kind.file, Kind.special) and not file.readable and file.size <= READ_LIMIT:
            yield Problem(Place(file.path), *file.failure)


@rule(
    warning,
    bad={"docs/notes.md": "Notes\n", "docs/NOTES.md": "Notes\n"},
    good={"LICENSE": "Free\n", "LICENSE.md": "Free\n"},
)
def case_clash(integration: Integration) -> Iterator[Problem]:
    """No two files differ in the letter case of their names only.

    On Windows and macOS, one of them takes the place of the other.
    """
    seen: dict[str, str] = {}
    for path in integration.files:
        other = seen.setdefault(path.casefold(), path)
        if other != path:
            message = f"{path} and {other} differ in letter case only"
            yield Problem(Place(path), message, "rename one of them")
