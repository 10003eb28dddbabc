"""Words of somebody who wants to die or to hurt themselves, spoken of themselves and now.

People say most of these words in jest or out of habit ("kill me now", "me muero de risa", "ich lach mich tot"), so what
follows a phrase counts: "I want to die" at the end of a clause, not "of embarrassment".
"""

from matchmaker.ai.safety.folding import Phrases

PHRASES: Phrases = {
    "en": (
        r"(?<!not )(?<!dont )(?<!never )(?<!was )(?:want to|wanna|going to|gonna|about to|planning to|ready to|feel like|tempted to|"
        r"(?:been )?(?:thinking|think) (?:of|about)|might(?: just)?|id rather) (?:just |really )?"
        r"(?:kill(?:ing)? myself(?! (?:laughing|trying|training|working|studying|running|over|on|for|if|with|when|at|by)\b)|"
        r"unaliv(?:e|ing) myself|tak(?:e|ing) my own life|end(?:ing)? my (?:own )?life(?! (?:as|insurance|story)\b)|end(?:ing)? it all(?: {end}|{end})|"
        r"commit(?:ting)? suicide|hang(?:ing)? myself|suicide(?: again| lately| a lot| more and more| all the time| every day)?{end})",
        r"hate (?:myself|my life|everything)(?: so much)? and (?:i )?(?:just )?(?:want to|wanna) die",
        r"(?:nobody|no ?one) (?:would|will|d) (?:even |really )?(?:miss me|care|notice) if i (?:(?:was|were|am) (?:gone|dead)|died|disappeared|killed myself){end}",
        r"(?:want to|wanna) (?:just )?disappear (?:forever|for good|and never come back){end}|id rather be dead{end}|"
        r"(?:ive been|ive started|i keep) self harming|i self harmed",
        r"(?:want to|wanna|feel like|thinking (?:of|about)|need to) (?:just )?(?:hurt|harm|cut)(?:ing|ting)? myself"
        r"(?! (?:a|an|some|off|another|in|at|with (?:this|that|the)|loose|out|down|laughing|dancing)\b)",
        r"i (?:(?:really|just|honestly|only|kind of|kinda|sometimes|actually|so|do) )*(?:want to|wanna|wish i could) "
        r"(?:just )?(?:die|be dead|stop existing|cease to exist)"
        r"(?:{end}| (?:right now|rn|now|tonight|today|any ?more|so (?:bad|badly|much)|and|but|already|sometimes|every ?day|tbh|please)\b)",
        r"i (?:(?:really|just|honestly|simply) )*(?:dont|do not|no longer|cant|cannot) (?:really |even |actually )?"
        r"(?:want to |wanna |want )?(?:live|living|be alive|exist|go on living|keep (?:on )?living|stay alive)"
        r"(?: any ?more| any longer)?{end}",
        r"(?:dont|do not) (?:want to|wanna) (?:be here|wake up) (?:any ?more|ever again)(?! (?:than|as)\b)",
        r"(?:hope|wish) i (?:just )?(?:dont|do not|never|wouldnt|could never) (?:ever )?wake up(?: again| tomorrow| ever)*{end}",
        r"(?:im|i am|ive been|i feel|i felt|feeling) (?:(?:really|so|very|kind of|kinda|actually|pretty|feeling|a bit|genuinely) )*suicidal",
        r"(?:i have|ive|i get|ive got|having|i keep having|ive had) (?:\w+ )?(?:suicidal thoughts|thoughts of (?:suicide|killing myself))",
        r"(?:no|any|see (?:a|the|any|no)) (?:reason|point) (?:to|in|of|for) (?:live|living|keep living|going on living|being alive|go on living|me to live)"
        r"(?! (?:in|with|near|at|there|on|so|without|like|this)\b)",
        r"(?:life|my life) (?:isnt|is not|aint|is no longer) worth (?:living|it any ?more){end}",
        r"better off (?:without me|if i (?:was|were) (?:dead|gone)|if i (?:wasnt|werent) (?:here|around|alive))(?! (?:in|on|at|for|as|tonight)\b)",
        r"(?:id|i would) be better off dead",
        r"wish i ?(?:(?:was|were) dead(?! (?:drunk|tired|sober|right)\b)|(?:d|ve|had|was|were|have)? ?never (?:been )?born|(?:wasnt|werent) (?:alive|born){end}|hadnt been born|(?:didnt|did not) exist)",
        r"(?:took|taken|swallowed) (?:all (?:of )?(?:my|the)|a (?:whole )?bottle of|too many|loads of) (?:\w+ )?(?:pills|tablets|meds|paracetamol)",
        r"(?:ive been|i keep|i started|ive started|been) (?:cutting|harming|hurting|burning) myself{end}",
    ),
    "es": (
        r"(?<!me )quiero morir(?:me)?(?:{end}| (?:ya|hoy|ahora|de verdad|y)\b)",
        r"me (?:quiero|quisiera) morir(?: de verdad| en serio| ya)?(?:\.|\n|$)",
        r"(?:quiero|quisiera|voy a|pienso en|pensando en|pensado en|ganas de|a punto de|pienso) (?:solo )?"
        r"(?:matarme|suicidarme|quitarme la vida|quitarme de en medio|acabar con mi vida|hacerme dano|terminar con mi vida|"
        r"desaparecer para siempre)(?! (?:a|de|si|con|en|estudiando|trabajando|por)\b)",
        r"me (?:quiero|voy a|quisiera) (?:matar|suicidar|quitar la vida)(?! (?:a|de|si|con|en|estudiando|trabajando|por)\b)",
        r"no quiero (?:seguir viviendo|vivir|existir|estar vivo|estar viva)(?: mas| asi)?{end}",
        r"no (?:tengo|encuentro|veo) (?:mas )?(?:ganas|motivos?|razon|razones|sentido) (?:de|para|a) (?:vivir|seguir viviendo|la vida){end}",
        r"(?:la|mi) vida (?:ya )?no (?:tiene sentido|vale la pena){end}",
        r"(?:tengo|tuve|he tenido) (?:\w+ )?(?:pensamientos|ideas) suicidas",
        r"(?:pienso|pensando|pensado) en (?:el )?suicidio|quiero acabar con todo{end}|no aguanto mas,? (?:me )?quiero (?:desaparecer|morir)",
        r"ojala (?:estuviera|estuviese) muert[oa]|ojala no (?:me )?(?:despertara|despertase|hubiera nacido|hubiese nacido)",
        r"(?:estariais|estarian|estarias|estareis|estaran|estan|estais) (?:\w+ )?mejor sin mi{end}",
    ),
    "de": (
        r"ich (?:(?:will|mochte|wollte|wurde|mag|kann) )(?:(?:einfach|nur|noch|wirklich|echt|so|am liebsten|gerne?) )*"
        r"(?:sterben|tot sein|nicht mehr (?:leben|aufwachen|existieren|da sein|weiterleben))(?! (?:wie|als|in|mit|ohne|vor|fur)\b)",
        r"(?:nicht mehr (?:leben|weiterleben)|ich (?:(?:nur|noch|einfach) )*sterben) (?:will|mochte|kann)",
        r"ich (?:will|mochte|werde|wollte|konnte) mich (?:(?:einfach|nur|am liebsten|jetzt|heute) )*"
        r"(?:umbringen|toten|erhangen|selbst verletzen|ritzen)",
        r"mich (?:umbringen|toten|selbst toten|erhangen) (?:will|mochte|werde)|mich umzubringen",
        r"ich bringe? mich (?:jetzt |heute |noch )?um(?! (?:fur|vor|wenn|den|die|das|mit)\b)",
        r"mir das leben (?:nehmen|zu nehmen)|meinem leben ein ende (?:setzen|machen|zu setzen)|mir (?:was|etwas) an(?:tun|zutun|tue)",
        r"(?:denke?|dachte|nachgedacht|gedacht) (?:(?:oft|viel|standig|gerade|schon|wieder|immer) )*(?:an|uber) (?:suizid|selbstmord)",
        r"(?:habe?|hatte) (?:\w+ )?(?:selbstmordgedanken|suizidgedanken)|ich bin (?:suizidal|selbstmordgefahrdet)",
        r"ich (?:wunschte|wollte),? ich (?:ware|war) (?:tot|nie geboren|nicht mehr da)|ware ich (?:doch )?(?:nur )?(?:tot|nie geboren)(?! umgefallen)",
        r"(?:keinen sinn|keinen grund|keine lust|keine kraft) mehr (?:im leben|zu leben|am leben|zum leben){end}",
        r"(?:ohne mich (?:alle )?besser dran|besser dran ohne mich){end}",
    ),
    "fr": (
        r"(?:je veux|jveux|jai envie de|je voudrais|jaimerais|envie de|je pense a|jai pense a) (?:juste |vraiment |seulement )?"
        r"(?:(?:mourir|crever)(?:{end}| (?:maintenant|ce soir|et)\b)|me tuer|me suicider|mettre fin a mes jours|me faire du mal|me pendre|me foutre en lair)"
        r"(?! (?:de|a|pour|avec|sur|en|au|si|quand|tellement)\b)",
        r"je vais (?:me tuer|me suicider|me pendre|mettre fin a mes jours)(?! (?:de|a|pour|si|au)\b)",
        r"(?:envie den|je veux en) finir{end}|en finir avec la vie|je pense (?:souvent |tout le temps )?au suicide",
        r"(?:je )?(?:ne )?(?:veux|peux|voulais) plus vivre(?: comme ca)?{end}",
        r"plus (?:envie|le gout|la force) de vivre{end}|(?:pas|plus|aucune) (?:de )?raison de vivre{end}",
        r"jai (?:\w+ )?(?:idees|pensees) suicidaires|je suis suicidaire",
        r"(?:jaimerais|je voudrais) (?:etre mort|etre morte|ne (?:plus|jamais) me reveiller|ne pas etre nee?|ne plus exister)",
        r"(?:mieux|bien) sans moi{end}",
    ),
    "pt": (
        r"(?:quero|queria|quis|penso em|pensando em|pensei em|vontade de|a pensar em) (?:so |mesmo |muito )?"
        r"(?:morrer(?:{end}| (?:agora|hoje|e)\b)|me matar|matar me|me suicidar|suicidar me|acabar com (?:a )?minha vida|tirar a (?:minha )?(?:propria )?vida|"
        r"por fim a (?:minha )?vida|me machucar|magoar me)(?! (?:de|por|com|se|no|na|em|a|velh[oa]|estudar|estudando|trabalhando)\b)",
        r"vou (?:me matar|matar me|me suicidar|suicidar me|acabar com a minha vida)(?! (?:de|por|se|no|na|a|estudando|trabalhando)\b)",
        r"nao (?:quero|aguento|consigo) (?:mais )?(?:viver|continuar a viver|continuar vivendo|existir)(?: mais| assim)?{end}",
        r"nao tenho (?:mais )?(?:vontade|razao|razoes|motivos?) (?:de|para) viver{end}",
        r"(?:queria|preferia|gostava de) (?:estar mort[oa]|nunca ter nascido|nao ter nascido|nao acordar mais)",
        r"(?:penso|pensado|pensando) (?:muito |sempre )?em suicidio",
        r"(?:tenho|tive|tendo) (?:\w+ )?pensamentos suicidas",
        r"(?:estariam|ficariam|estao|estariao) (?:\w+ )?melhor(?:es)? sem mim{end}",
    ),
    "it": (
        r"(?:voglio|vorrei|ho voglia di|pensando di|penso di|pensato di|sto per) (?:solo |davvero |soltanto |solamente )?"
        r"(?:morire(?:{end}| (?:adesso|oggi|e)\b)|uccidermi|ammazzarmi|suicidarmi|farla finita|togliermi la vita|farmi del male)"
        r"(?! (?:di|dal|dalle|dalla|a|se|per|in|con|vecchi[oa])\b)",
        r"mi voglio (?:uccidere|ammazzare|suicidare)(?! (?:di|a|se|per)\b)",
        r"non (?:voglio|riesco a|posso) (?:piu )?(?:vivere|esistere)(?: piu| cosi)?{end}",
        r"non ho (?:piu )?(?:voglia|motivi?|motivo|ragioni?|ragione) (?:di|per) vivere{end}",
        r"vorrei (?:essere mort[oa]|non essere (?:mai )?nat[oa]|non svegliarmi (?:piu|mai))",
        r"penso (?:spesso |sempre )?al suicidio|la faccio finita{end}",
        r"(?:ho|avuto) (?:\w+ )?pensieri (?:suicidi|suicidari|di suicidio)",
        r"meglio senza di me{end}",
    ),
}
