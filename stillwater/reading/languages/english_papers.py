"""English: court papers, codes, word carried for others, hand-overs and times."""

LEGAL = """
legal_strong direct hereby-summoned
    you AUX* hereby ~2 summoned/ordered/commanded/served/required/directed/cited
    hereby notified ~3 of/that ~4 hearing/petition/proceedings/lawsuit/court/complaint/motion/application/action/order
    hereby given ~6 hearing/petition/court/proceedings
    summoned to ~1 appear
    you AUX* BE? ~1 served ~2 with/by/^ ~4 petition/papers/order/summons/claim/application/notice/lawsuit/documents/proceedings/divorce
    you AUX* ~1 been served
    by way of service
    service of process
    served ~3 upon/on you
    attached ~6 BE? served/service ~3 upon/on you
    ordered/required/commanded/directed to ~1 appear ~8 court/hearing/judge/before/at/on
    you must/are/have ~3 attend/appear ~5 court/hearing/tribunal/judge/magistrates/courthouse
    notice of ~2 hearing/issue/proceedings/application/motion/petition/deposition/trial/filing/summons/eviction/possession/claim/service/entry
    notice to ~1 appear/respondent/defendant/quit/vacate
    summons ~4 you/court/appear/family/civil/case/hearing/criminal/attached/issued/and
    petition for ~3 divorce/custody/dissolution/parental/order/guardianship/protection/adoption/child
    petition ~4 has/have BE? ~1 filed/issued/lodged
    application ~4 has been/BE ~1 issued/made/filed/lodged ~4 court/against/you
    restraining/protective/protection/non-molestation/molestation/occupation/prohibited/harassment/custody/injunction order ~6 granted/issued/court/against/hearing/made/served/filed/petition/application/extended/expires/respondent
    temporary restraining order
    you AUX* ~1 the respondent/defendant
    respondent ~4 must/shall/has/is ~3 file/respond/serve/answer/days/attend
    file/submit/serve ~3 a/an/your ~2 acknowledgment/acknowledgement/answer/response/defence/defense/reply/appearance/statement ~4 within/by/before/no/on/court
    acknowledgment/acknowledgement of service
    default judgment/judgement
    judgment/judgement ~4 entered/made ~2 against/default
    if you ~3 not/fail/do ~2 respond/appear/attend/answer/file ~6 judgment/judgement/default/order/warrant/court/absence
    fail/failure to ~1 appear/attend/respond/file ~6 warrant/arrest/judgment/judgement/contempt/default/court/order/absence
    subpoena/subpoenaed ~3 you/to/duces/for/attached/appear/testify/compel
    you ~4 subpoenaed
    penal notice
    sealed order/copy ~3 court/attached/order
legal_sign direct a-court-or-tribunal
    family/county/district/superior/circuit/magistrates/high/crown/probate/juvenile/municipal/small/supreme/civil/federal/sheriff/appeals ~1 court/courts
    court of ~2 appeal/session/common/protection/justice/law
    in the ~4 court ~2 of/at/for/sitting
    clerk of ~1 the? court
    court clerk/office/registry/hearing/order/papers/date/documents
    registrar/bailiff/magistrate/cafcass/tribunal
    honorable/honourable judge/justice
legal_sign direct a-case-number
    case/docket/petition/cause ~1 number/no/nr/ref/reference/#
    re in the matter of
    in the matter of
    petitioner/respondent/claimant/defendant/applicant ~4 respondent/petitioner/defendant/claimant/plaintiff
    plaintiff/petitioner
legal_sign direct a-hearing-or-reply-is-due
    hearing ~4 listed/scheduled/set/date/take/on/at/before/will
    BE listed/scheduled/set for ~2 hearing/trial/mediation/directions
    hearing date
    respond/reply/answer/file ~4 within ~1 # ~2 days/day
    within # ~2 days ~3 of/from ~2 service/receipt/date/being
    no later than ~6 court/respond/answer/file
legal_sign direct you-are-meant
    your ~2 hearing/attendance/appearance/response/defence/answer/petition/divorce/case
    you AUX* ~2 attend/appear/respond
    you AUX* ~2 required/ordered/entitled/respondent/defendant
    served ~3 you
    attend/appear ~6 court/hearing
    against you
legal_sign direct papers-are-attached
    attached/enclosed ~5 petition/summons/order/affidavit/motion/application/pleadings/complaint/statement/claim/papers/c100/documents ~6 court/filed/served/divorce/custody/proceedings/service
    divorce/custody/court papers/petition/proceedings/application
    legal documents/papers/proceedings/action ~4 attached/served/against/enclosed/filed
    affidavit/affidavits
legal_due direct by-when
    no later than
    on or before
    not later than
    within # ~2 days
    within/in # days
    by ~2 #
    before ~2 #
    deadline
    due ~2 by/on/#
    until ~1 #
    must ~6 by
    hearing ~6 on/at/#
    appear ~6 on/at/#
    listed/scheduled/set for
"""

CODES = """
code_word direct speaks-of-a-code
    verification/security/login/confirmation/authentication/access/activation/signin/registration/authorization/authorisation/auth/log/sign/confirm/verify/verifying/unlock/reset/google/whatsapp/paypal/amazon/facebook/microsoft/telegram/signal/uber/bank/instagram/apple ~1 code/pin/codes/passcode
    one/1/single time/use ~1 code/password/passcode/pin/passcodes
    onetime code/password/passcode/pin
    otp/passcode/2fa/totp/tan/mtan
    your/the/ur/this/following/temporary ~2 code/pin/passcode ~2 is/to/for/^/#/below/are/expires
    code # ~3 to/is/for/expires/login/verify/^/do/will
    # is ~1 your/ur/the ~6 code/pin/passcode/password/otp
    use ~2 # ~2 to/as ~3 verify/log/login/sign/confirm/your/complete
    enter ~1 this/the code
    code is #
    code expires
    do not/never share ~3 code/with/anyone
"""

