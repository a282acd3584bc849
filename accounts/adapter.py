"""What allauth asks of us."""

from accounts.models import User


def display_name(user: User) -> str:
    """How a mail addresses a person."""
    return user.display_name or user.email
