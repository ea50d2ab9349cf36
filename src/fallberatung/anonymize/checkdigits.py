"""Check digits of German numbers: a number that passes is hardly a coincidence."""

_IBAN_LENGTH = 22
_SVNR_WEIGHTS = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)


def is_iban(number: str) -> bool:
    """ISO 13616: rearranged and read as a decimal number it leaves 1 modulo 97."""
    moved = number[4:] + number[:4]
    is_long_enough = not number.startswith("DE") or len(number) == _IBAN_LENGTH
    return is_long_enough and int("".join(str(int(char, 36)) for char in moved)) % 97 == 1


def is_tax_id(number: str) -> bool:
    """ISO 7064 MOD 11,10 over eleven digits (§ 139b AO)."""
    product = 10
    for digit in number[:10]:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return number[0] != "0" and (11 - product) % 10 == int(number[10])


def is_pension_number(number: str) -> bool:
    """Twelve characters of VKVV § 4: area, birth day, letter, serial, check digit."""
    digits = f"{number[:8]}{ord(number[8]) - 64:02d}{number[9:11]}"
    sums = (sum(divmod(int(d) * w, 10)) for d, w in zip(digits, _SVNR_WEIGHTS, strict=True))
    return sum(sums) % 10 == int(number[11])
