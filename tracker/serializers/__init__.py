"""The shapes of symptom logs. Validation never writes."""

from tracker.serializers.logs import (
    FlagSerializer,
    LogAnswerSerializer,
    LogSerializer,
    SummarySerializer,
    represent,
    represent_all,
)

__all__ = [
    "FlagSerializer",
    "LogAnswerSerializer",
    "LogSerializer",
    "SummarySerializer",
    "represent",
    "represent_all",
]
