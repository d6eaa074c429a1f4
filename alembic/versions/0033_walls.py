"""The second wall: row-level security on every tenant table, and the roles that it tells apart.

Policies repeat what the program asks, so that a statement which forgets to ask still shows nobody another's rows. Who acts is
`acting()`, set for one transaction. What a step means for third parties is written as `jembatan_system`; the owner has no
login. `tests/structure/test_walls.py` reads all of this back from the catalogue.

Unlike other migrations this one needs the previous release stopped: its reads say nothing of who asks, and would find nothing.
"""

from alembic import op

revision = "0033"
down_revision = "0031"
branch_labels = None
depends_on = None

ROLES = """
DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['jembatan_owner', 'jembatan_system'] LOOP
        BEGIN
            EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;
        END;
    END LOOP;
    IF NOT pg_has_role(current_user, 'jembatan_owner', 'MEMBER') THEN
        EXECUTE format('GRANT jembatan_owner TO %I', current_user);
    END IF;
    IF NOT pg_has_role('jembatan_system', 'jembatan_api', 'MEMBER') THEN
        GRANT jembatan_api TO jembatan_system;
    END IF;
END
$$;
GRANT USAGE, CREATE ON SCHEMA public TO jembatan_owner;
REVOKE ALL ON signing_key FROM jembatan_api;
GRANT SELECT, INSERT, UPDATE, DELETE ON signing_key TO jembatan_system;
-- Whoever registers has no organisation yet that could act.
REVOKE INSERT ON organisation FROM jembatan_api;
GRANT INSERT ON organisation TO jembatan_system;
-- An event's place in the feed is drawn before its row is written.
GRANT USAGE ON SEQUENCE event_position_seq TO jembatan_api, jembatan_dispatcher;
-- So that a login which has no rights of its own can still be told to migrate first.
GRANT SELECT ON alembic_version TO PUBLIC;
"""

# Doors in the wall, each as narrow as what it is for. PL/pgSQL keeps their plans for the session.
DOORS = """
CREATE FUNCTION acting() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('jembatan.organisation', true), '')::uuid;

CREATE FUNCTION oversees() RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM organisation
         WHERE id = acting() AND state = 'verified' AND roles && ARRAY['facilitator', 'operator']
    );
END
$$;

-- Policies of what is told about an RFQ ask this instead of the RFQ, whose own policy asks them.
CREATE FUNCTION buyer_of(rfq_id uuid) RETURNS uuid LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN (SELECT r.buyer_id FROM rfq r WHERE r.id = buyer_of.rfq_id);
END
$$;

-- Who was not invited joins what is open; nobody invites himself.
CREATE FUNCTION is_open_to_all(rfq_id uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM rfq r WHERE r.id = is_open_to_all.rfq_id AND r.visibility = 'open' AND r.published_at IS NOT NULL
    );
END
$$;

-- Who holds an award waits for what others object to it.
CREATE FUNCTION is_objected(rfq_id uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM objection o WHERE o.rfq_id = is_objected.rfq_id AND o.state = 'filed');
END
$$;

-- An event is chained to the one before it, whoever was told of that one.
CREATE FUNCTION end_of_chain(subject uuid, version integer, OUT hash bytea, OUT xid xid8)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    SELECT e.hash, e.xid INTO hash, xid FROM event e WHERE e.subject_id = subject AND e.subject_version = version;
END
$$;

-- Whom a secret stands for, before anybody's organisation is known. Asked by the digest of the whole secret.
CREATE FUNCTION bearer_of(digest bytea)
    RETURNS TABLE (
        id uuid, organisation_id uuid, name text, person text, scopes text[], roles text[], organisation_state text
    )
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT c.id, c.organisation_id, c.name, c.person, c.scopes, o.roles, o.state
      FROM credential c
      JOIN organisation o ON o.id = c.organisation_id
     WHERE (c.secret_hash = digest OR (c.previous_hash = digest AND c.previous_until > clock_timestamp()))
       AND c.state = 'active' AND c.expires_at > clock_timestamp() AND o.state <> 'suspended';
END
$$;

-- The same for a token, whose signature by the key `kid` has been verified.
CREATE FUNCTION holder_of(credential_id uuid, kid text)
    RETURNS TABLE (
        id uuid, organisation_id uuid, name text, person text, scopes text[], roles text[], organisation_state text,
        now timestamptz
    )
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT c.id, c.organisation_id, c.name, c.person, c.scopes, o.roles, o.state, clock_timestamp()
      FROM credential c
      JOIN organisation o ON o.id = c.organisation_id
     WHERE c.id = holder_of.credential_id AND c.state = 'active' AND c.expires_at > clock_timestamp()
       AND o.state <> 'suspended'
       AND EXISTS (
           SELECT FROM signing_key k WHERE k.kid = holder_of.kid AND (k.ends_at IS NULL OR k.ends_at > clock_timestamp())
       );
END
$$;

REVOKE EXECUTE ON FUNCTION oversees, buyer_of, is_open_to_all, is_objected, end_of_chain, bearer_of, holder_of FROM PUBLIC;
GRANT EXECUTE ON FUNCTION oversees, buyer_of, is_open_to_all, is_objected, end_of_chain, bearer_of, holder_of TO jembatan_api;
GRANT EXECUTE ON FUNCTION end_of_chain TO jembatan_dispatcher;
"""

