"""How it feels: symptom logs and their readings."""

from tracker.models.log import Reading, SymptomLog, SymptomLogQuerySet, attach_readings, in_order

__all__ = ["Reading", "SymptomLog", "SymptomLogQuerySet", "attach_readings", "in_order"]
