"""English words of danger to life: killing, weapons, the sender's own death, strangling."""

KILLING = """
kill_or_injure direct says-they-will-kill
    I AUX+ KILL YOUR? ADJ* TARGET
    ^ ADV* AUX+ KILL YOU
    gonna/going to? KILL YOU
    ^ KILL YOU ^
    KILL YOU ~2 when/once/if/unless I
    KILL YOU AUX* i/we
    I AUX+ be the death of you
    I AUX+ take YOUR ADJ* life
    I AUX+ end YOUR? ADJ* life/YOU/HIM ^
    I AUX+ end YOU/HIM ADV/bitch/whore/slut/if/unless/when/like
    gonna/going to? end YOU/HIM ^
    I AUX+ finish you/u/him/her/them/what ^
    I AUX+ finish you/u/him/her/them off ^/for/good/once/properly
    I AUX+ take YOU/HIM/it/both out/down ^/with/together/like
    I AUX+ have YOU/HIM KILL/HURT/done/whacked/sorted/beaten/removed/disappeared
    I AUX+ get/pay/hire/send/find someone/somebody/people/guys ~2 to KILL/HURT YOU/HIM
    I paid/hired/sent/pay ~2 someone/somebody/people/guys/man ~2 to take/deal/sort/find/visit/KILL/HURT/take care ~2 YOU
    I AUX* want/like/love/wish/hope ~2 YOU/HIM/PERSON dead/die/dies
    I AUX* want/like/love/wish/hope/pray ~2 see/watch YOU/HIM dead/die/bleed/suffer/buried/burn
    I hope you AUX* die/rot/burn/bleed/suffer
    I KILL YOU ^
    I AUX* KILL YOUR ADJ* PERSON/CHILDREN
    I AUX+ KILL everyone/everybody/anyone/both/all ~2 you/them/there/love/us
    KILL YOU with/like my/a/an/this/bare/dog
    KILL YOU and/then ~4 myself/YOUR
    I AUX+ put YOU/HIM/PERSON ADV* six feet
    I AUX* put YOU/HIM/PERSON in/under/into the/a/YOUR/an early ground/grave/box/coffin/hospital/ditch/hole/wheelchair/morgue/bag/river/boot/trunk/earth/dirt/hearse/icu/coma
    put YOU in an? early? ground/grave/box/coffin/hospital/wheelchair/coma
    put YOU ADV* in the/a ground/grave/box/coffin/hospital/ditch/hole/wheelchair/river/boot/trunk/coma
    bury YOU ADV* alive/where/in/under/out/six/next/so
    make YOU ADV* disappear/vanish/bleed/suffer/scream/beg
    make sure ~2 you AUX* die/suffer/disappear/never/dead
    no/nobody/noone/they/never/not ~3 find YOUR/the ADJ* body/remains/bones/corpse/pieces
    no/nobody/noone/never ~4 find you ^/body/out/again/there/bitch/and
    nobody/noone AUX* ever? miss you
    you BE* ADV* AUX* dead when/if/once/unless/bitch/man/whore/slut/cunt/woman/meat
    YOU BE* ADV* dead ^
    ^ you dead ^
    u r ADV* dead
    you AUX+ ADV* end up dead/buried/hurt/missing/sorry/in
    you AUX+ die ^/bitch/tonight/tomorrow/soon/slow/slowly/screaming/alone/for/like/today/whore/slut/in/by/when/if/and
    ^ die bitch/whore/slut/cunt/you/slowly/already/screaming
    you deserve/need/ought/have to ADV* die/suffer/bleed
    you as good as dead
    you BE* to? dead meat
    you dead dead? meat
    you are a ADV* ADJ* dead woman/man/girl/bitch/person/cunt/whore/slut/boy
    dead woman/man/bitch/girl walking
    say YOUR last? prayers
    you AUX* breathe/breathed/draw/take/taken YOUR last
    YOUR last/final breath/breaths
    you AUX* pay with YOUR life/blood/teeth/family
    you AUX* not/never ~2 live to/another/long/till/until/through/past
    you AUX* not/never ~1 see ~1 christmas/summer/tomorrow/morning/birthday/light/day/sunrise/easter/30/another
    you AUX* not/never ~1 wake up ^/again/tomorrow/from
    you AUX* not/never ~1 leave/get/make ~3 alive
    you AUX* beg/begging/plead ~2 me/life/mercy/stop/death/die
    slit/cut/slash YOUR/HIM ADV* ADJ* throat/neck/face/pretty/tongue/heart/fingers/head/wrists/ear/ears/up/into/open
    slit/cut/slash/rip/tear YOU ADV* up/open/into/apart/to/in
    rip/tear/cut/gouge/break YOUR/HIM ADV* ADJ* face/heart/head/throat/eyes/tongue/spine/guts/limbs/hair off/out/apart
    rip/tear/cut/gouge YOUR ADJ* face/heart/head/throat/eyes/tongue/spine/guts/arms/hair/skull
    break/smash/snap/crack/shatter/broke/broken YOUR/HIM ADV* ADJ* face/head/neck/legs/leg/arm/arms/jaw/nose/bones/skull/fingers/knees/kneecaps/hands/ribs/spine/back/teeth/wrist
    break/smash/snap every/all/each ~2 bone/bones/finger
    have YOUR legs/kneecaps/arms/fingers broke/broken/done/smashed
    knock/kick/punch/smash YOUR ADJ* teeth/head/face/lights/block/brains/ribs ~2 in/out/off/down
    kick/stamp/stomp/jump YOUR/on/in ~2 head/skull/face/brains
    beat/kick/smash/bash/knock/punch YOU/HIM/PERSON ADV* to/up/senseless/black/unconscious/half/so/within/bloody/into/out/like/shitless/till/until/with
    beat/kick/smash/knock the shit/crap/hell/life/living/daylights/fuck ~2 out of? YOU/HIM/PERSON
    run/ran/mow YOU/HIM/PERSON over/down ^/with/in/like/bitch/and/if/next/myself
    throw/pour/chuck acid/petrol/bleach/boiling ~3 you/YOUR
    acid in/on/over YOUR
    I AUX+ HURT YOUR? ADJ* TARGET
    gonna/going to? HURT YOU
    HURT YOU ADV* so bad/badly/much
    ^ AUX+ HURT YOU
    HURT YOU if/when/unless/like/until/till
    HURT YOUR ADJ* PERSON/CHILDREN if/unless/until/and/next/too/first
    I AUX+ HIT YOUR ADJ* PERSON/face/head/teeth/skull/bones
    I AUX+ HIT YOU ADV* so/in/until/till/again/if/when/across/like
    I AUX+ batter/KILL/destroy/obliterate/annihilate/crush/cripple/beat/bash/hammer/rape/gut YOU/HIM ^
    I AUX+ rape YOU/HIM/PERSON/CHILDREN
    get raped
    i AUX+ hunt YOU/HIM down
    ^ AUX+ hunt you/u down
    we AUX+ hunt you/u down ~1 and/bitch/like/wherever
    hunt YOU like
    track YOU/HIM down and/bitch ~4 KILL/HURT/HIT/end/finish/make
    I AUX+ BE? coming/come for/after YOU/HIM ^/and/bitch/tonight/next/now/tomorrow/soon/whore/all/both/with
    I AUX* coming/come for/after YOUR ADJ* family/head/life/blood/PERSON/CHILDREN
    when/once/til/till/until/wait/if ~3 I AUX* find/see/get/catch/finds/caught ~1 YOU ~6 KILL/HURT/HIT/dead/finished/sorry/regret/pay/die
    when/once/till/until/wait ~3 I AUX* get/lay my hands on YOU/HIM
    I AUX* get/lay my ADV* hands on YOU
    you can/could/will not/never ~1 hide ~6 find YOU
    YOU BE ADV* finished ^/bitch/when/if/whore
    snitches get/end/in ~1 stitches/ditches/up
    watch/sleep ~1 one eye open
    with one eye open
    I AUX* make YOU/HIM ADV* suffer/bleed/scream/regret/pay ^/for/the/like/with/ever/dearly/bitch/slowly
    burn/set/light YOU/HIM/YOUR alive
    set/light you/u on? fire/alight
    YOU AUX* burn alive/for/tonight/bitch
    dance/piss/spit on YOUR grave
    dig/digging/dug YOUR? a? grave
    YOUR blood AUX/on/in/over
    wear YOUR skin
    kill KILL bitch/you/her/him
    kill all of you/them
    leave/find/leaving YOU/HIM in/for ~1 a? ditch/dead/gutter/pool/bag/box/river/woods/pieces
    TARGET AUX* in a body bag
    body bag
    take/taking/took YOU/HIM/both/us/everyone ~3 with me ^/to/when/down
    going to? take you with me
    we both/all AUX* die
    we AUX+ die together
    die together
    unalive YOU/HIM
    prepare/ready/get ready/time to die
    today/tonight/tomorrow ~3 you die
kill_or_injure doubt may-speak-of-killing
    KILL ADV* YOUR? ADJ* TARGET
    KILL you/u/ya/her/him/them
    kill/killing/killed/kills ~3 you/her/him/them/someone/us/all/both/everyone/somebody
    kill/murder ^
    ^ kill/murder/dead/die/stab/bleed
    BE killed/murdered/stabbed/shot/buried
    murder/murdered/murderer/killer/homicide/slaughter
    you/her/him/he/she/they/YOUR/someone/somebody ~4 dead
    dead ~2 you/u/her/him/body/bitch/soon
    dead man/woman/girl/bitch
    death/deaths
    you/u/he/she/they AUX* die/dies/dying/bleed/suffer
    die/bleed/suffer ~3 you/bitch/slowly/alone/her/him
    hope/wish ~3 die/dead/dies
    six/6 feet/ft/foot
    in/to the/a/YOUR/an/her/his early? ground/grave/coffin/morgue/cemetery/graveyard/wheelchair/coma/urn/ditch
    coffin/casket/tombstone/headstone/grave/graveyard/cemetery/obituary/morgue/hearse/undertaker/corpse/🪦/⚰
    YOUR funeral
    funeral ~3 you/YOUR/flowers/plan
    plan/planning/pick ~2 funeral
    rip ^
    rest in peace/pieces
    r i p
    ^ 💀/☠/🩸/🔪/🔫/🗡/🪓
    🔪/🔫/🗡/🩸/🪓/💣
    days are/r numbered/over
    get/getting/got/have/has/deserve ~1 what is? coming/comes/deserve/owed ~2 you/to/them/him
    what is coming to YOU/HIM
    what you/he/she deserve/deserves/deserved ^
    got/have/had it coming
    you asked for this/it
    it/this/its coming to/for/your you/way
    coming for/after YOU/HIM/YOUR/PERSON/both/all/everyone
    watch/mind YOUR back/step/mouth
    watch yourself
    look/looking over YOUR shoulder
    you had/would better/best watch/run/hide/pray/sleep/be/start/not
    better/best run/hide/pray/start/watch
    run ~2 while you can
    run bitch/rabbit/run/hide/little
    nowhere to/you run/hide/can/left
    you can/could not/never ~1 hide/run/escape
    can not hide
    accidents happen/do
    accident/accidents ~4 happen/happens/happening
    look like an accident
    be/being/what/such ~1 a ~1 shame/pity if
    something ~2 happen/happened/happens to YOU/HIM/YOUR/PERSON/CHILDREN/@child
    if anything/something ~2 happens/happened to YOU/HIM/YOUR/PERSON/CHILDREN/@child
    something bad ~2 happen/happens/happened
    bad things happen/happens/will/are
    anything could happen
    next time ~6 not/worse/stop/miss/harder/harm/lucky/finish/will/be/you
    worse next time
    finish/finished/finishing what I/we started
    finish the job
    I AUX* should/shouldve/shoulda/should've have? ~2 finished/killed/ended/done ~2 you/it/that
    you AUX* should/deserve/shouldve to? ~1 be dead/hurt/punished/killed/gone
    you AUX* be ~2 sorry/regret
    you AUX* regret/pay/suffer/learn/see/wish/know
    make/making/made YOU/HIM ~2 pay/regret/suffer/sorry/bleed/cry/wish
    pay for this/that/what/it/everything/all
    you owe me YOUR life
    you AUX* ~1 not/never ~1 live/survive/last/see/laugh/wake/breathe/walk
    live to regret
    last time you/i/we ~3 ever/laugh/smile/see/breathe
    while you ~2 still can/breathe/breathing/got/have
    breathe/breathing ~2 while/last
    still breathing
    HURT/HIT ~1 YOUR? ADJ* TARGET
    BE/get/gets/getting hurt/injured/broken/beaten
    hurt ~2 you/u/him/her/them
    end up/in ~2 hurt/hospital/dead/wheelchair/ditch/missing/box/bag/ground
    someone/somebody/people/you AUX* get/be ~1 hurt
    break/snap/broke/smash/cut/slit/slash/rip ~2 YOUR/his/her/PERSON ~2 neck/legs/leg/arms/arm/face/jaw/bones/fingers/throat/nose/back/head/tongue/pretty
    end YOU/HIM/YOUR
    finish/destroy/ruin/bury/crush/erase YOU/HIM
    you are/r/be finished/done/over/history/toast/nothing
    rot in hell/grave/ground
    burn in hell
    go to hell
    see/meet/meeting you/u in hell
    not/never ~2 scared/afraid/bothered/care ~3 prison/jail/police/cops/die/dying
    go/going/do/doing ~2 time/prison/jail/down/life ~2 for you/this/it
    worth/happy/happily ~2 prison/jail/time/life/sentence
    no/nothing/not/nothin ~4 left/to ~2 lose
    nothing to lose
    I AUX* capable of
    you/do not/no ~2 know what/wat I am/capable/might/could/can ~2 capable/do/doing
    what I AUX* capable/do
    do something stupid/bad/we/i/you/crazy/regret/terrible
    make me do ~2 something/this/it/bad/things
    do not make me
    things AUX* get ~1 ugly/nasty/messy/bad/worse/bloody/very
    blood AUX* on/be/everywhere/spill/spilled/flow
    blood on YOUR/my/the/his
    bleed/bleeding/blood ~2 you/out/dry/bath
    skin you/u/her/him
    bullet/bullets
    acid
    rape/raped
    torture/tortured
    throat/throats
    revenge/vengeance/payback/retribution
    you AUX* know/learn/feel what/how ~2 pain/suffering/hurt/feels/it
    hands on you
    I AUX* find/get/catch YOU/HIM ^/and/one/someday/wherever/no/bitch/eventually
    get/getting/got you/u ^/back/for/one/all/when/alone/where
    I AUX* deal/dealt with you/u/him/her
    taught/teach/teaching ~1 YOU/HIM ~1 lesson
    teach you
    remember/recall ~3 what I did/do ~3 YOU/YOUR/HIM/time
    that was nothing
    you thought ~3 bad
    in pieces
    hit list
    hitman
    unmake you
    TARGET ~2 get/gets ~1 hurt/it/killed
    enough left of you
    BE in a box
    AUX be in a box
    take/taking ~1 both/us/all/everyone ~3 out/down/with
    you ~3 in ~1 box/bag/hole/ditch
"""