ME = "(SELECT acting())"
OWN = f"organisation_id = {ME}"
BUYER = f"buyer_id = {ME}"
SUPPLIER = f"supplier_id = {ME}"
PARTY = f"({BUYER} OR {SUPPLIER})"
OF_BUYER = f"buyer_of(rfq_id) = {ME}"
ALL = "true"
EVERYBODY = "'00000000-0000-0000-0000-000000000000'::uuid"


def within(parent: str, key: str, condition: str = "") -> str:
    """Whether the parent is seen (its own policy says so), under a further condition on it.

    No EXISTS: of that the planner may make a table of everything that the caller sees, for the sake of a few rows.
    """
    return f"(SELECT true FROM {parent} p WHERE p.id = {key}{condition and ' AND ' + condition})"


IN_RFQ = within("rfq", "rfq_id")
IN_OWN_RFQ = within("rfq", "rfq_id", f"p.{BUYER}")
IN_ORDER = within("purchase_order", "order_id")
IN_QUOTE = within("quote", "quote_id")
SUPPLIERS_QUOTE = within("quote", "quote_id", f"p.{SUPPLIER}")
BUYERS_QUOTE = within("quote", "quote_id", f"p.{BUYER}")
IN_ENDPOINT = within("webhook_endpoint", "endpoint_id")

# (what is seen and may be locked, what may be added, what a row may become, what may be removed); None: not granted.
Wall = tuple[str, str | None, str | None, str | None]

