"""Scaffolds an integration: what to ask, what follows from the answers, the files, and where they go."""

from toolkit.scaffold.answers import complete as complete
from toolkit.scaffold.answers import read as read
from toolkit.scaffold.answers import tidy as tidy
from toolkit.scaffold.checks import Diagnostic as Diagnostic
from toolkit.scaffold.checks import check_answers as check_answers
from toolkit.scaffold.kinds import KINDS as KINDS
from toolkit.scaffold.logo import Logos as Logos
from toolkit.scaffold.logo import logos as logos
from toolkit.scaffold.naming import slug as slug
from toolkit.scaffold.place import beside as beside
from toolkit.scaffold.place import fork_around as fork_around
from toolkit.scaffold.place import place as place
from toolkit.scaffold.place import require_apart as require_apart
from toolkit.scaffold.place import require_free as require_free
from toolkit.scaffold.place import write as write
from toolkit.scaffold.planning import Creator as Creator
from toolkit.scaffold.planning import Plan as Plan
from toolkit.scaffold.planning import plan as plan
from toolkit.scaffold.questions import Answer as Answer
from toolkit.scaffold.questions import Answers as Answers
from toolkit.scaffold.questions import Question as Question
from toolkit.scaffold.questions import questions as questions
from toolkit.scaffold.render import CREATORS as CREATORS
from toolkit.scaffold.render import files as files
from toolkit.scaffold.render import metric_creator as metric_creator
