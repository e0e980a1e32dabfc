"""English: court papers, codes, word carried for others, hand-overs and times."""

TABLE = """
legal_strong direct hereby-summoned
    you are hereby summoned/notified/ordered/commanded/served
    you have been served
legal_sign direct court-case
    case/docket/claim/petition number/no
legal_due direct by-when
    no later than
    on or before
    within # days
code_word direct speaks-of-a-code
    verification/security/login/confirmation/authentication/access/sign code/pin
    one time code/password/passcode/pin
    otp/passcode/2fa
    your code is
carries_word direct speaks-for-them
    he/she/they wants/asked/told/said me/to/you ~3 you/know/tell/say
"""
