"""The shape of a line in the log of who read what."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from sharing.models import Access
from sharing.vocabulary import OUTCOMES, READS


class AccessSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    at = serializers.DateTimeField(help_text="When it was read.")
    times = serializers.IntegerField(help_text="How often within a quarter of an hour; each line is one reader's.")
    last_at = serializers.DateTimeField(help_text="When it was read last of those times.")
    what = serializers.ChoiceField(choices=READS)
    outcome = serializers.ChoiceField(choices=OUTCOMES, help_text="Anything but `opened` showed nothing.")
    share = serializers.UUIDField(allow_null=True, help_text="Of the link that it was read by.")
    share_label = serializers.CharField(help_text="Empty without a link, and when it has no label.")
    link = serializers.UUIDField(allow_null=True, help_text="Of the care link that let the reader in.")
    reader_name = serializers.CharField(help_text="Of a person with an account; empty for whoever holds a link.")
    network = serializers.CharField(help_text="The address cut to its network, as in 192.0.2.0/24; empty: not known.")
    device = serializers.CharField(help_text="As in `Firefox on Windows`; empty: not known.")


def represent_accesses(rows: list[Access]) -> list[dict[str, Any]]:
    """Of rows with their share selected."""
    return [
        {
            "id": row.pk,
            "at": row.at.isoformat(),
            "times": row.times,
            "last_at": (row.last_at or row.at).isoformat(),
            "what": row.what,
            "outcome": row.outcome,
            "share": str(row.share_id) if row.share_id else None,
            "share_label": row.share.label if row.share else "",
            "link": str(row.link_id) if row.link_id else None,
            "reader_name": row.reader_name,
            "network": row.network,
            "device": row.device,
        }
        for row in rows
    ]
