"""What the fixes of a page would change, and changing it: the fixes of ``ldit lint --fix``, and no others."""

from dataclasses import dataclass, replace
from hashlib import sha256

from toolkit import fixes
from toolkit.config import Settings
from toolkit.errors import LditError
from toolkit.integration import Integration


@dataclass(frozen=True)
class Proposal:
    """A change that has not been made: the integration after it, the unified diff, and what tells it from any other."""

    before: Integration
    after: Integration
    diff: str

    @property
    def digest(self) -> str:
        """Empty where nothing would change."""
        return sha256(self.diff.encode("utf-8", "replace")).hexdigest() if self.diff else ""


def propose(integration: Integration, settings: Settings, rule: str, *, unsafe: bool) -> Proposal:
    """What fixing everything that one rule finds would change; without a ``rule``, what fixing everything would.

    Raises LditError for a rule that there is not.
    """
    chosen = replace(settings, select=(rule,)) if rule else settings
    after = fixes.fix(integration, chosen, unsafe=unsafe).integration
    return Proposal(integration, after, "".join(fixes.diff(integration, after)))


def apply(proposal: Proposal, digest: str) -> None:
    """Makes a change on disk. Raises LditError where it is not the one that was shown."""
    if not digest or proposal.digest != digest:
        raise LditError("the files have changed since", "look at the difference again")
    proposal.after.write(proposal.after.changed_since(proposal.before))
