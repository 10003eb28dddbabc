"""Messages for more than one test."""

YES = (
    "yes", "sí", "ja", "はい", "да", "oui", "네", "نعم", "YES!!", "Si", "yesss", "yes please", "sure thing",
    "okay, let's do it",
    "venga, vamos a ello", "na gut, machen wir", "sure, go ahead", "claro, adelante", "klar, leg los", "i consent",
    "Yes, I'm in. But be nice!",
    "de acuerdo", "works for me", "einverstanden", "sí, encantada de hacerlo", "ja, mach ich gern", "yes haha",
    "sí 😂", "hi, yes, I'm in 🎉",
    "Fine, I give in 😄", "sí claro, adelante", "na klar", "はい、お願いします", "да, согласна", "d'accord", "claro que sí",
    "auf jeden Fall!", "yes 🙈", "sí claro", "ja klar", "sure why not", "sure, why not", "jo passt", "yesssss", "siiiii",
    "yeah of course", "ok ok", "yes 100%", "cool, go ahead", "haha yes please", "ja voll gern", "vale vale",
    "sí, por qué no", "yes 🍕", "ja warum nicht", "obvio que sí", "sí, claro que sí", "ja, ich will", "yes, I am", "I give my consent",
)  # fmt: skip

WEAK_YES = (
    "ok",
    "k",
    "Okay.",
    "👍",
    "👍🏽",
    "fine",
    "vale",
    "alles klar",
    "sounds good",
    "passt",
    "I'm in",
    "let's do it",
    "absolutely",
    "klar, leg los",
)

NO = (
    "no", "nein", "いいえ", "нет", "no thanks", "no gracias", "nein danke", "nope", "I'd rather not", "mejor no",
    "lieber nicht", "count me out",
    "no, sorry", "I'd rather you didn't", "👎",
)  # fmt: skip

NEITHER = (
    # sarcasm and idiom
    "yeah right", "yeah, as if", "sure, when pigs fly", "ja nee ist klar", "ja, klar", "jaja", "ja ja",
    "yeah yeah", "sí, claro", "claro, claro",
    "yeah sure", "oh sure", "sure 😂", "sure 🙄", "yes 🙃", "yes ;)", "yes :(", "na ja", "ach ja", "ja hallo",
    "так себе идея", "네가 뭔데", "venga hombre", "ah ok", "oh ok", "fine, thanks for asking", "ok danke schön",
    "yes 🙄", "ja klar 😒", "sí claro 🙄", "yes 🤡", "🙄", "🙈", "suuuure", "ja, ja klar", "sí sí claro", "oh great",
    "great", "why not", "warum nicht", "yeah great", "haha sure", "sure why not Jonas", "no why not", "ja genau",
    "then yes", "und ja", "nun ja", "oh no", "nooo 😂", "ach nein", "vamos a ver", "ja, sicher doch",
    # later, perhaps, on a condition
    "ok maybe tomorrow", "ya veremos", "ya quisiera", "da muss ich erst drüber schlafen", "дай подумать",
    "yes but not in this group",
    "fine, but only after I've read what you store", "deal with it later", "yes…", "yes i guess", "ja eigentlich",
    "if you must",
    # to others, and about something else
    "ok who added me here", "ok I'm out", "ok 10 then", "okay google, how do I leave a group",
    "right, who is this", "yes Lena",
    "sim card problems, what did I miss", "da quando fate queste cose", "ok thanks", "vale gracias",
    "fine, thanks", "please", "hola",
    # questions and quotes
    "yes?", "yes? what is this", "sure you're not a scam?", "exactly what would be saved?", "sí o no", '"yes"',
    "she said yes",
    # both
    "yes and no", "no, yes", "nein, doch", "yes no",
    "", "…", "😄", "haha",
)  # fmt: skip
