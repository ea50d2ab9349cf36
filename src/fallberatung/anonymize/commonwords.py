"""Ordinary German words that recognisers must not take for names; all folded.

A first, short list: the lexicon with frequencies takes its place once it is built.
"""

_ALSO_WORDS_TEXT = """
mai april august sommer winter herbst fruhling montag sonntag freitag weihnacht engel jung
stark koch klein lang kurz gross alt neu rot weiss schwarz braun grau grun rosa viola jasmin
linde linden hell frei fromm ernst wolf fuchs hahn vogel hase bar schneider muller bauer jager
fischer weber becker backer metzger schafer maurer richter zimmermann schmied schmidt kaiser
konig herzog graf vogt schulze meister ritter berg bach stein wald feld busch baum rose blume
apfel birne stern mond himmel haus hof stadt dorf markt brucke kirche kreuz frost schnee regen
sturm hammer nagel kessel brand pfeiffer kramer gold silber kern horn ball kuhn tod reich arm
bohm hand mark kai jan per gut will hans sucht
"""
# Names of the calendar, of colours and qualities, of trades: also common first and last names.
# They count as a name only beside a title or another part of the name.
ALSO_WORDS = frozenset(_ALSO_WORDS_TEXT.split()) - frozenset(
    {"schmidt", "muller", "hans", "kai", "jan", "bohm"}
)

_NEVER_NAMES_TEXT = """
der die das dem den des ein eine einer einem einen eines und oder aber denn doch nur auch noch
ich du er sie es wir ihr mich dich sich uns euch mir dir ihm ihn ihnen mein meine meiner
meinem meinen dein deine sein seine seiner seinem seinen ihre ihrer ihrem ihren unser unsere
unserer unserem unseren euer eure kein keine keiner keinem keinen jede jeder jedes jeden alle
alles in im an am auf aus bei beim mit nach von vom vor zu zum zur fur durch gegen ohne um bis
seit uber unter neben zwischen hinter ab wegen trotz wahrend als wie wenn weil dass ob da so
dann ist war sind waren hat hatte haben hatten wird wurde werden wurden kann konnte muss
musste soll will wollte darf durfte mag kam kommt geht ging sagt sagte gesagt macht machte
gibt gab meint nicht nie immer oft schon mehr sehr ganz viel viele wenig hier dort heute
gestern morgen jetzt was wer wo wann warum welche welcher welches selbst selber mal wohl ja
nein bitte danke frau herr herrn frauen herren kind kinder kindes kindern mutter vater eltern
oma opa tante onkel bruder schwester geschwister familie familien madchen junge jungen baby
freund freundin freunde schule schulen klasse klassen gruppe gruppen kita krippe hort
kindergarten lehrer lehrerin lehrkraft erzieher erzieherin betreuer betreuerin trainer
trainerin arzt arztin kinderarzt kinderarztin leitung schulleitung jugendamt polizei gericht
familiengericht amt amter asd fachkraft fachkrafte person personen partner partnerin kollegin
kollege kolleginnen team hallo liebe lieber liebes guten tag abend gruss grusse grussen vg lg
mfg geehrte damen frage fragen antwort dank vielen schone schonen uhr woche wochen tage tagen
monat monate monaten jahr jahre jahren stunde stunden montag dienstag mittwoch donnerstag
freitag samstag sonntag januar februar marz juni juli september oktober november dezember
positiv ressourcen hintergrund situation vorname nachname name anfrage alter spanne anfragende
betreuungskraft trainingskraft leitungskraft therapiekraft arztpraxis rechtsvertretung vormund
pflegemutter pflegevater grossmutter grossvater geschwisterkind verwandtschaftsperson
familienmitglied ort ortsteil strasse weg platz praxis klinik haus hause kleine kleiner
kleines kleinen grosse grosser grossen andere anderen anderer anderes zimmer wohnung
schulsozialarbeit sozialarbeit beratung beratungsstelle insofa sorge sorgen nummer allerdings
leider aktuell bisher insgesamt zuletzt
"""
# Words that never are a name, in whatever position.
NEVER_NAMES = frozenset(_NEVER_NAMES_TEXT.split())

_NO_PLACES_TEXT = """
behandlung therapie pflege obhut haft ordnung mathe deutsch sport englisch kunst musik arbeit
ausbildung teilzeit vollzeit elternzeit mutterschutz kurzarbeit angst wut scham trauer liebe
bezug zukunft absprache rucksprache zusammenarbeit kontakt frage gefahr sicherheit ruhe not
bewegung begleitung anwesenheit abwesenheit form folge richtung hohe erinnerung wirklichkeit
ganze deutschland meinung aussage angaben auskunft wunsch bedarf plan moglichkeit nachfrage
hause hausaufgaben unterricht schulschluss feierabend sicht erfahrung neugier protest spass
platz therapien klinik kliniken heimen einrichtungen familien beratung verbindung kombination
holz glas plastik papier metall stoff datenschutz grunden krankheitsgrunden zeitmangel
versehen vertrauen sekundarstufe sek jahrgang anlehnung relation gesprachen gesprach
bereitschaft euro prozent zentimeter minuten sekunden teilen panik tranen eile rage ohnmacht
trennung scheidung quarantane isolation einzelfallen pflegefamilien wohngruppen badehose
socken jacke facebook instagram whatsapp tiktok klausur bett
"""
# Nouns that follow „in“, „aus“ or „nach“ without an article and are no places.
NO_PLACES = NEVER_NAMES | frozenset(_NO_PLACES_TEXT.split())

_NO_FIRST_NAMES_TEXT = """
klasse haus zi anlage punkt teil abs nr typ gruppe
"""
# Capitalised words before a single letter and a full stop that are no first names.
NO_FIRST_NAMES = NEVER_NAMES | frozenset(_NO_FIRST_NAMES_TEXT.split())
