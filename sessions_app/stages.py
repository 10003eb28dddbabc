"""Editing a stage's wording: always as a new version, since turns say which one they used."""

from django.db import transaction

from sessions_app.models import Stage


class StageHasChanged(Exception):
    """Another version became the current one meanwhile."""


def revise_stage(stage: Stage, *, position: int, goal: str, instructions: str, fields: list[str]) -> Stage:
    """Add the next version, current at once. The row lock keeps two editors from both making one. Raises
    StageHasChanged."""
    with transaction.atomic():
        was_current = Stage.objects.select_for_update().filter(pk=stage.pk, is_current=True)
        if not was_current.update(is_current=False):
            raise StageHasChanged
        return Stage.objects.create(
            slug=stage.slug,
            version=stage.version + 1,
            position=position,
            goal=goal,
            instructions=instructions,
            fields=fields,
        )
