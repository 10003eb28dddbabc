"""What the phrases find, and above all what they leave alone."""

import pytest

from matchmaker.ai.safety.rules import Concern, concerns_in, language_of_self_harm

IN_CRISIS = [
    "I want to kill myself",
    "i wanna kill myself",
    "I’ve been thinking about ending my life",
    "honestly i just want to die",
    "I don't want to live anymore",
    "I dont wanna be alive any more",
    "you'd all be better off without me",
    "I wish I was dead.",
    "there's no point in living",
    "I'm feeling suicidal tonight",
    "I keep having suicidal thoughts",
    "I took a whole bottle of pills",
    "sorry guys. I can't go on living",
    "i hate myself and want to die",
    "no one would care if I died",
    "I wish I'd never been born",
    "I've been thinking about suicide again",
    "not gonna lie I want to die rn",
    "quiero morirme",
    "ya no quiero vivir",
    "No quiero seguir viviendo así",
    "voy a suicidarme",
    "estaríais mejor sin mí",
    "he pensado en quitarme la vida",
    "ich will nicht mehr leben",
    "Ich möchte einfach nur noch sterben",
    "ich will mich umbringen",
    "ich hab Selbstmordgedanken",
    "ihr wärt ohne mich besser dran",
    "j'ai envie de mourir",
    "je ne veux plus vivre",
    "J’ai des idées suicidaires",
    "quero morrer",
    "eu não aguento mais viver",
    "vou me matar",
    "voglio morire",
    "non voglio più vivere",
    "sto pensando di farla finita",
]
MANNERS_OF_SPEAKING = [
    "this hangover is killing me",
    "I'd kill for a coffee",
    "me muero de risa",
    "Netflix will be the death of me",
    "kill me now",
    "I want to kill myself 😂",
    "gonna kill myself trying to finish this marathon",
    "I wanted to die of embarrassment",
    "I want to die of embarrassment",
    "I'm dying to meet her",
    "I don't want to live in London anymore than you do",
    "no point in living in London if you never go out",
    "I'm ready to end my life as a bachelor",
    "I want to cut myself a slice of that cake",
    "I could never kill a spider, not even if it killed me",
    "we watched Suicide Squad three times",
    "my uncle killed himself when I was nine",
    'she said "I want to kill myself" in the play, and the whole room wept',
    "I won't be suicidal about it if we lose",
    "I took my pills and went to bed",
    "no reason to live like this when pizza exists",
    "I'm not going to kill myself, relax",
    "I wish I was dead drunk by now",
    "thinking about ending my life insurance",
    "am liebsten wäre ich tot umgefallen, so peinlich war das",
    "quiero morir joven y guapo",
    "je veux mourir tranquille à 100 ans",
    "quiero morir de vergüenza",
    "me quiero morir de amor",
    "te quiero a morir",
    "voy a matarme a estudiar este finde",
    "me mato a trabajar",
    "la vida no tiene sentido sin café",
    "ich lach mich tot",
    "die Kinder bringen mich um",
    "ich will nicht mehr in Berlin leben",
    "ich will sterben vor Scham",
    "je suis mort de rire",
    "je vais mourir de faim",
    "j'ai envie de mourir de honte",
    "tô morrendo de saudade",
    "quero morrer velha e cercada de gatos",
    "muoio dal ridere",
    "mi ammazzo di lavoro",
]


@pytest.mark.parametrize("text", IN_CRISIS)
def test_it_hears_somebody_who_does_not_want_to_live(text: str) -> None:
    assert Concern.SELF_HARM in concerns_in(text)


@pytest.mark.parametrize("text", MANNERS_OF_SPEAKING)
def test_it_leaves_manners_of_speaking_alone(text: str) -> None:
    assert not concerns_in(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [("I want to kill myself", "en"), ("quiero morirme", "es"), ("ich will nicht mehr leben", "de"), ("hello", None)],
)
def test_it_knows_in_which_language_it_was_said(text: str, language: str | None) -> None:
    assert language_of_self_harm(text) == language


@pytest.mark.parametrize(
    ("text", "concern"),
    [
        ("I know where you live, Abby", Concern.THREAT),
        ("I'm going to hurt you", Concern.THREAT),
        ("i will find you and kill you", Concern.THREAT),
        ("I'm gonna beat the shit out of Abby", Concern.THREAT),
        ("I'll leak your nudes", Concern.THREAT),
        ("te voy a rajar", Concern.THREAT),
        ("Ich weiß, wo du wohnst", Concern.THREAT),
        ("je vais te tuer", Concern.THREAT),
        ("so dove abiti", Concern.THREAT),
        ("sei onde você mora", Concern.THREAT),
        ("kill yourself", Concern.HARASSMENT),
        ("hope you die in a fire", Concern.HARASSMENT),
        ("fat ugly cow", Concern.HARASSMENT),
        ("you're a worthless piece of shit", Concern.HARASSMENT),
        ("Abby is a fat cow", Concern.HARASSMENT),
        ("nobody will ever love you", Concern.HARASSMENT),
        ("eres una puta zorra", Concern.HARASSMENT),
        ("Du bist wertlos", Concern.HARASSMENT),
        ("t'es qu'une sale pute", Concern.HARASSMENT),
        ("você é um lixo", Concern.HARASSMENT),
        ("sei una merda", Concern.HARASSMENT),
        ("anyone into underage porn here", Concern.SEXUAL_MINORS),
    ],
)
def test_it_hears_threats_and_insults(text: str, concern: Concern) -> None:
    assert concern in concerns_in(text, about=("Abby",))


@pytest.mark.parametrize(
    "text",
    [
        "I'll kill you if you tell that story 😂",
        "I'm going to kill you lol",
        "shut up you dirty slut, love you",
        "you're disgusting, who eats pizza with a fork",
        "you're not worthless, don't ever say that",
        "nobody will ever love you more than we do",
        "don't kill yourself over a spreadsheet",
        "I'm gonna beat you at pool again",
        "eres la puta ama",
        "te voy a matar a besos",
        "du bist so eine süße Maus",
        "you're a saint",
        "we milked a fat cow at the farm",
        "I know where you live now, I'll bring cake",
        "Abby works with children",
    ],
)
def test_it_leaves_banter_among_friends_alone(text: str) -> None:
    assert not concerns_in(text, about=("Abby",))
