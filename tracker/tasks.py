from celery import shared_task

from tracker import sweeping


@shared_task
def evaluate_trends() -> None:
    """Everybody, anew: after the rules have changed."""
    for _ in sweeping.sweep_trends():
        pass


@shared_task
def catch_up_trends() -> None:
    sweeping.catch_up_trends()
