"""Spanish. Only what cannot mean anything else: a phrase that needs its context is the model's to read."""

from matchmaker.ai.reading.grammar import Kind, Language

SPANISH = Language(
    code="es",
    phrases={
        Kind.YES: """
            (sip|sipi|sep)
            (seguro|obvio|obviamente|sin duda) que sí
            sí eso
            sí sí
            sí sí sí
            sí por favor
            sí (lo soy|señor|señora|señorita|así es)
            (pues sí|claro que sí|por supuesto que sí|desde luego que sí)
        """,
        Kind.CONSENT: """
            [yo] [lo] acepto
            (doy|os doy|te doy|les doy) [mi] (permiso|consentimiento)
            (consiento|estoy de acuerdo|accedo|autorizo)
            adelante con (el|mi) perfil
            (hazme el perfil|hazme un perfil|haz el perfil|haz mi perfil|haced el perfil|hacedme un perfil)
            (puedes|podéis|pueden) hacerme un perfil
            (tienes|tenéis|tienen) mi permiso
        """,
        Kind.WILLING: """
            de acuerdo
            (me apunto|me animo|me uno)
            (hecho|trato hecho|va que va)
            (venga va|vamos a ello|vamos allá|vamos con ello|vamos con eso|a ello|a por ello|allá vamos)
            (vamos a hacerlo)
            (adelante|dale|démosle|hagámoslo|hazlo|hacedlo|háganlo|hágalo|hacelo|dale nomás)
            adelante con (ello|eso)
            (cuenta|contad|cuenten|contá) conmigo
            [estoy] (encantado|encantada|encantadísimo|encantadísima) [de hacerlo]
            [lo hago] (con gusto|con mucho gusto|con placer)
            lo hago encantad(o|a)
            (por mí|para mí) (sí|bien|vale|está bien|perfecto|adelante|ok)
            por mí
            me parece (bien|perfecto|genial|estupendo)
            (quiero|sí que quiero|quiero hacerlo|lo hago|hazme uno)
            (me gustaría|me encantaría)
            (puedes|podéis|pueden) [hacerlo|empezar]
            (empecemos|empezamos|comencemos)
            estoy (dentro|listo|lista|dispuesto|dispuesta)
        """,
        Kind.WEAK_YES: """
            (sii|siii|siiii)
            (por supuesto|desde luego|sin duda)
            (claro|obvio|ciertamente|pues claro)
            (vale|bueno|bien|va|venga|listo|perfecto|correcto|exacto|exactamente|órale|está bien|de una|oká)
            (ok vale|vale pues|pues vale|pues venga|bueno vale|pues bueno|vale venga|bueno venga)
            (ándale|ándale pues|sale pues|sale y vale|hágale|hágale pues|totalmente|absolutamente)
            (vale|ok|okay|va) vale
            (así es|eso es|es correcto|es así|es verdad|es cierto|todo bien|todo correcto|todo está bien)
            (todo perfecto|está todo bien)
            (sin problema|no hay problema|ningún problema|no me importa)
            (vale|ok|okay|está bien|bueno) me rindo
            suena bien
            vamos
        """,
        Kind.NO: """
            (no|nop|nel)
            (no no|no no no)
            [no] (no gracias|gracias pero no|para nada|ni hablar|de ninguna manera|en absoluto|ni loco|ni loca)
            [no] (nunca|jamás|claro que no|por supuesto que no|desde luego que no)
            [no] (no quiero|no acepto|no lo hagas|no lo hagáis|no lo hagan|no consiento|no me apunto)
            [no] (no estoy de acuerdo|no me interesa|no me apetece|no quiero hacerlo|no quiero un perfil)
            [no] (prefiero que no|preferiría que no|yo no|conmigo no cuentes|conmigo no contéis)
            no por favor
        """,
        Kind.CLAIM: """
            [pues] es mi perfil
            el perfil es (mío|para mí|el mío|sobre mí|de mí)
            [es] sobre mí el perfil
            (es|va) sobre mí
            (se trata|va) de mí
            [es] para mí el perfil
            [el perfil] va a ser (mío|para mí|sobre mí)
            [el perfil] (será|sería) (mío|para mí|sobre mí)
            soy yo (el|la) del perfil
        """,
        Kind.CLAIM_IF_ASKED: """
            (yo|a mí|de mí|sobre mí|para mí|es para mí|yo mismo|yo misma|mío|el mío|es mío)
            (yo soy|soy) (el|la) (soltero|soltera) [aquí]
            yo yo
            (soy yo|yo soy|pues soy yo|pues yo|sería yo|esa soy yo|ese soy yo|seré yo|esa sería yo|ese sería yo)
            (soy yo mismo|soy yo misma)
            me temo que soy yo
            (la|el) (afortunada|afortunado|víctima|interesada|interesado|elegida|elegido) soy yo
            soy (la|el) (afortunada|afortunado|víctima|interesada|interesado|elegida|elegido)
        """,
        Kind.ADULT: """
            [ya] soy [ya|también] (mayor de edad|adulta|adulto|una adulta|un adulto|una persona adulta|mayor de 18)
            [ya] soy [ya|también] (mayor de dieciocho|mayor de 18 años)
            [ya] tengo (más de 18|más de 18 años|más de dieciocho|más de dieciocho años|la mayoría de edad)
        """,
        Kind.DECLINE: """
            (mejor no|prefiero no|preferiría no)
        """,
        Kind.ANSWER: """
            (me llamo|soy|yo soy|mi nombre es|llámame|llamadme|llámenme|pon|poned|me dicen|me llaman) {first_name}
            (todos me llaman|todo el mundo me llama) {first_name}
            {first_name} (está bien|vale|a secas|sin más)
            (con|como) {first_name} (vale|está bien|basta)
            (vivo en|soy de|yo soy de|yo vivo en|en|de|estoy en|resido en|desde) {area}
            (soy|yo soy|soy un|soy una|trabajo de|trabajo como|trabajo en|estudio|yo estudio) {job_or_study}
            (me dedico a|me dedico a la|me dedico al) {job_or_study}
            (soy|yo soy|soy un|soy una) ({gender}|{orientation}|{faith}|{politics})
            (un|una) {gender}
            (diría|digamos|elijo|me quedo con|prefiero|pon) {option}
            [yo] (mido|medir mido|mi altura es) {height_cm} [de altura|de alto|de alta|descalzo|descalza|exactos]
            [yo] (mi estatura es|son|exactamente) {height_cm} [de altura|de alto|de alta|descalzo|descalza|exactos]
            {height_cm} (de altura|de alto|de alta|descalzo|descalza|exactos|es correcto)
        """,
        Kind.NOT: """
            [pero] (menos|excepto|salvo|no lo de)
            pero no
        """,
        Kind.ALL_BUT: """
            [sí|no] (todo|todas|todos|todo bien|está todo bien|todo está bien) (menos|excepto|salvo|quitando)
            [sí|no] (todo correcto|bien|todo perfecto) (menos|excepto|salvo|quitando)
            sí (menos|excepto|salvo|pero no)
        """,
        Kind.IS_WRONG: """
            (está|están) (mal|equivocado|equivocada|equivocados|equivocadas)
            (es|son) (incorrecto|incorrecta|incorrectos|incorrectas|falso|falsa|mentira|falsos)
            no (es|son|está|están) (correcto|correcta|correctos|correctas|verdad|así|bien|cierto)
            (mal|falso)
        """,
        Kind.ALL_WRONG: """
            (todo|está todo|todo está|todas|todos) mal
            nada (es verdad|está bien|es correcto|es cierto)
        """,
        Kind.UNDO: """
            (deshacer|deshaz|deshazlo|deshacerlo|deshágalo|deshaced|deshacelo)
            (deshaz|deshacer) (eso|esto|lo último|el último cambio|el cambio)
            (recupéralo|devuélvelo|vuelve a ponerlo)
        """,
        Kind.SKIP: """
            (paso|saltar|salta|sáltala|sáltatela|sáltalo|omitir|omite|siguiente|la siguiente|siguiente pregunta)
            (sin comentarios)
            (paso de esta|paso de esa|salta esta|salta esa|saltar esta|saltar pregunta|saltemos esta|saltamos esta)
            [prefiero|preferiría|mejor] (no decirlo|no contestar|no responder|no contarlo|no decir|no decir nada)
            [prefiero|preferiría] (saltarla|saltarme esta|saltar esta|guardármelo|pasar|pasar de esta)
            (no quiero|no voy a) (decirlo|contestar|responder|contestar a eso|responder a eso|contarlo)
        """,
        Kind.GREETING: """
            (hola|buenas|buenos días|buenas tardes|buenas noches|ey|hey)
            (hola|buenas) (a todos|a todas|chicos|chicas|gente|equipo|matchmaker|grupo)
        """,
        Kind.COURTESY: """
            (por favor|porfa|porfi|porfis)
        """,
        Kind.THANKS: "(gracias|muchas gracias|mil gracias|gracias a todos|gracias a todas)",
        Kind.FILLER: """
            (pues|entonces|eh|ehh|ah|oye|oíd|mira|mirad|en realidad|la verdad|obviamente|efectivamente)
            (como sabéis|como ya sabéis|como sabes|que conste|por cierto)
        """,
        Kind.SIGH: """
            (qué remedio|qué se le va a hacer|me rindo|no me queda otra|qué le vamos a hacer)
        """,
        Kind.REGRET: """
            (perdón|perdona|perdonad|lo siento|por desgracia|lamentablemente|desgraciadamente|desafortunadamente)
            (tristemente|me temo)
        """,
        Kind.WISH: """
            [pero|y] (portaos bien|pórtate bien|pórtense bien|sed buenos|sed buenas|sé bueno|sé buena|sean buenos)
            [pero|y] (sed amables|sé amable|sean amables|con cariño|sin pasarse|sed majos|no os paséis|no te pases)
            [pero|y] (tratadme bien|trátame bien)
        """,
        Kind.HEDGE: """
            (supongo|supongo que)
        """,
        Kind.EMPHASIS: """
            (por qué no|100%|100 %|cien por cien|cien por ciento|al cien|al 100%)
            (genial|guay|estupendo|mola|me mola|qué guay|buenísimo|fenomenal|me encanta|qué bien|con ganas)
        """,
        Kind.AND: """
            (y|e|&|+|además|y además|y también)
        """,
    },
    doubtful="""
        sí (claro|obvio|bueno|bien|mira|vamos|pues|eh|ah|ay|oye)
        sí sí (claro|bueno)
        claro (claro|sí|obvio)
        bueno (vale|bueno|bien)
        vale (bueno|bien)
        (vale|ok|va) vale
        (ah|ay|uy|claro|obvio) (genial|guay|estupendo|mola|buenísimo|fenomenal|qué bien)
        (bueno|ok|okay|bien) (pues|eh|ah|mira|bueno|entonces|bien)
        (obvio|por supuesto) (obvio|sí|claro)
        (ah|oh|ay|oye|mira|eh) (sí|no|claro|vale|bueno|bien|seguro|perfecto)
        entonces (sí|no|vale|ok|bueno)
    """,
    in_one_breath="""
        sí (claro|obvio)
        (claro|obvio) sí
    """,
    frames={
        Kind.ITEM: """
            {n}
            [el|la|lo del|lo de la] (número|opción|punto|respuesta) {n}
            (el|la|lo del|lo de la) {n}
            # {n}
            [el|la|lo] {nth} [opción]
            (elijo|escojo|me quedo con|digo) [el|la] {n}
            (elijo|escojo|me quedo con) (el|la) {nth}
        """,
        Kind.AGE: """
            [yo] tengo [ya|solo|también|ahora] {n} años [ya]
            [yo] tengo {n} añitos
            mi edad es [de] {n} [años]
            (he cumplido|cumplí|acabo de cumplir) [ya|los] {n} [años]
        """,
        Kind.AGE_IF_ASKED: """
            {n}
            {n} (años|añitos|tacos|primaveras) [ya]
            [yo] [ya] tengo [ya] {n} [ya]
            {n} recién cumplidos
            (ya|solo) {n}
            ya tengo {n} años
        """,
        Kind.INTRODUCTION: """
            [yo] soy {name}
            me llamo {name}
            mi nombre es {name}
            aquí {name}
            {name} (al habla|aquí)
        """,
    },
    ordinals="""
        (primero|primera|primer)
        (segundo|segunda)
        (tercero|tercera|tercer)
        (cuarto|cuarta)
        (quinto|quinta)
        (sexto|sexta)
        (séptimo|séptima)
        (octavo|octava)
        (noveno|novena)
        (décimo|décima)
        (último|última)
    """,
)
