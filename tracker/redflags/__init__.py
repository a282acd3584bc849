"""
Signs that need a doctor: one table of questions (`rules.json`), and what answers and entries say. Pure.

Levels: E emergency now, D same day, W within days, N next visit. The app on the phone reads the same table and asks the
same rules offline (`static/src/lib/domain/redflags.ts`, `redflagchecks.ts`, `redflagnews.ts`,
`redflagtriggers.ts`);
`tests/contracts/redflag_cases.json` holds both to one answer. A single sign predicts weakly: the words are "needs
checking", never a diagnosis.
"""

from tracker.redflags.checks import (
    SENSITIVE,
    SLACK,
    Remembered,
    asks_in_full,
    evaluate_check,
    full_check_due,
    is_whole,
    remembered,
    same_as_before,
    weight,
)
from tracker.redflags.entries import evaluate, reasons_to_ask
from tracker.redflags.news import is_old_news
from tracker.redflags.table import known_answers, read_table, rules_by_id, worst

__all__ = [
    "SENSITIVE",
    "SLACK",
    "Remembered",
    "asks_in_full",
    "evaluate",
    "evaluate_check",
    "full_check_due",
    "is_old_news",
    "is_whole",
    "known_answers",
    "read_table",
    "reasons_to_ask",
    "remembered",
    "rules_by_id",
    "same_as_before",
    "weight",
    "worst",
]
