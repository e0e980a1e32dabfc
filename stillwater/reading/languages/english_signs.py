"""English: where you are, the children, images, fire, time running out, other people, animals."""

LOCATION = """
location direct knows-where-you-are
    I AUX* know/no where/were ADV* you/u AUX* live/work/stay/sleep/park/go/walk/run/shop ^/and/now/bitch/so/every/at/with/alone/but
    know/no where you/u live ^/and/bitch/now/so
    I AUX* found out? where/were you AUX* live/work/stay/sleep/moved/hiding
    I AUX* know/found/have/got YOUR ADJ* address/street/house/flat/route/routine/schedule ^/and/now/bitch
    I know what time YOU/YOUR ~2 leave/finish/come/get/go/start/home/walk
    I know who you AUX* live/living/with/seeing/sleep/sleeping
    I AUX* watch/watching/follow/following/followed/stalk/stalking/track/tracking/tracked YOU/YOUR ADV* ^/right/for/all/every/home/to/from/house/always/tonight/bitch/sleep/everywhere/today/yesterday/through/car/phone
    I AUX* see/watch YOU/HIM ADV* right/through/in/from ~1 now/window/curtains/bedroom/kitchen/your/sleep/sleeping/bed/garden/street
    I AUX* see you ^/right/now ~3 run/hide/bitch/home/alone
    I AUX* outside YOUR/the ADJ* HOUSE/work/school/gym/office
    I AUX* in YOUR ADJ* HOUSE/car/garden
    I AUX* standing/sitting/waiting/parked/stood/sat ADV* outside/behind/near/by/opposite/in YOUR ADJ* HOUSE/work/school/gym/office/car
    I AUX* waiting for you outside/by/behind/in ~2 work/car/dark/school/HOUSE
    you AUX* not/never ~1 hide from me
    I put/placed/hid ~1 tracker/airtag/gps/camera ~3 your/you
    tracker/airtag/gps/airtags ~3 on/in YOUR ~2 car/bag/phone
location doubt may-know-where-you-are
    I AUX* ~2 outside
    outside ~3 your/ur/HOUSE/work/door/now/waiting
    I AUX* ~1 here ^
    I AUX* ~1 downstairs/upstairs
    know/knew/known/no ~3 where/were/which/what ~2 you/u/ur/YOUR/she/he/they
    where/were you/u ~1 live/work/park/sleep/stay/go/shop/run/are/moved/hide/hiding ^/now/and
    know/no ~2 you/u ~2 finish/leave/start/go/work/shop/live/park/run/walk/moved
    know/knew/found/find/have/got/get ~3 address/postcode/street
    YOUR address/postcode/street
    you/u are/r/were/was ~3 wearing/walking/sitting/standing/parked/home/alone/shopping
    saw/seen/spotted/see/noticed/watched/watching/clocked ~2 you/u/ya/YOUR/him/her/them
    saw/seen/spotted/noticed ~5 light/lights/car/window/HOUSE/curtains/bedroom/parked
    AUX see you ^/now/from/right/through/in/and/at/with
    lights/light ~3 on/off/out/went
    light/tv/telly ~2 on
    bedroom/kitchen/bathroom/hallway/landing ~2 light/lights/window
    nice/new/lovely/love/pretty/cute/good/fancy/beautiful/like ~5 HOUSE/flat/place/neighbourhood/neighborhood/garden/doormat/wallpaper/wreath
    nice/new/lovely/love/pretty/cute/fancy/like ~3 car/haircut/hair/coat/dress/jacket/shoes/hat/outfit/glasses/boots/scarf/top/locks/lock
    looked/look/looking/looks ~3 nice/good/pretty/lovely/tired/happy/hot/cold/lonely/beautiful/scared/well/great/stunning ~6 today/yesterday/tonight/morning/in/at/on/with/earlier
    you/u looked ~2 good/nice/tired/happy/lovely/pretty/cold/scared/gorgeous/sad
    in the/that/YOUR ~1 red/blue/black/white/green/grey/yellow/pink/brown/new/leather/long ~1 coat/dress/jacket/top/jeans/hat/scarf/jumper/skirt/hoodie/shirt/car/boots
    new/the HOUSE suits you
    suits you/u
    followed/following/follow/tailed/trailing/stalking ~2 you/u/him/her/them
    followed ~3 home/work/school/here
    watching/watched/watch ~2 you/u/YOUR/HOUSE/them/from
    you ~2 being/been watched
    eyes ~3 you/everywhere
    I AUX* ~2 see ~1 everything
    parked/park/parking ~4 you/YOUR/HOUSE/across/outside/opposite/road/street/round/by/near/corner/library/usual
    YOUR car ~6 parked/outside/drive/driveway/still/needs/there/here/street/car/moved/spot/gone
    drove/drive/driving/walked/walking/went/going/passed/cycled/ride/came/coming ~2 past/by/round/around ~3 YOUR/yours/HOUSE/the/you
    past/by yours/YOUR HOUSE/place/work
    open/answer/unlock ~2 the? door/window/gate
    open up
    let me in
    door/window/gate/blinds/curtains/back ~3 open/unlocked/unlock/close/shut/wide
    close/shut/lock/draw ~3 blinds/curtains/windows/doors/door/window
    look/looking/check ~3 outside/window/behind
    behind you/u
    at YOUR/the ADJ* door/HOUSE/gate/window/work/office/school/gym/bus
    to YOUR ADJ* new? door/HOUSE/flat/work/office
    on YOUR ADJ* doorstep/street/road/drive/driveway/porch/step/lane/estate
    in YOUR ADJ* street/road/garden/building/lobby/house/area/neighbourhood/neighborhood/town/bedroom/flat/city/hallway/stairwell/yard/shed/loft
    near/opposite/behind/outside YOUR ADJ* HOUSE/work/school/place/office/gym
    round/around/on/at ~1 the/your corner
    down ~1 the/YOUR road/street
    same/your train/bus/shop/gym/cafe/pub/supermarket/station
    who/whos ~2 that/the/this/he ~2 man/guy/bloke/woman/lad/car/girl/blonde/dude
    whose car
    man/guy/bloke/woman/lad ~6 with you/u
    you ~4 with ~2 him/man/guy/bloke/lad/him/someone/her
    who you/u ~1 were/was/are ~1 with
    waiting/wait ~2 for you/u
    I AUX* ~2 waiting ^/outside/here/by/at
    floor is/isnt/right/flat
    first/second/third/fourth/fifth/1st/2nd/3rd/4th/top/ground floor
    number/no ~1 #
    at # ~3 close/street/road/lane/avenue/drive/way/court/place/crescent/st/rd/ave/terrace/grove/gardens/hill
    # ~2 close/street/road/lane/avenue/drive/crescent/terrace/grove/gardens
    on/in ~2 street/road/lane/avenue/drive/close/st/rd/ave/crescent/terrace
    find/finding/found/traced/tracked/locate ~2 you/u/ur/YOUR/where
    found ~3 where/out/you/your
    hide/hiding/hid ~2 from/me/you
    you/u can/could not hide
    moving/move/moved ~5 stop/away/hide/find/save/far/matter/house
    you/u moved
    your/ur/YOUR phone ~4 tells/shows/location/tracker/says/me
    location/gps/airtag/tracker/tracking/snapmap/coordinates/geotag
    find my phone/iphone
    always/exactly know ~2 where
    where/were ~1 you/u AUX* ^/now/right/been/going/and/tonight/at/today
    you/u ~2 home ^/alone/late/early/yet/from/now/at/tonight
    not/never ~1 at? home
    home alone
    alone ~4 tonight/house/flat/now/again/home
    get/got/getting home ~3 late/safe/early/at/last/okay/from
    you/u ~1 changed/change/changing ~3 locks/lock/number/route/address/job/routine/car/hair
    locks
    YOUR neighbour/neighbor/neighbours/neighbors/landlord/concierge/postman/colleague
    neighbour/neighbor ~6 told/helpful/nice/said/let/friendly/chat
    you/u ~2 walked/walk/walking/drove/ran ~3 past/by/home/right/alone/me
    you/u ~3 not/never ~2 see/saw/seen/notice/noticed ~2 me
    so close
    close enough
    next to you/u/me/your
    across/opposite/over ~2 road/street/way ~2 ^/from/watching/to
    across the road/street
    long way from ~1 your
    your house/flat/home/place/new
    gym/yoga/class/shop/supermarket/lidl/aldi/tesco/asda/walmart/starbucks/cafe/coffee/station/school/church/library ~4 you/u/your
    you/u/your ~6 gym/lidl/aldi/tesco/asda/sainsburys/walmart/starbucks/cafe/coffee/station/church/library/train/pub/restaurant/bus
    picture/pictures ~4 door/HOUSE/car/you/your/window
    door/HOUSE ~4 📸/👀/🏠
    👀/📸
    I AUX* ~2 come/coming/came/get ~3 there/over/round/around/here
    got here
    come down/outside/out ^/now/and/or/please
    YOUR window/windows/curtains/door/garden/gate/porch/blinds/balcony/bedroom/roof/driveway/doorbell/letterbox/wifi
    I/we ~3 seen/see/watch ~3 every/all move/moves/step/everything
    everywhere you/u ~1 go
    wherever you/u ~1 go/are/run
    you/u ~2 finish/finished/leave/left/get/start/started ~3 at/work/early/late/# ~1 #/work/today/shift
    sweet dreams
    sleep ~2 tight/well/okay
    you look ~3 when/asleep/sleep/sleeping
    airbnb/hotel/shelter/refuge
"""

