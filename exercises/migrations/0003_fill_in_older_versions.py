"""
Older versions of routines and sessions say what they did not know yet, with the values that the columns got.

A merge compares an edit with the version that its author had seen: without this, every field that is new would count
as changed by the server, and a device that knows them would be told that it overwrote them.
"""

from django.db import migrations

DOSE = {"tempo": ""}
ROUTINE_ITEM = {**DOSE, "superset": None, "round_rest_seconds": 0}
SESSION_ITEM = {"repetitions_done": 0, "eased_from": None}
SESSION = {"prescription": None, "prescription_version": None, "hurts": [], "next_morning_declined": False}


def filled(kind, body):
    if kind == "routine":
        return {**body, "items": [{**ROUTINE_ITEM, **item} for item in body["items"]]}
    items = [
        {**SESSION_ITEM, **item, "prescribed": {**DOSE, **item["prescribed"]}} for item in body["items"]
    ]
    return {**SESSION, **body, "items": items}


def fill(apps, schema_editor):
    revisions = apps.get_model("accounts", "Revision").objects.filter(kind__in=["routine", "session"])
    for revision in revisions.iterator(chunk_size=500):
        revision.body = filled(revision.kind, revision.body)
        revision.save(update_fields=["body"])


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0003_conditions"),
        ("exercises", "0002_prescriptions_and_supersets"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
