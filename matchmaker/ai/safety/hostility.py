"""Threats and insults at somebody in the group. Friends call each other names for fun, so only what is hard to mean
kindly is here, and laughter or affection beside it takes it back. `{them}` is whom it is aimed at."""

from matchmaker.ai.safety.folding import Phrases

AFFECTION = (
    r"(?<!ever )love (?:you|u|ya|her|him)|luv (?:you|u)|te quiero|te amo|hab dich lieb|lieb dich|je taime|ti voglio bene|"
    r"ti amo|te adoro|adoro te|bestie|[❤💕💖😘🥰😍😉🤗]"
)

THREATS: Phrases = {
    "en": (
        r"(?:ill|i will|im going to|im gonna|imma|i am going to) (?:fucking |come (?:over )?and |find {them} and |have {them} )*"
        r"(?:hurt|stab|shoot|rape|strangle|murder|kill|beat the (?:shit|hell|crap) out of) {them}"
        r"(?! (?:if|at|in|with|for|when|so|a|an|another|over|feelings|with kindness)\b)",
        r"i know where {them} lives?(?! (?:now|too)\b)",
        r"(?:hunt {them} down|make {them} suffer|make {them} pay for (?:this|that|what))",
        r"(?:ill|i will|im going to|im gonna) (?:leak|post|share|publish|send (?:everyone|everybody)) "
        r"(?:your|her|his|those|these|the) (?:nudes|naked (?:pics|photos|pictures)|private (?:pics|photos|pictures))",
    ),
    "es": (
        r"(?:te|la|lo|os) voy a (?:matar|rajar|violar|apunalar|partir la (?:cara|boca)|hacer dano|moler a palos)(?! (?:a|de|si|con)\b)",
        r"se donde vives|te voy a hacer la vida imposible",
        r"(?:voy a )?(?:publicar|difundir|filtrar) tus fotos (?:desnud[oa]|intimas)",
    ),
    "de": (
        r"ich (?:bringe?|mache?) (?:dich|sie|ihn) (?:um|kalt|tot)(?! wenn\b)",
        r"ich (?:schlage?|steche?|prugle?|prugel) (?:dich|sie|ihn) (?:zusammen|ab|tot|nieder|krankenhausreif)",
        r"ich (?:tote|vergewaltige|ersteche) (?:dich|sie|ihn)|ich (?:tue?|werde) (?:dir|ihr|ihm) (?:was an|etwas an|weh tun|wehtun|etwas antun|was antun)",
        r"ich weiss,? wo du wohnst",
    ),
    "fr": (
        r"je vais (?:te|la|le) (?:tuer|buter|violer|frapper|planter|egorger|defoncer la gueule|faire la peau|faire du mal)(?! (?:si|de)\b)",
        r"je sais ou (?:tu habites|tu vis|elle habite|il habite)",
    ),
    "pt": (
        r"vou (?:te (?:matar|bater|estuprar|arrebentar|esfaquear)|matar te|bater te|violar te)(?! (?:se|de|a)\b)",
        r"sei onde (?:voce mora|vc mora|tu moras|moras|vives)",
    ),
    "it": (
        r"ti (?:ammazzo|uccido|stupro|massacro|sgozzo|accoltello|spacco la faccia)(?! (?:se|di)\b)",
        r"so dove (?:abiti|vivi)|te la faro pagare",
    ),
}