CHILDREN = """
child_harm_or_taking direct threatens-the-children
    I AUX+ ADV* KILL/HURT/HIT/take/snatch/grab/drown/kidnap ~1 YOUR? ADJ* CHILDREN ^/and/from/away/too/with/if/bitch/then/so/out/abroad ~3 ^/disappear/away/you/myself/me/run/never/bitch/gone/country/police/school/vanish
    KILL/HURT YOUR ADJ* CHILDREN ^/and/if/or/too/first/bitch/next
    I AUX+ KILL/HURT ~2 YOUR? the? ADJ* CHILDREN
    gonna/going to KILL/HURT ~1 CHILDREN
    I AUX+ ADV* kidnap/snatch/drown/abduct ~1 CHILDREN
    you AUX* not/never ~2 see/hold/hear/find ~1 YOUR? the? my? our? ADJ* CHILDREN ~1 again/any/anymore/ever
    you AUX* never/not ever? see CHILDREN
    you AUX* never see HIM again
    know/no where/which/what ~1 YOUR? ADJ* CHILDREN/school ~4 school/go/goes/live/play/plays/walk/sleep/nursery/daycare/bus
    know/no ~2 school ~2 YOUR? ADJ* CHILDREN
    YOUR ADJ* CHILDREN ~3 walk/walks/plays/play/sleeps/goes ~4 alone/outside/school/home
    if I AUX* can not/never have the/my/our? CHILDREN ~4 you/neither/no/nobody
    say goodbye to ~1 the? YOUR? ADJ* CHILDREN
    YOUR ADJ* CHILDREN AUX+ ~2 pay/die/suffer/hurt/next/disappear/bleed/burn
    CHILDREN AUX* ~2 dead/die
    I have/got/took YOUR ADJ* CHILDREN ^/and/now/bitch
    I AUX* take/taking/took ~1 CHILDREN and/to? disappear/disappearing/vanish/run/go/leave
    take ~2 CHILDREN away from you/u
child_harm_or_taking doubt may-take-or-hurt-the-children
    take/taking/took/taken/keep/keeping/kept/have/grab/snatch/steal/move/moving/bring/fly/flying/get/getting/hide ~4 CHILDREN/@child ~2 ^/off/from/away/to/and/with/abroad/out/forever/for/back/now/gone
    take/taking/took/taken/keep/keeping/have/move/moving/bring/hide ~2 him/her/them ~2 to/away/from/abroad/off/with/out/for/now/forever/home/back
    taking/took/take/keeping/keep them/him/her
    you AUX* not/never ~3 see/hold/find/hear/get/have/kiss ~4 CHILDREN/him/her/them
    never/not ~1 see/seeing ~3 CHILDREN/him/her/them ~2 again/any/anymore/ever/never
    see/seeing them/him/her ~2 never/again
    say/wave/kiss/saying goodbye/bye/byebye ~3 to/CHILDREN/her/him/them/mummy/mum/daddy/mommy
    bye bye ~1 to? mummy/mommy/mum/daddy/mama
    wave ~2 bye/goodbye/mummy/mommy/mum
    CHILDREN ~6 pay/suffer/hurt/dead/die/gone/missing/disappear/mine/passport/passports/airport/abroad/pieces/alone/regret
    hurt/harm/hit/kill/slap/spank/beat/shake/drown/smack ~3 CHILDREN/her/him/them
    passport/passports
    airport/boarding/ferry/border/flight/flights/abroad
    not/never ~1 bring/bringing/give/giving/return/returning/handing/drop/dropping/take/taking ~2 CHILDREN/him/her/them/back
    not/never ~3 get/getting/have/having ~2 CHILDREN/him/her/them ~1 back
    will not ~2 back
    CHILDREN/she/he/they AUX* ~3 stay/staying/live/lives/living/live ~2 with ~1 me/us/mum/my
    stay/staying/live/living ~1 with me
    not/never ~2 live/lives/living with you
    CHILDREN AUX* ~2 gone/mine/safer/safe/happier
    her/his/him/them/she/he/they/CHILDREN AUX* ~1 gone
    she/he/they AUX* be? gone
    going/gone/go away/abroad/somewhere/far ~3 while/time/together/us/ever/you
    away for ~1 a ~1 while/bit/time
    picked/collected/fetched/got/pick/collect ~3 CHILDREN/her/him/them ~4 early/school/nursery/daycare/already/from
    keep driving/going/walking
    just drive/drove/disappear/vanish/run/go
    find us/them/me first
    find us
    custody
    social services/worker/workers
    cps/cafcass/childline
    take/taken/have/get/taking ~5 off/from you/u
    full/sole custody/residency
    fight/see you ~2 court ~4 CHILDREN
    court ~4 CHILDREN
    unfit mother/father/parent/mum/mom
    in the/my car/van/back/boot/trunk ~3 CHILDREN/him/her/them
    CHILDREN/him/her/them ~2 in the/my back/car/boot/van/trunk
    what ~2 like to ~2 hurt/lose/suffer/bleed
    without you ^/forever/now/from
    kidnap/kidnapped/abduct/abducted
    pieces
    moving/move/moved/emigrate/emigrating ~2 to/country ~4 with/and ~2 CHILDREN/him/her/them
    mine now
    YOUR ~1 CHILDREN ~4 learn/find/know/feel/see
    better ~1 them/CHILDREN/off ~2 dead/with/without
    better dead
    my CHILDREN ~2 not/never
    follow/following/watch/watching/watched/see/saw/seen ~2 CHILDREN
    CHILDREN ~4 school/nursery/daycare/playground/bus/park ~4 alone/watch/watching/saw/today/me/outside
    school gate/gates
child_emergency direct a-child-is-hurt
    YOUR ADJ* CHILDREN AUX* ~3 accident/hospital/missing/injured/unconscious/hurt/collapsed/ambulance/seizure/choking ^/and/please/call/at/in/today/this/on/from/we/near/she/he/come/ring
    CHILDREN ~3 has/have/had/been/was/is ~2 an/in/a/taken accident/hospital/seizure/fit/ambulance ~4 please/call/come/ring/urgent/urgently/asap
    YOUR CHILDREN ~3 not/never ~2 arrived/arrive/school/home/turned/collected
child_emergency doubt a-child-may-be-hurt-or-ill
    hospital/er/ambulance/paramedic/paramedics/icu/casualty/surgery/ward/theatre/intensive/emergency/a&e
    a e with/at/now/in
    in/to/at a e
    a and e
    fever/temperature/temp/feverish/39/40/41/104/103
    temp/temperature ~2 of/is/# ~1 #
    CHILDREN/she/he/they/@child AUX* ~4 hurt/ill/sick/fever/missing/unwell/poorly/unconscious/injured/bleeding/burned/burnt/broken/dying/lost/vomiting/hospital/concussion/asthma/concussed/choking/rash/seizure/fitting/collapsed/fainted/screaming/limp/blue/floppy/crying/ran/fell/swallowed
    my/our/the/YOUR CHILDREN ~5 hurt/ill/sick/fever/missing/unwell/poorly/accident/hospital/fell/broke/broken/bleeding/burned/burnt/swallowed/lost/ran/vanished/gone/collapsed
    she/he/they/CHILDREN/@child ~1 not/never ~2 come/came/home/arrive/arrived/school/return/returned/breathing/waking/wake/moving/answer/turned/here/back/eating/responding/showed
    not/never ~2 breathing/waking/responding/wake ~2 ^/up/right/properly/to/anymore
    not/never ~2 come/came ~1 home/back
    not/never arrive/arrived
    missing ^/since/from/and/child/person
    can not find ~1 CHILDREN/her/him/them/@child
    lost ~2 CHILDREN/her/him/them/@child ~2 at/in/^/park/shop
    I dropped/burned/scalded/hit ~1 CHILDREN/her/him/them/@child
    dropped/drop the/our baby
    accident ^/and/on/at/happened/today/call/with
    in/had/been/has ~2 accident/crash
    car/bike/school accident/crash
    something ~1 happened ~2 CHILDREN/@child/her/him/them
    happened to CHILDREN/@child/her/him/our
    broke/broken/fractured/sprained ~2 arm/leg/wrist/ankle/collarbone/bone/finger/nose/tooth
    hit/hurt/banged/bumped/split/cut ~2 her/his/their head/lip/eye/knee/arm/hand
    head injury/wound
    throwing/threw/throw up
    being/been sick
    vomit/vomiting/seizure/seizures/convulsion/epipen/anaphylaxis/anaphylactic/allergic/meningitis/rash/concussion/stitches/sepsis/appendix/appendicitis/asthma/inhaler/overdose/swallowed/unconscious
    allergic reaction
    boiling/hot water/oil/tea/pan
    operating/operation/operate/surgery
    stopped/stop/trouble/struggling/hard/difficulty ~1 breathing/breathe
    ran/run/runs/running/runaway ~1 away
    police ~4 looking/searching/search/find
    looking/searching for him/her/CHILDREN/@child
    doctor/doctors/nurse/gp/paramedic ~3 says/said/come/coming/now/urgent/think/thinks
    CHILDREN ~2 ill/sick/unwell/poorly
    seriously/really/very ill/sick/unwell
    never/not ~1 turned/showed up
    screaming/crying ~3 pain/stop/hours/you/mummy
    drowned/drowning/electrocuted/bitten/stung/poisoned/scalded
    CHILDREN/she/he ~2 limp/floppy/blue
    call 911/999/112
    blood everywhere
"""

