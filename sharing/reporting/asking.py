"""What may be asked of a report. Pure but for the exception."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from rest_framework.exceptions import ErrorDetail, ValidationError

from sharing.reporting.texts import plain
from sharing.vocabulary import LONGEST_PERIOD_DAYS, QUESTION_LENGTH, SECTIONS

# A phone that has just crossed the date line may be a day ahead of the account's own zone.
AHEAD = timedelta(days=1)


def read_request(
    *, first: date, last: date, sections: Sequence[str], question: str, today: date
) -> tuple[list[str], str]:
    """
    The sections in their order, each once, and the question as it may be printed.

    Raises ValidationError with the field: `to` (`before_from`, `too_late`), `from` (`too_long`), `sections` (`empty`,
    `invalid_choice`), `question` (`too_long`).
    """
    faults: dict[str, list[ErrorDetail]] = {}
    if last < first:
        faults["to"] = [ErrorDetail("Must not lie before `from`.", "before_from")]
    elif last > today + AHEAD:
        faults["to"] = [ErrorDetail("Must not lie in the future.", "too_late")]
    elif (last - first).days >= LONGEST_PERIOD_DAYS:
        faults["from"] = [ErrorDetail("At most 30 years at once.", "too_long")]
    chosen = [section for section in SECTIONS if section in sections]
    if unknown := sorted(set(sections) - set(SECTIONS)):
        faults["sections"] = [
            ErrorDetail(f"There is no such section: {str(name)[:40]}.", "invalid_choice") for name in unknown[:10]
        ]
    elif not chosen:
        faults["sections"] = [ErrorDetail("Choose at least one.", "empty")]
    if len(question) > QUESTION_LENGTH:
        faults["question"] = [ErrorDetail(f"At most {QUESTION_LENGTH} characters.", "too_long")]
    if faults:
        raise ValidationError(faults)
    return chosen, plain(question)
