"""How it feels: symptom logs and their readings, answers to the questions about urgent signs, and flags."""

from tracker.models.check import RedFlagCheck
from tracker.models.diary import FOLLOWED, REACH, Day, days_of
from tracker.models.flag import Flag, FlagChange, changes_of_each
from tracker.models.log import Reading, SymptomLog, SymptomLogQuerySet, attach_readings, in_order
from tracker.models.trend import TrendCheckpoint, TrendCourse, TrendSweep

__all__ = [
    "FOLLOWED",
    "REACH",
    "Day",
    "Flag",
    "FlagChange",
    "Reading",
    "RedFlagCheck",
    "SymptomLog",
    "SymptomLogQuerySet",
    "TrendCheckpoint",
    "TrendCourse",
    "TrendSweep",
    "attach_readings",
    "changes_of_each",
    "days_of",
    "in_order",
]
