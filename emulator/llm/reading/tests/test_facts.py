"""What is taken from a sentence, and what is not."""

from dataclasses import replace

import pytest

from emulator.llm.reading.clauses import Speaker
from emulator.llm.reading.facts import facts_in

ABBY = Speaker(is_primary=True, primary_name="Abby", other_names=("Lena", "Ben"))
LENA = Speaker(is_primary=False, primary_name="Abby", other_names=("Lena", "Ben"))


def found(text, speaker=ABBY, topic=None):
    """The facts as {field: value, or the list of values}."""
    by_field: dict[str, list[object]] = {}
    for reading in facts_in(text, speaker, topic=topic):
        by_field.setdefault(reading.field, []).append(reading.value)
    return {field: values[0] if len(values) == 1 else values for field, values in by_field.items()}


OWN = [
    ("it's about me, yes, I'm in, I'm 27", {"age": 27}),
    ("I'm 27 years old", {"age": 27}),
    ("27 years old, from Leeds", {"age": 27, "area": "Leeds"}),
    ("I'm twenty-seven", {"age": 27}),
    ("I am 31 and live in Bristol", {"age": 31, "area": "Bristol"}),
    ("I just turned 40", {"age": 40}),
    ("Turning 28 in March", {}),
    ("I'm almost 30", {}),
    ("I'm 5 minutes away", {}),
    ("I'm 20 minutes late, sorry", {}),
    ("my sister is 19", {}),
    ("I have a 12 year old dog", {"pets": "dog"}),
    ("5'6\" and into bouldering", {"height_cm": 168, "interests": "bouldering"}),
    ("I'm 5'6", {"height_cm": 168}),
    ("I'm 1.68 m tall", {"height_cm": 168}),
    ("168cm, since you ask", {"height_cm": 168}),
    ("I'm 168 tall", {"height_cm": 168}),
    ("I want someone over 180 cm", {}),
    (
        "I live in Leeds and love night climbing, sourdough and bad puns",
        {"area": "Leeds", "interests": ["night climbing", "sourdough", "bad puns"]},
    ),
    ("i live in leeds", {"area": "Leeds"}),
    ("I'm from Newcastle upon Tyne", {"area": "Newcastle upon Tyne"}),
    ("I'm from Newcastle originally", {}),
    ("based in Berlin", {"area": "Berlin"}),
    ("originally from Poland but I live in Leeds", {"area": "Leeds"}),
    ("I'm in!", {}),
    ("I'm in Leeds", {"area": "Leeds"}),
    ("I live at 12 Park Street", {}),
    ("I live in fear of spiders", {}),
    ("Hi, I'm Abby", {"first_name": "Abby"}),
    ("My name is Abigail", {"first_name": "Abigail"}),
    ("call me Abs", {"first_name": "Abs"}),
    ("my dog's name is Rufus", {"pets": "dog"}),
    ("I'm tired", {}),
    ("I love bouldering", {"interests": "bouldering"}),
    ("I'm really into bouldering and baking", {"interests": ["bouldering", "baking"]}),
    ("I enjoy reading, long walks and my allotment", {"interests": ["reading", "long walks"]}),
    ("I'm not into running", {}),
    ("I hate mushrooms", {}),
    ("I don't like running but I love swimming", {"interests": "swimming"}),
    ("I'd love to go to Japan", {}),
    ("I love that you asked", {}),
    ("love it", {}),
    ("I love you guys", {}),
    ("I love Lena", {}),
    ("do you love hiking?", {}),
    ("I love cooking because it calms me down", {"interests": "cooking"}),
    ("I go climbing every Tuesday", {"interests": "climbing"}),
    ("I play the cello", {"interests": "cello"}),
    ("I got into trouble", {}),
    ("I work as a nurse", {"job_or_study": "nurse"}),
    ("I'm a primary school teacher", {"job_or_study": "primary school teacher"}),
    ("I'm a mess", {}),
    ("I study law", {"job_or_study": "study law"}),
    ("I work in publishing and I love it", {"job_or_study": "work in publishing"}),
    ("I speak Spanish and a little Polish", {"languages": ["Spanish", "Polish"]}),
    ("I have a dog called Rufus", {"pets": "dog"}),
    ("my cat hates Mondays", {"pets": "cat"}),
    ("I don't have a dog", {}),
    ("my sister's dog ate it", {}),
    ("I want a dog", {}),
    ("I'm looking for something serious", {"intention": "long_term"}),
    ("looking for something casual", {"intention": "short_open_long"}),
    ("I'm looking for my keys", {}),
    ("I don't smoke and I'm vegetarian", {"smoke": "no", "diet": "vegetarian"}),
    ("I drink socially", {"drink": "sometimes"}),
    ("I'm a woman looking for men", {"gender": "woman", "interested_in": "men"}),
    (
        "my perfect first date would be a walk through the flea market",
        {"first_date_idea": "a walk through the flea market"},
    ),
    ("Dealbreaker: smoking", {"dealbreakers": "smoking"}),
    ("I want someone who laughs at themselves", {"must_haves": "someone who laughs at themselves"}),
    ("I'm saving for a camper van", {"purpose": "saving for a camper van"}),
    ("I'm learning to weld", {"purpose": "learning to weld"}),
    ("my quirk is that I name every houseplant", {"quirk": "I name every houseplant"}),
    (
        "Last winter I drove to Whitby at four in the morning for chips",
        {"stories": "Last winter I drove to Whitby at four in the morning for chips"},
    ),
    ("just turned 30 last week", {"age": 30}),
    ("I have 2 cats and a dog", {"pets": ["cats", "dog"]}),
    ("I live with my sister in Manchester", {"area": "Manchester"}),
    ("I grew up in Wales but live in London now", {"area": "London"}),
    ("I love my job", {}),
    ("I don't drink much", {"drink": "sometimes"}),
    ("I'm a 29 year old teacher from York", {"age": 29, "job_or_study": "teacher", "area": "York"}),
    ("I spend my weekends hiking", {"interests": "hiking"}),
    ("I play guitar and football", {"interests": ["guitar", "football"]}),
    (
        "I'm a woman, 31, looking for a man between 28 and 38",
        {"gender": "woman", "age": 31, "interested_in": "man", "age_range": [28, 38]},
    ),
    ("I'm bi", {"orientation": "bi"}),
    ("Lena loves pottery", {}),
    ("she's 5'6\" and loves pottery", {}),
    ("haha stop it", {}),
    ("my mum is a nurse and my dad drives a cab", {}),
    ("if I lived in Berlin I'd be out every night", {}),
    ("I used to smoke, packed it in", {"smoke": "no"}),
    ("football bores me to death", {}),
    ("not into anything casual", {"intention": "long_term"}),
    ("I smoke like a chimney", {"smoke": "yes"}),
    ("ugh my cat died yesterday", {}),
    ("And I'm a nurse, before Tom says something silly", {"job_or_study": "nurse"}),
    ("I'm basically a professional worrier", {}),
    ("karaoke is my life", {"interests": "karaoke"}),
    ("Abby is fine. I live in Porto", {"first_name": "Abby", "area": "Porto"}),
    ("join ABC234", {}),
]


