"""English: what sounds like danger and is none.

``never`` holds for everyone; ``idiom`` for all but a known other, from whom a
doubt is raised.
"""

TABLE = """
* never figure-of-speech
    shoot YOU/me/us/HIM ~1 an/a/over/off/across/the/back ~2 email/mail/text/message/note/line/dm/query/reply/pm/whatsapp
    shoot me/us ~2 email/text/mail/message
    shoot/shooting hoops/pool/pics/pictures/photos/video/film/the/stars
    photo/film/video/wedding/fashion/photos/pictures shoot/shooting
    killing/kills/killed it/me/time/^ ^/with/at/that/lately/today/here
    kill/killing/killed ~1 time/process/processes/job/jobs/lights/light/switch/engine/app/bill/two/birds/server/task/thread/bug/bugs/session/script/command
    dead/phone/battery/car ~1 battery/line/end/link/links/weight/heat/ringer/tired/body
    phone/battery/laptop/tablet/car/engine/plant/plants/washing AUX* ~1 died/dead/dies/die/dying
    deadline
    dead right/on/sure/serious/set/easy/simple/centre/center/good/funny/cute/keen/cheap/quick
    knife/steak/butter/bread/kitchen/cake ~1 set/block/and/fork/forks
    hit me/you/u up
    hit the gym/road/hay/sack/shops/pub/town/beach/books
    fire alarm/drill/brigade/works/place/wall/fox/stick/exit
    burn/burned/burnt ~2 cd/dvd/calories/toast/dinner/cakes/disc/disk
    bomb disposal
    bath bomb
    photo bomb
    the bomb
    break a leg
    break up
    broke up
    hospital appointment/appointments/letter/bill
    hair cut
kill_or_injure never says-they-would-not-hurt
    I AUX* not/never ADV* AUX* mean/want/meant/wanted/intend/meaning/wish/try/tried/trying ~2 hurt/hurting/harm TARGET
    sorry ~6 hurt/hurting/harmed TARGET
    sorry for hurt/hurting/harm
    regret hurting you
    hurt/hurting/harmed you ~3 sorry/apologise/apologize/forgive
    I ADV* hurt/hurts/hurting ~2 you ~2 much
    you hurt me
    hurt/hurts/hurting me
    I not/never meant/mean/wanted to? hurt
    forgive ~6 hurt/hurting TARGET
child_emergency never grown-up-or-past
    emergency contact/contacts/number/services/fund/exit/form
    sick of
    sick and tired
    sick leave/pay/note/day
location never no-place
    know where you AUX* coming from
    know where I/you stand
    nice to see/meet/have/know
    see you in court
countdown_or_farewell never kind
    last time you paid/saw/ate
possession never my-place
    at/from/to/by/round/around/over mine
    a/an/friend/friends/mate/cousin ~1 of mine
    mine is/was/too
gift_at_home never no-gift
    at present
    present form/address/for
"""

