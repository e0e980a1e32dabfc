"""Letters that pass for Latin ones. The pairs are a selection from Unicode's own list.

Source: Unicode Technical Standard 39, confusables.txt, as far as letters of
living scripts and letter-like symbols go; compatibility forms (full width,
mathematical, circled) are not here, because NFKC maps them.
"""


def _pairs(foreign: str, latin: str) -> dict[int, str]:
    if len(foreign) != len(latin):
        raise ValueError("each letter needs exactly one that it passes for")
    return {ord(f): x for f, x in zip(foreign, latin, strict=True)}


CYRILLIC = _pairs(
    "АВЕЅІЈКМНОРСТУХҺԚԜѴӀЁЇҮ" + "авеѕіјкмнорстухһԁԛԝѵӏёїүөгпь",
    "ABESIJKMHOPCTYXHQWVIEIY" + "abesijkmhopctyxhdqwvleiyornb",
)
GREEK = _pairs(
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹϺ" + "αβγεηικνορστυχωϲϳμ",
    "ABEZHIKMNOPTYXCM" + "abyenikvopotuxwcju",
)
ARMENIAN = _pairs("ՕՍԼՏ" + "օսհցոզ", "OULS" + "ouhgnq")
CHEROKEE = _pairs("ᎠᎡᎢᎥᎪᎫᎬᎳᎻᎷᎽᏀᏃᏚᏞᏟᏢᏦᏴᏙ", "DRTIAJEWHMYGZSLCPKBV")

# Small capitals and turned letters: no language writes words with them.
NEVER_ORDINARY = _pairs(
    "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢɑɡıɩǝɐ",
    "abcdefghijklmnoprstuvwyzagiiea",
) | {first + i: chr(ord("a") + i) for first in (0x1F150, 0x1F170) for i in range(26)}

# Letters of a living alphabet each, and still easily taken for another.
LATIN_WITH_STROKES = _pairs("łŁøØđĐħĦŧŦƒɓɗƙƅ", "lLoOdDhHtTfbdkb")

FOREIGN = CYRILLIC | GREEK | ARMENIAN | CHEROKEE
ALL = FOREIGN | NEVER_ORDINARY | LATIN_WITH_STROKES