@pytest.mark.parametrize(("text", "expected"), OWN)
def test_it_finds_facts_the_primary_person_tells_about_themselves(text, expected):
    assert found(text) == expected


BY_FRIEND = [
    ("I'm 31", {}),
    ("I love bouldering", {}),
    ("I live in York", {}),
    ("she's 27", {}),
    ("she's 5'6\" and into bouldering", {"height_cm": 168, "interests": "bouldering"}),
    ("Abby loves pottery and night climbing", {"interests": ["pottery", "night climbing"]}),
    ("Abby lives in Leeds", {"area": "Leeds"}),
    ("you love karaoke, Abby", {"interests": "karaoke"}),
    ("she loves karaoke, trust me", {"interests": "karaoke"}),
    ("Ben loves karaoke and Abby loves chess", {"interests": "chess"}),
    ("my girlfriend loves pottery", {}),
    ("we all love Abby", {}),
    ("Ben loves pottery", {}),
    ("Ben is hopeless, he loves reality TV", {}),
    ("her dog is called Rufus", {"pets": "dog"}),
    ("my dog is called Rufus", {}),
    ("she's a nurse", {"job_or_study": "nurse"}),
    ("she's looking for something serious", {}),
    ("she's a woman looking for men", {}),
    ("Abby, you love karaoke", {"interests": "karaoke"}),
    ("her name is Abby", {"first_name": "Abby"}),
    ("she always brings soup when somebody is ill", {"green_flags": "she always brings soup when somebody is ill"}),
    (
        "he is the kind of person who remembers your mum's birthday",
        {"green_flags": "he is the kind of person who remembers your mum's birthday"},
    ),
    ("Ben always brings soup when somebody is ill", {}),
    ("I always bring soup when somebody is ill", {}),
    (
        "Last winter she carried my sofa up four floors in the snow",
        {"green_flags": "Last winter she carried my sofa up four floors in the snow"},
    ),
    ("Yesterday Ben and I walked to the market and got soaked", {}),
    ("she doesn't like running", {}),
    ("she swears like a sailor", {}),
    ("she makes her own pasta every single Sunday", {"interests": "pasta"}),
    ("my sister met someone on here, she's 5'6", {}),
    (
        "when my dad was ill she came every single day with food",
        {"green_flags": "when my dad was ill she came every single day with food"},
    ),
]


