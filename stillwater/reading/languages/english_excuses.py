"""English: what sounds like danger and is none."""

TABLE = """
* never figure-of-speech
    shoot YOU/me/us/HIM an/a/over/off/across email/mail/text/message/note/line/dm/query/reply
kill_or_injure idiom joking-threat
    KILL YOU if you eat/spoil/finish/drink/forget/touch/beat/miss
"""
