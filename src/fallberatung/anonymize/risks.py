"""Kinds of quasi-identifiers that stay in a text and add up, with words that show them.

German texts for the risk box of the review page; words are folded, a star means „begins with“.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class RiskKind:
    """One kind: its words, why it matters, what to do."""

    words: frozenset[str]
    stems: tuple[str, ...]
    reason: str
    advice: str


def _kind(words: str, reason: str, advice: str) -> RiskKind:
    listed = words.split()
    stems = tuple(word[:-1] for word in listed if word.endswith("*"))
    return RiskKind(frozenset(w for w in listed if not w.endswith("*")), stems, reason, advice)


KINDS: Mapping[str, RiskKind] = MappingProxyType(
    {
        "occupation": _kind(
            "busfahrer* altenpfleger* krankenpfleger* krankenschwester apotheker* polizist* "
            "ortsvorsteher* burgermeister* pfarrer* pastor* landwirt* wirt wirtin friseur* "
            "verkaufer* lkw-fahrer* fernfahrer* lkwfahrer* taxifahrer* hausmeister* soldat* "
            "feuerwehrmann kellner* koch kochin erntehelfer* schichtdienst* nachtdienst*",
            "Ein Beruf ist im Ort oft nur mit einer Person verbunden.",
            "Nur nennen, was für die Betreuung zählt, etwa „arbeitet im Schichtdienst“.",
        ),
        "origin": _kind(
            "turkei turkisch* kurd* syr* eritre* afghan* ukrain* rumanisch* rumanien "
            "bulgar* polen polnisch* russland* russisch* roma sinti marokk* "
            "somali* irak* iran* serb* "
            "kosovo* alban* vietnam* nigeria* kroat* italien* griech* arabisch* tigrinya",
            "Herkunft und Sprache grenzen in kleinen Orten auf wenige Familien ein.",
            "Weglassen oder „Dolmetschen nötig“, wenn die Verständigung eine Rolle spielt.",
        ),
        "religion": _kind(
            "aleviten alevit* muslim* moslem* islam* katholisch* evangelisch* orthodox* judisch* "
            "jesid* jezid* zeugen-jehovas jehovas freikirch* buddhist* baptist* moschee",
            "Die Religion ist besonders geschützt (Art. 9 DSGVO) und grenzt ein.",
            "Weglassen, wenn sie mit der Sorge nichts zu tun hat.",
        ),
        "constellation": _kind(
            "zwilling* drilling* vierling* adoptiv* pflegekind* halbwaise* vollwaise* "
            "wechselmodell regenbogenfamilie",
            "Eine seltene Familienform kennt im Umfeld fast jede Person.",
            "Nur Zahl und Altersspannen der Kinder nennen.",
        ),
        "event": _kind(
            "brand feuer gebrannt unfall zeitung polizeieinsatz uberfall hochwasser explosion "
            "razzia schlagzeile* presse",
            "Ein örtliches Ereignis lässt sich nachschlagen.",
            "Durch „ein Vorfall“ ersetzen, auch an Stellen, die darauf anspielen.",
        ),
        "diagnosis": _kind(
            "morbus syndrom parkinson epilepsie mukoviszidose fasd autis* trisomie* downsyndrom "
            "diabetes schizophren* bipolar* neurodermitis asthma adhs",
            "Eine Diagnose ist besonders geschützt (Art. 9 DSGVO), eine seltene grenzt ein.",
            "Die Folgen im Alltag beschreiben statt des Namens der Krankheit.",
        ),
        "justice": _kind(
            "jva haft haftstrafe gefangnis knast inhaftiert vorbestraft bewahrung bewahrungshilfe",
            "Angaben über Strafen sind besonders geschützt (Art. 10 DSGVO).",
            "„Nicht im Haushalt“ genügt oft; berichtete Gewalt bleibt stehen.",
        ),
        "office": _kind(
            "vorsitzende* ratsmitglied stadtrat* schulleiterin chefarzt* geschaftsfuhrer* "
            "bekannt* prominent*",
            "Ein Amt gehört im Ort zu einer einzigen Person.",
            "Das Amt weglassen.",
        ),
        "vehicle": _kind(
            "golf audi bmw mercedes opel passat corsa motorrad roller transporter wohnmobil husky "
            "rottweiler kampfhund schaferhund",
            "Fahrzeug oder Tier erkennt die Nachbarschaft wieder.",
            "Weglassen.",
        ),
        "appearance": _kind(
            "rollstuhl feuermal tattoo* tatowier* narbe* rothaarig* prothese",
            "Ein auffälliges Merkmal erkennt jede Person wieder, die das Kind kennt.",
            "Weglassen, soweit es keine Verletzung ist.",
        ),
    }
)
