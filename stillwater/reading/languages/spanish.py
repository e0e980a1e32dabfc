"""Spanish: danger, court papers, codes. Words are written without accents, as many type them."""

CLASSES = {
    "TE": "te os t",
    "VOY": "voy vamos quiero puedo podria juro pienso va van vais debo tengo",
    "MATAR": "matar matarte mato mate asesinar asesinarte degollar degollarte apuñalar apuñalarte"
    " apunalar estrangular ahogar ahogarte quemar quemarte enterrar enterrarte acuchillar disparar"
    " dispararte envenenar rajar rajarte ahorcar reventar reventarte desaparecer descuartizar"
    " balear quebrar liquidar",
    "DANAR": "golpear pegar pegarte lastimar dañar danar herir romper romperte partir partirte"
    " destruir destrozar destrozarte hundir arruinar violar cortar golpearte lastimarte hacer",
    "A": "a al",
    "TU": "tu tus vuestra vuestro ti",
    "MI": "mi mis nuestro nuestra nuestros",
    "NINOS": "niños ninos niño nino niña nina niñas hijos hijo hija hijas bebe nene nena crios peques"
    " pequeños chicos @child",
    "PERSONA": "madre mama padre papa hermana hermano novio novia familia amiga amigo jefe abuela"
    " abuelo marido esposo pareja primo padres",
    "ARMA": "pistola arma cuchillo escopeta navaja rifle machete revolver bala balas hacha acido"
    " gasolina bate fierro 🔫 🔪 🗡",
    "CASA": "casa puerta piso apartamento coche carro auto ventana calle trabajo oficina jardin"
    " departamento portal moto",
    "ANIMAL": "perro perra perrito gato gata gatito mascota conejo caballo cachorro",
    "CUANDO": "lunes martes miercoles jueves viernes sabado domingo mañana manana hoy noche"
    " medianoche # mediodia",
}

SPELLINGS = {
    "q": "que", "xq": "porque", "k": "que", "pq": "porque", "d": "de", "tb": "tambien",
    "matarlos": "matar los", "xfa": "favor", "mñn": "mañana", "dnd": "donde", "ke": "que",
}  # fmt: skip

COMMON = (
    "a te que de la el los las y lo por con una un para como pero eres mi tu si esta esto mas muy voy"
    " va van no me se es en al ya ti mis tus nos le les su sus hoy asi todo todos cuando donde quien"
    " porque hay ser estar tengo tienes estoy has he # ~ nada nadie nunca solo bien mal ni o tambien"
    " hacer quiero puedo vas sin hasta mate"
)

