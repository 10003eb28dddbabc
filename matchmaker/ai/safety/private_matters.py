"""Matters that nobody may tell of somebody else: what their friends say about them is not kept, and not repeated.

The model says itself what an action touches. These words stand behind it, so each is one that can hardly mean anything
else: a missed one costs little, while one that is found in innocent talk ("her physiotherapist bikes to work") loses a
story.
"""

import re

from matchmaker.ai.safety.folding import any_of, fold

_SHE_IS = r"(?:is|was|are|were|am|been|im|hes|shes|theyre|youre|whos)"
_HERS = r"(?:my|your|her|his|their)"
_SUM = r"(?:[£$€] ?\d[\d.,]*k?|\d{2,}(?: ?(?:quid|pounds?|euros?|eur|dollars?|bucks|k|grand|£|€|\$)|{end}| (?:since|for|from|and)\b))"
_STREET = r"(?:street|road|avenue|ave|lane|drive|close|crescent|terrace|gardens|boulevard|blvd|square)"
_PARTY_DE = r"(?:grunen?|linken?|afd|cdu|csu|spd|fdp)"

_PHRASES: dict[str, tuple[str, ...]] = {
    "orientation": (
        r"bisexuals?|lesbians?|pansexual|asexual|aromantic|homosexual|heterosexual|queer(?! eye)|closeted|out of the closet",
        rf"{_SHE_IS} (?:(?:totally|actually|so|secretly|definitely|really|probably|openly|maybe|very|a bit) )*"
        r"(?:bi(?! (?:weekly|lingual|annual|monthly|polar|lateral|coastal)\b)|gay(?! bars?\b)|trans|transgender|non ?binary|(?:pan|straight){end})",
        r"came out (?:to (?:her|his|their|us|me|my|the family)|as (?:gay|bi|lesbian|trans|queer))",
        r"(?:likes|into|dates|sleeps with) (?:both )?(?:girls and guys|guys and girls|men and women|women and men|both men|(?:women|men|guys|girls) (?:actually|really|only|not (?:men|women|guys|girls)))",
        r"lesbianas?|bisexuales|salio del armario|(?:es|sos|soy) (?:gay|bi|hetero)",
        r"schwul|lesbisch|bisexuell|(?:ist|bin|bist) (?:bi|hetero|gay)",
        r"lesbienne|bisexuelle?|homosexuelle?|(?:est|suis) (?:gay|bi|homo|hetero)",
        r"lesbica|bisessuale|omosessuale|sapatao|(?:e|sei|sou) gay",
    ),
    "faith": (
        r"catholic|protestant|muslim|jewish|hindu|buddhist|atheist|agnostic|evangelical|mormon|born again|jehovahs witness(?:es)?|sikh",
        r"(?:devout|practi[sc]ing|strict|good|committed|orthodox) (?:christian|jew)|believes in (?:god|jesus|allah)",
        r"(?:goes|go|going|went|drags us|off) to (?:church|mass|the mosque|mosque|synagogue|bible study)|church (?:every|on) (?:week|sundays?)|sunday mass|bible (?:group|study)",
        rf"(?<!is ){_HERS} (?:church|mosque|synagogue|parish|pastor|priest|imam|rabbi|religion|faith)(?! in\b)",
        r"prays (?:every|five|before|each|a lot|daily)|(?:fasts|fasting) (?:for|during) (?:ramadan|lent)|keeps (?:kosher|halal|shabbat)|"
        r"(?:very|deeply|is|hes|shes|quite|super) religious(?! about)|religious family",
        r"catolic[oa]|musulman(?:a|es)?|judi[oa]|ate[oa]|testigo de jehova|va a misa|(?:muy|es) (?:religios[oa]|creyente)",
        r"katholisch|evangelisch|muslim(?:a|in)|judisch|buddhist(?:in)|atheist(?:in)|glaubig|religios|geht (?:\w+ ){0,2}in die (?:kirche|moschee)",
        r"catholique|musulmane?|juive|athee|bouddhiste|(?:est|tres) (?:croyante?|pratiquante?|juif|juive)|va a la (?:messe|mosquee)",
        r"cattolic[oa]|ebre[oa]|va a(?:lla)? messa|muculman[oa]|evangelic[oa]|vai a (?:igreja|missa)|vai na igreja",
    ),
    "politics": (
        r"(?:green|labour|conservative|republican|democratic|communist) party|tory|tories|lib dems?|democrats|republicans|brexiteer|reform uk|snp|afd|member of the (?:spd|cdu|csu|fdp|greens|party)|for the greens",
        r"vot(?:es|ed|ing|e) (?:for )?(?:labour|the greens|greens?|tory|conservative|reform|trump|biden|harris|republican|democrat|leave|remain|left|right)",
        r"(?:left|right) wing(?:er)?|far (?:left|right)|(?:a|such a|total|lifelong) (?:socialist|communist|marxist|conservative|leftist|republican|democrat|anarchist|libertarian)",
        r"(?:trump|biden|brexit|labour|corbyn|farage|milei|bolsonaro|lula|le pen|macron) (?:supporter|voter|fan)s?|maga (?:hat|supporter|guy|girl)|political views|(?:her|his|their) politics",
        r"(?:vota|votaba|militante|simpatizante|es) (?:a|al|por|de|del) (?:vox|podemos|psoe|pp|sumar|la izquierda|la derecha|milei|morena)|de (?:izquierdas|derechas)|es de (?:izquierda|derecha)|comunista|socialista",
        rf"(?:wahlt|gewahlt|wahle) (?:die )?{_PARTY_DE}|{_PARTY_DE} (?:gewahlt|wahler(?:in)?|mitglied)|bei den grunen|parteimitglied|(?:links|rechts)(?:radikal|extrem)|kommunist(?:in)?",
        r"vote (?:a )?(?:gauche|droite|macron|le pen|melenchon|rn)|(?:est|tres) (?:de |a )?(?:gauche|droite){end}|(?:socialiste|communiste)",
        r"(?:e|molto) di (?:sinistra|destra){end}|vota (?:pd|lega|meloni)|(?:e|muito) de (?:esquerda|direita){end}|vota (?:no|em) (?:lula|bolsonaro|pt)|bolsonarista|petista",
    ),
    "health": (
        rf"{_HERS} (?:own )?(?:therapist|psychiatrist|psychologist|shrink|antidepressants|medication|diagnosis|chemo|miscarriage|abortion|depression|anxiety|autism|eating disorder|panic attacks?|ivf)",
        r"(?:sees|seeing|saw|needs|goes to|started|been to|in|into|out of) (?:a |her |his )?(?:therapist|therapy|psychiatrist|rehab|shrink)(?! dogs?\b)",
        r"pregnant(?! pause)|miscarried|had an abortion|infertile|ivf|hiv(?: positive)?|diabetic|epileptic|bipolar|schizophreni[ac]|anorexi[ac]|bulimi[ac]|"
        rf"antidepressants?|chemotherapy|chemo|ptsd|endometriosis|drug addict|recovering (?:addict|alcoholic)|{_SHE_IS} an alcoholic|autistic(?! (?:kids|children|students|adults|pupils)\b)",
        r"(?:has|had|have|got|beat|survived|battling|fighting|with|from) (?:\w+ )?(?:cancer(?! (?:patients|research|charity|tattoo)\b)|depression|panic attacks|anxiety|adhd|an eating disorder|a breakdown|a burnout|a stroke(?! of)|diabetes|epilepsy|herpes|leuka?emia)",
        rf"{_SHE_IS} (?:clinically |really |very )?(?:depressed|suicidal|in recovery|mentally ill)|mental health (?:issues|problems)|attempted suicide",
        r"(?:su|mi|tu) (?:terapeuta|psicolog[oa]|psiquiatra|depresion|ansiedad|embarazo|enfermedad)|embarazada|(?:tiene|tuvo|supero) (?:un )?(?:cancer|depresion|ansiedad|diabetes|vih)|va al psicolog[oa]",
        r"(?:ihr|ihre|ihrer|sein|seine|seiner|mein|meine|meiner) (?:therapeut(?:in)?|psychologin|psychologe|psychiater(?:in)?|depression(?:en)?|krankheit|krebs)|schwanger|in therapie|"
        r"(?:hat|hatte) (?:\w+ )?(?:krebs|depressionen|diabetes|adhs|hiv|panikattacken)|depressiv|magersuchtig|(?:ist|war) alkoholiker(?:in)?",
        r"(?:son|sa|mon|ma) (?:psy|psychologue|psychiatre|therapeute|depression|maladie|cancer)|enceinte|(?:a|eu) (?:un cancer|une depression|le vih|du diabete)|depressi(?:f|ve)",
        r"(?:minha|meu|seu|sua) (?:terapeuta|psicolog[oa]|psiquiatra|depressao|ansiedade)|gravida|(?:tem|teve) (?:cancer|depressao|ansiedade|diabetes)",
        r"(?:suo|sua|mio|mia) (?:terapeuta|psicolog[oa]|psichiatra|depressione|malattia)|incinta|(?:ha|avuto) (?:il cancro|la depressione|un tumore|il diabete)|(?:e|era) depress[oa]",
    ),
    "children": (
        r"(?:her|his|their) (?:(?:own|two|three|little|older|younger|grown up|teenage) )?(?:kids?|sons?|daughters?|toddler|newborn|stepson|stepdaughter|children)(?! (?:brother|sister|choir|class|club|team|books?)\b)",
        r"(?:has|have) (?:a|two|three|four|five|no|[2-5]) (?:\w+ )?(?:kids?|children|sons?|daughters?|toddlers?|little ones)",
        r"(?:single|divorced) (?:mum|mom|dad|mother|father|parent)|(?:wants?|wanting|want to have|having) (?:more )?(?:kids|children|a baby|babies)(?! (?:menu|over|laugh)\b)|"
        r"(?:cant|cannot|doesnt want|never wanted|dont want) (?:to )?(?:have )?(?:kids|children)|custody(?! of the (?:dog|cat|remote)\b)",
        r"(?:sus|su) (?:hij[oa]s?|bebe)|(?:tiene|quiere|tener) (?:(?:un|una|dos|tres|\d) )?(?:hij[oa]s?|nin[oa]s|crios|bebes?)|madre soltera|padre soltero",
        r"(?:ihr|ihre|ihren|sein|seine|seinen) (?:kind|kinder|sohn|sohne|tochter|tochtern)|(?:hat|will|mochte) (?:(?:ein|zwei|drei|keine|eine|einen|\d) )?(?:kind|kinder|sohn|tochter)|alleinerziehend\w*",
        r"(?:ses|son|sa) (?:enfants?|fils|fille|gosses?)|(?:a|veut) (?:un|une|deux|trois|des) (?:enfants?|fils|filles?|gosses)|mere celibataire|pere celibataire",
        r"filh[oa]s? del[ae]|(?:tem|quer|ter) (?:(?:um|uma|dois|duas|tres) )?filh[oa]s?|mae solteira|(?:suo|sua|suoi|sue) figli[oae]?|(?:ha|vuole|avere) (?:(?:un|una|due|tre|dei) )?figli[oae]?|ragazza madre",
    ),
    "sex": (
        r"(?:good|great|amazing|terrible|bad|wild) in bed(?! by)|sex life|one night stands?|slept (?:with|around)|sleeps around|hook(?:s|ed|ing) up with|"
        r"(?:is|hes|shes|still) a virgin(?! (?:mojito|olive|media|train|colada|forest)\b)|kinky(?! hair)|(?:send|sends|sent|leaked|her|his|my|your) nudes|sexting|blow ?jobs?|threesomes?|orgasms?|fetish(?:es)?|"
        r"friends with benefits|(?<!food )(?<!book )porn|onlyfans|horny|(?:had|having) sex|sex toys?|bdsm|cheated on (?:her|his|him|me|their|\w+{end})|had an affair",
        r"(?:buen[oa]|genial|una bestia|una fiera) en la cama|vida sexual|se (?:acosto|acuesta) con|rollos? de una noche|follar|le puso los cuernos",
        r"gut im bett|sexleben|geschlafen mit|schlaft mit|fremdgegangen|nacktfotos",
        r"(?:bon|bonne|nulle?) au lit|vie sexuelle|couche avec|coups? dun soir|plan cul",
        r"bo[am] de cama|transou|vida sexual|vita sessuale|brav[oa] a letto|andat[oa] a letto con",
    ),
    "money": (
        rf"(?:owes?|owed|owing|lent|loaned|borrowed) (?:\w+ )?(?:{_SUM}|money|cash|hundreds|thousands|a grand|a fortune|rent)|(?:in|her|his|their|credit card|student) debts?(?! to)",
        r"(?:earns?|makes|making|earning|paid) (?:about |around |over |like )?(?:[£$€] ?\d[\d.,]*k?|\d+ ?(?:k|grand|thousand|euros?|dollars|pounds|quid)|six figures|good money|minimum wage)",
        r"(?:her|his|their) (?:salary|wages|income|mortgage|savings|inheritance|trust fund|overdraft|bank account|credit score)|bankrupt|bankruptcy|trust fund|rich (?:parents|family)|filthy rich|(?:is|are|hes|shes|theyre) loaded{end}|on benefits|on the dole|"
        r"(?:is|are|hes|shes|theyre|always|totally|flat|dead|so) (?:broke|skint)(?:{end}| (?:all|again|until|till|after|right now|as|and)\b)|inherited (?:[£$€]|money|the house|a (?:house|flat|fortune))",
        r"(?:me|te|le|nos) debe (?:\d{2,}|dinero|pasta)|(?:tiene|con) deudas|gana (?:\d{3,}|mucho dinero|una pasta)|su (?:sueldo|salario|hipoteca|herencia)|sin un duro|esta forrad[oa]",
        r"schuldet (?:(?:mir|uns|ihm|ihr) )?(?:noch )?(?:\d{2,}|geld)|(?:hat|ihre|seine) schulden|verdient (?:\d{3,}|gut{end})|(?:ihr|sein) gehalt|(?:ist|war) pleite|burgergeld|stinkreich|(?:geld|haus) geerbt",
        r"(?:me|te|nous|lui) doit (?:\d{2,}|de largent)|(?:a des|ses) dettes|gagne (?:\d{3,}|bien sa vie)|(?:son|sa) (?:salaire|paie|heritage)|(?:est|suis) (?:fauchee?|au chomage)",
        r"(?:me|te) deve (?:\d{2,}|dinheiro)|(?:tem|com) dividas|(?:ha|suoi) debiti|(?:mi|ti) deve (?:\d{2,}|dei soldi)|suo stipendio|guadagna \d{3,}|ganha \d{3,}|o salario del[ae]",
    ),
    "whereabouts": (
        rf"(?:lives?|living|stays|address|house|flat|place|moved) (?:is |just )?(?:at|on|in|to|is) (?:number |no\.? |flat )?\d{{1,4}}[a-z]?,? (?:\w+ ){{1,3}}{_STREET}",
        r"\d{1,4}[a-z]?,? (?!we |i |the |a |of )\w+ (?:street|road|avenue|lane|crescent|terrace){end}",
        r"(?:lives?|living|house|flat|moved) (?:is |just )?(?:on|in|to|off) (?!the open )(?:\w+ ){1,3}(?:street|road|avenue|lane|crescent)(?! food)",
        r"(?:her|his|their|my|your) (?:home |exact |street )?address(?! book)|(?:postcode|post code|zip code) is|[a-z]{1,2}\d{1,2}[a-z]? (?!\d(?:[ap]m|st|nd|rd|th|hr|km|kg|cm|mm)\b)\d[a-z]{2}",
        r"(?:is|be|shes|hes) home alone (?:on|every|all|until|till|tonight|this|most)|(?:house|flat) is empty (?:on|until|till|all|this|every)|(?:away|abroad|out of town) (?:until|till) \w+|spare key (?:is|under)|"
        r"(?:walks|jogs|runs) (?:home )?alone (?:at|every|through|after)|(?:gets|finishes|leaves) (?:off )?(?:work|the office|home) at \d",
        r"(?:vive|vivo|casa|piso|direccion) (?:es |esta )?(?:en )?(?:la )?(?:calle|avenida|avda|plaza|paseo|carrer) (?:de |del |la )*\w+|su direccion|sola en casa (?:hasta|los|el)",
        r"(?:wohnt|wohne|wohnung|adresse) (?:ist )?(?:in der |im |in |am |an der )?\w*(?:strasse|str\.?|weg|platz|allee|gasse|damm|ufer)(?: \d+\w?)?|(?:ihre|seine) (?:adresse|anschrift)|\w+(?:strasse|str\.|allee|gasse) \d+\w?|allein zu hause (?:bis|jeden)",
        r"(?:habite|vit|adresse) (?:est |au |a |dans )*(?:le |la )?(?:\d{1,4},? (?:bis )?)?(?:rue|avenue|boulevard|impasse) \w+|son adresse|(?:mora|vive) (?:na|no) (?:rua|avenida|travessa|largo) \w+|endereco del[ae]",
        r"(?:abita|vive|sta) in (?:via|viale|piazza|corso|vicolo) \w+|suo indirizzo",
    ),
}

_PATTERNS: dict[str, re.Pattern[str]] = {matter: any_of(phrases) for matter, phrases in _PHRASES.items()}
MATTERS = tuple(_PATTERNS)


def touches_in(text: str) -> frozenset[str]:
    """Which of these matters the text speaks of."""
    folded = fold(text)
    return frozenset(matter for matter, pattern in _PATTERNS.items() if pattern.search(folded))
