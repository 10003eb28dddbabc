"""The HTTP side, as a stock `openai` client sees it."""

import json

import httpx
import openai
import pytest

from emulator.llm.tests.group_chat import Group
from emulator.llm.tests.server import ModelServer, running

SAY = {"type": "function", "function": {"name": "say", "parameters": {"type": "object"}}}
DOCUMENT = json.dumps(
    {
        "matchmaker": "Matchmaker",
        "people": [{"id": "p1", "name": "Abby", "role": "friend"}],
        "primary": None,
        "consent": False,
        "to_ask": [{"topic": "primary", "who": "anyone"}],
        "turn": {"floor": "must_speak", "why": "we were named"},
        "messages": [{"id": "m1", "from": "p1", "text": "hello matchmaker", "new": True}],
    }
)
MESSAGES = [{"role": "system", "content": "You are Matchmaker."}, {"role": "user", "content": DOCUMENT}]


def ask(client, **changes):
    return client.chat.completions.create(**({"model": "any", "messages": MESSAGES, "tools": [SAY]} | changes))


def test_it_answers_with_tool_calls_and_usage(client):
    reply = ask(client)

    call = reply.choices[0].message.tool_calls[0]
    assert reply.choices[0].finish_reason == "tool_calls"
    assert isinstance(json.loads(call.function.arguments), dict)
    assert reply.usage.total_tokens == reply.usage.prompt_tokens + reply.usage.completion_tokens > 100


def test_it_answers_in_text_when_no_tools_are_offered(client):
    reply = client.chat.completions.create(model="any", messages=[{"role": "user", "content": "hello"}])

    assert reply.choices[0].finish_reason == "stop"
    assert reply.choices[0].message.content


def test_it_calls_the_tool_named_in_tool_choice(client):
    reply = ask(client, messages=[{"role": "user", "content": "Call the tool say now."}])

    assert [call.function.name for call in reply.choices[0].message.tool_calls] == ["say"]


def test_it_gives_the_same_request_the_same_answer(client):
    one, other = ask(client), ask(client)

    assert one.choices == other.choices


@pytest.mark.parametrize(
    "changes",
    [
        {"messages": []},
        {"messages": [{"role": "robot", "content": "hi"}]},
        {"messages": [{"role": "tool", "tool_call_id": "nobody", "content": "done"}]},
        {"tools": [{"type": "function"}]},
        {"n": 2},
    ],
)
def test_it_refuses_malformed_requests_in_openais_shape(client, changes):
    with pytest.raises(openai.BadRequestError) as refused:
        ask(client, **changes)

    error = refused.value.response.json()["error"]
    assert error["type"] == "invalid_request_error"
    assert error["message"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b'{"messages": []}'])
def test_it_refuses_an_invalid_request(server, body):
    reply = httpx.post(f"{server.openai_url}/chat/completions", content=body)

    assert reply.status_code == 400
    assert reply.json()["error"]["message"]


def test_it_requires_its_key_where_one_is_configured():
    with running(ModelServer(api_key="the-key")) as guarded:
        allowed = openai.OpenAI(base_url=guarded.openai_url, api_key="the-key", max_retries=0)
        refused = openai.OpenAI(base_url=guarded.openai_url, api_key="another", max_retries=0)

        assert ask(allowed).choices
        with pytest.raises(openai.AuthenticationError):
            ask(refused)


@pytest.mark.parametrize(("text", "flagged"), [("I love bouldering", False), ("I will kill you", True)])
def test_it_flags_harmful_text(client, text, flagged):
    assert client.moderations.create(input=text).results[0].flagged is flagged


def test_it_says_that_it_does_not_transcribe(client):
    with pytest.raises(openai.NotFoundError, match="transcribe"):
        client.audio.transcriptions.create(model="whisper-1", file=("voice.ogg", b"OggS"))


def test_it_lists_its_model(client):
    assert [model.id for model in client.models.list()] == ["interviewer"]


def test_it_answers_an_unknown_path_in_openais_shape(client):
    with pytest.raises(openai.NotFoundError, match="Invalid URL"):
        client.embeddings.create(model="any", input="hi")


# scripted turns -----------------------------------------------------------------------------------------------------


def queue(server, *turns):
    return httpx.post(f"{server.url}/emulator/model/script", json={"turns": list(turns)})


def test_it_makes_scripted_calls_first(server, group: Group):
    queue(server, [{"name": "say", "arguments": {"text": "Scripted hello."}}])

    assert group.say("Abby", "hi") == ["Scripted hello."]
    assert group.say("Abby", "hello?") != ["Scripted hello."]


def test_a_script_names_people_and_messages(server, started: Group):
    started.say("Lena", "Abby loves pottery", floor=None)
    queue(
        server,
        [
            {"name": "propose_fact", "arguments": {"field": "interests", "value": "chess", "about": "Abby"}},
            {"name": "ask_field", "arguments": {"field": "age", "wording": "Age?", "to": "Abby", "message": "Lena"}},
        ],
    )

    said = started.burst(("Abby", "I love chess"), ("Lena", "true"))

    assert said == ["Age?"]
    assert started.asked_to == "abby"


