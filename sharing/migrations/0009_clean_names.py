"""
Names that were stored before they were cleaned: what is not seen, and what turns the words around a name, goes.

A report that is frozen stays as it was shown; whoever draws one cleans the name in it (`plain`).
"""

from django.db import migrations

from accounts.names import clean_name

# A table of any size is read and held a little at a time.
CHUNK = 1000
# What nobody could see had no name.
NAMELESS = "Clinic"


def clean_column(rows, name, instead=""):
    longest = rows.model._meta.get_field(name).max_length
    last = None
    while True:
        following = rows.order_by("pk") if last is None else rows.filter(pk__gt=last).order_by("pk")
        chunk = list(following.values_list("pk", name)[:CHUNK])
        for pk, stored in chunk:
            # Some letters take more room when they are composed.
            cleaned = clean_name(stored)[:longest].rstrip() or (stored and instead)
            if cleaned != stored:
                # By its former value: who gives a new one meanwhile keeps it.
                rows.filter(pk=pk, **{name: stored}).update(**{name: cleaned})
        if len(chunk) < CHUNK:
            return
        last = chunk[-1][0]


def clean(apps, schema_editor):
    def rows(app, model):
        return apps.get_model(app, model).objects.using(schema_editor.connection.alias)

    clean_column(rows("accounts", "User"), "display_name")
    clean_column(rows("sharing", "Clinic"), "name", NAMELESS)
    clean_column(rows("sharing", "CareLink").exclude(patient_name=""), "patient_name")
    clean_column(rows("sharing", "Access").exclude(reader_name=""), "reader_name")


class Migration(migrations.Migration):

    # Each name by itself: nobody waits for the others, and begun again it goes on.
    atomic = False

    dependencies = [
        ("accounts", "0004_cache_table"),
        ("sharing", "0008_name_at_the_end"),
    ]

    operations = [migrations.RunPython(clean, migrations.RunPython.noop, elidable=True)]
