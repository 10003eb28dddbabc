"""The interviewer's lines. {name} is the person we ask, {who} the person who said something, {what} what they said.

`wording.topic_of` recognizes a question in the transcript by its fixed words, so no line may contain another topic's.
"""

from emulator.llm.asked import AskedAbout
from emulator.llm.feelings import Feeling

QUESTIONS: dict[str, tuple[str, ...]] = {
    "primary": (
        "So, whose profile are we making?",
        "First things first: which of you is this about?",
        "Who's the single one here?",
    ),
    # The product words this one itself.
    "consent": ("{name}, is it OK if I make a dating profile from what you and your friends say here?",),
    "age": (
        "{name}, how old are you?",
        "And your age, {name}?",
    ),
    "first_name": (
        "Should the profile just say {name}, or would you like a different first name on it?",
        "What first name should I use: {name}, or something else?",
    ),
    "area": (
        "{name}, where do you live? Just the city or area is fine.",
        "Where are you based, {name}? A city is plenty.",
    ),
    "intention": (
        "{name}, what are you hoping for: something long-term, something light, or still figuring it out?",
        "What would you like to find, {name}: something serious, something easy, or see what happens?",
    ),
    "first_date_idea": (
        "{name}, someone lovely is free on Saturday. Where do you take them?",
        "If the first date were all up to you, {name}, what would you two do?",
    ),
    "must_haves": (
        "{name}, what do you really need in a partner?",
        "What could you not do without in someone, {name}?",
    ),
    "interests": (
        "{name}, what do you love doing? The more specific, the better.",
        "{name}, you get a free afternoon and nobody needs you. What do you do?",
    ),
    "stories": (
        "{name}, tell me about an ordinary Sunday of yours. Where are you by eleven?",
        "What happened lately that was very you, {name}?",
        "When did you last laugh until it hurt, {name}?",
    ),
    "photos": (
        "Photos next! Three to six of you, {name}, just send them here. Friends, your favourites are welcome too.",
        "Time for pictures, {name}: three to six, right here. Friends, you've surely got some good ones.",
    ),
    "green_flags": (
        "{name}, you know {primary}: what's one good thing a date should know, and when did you see it?",
        "{name}, what has {primary} done for someone that stuck with you?",
    ),
    "job_or_study": (
        "{name}, what do you do for work or study?",
        "What keeps you busy on a Monday morning, {name}?",
    ),
    "purpose": (
        "{name}, what are you working towards right now?",
        "Is there something you're slowly building or learning, {name}?",
    ),
    "quirk": (
        "{name}, what odd little habit would a flatmate tell us about?",
        "{name}, what small weird thing is just you?",
    ),
    "height_cm": ("{name}, how tall are you?",),
    "tone": (
        "How cheeky can your friends be about you, {name}: gentle, dry or bold?",
        "{name}, should your friends go gentle, dry or bold on you?",
    ),
    "languages": ("Which languages do you speak, {name}?",),
    "pets": ("Any animals at home, {name}?",),
    "smoke": ("Do you smoke, {name}?",),
    "drink": ("Do you drink, {name}?",),
    "diet": ("Is there anything you don't eat, {name}?",),
    "distance_km": ("How far would you travel for a date, {name}? Roughly, in km.",),
}

MORE: dict[str, tuple[str, ...]] = {
    "interests": (
        "What else is on that list, {name}?",
        "And what else makes you lose track of time, {name}?",
    ),
    "stories": (
        "One more, {name}: when did a plan last go gloriously wrong?",
        "And a small one, {name}: what was your best day this year?",
        "{name}, what do your friends always make you retell?",
        "What did you last do just because you felt like it, {name}?",
    ),
}

AGAIN: dict[str, tuple[str, ...]] = {
    "primary": ("I just need one name to start: who's the profile about?",),
    "age": ("I never got a number, {name}: how old are you?",),
    "first_name": ("What first name should I put, {name}? Just the name is fine.",),
    "area": ("Back to where you live, {name}: which city or area?",),
    "intention": ("Which is closest, {name}: long-term, something light, or still figuring it out?",),
    "interests": ("Could you name two or three things you like doing, {name}?",),
    "stories": ("Give me one moment, {name}: where were you, and what happened?",),
    "green_flags": ("What did {primary} once do that you still remember, {name}?",),
    "photos": ("One good photo of you is enough to go on with, {name}. Just send it here.",),
    "first_date_idea": ("Back to that first date, {name}: where would you two go?",),
}