def test_it_sends_scripted_string_arguments_unchanged(server, group: Group):
    queue(server, [{"name": "say", "arguments": "{broken"}])

    group.say("Abby", "hi")

    assert not group.decisions[-1].attempts[0].outcome.done


def test_it_forgets_the_script(server, group: Group):
    queue(server, [{"name": "say", "arguments": {"text": "Scripted."}}])

    httpx.delete(f"{server.url}/emulator/model/script")

    assert group.say("Abby", "hi") != ["Scripted."]


@pytest.mark.parametrize(
    "script",
    [[], {}, {"turns": {}}, {"turns": ["say"]}, {"turns": [["say"]]}, {"turns": [[{"name": "say", "arguments": 3}]]}],
)
def test_it_says_what_is_wrong_with_a_script(server, script):
    reply = httpx.post(f"{server.url}/emulator/model/script", json=script)

    assert reply.status_code == 400
    assert reply.json()["error"].endswith(".")


# readings of lines --------------------------------------------------------------------------------------------------


def read(server, *readings, reader="test"):
    content = {"reader": reader, "readings": [{"text": text, "turns": [calls]} for text, calls in readings]}
    httpx.post(f"{server.url}/emulator/model/readings", json=content).raise_for_status()


def says(text):
    return [{"name": "say", "arguments": {"text": text}}]


def test_it_waits_for_the_line_that_a_reading_belongs_to(server, group: Group):
    read(server, ("second", says("Heard the second.")), ("FIRST !", says("Heard the first.")))

    assert group.say("Abby", "first") == ["Heard the first."]
    assert group.say("Abby", "second") == ["Heard the second."]


def test_it_reads_all_lines_of_a_turn(server, started: Group):
    read(
        server,
        ("I love chess", [{"name": "propose_fact", "arguments": {"field": "interests", "value": "chess"}}]),
        ("true", says("Chess it is.")),
    )

    assert started.burst(("Abby", "I love chess"), ("Lena", "true")) == ["Chess it is."]
    assert [fact.value for fact in started.interview.live("interests")] == ["chess"]


def test_it_takes_nothing_from_a_line_without_a_reading(server, started: Group):
    read(server, ("hello", says("Hello.")))
    started.say("Abby", "hello")

    assert started.say("Abby", "I love chess") == []
    assert started.interview.live("interests") == []


def test_the_same_words_said_again_are_another_line(server, group: Group):
    read(server, ("yes", says("One.")), ("yes", says("Two.")))

    assert (group.say("Abby", "yes"), group.say("Abby", "yes")) == (["One."], ["Two."])


def test_it_forgets_the_readings_of_one_reader(server, group: Group):
    read(server, ("hi", says("Scripted.")), reader="one")
    read(server, ("hello", says("Still here.")), reader="another")

    httpx.delete(f"{server.url}/emulator/model/readings?reader=one")

    assert group.say("Abby", "hi") != ["Scripted."]
    assert group.say("Abby", "hello") == ["Still here."]


@pytest.mark.parametrize(
    "given", [{}, {"reader": "x", "readings": [{}]}, {"reader": "x", "readings": [{"text": "hi"}]}]
)
def test_it_says_what_is_wrong_with_readings(server, given):
    reply = httpx.post(f"{server.url}/emulator/model/readings", json=given)

    assert reply.status_code == 400
    assert reply.json()["error"].endswith(".")


# moderation ---------------------------------------------------------------------------------------------------------


def flag(server, **content):
    return httpx.post(f"{server.url}/emulator/model/moderations", json=content)


def test_it_flags_what_a_test_asked_for(server, client):
    flag(server, flag={"the usual": ["harassment/threatening"]}).raise_for_status()

    innocent, flagged = client.moderations.create(input=["hello", "you get The Usual"]).results

    assert not innocent.flagged
    assert flagged.categories.harassment_threatening


def test_it_tells_intent_from_mourning(client):
    mourning, intent = client.moderations.create(input=["a song about suicide", "I want to kill myself"]).results

    assert (mourning.categories.self_harm, mourning.categories.self_harm_intent) == (True, False)
    assert intent.categories.self_harm_intent


@pytest.mark.parametrize(
    "content", [{}, {"flag": ["x"]}, {"flag": {"x": "harassment"}}, {"flag": {"x": ["rudeness"]}}]
)
def test_it_says_what_is_wrong_with_the_wanted_flags(server, content):
    reply = flag(server, **content)

    assert reply.status_code == 400
    assert reply.json()["error"].endswith(".")


@pytest.mark.parametrize(
    ("mode", "refusal"), [("absent", openai.NotFoundError), ("failing", openai.InternalServerError)]
)
def test_it_can_be_without_moderation(server, client, mode, refusal):
    server.app.state.faults.change({"model": {"moderations": mode}})

    with pytest.raises(refusal):
        client.moderations.create(input="hello")
