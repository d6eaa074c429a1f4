"""Identity numbers are read, refused or warned about; size classes follow the two regulations."""

import pytest

from domain.identity import (
    IdentityRefused,
    RegionLevel,
    parse_kbli,
    parse_nib,
    parse_nik,
    parse_npwp,
    parse_postal_code,
    parse_region,
    size_class,
)

WORKSHOPS = """
IKM-01 18 900 4200 kecil mikro kecil
IKM-02 64 11500 38000 menengah besar menengah
IKM-03 6 220 780 kecil mikro mikro
IKM-04 15 2400 6500 menengah kecil kecil
IKM-05 48 13500 31000 menengah besar menengah
IKM-06 9 850 2100 kecil mikro kecil
IKM-07 8 1700 2900 menengah kecil kecil
IKM-08 34 9200 18500 menengah menengah menengah
IKM-09 7 140 650 kecil mikro mikro
IKM-10 22 3100 9800 menengah kecil kecil
IKM-11 16 1900 5400 menengah kecil kecil
IKM-12 11 480 1600 kecil mikro mikro
IKM-13 14 1250 3600 menengah kecil kecil
IKM-14 28 5600 14000 menengah menengah kecil
IKM-15 31 6900 16000 menengah menengah menengah
IKM-16 12 2200 4100 menengah kecil kecil
IKM-17 26 4300 11500 menengah kecil kecil
IKM-18 9 600 1900 kecil mikro mikro
IKM-19 82 14800 47000 menengah besar menengah
IKM-20 19 3900 8200 menengah kecil kecil
IKM-21 24 8400 13000 menengah menengah kecil
IKM-22 17 950 3300 kecil mikro kecil
IKM-23 8 95 520 kecil mikro mikro
IKM-24 21 1850 5900 menengah kecil kecil
IKM-25 5 180 610 kecil mikro mikro
IKM-26 12 560 2400 kecil mikro kecil
IKM-27 18 780 3700 kecil mikro kecil
IKM-28 56 14200 36000 menengah besar menengah
IKM-29 6 310 900 kecil mikro mikro
IKM-30 10 240 1100 kecil mikro mikro
IKM-31 14 1100 3200 menengah kecil kecil
IKM-32 13 920 2700 kecil mikro kecil
IKM-33 4 60 310 kecil mikro mikro
IKM-34 11 700 6400 kecil mikro kecil
IKM-35 96 14900 58000 menengah besar besar
IKM-36 41 13800 24000 menengah besar menengah
IKM-37 29 6300 12500 menengah menengah kecil
IKM-38 38 9700 21000 menengah menengah menengah
IKM-39 77 14600 44000 menengah besar menengah
IKM-40 11 1350 2600 menengah kecil kecil
"""
"""The forty demonstration workshops: workers, investment and sales in Rp juta, then the three classes."""

JUTA = 10**6


@pytest.mark.parametrize("row", WORKSHOPS.strip().splitlines())
def test_every_workshop_has_the_class_of_the_survey(row: str) -> None:
    _, workers, investment, sales, permenperin64, capital, by_sales = row.split()
    found = size_class(int(workers), int(investment) * JUTA, int(sales) * JUTA)
    assert (found.permenperin64.value, found.pp7_capital.value, found.pp7_sales.value) == (
        permenperin64,
        capital,
        by_sales,
    )


@pytest.mark.parametrize(
    ("workers", "investment", "expected"),
    [
        (19, 999_999_999, "kecil"),
        (19, 1_000_000_000, "menengah"),
        (20, 1, "menengah"),
        (20, 15_000_000_000, "menengah"),
        (20, 15_000_000_001, "besar"),
        (19, 99_000_000_000, "menengah"),
    ],
)
def test_the_borders_of_permenperin_64(workers: int, investment: int, expected: str) -> None:
    assert size_class(workers, investment, 0).permenperin64.value == expected