# They wrote something else while a list waits for their yes.
LIST_FIRST = (
    "And the list above, {name}: a yes is enough, or a number.",
    "I still need a yes to that list, {name}, or the number that's wrong.",
    "Back to the list for a second, {name}: yes, or which number.",
)

# Plain questions for a group that writes another language.
IN_SPANISH: dict[str, str] = {
    "primary": "¿De quién es el perfil?",
    "consent": "{name}, ¿te parece bien que haga un perfil con lo que contáis aquí?",
    "age": "¿Cuántos años tienes, {name}?",
    "first_name": "¿Qué nombre pongo en el perfil, {name}?",
    "area": "¿Y dónde vives, {name}? La ciudad me basta.",
    "intention": "¿Qué buscas, {name}: algo serio, algo ligero, o ya se verá?",
    "photos": "¡Toca fotos! De tres a seis tuyas, {name}, aquí mismo. Y los demás, las que más os gusten.",
    "first_date_idea": "{name}, primera cita y eliges tú. ¿Qué hacéis?",
    "must_haves": "¿Qué necesitas de verdad en alguien, {name}?",
    "interests": "{name}, ¿qué haces cuando tienes una tarde libre?",
    "stories": "Cuéntame algo de hace poco que sea muy tú, {name}.",
    "green_flags": "{name}, ¿qué tiene {primary} de bueno que debería saber una cita? Con un ejemplo.",
    "job_or_study": "¿En qué trabajas o qué estudias, {name}?",
    "purpose": "¿En qué andas metido ahora, {name}?",
    "quirk": "¿Qué manía tuya nos contaría tu compañero de piso, {name}?",
    "height_cm": "¿Cuánto mides, {name}?",
    "tone": "¿Cuánto se pueden pasar contigo, {name}: con cariño, con ironía o sin filtro?",
}
IN_GERMAN: dict[str, str] = {
    "primary": "Um wen geht es in dem Profil?",
    "consent": "{name}, ist es okay, wenn ich aus dem, was ihr hier schreibt, ein Profil mache?",
    "age": "Wie alt bist du, {name}?",
    "first_name": "Welcher Vorname soll ins Profil, {name}?",
    "area": "Und wo wohnst du, {name}? Die Stadt reicht.",
    "intention": "Was suchst du, {name}: was Festes, was Lockeres, oder mal sehen?",
    "photos": "Zeit für Fotos! Drei bis sechs von dir, {name}, einfach hierher. Und ihr anderen: eure liebsten auch.",
    "first_date_idea": "{name}, erstes Date und du darfst aussuchen. Was macht ihr?",
    "must_haves": "Was brauchst du wirklich bei einem Menschen, {name}?",
    "interests": "{name}, freier Nachmittag, keiner will was von dir. Was machst du?",
    "stories": "Erzähl mal was von neulich, {name}, das typisch du war.",
    "green_flags": "{name}, was sollte ein Date Gutes über {primary} wissen? Am liebsten mit Beispiel.",
    "job_or_study": "Was machst du beruflich, {name}, oder was studierst du?",
    "purpose": "Worauf arbeitest du gerade hin, {name}?",
    "quirk": "Welche Macke von dir würde eine Mitbewohnerin verraten, {name}?",
    "height_cm": "Wie groß bist du, {name}?",
    "tone": "Wie frech dürfen die anderen sein, {name}: lieb, trocken oder dreist?",
}
IN_OTHER_LANGUAGES = {"es": IN_SPANISH, "de": IN_GERMAN}
ANSWERS_IN_OTHER_LANGUAGES: dict[str, dict[AskedAbout, str]] = {
    "es": {
        AskedAbout.BOT: "Sí, soy una IA, no una persona. Yo pregunto, lo demás lo ponéis vosotros.",
        AskedAbout.WHO_ARE_YOU: "Soy {matchmaker}, una IA que pregunta. De lo que contáis sale un perfil de citas.",
        AskedAbout.WHAT: "Hacemos un perfil de citas entre todos. Solo cuenta cuando su dueña o dueño dice que sí.",
        AskedAbout.DATA: "Solo guardo lo que te parece bien, y lo quito cuando quieras.",
        AskedAbout.HOW_LONG: "No mucho, unas veinte preguntas cortas y sin prisa.",
    },
    "de": {
        AskedAbout.BOT: "Ja, ich bin eine KI, kein Mensch. Ich frage, der Rest kommt von euch.",
        AskedAbout.WHO_ARE_YOU: "Ich bin {matchmaker}, eine KI, die Fragen stellt. Daraus wird ein Datingprofil.",
        AskedAbout.WHAT: "Wir schreiben zusammen ein Datingprofil. Es zählt erst, wenn die Person selbst ja sagt.",
        AskedAbout.DATA: "Ich behalte nur, was für dich okay ist, und nehme es jederzeit wieder raus.",
        AskedAbout.HOW_LONG: "Nicht lang, so zwanzig kurze Fragen, ganz ohne Eile.",
    },
}
STAND_IN_IN_OTHER_LANGUAGES = {
    "es": "Soy el sustituto sin conexión y lo que mejor leo es el inglés. Con una clave de modelo os seguiría mejor.",
    "de": "Ich bin nur der Ersatz ohne Netz und lese am besten Englisch. Mit einem Modellschlüssel käme ich besser mit.",
}

