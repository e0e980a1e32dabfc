"""English: word classes, spellings, and which tables are read."""

from stillwater.reading.languages import (
    english_danger,
    english_excuses,
    english_papers,
    english_signs,
)

TABLES = (
    *english_danger.TABLES,
    *english_signs.TABLES,
    *english_excuses.TABLES,
    *english_papers.TABLES,
)

CLASSES = {
    "I": "i we",
    "YOU": "you u ya yall yous yer yourself ur yo",
    "YOUR": "your ur yr ya yer yo you u",
    "MY": "my our me",
    "BE": "am are is be being been was were r going",
    "HAVE": "have has had having got get gets getting",
    # Before a verb: what makes it the sender's own plan.
    "AUX": "will would shall could might may should must can am are be been going to about want"
    " wanting need needs have had got ready like love swear promise planning plan fixing finna"
    " coming come came go fit tryna trying try gotta god bout 2 ADV",
    "ADV": "just so really fucking fuckin freaking definitely literally seriously actually"
    " honestly probably personally then soon finally gladly happily even also and still"
    " straight one day now bloody effing damn ever absolutely all too well truly",
    "NOT": "not never no dont didnt wont wouldnt cant couldnt",
    "PERSON": "mother mom mum mam mama mummy mommy mumma dad father daddy parents family sister"
    " sis brother bro boyfriend bf girlfriend gf husband wife partner fella bloke lover friend"
    " friends mate mates gran grandma nan nana granny grandad grandpa aunt auntie uncle cousin"
    " boss colleague coworker colleagues neighbour neighbor lawyer solicitor niece nephew man guy"
    " dude date ex roommate flatmate",
    "CHILDREN": "kids kid children child son sons daughter daughters boy boys girl girls baby"
    " babies toddler littles @child kiddies bairns",
    "HIM": "him her them everyone everybody anyone anybody someone us hem",
    "HE": "he she they him her them his hers their himself herself dad mum mom mother father @other",
    "TARGET": "YOU HIM PERSON CHILDREN",
    "ADJ": "new fucking little precious own whole entire stupid dear old so called bloody poor"
    " sweet pretty ugly lovely entire damn",
    "KILL": "kill kills killing killed murder murdering slaughter execute assassinate butcher"
    " behead decapitate strangle stab stabbing shoot shooting bury burying drown poison gut unalive"
    " merk murk exterminate snuff 🔪 🔫 🗡",
    "HURT": "hurt hurting harm maim injure cripple attack batter bash disfigure torture mutilate"
    " skin acid",
    "HIT": "hit beat smash punch slap smack kick crush jump break destroy hammer thrash belt thump"
    " whoop whip deck floor flatten clobber",
    "GUN": "gun guns pistol rifle shotgun revolver glock knife knives blade machete axe hammer"
    " bullet bullets firearm weapon crossbow taser ammo bat crowbar shooter strap 9mm 🔪 🔫 🗡"
    " acid petrol",
    "HOUSE": "house home flat apartment place door street building block gate porch garden yard"
    " window windows windo windows windowsill driveway balcony bedroom kitchen curtains road avenue"
    " lane cottage bungalow unit room",
    "PETS": "dog dogs cat cats puppy kitten pet pets rabbit bunny hamster horse budgie parrot"
    " doggo pup fluffy kitty pony",
    "SELF": "myself my self life me",
    "SOON": "today tonight tomorrow now soon later monday tuesday wednesday thursday friday"
    " saturday sunday midnight noon morning evening",
    "WEEKDAY": "monday tuesday wednesday thursday friday saturday sunday",
}

