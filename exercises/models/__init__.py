"""What to do, and what was done: the exercise catalogue, routines, prescriptions and sessions."""

from exercises.models.exercise import Exercise
from exercises.models.items import DOSE_LATER, SUPERSET_LATER, DocumentWithItems, attach_items
from exercises.models.prescription import Prescription, PrescriptionItem, versions_of_each
from exercises.models.routine import Routine, RoutineItem
from exercises.models.session import SESSION_ITEM_LATER, SESSION_LATER, Session, SessionItem

__all__ = [
    "DOSE_LATER",
    "SESSION_ITEM_LATER",
    "SESSION_LATER",
    "SUPERSET_LATER",
    "DocumentWithItems",
    "Exercise",
    "Prescription",
    "PrescriptionItem",
    "Routine",
    "RoutineItem",
    "Session",
    "SessionItem",
    "attach_items",
    "versions_of_each",
]