OPENING = (
    "Hi, I'm {matchmaker}, an AI, and I'll write a dating profile with you: I ask, you and your friends talk.",
    "Hi all, {matchmaker} here, an AI that listens to friends and turns it into a dating profile.",
)
CONFIRM_PRIMARY = (
    "{name}, {who} says this is about you. Is that right?",
    "{name}, according to {who} this one's about you. True?",
)
INVITE = (
    "Happy to! Only {who} can say yes to that, though. Could you forward them the invite?",
    "Gladly. It has to come from {who}, though, so could you send them the invite?",
)

THANKS_CONSENT = (
    "Thanks, {name}. Here we go.",
    "Great, {name}, let's start.",
)
# What a friend brought: said now and then, not after every line.
CREDIT = (
    "{What}, thanks {who}.",
    "Noted, {who}: {what}.",
    "Ah, {what}. Good to know, {who}.",
)
CREDIT_LONG = (
    "Thanks {who}, I've kept that one.",
    "That's a good one, {who}.",
    "Got that, {who}.",
)
SKIPPED = (
    "No problem, we'll leave that one.",
    "Sure, on to something else.",
)
MOVING_ON = (
    "We can come back to that.",
    "Let's park that one.",
    "I'll leave that for later.",
)
NO_CONSENT = (
    "That's completely fine, {name}. I won't keep anything. If you change your mind, just say: I'm in.",
    "OK, {name}, then nothing gets written down. If you feel like it later, just say: I'm in.",
)
ABOUT_ANOTHER = (
    "{who}, this one's about {name}. You can start your own in another chat.",
    "One at a time, {who}: this chat is about {name}. You can have your own as well.",
)
WHICH_ONE = (
    "Which bit, {name}? Name it and it's gone.",
    "Happy to. Which one do you mean, {name}?",
)
WAITING = (
    "Take your time, {name}.",
    "No hurry, {name}.",
    "Whenever you like, {name}.",
    "Of course. Another day is fine.",
)
# Somebody waits for us before anyone is known to be the one it is about.
IS_IT_YOU = (
    "Is this one about you, {who}? If it is, “it's about me” will do.",
    "Sorry {who}, I still don't know whose profile this is. Yours?",
    "I can only start once I know who it's about. Just the name is fine.",
)
# Somebody waits for us, and there is nothing left to ask.
HERE = (
    "I'm listening, {who}.",
    "Heard you, {who}. Nothing more from me for now.",
    "Still here, {who}.",
)
GREETING = (
    "Hi {who}!",
    "Hey {who}.",
    "Hello {who}.",
)
WELCOME = (
    "Any time, {who}.",
    "You're welcome, {who}.",
)
AGREED = (
    "Good.",
    "OK, that's settled.",
    "Great.",
    "Right, that's in.",
    "OK.",
    "Thanks, {name}.",
)
CLOSING = (
    "That's all I had to ask, {name}. If anything else comes to mind, any of you, just write it here.",
    "I think I've got what I need for now, {name}. I'm still listening if you think of more.",
)
# Said when somebody speaks to it and it has no idea what they mean: what it is, and what would be better.
STAND_IN = (
    "That one's past me, sorry. I'm only the offline stand-in; with a model key I'd say more.",
    "Honestly, I didn't get that. I'm a scripted stand-in; with a model key there'd be somebody cleverer here.",
    "I can't follow you there. I'm the offline stand-in, good for questions and not for much else.",
)

