"""Reading docs/bid-tab.md, and its figures by decimal arithmetic alone: nothing of ours is imported here."""

from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from pathlib import Path

D = Decimal
PAGE = Path(__file__).parents[1] / "docs" / "bid-tab.md"
Table = list[dict[str, str]]
MINOR = {"IDR": D(1), "USD": D("0.01")}
BEARS_CARRIAGE = {"FCA", "EXW"}


def tables(text: str) -> dict[str, list[Table]]:
    """The tables of each section, each row by its column."""
    found: dict[str, list[Table]] = {}
    section, head = "", None
    for row in text.splitlines():
        if row.startswith("## "):
            section, head = row[3:], None
        elif not row.startswith("|"):
            head = None
        elif not row.startswith("|---"):
            parts = [part.strip() for part in row.strip("|").split("|")]
            if head is None:
                head = parts
                found.setdefault(section, []).append([])
            else:
                found[section][-1].append(dict(zip(head, parts, strict=True)))
    return found


class Scene:
    """The RFQ, the quotes and the assumptions of the page."""

    def __init__(self, text: str) -> None:
        page = tables(text)
        self.page = page
        self.lines = {row["line"]: row for row in page["What is asked"][0]}
        self.imports = page["What the import costs"][0]
        heads, prices = page["The quotes"]
        self.quotes = {row["quote"]: row for row in heads}
        self.prices = {(row["line"], row["quote"]): row for row in prices}
        self.assumed = {row["assumption"]: row["value"] for row in page["What the buyer assumes"][0]}

    def query(self) -> str:
        """The request of the page, from its table of assumptions."""
        given = {name: value for name, value in self.assumed.items() if name not in {"rate of USD", "pph22_percent"}}
        given["rates"] = f"USD:{self.assumed['rate of USD']}:2026-11-20"
        return "&".join(f"{name}={value}" for name, value in given.items())

    def rate(self, quote: str) -> Decimal:
        """Rupiah for one unit of the quote's currency."""
        currency = self.quotes[quote]["currency"]
        return D(1) if currency == "IDR" else D(self.assumed[f"rate of {currency}"])

    def breaks(self, line: str, quote: str) -> list[tuple[Decimal, Decimal]]:
        """(least quantity, unit price)."""
        steps = [step.split(":") for step in self.prices[line, quote]["breaks"].split(",")]
        return [(D(least.strip()), D(price.strip())) for least, price in steps]

    def figures(self, line: str, quote: str, quantity: Decimal) -> dict[str, Decimal]:
        """Every figure of a cell."""
        given, head = self.prices[line, quote], self.quotes[quote]
        minor, steps = MINOR[head["currency"]], self.breaks(line, quote)

        def rounded(amount: Decimal) -> Decimal:
            return amount.quantize(minor, ROUND_HALF_EVEN) + 0  # no negative zero

        bought = max(quantity, steps[0][0], D(given["minimum"] or 0))
        price = [price for least, price in steps if least <= bought][-1]
        total, excess, due, freight = rounded(price * quantity), rounded(price * (bought - quantity)), D(0), D(0)
        if given["tooling"]:
            pieces = D(given["pieces"] or self.assumed["tooling_over"])
            due = rounded(D(given["tooling"]) * min(bought, pieces) / pieces)
        if head["incoterm"] in BEARS_CARRIAGE:
            freight = rounded((total + excess) * D(self.assumed["freight_percent"]) / 100)
        later = int(head["payment_days"]) - int(self.assumed["reference_payment_days"])
        amount = total + excess + due
        payment = rounded(-amount * D(self.assumed["capital_rate_percent"]) / 100 * later / 365)
        cost = amount + freight + payment
        return {
            "bought": bought,
            "unit_price": price,
            "total": total,
            "excess": excess,
            "tooling_due": due,
            "freight": freight,
            "payment": payment,
            "total_cost": cost,
            "base": (cost * self.rate(quote)).quantize(D(1), ROUND_HALF_EVEN),
        }

    def ranked(self, line: str, quantity: Decimal) -> list[str]:
        """The quotes, cheapest first."""
        return sorted(self.quotes, key=lambda quote: self.figures(line, quote, quantity)["base"])

    def break_even(self, line: str) -> tuple[int, str] | None:
        """By counting up, then down, from the quantity asked."""
        asked = int(self.lines[line]["quantity"])
        first, second = self.ranked(line, D(asked))[:2]

        def leads(one: str, other: str, quantity: int) -> bool:
            return self.figures(line, one, D(quantity))["base"] < self.figures(line, other, D(quantity))["base"]

        for quantity in range(asked + 1, 20 * asked):
            if leads(second, first, quantity):
                return quantity, second
        for quantity in range(asked, 1, -1):
            if not leads(first, second, quantity - 1):
                return quantity, first
        return None

    def import_of(self, row: dict[str, str]) -> dict[str, Decimal]:
        """What the import of a line's quantity costs."""
        cif = D(row["cif_price"]) * D(row["idr_rate"]) * D(self.lines[row["line"]]["quantity"])
        value = cif * (1 + D(row["duty_percent"]) / 100)
        parts = [cif, value - cif, cif * D(self.assumed["handling_percent"]) / 100]
        parts = [part.quantize(D(1), ROUND_HALF_EVEN) for part in parts]
        ppn = (value * 12 * 11 / 1200).quantize(D(1), ROUND_FLOOR)
        pph = (value * D(self.assumed["pph22_percent"]) / 100).quantize(D(1), ROUND_HALF_EVEN)
        return {
            "cif": parts[0],
            "duty": parts[1],
            "handling": parts[2],
            "landed_cost": sum(parts, D(0)),
            "ppn": ppn,
            "pph22": pph,
            "cash_out": sum(parts, D(0)) + ppn + pph,
        }
