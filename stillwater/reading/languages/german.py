"""German: danger, court papers, codes. Folded text writes ss for ß."""

CLASSES = {
    "ICH": "ich wir i",
    "DICH": "dich euch dir dih dch",
    "DU": "du ihr",
    "DEIN": "dein deine deinen deinem deiner deines eure euren eurem",
    "MEIN": "mein meine meinen meinem meiner unser unsere unseren",
    "WERD": "werd werde werden will wollen wollte kann könnte muss müsste möchte würde"
    " gehe geh komm komme schwör schwöre",
    "FUELL": "jetzt heute noch so bald dann einfach wirklich echt gleich doch auch schon mal nur"
    " endlich sofort langsam irgendwann nachher dafür eigenhändig verdammt ganz alle beide",
    "TOETEN": "töten toeten tote töte ermorden ermorde umbringen abstechen erstechen erschiessen"
    " erschiesse abknallen ersticken erstechen vergiften erschlagen erschlage totschlagen"
    " totmachen killen kille umlegen kaltmachen abschlachten schlachten umnieten verbrennen"
    " verbrenne ertränken überfahren köpfen aufschlitzen hinrichten zerstückeln",
    "WEHTUN": "verletzen schlagen schlag schlage verprügeln zusammenschlagen fertigmachen vernichten"
    " vernichte zerstören zerstöre wehtun foltern verprügel vermöbeln vermöbel prügeln vergewaltigen"
    " kaputtmachen quälen kriegen krieg finden finde",
    "KINDER": "kinder kindern kind kleine kleinen kleiner sohn söhne tochter töchter jungs mädchen"
    " baby @child",
    "PERSON": "mutter mama vater papa schwester bruder freund freundin eltern oma opa familie typ"
    " neuer neuen chef mann frau macker stecher kollegen",
    "WAFFE": "pistole gewehr waffe messer axt beil knarre machete schrotflinte kugel revolver"
    " armbrust schlagstock säure benzin baseballschläger 🔫 🔪 🗡",
    "HAUS": "haus wohnung tür haustür türe auto balkon fenster garten strasse bude hütte arbeit büro"
    " briefkasten garage",
    "TIER": "hund hunde katze katzen kater welpe hase pferd hamster vogel haustier köter",
    "WANN": "montag dienstag mittwoch donnerstag freitag samstag sonntag morgen heute abend mitternacht"
    " # mittag wochenende nacht",
}

SPELLINGS = {
    "bringe": "bring", "steche": "stech", "mache": "mach", "habe": "hab", "weis": "weiss",
    "weiß": "weiss", "zünd": "zünde", "tuer": "tür", "naechste": "nächste", "moerder": "mörder",
    "haett": "hätte", "fuer": "für", "koennen": "können", "selbstmordgedanken": "selbstmord",
    "nich": "nicht", "net": "nicht", "ned": "nicht", "nichts": "nix", "stehe": "steh", "sehe": "seh",
    "habs": "hab es", "zuende": "ende", "nehme": "nehm", "gehörn": "gehören", "isch": "ich",
    "krankenhause": "krankenhaus", "würge": "würg", "wuerge": "würg", "wuerg": "würg",
}  # fmt: skip

COMMON = (
    "ich du er sie es wir ihr mich dich sich mir dir uns euch der die das den dem des ein eine einen"
    " einem einer und oder aber nicht kein keine ist bin bist sind war hab hat hast haben zu in im an"
    " am auf mit von für so wie was wo wer wann dass wenn dann da hier jetzt heute noch auch nur schon"
    " mal mein dein deine meine will kann werd werde wird wirst ja nein doch um # ~ mehr alle man"
    " bis gleich bald einfach werden gehe geh komm kind finde finden morgen"
)