_DANGER = """
kill_or_injure direct amenaza-de-muerte
    TE VOY a MATAR/DANAR ~2 ^/cara/piernas/alma/cabeza/puta/zorra/perra/si/cuando/con/y/como/daño/la/las/los/huesos/mis
    VOY a matarte/asesinarte/apuñalarte/degollarte/enterrarte/destrozarte/reventarte/golpearte/pegarte/lastimarte
    TE mato/mataré/matare/reviento/rajo/destrozo ^/si/puta/hija/zorra/perra/y/como/cuando/maldita
    TE ~1 juro ~3 mato/matar/mataré
    VOY a acabar contigo
    acabare/acabaré contigo
    estas ~1 muerta/muerto
    eres ~1 mujer muerta
    date ~1 por ~1 muerta/muerto
    vas a morir
    VOY A MATAR A TU ~1 PERSONA/NINOS
    VOY a MATAR a tus NINOS
    TE quiero ver ~1 muerta/muerto/sufrir
    quiero que ~1 te mueras
    ojala te mueras
    muerete ~1 puta/zorra/perra
    TE ~2 cortar el/la cuello/cara/garganta
    bajo tierra
    TE mando/mandare ~1 matar
kill_or_injure doubt quiza-amenaza
    matar/mato/matarte/mataré/matare/muerta/muerto/muerte/morir/asesinar/asesino/sangre/ataud/tumba/cementerio/entierro/cadaver
    vas a pagar
    vas a ~2 arrepentir/lamentar/pagar/sufrir/ver
    te vas a ~1 arrepentir/enterar
    te arrepentiras
    lo/las ~1 pagaras/pagar/lamentaras
    ya ~1 veras
    cuidate ~2 espalda/mucho/las
    ten ~1 cuidado
    DANAR/golpear/pegar ~3 te/ti/contigo
    TE VOY a
    acabar contigo
    tus dias
    proxima vez
    nada que perder
    lo que te espera/mereces
    te lo mereces/mereciste
    te VOY a encontrar/buscar
    te ~1 encontrare/buscare/pillo/pille
    accidente/accidentes ~2 pasan/pasar/ocurren
    que te pase algo
    te va a pasar
weapon direct tiene-arma
    tengo ~2 ARMA ~4 ti/para/con/tu/contigo/voy
    pegarte/pego/meter/meto ~2 un/una tiro/bala/balazo
    TE ~2 pego un tiro
weapon doubt quiza-arma
    ARMA
    tiro/balazo/disparo/cargada
weapon_bought doubt compro-arma
    compre/compro/comprado/conseguido/consegui ~5 ARMA
possession direct eres-mia
    si no eres ~1 mia/mio ~5 nadie/otro
    si no eres para mi
    si no puedo tenerte ~2 nadie
    eres ~2 mia/mio ^/para/y/siempre/aunque
    me perteneces
possession doubt quiza-posesion
    mia/mio/perteneces/pertenece
    de nadie mas
    nadie ~3 va a tenerte/quererte/tocar/tocarte
    nunca ~4 dejarte/libre/dejar/ir/escapar
    nadie me deja
    hasta que la muerte
suicide_threat direct se-quita-la-vida
    me voy a matar/suicidar/ahorcar/colgar/tirar
    VOY a matarme/suicidarme/ahorcarme
    me mato ^/si/hoy/esta/por/y
    quitarme la vida
    me quito la vida
    ya? no quiero ~1 vivir/seguir viviendo? ^/mas/sin/asi/ya
    no quiero seguir viviendo
    me quiero morir/matar ^/sin/ya/por
    quiero morirme/suicidarme
    cuando este/esté muerto/muerta
suicide_threat doubt quiza-su-propia-muerte
    no puedo ~1 mas
    no ~1 aguanto/soporto mas
    no quiero ~1 vivir
    sin ti ~4 vivir/morir/nada/vida/no
    suicidio/suicidarme/matarme/pastillas/venas/soga/puente/morirme/ahorcarme
    quiero morir
    adios ~1 para/por siempre
    adios ^
    hasta nunca
    para siempre
    cuando ~1 ya no este/esté
    ya no estare
    mejor sin mi
    estarian/estarias mejor
    no vale la pena
    no tiene sentido
    nada por que/lo vivir
    ultimo/ultima ~1 mensaje/vez/palabra/carta
    cuida/cuidame ~2 NINOS
    dile/diles ~3 quiero/amo/NINOS
    todo ~2 acabar/acabara/terminar/termine/acabe
    me tomo/tome/tomé ~4 pastillas
child_harm_or_taking direct amenaza-por-los-hijos
    no ~1 vas a ~2 volver a ver a ~1 TU/los/las/MI NINOS
    nunca ~3 ver ~2 TU/los/las/MI NINOS
    no veras ~3 NINOS
    VOY a MATAR/DANAR a ~1 TU/los/las NINOS
    VOY a llevarme ~2 NINOS y/lejos/para
    se ~1 donde ~2 estudian/estudia/van/va ~4 NINOS
    se a que ~1 escuela/colegio ~2 van/va
child_harm_or_taking doubt quiza-los-hijos
    llevo/llevar/llevarme/llevare/quito/quitar/quedo/llevé ~5 NINOS
    NINOS ~6 conmigo/lejos/nunca/aeropuerto/mios/pasaporte/pasaportes/pagar/ver/despidete/devolver/vuelven
    volver ~2 ver ~3 NINOS/los/las
    pasaporte/pasaportes/aeropuerto/custodia/secuestrar
    no ~1 devuelvo/devolver/traigo/traer ~4 NINOS/los/las
    despidete ~3
child_emergency direct un-nino-herido
    tu NINOS ~3 tuvo/sufrio/ha/esta ~3 accidente/hospital/herido/herida/desaparecido/desaparecida
child_emergency doubt quiza-un-nino-enfermo
    hospital/urgencias/ambulancia/clinica/emergencias
    fiebre/temperatura/accidente/convulsion/operar/operando/vomitando/inconsciente/alergica/alergico
    NINOS/ella/el ~5 enfermo/enferma/malito/malita/herido/herida/perdido/perdida/caido/cayo/golpeo/respira/desaparecio/quemo
    no ~2 llego/aparece/encuentro/respira/volvio ~4
    se rompio/partio ~2 brazo/pierna/cabeza
    esta muy/enfermo/enferma ~1 mal/grave
location direct sabe-donde-estas
    se ~1 donde ~1 vives/trabajas/duermes/estas/aparcas/estacionas/vivis
    TE estoy viendo/vigilando/siguiendo/observando
    estoy ~2 fuera/afuera/enfrente/delante de TU CASA
    TE VOY a encontrar ~2 donde/aunque/y
location doubt quiza-donde-estas
    donde ~1 vives/trabajas/estas/duermes/vas/estabas/andas/vivis
    estoy ~2 fuera/afuera/abajo/aqui/enfrente/esperando/puerta
    en TU ~1 CASA
    TE vi ~4
    te he visto/seguido
    te ~2 viendo/vigilando/siguiendo/observando/esperando
    luz ~3 encendida/apagada/prendida
    bonita/bonito/lindo/linda/nueva/nuevo ~2 CASA/cortinas/vestido/abrigo/barrio
    abre ~1 la? puerta
    abreme
    asomate/mira ~3 ventana
    detras de ti
    quien ~1 era/es ese/el
    sola en
    estas sola
    tu ~2 coche/carro ~3 aparcado/estacionado
    con el/él ^
    calle ~3 #
    que guapa ibas/estabas
    ese/el ~1 vestido/abrigo ~1 rojo/azul/negro
strangling direct amenaza-con-ahogar
    TE VOY a ~1 ahogar/estrangular/ahorcar/asfixiar
    VOY a ahogarte/estrangularte/ahorcarte/asfixiarte
    manos ~3 TU cuello/garganta
    apretar/apretarte ~2 cuello
strangling doubt quiza-ahogar
    cuello/garganta/estrangular/estrangularte/ahogar/ahogarte/ahorcar/asfixiar/ahorque
    no podias respirar
    respirar
fire_or_property direct amenaza-con-fuego
    VOY a ~1 quemar/quemarte/incendiar/destrozar/romper ~1 TU/la/el ~1 CASA/cosas
    quemarte la casa
    TE ~1 quemo la/el CASA
    prender fuego ~2 TU/la/CASA
fire_or_property doubt quiza-fuego
    quemar/quemo/fuego/incendio/incendiar/gasolina/llamas/cerillas/quemado/ardiendo/arder
    ruedas/llantas/frenos/parabrisas/cristales
    romper/rompo/destrozar/reventar ~4 CASA/ventana/cristal/todo
    tirar la puerta
countdown_or_farewell doubt quiza-plazo
    tienes ~2 hasta ~2 CUANDO
    tienes # horas/dias/minutos
    te doy ~2 hasta/#/un/una/dos
    te quedan ~3
    # horas/dias ~1 ^
    ultima/ultimo ~1 oportunidad/aviso/vez/advertencia/chance
    falta/queda ~1 poco
    poco tiempo
    se ~1 te? ~1 acaba/acabo ~1 el? tiempo
    tic tac
    el tiempo corre
    cuenta atras/regresiva
    pronto ^
    ^ pronto
    mañana/manana ~1 se ~1 acaba/termina
    hasta nunca
    adios ~2 siempre
    ya veras
    nos vemos en el infierno/otro/cielo
    antes ~2 del CUANDO ~4 o
    disfruta ~5 ultimo/ultima/ultimos
intimate_images direct amenaza-con-imagenes
    VOY a ~1 publicar/subir/enviar/mandar/compartir/difundir/enseñar ~4 fotos/videos/video/nudes ~3 desnuda/desnudo/intimas/intimos/sexo/follando/nudes
    publicar/subir/enviar/mandar/compartir/difundir TU ~1 fotos/videos/nudes/video ~2 desnuda/desnudo/intimas/intimos/^/a/en
    todos/todo ~3 ver/veran/van ~3 TU ~1 fotos/videos/nudes/video ~1
    tengo ~2 fotos/videos/nudes ~1 tuyas/tuyos/tus ~1 desnuda/desnudo/intimas
intimate_images doubt quiza-imagenes
    desnuda/desnudo/nudes/onlyfans/porno/intimas/intimos
    fotos/videos/video/imagenes ~4 ti/tuyas/tuyos/nuestras/nuestros/tengo/jefe/publicar/subir/todos/internet
    tengo ~3 fotos/videos/video/grabaciones
    publicar/publico/subir/subo/difundir/filtrar
    grabe/grabado
pets direct amenaza-al-animal
    VOY a MATAR/envenenar ~1 a TU/el/la ~1 ANIMAL
    matar a TU ANIMAL
pets doubt quiza-animal
    ANIMAL ~6 muerto/muerta/matar/desaparecer/perrera/veneno/despidete
    mato/matar/envenenar/regalar/regale/despidete ~4 ANIMAL
third_party_harassed doubt molesta-a-otros
    TU ~1 PERSONA/jefe ~5 pagar/saber/contar/decir/visita
    llamar/llame/hable/hablar/contar/visitar/fui ~5 TU ~1 PERSONA/trabajo/jefe
third_party_recruited doubt manda-a-otros
    mandar/mando/mande/enviar ~4 gente/alguien/amigos/primos
    MI ~1 hermanos/primos/amigos/gente ~5 van/visita/buscar/buscarte/encontrar/ver/verte
came_in_person doubt vino-o-viene
    fui/pase/vine/estuve ~2 a/por/en TU CASA
    voy ~2 para/a TU CASA
    voy para alla
    toque/timbre ~3
gift_at_home doubt dejo-algo
    flores/rosas/regalo/paquete/chocolates ~5 puerta/casa/recibiste/llegaron/gustaron/deje
    deje/dejé ~5 TU ~1 CASA/puerta
handover_change doubt quiza-cambio-de-entrega
    recoger/recojo/traer/traigo/entrega/entregar/cambiar/devolver/recogerla/recogerlo
    llego/llegare tarde
    no puedo ~2 ir/llegar/recoger
time_soon doubt en-un-dia
    hoy/mañana/manana/ahora
time_later doubt mas-tarde
    proxima/proximo semana/mes/lunes/martes/miercoles/jueves/viernes/sabado/domingo
"""

