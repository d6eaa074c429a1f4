"""The vocabularies: complete, labelled in both languages, and consistent with one another."""

from datetime import date

import pytest

from domain import vocabularies
from domain.vocabularies import Language, UnknownCode, UnknownVocabulary, entry, is_code, vocabulary

EXPECTED = {
    "award_reasons",
    "cancel_reasons",
    "certificates",
    "change_reasons",
    "characteristic_units",
    "currencies",
    "decline_award_reasons",
    "decline_counter_offer_reasons",
    "defect_codes",
    "dispositions",
    "dispute_reasons",
    "disqualify_reasons",
    "hold_reasons",
    "holidays",
    "hs_codes",
    "incoterms",
    "kbli",
    "loss_reasons",
    "materials",
    "no_award_reasons",
    "no_quote_reasons",
    "processes",
    "question_decline_reasons",
    "regions",
    "reject_order_reasons",
    "suspend_reasons",
    "units",
}

STATES = {
    "organisation": "registered verified suspended",
    "membership": "proposed accepted declined ended",
    "code_mapping": "active",
    "credential": "active revoked expired",
    "file": "receiving scanning clean rejected",
    "rfq": "draft open closed evaluating awarded partially_awarded not_awarded cancelled",
    "participation": "invited viewed interested declined",
    "question": "asked answered declined",
    "quote": "draft submitted needs_reconfirmation opened superseded awarded partially_awarded not_awarded withdrawn "
    "lapsed disqualified expired",
    "counter_offer": "proposed accepted declined withdrawn expired",
    "score_sheet": "open submitted",
    "award": "proposed issued accepted declined lapsed cancelled",
    "objection": "filed upheld dismissed",
    "award_scenario": "solved",
    "order": "issued acknowledged in_progress completed rejected on_hold short_closed cancelled",
    "despatch": "despatched received cancelled",
    "receipt": "counted",
    "inspection": "pending done",
    "inspection_plan": "normal tightened reduced ship_to_stock discontinued",
    "nonconformance": "open contained cause_found corrected closed",
    "invoice": "submitted matched disputed paid withdrawn",
    "change_order": "proposed accepted declined withdrawn",
    "schedule_line": "forecast firm fulfilled cancelled",
    "return_shipment": "sent received",
    "cost_claim": "raised agreed contested settled withdrawn",
    "heartbeat": "recorded",
    "first_article": "submitted approved approved_with_deviation rejected withdrawn",
    "mark": "accepted contested upheld withdrawn",
    "webhook_endpoint": "active disabled deleted",
}


def test_every_expected_vocabulary_is_there() -> None:
    assert set(vocabularies.names()) >= EXPECTED


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_vocabulary_has_unique_labelled_codes(name: str) -> None:
    listed = vocabulary(name)
    codes = [item.code for item in listed.entries]
    assert listed.name == name
    assert listed.id.strip()
    assert listed.en.strip()
    assert codes
    assert len(codes) == len(set(codes))
    for item in listed.entries:
        assert item.id == item.id.strip() != ""
        assert item.en == item.en.strip() != ""
        assert len(item.code) <= 60
    keys = {frozenset(item.attributes) for item in listed.entries}
    assert len(keys) == 1, "every entry of one vocabulary tells the same things"


@pytest.mark.parametrize("name", sorted(name for name in EXPECTED if name.endswith("_reasons")))
def test_a_list_of_reasons_ends_with_the_way_out(name: str) -> None:
    assert vocabulary(name).entries[-1].code == "other"


@pytest.mark.parametrize("name", ["", "labels", "problem_titles", "../labels", "Units", "units.json"])
def test_an_unknown_vocabulary_is_refused(name: str) -> None:
    with pytest.raises(UnknownVocabulary) as refused:
        vocabulary(name)
    assert refused.value.name == name


def test_an_unknown_code_is_refused() -> None:
    assert not is_code("units", "h87")
    with pytest.raises(UnknownCode):
        entry("units", "h87")
    with pytest.raises(UnknownVocabulary):
        is_code("nothing", "H87")


