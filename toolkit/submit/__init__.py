"""From an integration's directory to a pull request: a checklist, a branch with exactly that directory, the text."""

from toolkit.submit.branch import Made, Plan, make, plan
from toolkit.submit.checklist import Item, State, checklist
from toolkit.submit.publish import compare_page, open_request, push
from toolkit.submit.submission import Submission, find
from toolkit.submit.text import pull_request

__all__ = [
    "Item",
    "Made",
    "Plan",
    "State",
    "Submission",
    "checklist",
    "compare_page",
    "find",
    "make",
    "open_request",
    "plan",
    "pull_request",
    "push",
]
