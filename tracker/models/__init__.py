"""How it feels: symptom logs and their readings, answers to the questions about urgent signs, and flags."""

from tracker.models.check import RedFlagCheck
from tracker.models.diary import FOLLOWED, REACH, Day, days_of
from tracker.models.flag import (
    SHOWN,
    Flag,
    FlagChange,
    FlagSign,
    Spoken,
    changes_of_each,
    show_signs,
    spoken_for,
)
from tracker.models.log import Reading, SymptomLog, SymptomLogQuerySet, attach_readings, in_order
from tracker.models.measure import Measure
from tracker.models.trend import TrendCheckpoint, TrendCourse, TrendSweep

__all__ = [
    "FOLLOWED",
    "REACH",
    "SHOWN",
    "Day",
    "Flag",
    "FlagChange",
    "FlagSign",
    "Measure",
    "Reading",
    "RedFlagCheck",
    "Spoken",
    "SymptomLog",
    "SymptomLogQuerySet",
    "TrendCheckpoint",
    "TrendCourse",
    "TrendSweep",
    "attach_readings",
    "changes_of_each",
    "days_of",
    "in_order",
    "show_signs",
    "spoken_for",
]
