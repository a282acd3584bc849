"""
The closed lists of a symptom log, and of flags. Pure.

Regions: those that sciatica and hip disorders use, from the low back to the toes; `low-back` and `saddle` lie on the
midline, the others have a left and a right. `saddle` is asked for red flags only and never trended.
"""

REGIONS = (
    "low-back",
    "groin",
    "saddle",
    "outer-hip",
    "buttock",
    "front-thigh",
    "outer-thigh",
    "inner-thigh",
    "back-of-thigh",
    "knee",
    "inner-shin",
    "outer-shin",
    "calf",
    "top-of-foot",
    "big-toe",
    "little-toes",
    "outer-foot",
    "heel",
    "sole",
)
MIDLINE_REGIONS = ("low-back", "saddle")
NEVER_TRENDED = ("saddle",)
SIDES = ("left", "right", "midline")
STREAMS = ("numbness", "tingling", "pain", "weakness")
QUALITIES = (
    "aching",
    "burning",
    "cold",
    "cramping",
    "dull",
    "electric",
    "heavy",
    "itching",
    "pins-and-needles",
    "sharp",
    "shooting",
    "stabbing",
    "stiff",
    "throbbing",
    "tight",
)
SELF_CARE = ("rest", "heat", "cold", "medicine", "massage", "walking", "sleep-position", "long-sitting")

# How soon something needs checking: emergency now, same day, within days, next visit.
LEVELS = ("E", "D", "W", "N")
FLAG_STATES = ("open", "seen", "resolved", "reopened")
# Why a flag is resolved, as somebody says ...
RESOLUTIONS = ("checked", "recovered", "mistake", "other")
# ... or as the rules find: what raised it was corrected; it was checked before, and has not changed since; of a trend,
# a later one took its place, or the person asked to be told less.
FLAG_REASONS = (*RESOLUTIONS, "corrected", "known", "replaced", "sensitivity")
# Why somebody puts a trend off.
SNOOZES = ("known-cause", "appointment", "waiting", "other")
CHANGE_REASONS = tuple(dict.fromkeys((*FLAG_REASONS, *SNOOZES)))

# How readily a person wants to be told of trends: `tracker.trends.limits` has the rates.
SENSITIVITIES = ("fewer", "standard", "more")

# What is asked now and then, in our own words: what was hard in the week (0 not at all, 10 wholly), and how well three
# things go that the person names (0 not at all, 10 as well as ever). Neither is a validated instrument.
MEASURES = ("interference", "activities")
INTERFERENCE = ("pain", "enjoyment", "activity")
MOST_ACTIVITIES = 3
# From which change on it is real, in points: of the mean of the activities, and of one (3-clinical, 5).
REAL_CHANGE = {"mean": 2, "one": 3}
