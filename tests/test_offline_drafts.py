"""What the offline interviewer drafts passes the product's check, word for word: two programs that share no code."""

import pytest

from emulator.llm import drafting as written
from emulator.llm.interview import Citable, Known, Member, Snapshot
from matchmaker.ai import drafting
from matchmaker.ai.records import DraftKind
from matchmaker.ai.tests.interviews import a_fact, an_interview

PROMPTS = (
    "Ask me to explain…",
    "My group chat will warn you that…",
    "Something ordinary I take very seriously:",
    "Tiny thing that rescues a bad week:",
    "Slowly building:",
    "Our first hour could be:",
)
PEOPLE = {
    "nurse": [
        ("area", "Leeds"),
        ("intention", "long_term"),
        ("job_or_study", "nurse"),
        ("interests", "bouldering"),
        ("interests", "sourdough"),
        ("interests", "terrible puns"),
        ("stories", "Last Sunday I lost a bread contest to a man of 80"),
        ("stories", "she once taught a whole night bus to sing in three voices"),
        ("purpose", "learning to weld, so that I can mend the gate I drove into"),
        ("quirk", "I name every houseplant"),
        ("first_date_idea", "Coffee, then the flea market"),
    ],
    "a few words": [
        ("area", "Cork"),
        ("intention", "figuring_out"),
        ("interests", "sea swimming"),
        ("interests", "vinyl"),
        ("interests", "chess"),
        ("stories", "I once missed three trains because of a dog"),
        ("stories", "My tent flew into a lake in Wales"),
        ("stories", "I won a pie contest with a pie from a shop"),
    ],
    "open to more": [
        ("area", "Bristol"),
        ("intention", "short_open_long"),
        ("job_or_study", "I fix church organs"),
        ("interests", "salsa"),
        ("interests", "night buses"),
        ("interests", "crosswords"),
        ("must_haves", "kindness"),
        ("pets", "tortoise"),
        ("stories", "Got stuck in the loft of a cathedral over lunch"),
        ("stories", "My brother and I built a raft out of doors"),
        ("stories", "I cried at a crossword in 2019"),
        ("purpose", "A canal boat with a piano in it"),
    ],
}
ELSEWHERE = {
    "es": [
        ("area", "Cádiz"),
        ("intention", "long_term"),
        ("job_or_study", "enfermera"),
        ("interests", "escalada"),
        ("interests", "pan de masa madre"),
        ("interests", "karaokes malos"),
        ("stories", "El domingo subí a un monte y bajé en funicular"),
        ("stories", "En marzo conduje dos horas para comer patatas"),
        ("stories", "Perdí un zapato en el mar"),
        ("first_date_idea", "un café y luego el mercadillo"),
        ("quirk", "les pongo nombre a las plantas"),
    ],
    "de": [
        ("area", "Leipzig"),
        ("intention", "short_open_long"),
        ("job_or_study", "Tischlerin"),
        ("interests", "Klettern"),
        ("interests", "Brot backen"),
        ("interests", "schlechte Wortspiele"),
        ("stories", "Am Sonntag hab ich beim Dorffest gegen einen Opa verloren"),
        ("stories", "Im März bin ich nachts ans Meer gefahren"),
        ("stories", "Ich hab mal einen Schuh an einen Schwan verloren"),
        ("first_date_idea", "Erst Kaffee, dann Flohmarkt"),
        ("must_haves", "Humor"),
    ],
}


@pytest.mark.parametrize(
    ("said", "language"),
    [*((said, "en") for said in PEOPLE.values()), *((said, language) for language, said in ELSEWHERE.items())],
    ids=[*PEOPLE, *ELSEWHERE],
)
def test_the_product_accepts_every_draft(said, language):
    facts = [a_fact(field, value) for field, value in said]
    interview = an_interview(facts=facts, default_language=language)
    material = written.Material(
        Snapshot(
            people=(Member("abby", "Abby", True), Member("lena", "Lena", False)),
            primary="abby",
            language=language,
            known=tuple(Known(fact.field, fact.value, "confirmed", "abby") for fact in facts),
            citable=tuple(Citable(fact.id, fact.field, fact.value, fact.quote) for fact in facts),
        )
    )

    bios = list(written.bios(material))
    answers = [text for _, text in written.answers(material, list(PROMPTS))]

    assert (len(bios) >= written.BIOS, len(answers) >= written.ANSWERS) == (True, True)
    for kind, texts in ((DraftKind.BIO, bios), (DraftKind.PROMPT, answers)):
        for text in texts:
            assert drafting.why_not(interview, kind, [(one.text, one.facts) for one in text]) == ""
