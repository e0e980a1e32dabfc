"""Words of Spanish. Hours stand after "a las"; "menos cuarto" goes back from the hour."""

from stillwater.reading.facts.language import Language, numbered, words

SPANISH = Language(
    code="es",
    common=words(
        "que el la los las de y es por para con una un no me te lo se en mi tu su del al si "
        "mañana hoy pero como está puedes tengo recoger"
    ),
    weekdays=numbered("lunes martes miércoles|miercoles jueves viernes sábado|sabado domingo"),
    months=numbered(
        "enero|ene febrero|feb marzo abril|abr mayo junio|jun julio|jul agosto|ago "
        "septiembre|sept|setiembre octubre|oct noviembre|nov diciembre|dic",
        1,
    ),
    relative={"hoy": 0, "mañana": 1, "manana": 1},
    numbers=numbered(
        "uno|una|un dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce "
        "quince dieciséis|dieciseis diecisiete dieciocho diecinueve veinte",
        1,
    )
    | {
        "treinta": 30,
        "cuarenta": 40,
        "cincuenta": 50,
        "sesenta": 60,
        "setenta": 70,
        "ochenta": 80,
        "noventa": 90,
        "cien": 100,
        "ciento": 100,
        "doscientos": 200,
        "trescientos": 300,
        "cuatrocientos": 400,
        "quinientos": 500,
        "seiscientos": 600,
        "setecientos": 700,
        "ochocientos": 800,
        "novecientos": 900,
        "veintiuno": 21,
        "veintiún": 21,
        "veintidós": 22,
        "veintidos": 22,
        "veintitrés": 23,
        "veintitres": 23,
        "veinticuatro": 24,
        "veinticinco": 25,
        "veintiséis": 26,
        "veintiseis": 26,
        "veintisiete": 27,
        "veintiocho": 28,
        "veintinueve": 29,
    },
    ordinals={"primero": 1},
    evening_days=words(""),
    the=words("el del al día dia"),
    of=words("de"),
    at=words("las la"),
    from_to=words("a al hasta - – y"),
    on=words("el las la a del al los próximo este día dia de"),
    morning=words("madrugada"),
    evening=words("tarde noche"),
    o_clock=words("h hs horas"),
    may_follow_hour=words(
        "y o en para no de por con si pero vez lugar hoy mañana el la menos punto que te lo los las"
    ),
    this=words("este esta"),
    next=words("próximo proximo"),
    last=words("pasado último ultimo"),
    each=words("cada todos los"),
    day_after_next=words(""),
    weeks=words("semana semanas"),
    days=words("día dia días dias"),
    rejects=words("no era"),
    rejects_pairs=frozenset({("vez", "de"), ("lugar", "de"), ("vez", "del"), ("lugar", "del")}),
    falls_away=frozenset({("no", "puedo"), ("no", "puede"), ("se", "cancela")}),
    cannot=words("no"),
    swaps=words("cambiar cambio cambiamos mover pasar cambia"),
    swaps_for=words("por al a"),
    by=words("antes vence límite limite tardar plazo"),
    by_pairs=frozenset(
        {("antes", "del"), ("antes", "de"), ("más", "tardar"), ("hasta", "el"), ("vence", "el")}
    ),
    until=words("hasta"),
    until_with=words("tienes tiene plazo pagar necesito responder abierto"),
    latest=words("tardar límite"),
    past=words("era fue murió vino ayer"),
    memory=words("recuerdas acuerdas aniversario"),
    answer=words("responde contesta dime confirma"),
    owing=words(
        "mitad pagar paga pagué debes debo deber alquiler cuota factura dinero cuesta "
        "depósito fianza transferir transferencia pensión saldo total"
    ),
    no_sum_after=words(
        "% días dias día semanas semana meses mes años año horas hora minutos min niños "
        "veces km kg personas páginas"
    ),
    no_sum_before=words("número numero piso puerta sala página nº aula calle"),
    noon={"mediodía": (12, 0), "mediodia": (12, 0), "medianoche": (0, 0)},
    ends=words("final fin finales"),
    from_=words("del de desde"),
    in_=words("en dentro"),
)
