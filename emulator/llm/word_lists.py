"""Word lists shared by the extraction rules."""


def _words(text: str) -> list[str]:
    return text.split()


OCCUPATIONS = frozenset(
    _words("""
    accountant actor actress analyst architect artist author baker barber barista bartender biologist bookseller
    builder carer carpenter chef chemist coach consultant cook counsellor curator dancer dentist designer
    developer director doctor driver economist editor electrician engineer farmer filmmaker firefighter florist
    gardener geologist hairdresser historian illustrator journalist lawyer lecturer librarian manager marketer
    mechanic midwife musician nurse nurseryman nutritionist optician paramedic pharmacist photographer physicist
    physio physiotherapist pilot plumber policeman policewoman postman potter producer professor programmer
    psychologist radiographer receptionist recruiter researcher scientist secretary solicitor student surgeon
    surveyor tailor teacher technician therapist translator vet waiter waitress welder writer zookeeper
    """)
)
LANGUAGES = _words("""
    English Spanish French German Italian Portuguese Dutch Swedish Norwegian Danish Finnish Polish Czech Slovak
    Hungarian Romanian Bulgarian Greek Turkish Russian Ukrainian Arabic Hebrew Persian Farsi Hindi Urdu Bengali
    Punjabi Tamil Mandarin Cantonese Chinese Japanese Korean Vietnamese Thai Tagalog Swahili Yoruba Zulu Welsh
    Irish Gaelic Catalan Basque Croatian Serbian
""")
# Patterns, not words: plurals count too.
PETS = _words(r"""
    dogs? pupp(?:y|ies) cats? kittens? rabbits? bunn(?:y|ies) hamsters? guinea[ ]pigs? parrots? budgies?
    tortoises? turtles? horses? pon(?:y|ies) snakes? lizards? geckos? ferrets? goldfish hens? chickens? beagles?
    labradors? spaniels? greyhounds? whippets? dachshunds? terriers? corgis? collies? poodles? huskies husky
""")
MONTHS = _words("january february march april june july august september october november december")
DAYS = _words("monday tuesday wednesday thursday friday saturday sunday")

NUMBERS = {
    word: number
    for number, word in enumerate(
        _words("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"), start=10
    )
}
TENS = {
    word: number * 10
    for number, word in enumerate(_words("twenty thirty forty fifty sixty seventy eighty ninety"), start=2)
}
UNITS = {word: number for number, word in enumerate(_words("one two three four five six seven eight nine"), start=1)}

# Words that begin a sentence with a capital letter, or follow "I'm", without being a name or a place.
NOT_A_NAME = frozenset(
    _words("""
    a about actually afraid alone also always am american an and are as asleep at awake back be bed bi bits bored british
    busy but charge chinese coming crying curious dead deep done down drinking eating english excited fine french
    from game gay german glad going good great haha happy he hello here hey hi home how hungry i if in indian into
    irish is it italian joking just kidding late laughing leaving like living lol looking love me mine morning my
    nervous never night no nope not remove sorry well hmm just off oh ok okay on out over pieces please polish queer ready really sad scared
    school scottish serious shape she single smoking so sorry spanish still straight sure thank thanks that the
    therapy there they thinking this tired today tomorrow town trouble trying up vegan vegetarian very waiting was
    we well welsh what when where who why work working yeah yep yes you your
    """)
)

NO_PLACE = frozenset(
    _words("""
    a an the my her his work home bed here there this that peace fear hope sin love where what everywhere
    """)
)

# "My sister lives in Leeds" is about somebody else.
RELATIVES = frozenset(
    _words("""
    sister brother mum mom dad mother father parents friend friends boss ex flatmate housemate roommate
    neighbour neighbor gran grandma granny grandad grandpa colleague cousin aunt uncle son daughter niece
    nephew boyfriend girlfriend husband wife best family team sisters brothers kids
    """)
)
