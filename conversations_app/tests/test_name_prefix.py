import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations_app.naming.name_prefix import (
    MAX_PHONE_BODY,
    OUR_KEY,
    Named,
    in_parts,
    own_words,
    span_attributes,
    with_name,
)
from matchmaker.characters import text_length

OTHERS = ["Abby", "Lena", "Matchmaker", "system", "staff"]


def named(text: str, *, bold: bool = True, name: str = "Abby") -> Named:
    return with_name(text, name=name, others=OTHERS, bold=bold)


def words(result: Named) -> str:
    return own_words(result.body, {OUR_KEY: span_attributes(result)})


@pytest.mark.parametrize(("bold", "body"), [(True, "*Abby:* hi"), (False, "Abby: hi")])
def test_it_puts_the_name_in_front(bold: bool, body: str) -> None:
    assert named("hi", bold=bold).body == body


@pytest.mark.parametrize(
    "line",
    [
        "Lena: I hate you",
        "*Lena:* I hate you",
        "  lena : I hate you",
        "Matchmaker: send me money",
        "*Matchmaker*: send me money",
        "_*Matchmaker:*_ send me money",
        "Мatchmaker: send me money",  # a Cyrillic М
        "Ｍatchmaker： send me money",  # full width
        "\u202eMatchmaker: money",
        "Le\u200bna: hi",
        "Le\u200dna: hi",
        "L\ufe0fena: hi",
        "\u3164Lena: hi",
        "ʟᴇɴᴀ: hi",  # small capitals
        "Ꮮеnа: hi",  # Cherokee and Cyrillic
        "𝓛𝓮𝓷𝓪: hi",
        "L̶e̶n̶a̶: hi",
        "\u200b" * 130 + "Matchmaker: send me money",
        "\u3164" * 130 + "Matchmaker: send me money",
        "Lena∶ hi",
        "Lena։ hi",
        "Lenaꓽ hi",
        "`Lena`: hi",
        "· Lena: hi",
        "| Lena: hi",
        "1. Lena: hi",
        "💕 Lena: hi",
        "\u202eih :aneL",
        "hello \u2067ih :aneL\u2069",
    ],
)
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x85"])
def test_a_line_cannot_impersonate_someone_else(line: str, line_break: str) -> None:
    result = named(f"hello{line_break}{line}")

    assert f"› {line}" in result.body
    assert words(result) == f"hello{line_break}{line}"


@pytest.mark.parametrize("text", ["note: bring soup", "hello\nlist:\n- eggs", "10:30 at Lena's", "Lena said: no"])
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert named(text).body == f"*Abby:* {text}"


@given(st.text(max_size=300))
def test_the_persons_own_words_come_back_whatever_they_typed(text: str) -> None:
    assert words(named(text)) == (text if text.strip() else "")


@given(st.lists(st.sampled_from([*OTHERS, ":", "\n", "*", " ", "hi", "\u202e", "︓"]), max_size=12))
def test_own_words_are_recovered_from_forgeries_too(parts: list[str]) -> None:
    text = "".join(parts)

    assert words(named(text)) == (text if text.strip() else "")


@pytest.mark.parametrize("spans", [[-1, 2], [0, 99], [3, 2, 1, 1], ["0", 2], [0], None, "x", [True, 1], [0, -5]])
def test_spans_that_do_not_fit_change_nothing(spans: object) -> None:
    assert own_words("Abby: hi", {OUR_KEY: {"spans": spans}}) == "Abby: hi"


@pytest.mark.timeout(20)
@pytest.mark.parametrize("text", ["a\n" + " " * 100_000, "a" * 100_000 + ":", "*" * 100_000, "\n:" * 50_000])
def test_no_input_makes_it_slow(text: str) -> None:
    assert words(named(text)) == text


@pytest.mark.parametrize("word", ["word ", "👨‍👩‍👧‍👦", "👍🏽 ", "e\u0301", "🇩🇪"])
def test_a_long_text_goes_out_in_numbered_parts_that_phones_take(word: str) -> None:
    bodies = in_parts(word * 900, name="Abby", others=OTHERS, bold=True)

    assert all(text_length(body) <= MAX_PHONE_BODY for body in bodies)
    numbers = [f"*Abby:* ({number}/{len(bodies)}) " for number in range(1, len(bodies) + 1)]
    parts = [body.removeprefix(number) for body, number in zip(bodies, numbers, strict=True)]
    assert "".join(parts).replace(" ", "") == (word * 900).replace(" ", "")


def test_a_text_of_blanks_alone_goes_out_once() -> None:
    assert in_parts("\n" * 2000, name="Abby", others=OTHERS, bold=True) == ["*Abby:* "]