def test_the_same_vocabulary_is_read_once() -> None:
    assert vocabulary("units") is vocabulary("units")


def test_there_are_73_processes_with_labels_of_their_own() -> None:
    processes = vocabulary("processes").entries
    assert len(processes) == 73
    for language in ("id", "en"):
        labels = [getattr(process, language) for process in processes]
        assert len(labels) == len(set(labels)), "two processes read the same"


def test_processes_and_certificates_refer_to_known_codes() -> None:
    for process in vocabulary("processes").entries:
        implied = process.attributes["implies"]
        groups = process.attributes["kbli"]
        assert isinstance(implied, list)
        assert isinstance(groups, list)
        assert all(is_code("processes", code) for code in implied)
        assert groups
        assert all(is_code("kbli", code) for code in groups)
    for certificate in vocabulary("certificates").entries:
        implied = certificate.attributes["implies"]
        assert isinstance(implied, list)
        assert all(is_code("certificates", code) for code in implied)


@pytest.mark.parametrize(
    ("declared", "able"),
    [
        ((), set()),
        (("turning",), {"turning"}),
        (("turning_cnc",), {"turning_cnc", "turning"}),
        (
            ("tooling_stamping_die",),  # two steps: the die maker has a machining centre, which drills
            {
                "tooling_stamping_die",
                "machining_center",
                "edm_wire",
                "milling",
                "drilling",
                "boring",
                "threading_tapping",
            },
        ),
        (("stamping_single", "bending"), {"stamping_single", "punching", "bending"}),
        (("retired_process",), {"retired_process"}),
    ],
)
def test_what_a_workshop_can_do(declared: tuple[str, ...], able: set[str]) -> None:
    assert vocabularies.process_closure(declared) == able


def test_pieces_and_sets_are_whole_and_kilograms_are_not() -> None:
    assert vocabularies.unit_is_whole("H87")
    assert vocabularies.unit_is_whole("SET")
    assert not vocabularies.unit_is_whole("KGM")
    assert not vocabularies.unit_is_whole("HUR")
    with pytest.raises(UnknownCode):
        vocabularies.unit_is_whole("PCS")


def test_rupiah_totals_are_whole() -> None:
    assert vocabularies.minor_units("IDR") == 0
    assert vocabularies.minor_units("JPY") == 0
    assert vocabularies.minor_units("USD") == 2
    with pytest.raises(UnknownCode):
        vocabularies.minor_units("XXX")


def test_holidays_are_found_by_day() -> None:
    independence = vocabularies.holiday(date(2026, 8, 17))
    eve = vocabularies.holiday(date(2026, 12, 24))
    assert independence is not None
    assert eve is not None
    assert independence.attributes["kind"] == "national"
    assert eve.attributes["kind"] == "collective_leave"
    assert vocabularies.holiday(date(2026, 8, 18)) is None


def test_every_region_but_the_province_has_its_parent() -> None:
    regions = vocabulary("regions").entries
    assert sum(region.attributes["level"] == "regency" for region in regions) == 38
    for region in regions:
        parent = region.attributes["parent"]
        if region.code == "35":
            assert parent is None
        else:
            assert isinstance(parent, str)
            assert region.code.startswith(parent + ".")
            assert is_code("regions", parent)


def test_every_state_has_a_label_in_both_languages() -> None:
    labelled = vocabularies.state_labels()
    assert {machine: set(states.split()) for machine, states in STATES.items()} == dict(labelled)
    languages: tuple[Language, ...] = ("id", "en")
    for machine, states in labelled.items():
        for state in states:
            assert all(vocabularies.state_label(machine, state, language) for language in languages)


def test_state_labels_speak_both_languages() -> None:
    assert vocabularies.state_label("rfq", "awarded", "id") == "Ditetapkan pemenang"
    assert vocabularies.state_label("rfq", "awarded", "en") == "Awarded"
    with pytest.raises(UnknownCode):
        vocabularies.state_label("rfq", "forgotten", "en")
    with pytest.raises(UnknownCode):
        vocabularies.state_label("parcel", "open", "en")