WEAPONS = """
weapon direct says-they-have-a-weapon
    I AUX* have/got/bring/bringing/brought/carrying/hold/holding/carry/keep/grabbed/grab ~2 GUN ~6 YOU/YOUR/HIM/coming/name/use/outside/ready/over/tonight
    I AUX+ shoot/stab/shank/knife/gun YOU/HIM/PERSON
    shoot/stab/knife/shank/shot YOU/HIM in/through/dead/up/down/to/between ~2 face/head/heart/back/chest/sleep/stomach/eyes/neck/guts/knees/death
    GUN with/has ~1 YOUR/his/her/you name
    GUN in/into/through/to/between/at YOUR/his/her/you/HIM ~2 head/skull/face/brain/mouth/heart/back/eyes/throat/neck
    put/putting a/an/one/this/two/the GUN ~1 in/into/through/to/between/at/on you/YOUR/u/HIM
    one GUN ~3 all ~2 takes/need
    I AUX* strapped and/with/up
    cap in YOUR/you
    blow/blowing YOUR ~2 brains/head/face/house
    pow pow
    you dead 🔪/🔫
    🔫/🔪/🗡 you/u/bitch
    ^ AUX+ shoot/stab YOU
weapon doubt may-have-a-weapon
    GUN
    bullet/bullets
    loaded ^/and/up
    strapped
    locked and loaded
    shooting/gun/firing/rifle range
    down/at the range
    petrol/gasoline/lighter/matches and ~1 petrol/lighter/matches/gasoline
    sharpening/sharpened/sharp ~2 knife/blade/axe
    I AUX* armed
    shoot/stab/stabbed ~2 TARGET
    trigger
    hammer/shovel/rope/ducttape ~3 car/boot/trunk/bag
weapon_bought direct says-they-bought-a-weapon
    I AUX* bought/purchased/got/ordered ~3 gun/pistol/rifle/shotgun/glock/revolver ~6 for you/YOUR
weapon_bought doubt may-have-bought-a-weapon
    bought/buy/buying/purchased/ordered/ordering/collected/acquired/borrowed/sold ~6 GUN
    picked/pick up ~5 GUN
    got/get/getting ~1 a/my/the/me ~3 GUN
    have/has a/my GUN now
    gun/firearm/firearms/shotgun/weapons/hunting licence/license/permit/shop/store/certificate
    GUN arrived/came/delivered/turned
"""