PROPERTY = """
fire_or_property direct threatens-your-things
    ^ AUX+ burn/torch/firebomb YOUR ADJ* HOUSE/car/place/van/shop
    I AUX+ burn/torch/burning/torching/firebomb/blow/blowing ~1 YOUR/the/this/HIM ADJ* HOUSE/car/home/place/stuff/clothes/shop/business/office/lot/family/van/school/PERSON
    burn/burning/torch YOUR ADJ* HOUSE/car/place/family/van ~3 down/ground/you/inside/up
    I AUX+ set/setting fire to YOUR/the/you/it
    set YOUR ADJ* HOUSE/car/place/hair on fire/alight
    set fire to YOUR
    I AUX+ smash/smashing/trash/trashing/wreck/wrecking/destroy/kick/kicking/key/slash/ram/brick/put/break/cut ~2 YOUR ADJ* HOUSE/car/tyres/tires/windscreen/windshield/windows/brakes/things/brake/stuff ~1 ^/in/up/down/to/and/if/with/lines/tonight/bitch/through
    I AUX+ kick/break/smash YOUR/the ADJ* door in/down
    slash/slashed/cut/slit YOUR/her/his tyres/tires/brakes/brake
    cut/snipped ~2 YOUR brake/brakes
    petrol/gas through YOUR letterbox
    brick/bottle/petrol/firework ~1 through YOUR ~1 window/windows/letterbox/door
    bomb ~2 YOUR HOUSE/car/work/office
    blow ~1 YOUR HOUSE/car up
fire_or_property doubt may-burn-or-break-things
    burn/burned/burnt/burning/burns/torch/torched/torching/arson/arsonist/firebomb/ablaze/alight/inferno/molotov
    fire ~4 you/YOUR/HOUSE/car/to/on/with/tonight/it
    on/set/catch/start/up fire
    up in flames/smoke
    flames
    smoke alarm/detector/alarms
    smell/smelling/smells ~2 smoke/gas/petrol/burning
    🔥 ~2 🏠/HOUSE/you/YOUR/tonight/u
    🏠 ~1 🔥
    petrol/gasoline/lighter/kerosene/matches
    light/lighting it/them/up/match/fire
    light a match
    smash/smashed/smashing/wreck/wrecked/wrecking/trash/trashed/trashing/destroy/destroyed/destroying/slash/slashed/vandalise/vandalize/brick/bricks/keyed/ram
    YOUR ~1 tyres/tires/windscreen/windshield/brakes/brake
    tyres/tires/windscreen/windshield
    brake/brakes/brakeline lines/line/cut/cable/cables/failed
    check ~1 your brakes/car
    YOUR/the car ~4 gets/get/deserve/deserves/next/scratched/keyed/burn/smashed/pay
    through ~1 the/YOUR window/windows/letterbox/door
    kick/kicked/kicking/break/broke/knock/bust/smash ~2 door ~1 in/down/off
    break/broke/breaking in
    I AUX* break everything
    throw/threw/throwing/thrown/dump/dumped/dumping ~4 YOUR ~1 things/stuff/clothes/out/belongings/away
    YOUR ~1 things/stuff/clothes/belongings ~5 bin/skip/tip/gone/street/garden/fire/rain/burn/burned/broken
    everything you own/owned/have/love
    blow up
    bomb
    cut ~2 power/electricity/gas/cable/brakes
"""

