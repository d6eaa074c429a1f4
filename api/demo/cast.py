"""Who plays in the demonstration: the seed's buyers and workshops, registered and verified once, and their keys."""

import os
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import msgspec

from api.demo.client import DemoError, Party

DATA = Path(__file__).parent / "data"
BUYERS_WITH_FOUR_EYES = frozenset({"BUY-B"})
FACILITATOR = "DISPERIN"


def load(name: str) -> list[dict[str, Any]]:
    """One of the demonstration's data files."""
    rows: list[dict[str, Any]] = msgspec.json.decode((DATA / f"{name}.json").read_bytes())
    return rows


class Keys:
    """The keys of all parties, kept beside the demonstration's database so that it can be run again."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept: dict[str, Any] = {"secrets": {}, "run": 1, "finished": False}
        if path.exists():
            self._kept = msgspec.json.decode(path.read_bytes())

    @property
    def secrets(self) -> dict[str, dict[str, str]]:
        """By party: secret and organisation id."""
        known: dict[str, dict[str, str]] = self._kept["secrets"]
        return known

    @property
    def run(self) -> int:
        """The number of the present run: a new one starts after one that finished."""
        number: int = self._kept["run"]
        return number

    def begin(self) -> None:
        """Go on with an unfinished run, or start the next."""
        if self._kept["finished"]:
            self._kept |= {"run": self.run + 1, "finished": False}
            self._write()

    def finish(self) -> None:
        """The run is complete."""
        self._kept["finished"] = True
        self._write()

    def keep(self, party: str, secret: str, organisation_id: str) -> None:
        """Remember a key."""
        self.secrets[party] = {"secret": secret, "organisation_id": organisation_id}
        self._write()

    def _write(self) -> None:
        part = self._path.with_suffix(".part")
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(msgspec.json.encode(self._kept))
            out.flush()
            os.fsync(out.fileno())
        part.rename(self._path)


class Cast:
    """All parties by their id in the seed; a buyer's second person is `BUY-A/2`."""

    def __init__(self, http: httpx.AsyncClient, keys: Keys) -> None:
        self.http, self.keys = http, keys
        self.names = {row["id"]: row["name"] for row in (*load("buyers"), *load("workshops"))}
        self.by_organisation: dict[str, str] = {}

    def party(self, name: str) -> Party:
        """One party. Raises KeyError before it has joined."""
        known = self.keys.secrets[name]
        return Party(
            self.http, known["secret"], known["organisation_id"], self.names.get(name.split("/", maxsplit=1)[0], name)
        )

    async def join_operator(self, secret: str | None) -> None:
        """The operator's key comes from `jembatan init`."""
        if secret is not None:
            me = await Party(self.http, secret, "", "operator").get("/v1/me")
            self.keys.keep("operator", secret, me["organisation_id"])
        if "operator" not in self.keys.secrets:
            raise DemoError(
                "this database has an operator whose key the demonstration does not know; use another JEMBATAN_HOME"
            )

    async def join_facilitator(self) -> None:
        """The regional office, vouched for by the operator: it verifies everybody else."""
        await self._join(
            FACILITATOR, {"name": "Disperindag Contoh Jawa Timur", "roles": ["facilitator"]}, by="operator"
        )

    async def join_buyer(self, row: dict[str, Any]) -> None:
        """A buyer with two people, one of them with four-eyes awards."""
        profile = {key: row[key] for key in ("legal_form", "region_code", "postal_code", "pkp")}
        await self._join(row["id"], {"name": row["name"], "roles": ["buyer"], "profile": profile, "person": "Rina"})
        first = self.party(row["id"])
        if f"{row['id']}/2" not in self.keys.secrets:
            me = await first.get("/v1/me")
            made = await first.post(
                "/v1/credentials",
                f"demo second person of {row['id']}",
                {"name": "second person", "person": "Bagus", "scopes": me["scopes"]},
            )
            self.keys.keep(f"{row['id']}/2", made["secret"], first.organisation_id)
        organisation = await first.get(f"/v1/organisations/{first.organisation_id}")
        wanted = row["id"] in BUYERS_WITH_FOUR_EYES
        # In this story days are seconds: an addendum must not ask for two of them.
        policy = {"four_eyes_awards": wanted, "minimum_quoting_hours": 0}
        if any(organisation["policy"][name] != value for name, value in policy.items()):
            path = f"/v1/organisations/{first.organisation_id}"
            change = {"policy": policy}
            await first.send("PATCH", path, change, etag=organisation["etag"])

    async def join_workshop(self, row: dict[str, Any]) -> None:
        """A workshop that says what it can make."""
        profile = {
            key: row[key]
            for key in (
                "legal_form",
                "nib",
                "npwp",
                "region_code",
                "postal_code",
                "pkp",
                "workers",
                "investment_idr",
                "annual_sales_idr",
            )
        }
        profile["kbli"] = [row["kbli"]]
        await self._join(row["id"], {"name": row["name"], "roles": ["supplier"], "profile": profile})
        party = self.party(row["id"])
        path = f"/v1/organisations/{party.organisation_id}/capabilities"
        said = await party.get(path)
        if not said["processes"]:
            await party.send("PUT", path, capabilities(row["capabilities"]), etag=said["etag"])

    async def _join(self, name: str, body: dict[str, Any], *, by: str = FACILITATOR) -> None:
        if name not in self.keys.secrets:
            anonymous = Party(self.http, "none", "", name)
            made = await anonymous.post("/v1/registrations", f"demo registration of {name}", body)
            self.keys.keep(name, made["secret"], made["organisation"]["id"])
        organisation_id = self.keys.secrets[name]["organisation_id"]
        self.by_organisation[organisation_id] = name
        judge = self.party(by)
        organisation = await judge.get(f"/v1/organisations/{organisation_id}")
        if organisation["state"] == "registered":
            await judge.post(f"/v1/organisations/{organisation_id}/verify", f"demo verification of {name}")


def capabilities(given: dict[str, Any]) -> dict[str, Any]:
    """The seed's capabilities in the API's shape: force and mass stand beside the envelope."""
    machines = []
    for machine in given["machines"]:
        envelope = dict(machine["envelope"] or {})
        force, mass = envelope.pop("force_t", None), envelope.pop("max_mass_kg", None)
        known = any(envelope.values())
        machines.append(
            {
                "name": machine["name"],
                "count": machine["count"],
                "processes": machine["processes"],
                "envelope": envelope if known else None,
                "force_t": force,
                "max_mass_kg": mass,
                "note": machine["note"],
            }
        )
    return {**given, "machines": machines}


def today() -> date:
    """The day of the demonstration."""
    return date.today()  # noqa: DTZ011  a day for people, not an instant