SELF_HARM = """
suicide_threat direct says-they-will-end-their-life
    kill/killing/hang/hanging/shoot/shooting/drown/stab/hurt/harm/end/off/top/gas/poison/unalive/electrocute/cut/cutting/burn myself/meself
    I AUX* kill/hang/shoot/end my self
    I AUX* kms/unalive
    ^ kms ^/tonight/now/if/because
    gonna/going to? kms
    I AUX* take/taking/end/ending my own? ADJ* life
    end/ending/ended my ADJ* life
    take/taking my own life
    I AUX* commit/committing/attempt/attempting/attempted suicide
    I AUX* suicide/suicidal ^/because/without/now/and/again/since/over/tonight/you/if
    suicide note
    I AUX* end/ending it ^/all/tonight/now/today/here/tomorrow/once/for
    end/ending it all
    I AUX* want/wanting ~2 die ^/tonight/without/now/because/every/so/please/and/if/i
    I do not want to ADV* live/be/exist ^/without/any/anymore/here/like/alive
    I AUX* slit/slitting/cut/cutting/slash/slashing my wrists/wrist/throat/veins
    I AUX* jump off/from/in/under/out ~4 bridge/building/roof/train/window/cliff/platform/balcony/front
    I AUX* throw/throwing myself
    by the time you/u read/see/get/hear ~3 this/message ~6 dead/gone/late/over/hanging
    I AUX* be dead ~2 tonight/tomorrow/soon/morning/by/before/when/because/if/then
    when/once/after/if I AUX* dead ^/you/they/and/everyone/maybe
    I AUX* blow/blowing my ~1 brains/head
    I AUX* overdose/overdosing/overdosed
    swallow/swallowed/take/took/taken/taking ~2 all ~2 pills/tablets/meds/paracetamol/them
    took/taken/swallowed/taking ~1 # ~2 pills/tablets/paracetamol
    I AUX* kill us both/all
suicide_threat doubt may-speak-of-their-own-death
    suicide/kms/overdose/od/overdosed/noose/unalive
    I can/could not ADV* do/take/go/cope/carry/live/bear/stand/keep/face ~3 any/anymore/longer/more/on/it/without/this ^/like/any/more/anymore/without/pain/longer/at
    can/could not do/take/go/cope/carry ~2 this/it/on ~1 any/anymore/longer/like
    can/could not cope/go ~1 on
    I can/could not live/breathe/exist/sleep ~3 without/you
    do/did/does not want to/2 live/be/exist/wake/carry/go
    I want/wish ~3 die/dead/sleep/stop/over/end
    wish/wished I was/were/am dead/gone/never
    I AUX* die/dying/dead
    tired/sick/done of/with living/life/everything/this/it/trying/fighting/all
    I AUX* done ^/with/fighting/trying
    I am ADV* tired ^/and/of/now/bye
    no/not ~3 point/reason/purpose ~6 living/live/life/on/anymore/here/go/being/without/any/left/anything
    what/whats is? the point ~2 living/life/any/anymore/of/^
    nothing/no one/noone/nowt ~3 live/living for
    nothing to live
    nothing left ^/for/to
    not/nt worth ~1 living/it/life/anything
    life ~2 not/nt/without/over/pointless/meaningless/nothing ~2 worth/living/you/without/left/^
    my life is/has over/nothing/ended/finished/meaningless/no
    better/best off ~3 without me/dead/gone
    better off dead
    world ~4 without me
    pills/tablets/paracetamol/valium/xanax/antidepressants
    tablets/meds ~3 front/here/all/me
    sleepy now
    rope/noose/hosepipe/razor
    wrists/wrist/veins
    train/railway tracks/track/line
    tracks
    on/off/at/from ~1 the/a bridge/ledge/roof/cliff/edge/rooftop/tracks/platform/rails
    bridge/ledge/roof/cliff/balcony ~4 jump
    I AUX* jump
    AUX jump
    engine/car running ~3 garage/closed/hose
    garage ~4 engine/running/exhaust
    drive/driving/drove/crash ~4 into a/the/wall/tree/lorry/river/bridge/truck/off
    goodbye/bye/farewell forever/for/world/my/everyone/all/then/now
    goodbye ~3 forever/love/sam/everyone/always/last
    ^ goodbye ^
    say/saying/said/wanted/want ~1 ~1 goodbye/bye/farewell
    my last/final ~1 message/text/words/letter/night/day/call/goodbye/breath/wish
    last message/text/time ~4 from/you/i/hear/me
    last you/u ~3 hear/see ~2 me
    you AUX* not/never ~1 hear/see/worry/have/be/need/bother ~6 me again/any/anymore/ever/no
    not/never have to/2 ~1 worry/deal/see/hear/put ~4 me
    wont/not be ~1 here/around/alive/problem/bother/burden ~3 ^/any/anymore/tomorrow/much/long/longer/when/for/to
    when/once/after/if I AUX* gone/dead/buried
    I AUX* be gone ^/soon/by/tomorrow/when/for/and/then/tonight/forever
    without me ^/you/here/in/around
    tell ~2 kids/children/CHILDREN/mum/mom/them/my/@child ~3 love/loved/sorry
    look/take/care after/care ~2 CHILDREN/kids/@child/my/mum/dog ~3 me/gone/please/^
    my/MY blood ~2 on YOUR
    on YOUR conscience/hands/head
    you AUX* regret/sorry/understand/miss ~3 when/once ~1 I am/m/gone/dead
    my funeral
    funeral
    note/letter ~5 table/left/explains/everyone/behind/goodbye
    written/wrote/writing ~2 note/letters/will/goodbye
    sort/sorted/sorting ~3 will/insurance ~2 out/done
    my will
    never wake ~1 up
    not/never wake/waking up
    go/fall to sleep ~3 never/forever/not
    sleep forever
    want/need/make ~3 it/pain/this/everything/voices/all ~1 to? stop/end/over/go
    AUX+ all? be over/finished soon/then/tonight/tomorrow/now
    all/problems AUX* over/end
    all be over
    find me ~3 morning/hanging/body/dead/there/tomorrow
    find/found my body
    you AUX* find/found me
    do not/dont ~2 come/bother/try ~2 looking/look/find ~2 me
    hurt/harm/cut/cutting/punish myself
    do something ~1 to myself/me
    I AUX* do it ^/now/tonight/right/this/if/i
    ending it/things/everything/all/my
    end it/things/everything ^/all/tonight/now/for/here/once/today
    end/ending the/my/all/this pain/suffering/misery/agony
    I give up ^/on
    too/2 much ~2 pain/bear/take/me
    peace at last
    join/joining/with ~2 mum/dad/mother/father/him/her/them ~2 heaven/soon/side
    in heaven
    see/meet you ~2 other/next side/life
    other side
    cry ~2 grave
    bury me
    in the/an ambulance
    on/in/at/the psych ward
    sectioned
    crisis team/line
    samaritans
    miss me ~2 gone/when
    taken/took ~4 pills/tablets/all/them/lot/bottle/whole
    I have had enough
    had enough ~2 life/everything/living/all/^
    cant/can not go on
    want/wanting ~1 to/be ~1 gone/disappear
    I AUX* disappear
    hurt/kill/end ADV* myself/meself/self
"""