TIME = """
countdown_or_farewell direct gives-a-deadline-with-a-threat
    you have/got until/till/til ~3 to ~6 or/otherwise/and ~3 else/I/regret/dead/consequences/see/know/pay
    final/last warning ~3 you/bitch/before/know/next/or
    # hours/days/minutes/hrs/mins ~6 or ~3 else/dead/die/I/kill/leak/post/publish/regret/pay
    you have # hours/days/minutes/hrs ~6 pay/or/before/left/to/live
    you have one/two/three/hour/24/48/72 hours/days/hour/day ~6 pay/or/live
    or else you ~2 die/dead/pay
countdown_or_farewell doubt may-be-counting-down
    you/u/ya AUX* have/got/get ~1 until/till/til/to/by ~2 SOON/#/end/then/weekend/week
    you/u have/got/get # ~1 hour/hours/day/days/minute/minutes/min/mins/hrs/week/weeks
    until/till/til/by ~3 SOON/#/weekend ~6 or/to/then/else/otherwise/and
    not/wont ~2 long ~1 now/left/^/until/till/to/before/wait
    wont be long
    # hours/days/minutes/hrs/mins/hour/weeks/sleeps ^/left/remaining/then/to/that/and/until/till/or
    one/two/three/four/five/ten/few/couple ~1 hours/hour/days/day/minutes/sleeps/weeks/nights ~1 ^/left/remaining/then/to/until/till/or/before/more
    tick tock/tick
    tick-tock/ticktock
    last/final/one ~1 chance/chances/warning/warnings/time/opportunity/weekend/day/night/week/christmas/summer/meal/birthday ^/to/you/before/or/and/i/is/with/bitch/ever/on
    one/1 more chance/warning/time
    this is it
    final/last warning/chance/notice/countdown/goodbye/text
    times/time/clock ~2 running/run/up/ticking/out/ticks/tick
    time is up
    clock is ticking
    out of time
    # # # ~1 #
    three two one
    countdown/counting/deadline ~3 begun/started/down/on/starts/you/begins/days/is/has
    countdown
    counting ~1 the? days/hours/down/minutes
    SOON/today/it/this/everything/all AUX* ~1 it? ends/end/over/finish/finishes/ending
    it ends ~2 SOON/here/now/with/when
    it ~2 over ^/soon/SOON/now/for/by
    all over ^/soon/by/SOON
    AUX ~1 all ~1 be over
    by SOON/# ~6 over/end/ends/gone/done/know/dead/different/finished
    giving/give/gave you/u ~2 one/two/an/a/#/until/till/to/24/48/SOON ~1 ^/hour/hours/day/days/chance/minutes/last/more/SOON/#/week/answer
    enjoy/make/have ~1 your/the/it ~1 last/final/while/most ~1 ^/day/days/weekend/week/night/it/you/can/meal/christmas/summer/hours/moments/freedom
    enjoy it while
    see/meet you/u ~1 in/on ~1 hell/heaven/other
    farewell/adieu/adios
    farewell
    goodbye forever/my/for/and
    or else
    if I AUX* not/never ~2 hear/get/see/have ~3 from/you/reply/answer ~4 by/until/before/in/then/soon/today/tonight/tomorrow/I
    ^ soon ^
    soon ^
    very soon
    soon ~2 you/u AUX* see/know/find/understand/learn/feel/be
    ^ ⏳/⌛/⏰
    ⏳/⌛/⏰ ^
    you AUX* see ^/soon/what/tomorrow/bitch/me
    just/you wait
    wait and see
    wait ~1 until/till SOON/you/i/they
    you know what/wat ~3 next/happens/do/coming/mean/i/comes/^
    what ~1 happens next
    happens next
    the end ^/is/for/of
    end is near/coming/nigh
    day ~2 reckoning
    judgement/judgment day
    your time ~2 up/coming/come/over/near/soon
    time ~2 come/comes/coming ~2 ^/to/for/when/you
    it begins
    something big ~3 coming/happen/planned
    surprise/surprises ~3 you/coming/soon/SOON/tomorrow/waiting
    got/have/planned ~2 something ~2 planned/coming/special/waiting/for
"""

