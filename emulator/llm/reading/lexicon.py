"""Word lists of the readers."""


def _words(text: str) -> list[str]:
    return text.split()


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


OCCUPATIONS = _words("""
    accountant actor actress actuary analyst anaesthetist archaeologist architect archivist artist astronomer author baker
    barber barista barman barmaid bartender beekeeper biochemist biologist blacksmith bookkeeper bookseller botanist brewer
    bricklayer builder butcher cabbie caretaker carer caregiver carpenter cartographer cashier chef chemist chiropractor
    choreographer cleaner coach comedian composer conductor conservator consultant cook copywriter counsellor counselor courier
    curator dancer dentist designer detective developer dietician director dj doctor dramaturg driver ecologist economist
    editor electrician engineer entrepreneur estate-agent executive farmer filmmaker fireman firefighter fisherman florist
    gardener geneticist geographer geologist glazier goldsmith gp groundskeeper hairdresser headteacher historian hydrologist
    illustrator interpreter intern janitor jeweller jeweler joiner journalist judge lawyer lecturer librarian lifeguard
    linguist locksmith logistician lumberjack machinist magician manager marketer mason masseuse mathematician mechanic
    midwife milliner mixologist model musician nanny naturalist neurologist novelist nurse nurseryman nutritionist
    obstetrician optician optometrist orthodontist osteopath painter paralegal paramedic pathologist pharmacist philosopher
    photographer physicist physio physiotherapist pilot planner plasterer plumber podiatrist poet policeman policewoman
    policymaker postie postman potter printer producer professor programmer psychiatrist psychologist psychotherapist
    publicist radiographer radiologist ranger realtor receptionist recruiter referee researcher roofer sailor salesman
    saleswoman sculptor seamstress secretary shopkeeper signwriter singer sociologist soldier solicitor sommelier statistician
    stonemason stylist student surgeon surveyor tailor tattooist teacher technician therapist tiler toolmaker trader
    translator trainer tutor typographer undertaker upholsterer vet videographer vicar violinist waiter waitress warehouseman
    weaver welder writer zookeeper zoologist enfermera enfermero profesora profesor maestra maestro médica médico abogada abogado ingeniera ingeniero camarera camarero
    cocinera cocinero diseñadora diseñador periodista panadera panadero krankenschwester krankenpfleger pflegerin lehrer lehrerin arzt
    ärztin ingenieur ingenieurin anwalt anwältin koch köchin erzieher erzieherin verkäufer verkäuferin studentin designerin
    journalistin tischler tischlerin hebamme barrister freelancer apprentice banker cellist pianist carpenter cabinetmaker
    """)
# Of two words and more: "social worker", "civil servant".
OCCUPATIONS_IN_WORDS = _lines("""
    social worker
    youth worker
    care worker
    support worker
    factory worker
    civil servant
    police officer
    probation officer
    prison officer
    personal trainer
    data scientist
    scientist
    estate agent
    travel agent
    flight attendant
    cabin crew
    teaching assistant
    dental nurse
    shop assistant
    web dev
    sound tech
    ux researcher
    park ranger
    tour guide
    stand-up comic
    stay-at-home dad
    stay-at-home mum
    tree surgeon
    train driver
    bus driver
    taxi driver
    lorry driver
    """)
LANGUAGES = _words("""
    English Spanish French German Italian Portuguese Dutch Swedish Norwegian Danish Finnish Icelandic Estonian Latvian
    Lithuanian Polish Czech Slovak Hungarian Romanian Bulgarian Greek Turkish Russian Ukrainian Arabic Hebrew Persian Farsi
    Hindi Urdu Bengali Punjabi Gujarati Tamil Telugu Marathi Nepali Mandarin Cantonese Chinese Japanese Korean Vietnamese Thai
    Indonesian Malay Tagalog Swahili Yoruba Igbo Hausa Zulu Xhosa Amharic Somali Afrikaans Welsh Irish Gaelic Catalan Basque
    Galician Croatian Serbian Bosnian Slovenian Albanian Macedonian Armenian Georgian Kurdish Maltese Luxembourgish Flemish
    Esperanto BSL Yiddish
    """)
