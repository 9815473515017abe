"""The day on which a sponsor confirmed stands in the history of returns that were confirmed before it was kept beside them."""

from typing import Any

from django.db import migrations
from django.utils import timezone


def from_history(apps: Any, schema_editor: Any) -> None:
    change, held = apps.get_model("register", "Change"), apps.get_model("reporting", "Return")
    told = change.objects.using(schema_editor.connection.alias).filter(register="reporting.project_return", verb="confirm")
    for pk, at in told.order_by("-sequence").values_list("record_id", "at").iterator():
        held.objects.using(schema_editor.connection.alias).filter(pk=pk).update(confirmed_on=timezone.localdate(at))


class Migration(migrations.Migration):

    dependencies = [("reporting", "0008_reading"), ("register", "0001_initial")]

    operations = [migrations.RunPython(from_history, migrations.RunPython.noop)]