IMAGES = """
intimate_images direct threatens-with-images
    I AUX+ send/post/share/show/leak/upload/publish/put/forward/spread/release/sell/print ~4 nudes/nude/naked/sex/intimate/private/dirty/explicit/xxx/topless/tits/bare
    I AUX* have/got/saved/kept/found ~3 nudes/naked/nude/topless ~2 you/of/pictures/video/^/and
    I AUX* have/got ~1 YOUR nudes
    pay/send/bitcoin/btc ~6 or ~3 post/publish/share/leak/upload/release/nudes/expose ~4 picture/pictures/video/videos/nudes/everything/you/naked/it
    or I AUX* ~1 send/post/leak/publish/share/upload/release ~4 picture/pictures/video/videos/nudes/everything/everyone/it/them
    I AUX* record/recorded/filmed/recording/hacked/captured ~2 you/YOUR ~6 webcam/camera/masturbating/naked/undress/shower/pleasuring/sleeping/bed/sex/video/device
    video/videos/recording/footage/pictures/nudes ~4 of you ~6 YOUR contacts/friends/family/boss/employer/PERSON/everyone/online/internet/facebook
    all/YOUR ~1 contacts/friends/family/colleagues ~4 see/receive/get/watch/enjoy ~3 video/videos/footage/nudes/pictures/tape/recording
    everyone/everybody AUX+ ~2 see/watch/know ~4 nudes/naked/tape/video/videos/slut
    put/post YOU/YOUR ~2 on pornhub/onlyfans/porn/xvideos/xhamster
    sextape/revenge porn/sex-tape
    your sex tape/video
intimate_images doubt may-threaten-with-images
    nudes/nude/naked/pornhub/onlyfans/porn/sextape/topless/xxx/undressed
    sex/home/our/private/dirty/that/the/those/your/special video/videos/tape/tapes/picture/pictures/clip/clips/film/footage ~6 still/have/made/see/everyone/online/love/send/post/share/leak/get/got/goes/out/of/from/boss/dad/mum/if/i/phone/saved
    I AUX* ~1 still? have/got/saved/kept/keep/found/looking ~4 picture/pictures/video/videos/tape/recordings/recording/footage/screenshots/clip/clips/films
    picture/pictures/video/videos/tape/clip/images/image/footage/recording/recordings/screenshots ~3 of/with ~1 you/u/us/YOUR
    everyone/everybody/world/boss/family/friends/mum/mom/dad/work/office/people/PERSON/they/colleagues/internet ~6 see/seeing/sees/watch/saw/get/gets/getting/know ~5 picture/pictures/video/videos/tape/clip/images/you/it/them/body/email
    send/sending/sent/post/posting/posted/share/sharing/shared/leak/leaking/leaked/upload/uploading/uploaded/publish/published/show/showing/forward/print/release ~5 picture/pictures/video/videos/tape/everything/images/clips/screenshots/all/them/it ~3 ^/to/online/on/your/everywhere/everyone/of/tonight/now/if/already
    picture/pictures/video/videos/tape/tapes/it/clip/footage/everything ~4 go/goes/going/get/gets/got/ends/end ~2 online/out/public/viral/live/everywhere/internet
    I AUX* leak/leaking/leaked/expose/exposing
    leak/leaked/leaking/leaks
    uploaded/uploading/upload
    # views/likes/downloads/shares
    views
    go/goes/going/went ~1 viral/public/online
    on/in/at camera/tape/film ~3 you/shame/leaked/us/looked
    you ~3 on camera/tape/film
    remember ~3 video/videos/picture/pictures/tape/film
    picture/pictures/video ~4 from/in ~3 pity/shame/out/greece/holiday/bed/bedroom/hotel/shower/bath
    webcam/hidden/spy/bathroom/bedroom camera/cam
    hidden camera
    saw/see/seen you/u naked/nude/undressed/bare
    your ~1 boss/mum/mom/dad/family/friends/colleagues/work/office/employer/pastor ~5 see/saw/seen/say/think/know/love/enjoy ~4 you/video/picture/this/pictures/it/naked
    what/wat AUX ~3 say/think ~2 if ~3 saw/see/knew/seen
    screenshots/screenshot
    fake/made ~3 profile/account/page ~3 you/your/name
    tinder/craigslist/escort/profile ~5 you/your/number/name
    masturbate/masturbating
"""

