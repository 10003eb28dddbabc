"""Yes and no from Unicode's Common Locale Data Repository.

CLDR 48.2.0, `yesstr` and `nostr` of `posix/messages`, as published in the npm package cldr-misc-full 48.2.0 (Unicode
License v3). Its one-letter short forms are left out but for Chinese, where they are whole words: a lone "o", "t" or "e"
may be a slip of the thumb.
"""

VERSION = "48.2.0"

YES_AND_NO: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "en": (("yes",), ("no",)),
    "es": (("sí",), ("no",)),
    "de": (("ja",), ("nein",)),
    "fr": (("oui",), ("non",)),
    "pt": (("sim",), ("não",)),
    "it": (("sì",), ("no",)),
    "nl": (("ja",), ("nee",)),
    "pl": (("tak",), ("nie",)),
    "tr": (("evet",), ("hayir",)),
    "ru": (("да",), ("нет",)),
    "uk": (("так",), ("ні",)),
    "ja": (("はい",), ("いいえ",)),
    "ko": (("예",), ("아니요",)),
    "zh": (("确定", "確定", "是"), ("否定", "否", "不")),
    "ar": (("نعم",), ("لا",)),
    "he": (("כן",), ("לא",)),
    "hi": (("हाँ",), ("नहीं",)),
}