@pytest.mark.parametrize(
    ("miliar", "capital", "sales"),
    [
        (1, "mikro", "mikro"),
        (2, "kecil", "mikro"),
        (5, "kecil", "kecil"),
        (10, "menengah", "kecil"),
        (15, "besar", "kecil"),
        (50, "besar", "menengah"),
    ],
)
def test_a_ceiling_of_pp_7_belongs_to_its_class(miliar: int, capital: str, sales: str) -> None:
    rupiah = miliar * 10**9
    found = size_class(1, rupiah, rupiah)
    assert (found.pp7_capital.value, found.pp7_sales.value) == (capital, sales)


def test_one_rupiah_more_is_the_next_class() -> None:
    found = size_class(1, 10 * 10**9 + 1, 50 * 10**9 + 1)
    assert found.pp7_capital.value == found.pp7_sales.value == "besar"


def test_negative_figures_are_refused() -> None:
    with pytest.raises(IdentityRefused) as refused:
        size_class(1, -1, 0)
    assert refused.value.field == "investment_idr"


def test_a_nib_has_13_digits() -> None:
    assert parse_nib("9120 3045 61234") == "9120304561234"
    for text in ("", "912030456123", "91203045612345", "912030456123A", "\uff11" * 13):
        with pytest.raises(IdentityRefused) as refused:
            parse_nib(text)
        assert refused.value.field == "nib"


@pytest.mark.parametrize("text", ["01.312.166.0-091.000", "013121660091000", "0013121660091000"])
def test_an_npwp_is_kept_as_16_digits(text: str) -> None:
    read = parse_npwp(text)
    assert read.digits == "0013121660091000"
    assert not read.personal
    assert read.warnings == ()


def test_a_check_digit_that_does_not_fit_is_a_warning() -> None:
    read = parse_npwp("01.312.166.1-091.000")
    assert read.digits == "0013121661091000"
    assert len(read.warnings) == 1


def test_a_citizens_npwp_is_the_nik() -> None:
    read = parse_npwp("3171011708450001")
    assert read.personal
    assert read.warnings == ()
    assert parse_npwp("3171013902450001").warnings != ()


@pytest.mark.parametrize("text", ["", "01312166009100", "00131216600910001", "01.312.166.0/091.000"])
def test_an_npwp_of_another_form_is_refused(text: str) -> None:
    with pytest.raises(IdentityRefused) as refused:
        parse_npwp(text)
    assert refused.value.field == "npwp"


def test_a_nik_warns_of_an_impossible_birthday() -> None:
    assert parse_nik("3171015708450001") == ("3171015708450001", ())
    assert parse_nik("3171013002001234")[1] != ()
    with pytest.raises(IdentityRefused):
        parse_nik("31710157084500")


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [
        ("35", RegionLevel.PROVINCE, None),
        ("35.15", RegionLevel.REGENCY, "35"),
        ("35.15.18", RegionLevel.DISTRICT, "35.15"),
        (" 35.15.18.2004 ", RegionLevel.VILLAGE, "35.15.18"),
    ],
)
def test_a_region_code_tells_its_level(code: str, level: RegionLevel, parent: str | None) -> None:
    region = parse_region(code)
    assert region.code == code.strip()
    assert region.level == level
    assert region.parent() == parent


@pytest.mark.parametrize("text", ["", "3515182004", "35.15.18.", "35.15.18.204", "35.15.18.2004.1", "3x.15"])
def test_a_region_code_of_another_form_is_refused(text: str) -> None:
    with pytest.raises(IdentityRefused):
        parse_region(text)


def test_postal_codes_and_kbli_have_five_digits() -> None:
    assert parse_postal_code("61256") == "61256"
    assert parse_kbli("25910") == "25910"
    for refuse, text in (
        (parse_postal_code, "01256"),
        (parse_postal_code, "6125"),
        (parse_kbli, "2591"),
        (parse_kbli, "C25"),
    ):
        with pytest.raises(IdentityRefused):
            refuse(text)