# Patterns, not words: plurals count too.
PETS = _words(
    r"""
    dogs? pupp(?:y|ies) cats? kittens? kitty rabbits? bunn(?:y|ies) hamsters? guinea[ ]pigs? gerbils? parrots? budgies? cockatiels?
    tortoises? turtles? terrapins? horses? pon(?:y|ies) donkeys? snakes? pythons? lizards? geckos? iguanas? ferrets? goldfish hens?
    chickens? ducks? goats? pigs? rats? axolotls? tarantulas? beagles? labradors? labs? spaniels? greyhounds? whippets? lurchers? dachshunds?
    terriers? corgis? collies? poodles? cockapoos? huskies husky pugs? bulldogs? mutts? retrievers? schnauzers? chihuahuas? alsatians? moggies
    """.replace("[ ]", r"\ ")
)
MONTHS = _words("january february march april may june july august september october november december")
DAYS = _words("monday tuesday wednesday thursday friday saturday sunday")

# What somebody may be doing in their spare time. Only these count where nothing else says "hobby".
ACTIVITIES = _lines(r"""
    (?:rock |ice |night |indoor )?climbing
    bouldering
    (?:wild |open[- ]water |cold[- ]water |sea )?swimming
    (?:trail |fell |marathon |park)?running
    parkrun
    half[- ]marathons?
    marathons?
    triathlons?
    (?:road |mountain )?(?:cycling|biking)
    hiking
    hillwalking
    rambling
    walking
    backpacking
    camping
    caving
    canoeing
    kayaking
    paddleboarding
    rowing
    sailing
    surfing
    skiing
    snowboarding
    (?:ice |roller )?skating
    skateboarding
    roller derby
    parkour
    gymnastics
    yoga
    pilates
    meditation
    boxing
    kickboxing
    karate
    judo
    jiu[- ]?jitsu
    muay thai
    fencing
    archery
    weightlifting
    crossfit
    (?:the )?gym
    football
    five[- ]a[- ]side
    rugby
    cricket
    hockey
    netball
    basketball
    volleyball
    tennis
    table tennis
    badminton
    squash
    golf
    darts
    snooker
    pool
    bowling
    frisbee
    (?:salsa|swing|tango|ballroom|ballet|tap|folk|line)(?: danc(?:e|ing))?
    (?:ceilidh|lindy hop|bachata)
    dancing
    (?:choir|choirs)
    singing
    karaoke
    improv
    stand[- ]?up(?: comedy)?
    acting
    am[- ]?dram
    theatre
    opera
    musicals
    gigs
    festivals
    djing
    (?:bass |electric |acoustic )?guitar
    bass
    piano
    drums
    violin
    fiddle
    cello
    ukulele
    banjo
    accordion
    trumpet
    trombone
    saxophone
    flute
    harmonica
    harp
    painting
    watercolou?rs?
    drawing
    sketching
    life drawing
    calligraphy
    pottery
    ceramics
    sculpture
    printmaking
    photography
    film photography
    filmmaking
    knitting
    crochet(?:ing)?
    sewing
    quilting
    embroidery
    weaving
    woodwork(?:ing)?
    carpentry
    whittling
    welding
    blacksmithing
    gardening
    (?:the |my |her |his )?allotment
    foraging
    beekeeping
    birdwatching
    birding
    fishing
    (?:sourdough|bread)(?: baking)?
    baking
    cooking
    home ?brewing
    brewing
    barbecu(?:e|ing)
    wine tasting
    coffee
    reading
    writing
    poetry
    creative writing
    journaling
    blogging
    podcasts?
    true crime
    crosswords?
    sudoku
    jigsaws?
    puzzles
    chess
    backgammon
    board ?games?
    card games
    poker
    d&d
    dungeons (?:and|&) dragons
    warhammer
    lego
    gaming
    video ?games?
    pub quiz(?:zes)?
    quizzes
    bingo
    origami
    magic tricks
    juggling
    astronomy
    stargazing
    metal detecting
    vinyl
    records
    thrifting
    vintage shopping
    flea markets?
    car boot sales?
    museums
    galleries
    history
    languages
    travel(?:l?ing)?
    cinema
    films?
    horror films
    anime
    manga
    k-?pop
    volunteering
    tarot
    """)