IDIOMS = """
kill_or_injure idiom joking-threat
    until/till/til/after/before/because/think/thought/why/wish ~1 YOU BE* dead
    BE sleeping with one eye open
    KILL/HURT/murder/end ~2 you/u/him/her/them ~2 if you/u/he/she/they ~2 eat/spoil/finish/drink/forget/touch/beat/miss/steal/tell/say/bring/sing/mention/use/ate/ruin/make/start/buy/post/laugh/play/put/wear/leave/break/watch
    KILL/HURT/murder/end you/u ~1 haha/lol/lmao/jk/xd/😂
    KILL ~1 with ~1 kindness/laughter/love
    KILL you to/4
    AUX not KILL you
    not/never AUX* KILL/HURT you
    what/it/that/this/which/traffic/work/he/she/they/exercise/virus/smoking/stress/cancer/music/things/will ~3 AUX+ KILL you
    way/trying/tries/going not to kill you
    out to kill you
    does/did/do not kill you
    die/dying/died/dead/dies ~2 of/from/with/for ~1 laughter/laughing/embarrassment/boredom/hunger/thirst/shame/curiosity/it/heat/cold/excitement/that/this/cancer/covid/old/natural/heart
    die when/if/from/at ~1 you/u ~2 hear/see/read/watch/taste/try/find
    AUX die when you hear/see/read
    to die for
    die laughing/trying/hard/happy
    dead right/wrong/on/serious/lol/tired/haha
    you are/be dead ~1 right/wrong/on/to/serious/funny/good/set/sure
    we are dead lol/haha
    be/being sorry you missed
    be the death of me
    she/he/that/this/it/they/kids/job/toddler AUX+ be the death of
    run you over ~2 to/there/the
    beat you ~1 at/in/by/to ~1 chess/tennis/fifa/cards/golf/it/monopoly/game/that/the/there/mario/pool/scrabble/poker
    hurt you to
    AUX not hurt you
    could/would/might not hurt
    it/that/this AUX* HURT you
    HURT you ~1 feelings
    take YOUR life ~2 in/to/back/into/and/seriously/savings
    life insurance
    end you/u a/an/up/reminder
    end YOUR ~1 subscription/membership/call/session/trial/contract/day
    finish you ~1 off ~1 some/with
    take you out for/to/on/tonight/dinner/sometime/tomorrow
    take YOU/HIM/it out ^/for/to/on/tonight
    take you down ~1 to/the/memory
    will never wake
    make you ~1 pay ~1 for/taxes/dinner/lunch
    make you disappear ~2 in/book/game/trick/magic
    coming for you ~1 with/at/in/to
    come for you ~1 at/in/on/when/after/to
    coming/come for ~1 dinner/lunch/tea/drinks/christmas/coffee
    hunt you down ~3 tag/game/paintball/hug/nerf/refund/to/fix/thank
    i know where to find you
    breath/breathe ~3 yoga/relax/deep/in/deeply/slowly/exhale
    run/running away ~3 holiday/circus
    hope you die ~2 laughing/happy/old
    no/nobody/noone find ~3 useful/interesting/funny/helpful
    no ~3 find YOUR/the body ~2 text/copy/lotion/paragraph/section/of
    set/light it ~1 up
    kill/murder ~1 a/for/the/some curry/pint/coffee/beer/pizza/burger/kebab/drink/cake/takeaway/sandwich
    you will not live ~1 in/there/here/at
    sleep/get up/watch with one eye open ~3 baby/newborn/cat/dog/dolphins/ducks
* idiom somebody-elses-words
    said/says/sang/sings/quote/quotes/lyrics/song/film/movie/book/novel/episode/character/scene/headline/article/game/chorus/verse/tweet/villain/line/trailer/series/play/story/plot ~6 I AUX+ KILL/HURT/end/find/burn/shoot YOU/HIM
    said/says/sang/sings/quote/quotes/lyrics/song/film/movie/book/novel/episode/character/scene/headline/article/game/chorus/verse/tweet/villain/line/trailer/series/story/plot/tells/told/shouted/shouts/screamed/yelled/yells/replied ~4 I AUX+ KILL/HURT/end/find/burn/shoot/know/watch/watching/see YOU/HIM/where
suicide_threat idiom not-ones-own
    kill/shoot/hang myself ~1 laughing/lol/haha
    suicide squad/prevention/hotline/awareness/helpline/note/watch/rates/bomber
    want/wanna ~1 to? die ~2 laughing/lol/haha/embarrassment/of/happy
    could/would/might ~1 kill/shoot myself
    die of ~1 embarrassment/shame/boredom/laughter
    end/ending it here/there/with/at/on/today/now/for ~2 summary/note/question/email/mail/letter/post
    end it all ~2 list/sale/sales
    not/never/without ~2 kill/hurt/killing/hurting/harm/cut myself
    hurt/hurting/cut/cutting/burn/burning/hit myself ~3 on/at/with/in/while/when/playing/cooking/shaving/training/running/yesterday/today/last/gym/football
    I AUX* hurt/cut/burned/burnt myself
    cutting myself ~1 off/short/some/a
    take ~1 all ~1 tablets/pills/meds/them/# ~2 with/daily/food/times/doctor
    took # ~1 tablets/pills/paracetamol ~3 headache/for/pain
    drown/kill/hang/burn myself ~1 in/with ~1 work/coffee/chocolate/wine/guilt
    I AUX* jump off/in/on/from/out ~1 the? train/bus/call/bed/here/tram/zoom/pool/phone
    jump off the train/bus/call/tram
location idiom nothing-in-it
    know where you ~2 coming/stand/are ~2 from/on/with
    know/no where you/u can/could/get/might
    see you in the/a/on ~1 zoom/morning/meeting/office/list/call/credits/photo/picture/chat/logs/database/system
    see you ~1 in ~1 your new/next/the
    watching you ~1 on/in/at/perform/play/grow/tonight/race/dance/sing/at/do
    watch you ~1 on/in/play/perform/grow/dance/sing/race
    follow/following/followed you ~1 on/back/to/for/up ~2 insta/instagram/twitter/facebook/tiktok/youtube/github/x/linkedin/advice/blog/career
    follow/following/following you ^/on
    following/followed/follow YOUR ADV* blog/advice/instructions/work/progress/suggestion/example/recipe/posts/thread/lead/career/question/post/news/story
    watching/watch/following YOUR ~1 video/show/videos/channel/blog/talk/presentation/series/post/space/weight/progress
    I AUX* outside the ~1 office/school/gym/building/house/cinema/station/restaurant/pub/shop ~3 parcel/delivery/taxi/uber/pizza/come/ready/order/driver
    know/have/found/got YOUR address ~3 on/from/in/book/invitation/file/list/for
    have YOUR address ^/and/now ~3 send/post/ship/will
    track/tracking YOUR ~1 order/parcel/package/delivery/shipment/progress/hours/time/expenses/packages
    outside YOUR ~1 door/building/house ~4 parcel/delivery/driver/package/pizza/food/order
kill_or_injure idiom of-games-and-things
    shoot YOU/HIM ~1 down ~2 in/proposal/idea/argument
    KILL him/her/them/everyone/anyone ~4 game/level/boss/round/season/episode/chess/respawn/zombies/match/mission/quest/raid/hp
    boss/game/level/zombies/character/player/chess/movie/film/book/episode/season/match ~6 KILL YOU/HIM
    KILL HIM off ~2 in/show/series/book
    I AUX* HIT YOU ~1 with ~3 question/numbers/stats/news/facts/email
    dead ~1 link/drive/code/letter/sea/language/languages/weight/zone
    AUX KILL HIM/PERSON ~3 haha/lol/lmao
child_harm_or_taking idiom going-somewhere-nice
    take/taking/took/bring/have ~3 CHILDREN ~4 park/zoo/school/cinema/beach/swimming/football/out/dinner/lunch/doctor/dentist/museum/nursery/party/grandparents/practice/holiday/training/class/pool/shops/library/playground/circus
    know which school ~3 going/apply/chosen/chose
intimate_images idiom no-threat-in-it
    post/send/share/upload ~3 nude/naked ~2 eye/mole/truth/lipstick/eyeshadow/palette/cake
    naked eye/truth/juice/mole/wines
fire_or_property idiom burning-other-things
    burn/burning YOU/YOUR/HIM ~2 cd/dvd/copy/disc/calories/fat/mix/mouth/tongue/candle/eyes/bra/bridges/ears/copies
    set YOUR ~1 world/heart/soul/bbq/grill on fire
    destroy/destroying/wreck YOUR ~1 data/files/records/card/document/documents/copy
    break YOUR ~1 heart/fast/news/habit
third_party_harassed idiom friendly
    visit/visiting/call/see/ring YOUR ~1 PERSON
"""

TABLES = (TABLE, IDIOMS)
