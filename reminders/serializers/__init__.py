"""The shapes of reminders, of their due times, and of what came due."""

from reminders.serializers.occurrences import AnswerSerializer, OccurrenceSerializer, represent_occurrences
from reminders.serializers.reminders import (
    PreviewAnswerSerializer,
    PreviewSerializer,
    ReminderAnswerSerializer,
    ReminderSerializer,
    represent_reminder,
    represent_reminders,
)

__all__ = [
    "AnswerSerializer",
    "OccurrenceSerializer",
    "PreviewAnswerSerializer",
    "PreviewSerializer",
    "ReminderAnswerSerializer",
    "ReminderSerializer",
    "represent_occurrences",
    "represent_reminder",
    "represent_reminders",
]