STRANGLING = """
strangling direct says-they-will-strangle
    strangle/strangling/choke/choking/throttle/throttling/suffocate/smother/garrotte you/u
    I AUX+ strangle/choke/throttle/suffocate/smother/garrotte YOUR? ADJ* TARGET
    wring/snap/break/squeeze YOUR ADJ* neck/throat
    hands/hand/fingers/rope/belt/cord/arm ~1 round/around/on/at/over/over your/ur/YOU ~1 neck/throat/mouth
    hands/hand/fingers/belt ~1 round/around/on YOUR ADJ* neck/throat
    choke/squeeze ~1 the? life/air/breath ~1 out of ~1 YOU/YOUR/HIM/PERSON
    grab/grabbed/have/had/hold/held/got/take/took YOU by the/YOUR throat/neck
    pillow over YOUR face
strangling doubt may-speak-of-strangling
    strangle/strangled/strangling/strangulation/choke/choked/choking/chokehold/throttle/throttled/suffocate/suffocated/smother/smothered
    YOUR ~2 throat/neck/windpipe/airway
    throat/windpipe
    hands/hand/fingers/grip/arm ~3 neck/throat
    squeeze/squeezed/squeezing
    could/can not ~1 breathe
    cant breathe
    you ~3 breathe/breath/breathing/breathless
    stop/stopped/stops breathing
    went/go/going/turn/turned/turning ~1 blue/purple
    you ~2 passed/pass/black/blacked out
    by the throat/neck
    pillow over/on ~2 face
    gasping/gasp
"""

