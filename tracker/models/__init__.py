"""How it feels: symptom logs and their readings, answers to the questions about urgent signs, and flags."""

from tracker.models.check import RedFlagCheck
from tracker.models.flag import Flag, FlagChange, changes_of_each
from tracker.models.log import Reading, SymptomLog, SymptomLogQuerySet, attach_readings, in_order

__all__ = [
    "Flag",
    "FlagChange",
    "Reading",
    "RedFlagCheck",
    "SymptomLog",
    "SymptomLogQuerySet",
    "attach_readings",
    "changes_of_each",
    "in_order",
]