OTHERS = """
pets direct threatens-an-animal
    I AUX* KILL/HURT/poison/drown/strangle/poisoned/killed/HIT/skin ~1 YOUR/the/that/our/HIM ADJ* PETS
    KILL/poison/drown YOUR ADJ* PETS
    YOUR ADJ* PETS AUX+ ~2 die/dead/next/disappear/poisoned/gone/suffer
pets doubt may-hurt-an-animal
    PETS ~6 dead/die/died/gone/missing/lost/hurt/kill/killed/put/shelter/pound/poison/poisoned/alive/out/away/escaped/ate/eaten/bleed/drown/shot/run/sold/vet/down/road/traffic/regret/suffer/next/not/never/mine/back
    kill/hurt/kick/drown/poison/strangle/shoot/sell/sold/give/gave/giving/dump/dumped/lose/lost/keep/keeping/take/took/goodbye/bye/get/got/say/have/had/see/if/rid/rehome/rehomed/let/shame/boot/throw/threw ~5 PETS
    PETS ~3 is ~1 gone/dead/mine/missing/not
    put ~1 down
    rex/fido ~3 gone/away/dead
    put to sleep
    to the shelter/pound/vet/vets
third_party_harassed direct threatens-people-around-you
    I AUX+ KILL/HURT/batter/stab/HIT/rape YOUR ADJ* PERSON
    I AUX+ choke/strangle/beat/smash/break/end/finish/ruin/visit YOUR ADJ* PERSON
    tell YOUR ADJ* PERSON ~3 I ~5 KILL/HURT/HIT/dead/end/find/coming
third_party_harassed doubt may-harass-people-around-you
    call/called/ring/rang/phone/phoned/message/messaged/messaging/text/texted/texting/email/emailed/emailing/contact/contacted/contacting/visit/visited/visiting/told/tell/telling/spoke/speak/spoken/write/wrote/see/saw/warn/warned/followed/follow/pay/paid/confront/confronted ~3 YOUR ADJ* PERSON/work/employer/office/school/HOUSE/landlord/church/boss/colleagues/friends/hr/manager/parents
    YOUR ~1 ADJ* PERSON ~6 visit/pay/hurt/sorry/next/dead/regret/got/call/word/warned/suffer/watch/talk/knows/know
    word/chat/talk/words ~2 with YOUR ADJ* PERSON
    went/go/going/been/turn/turned/turning/come/came/show/showed/sat ~3 to/at/up/by/round/outside/over ~3 YOUR ~1 PERSON/parents/work/mum/mums/mom/moms/sister/sisters/office/job/school/church/workplace/brothers/friends
    parents house/home/place
    YOUR work/job/boss/career/employer/manager/hr/office/colleagues/workplace ~6 know/knows/hear/lose/fired/sacked/tell/told/email/finished/ends/gone/about/end
    lose/lost/losing ~1 your/that/the/this ~1 job/work/career/licence/license
    make sure ~3 lose/fired/sacked/never/nobody/everyone/job
    get/have/got you ~1 fired/sacked/suspended/deported/arrested
    deported/immigration
    expose/ruin/destroy ~2 you/YOUR
    tell/told/telling ~2 everyone/everybody/them/people/all ~3 what/who/about/you/everything/truth
third_party_recruited direct says-others-will-come
    I AUX* send/sending/sent/got/get/have ~2 people/someone/somebody/boys/lads/guys/mates/friends/brothers/men/crew ~4 to/round/over/after/at/for YOUR/you/HURT/HIT/deal/sort/watch/find ~1 HOUSE/you/u/^/out/door/place
    my/the ADJ* boys/lads/brothers/brother/mates/cousins/friends/crew/cousin/guys/people AUX+ ~2 find/visit/deal/sort/HURT/KILL/HIT/get/come/coming ~2 you/for/after/HIM
third_party_recruited doubt may-have-sent-others
    my/the/some/our/got/few/of ~2 boys/lads/brothers/brother/cousins/cousin/friends/mates/guys/people/uncles/family/crew/men/sister/mum/mom/dad/mother/father/PERSON ~4 coming/come/visit/watching/watch/keeping/keep/find/talk/sort/see/pay/round/looking/look/after/eye/speak/drive/driving/check/checking/know/follow
    send/sending/sent/get/getting/got/asked/ask/asking/told/hired/hire/hiring/paid/pay/paying/having/have/found ~3 someone/somebody/people/boys/lads/guys/mates/friends/brothers/brother/cousin/detective/investigator/men/man/PERSON/pi ~5 round/over/to/find/watch/after/talk/see/check/follow/look/house/sort/for/you
    private detective/investigator/eye
    hired/hire/hiring/paid/paying ~3 someone/detective/investigator/man/guy/pi
    keep/keeping/kept/has/have/got ~2 eye/eyes ~1 on you/u/YOUR
    eyes on you
    people/friends/eyes ~2 everywhere/watching
    watching you ~2 for me
    pay/paying you/u/YOUR/HIM ~1 visit
    everyone/everybody/people/family ~4 looking/searching/help/helping ~4 you/u
    helping me ~3 look/find/search
    they/he/she AUX* be there/coming ~2 at/you/for
"""