# What people do ("I bake", "she knits scarves") and what we call it.
PRACTICES = {
    "bake": "baking", "bakes": "baking", "cook": "cooking", "cooks": "cooking", "knit": "knitting", "knits": "knitting",
    "crochet": "crochet", "crochets": "crochet", "sew": "sewing", "sews": "sewing", "paint": "painting", "paints": "painting",
    "draw": "drawing", "draws": "drawing", "sketch": "sketching", "sketches": "sketching", "climb": "climbing",
    "climbs": "climbing", "boulder": "bouldering", "boulders": "bouldering", "swim": "swimming", "swims": "swimming",
    "surf": "surfing", "surfs": "surfing", "hike": "hiking", "hikes": "hiking", "cycle": "cycling", "cycles": "cycling",
    "run": "running", "runs": "running", "row": "rowing", "rows": "rowing", "sail": "sailing", "sails": "sailing",
    "ski": "skiing", "skis": "skiing", "snowboard": "snowboarding", "snowboards": "snowboarding", "skate": "skating",
    "skates": "skating", "skateboard": "skateboarding", "skateboards": "skateboarding", "dance": "dancing",
    "dances": "dancing", "sing": "singing", "sings": "singing", "garden": "gardening", "gardens": "gardening",
    "brew": "brewing", "brews": "brewing", "forage": "foraging", "forages": "foraging", "juggle": "juggling",
    "juggles": "juggling", "busk": "busking", "busks": "busking", "dj": "djing", "djs": "djing", "fence": "fencing",
    "fences": "fencing", "box": "boxing", "boxes": "boxing", "kayak": "kayaking", "kayaks": "kayaking", "camp": "camping",
    "camps": "camping", "fish": "fishing", "fishes": "fishing", "read": "reading", "reads": "reading", "write": "writing",
    "writes": "writing", "whittle": "whittling", "whittles": "whittling", "weave": "weaving", "weaves": "weaving",
    "restore": "restoring", "restores": "restoring", "collect": "collecting", "collects": "collecting",
    "volunteer": "volunteering", "volunteers": "volunteering", "embroider": "embroidery", "embroiders": "embroidery",
    "pickle": "pickling", "pickles": "pickling", "ferment": "fermenting", "ferments": "fermenting",
}  # fmt: skip

