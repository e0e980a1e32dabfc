"""Which language a text is in, from the small words that nobody leaves out.

The words are the most frequent ones of each language that the others do not
share; or from the script, where that says it. A guess for choosing tables and for
showing, nothing finer: a Cyrillic text is called Russian, an Arabic one Arabic.
"""

from collections.abc import Iterable

ENOUGH = 2  # small words, and more of them than of any other language

_SMALL = {
    "en": "the and you to of is that it for with this have are not be my me at your was but will"
    " do on what can just like don't i'm i'll u im dont when how from they she we would get know",
    "de": "und ich nicht du das ist der die dich mir mich wir sie ein eine auf mit zu den dir von"
    " wenn auch aber wie noch nur bin hast wirst kann werde dass für sich es hab deine dein mal",
    "es": "que de la el los las y te lo por con una para como pero eres mi tu si está más muy voy"
    " esto ya cuando todo tus mis qué vas ni nos porque estoy tengo del sé donde contigo hijos",
    "fr": "je tu le les et est pas que des une pour dans qui vous nous mais avec sur ton mon ça"
    " plus moi toi suis cest j'ai c'est au du ce",
    "it": "che di il la non sono per una con mi ti ma come più della se ho hai questo anche perché"
    " lo gli nel alla",
    "pt": "que não você eu uma para por mas como meu minha está seu sua muito mais ele ela"
    " dos isso também",
    "nl": "ik je het een niet dat en van is de zijn maar op met voor hebt jij mij naar ook wat"
    " niet heb nog",
    "pl": "nie się jest że jak tak ale już mnie ciebie co czy tylko dla był jestem mam masz ci"
    " moje proszę kiedy dlaczego",
    "sv": "jag är inte och att det som har för på dig mig vad kan ska vill bara när också",
    "tr": "bir ve bu da çok ben sen seni beni ne için ama değil var yok gibi daha niye lütfen",
    "ro": "nu și că este sunt pentru cu mai dar ce te eu tu mă iti îți fost acum vreau",
    "tl": "ang ng mga sa na ako ko mo ka hindi lang naman po kasi yung kita sana bakit",
    "id": "aku kamu yang tidak dan itu ini saya untuk dengan sudah bisa mau gak nggak kenapa",
}
_BY_SCRIPT = (
    ("\u0370", "\u03ff", "el"),
    ("\u0400", "\u04ff", "ru"),
    ("\u0590", "\u05ff", "he"),
    ("\u0600", "\u06ff", "ar"),
    ("\u0900", "\u097f", "hi"),
    ("\u0e00", "\u0e7f", "th"),
    ("\u3040", "\u30ff", "ja"),
    ("\u4e00", "\u9fff", "zh"),
    ("\uac00", "\ud7af", "ko"),
)
_LANGUAGES_OF = {
    word: [language for language, words in _SMALL.items() if word in words.split()]
    for words in _SMALL.values()
    for word in words.split()
}


def language_of(words: Iterable[str]) -> str | None:
    """The ISO 639-1 code, or None where there is too little to go by."""
    counts: dict[str, int] = {}
    for word in words:
        for language in _LANGUAGES_OF.get(word, ()) or _of_script(word):
            counts[language] = counts.get(language, 0) + 1
    if not counts:
        return None
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] >= ENOUGH else None


def _of_script(word: str) -> tuple[str, ...]:
    if word[:1] < "\u0370":
        return ()
    return tuple(code for first, last, code in _BY_SCRIPT if first <= word[:1] <= last)
