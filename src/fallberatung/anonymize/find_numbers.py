"""Numbers and addresses with a grammar: telephone, mail, accounts, insurance and file numbers."""

import re
from collections.abc import Iterator

from fallberatung.anonymize.checkdigits import is_iban, is_pension_number, is_tax_id
from fallberatung.anonymize.grammar import Rule, apply_rules
from fallberatung.anonymize.marks import Context, Mark
from fallberatung.anonymize.reading import Reading

_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
_FEWEST_FILE_DIGITS = 4
_FEWEST_PHONE_DIGITS = 7
_MOST_PHONE_DIGITS = 15
_DIGIT_WORDS = frozenset(
    ("null", "eins", "zwo", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun")
)
_FEWEST_DIGIT_WORDS = 6
_PHONE_CUE = r"(?:Tel|Telefon|Tel\.nr|Handy|Mobil|Fon|Fax|Handynr|Rückruf|WhatsApp)"
_FILE_CUE = (
    r"(?:Aktenzeichen|Az|AZ|GZ|Geschäftszeichen|Zeichen|Vorgangsnummer|Vorgangsnr|Vorgang|"
    r"Kundennummer|Kundennr|Mitgliedsnummer|Mitgliedsnr|Schülernummer|Personalnummer|Fallnummer|"
    r"Fallnr|Versichertennummer|Versichertennr|BG-Nr|BG-Nummer|BG|AZR|AZR-Nr|Ausweisnummer|"
    r"Ausweisnr|Passnummer|Antragsnummer|Rechnungsnummer|Kontonummer|Kontonr|Akte)"
)
_PLATFORM = (
    r"(?:Insta|Instagram|Snap|Snapchat|TikTok|Discord|Roblox|Telegram|Steam|Fortnite|Twitch|"
    r"Account|Benutzername|Nutzername|Nickname)"
)


def _digits(found: re.Match[str]) -> str:
    return "".join(char for char in found.group() if char.isdigit())


def _compact(found: re.Match[str]) -> str:
    return found.group().replace(" ", "")


def _is_phone(found: re.Match[str]) -> bool:
    count = len(_digits(found))
    is_date = _DATE.match(found.group()) is not None
    return _FEWEST_PHONE_DIGITS <= count <= _MOST_PHONE_DIGITS and not is_date


def _holds_digit(found: re.Match[str]) -> bool:
    return any(char.isdigit() for char in found.group("it"))


def _holds_long_number(found: re.Match[str]) -> bool:
    count = sum(1 for char in found.group("it") if char.isdigit())
    return count >= _FEWEST_FILE_DIGITS


def _is_iban(found: re.Match[str]) -> bool:
    return is_iban(_compact(found))


def _is_tax_id(found: re.Match[str]) -> bool:
    return is_tax_id(_compact(found))


def _is_pension_number(found: re.Match[str]) -> bool:
    return is_pension_number(_compact(found))


RULES: tuple[Rule, ...] = (
    Rule(
        "mail",
        "EMAIL",
        re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-][\w.-]{0,62}\.[^\W\d_]{2,24}"),
        0.99,
    ),
    Rule(
        "mail-spelled",
        "EMAIL",
        re.compile(
            r"(?<![\w.+-])[\w.+-]{1,64} ?[(\[](?:at|ät)[)\]] ?[\w-]{1,40}"
            r" ?(?:\.|[(\[](?:punkt|dot)[)\]]) ?[a-z]{2,24}"
        ),
    ),
    Rule("web", "URL", re.compile(r"(?<!\w)(?:https?://|www\.)[^\s<>\"]{1,256}"), 0.99),
    Rule(
        "domain",
        "URL",
        re.compile(
            r"(?<![\w@.-])[\w-]{2,63}\.(?:de|com|net|org|eu|info|tv|gg|me)(?:/\S{0,128}|\b)"
        ),
        0.9,
    ),
    Rule("handle", "HANDLE", re.compile(r"(?<![\w.])@[\w.-]{1,39}\w"), 0.98),
    Rule("handle-underscore", "HANDLE", re.compile(r"(?<![\w.@-])\w{1,24}_[\w.]{0,24}\w"), 0.85),
    Rule("handle-number", "HANDLE", re.compile(r"(?<!\w)\w{2,32}#\d{4}(?!\d)"), 0.98),
    Rule(
        "handle-named",
        "HANDLE",
        re.compile(
            rf"(?<!\w){_PLATFORM}(?:[- ]?(?:Name|Account|Nick))?: ?(?P<it>\w[\w.#-]{{1,39}})",
            re.IGNORECASE,
        ),
        0.9,
    ),
    Rule(
        "phone",
        "PHONE",
        re.compile(
            r"(?<![\w./-])(?:\+|\(0(?=[\d /\u2013-]{1,6}\))|0) ?\d[\d /().\u2013-]{4,24}\d(?![\d/])"
        ),
        0.97,
        _is_phone,
    ),
    Rule(
        "phone-cue",
        "PHONE",
        re.compile(rf"(?<!\w){_PHONE_CUE}\.?:? ?(?P<it>\d[\d /-]{{3,20}}\d)(?!\d)", re.IGNORECASE),
        0.97,
    ),
    Rule(
        "iban",
        "IBAN",
        re.compile(r"(?<!\w)[A-Z]{2}\d{2}[ \dA-Z]{11,36}[\dA-Z](?!\w)"),
        0.99,
        _is_iban,
    ),
    Rule(
        "iban-german",
        "IBAN",
        re.compile(r"(?<!\w)DE\d{2} ?\d[\d ]{14,24}\d(?!\w)", re.IGNORECASE),
        0.9,
    ),
    Rule(
        "tax-id",
        "TAX_ID",
        re.compile(r"(?<![\w/])\d{2} ?\d{3} ?\d{3} ?\d{3}(?![\w/])"),
        0.9,
        _is_tax_id,
    ),
    Rule(
        "pension",
        "SVNR",
        re.compile(r"(?<!\w)\d{2} ?\d{6} ?[A-Z] ?\d{3}(?!\w)"),
        0.99,
        _is_pension_number,
    ),
    Rule("pension-form", "SVNR", re.compile(r"(?<!\w)\d{2} ?\d{6} ?[A-Z] ?\d{3}(?!\w)"), 0.85),
    Rule("health", "KVNR", re.compile(r"(?<!\w)[A-Z] ?\d{3} ?\d{3} ?\d{3}(?!\w)"), 0.95),
    Rule(
        "child-benefit", "KG_NO", re.compile(r"(?<!\w)\d{3} ?FK ?\d{6}(?!\w)", re.IGNORECASE), 0.99
    ),
    Rule(
        "court",
        "COURT_AZ",
        re.compile(
            r"(?<![\w/])(?:\d{1,3} [A-Za-z]{1,3} )?\d{1,4} [A-Za-z]{1,4} \d{1,5}/\d{2,4}"
            r"(?:\.[A-Z]{1,3})?"
            r"(?: (?:SO|EASO|UG|EAUG|RI|HK|GS|EAHK|AB|AD|GÜ|PF|WH|S|E)(?!\w))?(?![\w/])"
        ),
        0.97,
    ),
    Rule(
        "file-cue",
        "FILE_NO",
        re.compile(
            rf"(?<!\w){_FILE_CUE}(?:\.|:|\.:)? ?(?P<it>[\w][\w./\u2013-]{{1,38}}\w)", re.IGNORECASE
        ),
        0.95,
        _holds_digit,
    ),
    Rule(
        "file-number",
        "FILE_NO",
        re.compile(
            r"(?<!\w)(?:Nr|Nummer|Aktenz|Kto|Konto)\.?:? "
            r"(?P<it>[A-Z]{0,3} ?[\w./-]{3,24}\d[\w/]{0,4})"
        ),
        0.85,
        _holds_long_number,
    ),
    Rule("file-slashes", "FILE_NO", re.compile(r"(?<![\w/])\d{2,8}//\d{3,10}(?!\w)"), 0.97),
    Rule(
        "file-form",
        "FILE_NO",
        re.compile(r"(?<![\w./])[A-Z]{1,4}/\d{3,10}/\d{2,4}(?![\w/])"),
        0.95,
    ),
    Rule(
        "file-office",
        "FILE_NO",
        re.compile(r"(?<![\w./])\d{2,3}\.\d{1,3}-\d{2,6}/\d{2,4}(?![\w/])"),
        0.97,
    ),
    Rule("file-long", "FILE_NO", re.compile(r"(?<![\w./-])\d{8,20}(?![\w/-])"), 0.8),
    Rule(
        "plate",
        "PLATE",
        re.compile(r"(?<![\w-])[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} ?\d{1,4} ?[EH]?(?![\w/])"),
        0.97,
    ),
    Rule(
        "plate-spaced",
        "PLATE",
        re.compile(r"(?<![\w-])[A-ZÄÖÜ]{1,3} [A-Z]{1,2} ?\d{2,4}(?: ?[EH](?!\w))?(?![\w/])"),
        0.8,
    ),
    Rule(
        "plate-small",
        "PLATE",
        re.compile(r"(?<![\w-])[a-zäöü]{1,3}-[a-z]{1,2} ?\d{2,4}(?!\w)"),
        0.8,
    ),
    Rule(
        "postcode",
        "PLZ",
        re.compile(r"(?<![\w./-])(?:D-)?\d{5}(?= [A-ZÄÖÜ][a-zäöüß]{2})"),
        0.9,
    ),
)


def find_numbers(reading: Reading, _context: Context) -> Iterator[Mark]:
    """Marks of every grammar above, and telephone numbers in words („null eins sieben …“)."""
    yield from apply_rules(RULES, reading)
    yield from _spoken(reading)


def _spoken(reading: Reading) -> Iterator[Mark]:
    run: list[tuple[int, int]] = []
    for word in reading.words:
        if word.text.lower() in _DIGIT_WORDS:
            run.append((word.start, word.end))
            continue
        if len(run) >= _FEWEST_DIGIT_WORDS:
            yield Mark(run[0][0], run[-1][1], "PHONE", 0.9, ("phone-spoken",))
        run = []
    if len(run) >= _FEWEST_DIGIT_WORDS:
        yield Mark(run[0][0], run[-1][1], "PHONE", 0.9, ("phone-spoken",))