_DANGER = """
kill_or_injure direct droht-zu-töten
    ICH bring FUELL* DICH FUELL* um
    bring FUELL* DICH ~2 um
    bring DEIN ~1 PERSON/KINDER um
    ICH mach FUELL* DICH FUELL* kalt/fertig/platt/tot/alle
    ICH stech FUELL* DICH FUELL* ab
    ICH WERD FUELL* DICH FUELL* TOETEN/WEHTUN
    ICH töte/erschiesse/erstech/erschlage/ermorde/kille/erwürge/verbrenne/ersteche FUELL* DICH
    ICH schlag/schlage/prügel/trete/hau FUELL* DICH ~2 tot/kaputt/zusammen/krankenhaus/windelweich
    ICH WERD ~2 DEIN ~1 PERSON TOETEN/WEHTUN
    ICH TOETEN DEIN ~1 PERSON/KINDER
    DU bist FUELL* tot/tod/dran/fällig/geliefert
    bist DU FUELL* tot/tod/dran/fällig
    DU wirst FUELL* sterben/verrecken/bluten
    WERD DICH FUELL* TOETEN
    ICH WERD FUELL* DICH FUELL* tot sehen
    ICH WERD DICH tot sehen
    ICH schneid/schneide/schlitz/schlitze DICH/dir ~3 auf/kehle/ab
    kehle durchschneiden/aufschlitzen/durch
    ICH brech/breche dir ~3 knochen/genick/beine/nase/arme/hals/kiefer
    dir ~3 knochen/genick/beine/kiefer/hals/hände brechen
    unter die erde ~1 bringen/bring/bringe
    dreh/drehe dir den hals um
    stirb ~1 du/schlampe/hure/miststück/endlich
    ICH WERD ~1 DICH umbringen/vernichten
    du überlebst ~4 nicht
    ICH schick/schicke dir ~1 leute/jungs
kill_or_injure doubt vielleicht-drohung
    tot/töten/tod/umbringen/mord/ermorden/umgebracht/leiche/grab/sarg/beerdigung/friedhof/sterben/stirbst/stirbt/verrecken/verrecke/abstechen/erschiessen/abknallen/killen
    fertig/platt ~1 machen
    mach ~2 DICH ~2 fertig
    DICH/euch FUELL* fertig
    WEHTUN ~2 DICH
    DICH ~2 WEHTUN
    wirst ~4 bezahlen/büssen/bereuen/sehen/erleben/leid/schon
    bezahlen/büssen/bereuen ~1 wirst
    dafür bezahlen/büssen/zahlen
    das/es wirst DU
    pass/passt ~2 auf dich/auf
    nimm dich in acht
    sei vorsichtig
    deine tage
    nächstes/nächste mal
    nichts/nix ~1 mehr ~1 zu ~1 verlieren
    unfall/unfälle ~2 passieren/passiert
    etwas/was passiert/zustösst
    gnade dir gott
    krieg/krieg/erwisch/erwische/finde/find DICH
    ICH find/finde DICH
    in der hölle
    blut/bluten
    schlag/schlage/schlagen/hau/prügel ~2 DICH/dir/ihn/sie
    rache/rächen
    verdient/verdienst
    ins krankenhaus
    auge offen
weapon direct hat-eine-waffe
    ICH hab ~3 WAFFE ~4 dich/dir/dabei/tür/deinen/komme
    kugel ~2 kopf
    ICH erschiess/erschiesse/abknalle DICH
    messer ~2 rücken/bauch/hals/herz/kehle
weapon doubt vielleicht-waffe
    WAFFE
    geladen/schiessstand
weapon_bought doubt waffe-gekauft
    gekauft/besorgt/bestellt/geholt/kaufen ~6 WAFFE
    WAFFE ~4 gekauft/besorgt/bestellt/geholt
    waffenschein/waffenbesitzkarte
possession direct du-gehörst-mir
    wenn ich dich nicht ~3 kann/haben/kriege/bekomme ~3 keiner/niemand
    wenn ich dich nicht haben kann
    DU gehörst FUELL* mir
    gehörst DU ~2 mir
possession doubt vielleicht-besitz
    gehörst/gehört ~3 mir/uns
    gehören zusammen
    keiner/niemand/kein ~5 dich haben/bekommen/kriegen/anfassen/lieben
    DU bist ~3 mein/meine/meins
    bleibst ~2 meine
    niemand/keiner verlässt mich
    nie ~4 los/frei/gehen
    bis dass der tod
    lass dich ~2 nie/nicht ~2 gehen
suicide_threat direct will-sich-das-leben-nehmen
    ICH bring ~3 mich FUELL* um
    bring mich ~3 um
    mich umbringen/erhängen/erschiessen/umzubringen
    ICH WERD ~3 mich FUELL* TOETEN/erhängen
    ICH nehm/nehme mir ~2 leben
    mir das leben nehmen
    ICH WERD FUELL* nicht mehr leben
    will ich nicht mehr leben
    nicht mehr leben ~1 will/wollen
    selbstmord begehen
    häng/hänge/erhäng/erhänge mich
    ICH spring/springe ~3 brücke/dach/zug/fenster
    schluck/schlucke/geschluckt ~4 tabletten/pillen
    schneid/schneide mir ~2 pulsadern/adern
    wenn ich tot bin
suicide_threat doubt vielleicht-eigener-tod
    kann ~3 nicht mehr
    kann so nicht ~2 weiter
    nicht mehr leben
    ohne dich ~4 leben/sterbe/sinn/nichts/nicht
    selbstmord/suizid/pulsadern/tabletten/schlaftabletten/strick/abschiedsbrief/pillen
    will ~3 sterben
    wäre/wär ~2 tot
    lebwohl/lebewohl
    leb ~1 wohl
    für immer ~1 tschüss/weg
    machs gut
    mach es gut
    keinen/kein sinn
    sinn ~2 leben/mehr
    ohne mich ~2 besser
    besser dran
    wenn ich ~2 weg/tot/nicht
    bin/bald/morgen ~2 nicht mehr da
    letzte ~1 nachricht
    nie wieder ~2 hören/hörst
    brücke/gleise/gleisen
    nicht mehr aufwachen
    alles/es ~2 vorbei
    schluss mit allem
    mach/mache schluss
    beende/beenden ~2 es/alles
    pass ~2 auf die/KINDER ~2 auf
    mich/mir ~2 etwas/was antun
    sag ~3 KINDER ~4 liebe
child_harm_or_taking direct droht-wegen-der-kinder
    DU siehst/wirst/seht ~1 DEIN/die/MEIN/@child ~1 KINDER nie/nicht/niemals ~2 wieder/mehr ^
    siehst/sehen ~2 KINDER/sie/ihn nie ~1 wieder
    ICH tu/tue/tun/töte/schlag/schlage/bring ~1 DEIN/den/die/dem ~1 KINDER ~3 um/an/was/weh/etwas
    KINDER ~2 umbringen/wehtun/entführen
    nehm ~1 dir ~1 die KINDER ~1 weg
    ICH weiss ~2 KINDER ~2 schule/kita/kindergarten ~2 geht/gehen
    ICH weiss ~3 DEIN KINDER ~3 schule/kita/wohnt/geht/gehen/spielen
child_harm_or_taking doubt vielleicht-kinder-weg
    nehm/nehmen/hol/hole/behalte/behalt/nimm/bring/bringe/fliege/fahr/fahre/ziehe ~4 KINDER ~4
    KINDER ~5 mit/weg/nehmen/behalten/mitnehmen/flughafen/ausland/türkei/nie/wiedersehen/gehören/bleiben/bleibt/bezahlen/pass
    reisepass/pässe/flughafen/entführen/entführt
    sorgerecht/jugendamt
    siehst ~6 nie wieder/mehr
    nie wieder ~1 siehst/sehen/sehe
    nicht zurück/wieder ~1 bringen/bringe/gebe/bekommst
    bringe/bring/gebe ~4 nicht ~2 zurück/heim/mehr
    bleibt/bleiben ~2 bei mir
    verabschiede ~3 KINDER/ihr/ihm
    tschüss ~2 mama
child_emergency direct ein-kind-verletzt
    DEIN ~1 KINDER ~3 hatte/hat/ist/wurde ~2 unfall/krankenhaus/verletzt/verschwunden/vermisst
child_emergency doubt kind-vielleicht-krank-oder-verletzt
    krankenhaus/notaufnahme/notarzt/krankenwagen/klinik/intensivstation/rettungswagen/ambulanz
    fieber/temperatur
    unfall/verunglückt/überfahren/angefahren
    bewusstlos/gebrochen/gehirnerschütterung/blutet/erbricht/gekotzt/verletzt/vergiftet/verbrüht/verbrannt/krampfanfall/allergisch
    KINDER/sie/er ~5 krank/verletzt/weg/vermisst/verschwunden/fieber/gefallen/gestürzt/atmet/weggelaufen/geschluckt/ohnmächtig/op/operiert
    nicht ~2 nach/hause/heim gekommen
    nicht nach hause
    finde/find ~2 KINDER/sie/ihn nicht
    operiert/operation
    abgehauen/weggelaufen/vermisst/verschwunden
location direct weiss-wo-du-bist
    ICH weiss FUELL* wo DU ~2 wohnst/lebst/arbeitest/schläfst/bist/parkst/steckst
    weiss wo DU wohnst
    ICH beobachte/verfolge DICH
    ICH steh ~1 vor DEIN ~1 HAUS
    ICH hab DICH ~2 beobachtet/verfolgt
    ICH weiss FUELL* wo DEIN HAUS ~2 steht
location doubt weiss-vielleicht-wo
    wo DU ~2 wohnst/lebst/arbeitest/bist/warst/parkst/schläfst
    ICH bin ~1 draussen/unten/hier/da
    ICH steh ~3 draussen/unten/hier/tür
    steh ~2 vor
    vor/an/bei/in DEIN ~1 HAUS
    hab DICH ~4 gesehen
    seh/gesehen/beobachte/beobachtet/verfolgt/gefolgt ~2 DICH
    DICH ~3 gesehen/beobachtet/gefunden/verfolgt
    schöne/schöner/schönes/nette/hübsche ~1 HAUS/vorhänge/gardinen/neue/kleid/mantel
    licht ~3 an/aus
    mach/mache ~2 auf
    schau/guck ~2 fenster/raus
    hinter dir
    warte ~2 auf dich
    wer war/ist ~1 der/das/typ
    deine/neue ~1 adresse
    bist ~2 zuhause/daheim/allein
    in der ~1 jacke/mantel/kleid
    DEIN auto ~3 steht/parkt
    siehst ~2 gut/schön/hübsch/müde aus
    folge/gefolgt dir
    dir ~1 gefolgt
    neue wohnung
strangling direct droht-zu-würgen
    ICH würg/erwürg/erwürge/erdrossle FUELL* DICH
    ICH WERD DICH FUELL* würgen/erwürgen/erdrosseln/ersticken
    hände ~2 DEIN ~1 hals
    dir ~2 kehle/hals ~1 zudrücken/zu
strangling doubt vielleicht-würgen
    würg/würgen/gewürgt/erwürgen/erwürgt/erdrosseln/hals/kehle/ersticken/erstickt
    luft ~2 bekommen/kriegen/bekommst/gekriegt/weg/gekriegt
    blau ~1 bist/angelaufen/wirst/geworden
fire_or_property direct droht-mit-feuer
    ICH zünde/fackel/fackle/brenn/brenne/steck/stecke ~3 DEIN/dir/euch ~2 HAUS/alles/bude ~2 an/ab/nieder/brand
    ICH WERD ~2 DEIN ~1 HAUS ~2 anzünden/abfackeln/niederbrennen/zerstören/zerkratzen/anstecken/abbrennen
    ICH zerkratz/zerstech/zerschlag/zerkratze/zersteche/zerschlage ~2 DEIN ~1 HAUS/reifen/scheiben
    ICH trete/tret/schlag ~1 DEIN/die/deine tür ein
fire_or_property doubt vielleicht-feuer
    brenn/brennt/brennen/feuer/anzünden/abfackeln/flammen/benzin/zünde/streichhölzer/feuerzeug/rauchmelder/angezündet/verbrannt
    reifen/scheibe/scheiben/bremsen/bremsleitung
    zerkratzt/zerstochen/zerstört/kaputt
    tür ~1 eintreten/ein
countdown_or_farewell doubt vielleicht-frist
    hast ~2 bis/noch ~1 WANN
    bis WANN ~6 sonst/oder
    noch # stunden/tage/minuten
    # stunden/tage/tagen/minuten ~1 ^/noch/zeit/dann
    letzte ~1 chance/warnung/mal/möglichkeit
    letztes mal/wort
    nicht mehr lange
    die zeit läuft
    zeit läuft ~1 ab
    tick tack
    bald ^
    ^ bald
    WANN ~2 ist/wird ~1 schluss/ende/vorbei
    sonst passiert/wirst/knallts
    du wirst ~2 sehen
    wart/warts/warte ~1 nur/ab/ab
    leb wohl
    auf nimmerwiedersehen
    letztes ~1 wochenende/weihnachten
    countdown
intimate_images direct droht-mit-bildern
    ICH schick/schicke/poste/stell/stelle/veröffentliche/verschick/zeig/zeige ~4 nacktbilder/nacktfotos/nudes/nackt/sexvideo/video
    alle ~1 werden/sehen ~2 DEIN ~1 nacktbilder/nacktfotos/nudes/video/sexvideo
    ICH hab ~2 DEIN/von ~1 nacktbilder/nacktfotos/nudes
intimate_images doubt vielleicht-bilder
    nackt/nacktbilder/nacktfotos/nudes/sexvideo/sextape/intime/onlyfans
    video/videos/fotos/bilder/aufnahmen ~4 von dir/uns
    hab ~3 videos/fotos/bilder/aufnahmen/video
    alle ~4 sehen/erfahren
    ins netz/internet ~1
    hochgeladen/hochladen/poste/posten/veröffentlichen
    kamera/webcam
pets direct droht-dem-tier
    ICH bring ~1 DEIN/den/die ~1 TIER ~1 um
    ICH TOETEN/vergifte/töte ~1 DEIN/den/die ~1 TIER
pets doubt tier-vielleicht-in-gefahr
    TIER ~6 tot/um/weg/vergiftet/tierheim/umbringen/verschwunden/verabschieden/gestorben
    bring/töte/vergifte/gib/verkauf/verkaufe/schlag ~3 TIER
    tierheim
third_party_harassed doubt geht-andere-an
    DEIN ~1 PERSON/chef ~5 angerufen/besucht/erzählt/gesprochen/erzählen/anrufen/besuchen/geschrieben/sagen/bezahlen
    ruf/rufe/besuch/besuche/geh/gehe ~4 DEIN ~1 PERSON/arbeit/chef
third_party_recruited doubt schickt-andere
    schick/schicke/geschickt ~4 leute/jungs/brüder/freunde/cousins/vorbei/jemand/jemanden
    MEIN ~1 brüder/jungs/cousins/leute/freunde/kumpels ~5 kommen/besuchen/finden/dich/vorbei
    detektiv/privatdetektiv
came_in_person doubt war-da-oder-kommt
    ICH war ~2 bei dir/HAUS/da
    ICH komm/komme ~2 vorbei/zu/rüber/jetzt/gleich
    hab ~3 geklingelt/geklopft
    geklingelt/geklopft
    auf dem weg ~2 dir
gift_at_home doubt hat-etwas-hingelegt
    blumen/rosen/geschenk/paket/päckchen/strauss ~5 tür/briefkasten/dir/bekommen/gelegt/gestellt/auto
    vor ~2 DEIN ~1 tür gelegt/gestellt
handover_change doubt vielleicht-andere-übergabe
    übergabe/abholen/abhol/hole/hol/bringe/bring/tauschen/verschieben/absagen
    komm/komme ~1 später/nicht/eher
    schaffe ~3 nicht
time_soon doubt innerhalb-eines-tages
    heute/morgen/gleich/jetzt
time_later doubt später
    nächste/nächsten/nächstes woche/wochenende/monat
"""

