from typing import Any

import pytest
from django.test import Client

from sessions_app.models import Stage
from sessions_app.stages import StageHasChanged, revise_stage


@pytest.fixture
def basics(db: None) -> Stage:
    return Stage.objects.get(slug="basics", is_current=True)


def save(client: Client, stage: Stage, **changed: Any) -> Any:
    form = {
        "position": stage.position,
        "goal": stage.goal,
        "instructions": stage.instructions,
        "fields": '["first_name", "age"]',
        **changed,
    }
    return client.post(f"/admin/sessions_app/stage/{stage.pk}/change/", form)


def versions() -> list[tuple[int, bool, str]]:
    rows = Stage.objects.filter(slug="basics").order_by("version")
    return [(row.version, row.is_current, row.goal) for row in rows]


def test_it_saves_a_change_as_the_next_version(staff: Client, basics: Stage) -> None:
    save(staff, basics, goal="Ask even more lightly.")

    assert versions() == [(1, False, basics.goal), (2, True, "Ask even more lightly.")]
    assert Stage.objects.get(slug="basics", is_current=True).fields == ["first_name", "age"]


def test_sessions_continue_with_the_new_version(staff: Client, basics: Stage) -> None:
    answer = save(staff, basics, goal="Ask even more lightly.", _continue="1")

    new = Stage.objects.get(slug="basics", is_current=True)
    assert answer.headers["Location"].endswith(f"/stage/{new.pk}/change/")


def test_it_makes_no_version_of_an_unchanged_form(staff: Client, basics: Stage) -> None:
    save(staff, basics, fields=str(basics.fields).replace("'", '"'))

    assert len(versions()) == 1


def test_it_refuses_an_unknown_field(staff: Client, basics: Stage) -> None:
    answer = save(staff, basics, fields='["shoe_size"]')

    assert "Unknown field: shoe_size." in answer.content.decode()
    assert len(versions()) == 1


def test_it_refuses_anything_but_a_list_of_fields(staff: Client, basics: Stage) -> None:
    answer = save(staff, basics, fields='{"age": 1}')

    assert "Give a list of slugs" in answer.content.decode()


def test_it_saves_nothing_over_a_newer_version(staff: Client, basics: Stage) -> None:
    save(staff, basics, goal="First.")

    answer = save(staff, basics, goal="Second, from a page opened before.")

    new = Stage.objects.get(slug="basics", is_current=True)
    assert answer.headers["Location"].endswith(f"/stage/{new.pk}/change/")
    assert new.goal == "First."


def test_it_shows_an_older_version_read_only(staff: Client, basics: Stage) -> None:
    save(staff, basics, goal="Second.")

    shown = staff.get(f"/admin/sessions_app/stage/{basics.pk}/change/").content.decode()

    assert basics.goal in shown
    assert 'name="_save"' not in shown


def test_it_neither_adds_nor_deletes_stages(staff: Client, basics: Stage) -> None:
    assert staff.get("/admin/sessions_app/stage/add/").status_code == 403
    assert staff.post(f"/admin/sessions_app/stage/{basics.pk}/delete/", {"post": "yes"}).status_code == 403


def test_it_revises_only_the_current_version(basics: Stage) -> None:
    wording: Any = {"position": 2, "goal": "New.", "instructions": "", "fields": []}
    revise_stage(basics, **wording)

    with pytest.raises(StageHasChanged):
        revise_stage(basics, **wording)
