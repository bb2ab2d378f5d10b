"""Whatever the charts, the events, the refusals and the rules call things, people have words for it."""

from typing import get_args

import pytest

from commands.rule_words import EVIDENCE, FORUM_KINDS, NOT_MET, near_miss_sentence
from commands.step_words import BUILT_ON, KINDS, PLACES, STAGES, STEPS
from commands.words import ANSWERS, FLAGS, MISSING, PARTY_LETTERS, PARTY_STATES, STATES
from machines.table import CHARTS, table
from workflow.duties import DutyStep
from workflow.events import Answer, CaseOpened, Event, Flag, kind_of
from workflow.errors import Message
from workflow.organisation import Organisation
from workflow.route import STEPS as ROUTE_STEPS
from workflow.routing import Matter, Setting, near_misses
from workflow.rulebook import shipped_rules
from workflow.steps import MISSING_CODE

TABLES = [
    ANSWERS, BUILT_ON, EVIDENCE, FLAGS, FORUM_KINDS, KINDS, MISSING, NOT_MET, PARTY_LETTERS, PARTY_STATES, PLACES,
    STAGES, STATES, STEPS,
]  # fmt: skip