_EXCUSES = """
* idiom frase-hecha
    matar de ~1 risa/hambre/amor/ternura/aburrimiento/curiosidad
    MATAR/muero/muerto/muerta/morir/morirme de ~1 risa/hambre/sueño/sed/frio/calor/amor/ganas/pena/miedo/verguenza/envidia
    te VOY a hacer ~2 reir/feliz/cena/comida/descuento/caso/falta
    mato el tiempo
    matar el tiempo
    VOY a romper ~2 record/hielo
    TE VOY a DANAR una/un/el ~1 ^
    en la puerta ~4 pizza/paquete/repartidor/pedido/taxi
kill_or_injure never no-quiere-herir
    no ~2 quise/queria/quiero ~2 hacerte daño/danar/lastimarte/herirte
    perdon ~4 daño/lastimarte
"""

_PAPERS = """
legal_strong direct notificacion-judicial
    queda ~2 citado/citada/notificado/notificada/emplazado/emplazada
    se le ~2 cita/notifica/emplaza/requiere ~6 juzgado/tribunal/audiencia/juicio/demanda/comparecer
    citacion ~3 judicial/juicio/audiencia/juzgado
    orden de ~1 alejamiento/proteccion/comparecencia
    demanda de ~1 divorcio/custodia
    cedula de ~1 notificacion/citacion/emplazamiento
    debera ~3 comparecer
legal_sign direct juzgado
    juzgado/tribunal/audiencia
legal_sign direct you-are-meant
    usted ~4 comparecer/presentarse/contestar
    debe ~4 comparecer/presentarse/contestar/asistir
    contra usted
    su ~2 comparecencia/contestacion/divorcio
legal_sign direct numero-de-expediente
    expediente/autos/procedimiento ~2 #/numero/no/n
    numero de expediente/procedimiento/autos
legal_sign direct plazo-o-vista
    plazo de ~1 #
    vista ~3 señalada/fijada
    en el plazo
    comparecer ~4 dia
legal_due direct antes-de
    plazo de ~1 #
    antes del ~1 #
    hasta el ~1 #
    el dia #
    a mas tardar ~2 #
code_word direct habla-de-un-codigo
    codigo de ~1 verificacion/seguridad/confirmacion/acceso/inicio/activacion/autorizacion/whatsapp
    tu/su codigo
    codigo ~1 es
    contraseña/clave de un ~1 solo/unico
    clave/codigo ~2 #
carries_word direct habla-por-alguien
    el/ella ~1 te ~1 extraña/quiere/ama/necesita/perdona/echa
    el/ella ~1 esta ~2 sufriendo/destrozado/destrozada/mal/arrepentido/arrepentida/llorando/triste
    el/ella/me ~1 pidio/dijo ~3 que/te/dijera/digas
    me ~1 pidio que ~1 te
    llamalo/llamala/perdonalo/perdonala/hablale/escuchalo/desbloquealo/contestale
    habla con ~1 el/ella
    dale ~3 oportunidad
    de parte de
    te manda ~2 saludos/besos/mensaje
    @other ~6 te/quiere/extraña/hablar/mal
"""

_DAYS = {
    "lunes": "monday",
    "martes": "tuesday",
    "miercoles": "wednesday",
    "jueves": "thursday",
    "viernes": "friday",
    "sabado": "saturday",
    "domingo": "sunday",
}
_WEEKDAYS = "\n".join(f"weekday doubt {day}\n    {name}" for name, day in _DAYS.items())

TABLES = (_DANGER, _EXCUSES, _PAPERS, _WEEKDAYS)
