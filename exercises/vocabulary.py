"""The closed lists and bounds of routines, prescriptions and sessions. Pure."""

SIDES = ("both", "left", "right", "none")
STATUSES = ("done", "partial", "skipped")
REASONS = (
    *("pain", "numbness", "weakness", "too-hard", "unsure-how"),
    *("no-time", "no-space", "forgot", "tired", "feeling-fine", "other"),
)
ENDINGS = ("completed", "stopped")
POSITIONS = ("back", "front", "side", "floor", "chair", "standing", "all-fours", "kneeling")
EQUIPMENT = ("chair", "table", "wall", "step", "strap", "band", "pillow", "towel")
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
DOSE = (*DOSE_RANGES, "sides", "tempo")
# Seconds out, at the turn and back of a repetition that is not held. A minute is longer than any exercise asks for.
TEMPO = r"^([0-9]{1,2}-[0-9]{1,2}-[0-9]{1,2})?$"
TEMPO_SECONDS = (1, 60)
SUPERSET_RANGE = (1, 15)
ROUND_REST_RANGE = (0, 600)

TIMES_A_DAY_RANGE = (1, 10)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# From which rating, and from which rise over the rating before the session, an exercise is eased or stopped. The rise
# of 2 is 3-clinical (3)'s; the limits follow the usual pain-monitoring model (background knowledge, unreviewed).
PAIN_RULE = {"ease_at": 4, "stop_at": 6, "ease_rise": 2, "stop_rise": 3}
VERDICTS = ("go", "ease", "stop")


def tempo_is_sound(tempo: str) -> bool:
    """Whether a repetition at `tempo` (of the form of `TEMPO`) has a length that can be carried out."""
    least, most = TEMPO_SECONDS
    return not tempo or least <= sum(map(int, tempo.split("-"))) <= most