SPELLINGS = {
    "ill": "i|ill will|ill",
    "i'll": "i will", "im": "i am", "i'm": "i am", "ima": "i am going to",
    "imma": "i am going to", "i'ma": "i am going to", "iam": "i am", "ive": "i have",
    "i've": "i have", "i'd": "i would", "id": "i|id would|id", "we'll": "we will",
    "we're": "we are", "you're": "you are", "youre": "you are", "your'e": "you are",
    "you'll": "you will", "youll": "you will", "ull": "you will", "u'll": "you will",
    "u're": "you are", "you've": "you have", "youve": "you have", "you'd": "you would",
    "youd": "you would", "he'll": "he will", "she'll": "she will", "they'll": "they will",
    "theyll": "they will", "hell": "he|hell will|hell", "shell": "she|shell will|shell", "he's": "he is",
    "hes": "he is", "she's": "she is", "shes": "she is", "they're": "they are",
    "theyre": "they are", "it's": "it is", "its": "it is", "that's": "that is",
    "thats": "that is", "what's": "what is", "whats": "what is", "there's": "there is",
    "theres": "there is", "who's": "who is", "gonna": "going to", "gunna": "going to",
    "gona": "going to", "goin": "going", "gon": "going to", "gna": "going to",
    "wanna": "want to", "gotta": "have to", "won't": "will not", "wont": "will not",
    "can't": "can not", "cant": "can not", "cannot": "can not", "don't": "do not",
    "dont": "do not", "didn't": "did not", "didnt": "did not", "doesn't": "does not",
    "doesnt": "does not", "isn't": "is not", "isnt": "is not", "aren't": "are not",
    "wouldn't": "would not", "wouldnt": "would not", "couldn't": "could not",
    "couldnt": "could not", "shouldn't": "should not", "haven't": "have not",
    "havent": "have not", "hasn't": "has not", "wasn't": "was not", "wasnt": "was not",
    "ain't": "am not", "aint": "am not", "let's": "let us", "ur": "ur", "dnt": "do not",
    "kil": "kill", "kll": "kill", "hav": "have", "wil": "will", "will": "will", "da": "the",
    "tha": "the", "wat": "what", "ur're": "you are", "yuo": "you", "n": "and", "ppl": "people",
    "2nite": "tonight", "tonite": "tonight", "tmrw": "tomorrow", "tmw": "tomorrow",
    "2moro": "tomorrow", "tomoz": "tomorrow", "2morrow": "tomorrow", "fkn": "fucking",
    "fking": "fucking", "fckin": "fucking", "motherfucker": "bitch", "wen": "when", "ov": "of",
    "nvr": "never", "neva": "never", "evry": "every", "luv": "love", "hurtin": "hurt",
    "killin": "kill", "dyin": "dying", "gettin": "getting", "comin": "coming",
    "watchin": "watching", "takin": "taking", "lookin": "looking", "waitin": "waiting",
    "burnin": "burning", "shootin": "shooting", "ded": "dead", "knw": "know", "kno": "know",
    "urself": "yourself", "yrself": "yourself", "evryone": "everyone", "every1": "everyone",
    "sum1": "someone", "ne1": "anyone", "any1": "anyone", "bak": "back", "b4": "before",
    "cuz": "because", "cos": "because", "coz": "because", "bcuz": "because", "plz": "please",
    "pls": "please", "pic": "picture", "pics": "pictures", "pix": "pictures", "vid": "video",
    "vids": "videos", "photo": "picture", "photos": "pictures", "picz": "pictures",
    "hospitle": "hospital", "suiside": "suicide", "suicidal": "suicide", "thru": "through",
    "tho": "though", "wid": "with", "dat": "that", "dis": "this", "dem": "them", "ova": "over",
    "eva": "ever", "b": "be", "c": "see",
}  # fmt: skip

COMMON = (
    "i you u ya yo me my your ur will would could should can might may must shall to am are is be"
    " been was were a an the of for and or but if when so just not never no it that this what in on"
    " at by with from have has had do does did going want need know like get got go come see all"
    " some any one there here now then out up down off over he she they him her them we us our his"
    " its as how who why where before after until again more # ~ need make take think say said tell"
    " new old last time day back only even still really ADV BE"
)
