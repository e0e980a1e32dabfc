"""English words of danger: killing, weapons, self, fire, strangling, possession."""

TABLE = """
kill_or_injure direct says-they-will-kill
    I AUX+ KILL YOUR? ADJ* TARGET
    ^ AUX+ KILL YOUR? ADJ* TARGET
    I KILL YOU
    I will be KILL YOU
    I will be the death of you
    I AUX+ take YOUR life
    I AUX+ end YOUR? ADJ* life/YOU/HIM
    I AUX+ finish you/u/him/her/them off?
    I AUX+ have YOU/HIM killed/murdered/shot/stabbed
    I AUX+ get someone/somebody to KILL/HURT YOU/HIM
    I AUX+ see YOU/HIM dead/buried
    I want YOU/HIM dead
    I want to see YOU/HIM dead/die/bleed/suffer
    KILL YOU with my bare hands
    you AUX+ die
    you AUX+ end up dead
    you are/r/be ADV* dead
    you AUX+ be ADV* dead
    you are/r as? good as dead
    you dead meat
    you are dead to? meat
    you are a dead man/woman/girl/bitch/person/cunt
    dead woman/man/bitch walking
"""