@pytest.mark.parametrize(("text", "expected"), BY_FRIEND)
def test_it_finds_in_friends_messages_only_facts_about_the_primary_person(text, expected):
    assert found(text, LENA) == expected


ANSWERS = [
    ("age", "27", 27),
    ("age", "27 :)", 27),
    ("age", "27, turning 28 in March", 27),
    ("age", "old enough", None),
    ("age", "27 no wait 28", 28),
    ("age", "not 27 - 31", 31),
    ("age", "pushing 40", None),
    ("age", "18 in March", None),
    ("age", "my dog is 14 years old and blind", None),
    ("area", "Leeds, but I'm from Bilbao", "Leeds"),
    ("area", "moving to Lisbon next year", None),
    ("quirk", "whats left", None),
    ("job_or_study", "it deserved it", None),
    ("purpose", "bye for now", None),
    ("stories", "gardening, crime novels, rowing at dawn", None),
    ("interests", "I used to play tennis", None),
    ("first_name", "Ben.", None),
    ("first_name", "Abby", "Abby"),
    ("first_name", "Abby is fine", "Abby"),
    ("first_name", "just Abby please", "Abby"),
    ("first_name", "yes", "Abby"),
    ("area", "Leeds", "Leeds"),
    ("area", "Leeds, near the park", "Leeds"),
    ("area", "in Leeds at the moment", "Leeds"),
    ("height_cm", "168", 168),
    ("intention", "something serious, if I'm honest", "long_term"),
    ("intention", "still figuring it out", "figuring_out"),
    ("intention", "casual, but open to more", "short_open_long"),
    ("intention", "new friends mostly", "friendship"),
    ("interests", "bouldering, sourdough and terrible puns", ["bouldering", "sourdough", "terrible puns"]),
    ("interests", "Climbing mostly. And baking!", ["climbing", "baking"]),
    ("first_date_idea", "coffee and a walk round the flea market", "coffee and a walk round the flea market"),
    ("must_haves", "kindness and a sense of humour", ["kindness", "sense of humour"]),
    (
        "stories",
        "Sunday: slow coffee, then I get lost in the second-hand bookshop",
        "Sunday: slow coffee, then I get lost in the second-hand bookshop",
    ),
    ("stories", "hmm let me think", None),
    ("stories", "what do you mean?", None),
    ("quirk", "I name every houseplant", "I name every houseplant"),
    ("tone", "bold, they can roast me", "bold"),
]


@pytest.mark.parametrize(("topic", "text", "value"), ANSWERS)
def test_it_understands_a_bare_answer_to_its_question(topic, text, value):
    assert found(text, topic=topic).get(topic) == value


def test_it_takes_a_friends_whole_answer_as_the_green_flag():
    text = "Abby once drove 40 minutes to bring me soup"

    assert found(text, LENA, "green_flags") == {"green_flags": text}


ELSEWHERE = [
    ("es", None, "tengo 34 años", {"age": 34}),
    ("es", "age", "treinta y cuatro", {"age": 34}),
    ("es", None, "busco algo serio", {"intention": "long_term"}),
    ("es", None, "soy enfermera", {"job_or_study": "enfermera"}),
    ("es", None, "vivo en Valencia", {"area": "Valencia"}),
    ("de", None, "ich bin 34", {"age": 34}),
    ("de", "age", "vierunddreißig", {"age": 34}),
    ("de", None, "ich suche was Langfristiges", {"intention": "long_term"}),
    ("de", None, "ich bin Lehrer", {"job_or_study": "Lehrer"}),
    ("de", None, "ich wohne in Kassel", {"area": "Kassel"}),
    ("de", "interests", "ja", {}),
]


@pytest.mark.parametrize(("language", "topic", "text", "expected"), ELSEWHERE)
def test_it_reads_the_plain_things_in_spanish_and_german(language, topic, text, expected):
    assert found(text, replace(ABBY, language=language), topic) == expected
