"""When: what is to be said, when it was due, how it was told and on which devices, and what the clock has done."""

from reminders.models.announcement import Announcement, Lookout, News, NewsChoice
from reminders.models.delivery import Delivery
from reminders.models.feed import CalendarFeed
from reminders.models.heartbeat import Heartbeat
from reminders.models.mail_stop import ClosedMailbox, MailStop
from reminders.models.occurrence import Occurrence
from reminders.models.reminder import Reminder
from reminders.models.subscription import PushSubscription

__all__ = [
    "Announcement",
    "CalendarFeed",
    "ClosedMailbox",
    "Delivery",
    "Heartbeat",
    "Lookout",
    "MailStop",
    "News",
    "NewsChoice",
    "Occurrence",
    "PushSubscription",
    "Reminder",
]