RELAYS = """
carries_word direct speaks-for-someone
    HE wants/wanted/asked/asks/told/begged/needs/ask/want ~2 me/to/you ~6 you/u/know/talk/call/tell/say/see/contact/forgive/text/message/answer/unblock
    HE says/said ~8 you/u/sorry/miss/misses/loves/love/talk/call/forgive/sorry
    HE ~1 is/was/been/has ~2 ADV* struggling/devastated/heartbroken/suffering/crying/lost/broken/sorry/changed/sick/ill/desperate/miserable/destroyed/depressed/worried/different/trying/hurting/hurt/better/therapy/upset/drinking/wreck/lonely/remorseful ~6
    HE ADV* misses/miss/loves/love/forgives/regrets/regret/needs/adores/cries/missing/forgive ~3 you/u/kids/it/so/everything/very/family/still
    HE ADV* misses/loves/forgives/needs you
    HE just/only wants/want ~6 you/talk/kids/peace/explain/closure/minutes/see
    HE did/do/does not/never mean/meant/deserve/deserves/want ~4
    HE AUX* ~1 not/never ~2 eaten/eating/eat/sleep/sleeping/slept/cope/coping/stop/himself/herself/well
    give/gave HE ~2 chance/call/ring/another/second/break/time/minute/credit/benefit
    call/ring/text/message/phone/answer/contact/unblock/reply/forgive/see/hear HE ~2 ^/back/please/just/out/once/for/and/before/when/today/tonight/now/up
    just/please/should/could/must ~3 call/ring/text/talk/speak/listen/unblock/forgive/contact/answer/reply/write/meet/see ~2 HE/to ~1 HE
    talk/speak/listen/reply/write ~1 to/with HE
    do it for HE
    message/letter/word/note/something/regards/love/gift/present/package from HE
    HE sends/sent/gave/left/send ~3 regards/love/letter/message/hello/note/this/apologies/you/me/best
    pass/passing/passed/forward/forwarding ~4 from/on/for ~2 HE/you
    on behalf of
    on HE behalf
    for HE sake
    HE wanted/asked ~1 me to
    I/we spoke/talked/met/saw/seen/heard/visited/speaking/talking/bumped ~2 to/with/from/into/HE ~2 HE/^/and/yesterday/today/last/about
    spoke/talked/been/speaking/chatted to/with HE
    tell/told HE ~6 you/where/that/new/how/about
    how can/could/can you do/treat/this ~3 HE
    you AUX* ~2 breaking/broke/break HE heart
    think of HE
    HE heart/life/mother is
    HE AUX* your/ur/the ~2 father/mother/husband/wife/dad/mum/mom/family/parent/brother/sister/son/daughter
    what HE did ~3 bad/wrong/not
    HE knows/know ~4 wrong/mistake/mistakes/sorry
    asked/asks/asking/ask ~2 about/after/for you/u
    HE ~1 asked/asks/asking ~3 you/u/how/where/your
    everyone makes mistakes
"""

HANDOVERS = """
handover_change doubt may-change-the-handover
    handover/hand-over/pickup/pick-up/dropoff/changeover/exchange/swap/swapping/collection/collect
    hand over
    pick/picking/drop/dropping/collect/collecting/fetch ~3 up/off/CHILDREN/@child/her/him/them ~6
    bring/bringing/keep/keeping/have/having/return/returning/take/taking ~3 CHILDREN/@child/her/him/them ~4 back/SOON/at/till/until/late/later/extra/longer/instead/early/another/this
    can/could/will not ~2 do/make/come/get/have/bring/pick/collect/take ~4 SOON/#/it/CHILDREN/@child/them/her/him/today
    running/be/will/BE ~2 late/delayed/early
    late ~2 today/tonight/again/by/#
    change/changing/move/moving/switch/swap/postpone/postponing/cancel/cancelling/cancelled/delay/reschedule ~4 plan/plans/time/place/SOON/weekends/weekend/CHILDREN/handover/pickup/day/visit/it/days
    change of plan/plans
    not ~2 coming/bring/bringing/pick/picking/collect/collecting/there/able ~4 SOON/up/CHILDREN/@child/her/him/them/to/^
    from mine/grans/mum/mums/moms/here instead/not/^
    instead of #/SOON/school/the
    not the school/usual
time_soon doubt within-a-day
    today/tonight/now/tomorrow/noon/midnight
    this morning/afternoon/evening
    in # ~1 hour/hours/minutes/mins/min/hrs
    in an/half/one/two hour/hours
time_later doubt another-time
    next/following week/weekend/month/monday/tuesday/wednesday/thursday/friday/saturday/sunday/year/time
    on # january/february/march/april/may/june/july/august/september/october/november/december
    # ~1 january/february/march/april/june/july/august/september/october/november/december/jan/feb/mar/apr/jun/jul/aug/sept/oct/nov/dec
    january/february/march/april/june/july/august/september/october/november/december
    in # ~1 days/weeks/week/months
    half term
    holidays/christmas/easter/summer
"""

WEEKDAYS = "\n".join(
    f"weekday doubt {day}\n    {day}"
    for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
)

TABLES = (LEGAL, CODES, RELAYS, HANDOVERS, WEEKDAYS)
