from django.conf import settings
from django.db import models


class Row(models.Model):
    """As plain as a row can be, with the one index that its list needs."""

    id = models.UUIDField(primary_key=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    occurred_at = models.DateTimeField()
    pain = models.PositiveSmallIntegerField()
    numbness = models.PositiveSmallIntegerField()
    note = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["owner", "-occurred_at"], name="bare_newest")]