ACKNOWLEDGE: dict[str, tuple[str, ...]] = {
    "age": ("{what}, got it.", "{what}, thanks.", "OK, {what}."),
    "first_name": ("{what} it is.", "OK, {what}."),
    "area": ("{what}, OK.", "{what}, got it.", "Ah, {what}."),
    "height_cm": ("{what}, got it.",),
    "intention": ("Good to know.", "OK, clear."),
    "first_date_idea": ("I can see that working.", "OK, I'd turn up for that."),
    "must_haves": ("Fair.", "Makes sense."),
    "interests": ("{What}, OK.", "{What}, noted.", "OK: {what}."),
    "stories": ("Ha, OK, keeping that.", "I can picture it.", "That's going in."),
    "job_or_study": ("OK, thanks.", "Got it."),
    "languages": ("{What}, noted.",),
    "pets": ("A {what}, important to know.", "Say hi to the {what}."),
    "purpose": ("Hope it works out.", "OK, noted."),
    "quirk": ("Ha, noted.", "That's staying in."),
    "tone": ("OK, your friends heard that.",),
    "dealbreakers": ("Understood.",),
    "smoke": ("OK.",),
    "drink": ("OK.",),
    "diet": ("Noted.",),
}
ACKNOWLEDGE_ANY = ("OK, noted.", "Got it.", "Thanks, {name}.")

COMFORT: dict[Feeling, tuple[str, ...]] = {
    Feeling.DESPAIR: (
        "{who}, I'm really glad you said that out loud. Please talk to someone you trust right now, or to a crisis line. The profile can wait.",
    ),
    Feeling.GRIEF: (
        "I'm so sorry, {who}. The profile can wait as long as it needs to.",
        "Oh {who}, I'm sorry. No questions from me now.",
    ),
    Feeling.ILLNESS: (
        "Sorry to hear that, {who}. Look after yourself first, this can wait.",
        "That sounds hard, {who}. I hope it gets better soon. No rush with any of this.",
    ),
    Feeling.LOSS: (
        "That's rough, {who}. I'm sorry. We can do this another day.",
        "Ugh, I'm sorry, {who}. No rush with any of this.",
    ),
    Feeling.BAD_DAY: (
        "Sorry it's one of those, {who}. I'll be here when you feel like it.",
        "That sounds tiring, {who}. We can leave this for another day.",
    ),
    Feeling.ANGER: (
        "Fair enough, {who}. I'll be quiet until you say my name.",
        "OK, {who}, too much from me. I'll wait until somebody calls me.",
    ),
    Feeling.HURT: (
        "Sorry, {who}. If something here shouldn't stay, say so and it's gone.",
        "I'm sorry, {who}. I'll leave that alone.",
    ),
}
QUIET_FROM_NOW = frozenset({Feeling.ANGER})

