from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# As they were first written; staff change both in the admin.
STARTER_PROMPTS = (
    "Ask me to explain…",
    "My group chat will warn you that…",
    "Something ordinary I take very seriously:",
    "Tiny thing that rescues a bad week:",
    "Slowly building:",
    "Our first hour could be:",
    "Proof I was paying attention:",
    "Dinner-table opinion I will defend:",
)
CLICHES = (
    "always up for",
    "amante de la vida",
    "bin für jeden Spaß zu haben",
    "disfrutar de las pequeñas cosas",
    "down to earth",
    "easy going",
    "easygoing",
    "fluent in sarcasm",
    "foodie",
    "glass half full",
    "good vibes",
    "hablo sarcasmo",
    "here for a good time",
    "ich lache gern",
    "ich liebe das Leben",
    "just ask",
    "just as comfortable in",
    "live life to the fullest",
    "live, laugh, love",
    "living my best life",
    "looking for my partner in crime",
    "love to laugh",
    "love to travel",
    "me encanta viajar",
    "netflix and chill",
    "new to this",
    "not here for drama",
    "Pferde stehlen",
    "partner in crime",
    "pregúntame",
    "sapiosexual",
    "spontan und unkompliziert",
    "swipe left if",
    "the simple things",
    "wanderlust",
    "wine and dine",
    "work hard, play hard",
    "young at heart",
)


def seed(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    prompts, cliches = (apps.get_model("sessions_app", name) for name in ("StarterPrompt", "Cliche"))
    prompts.objects.bulk_create(prompts(text=text) for text in STARTER_PROMPTS)
    cliches.objects.bulk_create(cliches(words=words) for words in CLICHES)


class Migration(migrations.Migration):
    dependencies = [
        ("sessions_app", "0018_claim_photos_and_note_when_decided"),
    ]

    operations = [
        migrations.CreateModel(
            name="Cliche",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.CharField(max_length=80, unique=True)),
            ],
            options={
                "verbose_name": "cliché",
                "ordering": ("words",),
            },
        ),
        migrations.CreateModel(
            name="StarterPrompt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=80, unique=True)),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.RunPython(seed, migrations.RunPython.noop),
    ]
