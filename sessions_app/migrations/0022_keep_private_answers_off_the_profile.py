"""Private answers from before there was a box for showing them stay off the profile. An older release that is still up may
write more of them; those are told apart when they are read, by having no act on their owner's page."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# Of those that were known when this was written.
PRIVATE = [
    "age_range",
    "dealbreakers",
    "faith",
    "gender",
    "interested_in",
    "kids_has",
    "kids_wants",
    "orientation",
    "politics",
]


def keep_private_matters_off_the_profile(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    facts = apps.get_model("sessions_app", "Fact").objects
    facts.filter(field__in=PRIVATE, page_act=None).update(is_public=False)


class Migration(migrations.Migration):
    dependencies = [("sessions_app", "0021_dating_apps_to_export_to")]

    operations = [migrations.RunPython(keep_private_matters_off_the_profile, migrations.RunPython.noop)]
