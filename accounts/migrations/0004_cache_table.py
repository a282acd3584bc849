from typing import Any

from django.core.management import call_command
from django.db import migrations


def make_table(apps: Any, schema_editor: Any) -> None:
    """Django's own table, which is no model. With a broker it stays empty: who takes the broker away needs it."""
    call_command("createcachetable", "cache", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_conditions")]

    operations = [
        migrations.RunPython(make_table, lambda apps, schema_editor: schema_editor.execute("DROP TABLE cache"))
    ]