IN_PERSON = """
came_in_person doubt came-or-is-coming
    I AUX* came/come/coming/went/was/popped/stopped/called/dropped/swung/been/drove/walked/passed ~2 by/round/around/over/past/at/to/in ~2 ^/your/yours/you/ur/but/earlier/today/yesterday/last/and/place/house/work/now/tonight/later
    I AUX* ~1 coming/come/came/driving ~1 over/round/around/there/here/tonight/now/today/home/to
    rang/ring/ringing/rung/knocked/knocking/knock/buzzed/banged/banging/hammering ~3 bell/door/doorbell/window/buzzer/gate
    knocked/rang ~4 no/not/answer/times
    was/at/to/into/by/outside YOUR ~1 work/office/place/house/door/gym/school/home/HOUSE ~2 ^/today/yesterday/earlier/this/last/tonight/and/but/again/now/see
    at YOUR work
    you ~1 not/never ~1 open/opened/answer/come/home/in ~2 ^/door/the/out/when
    stopped/popped/dropped/swung/passed ~1 by/round/in/over
    on my way ^/to/over/now/round/and/home
    way to yours/YOUR/you
    to yours
    see you ~2 ^/in/at/tonight/tomorrow/minutes/soon/there/monday/tuesday/friday/later
    be there/over/round/with/at ~2 in/at/soon/by/tonight/#/minutes/when/yours/you/^
    I AUX* be there
gift_at_home direct left-something-at-home
    I AUX* left/leave/leaving/put ~4 at/on/by/in/outside/under YOUR ADJ* door/doorstep/porch/car/mat/windscreen/windshield ~3 from/for ~1 me/you
gift_at_home doubt left-or-sent-something
    left/leave/leaving/put/placed/dropped/dropping/posted/stuck ~5 at/on/by/in/outside/under/through/off/with ~2 door/doorstep/porch/step/car/letterbox/mailbox/mat/desk/windscreen/neighbour/neighbor/gate/work/yours/house/wiper/bonnet
    flowers/roses/chocolates/bouquet/teddy/🧸/present/presents/gift/gifts/package/parcel/delivery/ring/necklace/hamper/basket/perfume/jewellery ~6 you/door/doorstep/like/get/got/sent/left/from/home/car/work/arrive/arrived/me/today/tomorrow/waiting
    get/got/like/liked/love/enjoy/sent/sending/send/left/leaving/bought/received/open/opened/did/ordered ~5 flowers/roses/chocolates/bouquet/teddy/present/presents/gift/gifts/package/parcel/delivery/necklace/hamper/basket/perfume/surprise
    surprise ~3 door/doorstep/waiting/outside/porch/home
    something ~3 at/on/by/for/waiting/outside ~2 door/doorstep/porch/car/you/mat
"""

TABLES = (LOCATION, CHILDREN, PROPERTY, TIME, IMAGES, OTHERS, IN_PERSON)
