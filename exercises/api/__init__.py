"""The exercise catalogue, routines, prescriptions, sessions, how much of what was planned was done, and what it did."""

from django.urls import path

from exercises.api.adherence import AdherenceView
from exercises.api.exercises import ExercisesView, ExerciseView
from exercises.api.handouts import PrescriptionHandoutView, RoutineHandoutView
from exercises.api.prescriptions import PrescriptionHistoryView, PrescriptionsView, PrescriptionView
from exercises.api.responses import ResponsesView
from exercises.api.routines import RoutinesView, RoutineView
from exercises.api.sessions import SessionsView, SessionView

urlpatterns = [
    path("exercises", ExercisesView.as_view()),
    path("exercises/<slug:slug>", ExerciseView.as_view()),
    path("routines", RoutinesView.as_view()),
    path("routines/<uuid:id>", RoutineView.as_view()),
    path("routines/<uuid:id>/handout.pdf", RoutineHandoutView.as_view()),
    path("prescriptions", PrescriptionsView.as_view()),
    path("prescriptions/<uuid:id>", PrescriptionView.as_view()),
    path("prescriptions/<uuid:id>/history", PrescriptionHistoryView.as_view()),
    path("prescriptions/<uuid:id>/handout.pdf", PrescriptionHandoutView.as_view()),
    path("sessions", SessionsView.as_view()),
    path("sessions/<uuid:id>", SessionView.as_view()),
    path("adherence", AdherenceView.as_view()),
    path("responses", ResponsesView.as_view()),
]
