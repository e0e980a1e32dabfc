"""Words that people write in several ways, and keep writing in their own.

Which way somebody chooses says more of who they are than which word they need
(variant spellings in text messages: Grant 2010). Each line is one choice; the
ways stand in one line, the usual one first. A way stands in one line only.
Written for this project from general knowledge of how people text, in several
places where English is texted.
"""

_LINES = """
you u ya yu yew yuh uu youu
your ur yr yor youre
you're ure u're ur're
are r arr
i'm im iam ima
i've ive
i'll ill
i'd id
don't dont dun dnt don
can't cant cnt cannot canot
won't wont
didn't didnt didn didnot
doesn't doesnt
isn't isnt
wasn't wasnt
haven't havent haven havnt
couldn't couldnt
wouldn't wouldnt
shouldn't shouldnt
aren't arent
ain't aint
that's thats tht's
what's whats wats wat's wht's
it's its
let's lets
he's hes
she's shes
there's theres
where's wheres
how's hows
who's whos
we're wer
they're theyre
you'll youll u'll
you've youve u've
the de da d teh th dhe
this dis tis ths thiz
that dat tat tht
then den thn
they dey thy
there der dere thr
them dem thm
with wif wid wit w/ wth w
without w/o wout widout
what wat wht wad wut whatt
when wen whn
where whr wer's wheree wea
why y whyy
who hu
how hw
which wich whch wch
because cos cuz coz bcoz bcos becos bcuz becoz cause 'cause bc bcz cz
before b4 befor bfore bef
and n & nd an
to 2 t
for 4 fr fer
from frm fm frum
at @
be b
been bin bn
have hv hav haf av hve
has hs
having hvg havin hving
had hd
see c
will wil wl
would wud wld wuld
could cud cld culd
should shud shld shuld
was ws wz
were wr
is iz
not nt
no nope nah nop noo naa
yes yeah yep yup yea yah yess ye yas yer yh aye
okay ok k kk oki okie okok okk okey kay okies okiee oke okae
please pls plz plss plzz pleas pleaseee pl
thanks thx thanx tks thks tnx ty thnx thanxx tq cheers thankyou thnks ta
sorry sry soz sori sowwy sorrie srry
tomorrow tmr tmrw tomo tmw 2moro 2mrw tmrow tomoro tom 2morrow tomm tmoro
today 2day tdy todae tday
tonight tonite 2nite 2night tnite tonigh
night nite nyt nighty nighties
goodnight gdnite gnite gn gud9t goodnite gudnite gudnyt
morning mornin morn mrng mng gm
good gd gud goood gooood
great gr8 grt
late l8
later l8r ltr latr
wait w8
right rite rt ryt rght
about abt bout abut 'bout abot
people ppl pple peeps peopl
something smth sth smthg sumthing somethin smthing somethng sumthin
someone sm1 some1 sum1
anyone any1 ne1
everyone every1 evry1 evryone
anything nething anythin anythg
nothing nthg nothin nuthin nth nthing
everything evrything everythg evythg
already alr oredi alrdy alredi alreadi orh alrd alrdi
really rly realy rlly reali realli reallyyy
very v vry veri vvv
just jus juz jst jz js
like lyk lik lyke lke
know noe knw kno knoe
think thk thnk tink thinkin
want wan wna wnt wanna wana
going goin gg gng gonna gona gon
come cum cm cme
coming cmg comin cumin comng
go goo
got gt gotta
give giv gv
make mk mke
take tk tke tak
tell tel tll
told tld
talk tok tlk
call cal cll ring
said sed
say sae
meet mit mt
leave leav
let lemme
love luv lov lurve lub ilu lv
miss mis
help hlp
feel fil
thing thg tin thng
things thgs thngs
time tym tme
day dae
days daes
home hm hme
house hse
school sch skool schl
work wrk wk
class cls
friend frn frnd fren frend
friends frens frnds frends
brother bro bruh broo bruv brudda
sister sis siss
mother mom mum mummy mama mam mommy amma mumma momma ma
father dad daddy papa pa appa
baby babe bb bby bebe
dear dr
boy boi
girl gal gurl gurlz
guy dude mate bud
guys guyz
haha hahaha ha hahahaha lol lols lolz lmao heh hehe hehehe rofl kekeke hihi ahaha hahahah lool jaja
hi hey hello hii hiii heyy heyyy heya hiya helo yo oi hai ello ei
bye byee cya cu seeya ciao tc ttyl bubye baai
maybe mayb mebbe mabe prolly probably prob
though tho thou thoug
through thru
thought thot thght tot
enough enuf enuff
little lil litle
kind kinda
sort sorta
much mch
many mny
more mor
only onli oni nly
also oso olso alsoo
still stil stl
again agn agen agin
after aft aftr
always alwaz alwys alws
never neva nvr nver nvm nevr
ever eva evr
other otha othr
over ova
here hr hea
now nw
next nxt
last lst
week weeks
weekend wkend wkends wknd
month mth mnth
year yrs
minute min mins minutes minit
hour hrs hours
number num no.
message msg mesg sms txt text mssg
phone fone ph hp
picture pic pics foto
birthday bday b'day bdae
happy hapy happi
nice nyc naice
cool kewl coool
beautiful beautifull
hope hop
back bck bk
around arnd ard
between btw
anyway anyways nyway neway
actually actly actualy actli
definitely def defo definately
of ov
if f
my mi me
he hee
so soo sooo sooooo
damn dam
shit shyt
oh o ooh ohh ohhh ahh ah
hmm hm hmmm mm mmm hmmmm erm um umm uhm uh
wow woah whoa wah waa
aww aw awww awwww
lah la lar larh
lor lo lorh
leh le lei lehh
yaar yar
innit init
y'all yall
tired tird
sleep slp
sleeping slpg sleepin
dinner dinnr
lunch lunchh
waiting waitin w8ing
doing doin dng
eating eatin
looking lookin
trying tryin
talking talkin
working workin
watching watchin
getting gettin
saying sayin
problem prob prblm
percent %
"""


def _choices() -> list[tuple[str, ...]]:
    return [tuple(line.split()) for line in _LINES.strip().splitlines()]


def _index() -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for at, ways in enumerate(CHOICES):
        for way, word in enumerate(ways):
            found.setdefault(word, (at, way))
    return found


CHOICES = _choices()
WAY_OF = _index()
"""Word in lower case -> (which choice, which way of it)."""