ANSWERS: dict[AskedAbout, tuple[str, ...]] = {
    AskedAbout.KEEP_OUT: (
        "I haven't, {who}, and I won't.",
        "That stays out, {who}.",
    ),
    AskedAbout.WHAT: (
        "We're writing a dating profile together. I ask, you all talk, and it only counts once its owner says yes.",
        "A dating profile, written with friends: a few questions from me, and nothing counts until its owner agrees.",
    ),
    AskedAbout.WHO_ARE_YOU: (
        "I'm {matchmaker}, an AI. I ask one single person and their friends things, and it becomes a dating profile.",
        "{matchmaker}, the AI that asks the questions in here. The good answers are yours.",
    ),
    AskedAbout.WHO_SEES: (
        "Everyone in this group reads what's written here, and so can the people who run this service. The profile goes nowhere until its owner approves it.",
        "This group, and the people who run the service. Nobody else, until the owner approves the profile.",
    ),
    AskedAbout.BOT: (
        "Yes, I'm an AI, not a person. I ask; what goes into the profile comes from you.",
        "I'm an AI, yes. No person typing here.",
    ),
    AskedAbout.MODEL: (
        "Neither: I'm the offline stand-in, a script with no language model behind it. With a model key you'd talk to a real one.",
        "No model at all right now. I'm a scripted stand-in for one.",
    ),
    AskedAbout.DATA: (
        'I only keep what the person it\'s about agreed to. Send "my data" to see all of it, and tell me what to take out.',
        'What\'s agreed stays in the profile until its owner wants it gone. "my data" shows you everything.',
    ),
    AskedAbout.TAKE_OUT: (
        'Sure, just say what: "take out climbing", or "it\'s 28, not 27". "undo" brings it back.',
        "Yes, any time. Tell me what's wrong and it's gone.",
    ),
    AskedAbout.HOW_LONG: (
        "Not long: about twenty small questions, at your own pace. You can stop and come back any time.",
        "A quarter of an hour or so if you're quick. It's fine to spread it over days.",
    ),
    AskedAbout.HOW: (
        "I ask one thing at a time, and friends can chip in. What they say only counts once the person it's about agrees.",
        "You talk, I listen and ask now and then. In the end there's a profile, and its owner decides.",
    ),
    AskedAbout.COST: ("I'm not selling anything in here. Whoever invited you can tell you the rest.",),
    AskedAbout.SKIP: (
        "You never have to. Just say skip and I'll move on.",
        'No, "skip" is always fine.',
    ),
    AskedAbout.WHY: ("Because whoever reads your profile will wonder too. If you'd rather not, say skip.",),
    AskedAbout.WHAT_TO_SAY: (
        "Whatever comes to mind first, in your own words. There's no wrong answer.",
        "Small and true beats clever. One sentence is plenty.",
    ),
    AskedAbout.PHOTOS: ("Photos come later, right now I'm after words.",),
    AskedAbout.SEE_PROFILE: (
        "There's no finished one yet. Its owner sees every word before anyone else does.",
        "Not yet: first the answers, then the text, and {name} sees it before anybody else.",
    ),
    AskedAbout.NEXT: ("Nothing more from me right now. If something comes to mind, just write it.",),
    AskedAbout.UNDERSTAND: (
        "I'm here and I read everything, but I'm a scripted stand-in, so plain sentences work best.",
        "Still here. I follow simple things; long jokes go past me.",
    ),
    AskedAbout.LANGUAGE: ("English best. Some Spanish and German for the plain things, un poco y ein bisschen.",),
    AskedAbout.HOW_ARE_YOU: (
        "All good here, thanks {who}. I'm a program, so I have very even days.",
        "Fine, thanks for asking, {who}.",
    ),
    AskedAbout.GROUP: (
        "I'll leave that one to you lot.",
        "Not one for me, I think.",
    ),
    AskedAbout.MATCH: (
        "I don't find dates, I only help to write the profile. What happens with it is up to its owner.",
    ),
    AskedAbout.CANNOT: (
        "That's beyond me, sorry. I only do profiles.",
        "Can't do that one. Asking you things is all I've got.",
        "I wish. I'm a stand-in with one trick: this profile.",
    ),
    AskedAbout.OPINION: (
        "I'd rather hear what your friends think. I'm only taking notes.",
        "I'm no judge of that, I'm a script with good manners.",
    ),
    AskedAbout.FRIENDS: (
        "Friends can write here any time. To add one, forward them the invite.",
        "Yes, the more the better. Forward the invite to whoever should be in here.",
    ),
}
# "Where were we?", while a question of ours is open.
WE_WERE_AT = (
    "We were at {what}. Whenever you like, or say skip.",
    "I'd asked about {what}. No hurry.",
)
TOPICS: dict[str, str] = {
    "primary": "who this is about",
    "consent": "whether I may make a profile",
    "age": "your age",
    "first_name": "the name for the profile",
    "area": "where you live",
    "intention": "what you're looking for",
    "first_date_idea": "a first date",
    "must_haves": "what you need in a partner",
    "interests": "what you love doing",
    "stories": "a small story of yours",
    "green_flags": "one good thing about {name}",
    "job_or_study": "what you do",
    "photos": "photos of you",
    "purpose": "what you're working towards",
    "quirk": "that odd little habit",
    "height_cm": "your height",
    "tone": "how cheeky your friends may be",
    "read_back": "whether that list is right",
}
# Why a question is asked, where there is more to say than the plain answer.
WHY: dict[str, str] = {
    "consent": "Because nothing gets written down here without your yes. A no is fine too.",
    "age": "Profiles are for adults, and it's the first thing people look for. Just the number is enough.",
    "area": "So that you meet people nearby. The city is enough, never a street.",
    "height_cm": "Some people like to know. It's optional, say skip and it's gone.",
    "intention": 'So that nobody wastes the other\'s time. "Still figuring it out" is an answer too.',
    "job_or_study": "It gives people something to ask you about. No employer needed, and skip is fine.",
    "first_date_idea": "It's the easiest thing for somebody to say yes to.",
    "stories": "One small true story says more than ten adjectives.",
    "interests": "So that somebody can say: me too.",
    "green_flags": "Coming from a friend, people believe it.",
    "tone": "So that your friends know how far they may go.",
}
EXAMPLES: dict[str, str] = {
    "stories": 'Something small: where you were, who was there, what went wrong. "Lost my shoe to a swan" would do.',
    "interests": 'Things like "night climbing" or "bad horror films", rather than "sports".',
    "quirk": "Something like naming your plants, or eating pizza with a fork.",
    "first_date_idea": "Where you'd go and what you'd do. \"Flea market, then chips\" is perfect.",
    "purpose": "A thing you're learning, saving for or building, however small.",
    "must_haves": "What you couldn't be with someone without: kindness, silliness, being on time.",
    "green_flags": "A thing they did, once: for you, for a stranger, at a bad moment.",
    "intention": "Long-term, something light, friendship, or no idea yet. Any of those.",
    "tone": "Gentle means no teasing, dry means a bit, bold means they may say anything.",
    "area": "A city or a part of one, like Leeds or East London.",
    "job_or_study": "What you'd say at a party when someone asks.",
}

