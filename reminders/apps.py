from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "reminders"

    def ready(self) -> None:
        # Only now are there models.
        from accounts import moving, signing_out
        from reminders.subscribing import forget_unknown
        from reminders.travelling import travel_along

        moving.followers.append(travel_along)
        signing_out.followers.append(forget_unknown)
