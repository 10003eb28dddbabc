"""Cannot be undone once somebody has answered on their own page: such a fact has no message."""

import uuid

import django.db.models.constraints
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conversations_app", "0027_count_tokens_that_the_model_writes"),
        ("sessions_app", "0015_say_heard_of_states"),
    ]

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("bio", "Bio"), ("prompt", "answer to a prompt")], max_length=10)),
                (
                    "prompt",
                    models.CharField(
                        blank=True, help_text="The starter that it completes or answers.", max_length=80
                    ),
                ),
                ("text", models.CharField(max_length=500)),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        help_text="What people call it, among its kind in this session."
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("offered", "to be picked"),
                            ("picked", "Picked"),
                            ("left", "another was picked"),
                            ("fallen", "something it rests on was taken out"),
                        ],
                        default="offered",
                        max_length=10,
                    ),
                ),
                (
                    "sentences",
                    models.JSONField(
                        db_default=models.Value([], models.JSONField()),
                        default=list,
                        help_text="Each sentence with the ids of the facts that it rests on.",
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("picked_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("kind", "number"),
            },
        ),
        migrations.CreateModel(
            name="OwnPageLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nonce", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("pk",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PageAct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("answered", "answered a question"),
                            ("confirmed", "agreed to what was heard"),
                            ("took_out", "took something out"),
                            ("brought_back", "brought something back"),
                            ("chose_photos", "chose photos"),
                            ("picked", "picked a draft"),
                            ("wrote", "wrote in their own words"),
                            ("allowed", "allowed their words to be quoted"),
                            ("approved", "approved the profile"),
                            ("withdrew", "withdrew their consent"),
                        ],
                        max_length=15,
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Photo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position_in_message", models.PositiveSmallIntegerField(default=0)),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="What the group calls it. Never given to another one in this session.",
                        null=True,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("arriving", "being fetched"),
                            ("refused", "not kept"),
                            ("offered", "waits to be chosen"),
                            ("chosen", "on the profile"),
                            ("left_out", "left off the profile"),
                        ],
                        default="arriving",
                        max_length=10,
                    ),
                ),
                ("refusal", models.CharField(blank=True, help_text="Why it was not kept, as a code.", max_length=20)),
                (
                    "shows",
                    models.CharField(
                        choices=[
                            ("unknown", "not said yet"),
                            ("owner", "the primary person alone"),
                            ("together", "with others, who are all right with it"),
                            ("others", "only others, who are all right with it"),
                        ],
                        default="unknown",
                        max_length=10,
                    ),
                ),
                (
                    "place",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="In the profile; 1 is the main one.", null=True
                    ),
                ),
                ("folder", models.UUIDField(default=uuid.uuid4, editable=False, help_text="In the photo storage.")),
                ("width", models.PositiveIntegerField(blank=True, null=True)),
                ("height", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "fingerprint",
                    models.CharField(
                        blank=True,
                        help_text="Perceptual hash, so that the same picture is not kept twice.",
                        max_length=64,
                    ),
                ),
                (
                    "alt_text",
                    models.CharField(
                        blank=True, help_text="What it shows, for people who cannot see it.", max_length=200
                    ),
                ),
                ("is_safe_here_since", models.DateTimeField(blank=True, null=True)),
                ("removed_at_twilio_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("created_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Poll",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="ProfileVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "content",
                    models.JSONField(
                        help_text="Everything a stranger would see, and the ids of what it was made from."
                    ),
                ),
                (
                    "digest",
                    models.CharField(
                        help_text="Of the content: the same profile is the same version.", max_length=64
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "withdrawn_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Since something in it was taken out, or its owner withdrew it.",
                        null=True,
                    ),
                ),
            ],
            options={
                "ordering": ("number",),
            },
        ),
        migrations.CreateModel(
            name="ShareLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nonce", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "preview_shows_photo",
                    models.BooleanField(
                        default=False,
                        help_text="Chats that preview links show the first name alone, or the main photo as well.",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Vote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ("at", "pk"),
            },
        ),
        migrations.RemoveConstraint(
            model_name="fact",
            name="fact_decision_is_whole",
        ),
        migrations.AddField(
            model_name="fact",
            name="is_public",
            field=models.BooleanField(
                db_default=True,
                default=True,
                help_text="May stand on the profile that strangers see. Private answers only if their owner says so.",
            ),
        ),
        migrations.AddField(
            model_name="participant",
            name="panic_word",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="Written alone, it takes them out of the group at once. Empty: the one that everybody has.",
                max_length=40,
            ),
        ),
        migrations.AlterField(
            model_name="fact",
            name="message",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="facts",
                to="conversations_app.message",
            ),
        ),
        migrations.AlterField(
            model_name="fact",
            name="source",
            field=models.CharField(
                choices=[("chat", "Chat"), ("legacy", "older app"), ("page", "their own page")],
                default="chat",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="draft",
            name="facts",
            field=models.ManyToManyField(blank=True, related_name="drafts", to="sessions_app.fact"),
        ),
        migrations.AddField(
            model_name="draft",
            name="message",
            field=models.ForeignKey(
                blank=True,
                help_text="In which they wrote it.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="conversations_app.message",
            ),
        ),
        migrations.AddField(
            model_name="draft",
            name="picked_in",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="conversations_app.message",
            ),
        ),
        migrations.AddField(
            model_name="draft",
            name="session",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="drafts", to="sessions_app.session"
            ),
        ),
        migrations.AddField(
            model_name="draft",
            name="written_by",
            field=models.ForeignKey(
                blank=True,
                help_text="Set when it is the primary person's own words.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="drafts_written",
                to="sessions_app.participant",
            ),
        ),
        migrations.AddField(
            model_name="ownpagelink",
            name="participant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="own_page_links",
                to="sessions_app.participant",
            ),
        ),
        migrations.AddField(
            model_name="pageact",
            name="participant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="page_acts", to="sessions_app.participant"
            ),
        ),
        migrations.AddField(
            model_name="draft",
            name="page_act",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sessions_app.pageact",
            ),
        ),
        migrations.AddField(
            model_name="draft",
            name="picked_on_page",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sessions_app.pageact",
            ),
        ),
        migrations.AddField(
            model_name="fact",
            name="decided_on_page",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sessions_app.pageact",
            ),
        ),
        migrations.AddField(
            model_name="fact",
            name="page_act",
            field=models.ForeignKey(
                blank=True,
                help_text="When they said it on their own page instead.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="facts",
                to="sessions_app.pageact",
            ),
        ),
        migrations.AddConstraint(
            model_name="fact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("message__isnull", False), ("page_act", None)),
                    models.Q(("message", None), ("page_act__isnull", False)),
                    _connector="OR",
                ),
                name="fact_has_one_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="fact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at", None), ("decided_by", None), ("decided_in", None), ("decided_on_page", None)
                    ),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("decided_in__isnull", False),
                        ("decided_on_page", None),
                    ),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("decided_in", None),
                        ("decided_on_page__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="fact_decision_is_whole",
            ),
        ),
        migrations.AddField(
            model_name="photo",
            name="message",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="photos",
                to="conversations_app.message",
            ),
        ),
        migrations.AddField(
            model_name="photo",
            name="page_act",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="photos",
                to="sessions_app.pageact",
            ),
        ),
        migrations.AddField(
            model_name="photo",
            name="sent_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="photos_sent", to="sessions_app.participant"
            ),
        ),
        migrations.AddField(
            model_name="photo",
            name="session",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="photos", to="sessions_app.session"
            ),
        ),
        migrations.AddField(
            model_name="poll",
            name="drafts",
            field=models.ManyToManyField(related_name="polls", to="sessions_app.draft"),
        ),
        migrations.AddField(
            model_name="poll",
            name="message",
            field=models.ForeignKey(
                help_text="Which showed the drafts.",
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="conversations_app.message",
            ),
        ),
        migrations.AddField(
            model_name="poll",
            name="session",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="polls", to="sessions_app.session"
            ),
        ),
        migrations.AddField(
            model_name="profileversion",
            name="approved_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="sessions_app.participant",
            ),
        ),
        migrations.AddField(
            model_name="profileversion",
            name="approved_in",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="conversations_app.message",
            ),
        ),
        migrations.AddField(
            model_name="profileversion",
            name="approved_on_page",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sessions_app.pageact",
            ),
        ),
        migrations.AddField(
            model_name="profileversion",
            name="session",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="sessions_app.session"
            ),
        ),
        migrations.AddField(
            model_name="sharelink",
            name="session",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="share_links", to="sessions_app.session"
            ),
        ),
        migrations.AddField(
            model_name="vote",
            name="draft",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="votes", to="sessions_app.draft"
            ),
        ),
        migrations.AddField(
            model_name="vote",
            name="message",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="conversations_app.message",
            ),
        ),
        migrations.AddField(
            model_name="vote",
            name="page_act",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="sessions_app.pageact",
            ),
        ),
        migrations.AddField(
            model_name="vote",
            name="participant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="votes", to="sessions_app.participant"
            ),
        ),
        migrations.AddField(
            model_name="vote",
            name="poll",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="votes", to="sessions_app.poll"
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(
                models.F("session"), models.F("kind"), models.F("number"), name="draft_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(
                models.F("session"),
                condition=models.Q(("kind", "bio"), ("state", "picked")),
                name="draft_one_picked_bio",
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(
                models.F("session"),
                models.F("prompt"),
                condition=models.Q(("kind", "prompt"), ("state", "picked")),
                name="draft_one_picked_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("message", None), ("page_act", None), ("written_by", None)),
                    models.Q(("message__isnull", False), ("page_act", None), ("written_by__isnull", False)),
                    models.Q(("message", None), ("page_act__isnull", False), ("written_by__isnull", False)),
                    _connector="OR",
                ),
                name="draft_own_words_have_a_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "picked"), _negated=True),
                    models.Q(("picked_at__isnull", False), ("picked_in__isnull", False), ("picked_on_page", None)),
                    models.Q(("picked_at__isnull", False), ("picked_in", None), ("picked_on_page__isnull", False)),
                    _connector="OR",
                ),
                name="draft_picked_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="photo",
            constraint=models.UniqueConstraint(
                models.F("message"),
                models.F("position_in_message"),
                condition=models.Q(("message__isnull", False)),
                name="photo_once_a_message",
            ),
        ),
        migrations.AddConstraint(
            model_name="photo",
            constraint=models.UniqueConstraint(models.F("session"), models.F("number"), name="photo_number_once"),
        ),
        migrations.AddConstraint(
            model_name="photo",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("message__isnull", False), ("page_act", None)),
                    models.Q(("message", None), ("page_act__isnull", False)),
                    _connector="OR",
                ),
                name="photo_has_one_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="photo",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("place__isnull", False), ("state", "chosen")),
                    models.Q(models.Q(("state", "chosen"), _negated=True), ("place", None)),
                    _connector="OR",
                ),
                name="photo_chosen_has_a_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="photo",
            constraint=models.UniqueConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                fields=("session", "place"),
                name="photo_place_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="photo",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("place", 1), _negated=True), ("shows__in", ["owner", "together"]), _connector="OR"
                ),
                name="photo_main_shows_its_owner",
            ),
        ),
        migrations.AddConstraint(
            model_name="poll",
            constraint=models.UniqueConstraint(
                models.F("session"), condition=models.Q(("closed_at", None)), name="poll_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="profileversion",
            constraint=models.UniqueConstraint(models.F("session"), models.F("number"), name="version_number_once"),
        ),
        migrations.AddConstraint(
            model_name="profileversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("approved_at", None),
                        ("approved_by", None),
                        ("approved_in", None),
                        ("approved_on_page", None),
                    ),
                    models.Q(
                        ("approved_at__isnull", False),
                        ("approved_by__isnull", False),
                        ("approved_in__isnull", False),
                        ("approved_on_page", None),
                    ),
                    models.Q(
                        ("approved_at__isnull", False),
                        ("approved_by__isnull", False),
                        ("approved_in", None),
                        ("approved_on_page__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="version_approved_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="sharelink",
            constraint=models.UniqueConstraint(
                models.F("session"), condition=models.Q(("revoked_at", None)), name="share_link_one_in_use"
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.UniqueConstraint(models.F("poll"), models.F("participant"), name="vote_once"),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("message__isnull", False), ("page_act", None)),
                    models.Q(("message", None), ("page_act__isnull", False)),
                    _connector="OR",
                ),
                name="vote_has_one_source",
            ),
        ),
    ]
