from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("planning", "0009_said_of_activities"),
    ]

    operations = [
        migrations.AlterField(
            model_name="milestone",
            name="activity",
            field=models.CharField(
                blank=True,
                help_text="Codes of the activities in the live plans that it waits for, apart by semicolons, e.g. A1090 or "
                "SCR-HB:A1090; SCR-SM:A210. The latest finish of them is the forecast.",
                max_length=1000,
                verbose_name="fed by",
            ),
        ),
    ]
