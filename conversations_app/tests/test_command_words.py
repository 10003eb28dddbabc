"""Commands as people write them: what is one, and what is talk, among friends and from a stranger."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations_app.commands.answers import LineBefore, answers_a_question
from conversations_app.commands.parsing import Command, command_in, introduction_in
from conversations_app.folding import folded
from matchmaker.addresses import Channel

WHATSAPP, SMS = Channel.WHATSAPP, Channel.SMS


def among_friends(text: str, channel: Channel = WHATSAPP) -> str:
    command = command_in(text, channel=channel, in_thread=True)
    return f"{command.name} {command.code}".strip() if command else "talk"


def of_a_stranger(text: str, channel: Channel = WHATSAPP) -> str:
    command = command_in(text, channel=channel)
    return f"{command.name} {command.code}".strip() if command else "talk"


# --- folding ----------------------------------------------------------------------------------------------------------

COMMANDS = ("stop", "leave", "quiet", "help", "who", "my data", "my page", "settings", "join ABC234", "switch ABC234")
UNSEEN = ("\u200b", "\u200e", "\u200f", "\ufeff", "\u2060", "\u00ad", "\u202a", "\ufe0f")
AROUND = (
    " ",
    "  ",
    "\n",
    "\u00a0",
    ".",
    "…",
    "...",
    "“",
    "”",
    "'",
    "«",
    "(",
    ")",
    "*",
    "_",
    "—",
    ",",
    "🙏",
    "✋🏽",
    "🌸",
)
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


@given(
    st.sampled_from(COMMANDS),
    st.lists(st.sampled_from(UNSEEN + AROUND), max_size=4).map("".join),
    st.lists(st.sampled_from(UNSEEN + AROUND), max_size=4).map("".join),
    st.sampled_from((str, str.upper, str.capitalize)),
)
def test_what_phones_put_around_a_command_changes_nothing(
    command: str, before: str, after: str, case: Callable[[str], str]
) -> None:
    written = before + case(command) + after

    assert among_friends(written) == among_friends(command)
    assert of_a_stranger(written) == of_a_stranger(command)


@given(st.sampled_from(COMMANDS), st.sampled_from(UNSEEN), st.integers(min_value=0, max_value=20))
def test_an_unseen_mark_inside_a_command_changes_nothing(command: str, mark: str, place: int) -> None:
    written = command[:place] + mark + command[place:]

    assert among_friends(written) == among_friends(command)


@given(st.sampled_from(COMMANDS))
def test_full_width_letters_are_letters(command: str) -> None:
    assert among_friends(command.translate(WIDE)) == among_friends(command)


@given(st.text(max_size=200))
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.text(max_size=900), st.booleans())
def test_any_text_can_be_looked_at(text: str, in_thread: bool) -> None:
    command = command_in(text, in_thread=in_thread, is_nameless=True)

    assert command is None or command.name


# --- STOP -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        *(
            "stop",
            "STOP!",
            "STOP!!",
            "Stop.",
            "stop please",
            "Please stop",
            "stop 🛑",
            "stopall",
            "Opt-Out",
            "opt out",
        ),
        *("unsubscribe", "Unsubscribe me, please", "opt me out", "stop texting me", "stop sending me messages"),
        *("please stop messaging me", "take me off your list", "I want to opt out", "stop all these messages"),
        *("ARRÊT", "arret svp", "STOPP", "Abmelden", "bitte abmelden", "darme de baja", "СТОП", "停止"),
        *(
            "BAJA",
            "ALTO",
            "PARAR",
            "ALTO por favor",
            "S T O P",
            "s.t.o.p.",
            "unsubcribe",
            "stop texting me!",
            "Unsubscribe!",
        ),
    ],
)
def test_stop_is_understood_among_friends_and_from_strangers(text: str) -> None:
    assert (among_friends(text), of_a_stranger(text)) == ("stop", "stop")


@pytest.mark.parametrize(
    "text",
    [
        *("stop!!", "ok stop", "hi, please stop", "STOP IT", "please stop it", "baja", "alto por favor", "Parar"),
        *("Wrong number, stop", "not interested, please stop", "stop sending me these", "I want to stop", "basta"),
        *("don't text me again", "do not contact me", "no more messages please", "leave me alone", "remove me"),
        *(
            "can you stop texting me?",
            "Ok. Stop texting me now!",
            "deja de escribirme",
            "keine Nachrichten mehr bitte",
        ),
    ],
)
def test_a_stranger_means_us_where_friends_may_mean_each_other(text: str) -> None:
    assert (among_friends(text), of_a_stranger(text)) == ("talk", "stop")


@pytest.mark.parametrize(
    "text",
    [
        *("stop it, you're killing me", "don't stop", "never stop", "stop?", "stop by later", "can't stop laughing"),
        *(
            "the bus stop",
            "stop sign",
            "non-stop",
            "stop the car",
            "please don't stop",
            "stopping now",
            "stop worrying",
        ),
        *(
            "he told me to stop",
            "stop texting your ex",
            "I want to stop smoking",
            "more messages please",
            "unsubscribe from drama",
            "I'll opt out of dessert",
        ),
        *("please", "thanks", "ok", "…", "🙏", ""),
    ],
)
def test_talk_with_the_word_in_it_is_talk_everywhere(text: str) -> None:
    assert (among_friends(text), of_a_stranger(text)) == ("talk", "talk")


@pytest.mark.parametrize("text", ["stop!!", "Stop!", "stop 😂", "STOP 😂😂", "please stop 🤣", "leave!!", "leave 😅"])
def test_an_exclamation_among_friends_is_laughter(text: str) -> None:
    assert among_friends(text) == "talk"


@pytest.mark.parametrize("word", ["end", "QUIT", "Cancel."])
def test_carriers_take_some_words_for_stop_on_sms(word: str) -> None:
    assert (among_friends(word, SMS), of_a_stranger(word, SMS)) == ("stop", "stop")
    assert (among_friends(word), of_a_stranger(word)) == ("talk", "talk")


# --- codes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        *("join ABC234", "Join: abc234.", "JOIN ABC234!!", "join ABC234 thanks", "join <ABC234>", "join ABC234 🎉"),
        *(
            "join code ABC234",
            "Hi, join ABC234",
            "please join the group ABC234",
            "I want to join ABC234",
            "joinABC234",
        ),
        *(
            "Jion ABC234",
            "join ABC-234",
            "join ABC 234",
            "ABC234",
            "abc234",
            "ABC234 🥳",
            "hi ABC234",
            "join  ａｂｃ２３４",
            "join A B C 2 3 4",
            "join abc234 now",
        ),
        "Come and help with a dating profile! Send join ABC234 to +15005550006 or tap https://example.com/join/ABC234",
    ],
)
def test_one_code_joins_however_it_is_written(text: str) -> None:
    assert (among_friends(text), of_a_stranger(text)) == ("join ABC234", "join ABC234")


@pytest.mark.parametrize(
    "text",
    [
        *("my code is ABC234", "ABC 234", "Hi! Abby gave me this: ABC234", "https://example.com/join/ABC234"),
        *("Hey it's Lena, the code is ABC234, see you there", "abc-234 please"),
    ],
)
def test_a_stranger_needs_no_verb(text: str) -> None:
    assert of_a_stranger(text) == "join ABC234"


@pytest.mark.parametrize(
    "text",
    [
        *("join later", "Join us!", "join the party", "who wants to join", "London", "LONDON", "thanks", "THANKS"),
        *("hi there", "HI", "hi Lena", "switch seats", "12345", "see you at 10", "bus 42", "hello everybody"),
    ],
)
def test_words_are_no_codes_among_friends(text: str) -> None:
    assert among_friends(text) == "talk"


@pytest.mark.parametrize("text", ["London", "LONDON", "thanks", "hi there", "hello again", "AB234 BC234 CD234 DE234"])
def test_a_stranger_who_says_no_code_is_not_guessing(text: str) -> None:
    assert of_a_stranger(text) == "talk"


@pytest.mark.parametrize("text", ["ABC234", "hi ABC234", "jion ABC234", "join at 7pm", "join 2 4th8"])
def test_what_may_be_talk_counts_only_with_a_code_that_exists(text: str) -> None:
    command = command_in(text, in_thread=True)

    assert command is not None
    assert command.is_tentative


# --- names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("name Lena", "Lena"),
        ("Name: lena.", "lena"),
        ("name Lena 🌸", "Lena 🌸"),
        ("my name is Anna Lena", "Anna Lena"),
        ("name María del Mar", "María del Mar"),
        ("name 민지", "민지"),
        ("Name - Lena", "Lena"),
    ],
)
def test_a_name_is_said_by_the_word(text: str, name: str) -> None:
    command = command_in(text, is_nameless=True, in_thread=True)

    assert command is not None
    assert (command.name, command.wanted_name) == ("name", name)


@pytest.mark.parametrize(
    "text",
    ["name of that bar?", "name one thing", "name your price", "name ten bands", "name it", "name?", "name them all"],
)
def test_talk_that_begins_with_the_word_names_nobody(text: str) -> None:
    assert command_in(text, is_nameless=True, in_thread=True) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I'm Lena", "Lena"),
        ("i’m Lena!", "Lena"),
        ("Hi all, I'm Lena", "Lena"),
        ("Lena", "Lena"),
        ("Lena 🌸", "Lena 🌸"),
        ("Lena here", "Lena"),
        ("hey guys, Lena Braun here!", "Lena Braun"),
        ("Ich heiße Jörg", "Jörg"),
        ("soy Maite", "Maite"),
        ("Anne-Marie O'Neill", "Anne-Marie O'Neill"),
        ("민지", "민지"),
    ],
)
def test_people_give_their_name_as_people_do(text: str, name: str) -> None:
    command = introduction_in(text)

    assert command is not None
    assert command.wanted_name == name


@pytest.mark.parametrize(
    "text",
    [
        "I'm tired",
        "Hello",
        "Yes",
        "I'm in",
        "27",
        "Who?",
        "what is this",
        "Thanks!",
        "it's great",
        "👋",
        "Hi all",
        "",
    ],
)
def test_other_openings_name_nobody(text: str) -> None:
    assert introduction_in(text) is None


# --- answers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("stay or leave?", "leave"),
        ("are you quiet or loud? be honest", "Quiet."),
        ("how was the party?", "quiet"),
        ("how was the party? 😏", "quiet"),
        ("was machen wir?", "leave"),
        ("stay or leave?", "LEAVE"),
    ],
)
def test_a_word_under_a_friends_question_is_its_answer(question: str, word: str) -> None:
    assert answers_a_question(word, [LineBefore(question)])


@pytest.mark.parametrize(
    ("before", "word"),
    [
        ([], "leave"),
        ([LineBefore("what a party")], "quiet"),
        ([LineBefore("how was the party?")], "QUIET"),
        ([LineBefore("how was the party?", is_own=True)], "quiet"),
        ([LineBefore("lovely"), LineBefore("how was the party?")], "quiet"),
        ([LineBefore("How old are you, Abby?", is_ours=True)], "leave"),
        ([LineBefore("Shall I be quiet for a while?", is_ours=True)], "QUIET"),
    ],
)
def test_a_word_that_nobody_asked_for_is_a_command(before: list[LineBefore], word: str) -> None:
    assert not answers_a_question(word, before)


@pytest.mark.parametrize("before", [[], [LineBefore("nice one"), LineBefore("me too")]])
def test_our_question_has_an_answer_too_where_it_offers_the_word(before: list[LineBefore]) -> None:
    asked = LineBefore("Loud bars or a quiet night in?", is_ours=True)

    assert answers_a_question("quiet", [*before, asked])


def test_our_question_to_somebody_has_their_answer() -> None:
    asked = LineBefore("Abby, what's a perfect Sunday?", is_ours=True)

    assert answers_a_question("quiet", [asked], was_asked=True)
    assert not answers_a_question("QUIET", [asked], was_asked=True)


def test_stop_itself_is_never_an_answer() -> None:
    assert command_in("stop", in_thread=True) == Command("stop")
    assert command_in("Please stop", in_thread=True) == Command("stop", may_be_an_answer=True)
