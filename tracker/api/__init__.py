"""How it feels: symptom logs and the days they make, signs that need a doctor, and what became of them."""

from django.urls import path

from tracker.api.checks import CheckHistoryView, ChecksView, CheckView, RedFlagsView
from tracker.api.flags import FlagReopenView, FlagResolveView, FlagSeenView, FlagSnoozeView, FlagsView, FlagView
from tracker.api.logs import LogBatchView, LogHistoryView, LogsView, LogView
from tracker.api.measures import MeasureHistoryView, MeasuresView, MeasureView
from tracker.api.signs import SignsResolveView, SignsSeenView
from tracker.api.summary import SummaryView
from tracker.api.trends import TrendsView

urlpatterns = [
    path("logs", LogsView.as_view()),
    path("logs/batch", LogBatchView.as_view()),
    path("logs/<uuid:id>", LogView.as_view()),
    path("logs/<uuid:id>/history", LogHistoryView.as_view()),
    path("summary", SummaryView.as_view()),
    path("red-flags", RedFlagsView.as_view()),
    path("red-flag-checks", ChecksView.as_view()),
    path("red-flag-checks/<uuid:id>", CheckView.as_view()),
    path("red-flag-checks/<uuid:id>/history", CheckHistoryView.as_view()),
    path("flags", FlagsView.as_view()),
    path("flags/seen", SignsSeenView.as_view()),
    path("flags/resolve", SignsResolveView.as_view()),
    path("flags/<uuid:id>", FlagView.as_view()),
    path("flags/<uuid:id>/seen", FlagSeenView.as_view()),
    path("flags/<uuid:id>/resolve", FlagResolveView.as_view()),
    path("flags/<uuid:id>/snooze", FlagSnoozeView.as_view()),
    path("flags/<uuid:id>/reopen", FlagReopenView.as_view()),
    path("measures", MeasuresView.as_view()),
    path("measures/<uuid:id>", MeasureView.as_view()),
    path("measures/<uuid:id>/history", MeasureHistoryView.as_view()),
    path("trends", TrendsView.as_view()),
]
