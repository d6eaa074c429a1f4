"""The demonstration data is consistent: codes are known, machines serve declared processes, matching is as surveyed."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from domain.identity import parse_kbli, parse_nib, parse_npwp, parse_postal_code, parse_region
from domain.vocabularies import entry, is_code, process_closure

DATA = Path(__file__).parent.parent.parent / "api" / "demo" / "data"


def read(name: str) -> list[dict[str, Any]]:
    return msgspec.json.decode((DATA / name).read_bytes(), type=list[dict[str, Any]])


WORKSHOPS = read("workshops.json")
RFQS = read("rfqs.json")
BUYERS = read("buyers.json")

SINGLE_SOURCE = {
    "A-01": "05",
    "A-05": "21",
    "A-06": "28",
    "A-09": "40",
    "A-10": "38",
    "A-11": "39",
    "A-12": "02 19 39",
    "A-13": "38",
    "A-14": "02 08",
    "B-01": "35",
    "B-02": "35",
    "B-03": "34",
    "B-07": "40",
    "B-08": "40",
    "B-10": "28 35",
    "C-03": "19",
}
"""Workshops (without `IKM-`) that declare every process of a request by name, as the survey found them."""

GAINED = {"A-02": "02 19 39", "B-03": "28 35", "B-08": "04 28 38"}
"""Who comes in addition when implied processes count."""


def by_id(rfq: str) -> dict[str, Any]:
    return next(item for item in RFQS if item["id"] == rfq)


def numbers(ids: str) -> set[str]:
    return {f"IKM-{number}" for number in ids.split()}


def test_there_are_forty_workshops_32_requests_and_three_buyers() -> None:
    assert len({item["id"] for item in WORKSHOPS}) == 40
    assert len({item["id"] for item in RFQS}) == 32
    assert [item["id"] for item in BUYERS] == ["BUY-A", "BUY-B", "BUY-C"]


@pytest.mark.parametrize("workshop", WORKSHOPS, ids=lambda item: item["id"])
def test_a_workshop_is_well_formed(workshop: dict[str, Any]) -> None:
    parse_nib(workshop["nib"])
    assert parse_npwp(workshop["npwp"]).warnings == ()
    parse_postal_code(workshop["postal_code"])
    assert is_code("kbli", parse_kbli(workshop["kbli"]))
    assert is_code("regions", parse_region(workshop["region_code"]).code)
    able = workshop["capabilities"]
    declared = set(able["processes"])
    assert all(is_code("processes", code) for code in declared)
    assert all(is_code("materials", code) for code in able["materials"])
    for machine in able["machines"]:
        assert machine["count"] >= 1
        assert machine["processes"]
        assert set(machine["processes"]) <= declared
        assert all(Decimal(value) > 0 for value in machine["envelope"].values() if value is not None)
    for certificate in able["certificates"]:
        assert is_code("certificates", certificate["code"])
        assert certificate["state"] in {"valid", "in_process", "missing"}
        assert (certificate["state"] == "valid") == (certificate["valid_until"] is not None)
    for capacity in able["capacity"]:
        assert Decimal(capacity["quantity"]) > 0
        assert is_code("units", capacity["unit"])


@pytest.mark.parametrize("rfq", RFQS, ids=lambda item: item["id"])
def test_a_request_is_well_formed(rfq: dict[str, Any]) -> None:
    line = rfq["line"]
    assert rfq["buyer"] in {buyer["id"] for buyer in BUYERS}
    assert is_code("materials", line["grade"])
    assert all(is_code("processes", code) for code in line["processes"])
    assert is_code("units", line["unit"])
    for code in line["certificates"]:
        assert entry("certificates", code).attributes["scope"] == "organisation"
    for code in line["delivery_documents"]:
        assert entry("certificates", code).attributes["scope"] == "delivery"
    assert [item["no"] for item in line["characteristics"]] == list(range(1, len(line["characteristics"]) + 1))
    for item in line["characteristics"]:
        assert is_code("characteristic_units", item["unit"])
        assert Decimal(item["lower"]) <= Decimal(item["upper"])
        assert Decimal(item["nominal"]) >= 0


@pytest.mark.parametrize("rfq", RFQS, ids=lambda item: item["id"])
def test_the_baseline_of_a_request_adds_up(rfq: dict[str, Any]) -> None:
    line = rfq["line"]
    baseline = line["baseline"]
    tariff = entry("hs_codes", baseline["hs_code"])
    assert Decimal(str(tariff.attributes["mfn_duty_percent"])) == Decimal(baseline["duty_percent"])
    cif = Decimal(baseline["cif_unit_price"]) * Decimal(baseline["idr_rate"])
    charges = 1 + (Decimal(baseline["duty_percent"]) + Decimal(baseline["handling_percent"])) / 100
    assert cif * charges == Decimal(baseline["landed_unit_price"])
    assert baseline["annual_quantity"] == line["quantity"]
    assert Decimal(line["quote_low"]) < Decimal(line["target_price"]) < Decimal(line["quote_high"])


@pytest.mark.parametrize("rfq", RFQS, ids=lambda item: item["id"])
def test_who_can_make_it_alone_is_as_surveyed(rfq: dict[str, Any]) -> None:
    needed = set(rfq["line"]["processes"])
    named = {item["id"] for item in WORKSHOPS if needed <= set(item["capabilities"]["processes"])}
    able = {item["id"] for item in WORKSHOPS if needed <= process_closure(item["capabilities"]["processes"])}
    assert named == numbers(SINGLE_SOURCE.get(rfq["id"], ""))
    assert able - named == numbers(GAINED.get(rfq["id"], ""))


def test_only_one_lathe_can_turn_the_mill_shaft() -> None:
    envelope, mass = by_id("B-04")["line"]["envelope"], by_id("B-04")["line"]["mass_kg"]
    assert (envelope["diameter_mm"], envelope["length_mm"]) == ("430", "5200")
    able = {
        workshop["id"]
        for workshop in WORKSHOPS
        for machine in workshop["capabilities"]["machines"]
        if "turning_heavy" in machine["processes"]
        and Decimal(machine["envelope"]["diameter_mm"] or 0) >= Decimal(envelope["diameter_mm"])
        and Decimal(machine["envelope"]["length_mm"] or 0) >= Decimal(envelope["length_mm"])
        and Decimal(machine["envelope"]["max_mass_kg"] or 0) >= Decimal(mass)
    }
    assert able == {"IKM-36"}


def test_a_plating_shop_without_permit_is_known_as_such() -> None:
    workshop = next(item for item in WORKSHOPS if item["id"] == "IKM-12")
    assert workshop["capabilities"]["certificates"] == [
        {"code": "lb3_permit", "number": None, "valid_until": None, "state": "missing"}
    ]
    plated = {item["id"] for item in RFQS if any(code.startswith("plating_") for code in item["line"]["processes"])}
    assert plated == {item["id"] for item in RFQS if "lb3_permit" in item["line"]["certificates"]}


def test_buyers_have_known_regions() -> None:
    for buyer in BUYERS:
        assert is_code("regions", buyer["region_code"])
        parse_postal_code(buyer["postal_code"])
