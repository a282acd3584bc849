"""The catalogue's entries."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Exercise(models.Model):
    """A catalogue entry. `data` is the file as it stands, all languages; `retired` when the file is gone."""

    slug = models.SlugField(primary_key=True)
    data = models.JSONField()
    retired = models.BooleanField(default=False)

    objects: ClassVar = models.Manager()
