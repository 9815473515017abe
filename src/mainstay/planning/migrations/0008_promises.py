from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def first_promises(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001  # the signature of a migration's function
    """What was agreed on before has no earlier promise that is known."""
    rows = apps.get_model("planning", "Dependency").objects.filter(state__in=["agreed", "delivered", "accepted", "disputed", "failed"])
    rows.update(first_promised=models.F("promised_by"))


class Migration(migrations.Migration):
    dependencies = [
        ("planning", "0007_levelling"),
    ]

    operations = [
        migrations.AddField(
            model_name="dependency",
            name="delivered_on",
            field=models.DateField(
                blank=True,
                help_text="The day of the hand-over.",
                null=True,
                verbose_name="handed over on",
            ),
        ),
        migrations.AddField(
            model_name="dependency",
            name="replaced_by",
            field=models.ForeignKey(
                blank=True,
                help_text="The dependency that takes the place of this one.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaces",
                to="planning.dependency",
                verbose_name="replaced by",
            ),
        ),
        migrations.AddField(
            model_name="dependency",
            name="first_promised",
            field=models.DateField(
                blank=True,
                editable=False,
                help_text="The date that both sides agreed on first.",
                null=True,
                verbose_name="first promised",
            ),
        ),
        migrations.AddField(
            model_name="dependency",
            name="drifts_since",
            field=models.DateField(
                blank=True,
                editable=False,
                help_text="Since when the giver's plan is later than the promise.",
                null=True,
                verbose_name="drifts since",
            ),
        ),
        migrations.AddField(
            model_name="dependency",
            name="escalated_on",
            field=models.DateField(
                blank=True,
                editable=False,
                help_text="When those who direct both sides were told of the drift.",
                null=True,
                verbose_name="escalated on",
            ),
        ),
        migrations.RunPython(first_promises, migrations.RunPython.noop),
    ]
