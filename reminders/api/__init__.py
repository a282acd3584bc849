"""Reminders, the times at which they are due, what came due and the answers to it, news, and the devices told."""

from django.urls import path

from reminders.api.announcements import AnnouncementsView, AnnouncementWaysView
from reminders.api.feed import CalendarFeedView
from reminders.api.mail import MailTestView, ReminderMailView
from reminders.api.occurrences import OccurrenceAnswerView, OccurrencesView
from reminders.api.preview import PreviewView
from reminders.api.push import PushKeyView, PushSubscriptionsView, PushSubscriptionView, PushTestView
from reminders.api.reminders import RemindersView, ReminderView

urlpatterns = [
    path("reminders", RemindersView.as_view()),
    path("reminders/preview", PreviewView.as_view()),
    path("reminders/<uuid:id>", ReminderView.as_view()),
    path("calendar-feed", CalendarFeedView.as_view()),
    path("reminder-mail", ReminderMailView.as_view()),
    path("reminder-mail/test", MailTestView.as_view()),
    path("announcements", AnnouncementsView.as_view()),
    path("announcement-ways", AnnouncementWaysView.as_view()),
    path("occurrences", OccurrencesView.as_view()),
    path("occurrences/<uuid:id>/answer", OccurrenceAnswerView.as_view()),
    path("push-key", PushKeyView.as_view()),
    path("push-subscriptions", PushSubscriptionsView.as_view()),
    path("push-subscriptions/<uuid:id>", PushSubscriptionView.as_view()),
    path("push-subscriptions/<uuid:id>/test", PushTestView.as_view()),
]