TABLES: dict[str, Wall] = {
    # Organisations. Names, regions and capabilities of others are shown all over the place.
    "organisation": (ALL, None, f"id = {ME} OR (SELECT oversees())", None),
    "membership": (
        f"cooperative_id = {ME} OR member_id = {ME} OR (SELECT oversees())",
        f"cooperative_id = {ME}",
        f"cooperative_id = {ME} OR member_id = {ME}",
        None,
    ),
    "credential": (OWN, OWN, OWN, None),
    "code_mapping": (OWN, OWN, OWN, None),
    "idempotency": (OWN, OWN, None, OWN),
    "mark": (
        f"{OWN} OR counterparty_id = {ME}",
        OWN,
        f"{OWN} OR counterparty_id = {ME}",
        None,
    ),
    # Files: the owner's, and what is put before others. Whether an agreement comes first, the program asks.
    "file": (
        f"""{OWN} OR (SELECT true FROM rfq_document d WHERE d.file_id = file.id LIMIT 1)
            OR (SELECT true FROM quote_attachment a WHERE a.file_id = file.id LIMIT 1)
            OR (SELECT true FROM order_paper o WHERE o.file_id = file.id LIMIT 1)""",
        OWN,
        OWN,
        None,
    ),
    "upload": (OWN, OWN, OWN, OWN),
    "upload_part": (within("upload", "upload_id"), within("upload", "upload_id"), None, within("upload", "upload_id")),
    # RFQs: the buyer's; from the publication on those who take part, and every organisation where it is open.
    "rfq": (
        f"""{BUYER} OR (published_at IS NOT NULL AND (
            (visibility = 'open' AND {ME} <> {EVERYBODY})
            OR (SELECT true FROM participation p WHERE p.rfq_id = rfq.id AND p.{SUPPLIER} LIMIT 1)
        ))""",
        BUYER,
        BUYER,
        BUYER,
    ),
    "rfq_line": (IN_RFQ, IN_OWN_RFQ, IN_OWN_RFQ, IN_OWN_RFQ),
    "rfq_document": (IN_RFQ, IN_OWN_RFQ, IN_OWN_RFQ, IN_OWN_RFQ),
    "rfq_addendum": (IN_RFQ, IN_OWN_RFQ, None, None),
    "rfq_key": (IN_RFQ, IN_OWN_RFQ, None, None),
    "opening": (IN_RFQ, IN_OWN_RFQ, None, None),
    "sealed_access_attempt": (OF_BUYER, f"organisation_id IS NOT DISTINCT FROM {ME}", None, None),
    "participation": (
        f"{SUPPLIER} OR {OF_BUYER}",
        f"({SUPPLIER} AND is_open_to_all(rfq_id)) OR {OF_BUYER}",
        f"{SUPPLIER} OR {OF_BUYER}",
        None,
    ),
    "question": (
        f"{SUPPLIER} OR {OF_BUYER} OR (published_question IS NOT NULL AND {IN_RFQ})",
        f"{SUPPLIER} AND {IN_RFQ}",
        f"{SUPPLIER} OR {OF_BUYER}",
        None,
    ),
    # Quotes: the row says no price. Prices are in what the opening adds, and sealed in submissions.
    "quote": (PARTY, f"{SUPPLIER} AND {within('rfq', 'rfq_id', 'p.buyer_id = quote.buyer_id')}", PARTY, None),
    "quote_submission": (SUPPLIERS_QUOTE, SUPPLIERS_QUOTE, None, None),
    "quote_priced": (IN_QUOTE, SUPPLIERS_QUOTE, None, None),
    "quote_opened": (IN_QUOTE, BUYERS_QUOTE, None, None),
    "quote_technical": (IN_QUOTE, BUYERS_QUOTE, None, None),
    "quote_attachment": (IN_QUOTE, BUYERS_QUOTE, None, None),
    "quote_amendment": (IN_QUOTE, IN_QUOTE, None, None),
    "counter_offer": (PARTY, BUYER, PARTY, None),
    "score_sheet": (BUYER, BUYER, BUYER, None),
    "score": (
        within("score_sheet", "sheet_id"),
        within("score_sheet", "sheet_id"),
        None,
        within("score_sheet", "sheet_id"),
    ),
    # Awards: to the supplier from the issue on.
    "award_scenario": (BUYER, BUYER, None, None),
    "award": (
        f"{BUYER} OR ({SUPPLIER} AND issued_at IS NOT NULL)",
        BUYER,
        f"{BUYER} OR ({SUPPLIER} AND issued_at IS NOT NULL)",
        None,
    ),
    "award_line": (
        within("award", "award_id"),
        within("award", "award_id", f"p.{BUYER}"),
        within("award", "award_id"),
        None,
    ),
    "objection": (PARTY, SUPPLIER, PARTY, None),
    # Orders and all that hangs from them: both parties'.
    "purchase_order": (PARTY, PARTY, PARTY, None),
    "order_line": (IN_ORDER, IN_ORDER, IN_ORDER, None),
    "order_paper": (IN_ORDER, IN_ORDER, None, None),
    **dict.fromkeys(
        (
            "change_order",
            "cost_claim",
            "despatch",
            "first_article",
            "inspection",
            "invoice",
            "nonconformance",
            "receipt",
            "return_shipment",
            "schedule_line",
        ),
        (PARTY, f"{PARTY} AND {IN_ORDER}", PARTY, None),
    ),
    "heartbeat": (PARTY, f"{PARTY} AND {IN_ORDER}", None, None),
    "despatch_line": (*[within("despatch", "despatch_id")] * 3, None),
    "receipt_line": (*[within("receipt", "receipt_id")] * 3, None),
    "invoice_payment": (*[within("invoice", "invoice_id")] * 3, None),
    "inspection_plan": (PARTY, PARTY, PARTY, None),
    # The ledger: to whom it was told. Nobody is told afterwards: an audience is written with its event.
    "event": (
        f"""(
            SELECT true FROM event_audience a
             WHERE a.xid = event.xid AND a.position = event.position AND a.organisation_id IN ({ME}, {EVERYBODY})
             LIMIT 1
        )""",
        f"organisation_id IS NULL OR {OWN}",
        None,
        None,
    ),
    "event_audience": (
        f"organisation_id IN ({ME}, {EVERYBODY})",
        "xid >= pg_current_xact_id()",
        None,
        None,
    ),
    # Webhooks.
    "webhook_endpoint": (OWN, OWN, OWN, None),
    "webhook_lane": (IN_ENDPOINT, IN_ENDPOINT, IN_ENDPOINT, None),
    "webhook_delivery": (IN_ENDPOINT, IN_ENDPOINT, IN_ENDPOINT, IN_ENDPOINT),
    "webhook_attempt": (within("webhook_delivery", "delivery_id"), None, None, None),
}

