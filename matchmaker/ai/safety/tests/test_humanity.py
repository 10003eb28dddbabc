import pytest

from matchmaker.ai.safety.humanity import asks_if_human, honest_line


@pytest.mark.parametrize(
    "text",
    [
        "are you a bot?",
        "wait r u a robot",
        "Are you a real person??",
        "are you human",
        "are you real or what",
        "you're a bot, right?",
        "is this a real person?",
        "is there a human behind this",
        "am I talking to a machine",
        "ru human",
        "who am I talking to",
        "is this ai",
        "bist du ne KI?",
        "c'est un robot qui parle ?",
        "é um robô?",
        "bot or human?",
        "matchmaker are you ChatGPT",
        "¿eres un robot?",
        "eres una persona de verdad?",
        "¿estoy hablando con una máquina?",
        "bist du eigentlich ein Bot?",
        "Bist du ein echter Mensch oder eine KI",
        "rede ich hier mit einem Roboter?",
        "t'es un robot ?",
        "tu es humain ?",
        "você é um robô?",
        "sei un bot?",
        "sto parlando con una persona?",
    ],
)
def test_it_hears_the_question(text: str) -> None:
    assert asks_if_human(text)


@pytest.mark.parametrize(
    "text",
    [
        "are you for real",
        "win are you alive",
        "are you a morning person or a night owl?",
        "is he a bot? his photos look fake",
        "are you in human resources?",
        "are you a person of faith",
        "are you a computer science student?",
        "she's basically a robot before coffee",
        "I built a robot at work",
        "eres una persona increíble",
        "bist du ein Morgenmensch?",
        "are you really 34?",
        "what are you doing tonight?",
    ],
)
def test_it_leaves_other_questions_alone(text: str) -> None:
    assert not asks_if_human(text)


@pytest.mark.parametrize(
    ("language", "truth"), [("en", "I'm an AI"), ("es", "Soy una IA"), ("de", "Ich bin eine KI")]
)
def test_the_answer_is_honest(language: str, truth: str) -> None:
    assert honest_line(language, name="Matchmaker").startswith(truth)
