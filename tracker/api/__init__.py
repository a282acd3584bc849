"""How it feels: symptom logs and the days they make."""

from django.urls import path

from tracker.api.logs import LogBatchView, LogHistoryView, LogsView, LogView
from tracker.api.summary import SummaryView

urlpatterns = [
    path("logs", LogsView.as_view()),
    path("logs/batch", LogBatchView.as_view()),
    path("logs/<uuid:id>", LogView.as_view()),
    path("logs/<uuid:id>/history", LogHistoryView.as_view()),
    path("summary", SummaryView.as_view()),
]
