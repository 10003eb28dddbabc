"""Text that is written at the machine rather than at friends: markup, and orders to a model. It is never kept as a story
or a compliment, and never repeated aloud."""

import re

from matchmaker.ai.safety.folding import any_of, fold

_MARKUP = re.compile(
    r"</?[a-z!?][\w:-]*(?:\s[^<>]*)?/?>"  # tags; not "<3"
    r"|<\|[^|<>]{1,40}\|>|<<\s*/?\s*sys\s*>>|\[/?\s*inst\s*\]"  # the marks between a model's turns
    r"|```|\{\{.*?\}\}|\{%.*?%\}|\$\{[^}]*\}|<!--|-->"
    r"|\[\s*/?\s*(?:system|assistant|developer|admin|end of [^\]]{1,30}|new instructions?)\b[^\]]{0,40}\]"
    r"|^\s*(?:#{2,}\s*)?(?:system|assistant|developer|human|user|ai|instructions?)\s*(?:message|prompt|note|override)?\s*[:>]"
    r"|[\"'](?:role|tool_calls?|function_call|arguments)[\"']\s*:"
    r"|\b[a-z]+_(?:fact|primary|consent|field|operator|stage|safety|flag)\s*\(",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)
_ORDERS = any_of(
    (
        # English
        r"(?:ignore|disregard|forget|override|bypass) (?:(?:the|of|everything in) )*"
        r"(?:all|any|every|your|these|previous|prior|above|earlier|preceding|existing|system|safety) "
        r"(?:(?:of|the|your|my|our|previous|prior|above|earlier|preceding|existing|system|safety) )*"
        r"(?:instructions?|prompts?|rules|guidelines|directives?|orders|training)",
        r"(?:ignore|disregard) (?:everything|all) (?:above|before|that was said before)|new (?:system )?instructions?:|system prompt|developer mode|jailbreak|dan mode",
        r"you are now (?:dan|in (?:developer|admin|debug|god|maintenance) mode|an? (?:unrestricted|different|new|evil)? ?(?:ai|assistant|bot|model|chatbot))",
        r"(?:pretend|act|behave) (?:to be|as if you (?:are|were)|like|as) (?:an? )?(?:\w+ )?(?:ai|assistant|bot|language model|admin|system)(?: without| with no|{end})|as an ai (?:language )?model",
        r"(?:reveal|print|show|repeat|output|leak) (?:me )?(?:your|the) (?:system |hidden |initial )?(?:prompt|instructions)",
        r"(?:mark|set|store|record|save) (?:everything|all facts|all fields|consent|the age|her age|his age) (?:as|to)",
        r"(?:call|use|invoke|run) the (?:tool|function) \w+",
        # Spanish
        r"(?:ignora|olvida|descarta|omite) (?:(?:todas?|todos?|las|los|tus|sus|mis|anteriores|previas) )+(?:instrucciones|reglas|ordenes|indicaciones|directrices)",
        r"(?:a partir de ahora|desde ahora) eres (?:un|una) (?:ia|asistente|bot)|mensaje del sistema|modo desarrollador",
        # German
        r"(?:ignoriere?|vergiss|missachte|uberspringe?) (?:(?:alle|deine|die|bisherigen|vorherigen|vorigen|obigen|samtliche) )+(?:anweisungen|regeln|instruktionen|vorgaben|befehle)",
        r"(?:ab jetzt|ab sofort) bist du (?:ein|eine) (?:ki|assistent(?:in)?|bot)|systemnachricht|systemprompt|entwicklermodus",
        # French
        r"(?:ignore|ignorez|oublie|oubliez) (?:(?:toutes|tous|les|tes|vos|precedentes|anterieures) )+(?:instructions|regles|consignes)",
        r"(?:a partir de maintenant|desormais)[,]? tu es (?:un|une) (?:ia|assistante?|bot)|message systeme|mode developpeur",
        # Portuguese
        r"(?:ignore|ignora|esqueca|esquece) (?:(?:todas|todos|as|os|suas|seus|tuas|anteriores) )+(?:instrucoes|regras|ordens)",
        r"(?:a partir de agora|de agora em diante)[,]? (?:voce e|tu es) (?:um|uma) (?:ia|assistente|bot)|mensagem do sistema",
        # Italian
        r"(?:ignora|dimentica) (?:(?:tutte|tutti|le|gli|tue|precedenti) )+(?:istruzioni|regole|ordini)",
        r"(?:da adesso|da ora in poi)[,]? sei (?:un|una) (?:ia|assistente|bot)|messaggio di sistema",
    )
)


def is_markup_or_instruction(text: str) -> bool:
    return _MARKUP.search(text) is not None or _ORDERS.search(fold(text)) is not None
