"""What allauth asks of us."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    def save_user(self, request: Any, user: Any, form: Any, commit: bool = True) -> Any:
        # The name parts that allauth fills do not exist on our User; e-mail and password are all there is.
        return super().save_user(request, user, form, commit)
