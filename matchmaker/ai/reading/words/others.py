"""The languages in which we read no more than yes, no, and the plainest statements about oneself."""

from matchmaker.ai.reading.grammar import Kind, Language

FRENCH = Language(
    code="fr",
    phrases={
        Kind.YES: """
            (ouais|ouip|mais oui|ben oui|bien sûr|bien entendu|évidemment|tout à fait|absolument|carrément)
            (certainement)
            oui (tout à fait|absolument)
        """,
        Kind.WILLING: """
            (d'accord|j'accepte|je suis d'accord|avec plaisir|volontiers|vas y|allez y|je veux bien)
            (je suis partant|je suis partante|s'il te plaît|s'il vous plaît|c'est parti)
            (allons y|on y va|on le fait)
        """,
        Kind.WEAK_YES: "(ça marche|ça va|entendu|parfait|c'est bon|c'est ça|exact|exactement|c'est correct|dac)",
        Kind.NO: """
            (nan|non non|non merci|pas du tout|surtout pas|absolument pas)
            [non] (je ne veux pas|je veux pas|je refuse|je préfère pas|je préfère que non|je ne préfère pas)
        """,
        Kind.CLAIM: """
            (c'est mon profil|le profil est pour moi|c'est pour mon profil|il s'agit de moi|ça parle de moi)
        """,
        Kind.CLAIM_IF_ASKED: "(moi|c'est moi|c'est pour moi|pour moi|de moi|ben moi|ce serait moi)",
        Kind.ADULT: "je suis (majeur|majeure|adulte|un adulte|une adulte)",
        Kind.ANSWER: """
            (je m'appelle|moi c'est|je suis|appelle moi|appelez moi) {first_name}
            (j'habite|je vis|j'habite à|je vis à|à|je suis de) {area}
            (je suis|je travaille comme|j'étudie|je suis un|je suis une) {job_or_study}
            (je suis|je suis un|je suis une) ({gender}|{orientation})
            (je mesure|je fais|moi je fais) {height_cm}
        """,
        Kind.UNDO: "(annuler|annule|annulez|annule ça)",
        Kind.SKIP: """
            (je passe|passer|passe|question suivante|suivant|je préfère ne pas le dire|je préfère ne pas répondre)
        """,
        Kind.GREETING: "(bonjour|salut|coucou|bonsoir|salut tout le monde|bonjour à tous)",
        Kind.COURTESY: "(stp|svp)",
        Kind.THANKS: "(merci|merci beaucoup)",
        Kind.FILLER: "(alors|ben|bah|eh bien|euh)",
        Kind.WISH: "[mais] (soyez gentils|sois gentil|soyez sympas)",
        Kind.AND: "(et|&|+)",
    },
    doubtful="""
        (oui|ouais|ben|bah) (bien sûr|ouais|oui|évidemment|certainement|parfait)
    """,
    frames={
        Kind.AGE: """
            j'ai {n} ans
            moi j'ai {n} ans
        """,
        Kind.ITEM: "{n}",
        Kind.AGE_IF_ASKED: """
            {n}
            {n} ans
        """,
        Kind.INTRODUCTION: """
            (je suis|je m'appelle|moi c'est|c'est) {name}
        """,
    },
)
PORTUGUESE = Language(
    code="pt",
    phrases={
        Kind.YES: """
            (sim por favor|claro|claro que sim|com certeza|óbvio|sim sim|isso mesmo)
            sim (claro que sim|com certeza|senhor|senhora)
        """,
        Kind.WILLING: """
            (aceito|eu aceito|concordo|eu concordo|de acordo|com prazer|pode ser|podes fazer|pode fazer)
            (vamos lá|vamos nessa|bora|tô dentro|estou dentro|topo|eu topo|força)
        """,
        Kind.WEAK_YES: "(tá|tá bom|tá bem|está bem|beleza|perfeito|certo|combinado|isso|correto|exato)",
        Kind.NO: """
            (nao|não não|não obrigado|não obrigada|de jeito nenhum|nem pensar|melhor não|prefiro não)
            [não] (não quero|não aceito|não concordo)
        """,
        Kind.CLAIM: """
            (é o meu perfil|é meu perfil|o perfil é meu|o perfil é para mim|é sobre mim|o perfil é sobre mim)
        """,
        Kind.CLAIM_IF_ASKED: "(eu|sou eu|é para mim|para mim|sobre mim|eu mesmo|eu mesma|é meu)",
        Kind.ADULT: "sou (maior de idade|adulto|adulta|maior de 18 [anos])",
        Kind.ANSWER: """
            (me chamo|meu nome é|o meu nome é|eu sou|sou|sou o|sou a) {first_name}
            [eu] (moro em|vivo em|sou de) {area}
            [eu] (sou|trabalho como|estudo) {job_or_study}
            [eu] (meço|tenho) {height_cm} [de altura]
        """,
        Kind.UNDO: "(desfazer|desfaz|desfaça)",
        Kind.SKIP: "(pular|pula|passo|saltar|próxima|prefiro não dizer|prefiro não responder)",
        Kind.GREETING: "(oi|olá|bom dia|boa tarde|boa noite|oi gente|olá a todos)",
        Kind.COURTESY: "(por favor)",
        Kind.THANKS: "(obrigado|obrigada|muito obrigado|muito obrigada|valeu)",
        Kind.FILLER: "(bom|então)",
        Kind.AND: "(e|&|+)",
    },
    doubtful="""
        (sim|claro|tá) (claro|sim|tá)
    """,
    frames={
        Kind.AGE: """
            [eu] tenho {n} anos
        """,
        Kind.ITEM: "{n}",
        Kind.AGE_IF_ASKED: """
            {n}
            {n} anos
            [eu] tenho {n}
        """,
        Kind.INTRODUCTION: """
            [eu] sou [o|a] {name}
            (me chamo|chamo me|meu nome é|o meu nome é) {name}
        """,
    },
)
ITALIAN = Language(
    code="it",
    phrases={
        Kind.YES: """
            (sì per favore|certo|certo che sì|certamente|assolutamente sì|sì certo che sì|naturalmente|sicuramente)
        """,
        Kind.WILLING: """
            (accetto|acconsento|d'accordo|sono d'accordo|volentieri|molto volentieri|con piacere|ci sto)
            (facciamolo|procedi|procedete|procedi pure|fai pure|fate pure|andiamo avanti|grazie volentieri)
        """,
        Kind.WEAK_YES: "(va bene|vabbè|perfetto|esatto|giusto|corretto|tutto giusto|tutto bene|tutto corretto)",
        Kind.NO: """
            (no no|no grazie|assolutamente no|per niente|meglio di no|preferisco di no|direi di no)
            [no] (non voglio|non accetto|non sono d'accordo)
        """,
        Kind.CLAIM: "(è il mio profilo|il profilo è mio|il profilo è per me|si tratta di me|riguarda me)",
        Kind.CLAIM_IF_ASKED: "(io|sono io|di me|per me|è per me)",
        Kind.ADULT: "sono (maggiorenne|adulto|adulta)",
        Kind.ANSWER: """
            (mi chiamo|sono|io sono|il mio nome è|chiamami|chiamatemi) {first_name}
            (vivo a|abito a|sono di|vivo in) {area}
            (sono|faccio|faccio il|faccio la|lavoro come|studio|sono un|sono una) {job_or_study}
            [io] sono (alto|alta) {height_cm}
        """,
        Kind.UNDO: "(annulla|annullare)",
        Kind.SKIP: "(salta|salto|passo|preferisco non dirlo|preferisco non rispondere|prossima domanda)",
        Kind.GREETING: "(ciao|ciao a tutti|buongiorno|buonasera|salve)",
        Kind.COURTESY: "(per favore|prego)",
        Kind.THANKS: "(grazie|grazie mille)",
        Kind.FILLER: "(allora|beh|dunque)",
        Kind.AND: "(e|ed|&|+)",
    },
    doubtful="""
        sì (certo|ovvio|naturalmente|vabbè)
        (certo|vabbè) (certo|sì)
    """,
    frames={
        Kind.AGE: """
            [io] ho {n} anni
        """,
        Kind.ITEM: "{n}",
        Kind.AGE_IF_ASKED: """
            {n}
            {n} anni
            ne ho {n}
        """,
        Kind.INTRODUCTION: """
            [io] sono {name}
            mi chiamo {name}
        """,
    },
)
DUTCH = Language(
    code="nl",
    phrases={
        Kind.YES: "(ja alsjeblieft|jawel|zeker|jazeker|natuurlijk|absoluut|tuurlijk|ja natuurlijk)",
        Kind.WILLING: """
            (akkoord|ik ga akkoord|graag|heel graag|ik doe mee|doe maar|doe dat|ga je gang|ga maar)
            (laten we het doen|prima voor mij|ik stem toe|is goed|dat is goed)
        """,
        Kind.WEAK_YES: "(goed|prima|oké|klopt|dat klopt|alles klopt|inderdaad|juist)",
        Kind.NO: """
            (neen|nee nee|nee dank je|nee bedankt|nee hoor|liever niet|absoluut niet|zeker niet|nee liever niet)
            (ik wil niet|ik wil dat niet)
        """,
        Kind.CLAIM: """
            (het gaat over mij|het gaat om mij|het is mijn profiel|het profiel is van mij|het profiel is voor mij)
        """,
        Kind.CLAIM_IF_ASKED: "(ik|mij|over mij|voor mij|dat ben ik|ik ben het|dat zou ik zijn)",
        Kind.ADULT: "ik ben (volwassen|meerderjarig|boven de 18|ouder dan 18)",
        Kind.ANSWER: """
            (ik heet|ik ben|mijn naam is|noem me) {first_name}
            (ik woon in|ik kom uit|in|uit) {area}
            (ik ben|ik ben een|ik werk als|ik studeer) {job_or_study}
            ik ben {height_cm} [lang]
        """,
        Kind.UNDO: "(ongedaan maken|maak ongedaan|maak dat ongedaan)",
        Kind.SKIP: "(overslaan|sla over|volgende|volgende vraag|zeg ik liever niet|dat zeg ik liever niet)",
        Kind.GREETING: "(hallo|hoi|hey|goedemorgen|goedenavond|dag allemaal|hoi allemaal)",
        Kind.COURTESY: "(alsjeblieft|graag gedaan)",
        Kind.THANKS: "(dank je|dank je wel|bedankt)",
        Kind.FILLER: "(nou|dus|ach)",
        Kind.AND: "(en|&|+)",
    },
    doubtful="""
        ja (ja|hoor|zeker|tuurlijk|goed|dus|nou)
        (nou|ach) (ja|zeker|goed)
    """,
    frames={
        Kind.AGE: """
            ik ben {n} [jaar] [oud]
        """,
        Kind.ITEM: "{n}",
        Kind.AGE_IF_ASKED: """
            {n}
            {n} jaar [oud]
        """,
        Kind.INTRODUCTION: """
            ik ben {name}
            (ik heet|mijn naam is) {name}
        """,
    },
)
POLISH = Language(
    code="pl",
    phrases={
        Kind.YES: "(tak proszę|oczywiście|jasne|pewnie|jasne że tak|pewnie że tak|tak oczywiście|no tak|owszem)",
        Kind.WILLING: """
            (zgadzam się|zgoda|chętnie|z przyjemnością|działaj|działajmy|zróbmy to|wchodzę w to|wyrażam zgodę)
            (możesz)
        """,
        Kind.WEAK_YES: "(dobra|dobrze|w porządku|zgadza się|wszystko się zgadza|dokładnie)",
        Kind.NO: """
            (nie nie|nie dziękuję|nie dzięki|wcale nie|absolutnie nie|raczej nie|wolę nie|nie chcę|nie zgadzam się)
            (lepiej nie)
        """,
        Kind.CLAIM: "(to mój profil|chodzi o mnie|profil jest mój|profil jest dla mnie)",
        Kind.CLAIM_IF_ASKED: "(o mnie|o mnie chodzi|dla mnie|to ja|ja jestem)",
        Kind.ADULT: "jestem (pełnoletni|pełnoletnia|dorosły|dorosła)",
        Kind.ANSWER: """
            (mam na imię|jestem|nazywam się) {first_name}
            (mieszkam w|jestem z) {area}
            jestem {job_or_study}
            mam {height_cm} [wzrostu]
        """,
        Kind.UNDO: "(cofnij|cofnij to)",
        Kind.SKIP: "(pomiń|pomijam|dalej|następne pytanie|wolę nie mówić|nie chcę mówić)",
        Kind.GREETING: "(cześć|hej|dzień dobry|siema|hej wszystkim)",
        Kind.COURTESY: "(proszę)",
        Kind.THANKS: "(dzięki|dziękuję)",
        Kind.FILLER: "(więc)",
        Kind.AND: "(i|oraz|&|+)",
    },
    doubtful="""
        tak (jasne|pewnie|tak)
        no (tak|jasne|pewnie)
    """,
    frames={
        Kind.AGE: """
            mam {n} (lat|lata)
        """,
        Kind.ITEM: "{n}",
        Kind.AGE_IF_ASKED: """
            {n}
            {n} (lat|lata)
            mam {n}
        """,
        Kind.INTRODUCTION: """
            (jestem|mam na imię|nazywam się) {name}
        """,
    },
)
TURKISH = Language(
    code="tr",
    phrases={
        Kind.YES: "(evet lütfen|evet evet|tabii|tabii ki|elbette|kesinlikle|evet tabii ki|aynen öyle)",
        Kind.WILLING: """
            (kabul ediyorum|onaylıyorum|razıyım|varım|memnuniyetle|hadi yapalım|yapalım|başlayalım)
            (katılıyorum|kabul|izin veriyorum)
        """,
        Kind.WEAK_YES: "(tamam|olur|peki|doğru|aynen)",
        Kind.NO: "(hayır|hayır hayır|yok|hayır teşekkürler|istemiyorum|kabul etmiyorum|asla|hayır istemiyorum)",
        Kind.CLAIM: "(profil benim|bu benim profilim|profil benim için|profil benim hakkımda)",
        Kind.CLAIM_IF_ASKED: "(ben|benim|benim için|o benim)",
        Kind.ADULT: "(yetişkinim|reşitim|18 yaşından büyüğüm)",
        Kind.ANSWER: """
            (adım|benim adım|ben) {first_name}
            ben {job_or_study}
        """,
        Kind.UNDO: "(geri al|geri alın)",
        Kind.SKIP: "(geç|geçelim|atla|söylememeyi tercih ederim|söylemek istemiyorum)",
        Kind.GREETING: "(merhaba|selam|selamlar|herkese merhaba)",
        Kind.COURTESY: "(lütfen)",
        Kind.THANKS: "(teşekkürler|teşekkür ederim|sağ ol)",
        Kind.AND: "(ve|&|+)",
    },
    doubtful="""
        evet (tabii|aynen)
        (tabii|tamam) (tabii|tamam)
    """,
    frames={
        Kind.AGE: """
            [ben] {n} yaşındayım
        """,
        Kind.ITEM: "{n}",
        Kind.AGE_IF_ASKED: """
            {n}
            {n} yaşında
        """,
        Kind.INTRODUCTION: """
            (ben|adım|benim adım) {name}
        """,
    },
)
RUSSIAN = Language(
    code="ru",
    phrases={
        Kind.YES: "(да пожалуйста|конечно|да конечно|разумеется|безусловно|обязательно|ага|угу)",
        Kind.WILLING: """
            (согласен|согласна|я согласен|я согласна|давай|давайте|с удовольствием|я за|поехали|я в деле)
            (не против|я не против|можно)
        """,
        Kind.WEAK_YES: "(ладно|хорошо|ок|окей|верно|правильно|всё верно|всё правильно|точно|именно|идёт)",
        Kind.NO: """
            (нет нет|не|неа|нет спасибо|не надо|не хочу|нет не хочу|не согласен|не согласна|ни за что|нет не надо)
            (лучше не надо|нет конечно)
        """,
        Kind.CLAIM: """
            (это мой профиль|профиль мой|профиль для меня|речь обо мне|это про меня|это обо мне|профиль обо мне)
        """,
        Kind.CLAIM_IF_ASKED: "(я|это я|про меня|обо мне|для меня|мой)",
        Kind.ADULT: """
            (я совершеннолетний|я совершеннолетняя|мне больше 18|мне есть 18|мне уже есть 18|я взрослый|я взрослая)
            (мне больше 18 лет)
        """,
        Kind.ANSWER: """
            (меня зовут|я|зови меня|зовите меня) {first_name}
            (я живу в|живу в|я из) {area}
            (я|я работаю) {job_or_study}
            [мой] рост {height_cm}
        """,
        Kind.UNDO: "(отменить|отмени|отмена|верни|верни обратно)",
        Kind.SKIP: "(пропустить|пропусти|пропустим|пропускаю|дальше|следующий вопрос|не хочу говорить|не скажу)",
        Kind.GREETING: "(привет|здравствуйте|всем привет|добрый день|добрый вечер)",
        Kind.COURTESY: "(пожалуйста)",
        Kind.THANKS: "(спасибо|большое спасибо)",
        Kind.FILLER: "(ну что ж|значит)",
        Kind.AND: "(и|&|+)",
    },
    doubtful="""
        (конечно|разумеется|да конечно) (ага|угу)
        (да|ага|угу) (да|ага|угу|конечно|ладно|хорошо|разумеется)
        (ладно|хорошо) (ладно|хорошо)
    """,
    frames={
        Kind.AGE: """
            мне [уже] {n} (год|года|лет)
        """,
        Kind.ITEM: "{n}",
        Kind.AGE_IF_ASKED: """
            {n}
            {n} (год|года|лет)
            мне [уже] {n}
        """,
        Kind.INTRODUCTION: """
            (я|меня зовут|это) {name}
        """,
    },
)
UKRAINIAN = Language(
    code="uk",
    phrases={
        Kind.YES: "(так будь ласка|так так|звичайно|звісно|авжеж|так звичайно|так звісно|ага)",
        Kind.WILLING: """
            (згоден|згодна|я згоден|я згодна|давай|давайте|із задоволенням|з задоволенням|я за|не проти)
            (я не проти)
        """,
        Kind.WEAK_YES: "(добре|гаразд|правильно|вірно|все правильно|все вірно|точно|саме так)",
        Kind.NO: "(ні ні|ні дякую|не треба|не хочу|ні не хочу|не згоден|не згодна)",
        Kind.CLAIM: "(це мій профіль|профіль мій|профіль для мене|йдеться про мене|це про мене)",
        Kind.CLAIM_IF_ASKED: "(я|це я|про мене|для мене)",
        Kind.ADULT: "(я повнолітній|я повнолітня|мені більше 18|мені є 18|я дорослий|я доросла)",
        Kind.ANSWER: """
            (мене звати|я) {first_name}
            (я живу в|живу в|я з) {area}
            я {job_or_study}
            [мій] зріст {height_cm}
        """,
        Kind.UNDO: "(скасувати|скасуй|поверни)",
        Kind.SKIP: "(пропустити|пропусти|пропускаю|далі|не хочу казати)",
        Kind.GREETING: "(привіт|вітаю|всім привіт|добрий день)",
        Kind.COURTESY: "(будь ласка)",
        Kind.THANKS: "(дякую)",
        Kind.AND: "(і|й|та|&|+)",
    },
    doubtful="""
        (так|ага) (ага|звичайно|звісно)
    """,
    frames={
        Kind.AGE: """
            мені [вже] {n} (рік|роки|років)
        """,
        Kind.ITEM: "{n}",
        Kind.AGE_IF_ASKED: """
            {n}
            {n} (рік|роки|років)
            мені [вже] {n}
        """,
        Kind.INTRODUCTION: """
            (я|мене звати|це) {name}
        """,
    },
)
JAPANESE = Language(
    code="ja",
    phrases={
        Kind.YES: "(はい お願いします|うん|ええ|もちろん|もちろんです|はい もちろん|そうです|はい そうです)",
        Kind.WILLING: "(おねがいします|同意します|同意する|賛成です|やりましょう|やろう|どうぞ|ぜひ|ぜひお願いします|喜んで|やります)",
        Kind.WEAK_YES: "(オッケー|おけ|了解|了解です|分かりました|合ってます|合っています)",
        Kind.NO: "(いや|いやです|やめて|やめてください|お断りします|だめ|嫌です|違います|同意しません)",
        Kind.CLAIM: "(私のプロフィールです|僕のプロフィールです|私のことです|僕のことです|俺のことです)",
        Kind.CLAIM_IF_ASKED: "(私|僕|俺|わたし|私です|僕です|俺です|わたしです|自分です)",
        Kind.ADULT: "(成人です|成人しています|大人です|18歳以上です|私は成人です)",
        Kind.ANSWER: """
            [私は|僕は|俺は] {first_name} (です|といいます|と言います|と申します|だよ)
            [私は|僕は] {area} (です|に住んでいます|に住んでます|在住です|に住んでる)
            [私は|僕は] {job_or_study} (です|をしています)
        """,
        Kind.UNDO: "(元に戻して|取り消し|取り消して|元に戻す)",
        Kind.SKIP: "(スキップ|パス|飛ばして|次|言いたくない|言いたくないです|答えたくない|答えたくないです)",
        Kind.GREETING: "(こんにちは|こんばんは|おはよう|おはようございます|どうも)",
        Kind.COURTESY: "(お願いします)",
        Kind.THANKS: "(ありがとう|ありがとうございます)",
    },
    frames={
        Kind.AGE: """
            (私は|僕は|俺は) {n} (歳|才|歳です|才です)
        """,
        Kind.ITEM: "{n}",
        Kind.AGE_IF_ASKED: """
            {n}
            {n} (歳|才|歳です|才です|です)
        """,
    },
)
KOREAN = Language(
    code="ko",
    phrases={
        Kind.YES: "(네 부탁해요|네|넵|넹|응|그럼요|물론이죠|물론|당연하죠|네 맞아요|네네 맞아요)",
        Kind.WILLING: "(동의해요|동의합니다|동의해|좋아요|좋습니다|찬성이에요|찬성|해 주세요|해주세요|부탁드려요|부탁합니다|하자|해요|할게요|시작해요)",
        Kind.WEAK_YES: "(오케이|알겠어요|알겠습니다|맞아요|맞습니다|그래|그래요|ㅇㅇ|ㅇㅋ)",
        Kind.NO: "(아니|아뇨|아니오|아니에요|싫어|싫어요|됐어요|하지 마|하지 마세요|동의하지 않아요|ㄴㄴ)",
        Kind.CLAIM: "(제 프로필이에요|내 프로필이야|제 프로필입니다|저에 대한 거예요)",
        Kind.CLAIM_IF_ASKED: "(저요|나|저|저예요|나야|나요|접니다|제 거예요)",
        Kind.ADULT: "[저는] (성인이에요|성인입니다|어른이에요)",
        Kind.ANSWER: """
            [저는|나는|제 이름은] {first_name} (예요|이에요|입니다|이라고 해요|라고 해요|야|이야)
            [저는|나는] {area} (에 살아요|에 살고 있어요|에 삽니다|살아요|이에요|예요)
            [저는|나는] {job_or_study} (예요|이에요|입니다)
        """,
        Kind.UNDO: "(취소|취소해 줘|되돌려 줘|되돌리기|실행 취소)",
        Kind.SKIP: "(패스|넘어가요|넘어갈게요|건너뛰기|말하고 싶지 않아요|말 안 할래요|다음)",
        Kind.GREETING: "(안녕|안녕하세요)",
        Kind.COURTESY: "(부탁해요)",
        Kind.THANKS: "(감사합니다|고마워요|고마워)",
        Kind.AND: "(그리고)",
    },
    frames={
        Kind.AGE: """
            (저는|나는|난|전) {n} (살|살이에요|살입니다|살이야)
        """,
        Kind.ITEM: "{n}",
        Kind.AGE_IF_ASKED: """
            {n}
            {n} (살|살이에요|살입니다|살이야|세)
        """,
        Kind.INTRODUCTION: """
            (저는|나는) {name}
        """,
    },
)
CHINESE = Language(
    code="zh",
    phrases={
        Kind.YES: "(是的|对|對|对的|當然|当然|嗯|好的|好|好啊|好呀|可以|可以的|行|没问题|沒問題|对对|當然可以|当然可以)",
        Kind.WILLING: "(同意|我同意|我愿意|我願意|愿意|来吧|來吧|开始吧|開始吧|是的我同意)",
        Kind.WEAK_YES: "(没错|沒錯|正确|正確|嗯嗯|行吧)",
        Kind.NO: "(不要|不行|不用|不可以|不是|不同意|我不同意|我不要|不用了|不用了谢谢|算了|没有|不了)",
        Kind.CLAIM: "(是我的资料|是我的個人資料|这是我的资料|這是我的資料|是关于我的|是關於我的)",
        Kind.CLAIM_IF_ASKED: "(我|是我|就是我|我自己|我的)",
        Kind.ADULT: "(我是成年人|我成年了|我已成年|我满18岁了|我滿18歲了)",
        Kind.ANSWER: """
            (我叫|我是|叫我) {first_name}
            (我住在|我住|我在|住在|我来自) {area}
            (我是|我是一名|我是个) {job_or_study}
        """,
        Kind.UNDO: "(撤销|撤銷|恢复|復原)",
        Kind.SKIP: "(跳过|跳過|略过|略過|下一个|下一個|不想说|不想說)",
        Kind.GREETING: "(你好|大家好|嗨)",
        Kind.COURTESY: "(请|請)",
        Kind.THANKS: "(谢谢|謝謝)",
    },
    frames={
        Kind.AGE: """
            (我|我今年|我已经|我已經) {n} (岁|歲|岁了|歲了)
        """,
        Kind.ITEM: "{n}",
        Kind.AGE_IF_ASKED: """
            {n}
            {n} (岁|歲|岁了|歲了)
        """,
    },
)
ARABIC = Language(
    code="ar",
    phrases={
        Kind.YES: "(نعم من فضلك|أيوه|ايوه|بالتأكيد|طبعا|طبعًا|بالطبع|أكيد|اكيد|نعم بالتأكيد)",
        Kind.WILLING: "(موافق|موافقة|أوافق|اوافق|أنا موافق|أنا موافقة|تفضل|تفضلي|بكل سرور|هيا بنا)",
        Kind.WEAK_YES: "(حسنا|حسنًا|تمام|طيب|صحيح|اوكي|ماشي)",
        Kind.NO: "(كلا|لأ|لا شكرا|لا شكرًا|لا أريد|لا أوافق|لا اريد|غير موافق|غير موافقة)",
        Kind.CLAIM: "(هذا ملفي|الملف لي|الملف عني)",
        Kind.CLAIM_IF_ASKED: "(أنا|انا|عني)",
        Kind.ADULT: "(أنا بالغ|أنا بالغة|انا بالغ|انا بالغة)",
        Kind.ANSWER: """
            (اسمي|أنا|انا) {first_name}
            (أعيش في|أسكن في|انا من|أنا من) {area}
            (أنا|انا) {job_or_study}
        """,
        Kind.UNDO: "(تراجع|تراجع عن ذلك)",
        Kind.SKIP: "(تخطي|تخطى|أفضل عدم القول|التالي)",
        Kind.GREETING: "(مرحبا|أهلا|السلام عليكم|اهلا)",
        Kind.COURTESY: "(من فضلك)",
        Kind.THANKS: "(شكرا|شكرًا)",
    },
    frames={
        Kind.AGE: """
            عمري {n} [سنة|عاما|سنوات]
        """,
        Kind.ITEM: "{n}",
        Kind.AGE_IF_ASKED: """
            {n}
            {n} سنة
        """,
        Kind.INTRODUCTION: """
            (أنا|انا|اسمي) {name}
        """,
    },
)
HEBREW = Language(
    code="he",
    phrases={
        Kind.YES: "(כן בבקשה|כן כן|בטח|ברור|כמובן|בהחלט|כן בטח|כן כמובן)",
        Kind.WILLING: "(מסכים|מסכימה|אני מסכים|אני מסכימה|קדימה|בשמחה|יאללה|אני בפנים)",
        Kind.WEAK_YES: "(אוקיי|אוקי|בסדר|סבבה|נכון|מדויק|הכל נכון)",
        Kind.NO: "(לא לא|לא תודה|ממש לא|אני לא רוצה|לא רוצה|לא מסכים|לא מסכימה)",
        Kind.CLAIM: "(זה הפרופיל שלי|הפרופיל שלי|זה עליי|הפרופיל בשבילי)",
        Kind.CLAIM_IF_ASKED: "(אני|זה אני|עליי|בשבילי|זו אני)",
        Kind.ADULT: "אני (בגיר|בגירה|מבוגר|מבוגרת|מעל 18)",
        Kind.ANSWER: """
            (קוראים לי|שמי|אני) {first_name}
            (אני גר ב|אני גרה ב|גר ב|גרה ב|אני מ) {area}
            אני {job_or_study}
        """,
        Kind.UNDO: "(בטל|בטלי|לבטל)",
        Kind.SKIP: "(דלג|דלגי|לדלג|הלאה|מעדיף לא לומר|מעדיפה לא לומר)",
        Kind.GREETING: "(היי|שלום|הי|שלום לכולם)",
        Kind.COURTESY: "(בבקשה)",
        Kind.THANKS: "(תודה|תודה רבה)",
    },
    doubtful="""
        כן בטח
    """,
    frames={
        Kind.AGE: """
            אני (בן|בת) {n}
        """,
        Kind.ITEM: "{n}",
        Kind.AGE_IF_ASKED: """
            {n}
            (בן|בת) {n}
        """,
        Kind.INTRODUCTION: """
            (אני|קוראים לי|שמי) {name}
        """,
    },
)
HINDI = Language(
    code="hi",
    phrases={
        Kind.YES: "(हां|जी|जी हाँ|जी हां|हाँ जी|हां जी|बिल्कुल|ज़रूर|बेशक)",
        Kind.WILLING: """
            (मैं सहमत हूँ|मैं सहमत हूं|सहमत हूँ|मंज़ूर है|मुझे मंज़ूर है|मैं तैयार हूँ|करो|कर दो|कीजिए)
        """,
        Kind.WEAK_YES: "(ठीक है|ठीक|अच्छा|ओके|सही है|सही)",
        Kind.NO: "(नही|ना|जी नहीं|नहीं धन्यवाद|नहीं चाहिए|बिल्कुल नहीं|मैं सहमत नहीं हूँ)",
        Kind.CLAIM: "(यह मेरी प्रोफ़ाइल है|ये मेरी प्रोफ़ाइल है|प्रोफ़ाइल मेरी है|यह मेरे बारे में है)",
        Kind.CLAIM_IF_ASKED: "(मैं|मेरी|मेरे बारे में|मेरे लिए)",
        Kind.ADULT: "मैं (बालिग हूँ|बालिग हूं|वयस्क हूँ|वयस्क हूं)",
        Kind.ANSWER: """
            (मेरा नाम|मैं) {first_name} [है|हूँ|हूं]
            मैं {area} में (रहता|रहती) (हूँ|हूं)
            मैं {job_or_study} (हूँ|हूं)
        """,
        Kind.UNDO: "(वापस लो|पूर्ववत करें)",
        Kind.SKIP: "(छोड़ो|छोड़ दो|अगला|नहीं बताना|नहीं बताना चाहता|नहीं बताना चाहती)",
        Kind.GREETING: "(नमस्ते|हैलो|नमस्कार)",
        Kind.COURTESY: "(कृपया)",
        Kind.THANKS: "(धन्यवाद|शुक्रिया)",
        Kind.AND: "(और)",
    },
    frames={
        Kind.AGE: """
            (मैं|मेरी उम्र) {n} [साल|वर्ष] [का|की] (हूँ|हूं|है)
        """,
        Kind.ITEM: "{n}",
        Kind.AGE_IF_ASKED: """
            {n}
            {n} (साल|वर्ष)
        """,
        Kind.INTRODUCTION: """
            (मैं|मेरा नाम) {name} [हूँ|हूं|है]
        """,
    },
)

OTHERS = (
    FRENCH, PORTUGUESE, ITALIAN, DUTCH, POLISH, TURKISH, RUSSIAN, UKRAINIAN, JAPANESE, KOREAN, CHINESE, ARABIC, HEBREW, HINDI
)  # fmt: skip
