from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# The stages as they were first written. Staff change them in the admin, as new versions.
STAGES = [
    (
        "introduction",
        "Everyone arrives and knows what this is; it is settled who the profile is about, and that person says yes.",
        "Find out who the profile is about, ask that person for a yes in their own words, then for their age. "
        "Explain shortly what you are when asked. Nothing is kept about anybody before the yes.",
        ["age"],
    ),
    (
        "basics",
        "The few plain facts that every profile starts with.",
        "Ask lightly, one thing at a time. If a friend answers for the primary person, thank them and check with the "
        "primary person.",
        ["first_name", "age", "area", "gender", "interested_in", "height_cm", "job_or_study", "languages"],
    ),
    (
        "looking_for",
        "What the primary person hopes to find, and what a good first date would be.",
        "Ask the primary person. Friends may tease, the primary person decides.",
        ["intention", "first_date_idea", "must_haves", "dealbreakers", "age_range", "distance_km"],
    ),
    (
        "stories",
        "Concrete interests and small true stories: the Sunday, the project, the quirk.",
        "Ask for a time, a place, an object or a number whenever an answer stays general. Invite friends to tell one "
        "too.",
        ["interests", "stories", "purpose", "quirk", "pets"],
    ),
    (
        "friend_view",
        "Each friend gives one green flag with an example.",
        "Ask friends one by one, by name, and credit them.",
        ["green_flags", "vouch_quote"],
    ),
    (
        "photos",
        "Three to six photos, one of them the main one.",
        "Ask which photo friends would pick, and whether anyone else in it is all right with that.",
        ["photos"],
    ),
    (
        "drafting",
        "Three prompt answers and a short bio that sound like the primary person.",
        "Use only what was confirmed.",
        ["prompts", "bio"],
    ),
    (
        "review",
        "The primary person reads everything once more and approves exactly this version.",
        "Recap shortly. Approving is theirs alone.",
        [],
    ),
    ("approved", "The profile is done.", "Thank everyone.", []),
]


def seed(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    stage = apps.get_model("sessions_app", "Stage")
    stage.objects.bulk_create(
        stage(slug=slug, position=position, goal=goal, instructions=instructions, fields=fields)
        for position, (slug, goal, instructions, fields) in enumerate(STAGES, 1)
    )


def unseed(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("sessions_app", "Stage").objects.filter(version=1).delete()


class Migration(migrations.Migration):
    dependencies = [("sessions_app", "0001_initial")]
    operations = [migrations.RunPython(seed, unseed)]