HARASSMENT: Phrases = {
    "en": (
        r"(?<!dont )(?<!not )(?<!to )kill (?:yourself|urself|ur self)(?! (?:over|trying|working|for|with|at)\b)|kys",
        r"(?:fuck off|go) and die{end}|die,? (?:bitch|whore|slut|cunt|pig)|come to your (?:house|place|flat) and (?:hurt|kill|get|beat)",
        r"{them} (?:should|deserves? to) (?:just )?(?:die|drop dead){end}|hope {them} dies?(?: in (?:a fire|hell|pain)|{end})",
        r"{them}(?: are| is| r|re|s) (?:(?:such|so|just|really|fucking|absolutely|a|an|totally|nothing but|nothing more than|the|one|complete|little|old) )*"
        r"(?:worthless|whore|slut|cunt|retard|retarded|subhuman|piece of shit|waste of (?:space|oxygen|air)|fat (?:pig|cow|bitch)|"
        r"ugly (?:cow|bitch|pig|whore|cunt)|pathetic (?:loser|excuse|whore|bitch)|disgusting (?:pig|slut|whore|cow))",
        r"no ?(?:one|body) (?:will|would|could|is (?:ever )?going to|is (?:ever )?gonna|s (?:ever )?gonna) (?:ever )?(?:want|love|date|marry|touch) {them}"
        r"(?! (?:more|as|like|better|to)\b)",
        r"(?:(?:stupid|fat|dumb|ugly|dirty|filthy|worthless|disgusting) )+(?:whore|slut|cunt|bitch|retard|faggot|tranny|dyke|cow|pig){end}|you fucking (?:whore|slut|cunt|pig|faggot)",
    ),
    "es": (
        r"(?:eres|sos) (?:un|una) (?:(?:autentic[oa]|maldit[oa]|jodid[oa]|puta|puto|gord[oa]|asqueros[oa]) )*"
        r"(?:puta|zorra|basura|mierda|subnormal|retrasad[oa]|cerd[oa]|hij[oa] de (?:la gran )?puta)"
        r"(?! (?:ama|amo|hostia|maquina|crack|pasada)\b)",
        r"nadie (?:te|la|lo) (?:va a querer|querra)(?: nunca| jamas)?(?! (?:mas|como|tanto|igual)\b)",
        r"(?:matate|suicidate|ojala te mueras|muerete){end}",
        r"(?:gorda|puta|cerda|zorra|gordo|cerdo) (?:asquerosa|asqueroso|de mierda|inmunda)",
    ),
    "de": (
        r"(?:bring dich um|hang dich auf|verreck|verrecke|geh sterben){end}",
        r"(?:du bist|sie ist|er ist) (?:(?:so|nur|echt|einfach|eine?|die|der) )*(?:\w+ )?"
        r"(?:schlampe|hure|fotze|missgeburt|abschaum|hurensohn|stuck scheisse|stuck dreck|wertlos|fette sau|fette kuh|nutte)",
        r"(?:keiner|niemand) wird (?:dich|sie|ihn) (?:jemals|je) (?:lieben|wollen)(?! (?:wie|so)\b)",
        r"(?:fette|dumme|dreckige|hassliche) (?:schlampe|hure|fotze|sau|nutte)",
    ),
    "fr": (
        r"(?:va crever|va te pendre|va te tuer|suicide toi|creve){end}",
        r"(?:tes|tu es|elle est|il est) (?:qu)?une? (?:(?:vraie|grosse|sale|pauvre) )*(?:pute|salope|merde|connasse|ordure|raclure|dechet|truie)",
        r"(?:sale|grosse) (?:pute|salope|truie|connasse)",
        r"personne ne (?:taimera|voudra (?:jamais )?de toi|laimera jamais)(?! (?:comme|plus|autant)\b)",
    ),
    "pt": (
        r"(?:se mata|mata te|devias morrer|voce devia morrer){end}",
        r"(?:voce e|vc e|tu es|es) (?:uma?|um) (?:(?:grande|maldit[oa]|verdadeir[oa]|gord[oa]) )*(?:puta|vadia|lixo|merda|vagabunda|porca|nojent[oa])",
        r"ninguem (?:nunca )?(?:vai|ira) (?:nunca )?(?:te )?(?:querer|amar)(?: te)?(?! (?:mais|como|tanto)\b)",
    ),
    "it": (
        r"(?:ammazzati|ucciditi|crepa){end}",
        r"sei (?:solo )?una? (?:(?:grande|vera|lurida|brutta|sporca) )*(?:puttana|troia|zoccola|merda|ritardat[oa]|cagna)",
        r"nessuno ti (?:amera|vorra) mai(?! (?:come|piu|tanto)\b)",
        r"(?:brutta|lurida|sporca) (?:puttana|troia|zoccola|vacca|cagna)",
    ),
}

SEXUAL_ABOUT_MINORS: Phrases = {
    "en": (
        r"(?:sex|nudes|naked (?:pics|photos|pictures)) (?:with|of|from) (?:a |an |the )?(?:underage|minors?|children|kids|little (?:girls|boys)|1[0-7] year olds?)",
        r"underage (?:sex|nudes|porn)|child porn(?:ography)?",
    ),
    "es": (
        r"sexo con (?:menores|una menor|un menor|ninos|ninas)|porno(?:grafia)? infantil|fotos (?:desnud[oa]s? )?de menores desnud[oa]s",
    ),
    "de": (r"sex mit (?:minderjahrigen|kindern|einer minderjahrigen)|kinderporno(?:s|grafie)?",),
    "fr": (r"(?:sexe|coucher) avec (?:des |une |un )?(?:mineure?s?|enfants?)|pedopornographie",),
    "pt": (r"(?:sexo|transar) com (?:menores|criancas|uma menor)|pornografia infantil",),
    "it": (r"sesso con (?:minori|minorenni|bambin[ie])|pedopornografia",),
}