_EXCUSES = """
* idiom redensart
    lach/lache ~1 mich tot/kaputt/schlapp
    lachen/hunger/langeweile/neugier/hitze/stress/durst/müdigkeit
    bringt mich ~2 um ^/vor
    schiessen ~4 fotos/bilder/hochzeitsfotos/tor/tore
    foto/fotos schiessen
    akku/handy/leitung ~1 ist ~1 tot/leer
    todmüde/totmüde
    komm/komme gleich
* never redensart-für-alle
    schiess los
    bring ~3 mit
kill_or_injure idiom scherz
    bring/töte DICH ~2 um wenn DU ~2 isst/vergisst/verrätst/aufisst/erzählst/gewinnst
    kriegen/krieg/finden/finde DICH ~1
possession idiom ware
    gehört mir ~2 tasche/jacke/auto/stift
"""

_PAPERS = """
legal_strong direct gerichtspost
    sie werden ~2 geladen/aufgefordert/verklagt
    ladung ~2 zum termin
    ladung ~4 gericht/amtsgericht/familiengericht/verhandlung/anhörung
    einstweilige anordnung/verfügung
    wird ~2 ihnen ~3 zugestellt
    zustellung ~4 beschluss/antrags/klage/klageschrift/urteil
    beschluss ~3 gerichts/amtsgerichts/familiengerichts
    förmliche zustellung
    versäumnisurteil
    antragsgegner/antragsgegnerin/beklagte ~6 frist/stellung/stellungnahme/erwiderung/geladen/termin
    scheidungsantrag/sorgerechtsverfahren/gewaltschutzgesetz
legal_sign direct gericht
    amtsgericht/familiengericht/landgericht/oberlandesgericht/gericht
legal_sign direct you-are-meant
    sie ~6 erscheinen/geladen/aufgefordert/stellung/äussern
    ihre ~2 stellungnahme/anhörung/scheidung
    gegen sie
legal_sign direct aktenzeichen
    aktenzeichen/geschäftszeichen/geschäftsnummer
    az ~1 #
legal_sign direct frist-oder-termin
    binnen ~2 # ~1 tagen/wochen
    innerhalb ~3 # ~1 tagen/wochen ~3 stellung/zustellung/äussern
    anhörung/verhandlungstermin/hauptverhandlung/gerichtstermin
    stellungnahme/stellung ~4 bis/frist/binnen
legal_due direct bis-wann
    bis ~2 zum #
    bis #
    spätestens ~2 #
    binnen/innerhalb ~2 #
    frist ~3 #
    am #
code_word direct spricht-von-einem-code
    bestätigungscode/sicherheitscode/verifizierungscode/anmeldecode/aktivierungscode/einmalpasswort/einmalcode/zugangscode/freischaltcode/smstan/mtan/tan
    dein/ihr/der ~1 code
    code ~1 lautet/ist/#
carries_word direct spricht-für-jemand
    er/sie ~1 vermisst/liebt/bereut/leidet/weint ~2 dich/sehr/alles/dir/so
    er/sie ~1 hat ~2 gesagt/gebeten/erzählt
    er/sie will ~4 reden/sprechen/sehen/entschuldigen
    er/sie ~2 tut ~3 leid
    es tut ihm/ihr ~2 leid
    ihm/ihr ~2 geht ~3 schlecht/dreckig/mies/gut
    geht es ihm/ihr
    ruf/ruft/schreib/antworte/red/rede/sprich/verzeih/gib ~2 ihn/ihm/ihr/mit ~2
    gib ihm/ihr ~3 chance
    grüsse/gruss/nachricht/brief von ihm/ihr/@other
    soll ~3 dir ~2 ausrichten/sagen/geben
    ausrichten
    @other ~6 dich/dir/leid/vermisst/liebt/reden/anrufen/sagt/meint/schlecht
"""

_DAYS = {
    "montag": "monday",
    "dienstag": "tuesday",
    "mittwoch": "wednesday",
    "donnerstag": "thursday",
    "freitag": "friday",
    "samstag": "saturday",
    "sonntag": "sunday",
}
_WEEKDAYS = "\n".join(f"weekday doubt {day}\n    {name}" for name, day in _DAYS.items())

TABLES = (_DANGER, _EXCUSES, _PAPERS, _WEEKDAYS)