KNOWN = "So far I've got: {what}."
NOTHING_KNOWN = (
    "Nothing about you yet. I only keep what you're OK with.",
    "Not a thing so far. You'd have to tell me first.",
)
NOT_TOLD = (
    "Nobody's told me that yet.",
    "I don't know that one yet. You could tell me.",
)
FOR_OWNER = ("That's for {name} to ask, it's their profile.",)

# How a value reads in a sentence spoken to its owner.
SPOKEN: dict[str, str] = {
    "first_name": "you're called {}",
    "age": "you're {}",
    "area": "you live in {}",
    "height_cm": "you're {} cm tall",
    "job_or_study": "work: {}",
    "interests": "you like {}",
    "pets": "a {} at home",
    "languages": "you speak {}",
    "smoke": "smoking: {}",
    "drink": "drinking: {}",
    "diet": "you eat {}",
    "intention": "you're after {}",
    "first_date_idea": "first date: {}",
    "must_haves": "you need {}",
    "purpose": "you're {}",
    "quirk": "a quirk: {}",
    "tone": "friends may be {}",
    "green_flags": "a friend said: “{}”",
    "stories": "the story “{}”",
}
CHOICES: dict[str, str] = {
    "long_term": "something long-term",
    "long_open_short": "something long-term, open to lighter",
    "short_open_long": "something light, open to more",
    "figuring_out": "whatever it turns out to be",
    "friendship": "friendship",
}
