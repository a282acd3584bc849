"""The closed lists and bounds of reminders. Pure."""

from __future__ import annotations

# What a reminder is about: an entry in the diary, a routine, a prescription (on the days it asks for), the weekly
# questions, how the morning after a session felt, or the person's own words.
KINDS = ("log", "routine", "prescription", "weekly", "morning", "custom")
FREQUENCIES = ("daily", "weekly")
CHANNELS = ("push", "email")
QUIET = ("defer", "drop")
INTERVAL_RANGE = (1, 365)
TIMES_A_DAY = 8
GRACE_RANGE = (5, 24 * 60)
GRACE_MINUTES = 120
REMINDERS_A_PERSON = 50

STATES = ("due", "answered", "missed")
ANSWERS = ("done", "skip", "snooze")
SNOOZE_MINUTES = (10, 30, 60)
# Until evening means until then, on the wall of the reminder's zone.
EVENING_HOUR = 19
# Why it was never told: the person's quiet hours, nothing ran until the grace was over, or the person has changed the
# reminder before. Why it was answered without the person's word: what it is about was done already.
REASONS = ("quiet", "late", "changed", "already")

# How it reaches the person; `inbox` is the app's own list, which every occurrence is in.
WAYS = ("inbox", *CHANNELS)
DELIVERY_STATES = ("pending", "accepted", "failed", "cancelled")
# The problem of a delivery that the person gave up by choosing other ways: chosen again in time, it waits again.
REROUTED = "rerouted"
# What a person hears of beside their reminders, by where it is found ...
NEWS = ("flag", "prescription", "message", "patients")
# ... and by how it is told: a flag that should be looked at the same day, and is still unread, is urgent.
ANNOUNCED = ("urgent", *NEWS)
# What a delivery is about.
ABOUT = ("occurrence", "digest", *ANNOUNCED)
