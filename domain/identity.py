"""Formats of Indonesian identity numbers and codes, and the size class of a workshop. All pure.

A number of the wrong length or with the wrong characters is refused. A check digit that does not fit is only
a warning: registers hold numbers that fail it, and nobody is kept out by a typing error made elsewhere.
"""

import re
from enum import StrEnum

import msgspec
from stdnum.exceptions import ValidationError
from stdnum.id import nik
from stdnum.id import npwp as npwp_numbers

MILIAR = 10**9
"""Indonesian *miliar*, abbreviated M: what English calls a billion."""

_SEPARATORS = re.compile(r"[ .\-]")
_NPWP_OLD = 15
_DIGITS = re.compile(r"[0-9]+")
_REGION = re.compile(r"[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?")


class IdentityRefused(ValueError):
    """`field` names what was refused, `detail` says why in English."""

    def __init__(self, field: str, detail: str) -> None:
        super().__init__(f"{field}: {detail}")
        self.field = field
        self.detail = detail


class RegionLevel(StrEnum):
    """The four levels of Indonesian administration, from the length of the code."""

    PROVINCE = "province"
    REGENCY = "regency"
    DISTRICT = "district"
    VILLAGE = "village"


class Region(msgspec.Struct, frozen=True, kw_only=True):
    """A region code in its dotted form, for instance `35.15.18.2004`."""

    code: str
    level: RegionLevel

    def parent(self) -> str | None:
        """Code of the region around this one; None for a province."""
        return self.code.rpartition(".")[0] or None


class Npwp(msgspec.Struct, frozen=True, kw_only=True):
    """A taxpayer number as 16 digits, whichever form it was written in.

    `personal` numbers are a citizen's NIK; the others begin with 0 and hold the 15 digits used until 2024.
    """

    digits: str
    personal: bool
    warnings: tuple[str, ...]


class Size(StrEnum):
    """Size classes of Indonesian law, smallest first."""

    MIKRO = "mikro"
    KECIL = "kecil"
    MENENGAH = "menengah"
    BESAR = "besar"


class SizeClass(msgspec.Struct, frozen=True, kw_only=True):
    """The class of one workshop by each of three measures; they often disagree, and all three are used."""

    permenperin64: Size
    pp7_capital: Size
    pp7_sales: Size


def parse_nib(text: str) -> str:
    """The business identification number (NIB): 13 digits; spaces, dots and hyphens are dropped.

    Raises:
        IdentityRefused: anything else. The NIB has no check digit.
    """
    return _digits("nib", text, 13)


def parse_npwp(text: str) -> Npwp:
    """The taxpayer number (NPWP): 16 digits, or the 15 used until 2024 to which a 0 is prefixed.

    PMK 112/PMK.03/2022 made it 16 digits: the NIK for citizens, otherwise the old number behind a 0.

    Raises:
        IdentityRefused: the length or a character is wrong. A check digit or a date that does not fit is told
            in `warnings`.
    """
    digits = _digits("npwp", text, _NPWP_OLD, 16)
    if len(digits) == _NPWP_OLD:
        digits = "0" + digits
    personal = not digits.startswith("0")
    try:
        npwp_numbers.validate(digits)
    except ValidationError:
        warning = (
            "The NIK in this NPWP has an unknown region or an impossible date of birth."
            if personal
            else "The check digit of this NPWP does not fit."
        )
        return Npwp(digits=digits, personal=personal, warnings=(warning,))
    return Npwp(digits=digits, personal=personal, warnings=())


def parse_nik(text: str) -> tuple[str, tuple[str, ...]]:
    """A citizen's number (NIK): its 16 digits, and warnings when region or date of birth are impossible.

    Raises:
        IdentityRefused: the length or a character is wrong.
    """
    digits = _digits("nik", text, 16)
    if nik.is_valid(digits):
        return digits, ()
    return digits, ("This NIK has an unknown region or an impossible date of birth.",)


def parse_kbli(text: str) -> str:
    """A code of the classification of business fields (KBLI): five digits. Whether it is listed is not asked.

    Raises:
        IdentityRefused: anything else.
    """
    return _digits("kbli", text, 5)


def parse_postal_code(text: str) -> str:
    """An Indonesian postal code: five digits, of which the first is 1 to 9.

    Raises:
        IdentityRefused: anything else.
    """
    digits = _digits("postal_code", text, 5)
    if digits.startswith("0"):
        raise IdentityRefused("postal_code", "no postal code begins with 0")
    return digits


def parse_region(text: str) -> Region:
    """A dotted region code of the Ministry of Home Affairs (Kemendagri): `35`, `35.15` … `35.15.18.2004`.

    Whether the region exists is not asked: villages split every year, and the list here is not complete.

    Raises:
        IdentityRefused: another form.
    """
    code = text.strip()
    if not _REGION.fullmatch(code):
        raise IdentityRefused("region_code", "expected a dotted Kemendagri code such as 35.15.18.2004")
    return Region(code=code, level=tuple(RegionLevel)[code.count(".")])


def size_class(workers: int, investment_idr: int, annual_sales_idr: int) -> SizeClass:
    """The size class of a workshop by the two regulations in force.

    Permenperin 64/M-IND/PER/7/2016, by workers and by investment without land and buildings: *kecil* up to
    19 workers and less than Rp 1 miliar; *menengah* up to 19 workers and from Rp 1 miliar, or from 20 workers
    and up to Rp 15 miliar; *besar* from 20 workers and more than Rp 15 miliar.

    PP 7/2021, article 35, by capital without land and buildings: *mikro* up to Rp 1 miliar, *kecil* up to 5,
    *menengah* up to 10; and by annual sales: *mikro* up to Rp 2 miliar, *kecil* up to 15, *menengah* up to
    50. What is more is *besar*.

    Args:
        workers: head count, not negative.
        investment_idr: whole rupiah, land and buildings left out; taken as the capital of PP 7/2021 too.
        annual_sales_idr: whole rupiah.

    Raises:
        IdentityRefused: a figure is negative.
    """
    for field, value in (
        ("workers", workers),
        ("investment_idr", investment_idr),
        ("annual_sales_idr", annual_sales_idr),
    ):
        if value < 0:
            raise IdentityRefused(field, "must not be negative")
    return SizeClass(
        permenperin64=_permenperin64(workers, investment_idr),
        pp7_capital=_pp7(investment_idr, 1 * MILIAR, 5 * MILIAR, 10 * MILIAR),
        pp7_sales=_pp7(annual_sales_idr, 2 * MILIAR, 15 * MILIAR, 50 * MILIAR),
    )


def _permenperin64(workers: int, investment_idr: int) -> Size:
    few = 19
    if workers <= few:
        return Size.KECIL if investment_idr < 1 * MILIAR else Size.MENENGAH
    return Size.MENENGAH if investment_idr <= 15 * MILIAR else Size.BESAR


def _pp7(value: int, mikro: int, kecil: int, menengah: int) -> Size:
    """The class of `value` rupiah where each ceiling still belongs to its class."""
    if value <= mikro:
        return Size.MIKRO
    if value <= kecil:
        return Size.KECIL
    return Size.MENENGAH if value <= menengah else Size.BESAR


def _digits(field: str, text: str, *lengths: int) -> str:
    digits = _SEPARATORS.sub("", text)
    # Not str.isdigit(), which also admits digits of other scripts.
    if not _DIGITS.fullmatch(digits) or len(digits) not in lengths:
        raise IdentityRefused(field, f"expected {' or '.join(map(str, lengths))} digits")
    return digits
