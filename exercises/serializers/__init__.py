"""The shapes of exercises, routines, prescriptions and sessions. Validation never writes."""

from exercises.serializers.adherence import AdherenceSerializer, represent_week
from exercises.serializers.catalogue import ExerciseSerializer, represent_exercise
from exercises.serializers.prescriptions import (
    PrescriptionAnswerSerializer,
    PrescriptionSerializer,
    represent_prescription,
    represent_prescriptions,
)
from exercises.serializers.routines import (
    RoutineAnswerSerializer,
    RoutineSerializer,
    represent_routine,
    represent_routines,
    represent_starter,
)
from exercises.serializers.sessions import (
    SessionAnswerSerializer,
    SessionSerializer,
    represent_session,
    represent_sessions,
)

__all__ = [
    "AdherenceSerializer",
    "ExerciseSerializer",
    "PrescriptionAnswerSerializer",
    "PrescriptionSerializer",
    "RoutineAnswerSerializer",
    "RoutineSerializer",
    "SessionAnswerSerializer",
    "SessionSerializer",
    "represent_exercise",
    "represent_prescription",
    "represent_prescriptions",
    "represent_routine",
    "represent_routines",
    "represent_session",
    "represent_sessions",
    "represent_starter",
    "represent_week",
]
