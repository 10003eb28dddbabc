from matchmaker.ai import exits
from matchmaker.ai.tests.interviews import a_fact, an_interview


def test_it_lists_everything_the_introduction_needs():
    interview = an_interview(consented=False, primary=None)

    assert exits.missing(interview) == ["primary", "consent", "age"]


def test_it_lists_the_following_stages_in_order():
    interview = an_interview(facts=[a_fact("age", 27), a_fact("area", "Leeds")])

    assert exits.later(interview) == [
        "first_name",
        "intention",
        "first_date_idea",
        "interests",
        "stories",
        "green_flags",
    ]


def test_it_names_recommended_fields_nobody_mentioned():
    interview = an_interview(facts=[a_fact("quirk", "names every houseplant")])

    assert exits.nice_to_know(interview) == ["job_or_study"]


def test_it_never_lists_what_is_private():
    interview = an_interview(stage="basics")

    assert "gender" not in exits.missing(interview) + exits.later(interview) + exits.nice_to_know(interview)
