from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "reminders"

    def ready(self) -> None:
        # Only now are there models.
        from accounts.moving import followers
        from reminders.travelling import travel_along

        followers.append(travel_along)
