"""The shapes of symptom logs, checks and flags. Validation never writes."""

from tracker.serializers.checks import (
    CheckAnswerSerializer,
    CheckSerializer,
    QuestionsSerializer,
    represent_check,
    represent_checks,
    represent_questions,
)
from tracker.serializers.flags import (
    RaisedFlagSerializer,
    ReopenSerializer,
    ResolveSerializer,
    SeenSerializer,
    SignsResolveSerializer,
    SignsSeenSerializer,
    SnoozeSerializer,
    represent_flag,
    represent_flags,
)
from tracker.serializers.logs import (
    LogAnswerSerializer,
    LogSerializer,
    SummarySerializer,
    represent,
    represent_all,
)
from tracker.serializers.measures import (
    MeasureAnswerSerializer,
    MeasureSerializer,
    represent_measure,
    represent_measures,
)
from tracker.serializers.trends import SensitivitySerializer, TrendsSerializer

__all__ = [
    "CheckAnswerSerializer",
    "CheckSerializer",
    "LogAnswerSerializer",
    "LogSerializer",
    "MeasureAnswerSerializer",
    "MeasureSerializer",
    "QuestionsSerializer",
    "RaisedFlagSerializer",
    "ReopenSerializer",
    "ResolveSerializer",
    "SeenSerializer",
    "SensitivitySerializer",
    "SignsResolveSerializer",
    "SignsSeenSerializer",
    "SnoozeSerializer",
    "SummarySerializer",
    "TrendsSerializer",
    "represent",
    "represent_all",
    "represent_check",
    "represent_checks",
    "represent_flag",
    "represent_flags",
    "represent_measure",
    "represent_measures",
    "represent_questions",
]