# Words that begin a sentence with a capital letter, or follow "I'm", without being a name or a place.
NOT_A_NAME = frozenset(
    _words("""
    a about actually afraid alone also always am american an and any are as asleep at awake back bad be because bed best bi bits
    bored british busy but call charge chinese clearly coming crying curious dead deep done down drinking eating english erm excited
    exhausted fine french from full game gay german girl glad going good great guilty guy haha happy hard he hello here hey hi
    hiya home honestly how hungry i idk if in indian into irish is it italian joking just kidding kind kinda late laughing
    leaving let like living lol long look looking love man many maybe me mine more morning much my nah never nervous new next nice night
    no nobody none nope not nothing now of off oh ok okay old on one only or out over pass pending perfect pieces please polish
    probably queer quite ready really remove right sad same scared school scottish serious shape she shy sick single skip
    smoking so some sorry spanish still straight sure tall tbh thank thanks that the then therapy there they thinking this tired to today
    tomorrow too town trouble true trying two ugh umm up vegan vegetarian very wait waiting was we weird well welsh what when where which
    who whoever why wife with woman work working wow wrong yeah yep yes you your yo
    """)
)
# What "it's about …" may be followed by that is nobody's name.
NO_PERSON = frozenset(
    _words("""
    i i'm im it her him she he they them the this that me my you us a an we our your his their everyone nobody somebody someone who
    what myself yourself himself herself all time
    """)
)
NO_PLACE = frozenset(
    _words("""
    a an the my her his our your this that these those here there everywhere nowhere somewhere work home bed peace fear hope sin love where
    what everyone nature hiding denial pain case fact general person short shape order total tears bits pyjamas pajamas charge
    trouble time town uni university school hospital insurance marketing finance publishing hr it tech advertising sales retail education
    law politics research design film fashion hospitality logistics construction music healthcare care january february march april may
    june july august september october november december spring summer autumn winter monday tuesday wednesday thursday friday
    saturday sunday me him her them us it you
    """)
)
# Cities and countries that need no "I live in" to be known for places.
PLACES = frozenset(
    _words("""
    aberdeen amsterdam antwerp athens atlanta austin baltimore barcelona basel bath belfast berlin bern bilbao birmingham
    bologna bonn bordeaux boston bradford bremen brighton brisbane bristol brooklyn brussels bucharest budapest calgary cambridge canterbury
    cardiff chester chicago cologne copenhagen cork cornwall coventry dallas delhi denver derby detroit devon dresden dublin dundee durham
    edinburgh essex exeter florence frankfurt galway gateshead geneva genoa ghent glasgow gothenburg granada graz hackney halifax hamburg
    hamilton hanover harrogate helsinki houston hove hull inverness ipswich istanbul kent krakow kyiv kyoto lagos lancaster leeds
    leicester leipzig leith lille limerick lincoln lisbon liverpool ljubljana london luton lyon madrid malaga malmö manchester marseille
    melbourne miami milan minneapolis montpellier montreal moscow mumbai munich münchen nairobi nantes naples nashville newcastle newport
    norwich nottingham nuremberg oakland oslo ottawa oxford palermo paris perth philadelphia phoenix pittsburgh plymouth portland porto portsmouth
    prague preston reading richmond riga rome rotterdam salford salzburg seattle seoul seville sevilla sheffield singapore sofia southampton
    stirling stockholm stockport strasbourg stuttgart sunderland sussex swansea swindon sydney tallinn tokyo toronto toulouse turin utrecht
    valencia vancouver venice verona vienna vilnius wales walthamstow warsaw wellington whitby wigan winchester wolverhampton worcester
    yorkshire york zagreb zaragoza zurich zürich scotland ireland kassel neukölln
    """)
)
# "My sister lives in Leeds" is about somebody else.
RELATIVES = frozenset(
    _words("""
    sister brother sis bro mum mom mam mummy mommy dad daddy mother father stepmum stepdad stepmother stepfather parents parent folks twin
    friend friends mate mates pal bestie boss manager ex exes flatmate flatmates housemate housemates roommate roommates landlord landlady
    neighbour neighbours neighbor neighbors gran grandma granny nan nana nanna nonna oma opa grandad granddad grandpa grandmother
    grandfather grandparents colleague colleagues coworker coworkers cousin cousins aunt auntie aunty uncle son sons daughter daughters
    niece nephew boyfriend girlfriend husband wife gf bf fiancé fiancée fiance fiancee partner best family team sisters brothers kid kids
    kiddo child children boys girls lads baby godson goddaughter teacher therapist doctor dentist hairdresser barber student students
    mother-in-law father-in-law sister-in-law brother-in-law crush date
    """)
)
KIN = {
    "she": frozenset(
        _words(
            "sister sis mum mom mam mummy mommy mother stepmum gran grandma granny nan nana nonna oma grandmother aunt auntie niece girlfriend gf wife daughter"
        )
    ),
    "he": frozenset(
        _words(
            "brother bro dad daddy father stepdad grandad granddad grandpa opa grandfather uncle nephew boyfriend bf husband son"
        )
    ),
}
# Animals and things that have an age, a height or a place of their own.
THINGS = frozenset(
    _words("""
    dog cat puppy kitten horse rabbit tortoise car van bike house flat phone laptop boat whisky wine bus train room rent landlord
    job knees back hair brain heart liver kitchen garden
    """)
)
# Words that stand in every wish to have something taken out, and name nothing.
TAKE_OUT_WORDS = frozenset(
    _words("""
    delete remove erase forget drop scrap scratch lose strike ditch take leave please that this from about thing things part story
    just joke joking kidding true wrong profile with have want said what rubbish nonsense really actually your there them they some
    again never also only back down away like don't can't could would should maybe stuff that's well yeah sorry
    """)
)
