"""Numbers and addresses with a grammar."""

import pytest

from fallberatung.anonymize.checkdigits import is_iban, is_pension_number, is_tax_id
from unit.anonymize.builders import found

CASES = (
    ("PHONE", "069 90009-418", "angerufen (069 90009-418), geht selten"),
    ("PHONE", "0171 3920047", "Rückruf unter 0171 3920047, bin da"),
    ("PHONE", "+49 (0)69 90009-418", "Tel +49 (0)69 90009-418."),
    ("PHONE", "069/90009-418", "069/90009-418"),
    ("PHONE", "0049 69 90009418", "unter 0049 69 90009418 erreichbar"),
    ("PHONE", "null eins sieben eins drei neun zwei", "null eins sieben eins drei neun zwei."),
    ("EMAIL", "petersen@gs-stadtpark.example", "(petersen@gs-stadtpark.example)"),
    ("EMAIL", "m.steinfurth (at) mail.example", "m.steinfurth (at) mail.example"),
    ("URL", "https://schule.example/klasse?id=7", "siehe https://schule.example/klasse?id=7 dort"),
    ("URL", "www.tsv-altenfeld.example", "auf www.tsv-altenfeld.example"),
    ("URL", "insta.com/kata.s", "insta.com/kata.s"),
    ("HANDLE", "@kata.s_hb7", "ihr Account @kata.s_hb7) seit"),
    ("HANDLE", "kata-s", "Insta: kata-s, dort"),
    ("HANDLE", "Pixel#1234", "heißt dort Pixel#1234 und"),
    ("IBAN", "DE89 3704 0044 0532 0130 00", "IBAN DE89 3704 0044 0532 0130 00 steht"),
    ("TAX_ID", "86095742719", "Steuer-ID 86095742719 lag"),
    ("SVNR", "53140688H520", "SV-Nr. der Mutter (53140688H520)"),
    ("SVNR", "15070649C103", "15070649C103"),
    ("KVNR", "A123456780", "Karte A123456780 dabei"),
    ("KG_NO", "115FK204683", "Kindergeldnr. 115FK204683, es"),
    ("KG_NO", "115 FK 204683", "115 FK 204683"),
    ("COURT_AZ", "12 F 345/26 SO", "Az. 12 F 345/26 SO, Beistand"),
    ("COURT_AZ", "7 UF 89/25", "beim OLG 7 UF 89/25 läuft"),
    ("COURT_AZ", "3 Ds 12 Js 4567/24", "Az. 3 Ds 12 Js 4567/24"),
    ("FILE_NO", "51.2-0815/24", "Az. 51.2-0815/24"),
    ("FILE_NO", "ST/0123456/2026", "Vorgangsnr. ST/0123456/2026 bei"),
    ("FILE_NO", "43902//0012345", "BG 43902//0012345 stand"),
    ("FILE_NO", "240612345678", "AZR 240612345678, bis"),
    ("PHONE", "(0 89) 9 99 98-1 40", "Fon (0 89) 9 99 98-1 40 | Mail"),
    ("HANDLE", "xX_wolf_84", "mit einem xX_wolf_84. Der"),
    ("FILE_NO", "WN-2023-0419", "unter der Nummer WN-2023-0419 auf"),
    ("PLATE", "VB-AB 123", "heim (VB-AB 123, der Bus)"),
    ("PLATE", "VB-NW 88", "golf VB-NW 88, hat"),
    ("PLATE", "LEV XY 12 E", "im LEV XY 12 E weg"),
    ("PLZ", "36304", "in 36304 Lindheim gemeldet"),
)
NO_CASES = (
    "§ 4 KKG und § 8a Abs. 4 SGB VIII",
    "bis 17 uhr ist auf, um 17.30 kam sie",
    "ungefähr 4 cm lang, 17 von 38 Tagen",
    "(1) Muss ich? (2) Wie gehen wir vor? 3. was wenn",
    "die U8 steht aus, die U7a fehlt, Note 2-3",
    "90009 war nur eine Zahl",
)


@pytest.mark.parametrize(("category", "surface", "text"), CASES)
def test_numbers_are_found_in_their_spellings(category: str, surface: str, text: str) -> None:
    """The whole number and nothing of the sentence."""
    assert (category, surface) in found(text)


@pytest.mark.parametrize("text", NO_CASES)
def test_counts_sizes_and_paragraphs_are_no_identifiers(text: str) -> None:
    """They carry the severity of a case and must survive."""
    assert found(text) == []


def test_enough_spellings_are_tested() -> None:
    """A list that lost its lines would pass silently."""
    assert len(CASES) >= 35


def test_check_digits_tell_real_numbers_from_slips() -> None:
    """One changed digit breaks each of them."""
    assert (is_iban("DE89370400440532013000"), is_iban("DE89370400440532013001")) == (True, False)
    assert (is_tax_id("86095742719"), is_tax_id("86095742718")) == (True, False)
    assert (is_pension_number("15070649C103"), is_pension_number("15070649C104")) == (True, False)
