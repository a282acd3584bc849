"""The closed lists of routines and sessions. Pure."""

SIDES = ("both", "left", "right", "none")
STATUSES = ("done", "partial", "skipped")
REASONS = ("pain", "numbness", "weakness", "too-hard", "no-time", "no-space", "tired", "other")
ENDINGS = ("completed", "stopped")
POSITIONS = ("back", "front", "side", "floor", "chair", "standing", "all-fours")
REVIEWS = ("unreviewed", "clinician-reviewed")
# How it felt, 0-10: before the session, after it, and the next morning.
RATINGS = (
    "pain_before",
    "numbness_before",
    "pain_after",
    "numbness_after",
    "pain_next_morning",
    "numbness_next_morning",
)

# A dose as numbers: least and most that a body may say.
DOSE_RANGES = {
    "sets": (1, 20),
    "repetitions": (1, 100),
    "hold_seconds": (0, 600),
    "rest_seconds": (0, 600),
}
DOSE = (*DOSE_RANGES, "sides")