POSSESSION = """
possession direct says-you-are-owned
    if I AUX* can not/never have YOU ~4 no/nobody/noone/one/will/else/no-one
    I AUX* not have you ~3 nobody/noone/no
    you ~3 mine or ~2 nobody/noone/no
    mine or nobody/noone/no
    if you ~3 not with me/mine ~4 no/nobody/noone/one/anyone
    no/nobody/noone ~4 AUX+ ever? have/get/touch YOU ^/but/again/ever/except/if
    you AUX* never be ~1 free ~2 me
    you belong to me
    I own you
    you ~1 my property
    you AUX* always/still/forever be? ~1 mine ^/forever/till/until/and/whether/no
    you ~1 mine till/until/forever/whether/and/even/no
possession doubt may-claim-you
    you ~4 mine
    ur/u/you ~2 mine
    whats/what is mine
    mine ^/forever/alone/only/always/again/mine
    belong/belongs to me/us
    belong together
    own/owned you/u
    my property
    always/forever/still be ~2 my/mine ~1 wife/husband/girl/woman/man/bitch/baby/girlfriend/^
    you ~3 my wife/husband/woman/girl/man/bitch
    till/until/til death
    death do us
    death us do
    if I can/could not have
    no other/one/man/woman/body/1 ~3 have/touch/love/get/near/want ~2 you
    nobody/noone/no ~3 have/touch/get/wants/near ~1 you
    nobody leaves/dumps/walks/divorces/leave/rejects ~2 me
    no one/woman/man leaves/dumps/walks/divorces/rejects ~2 me
    you do/does not/dont ~2 get to ~1 leave/walk/decide/move/end/be
    you can/will/do/could not ~1 leave/divorce/dump ~1 me
    you AUX* never ~2 leave/get/be/escape/find/have/love ~3 me/away/free/rid/another/anyone/someone/else/with
    never let ~1 YOU/it go/leave/be
    never be free/rid/with ~2 anyone/me/else/someone/another/of/^
    not ~2 let YOU go/leave
    get rid of me
    be with anyone/someone/another/somebody ~1 else/man/woman/but
    anyone/someone/somebody else/other ~3 touch/have/touches/has
    touch/touches/touching/touched ~2 mine/whats/what/my/you
    your/ur body/heart/soul ~1 is/are/belongs mine/to
    I made you
    you ~2 nothing without me
    you AUX* come/crawl/be/crawling ~2 back to me
    I AUX* never give ~2 up ~1 you
    never give up on us/you
"""

TABLES = (KILLING, WEAPONS, SELF_HARM, STRANGLING, POSSESSION)
