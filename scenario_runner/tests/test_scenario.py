"""Scenario files: reading them, and judging what came of a play."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from scenario_runner import expectations
from scenario_runner.emulator_client import Bubble
from scenario_runner.expectations import Outcome, Played, Sent, SharedPage
from scenario_runner.page_steps import Answer, ArrangePhotos, OnPage, Pick, Press, Wanted, WriteBio
from scenario_runner.scenario import (
    Clock,
    Faults,
    Message,
    Say,
    ScenarioError,
    Script,
    Wait,
    load_scenario,
    parse_scenario,
)

FILES = sorted((Path(__file__).parents[2] / "scenarios").rglob("*.yaml"))

PEOPLE = """
title: An evening
people:
  abby: {address: "whatsapp:+15550100001", name: Abby, role: primary}
  lena: {address: "whatsapp:+15550100002", name: Lena}
"""


ASKED = Answer({"gender": ("woman",), "interested_in": ("men",)})


def scenario_of(steps="steps: [{abby: start}]", expect=""):
    return parse_scenario(f"{PEOPLE}{steps}\n{expect}")


def step_of(text):
    return scenario_of(f"steps:\n  - abby: start\n  - {text}").steps[1]


def complaint(text):
    with pytest.raises(ScenarioError) as refusal:
        parse_scenario(text, "evening.yaml")
    return str(refusal.value)


# --- reading ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_it_reads_every_scenario_of_the_project(file):
    assert load_scenario(file).steps


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ('lena: "join {code}"', Say((Message("lena", "join {code}"),))),
        ("lena: 27", Say((Message("lena", "27"),))),
        ("lena: yes", Say((Message("lena", "yes"),))),
        ("lena: {text: lol, mark: quiet}", Say((Message("lena", "lol", mark="quiet"),))),
        ("together: [{abby: hi}, {lena: no}]", Say((Message("abby", "hi"), Message("lena", "no")))),
        ("wait: reply", Wait("reply")),
        ("wait: silence", Wait("silence")),
        ("wait: 3s", Wait("time", 3.0)),
        ("wait: 500ms", Wait("time", 0.5)),
        ("clock: 25h", Clock("25h")),
        ("abby: {photo: climbing.jpg, text: me}", Say((Message("abby", "me", "climbing.jpg"),))),
        ("abby: {photo: {file: climbing.jpg}}", Say((Message("abby", "", "climbing.jpg"),))),
        ("photo: {file: climbing.jpg}", Say((Message("abby", "", "climbing.jpg"),))),
        ("lena: {page: forget_me}", OnPage("lena", (Press("forget_me"),))),
        ("page: approve", OnPage("abby", (Press("approve"),))),
        ("abby: {page: {approve: true}}", OnPage("abby", (Press("approve"),))),
        ("abby: {page: {pick: 2}}", OnPage("abby", (Pick(2),))),
        ("lena: {page: {bio: I climb.}}", OnPage("lena", (WriteBio("I climb."),))),
        ("abby: {page: {gender: woman, interested_in: [men]}}", OnPage("abby", (ASKED,))),
        (
            "abby: {page: {answers: {gender: woman, interested_in: men}, approve: true}}",
            OnPage("abby", (ASKED, Press("approve"))),
        ),
        (
            "abby: {page: {photos: [2, climbing.jpg, {file: lake.jpg, shows: together}]}}",
            OnPage("abby", (ArrangePhotos((Wanted("2"), Wanted("climbing.jpg"), Wanted("lake.jpg", "together"))),)),
        ),
        ("faults: {drop: 0.5}", Faults({"drop": 0.5})),
        ("model: [{name: say, arguments: {text: Hi}}]", Script([[{"name": "say", "arguments": {"text": "Hi"}}]])),
        ("model: [{say: {text: Hi}}]", Script([[{"name": "say", "arguments": {"text": "Hi"}}]])),
        (
            "model: [[{say: {text: Hi}}], [{stay_silent: {reason: x}}]]",
            Script(
                [
                    [{"name": "say", "arguments": {"text": "Hi"}}],
                    [{"name": "stay_silent", "arguments": {"reason": "x"}}],
                ]
            ),
        ),
    ],
)
def test_it_reads_each_kind_of_step(text, step):
    assert step_of(text) == step


@pytest.mark.parametrize(
    ("marks", "mark"), [("quiet free", "quiet"), ("quiet speak free", "speak"), ("free", "free"), ("", None)]
)
def test_what_is_written_at_once_has_one_mark(marks, mark):
    messages = tuple(Message("abby", "hi", mark=one) for one in marks.split())

    assert Say(messages).mark == mark


def test_it_reads_no_as_a_word_in_expectations():
    assert scenario_of(expect="expect: {profile: {smoke: no}}").expect.profile == {"smoke": "no"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("steps: [{abby: start}]\nmood: good", "evening.yaml, line 7: mood: unknown key mood."),
        ("steps: [{abby: start}]\nexpect: {bot_share: 1}", "line 7: expect.bot_share: unknown key bot_share."),
        ("steps:\n  - abby: start\n  - ben: hi", "line 8 (step 2): there is no person or step called ben."),
        ("steps:\n  - abby: start\n  - wait: forever", "line 8 (step 2): wait needs reply, silence, or a time such as 3s."),
        ("steps:\n  - abby: start\n  - {abby: hi, lena: hi}", "line 8 (step 2): a step is a single key"),
        ("steps:\n  - clock: soon", "line 7 (step 1): clock needs how far to advance"),
        ("steps:\n  - abby: ''", "line 7 (step 1): what abby does must be a string"),
        ("steps:\n  - abby: {text: hi, video: x}", "line 7 (step 1): what abby does must be a string"),
        ("steps:\n  - abby: {text: hi, mark: loud}", "line 7 (step 1): a mark is one of speak, quiet, free, not loud."),
        ("steps:\n  - abby: {mark: free}", "line 7 (step 1): what abby does must be a string"),
        ("steps:\n  - abby: {photo: cat.jpg}", "line 7 (step 1): there is no file cat.jpg next to the scenario, nor in scenarios/photos."),
        ("steps:\n  - abby: {photo: {path: climbing.jpg}}", "line 7 (step 1): what abby does must be a string"),
        ("steps:\n  - ben: {page: approve}", "line 7 (step 1): there is no person or step called ben."),
        ("steps:\n  - abby: {page: dance}", "line 7 (step 1): on the page one can approve, forget_me, leave, not dance."),
        ("steps:\n  - abby: {page: {approve: no}}", "line 7 (step 1): approve on the page can only be true."),
        ("steps:\n  - abby: {page: []}", "line 7 (step 1): page needs what abby does there"),
        ("steps:\n  - abby: {page: {gendre: woman}}", "line 7 (step 1): the page asks for no field gendre."),
        ("steps:\n  - abby: {page: {answers: {gender: {is: woman}}}}", "line 7 (step 1): the answer to gender must be a text"),
        ("steps:\n  - abby: {page: {pick: second}}", "line 7 (step 1): pick needs the number of a bio, such as 2."),
        ("steps:\n  - abby: {page: {photos: []}}", "line 7 (step 1): photos needs their numbers or file names in order"),
        ("steps:\n  - abby: {page: {photos: [1, 1]}}", "line 7 (step 1): photos names one of them twice."),
        ("steps:\n  - abby: {page: {photos: [cat.jpg]}}", "line 7 (step 1): there is no file cat.jpg next to the scenario"),
        ("steps:\n  - abby: {page: {photos: [{file: lake.jpg, shows: us}]}}", "line 7 (step 1): a photo shows owner, together, others, not us."),
        ("steps: [{abby: start}]\nexpect: {photos_min: some}", "line 7: expect.photos_min: "),
        ("steps:\n  - lena: 'join {code}'", "line 7 (step 1): {code} is unknown until someone writes start."),
        ("steps: []", "line 6: steps: "),
        ("steps: [{abby: start}]\nexpect:\n  silent_after: [4]", "line 8: expect.silent_after: there is no step 4"),
        ("steps: [{abby: start}]\nexpect:\n  profile:\n    hight: 3", "line 9: expect.profile.hight: a profile has no field hight."),
        ("steps: [{abby: start}]\nexpect:\n  said_by: {age: ben}", "line 8: expect.said_by.age: there is no person called ben."),
        ("steps: [{abby: start}]\nsteps: [{abby: start}]", "line 7: steps is there twice."),
        ("steps: [", "evening.yaml, line "),
    ],
)  # fmt: skip
def test_it_names_the_line_of_an_error(text, told):
    assert told in complaint(PEOPLE + text)


def test_it_reports_all_errors_at_once():
    told = complaint(PEOPLE + "steps:\n  - ben: hi\n  - lena: 'join {code}'")

    assert len(told.splitlines()) == 2


def test_it_reports_unknown_people_beside_other_errors():
    told = complaint(
        PEOPLE
        + "steps:\n  - abby: ''\n  - ben: 'join {code}'\n  - wait: forever\n"
        + "expect:\n  bot_share: 1\n  said_by: {age: ben}"
    )

    lines = [line.removeprefix("evening.yaml, line ") for line in told.splitlines()]
    assert [line.split(":")[0] for line in lines] == ["7 (step 1)", "8 (step 2)", "9 (step 3)", "11", "12"]
    assert ["called ben" in line for line in lines] == [False, True, False, False, True]


@pytest.mark.parametrize(
    "rest", ["people: []\nsteps: [{a: start}]", "people: {a: 1}\nsteps: [{a: start}]", "mood: 1"]
)
def test_it_does_not_report_unknown_people_when_people_are_unreadable(rest):
    assert "nobody" not in complaint(f"title: x\n{rest}")


@pytest.mark.parametrize(
    ("people", "told"),
    [
        (
            '{a: {address: "whatsapp:+1555", name: A}, b: {address: "whatsapp:+1555", name: B}}',
            "already belongs to someone else",
        ),
        ("{a: {address: somebody, name: A}}", "must be a phone"),
        ('{wait: {address: "+15550100001", name: A}}', "is the name of a step"),
        ('{a: {address: "+15550100001", name: A, role: boss}}', "role"),
        ('{a: {address: "+15550100001"}}', "name is missing"),
    ],
)
def test_it_refuses_invalid_people(people, told):
    assert told in complaint(f"title: x\npeople: {people}\nsteps: [{{a: start}}]")


def test_it_says_when_the_file_does_not_exist():
    with pytest.raises(ScenarioError, match="cannot be read"):
        load_scenario(Path("nowhere.yaml"))


# --- judging ----------------------------------------------------------------------------------------------------------


def line(author, body, kind="person", state="received"):
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return {
        "id": 1,
        "author": author,
        "body": body,
        "at": at,
        "kind": kind,
        "state": state,
        "error": "",
        "media": 0,
    }


def value(*values, said_by="Abby", state="confirmed", many=False):
    items = [{"value": one, "state": state, "said_by": said_by, "message": 1} for one in values]
    return {**items[0], "value": list(values) if many else values[0], "items": items}


def person(name, address):
    return {"name": name, "address": address, "channel": "", "role": "", "window_open_until": None, "left_at": None}


def judged(expect, *, profile=None, transcript=(), stage="basics", **more):
    """The failures of a play with these results."""
    report: Any = {
        "code": "ABC234",
        "stage": stage,
        "profile": profile or {},
        "transcript": list(transcript),
        "people": [person("Abby", "whatsapp:+15550100001"), person("Lena", "whatsapp:+15550100002")],
    }
    played = Played(scenario_of(expect=f"expect: {{{expect}}}"), report, **more)
    return expectations.failures(played)


INTERESTS = {"interests": value("Bouldering", "pottery", said_by="Lena", many=True)}


@pytest.mark.parametrize(
    ("expect", "profile"),
    [
        ("profile: {age: 27}", {"age": value(27)}),
        ("profile: {age: 27}", {"age": value(27, state="proposed")}),
        ("profile: {age: {value: 27, state: confirmed}}", {"age": value(27)}),
        ("profile: {area: leeds}", {"area": value("Leeds")}),
        ("profile: {interests: [bouldering]}", INTERESTS),
        ("profile: {interests: pottery}", INTERESTS),
        ("profile: {stories: ['*sofa*']}", {"stories": value("She carried my sofa", many=True)}),
        ("profile: {age_range: [25, 35]}", {"age_range": value([25, 35])}),
        ("not_profile: {orientation: any}", {"age": value(27)}),
        ("not_profile: {interests: chess}", INTERESTS),
        ("said_by: {interests: lena}", INTERESTS),
        ("stage: basics", {}),
        ("not_stage: approved", {}),
    ],
)
def test_it_accepts_a_profile_that_meets_the_expectations(expect, profile):
    assert judged(expect, profile=profile) == []


@pytest.mark.parametrize(
    ("expect", "profile", "told"),
    [
        ("profile: {age: 27}", {}, "The profile should have age “27”, but it is unknown."),
        ("profile: {age: 27}", {"age": value(31)}, "The profile should have age “27”, but has “31”."),
        ("profile: {age: {value: 27, state: confirmed}}", {"age": value(27, state="proposed")}, "age should be confirmed, but is proposed."),
        ("profile: {interests: [pottery, chess]}", INTERESTS, "The profile should have interests “pottery, chess”, but has “Bouldering, pottery”."),
        ("not_profile: {interests: any}", INTERESTS, "The profile should have no interests, but has “Bouldering, pottery”."),
        ("not_profile: {interests: [pottery]}", INTERESTS, "The profile should not have interests “pottery”, but has it."),
        ("said_by: {interests: abby}", INTERESTS, "interests should come from Abby, but comes from Lena."),
        ("stage: stories", {}, "The interview should be at stories, but is at basics."),
        ("not_stage: basics", {}, "The interview should not be at basics."),
    ],
)  # fmt: skip
def test_it_explains_what_is_wrong_with_the_profile(expect, profile, told):
    assert judged(expect, profile=profile) == [told]


def test_it_finds_a_pattern_on_every_phone_including_the_authors():
    handsets = {
        "abby": [Bubble("1", is_own=True, body="hello")],
        "lena": [Bubble("2", is_own=False, body="*Abby:* hello")],
    }

    assert judged('every_phone_sees: ["*Abby:*"]', handsets=handsets) == []


def test_it_names_the_phone_without_the_pattern():
    handsets = {"abby": [Bubble("1", is_own=False, body="Welcome")], "lena": []}

    assert judged("every_phone_sees: Welcome", handsets=handsets) == [
        "Lena's phone should show 'Welcome', but does not."
    ]


def test_it_fills_the_code_into_patterns():
    handsets = {"abby": [Bubble("1", is_own=False, body="join ABC234")], "lena": []}

    assert judged('phone_never_sees: {abby: "*{code}*"}', handsets=handsets) == [
        "Abby's phone should never show '*{code}*', but does."
    ]


HELLO = [Sent("abby", "Abby", "hello", frozenset({"lena"}))]
ONCE = [Bubble("1", is_own=False, body="*Abby:* hello")]


def test_it_accepts_a_message_that_arrived_once_everywhere():
    assert judged("exactly_once: true", sent=HELLO, handsets={"lena": ONCE}, transcript=[line("Abby", "hello")]) == []


@pytest.mark.parametrize(
    ("bubbles", "lines", "told"),
    [
        ([], [line("Abby", "hello")], "Lena's phone shows “hello” from Abby 0 times instead of once."),
        (ONCE + ONCE, [line("Abby", "hello")], "Lena's phone shows “hello” from Abby twice instead of once."),
        (ONCE, [], "The transcript has “hello” from Abby 0 times instead of once."),
        (ONCE, [line("Abby", "*Abby:* hello")], "The transcript has “hello” from Abby 0 times instead of once."),
    ],
)
def test_it_reports_a_lost_or_duplicated_message(bubbles, lines, told):
    assert judged("exactly_once: true", sent=HELLO, handsets={"lena": bubbles}, transcript=lines) == [told]


def test_it_counts_the_same_words_said_twice():
    handsets = {"lena": [Bubble("1", is_own=False, body="Abby: haha"), Bubble("2", is_own=False, body="Abby: haha")]}
    sent = [Sent("abby", "Abby", "haha", frozenset({"lena"}))] * 2

    assert judged("exactly_once: true", sent=sent, handsets=handsets, transcript=[line("Abby", "haha")] * 2) == []


def test_it_expects_nothing_on_phones_outside_the_group():
    early = [Sent("abby", "Abby", "hello", frozenset())]

    assert judged("exactly_once: true", sent=early, handsets={"lena": []}, transcript=[line("Abby", "hello")]) == []


CHAT = [line("Abby", "hi"), line("Matchmaker", "Welcome", "matchmaker", "sent"), line("Lena", "hi")]


@pytest.mark.parametrize(
    ("expect", "told"),
    [
        ("bot_messages_min: 2", "The matchmaker should write at least twice, but wrote once."),
        ("bot_messages_max: 0", "The matchmaker should write at most 0 times, but wrote once."),
        ("bot_share_max: 0.3", "The matchmaker wrote 33% of the messages (1 of 3); at most 30% is allowed."),
        ("transcript_contains: ['*bread*']", "The transcript should contain '*bread*', but does not."),
    ],
)
def test_it_says_how_much_the_matchmaker_wrote(expect, told):
    assert judged(expect, transcript=CHAT) == [told]


def test_it_counts_no_message_that_was_never_sent():
    refused = line("Matchmaker", "Hello?", "matchmaker", "refused")

    assert judged("bot_messages_max: 0", transcript=[refused]) == []


def test_it_quotes_a_message_where_silence_was_expected():
    assert judged("silent_after: [1]", spoken_after={1: ["So, your age?"]}) == [
        "The matchmaker should stay silent after step 1, but wrote “So, your age?”."
    ]


# --- what came of it --------------------------------------------------------------------------------------------------

PAGE = SharedPage("Abby, 27\nLeeds\nOn Sundays the flea market, then chips", "<p>Abby, 27</p><!-- +15550100001 -->")
FINISHED = Outcome("She climbs, bakes, and names her bread.", 3, PAGE)


@pytest.mark.parametrize(
    "expect",
    [
        "bio: '*Names her bread*'",
        "photos_min: 3",
        "page_shows: ['Abby, 27', '*flea market*', '*Leeds*chips']",
        "page_hides: ['*Whitby*', 'flea market']",
    ],
)
def test_it_accepts_what_came_of_the_evening(expect):
    assert judged(expect, outcome=FINISHED) == []


@pytest.mark.parametrize(
    ("expect", "outcome", "told"),
    [
        ("bio: '*'", Outcome(), "The bio should be like '*', but none was picked."),
        ("bio: '*Whitby*'", FINISHED, "The bio should be like '*Whitby*', but is “She climbs, bakes, and names her bread.”."),
        ("photos_min: 4", FINISHED, "The profile should have at least 4 photos, but has 3."),
        ("page_shows: '*Whitby*'", FINISHED, "The profile page should show '*Whitby*', but does not."),
        ("page_shows: '*'", Outcome(), "The profile page should show '*', but there is no page."),
        ("page_hides: '*Leeds*'", FINISHED, "The profile page should not show '*Leeds*', but does."),
        ("page_hides: '*+1555*'", FINISHED, "The source of the profile page should not contain '*+1555*', but does."),
    ],
)  # fmt: skip
def test_it_explains_what_did_not_come_of_it(expect, outcome, told):
    assert judged(expect, outcome=outcome) == [told]
