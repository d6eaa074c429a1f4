"""A dimension that is rejected in the seventh delivery leads back to what was promised and measured, in one call."""

from gated_scene import approved, results, submission, with_promises

from world import World


async def test_a_rejected_dimension_in_delivery_seven_links_to_promise_and_first_article(world: World) -> None:
    buyer, supplier, order = await with_promises(world)
    path = f"/v1/orders/{order['id']}"
    long = await supplier.done("POST", f"{path}/first-articles", await submission(supplier, results(length="90.3")))
    no = {"outcome": "rejected", "findings": [{"no": 2, "code": "dimension_out_of_tolerance"}]}
    await buyer.done("POST", f"{path}/first-articles/{long['id']}/decide", no, etag=long["etag"])
    good = await approved(buyer, supplier, order)
    despatches = []
    for delivery in range(1, 8):
        lot = f"L{delivery}"
        despatch = await world.despatch(supplier, order, (1, lot, "10"))
        receipt = await world.receipt(buyer, despatch)
        bad = delivery == 7
        defects = [
            {"characteristic_no": 2, "code": "dimension_out_of_tolerance", "quantity": "3", "note": "90.41 to 90.44"},
            {"characteristic_no": 1, "quantity": "1"},
        ]
        values = ["90.41", "90.44", "90.43"] if bad else ["90.0", "90.1", "90.05"]
        line = {
            "results": [{"no": 1, "values": ["40.01"]}, {"no": 2, "values": values}],
            "line_no": 1,
            "lot": lot,
            "accepted": "6" if bad else "10",
            "rejected": "4" if bad else "0",
        }
        await buyer.done(
            "POST",
            f"/v1/receipts/{receipt['id']}/inspections",
            {"inspector": "Sari", "lines": [line | {"defects": defects if bad else []}]},
        )
        despatches.append(despatch)
    history = await buyer.done("GET", f"{path}/characteristics/2?line_no=1")
    assert history["requirement"] == {
        "name": "Length", "nominal": "90", "upper": "0.2", "lower": "-0.2", "unit": "MMT", "ctq": False, "method": None,
    }  # fmt: skip
    assert history["promise"] == {"answer": "deviate", "note": "+0.3"}
    assert [(item["first_article_id"], item["state"], item["values"]) for item in history["first_articles"]] == [
        (long["id"], "rejected", ["90.3"]),
        (good["id"], "approved", ["90.1"]),
    ]
    assert [item["conforms"] for item in history["first_articles"]] == [False, True]
    assert [(item["delivery"], item["despatch_id"], item["failed"]) for item in history["deliveries"]] == [
        (place, despatch["id"], "3" if place == len(despatches) else "0")
        for place, despatch in enumerate(despatches, 1)
    ]
    assert [item["conforms"] for item in history["deliveries"]] == [True] * 6 + [False]
    assert [item["findings"][0]["result"]["values"] for item in history["deliveries"]][5:] == [
        ["90", "90.1", "90.05"],
        ["90.41", "90.44", "90.43"],
    ]
    seventh = history["deliveries"][-1]
    assert (seventh["lot"], seventh["accepted"], seventh["rejected"]) == ("L7", "6", "4")
    [finding] = seventh["findings"]
    assert (finding["inspector"], finding["rejected"], finding["failed"]) == ("Sari", "4", "3")
    assert (finding["result"]["nonconforming"], finding["result"]["outside"]) == (3, 3)
    assert [(defect["code"], defect["note"]) for defect in finding["defects"]] == [
        ("dimension_out_of_tolerance", "90.41 to 90.44")
    ]
    [claim] = seventh["nonconformances"]
    [opened] = (await buyer.done("GET", f"{path}/nonconformances"))["items"]
    assert (claim["nonconformance_id"], claim["state"], claim["failed"]) == (opened["id"], "open", "3")
    assert claim["inspection_id"] == finding["inspection_id"]
    assert all(item["nonconformances"] == [] for item in history["deliveries"][:-1])
    assert await supplier.done("GET", f"{path}/characteristics/2") == history, "both parties read the same"
    one = await supplier.done("GET", f"{path}/characteristics/2?lot=L7")
    assert one["deliveries"] == [seventh]
    assert one["older_lots"] == 0
    bore = await buyer.done("GET", f"{path}/characteristics/1")
    assert (bore["promise"]["answer"], bore["deliveries"][-1]["failed"]) == ("comply", "1")
    assert (await buyer.done("GET", f"{path}/characteristics/3"))["promise"] is None
