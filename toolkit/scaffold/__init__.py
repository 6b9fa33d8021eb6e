"""Scaffolds an integration: what to ask, what follows from the answers, the files, and where they go."""

from toolkit.scaffold.answers import complete as complete
from toolkit.scaffold.answers import read as read
from toolkit.scaffold.answers import tidy as tidy
from toolkit.scaffold.kinds import KINDS as KINDS
from toolkit.scaffold.naming import slug as slug
from toolkit.scaffold.place import place as place
from toolkit.scaffold.place import require_free as require_free
from toolkit.scaffold.place import write as write
from toolkit.scaffold.questions import Answer as Answer
from toolkit.scaffold.questions import Question as Question
from toolkit.scaffold.questions import questions as questions
from toolkit.scaffold.render import files as files
from toolkit.scaffold.render import metric_creator as metric_creator