DISPATCHED = (
    "event", "event_audience", "organisation", "webhook_endpoint", "webhook_lane", "webhook_delivery", "webhook_attempt",
)  # fmt: skip
"""What the dispatcher works through for everybody, as far as it is granted."""

# The one who opens reads the submissions of what it opens; nobody else but their supplier does.
OPENER = f"""
CREATE POLICY opener_seen ON quote_submission FOR SELECT TO jembatan_opener USING ({BUYERS_QUOTE});
"""


def _policies(table: str, wall: Wall) -> str:
    seen, added, changed, removed = wall
    script = f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON {table} TO jembatan_owner USING (true) WITH CHECK (true);
CREATE POLICY system_all ON {table} TO jembatan_system USING (true) WITH CHECK (true);
CREATE POLICY api_seen ON {table} FOR SELECT TO jembatan_api USING ({seen});
"""
    if added is not None:
        script += f"CREATE POLICY api_added ON {table} FOR INSERT TO jembatan_api WITH CHECK ({added});\n"
    if changed is not None:
        # Locking a row asks for this one too: what is seen may be locked, and becomes only what `changed` admits.
        script += (
            f"CREATE POLICY api_changed ON {table} FOR UPDATE TO jembatan_api USING ({seen}) WITH CHECK ({changed});\n"
        )
    if removed is not None:
        script += f"CREATE POLICY api_removed ON {table} FOR DELETE TO jembatan_api USING ({removed});\n"
    if table in DISPATCHED:
        script += f"CREATE POLICY dispatcher_all ON {table} TO jembatan_dispatcher USING (true) WITH CHECK (true);\n"
    return script


def upgrade() -> None:
    """Build the wall."""
    for script in (ROLES, DOORS, *(_policies(table, wall) for table, wall in TABLES.items()), OPENER):
        op.run_sql(script)


def downgrade() -> None:
    """Take it down, doors and all; the owner stays."""
    op.run_sql("DROP POLICY opener_seen ON quote_submission;")
    for table in TABLES:
        names = ["owner_all", "system_all", "api_seen", "api_added", "api_changed", "api_removed", "dispatcher_all"]
        drops = "".join(f"DROP POLICY IF EXISTS {name} ON {table};\n" for name in names)
        op.run_sql(f"{drops}ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;")
    op.run_sql("""
DROP FUNCTION bearer_of, holder_of, end_of_chain, is_objected, is_open_to_all, buyer_of, oversees, acting;
REVOKE SELECT ON alembic_version FROM PUBLIC;
GRANT SELECT ON alembic_version TO jembatan_api;
REVOKE USAGE ON SEQUENCE event_position_seq FROM jembatan_api, jembatan_dispatcher;
GRANT SELECT, INSERT, UPDATE, DELETE ON signing_key TO jembatan_api;
GRANT INSERT ON organisation TO jembatan_api;
""")
