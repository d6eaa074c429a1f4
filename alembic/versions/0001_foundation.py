"""The main job: organisations to accepted quantities, with the ledger beneath.

Revision ID: 0001
Revises:
"""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ROLES = """
-- Group roles without login. Roles belong to the whole cluster, so another database may have made them already.
DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['jembatan_api', 'jembatan_opener', 'jembatan_dispatcher'] LOOP
        BEGIN
            EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;
        END;
    END LOOP;
END
$$;
-- The opening path may do what the API may, and read the sealed keys besides.
GRANT jembatan_api TO jembatan_opener;
"""

TRIGGERS = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are history and cannot be changed', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;

CREATE FUNCTION keep_deadline() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- A published deadline moves only later, and only while it has not passed. Suppliers plan by it.
    IF OLD.state <> 'draft' AND NEW.quotes_close_at IS DISTINCT FROM OLD.quotes_close_at AND (
        NEW.quotes_close_at IS NULL
        OR NEW.quotes_close_at <= OLD.quotes_close_at
        OR clock_timestamp() >= OLD.quotes_close_at
    ) THEN
        RAISE EXCEPTION 'a published deadline moves only later and only before it passes'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'rfq_deadline_moves_later';
    END IF;
    RETURN NEW;
END
$$;
"""

PARTIES = """
CREATE TABLE organisation (
    id uuid PRIMARY KEY,
    state text NOT NULL CHECK (state IN ('registered', 'verified', 'suspended')),
    version integer NOT NULL CHECK (version > 0),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    roles text[] NOT NULL CHECK (
        cardinality(roles) > 0 AND roles <@ ARRAY['buyer', 'supplier', 'facilitator', 'operator']
    ),
    -- What the organisation says of itself: legal form, identity numbers, address, contact, size figures.
    profile jsonb NOT NULL,
    nib text,
    region_code text,
    -- What a buyer asks of its own sourcing: minimum quoting hours, four eyes on awards.
    policy jsonb NOT NULL,
    capabilities jsonb,
    -- The codes in `capabilities`, closed over what each implies: matching looks suppliers up by them.
    processes text[] NOT NULL DEFAULT '{}',
    state_reason text,
    verified_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
-- Anybody may write a number into a registration; only one verified firm can hold it.
CREATE UNIQUE INDEX organisation_nib_verified ON organisation (nib) WHERE state = 'verified' AND nib IS NOT NULL;
CREATE INDEX organisation_suppliers ON organisation USING gin (processes)
    WHERE state = 'verified' AND roles @> ARRAY['supplier'];

CREATE TABLE credential (
    id uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisation,
    state text NOT NULL CHECK (state IN ('active', 'revoked')),
    version integer NOT NULL CHECK (version > 0),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    person text CHECK (length(person) BETWEEN 1 AND 120),
    scopes text[] NOT NULL,
    hint text NOT NULL CHECK (length(hint) <= 16),
    secret_hash bytea NOT NULL UNIQUE CHECK (length(secret_hash) = 32),
    -- After a rotation the old secret works until `previous_until`.
    previous_hash bytea UNIQUE CHECK (length(previous_hash) = 32),
    previous_until timestamptz,
    expires_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CHECK ((previous_hash IS NULL) = (previous_until IS NULL))
);
CREATE INDEX credential_of_organisation ON credential (organisation_id, id);
"""

FILES = """
CREATE TABLE file (
    id uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisation,
    state text NOT NULL CHECK (state IN ('scanning', 'clean', 'rejected')),
    version integer NOT NULL CHECK (version > 0),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    media_type text NOT NULL CHECK (length(media_type) <= 100),
    size bigint NOT NULL CHECK (size > 0),
    sha256 bytea NOT NULL CHECK (length(sha256) = 32),
    storage_key text NOT NULL UNIQUE,
    reject_reason text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE INDEX file_of_organisation ON file (organisation_id, id);
"""

RFQS = """
CREATE TABLE rfq (
    id uuid PRIMARY KEY,
    buyer_id uuid NOT NULL REFERENCES organisation,
    state text NOT NULL CHECK (state IN (
        'draft', 'open', 'closed', 'evaluating', 'awarded', 'partially_awarded', 'not_awarded', 'cancelled'
    )),
    version integer NOT NULL CHECK (version > 0),
    revision integer NOT NULL CHECK (revision >= 0),
    round integer NOT NULL CHECK (round >= 1),
    external_reference text CHECK (length(external_reference) BETWEEN 1 AND 80),
    title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    visibility text NOT NULL CHECK (visibility IN ('open', 'invited')),
    -- Terms that no statement filters or guards by: description, intent, currency, delivery, payment, NDA text, weights.
    terms jsonb NOT NULL,
    nda_required boolean NOT NULL,
    opening_quorum smallint NOT NULL CHECK (opening_quorum IN (1, 2)),
    questions_close_at timestamptz,
    quotes_close_at timestamptz,
    published_at timestamptz,
    closed_at timestamptz,
    -- Who gave the first of two opening approvals.
    opening_approved_by text,
    opened_at timestamptz,
    ended_at timestamptz,
    end_reason text,
    reissue_of uuid REFERENCES rfq,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT rfq_reference UNIQUE (buyer_id, external_reference),
    CHECK (state = 'draft' OR (published_at IS NOT NULL AND quotes_close_at IS NOT NULL) OR state = 'cancelled'),
    CHECK (closed_at IS NULL OR closed_at >= quotes_close_at),
    CONSTRAINT rfq_opened_after_deadline CHECK (opened_at IS NULL OR opened_at >= quotes_close_at),
    CHECK (questions_close_at IS NULL OR quotes_close_at IS NULL OR questions_close_at <= quotes_close_at)
);
CREATE TRIGGER rfq_keeps_deadline BEFORE UPDATE ON rfq FOR EACH ROW EXECUTE FUNCTION keep_deadline();
CREATE INDEX rfq_of_buyer ON rfq (buyer_id, id);
CREATE INDEX rfq_to_close ON rfq (quotes_close_at) WHERE state = 'open';
CREATE INDEX rfq_open_to_all ON rfq (id) WHERE visibility = 'open' AND state <> 'draft';

CREATE TABLE rfq_line (
    id uuid PRIMARY KEY,
    rfq_id uuid NOT NULL REFERENCES rfq ON DELETE CASCADE,
    line_no integer NOT NULL CHECK (line_no BETWEEN 1 AND 99999),
    quantity numeric(20, 6) NOT NULL CHECK (quantity > 0 AND quantity <> 'NaN'),
    unit text NOT NULL CHECK (length(unit) <= 3),
    -- Reserved by issued and accepted awards. The CHECK is what two simultaneous awards run into.
    awarded numeric(20, 6) NOT NULL DEFAULT 0,
    spec jsonb NOT NULL,
    digest bytea NOT NULL CHECK (length(digest) = 32),
    CONSTRAINT rfq_line_number UNIQUE (rfq_id, line_no),
    CONSTRAINT rfq_line_awarded_within_quantity CHECK (awarded >= 0 AND awarded <= quantity)
);

CREATE TABLE rfq_document (
    id uuid PRIMARY KEY,
    rfq_id uuid NOT NULL REFERENCES rfq ON DELETE CASCADE,
    file_id uuid NOT NULL REFERENCES file,
    line_no integer,
    kind text NOT NULL CHECK (kind IN ('drawing', 'model', 'specification', 'photo', 'package')),
    label text CHECK (length(label) <= 200),
    revision_label text CHECK (length(revision_label) <= 40),
    confidential boolean NOT NULL,
    attached_at timestamptz NOT NULL
);
CREATE INDEX rfq_document_of_rfq ON rfq_document (rfq_id, id);
CREATE INDEX rfq_document_of_file ON rfq_document (file_id);

CREATE TABLE rfq_key (
    rfq_id uuid PRIMARY KEY REFERENCES rfq,
    public_key text NOT NULL,
    -- The private half, encrypted to the opening key: of use to nobody who cannot open.
    sealed_private_key text NOT NULL
);

CREATE TABLE participation (
    id uuid PRIMARY KEY,
    -- A draft may be thrown away with the invitations that nobody has seen.
    rfq_id uuid NOT NULL REFERENCES rfq ON DELETE CASCADE,
    supplier_id uuid NOT NULL REFERENCES organisation,
    state text NOT NULL CHECK (state IN ('invited', 'viewed', 'interested', 'declined')),
    version integer NOT NULL CHECK (version > 0),
    nda_accepted_at timestamptz,
    nda_accepted_by text,
    nda_version integer,
    decline_reason text,
    decline_note text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT participation_once UNIQUE (rfq_id, supplier_id)
);
CREATE INDEX participation_of_supplier ON participation (supplier_id, rfq_id);
"""

QUOTES = """
CREATE TABLE quote (
    id uuid PRIMARY KEY,
    rfq_id uuid NOT NULL REFERENCES rfq,
    -- The RFQ's buyer, so that what it may read after the opening is one index scan.
    buyer_id uuid NOT NULL REFERENCES organisation,
    supplier_id uuid NOT NULL REFERENCES organisation,
    round integer NOT NULL CHECK (round >= 1),
    state text NOT NULL CHECK (state IN (
        'draft', 'submitted', 'opened', 'awarded', 'partially_awarded', 'not_awarded', 'withdrawn', 'lapsed',
        'disqualified', 'expired'
    )),
    version integer NOT NULL CHECK (version > 0),
    -- Number of the submission that counts; 0 before the first.
    submission integer NOT NULL CHECK (submission >= 0),
    -- What the supplier is working on, encrypted so that only the supplier's own requests read it.
    working text NOT NULL,
    -- Whether `working` differs from the submission that counts.
    unsubmitted boolean NOT NULL,
    submitted_at timestamptz,
    commitment bytea CHECK (length(commitment) = 32),
    -- Known once opened.
    currency text CHECK (length(currency) = 3),
    valid_until date,
    opened_at timestamptz,
    end_reason text,
    end_note text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT quote_once_per_round UNIQUE (rfq_id, supplier_id, round),
    CHECK (state NOT IN ('submitted', 'opened') OR submission > 0)
);
CREATE INDEX quote_of_supplier ON quote (supplier_id, id);
CREATE INDEX quote_opened_to_buyer ON quote (buyer_id, id) WHERE opened_at IS NOT NULL;
CREATE INDEX quote_to_expire ON quote (valid_until) WHERE state = 'opened';

CREATE TABLE quote_submission (
    quote_id uuid NOT NULL REFERENCES quote,
    number integer NOT NULL CHECK (number > 0),
    submitted_at timestamptz NOT NULL,
    -- sha256(canonical content, then a 32-byte nonce): says nothing of the content until the nonce is known.
    commitment bytea NOT NULL CHECK (length(commitment) = 32),
    -- JWE to the RFQ's public key, and the same content for the supplier's own eyes.
    sealed text NOT NULL,
    supplier_copy text NOT NULL,
    PRIMARY KEY (quote_id, number)
);
CREATE TRIGGER quote_submission_is_history BEFORE UPDATE OR DELETE ON quote_submission
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE quote_opened (
    quote_id uuid PRIMARY KEY REFERENCES quote,
    content jsonb NOT NULL,
    nonce bytea NOT NULL CHECK (length(nonce) = 32)
);
CREATE TRIGGER quote_opened_is_history BEFORE UPDATE OR DELETE ON quote_opened
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Who tried to open or read quotes before it was allowed, or found a seal broken.
CREATE TABLE sealed_access_attempt (
    id uuid PRIMARY KEY,
    rfq_id uuid NOT NULL REFERENCES rfq,
    credential_id uuid,
    organisation_id uuid,
    actor_name text NOT NULL,
    operation text NOT NULL CHECK (length(operation) <= 60),
    -- Code of the refusal it met.
    refusal text NOT NULL CHECK (length(refusal) <= 60),
    at timestamptz NOT NULL
);
CREATE INDEX sealed_access_attempt_of_rfq ON sealed_access_attempt (rfq_id, id);
CREATE TRIGGER sealed_access_attempt_is_history BEFORE UPDATE OR DELETE ON sealed_access_attempt
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""

AWARDS = """
CREATE TABLE award (
    id uuid PRIMARY KEY,
    rfq_id uuid NOT NULL REFERENCES rfq,
    quote_id uuid NOT NULL REFERENCES quote,
    buyer_id uuid NOT NULL REFERENCES organisation,
    supplier_id uuid NOT NULL REFERENCES organisation,
    state text NOT NULL CHECK (state IN ('proposed', 'issued', 'accepted', 'declined', 'cancelled')),
    version integer NOT NULL CHECK (version > 0),
    currency text NOT NULL CHECK (length(currency) = 3),
    total numeric(24, 6) NOT NULL CHECK (total >= 0 AND total <> 'NaN'),
    note text,
    proposed_by text NOT NULL,
    issued_by text,
    issued_at timestamptz,
    answered_at timestamptz,
    end_reason text,
    end_note text,
    order_id uuid,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE INDEX award_of_rfq ON award (rfq_id, id);
CREATE INDEX award_of_buyer ON award (buyer_id, id);
CREATE INDEX award_of_supplier ON award (supplier_id, id);

CREATE TABLE award_line (
    award_id uuid NOT NULL REFERENCES award,
    rfq_line_id uuid NOT NULL REFERENCES rfq_line,
    supplier_id uuid NOT NULL,
    line_no integer NOT NULL,
    quantity numeric(20, 6) NOT NULL CHECK (quantity > 0 AND quantity <> 'NaN'),
    unit_price numeric(20, 6) NOT NULL CHECK (unit_price >= 0 AND unit_price <> 'NaN'),
    tooling numeric(20, 6) NOT NULL CHECK (tooling >= 0 AND tooling <> 'NaN'),
    reason text NOT NULL,
    -- From the issue on, until it is declined or cancelled.
    live boolean NOT NULL,
    PRIMARY KEY (award_id, line_no)
);
CREATE UNIQUE INDEX award_line_once_per_supplier ON award_line (rfq_line_id, supplier_id) WHERE live;
"""

ORDERS = """
CREATE TABLE purchase_order (
    id uuid PRIMARY KEY,
    number text NOT NULL CHECK (length(number) BETWEEN 1 AND 40),
    award_id uuid NOT NULL UNIQUE REFERENCES award,
    rfq_id uuid NOT NULL REFERENCES rfq,
    buyer_id uuid NOT NULL REFERENCES organisation,
    supplier_id uuid NOT NULL REFERENCES organisation,
    state text NOT NULL CHECK (state IN ('issued', 'acknowledged', 'in_progress', 'completed')),
    version integer NOT NULL CHECK (version > 0),
    currency text NOT NULL CHECK (length(currency) = 3),
    total numeric(24, 6) NOT NULL CHECK (total >= 0 AND total <> 'NaN'),
    terms jsonb NOT NULL,
    over_delivery_percent numeric(5, 2) NOT NULL CHECK (over_delivery_percent BETWEEN 0 AND 50),
    acknowledged_at timestamptz,
    completed_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT purchase_order_number UNIQUE (buyer_id, number)
);
CREATE INDEX purchase_order_of_buyer ON purchase_order (buyer_id, id);
CREATE INDEX purchase_order_of_supplier ON purchase_order (supplier_id, id);

CREATE TABLE order_line (
    order_id uuid NOT NULL REFERENCES purchase_order,
    line_no integer NOT NULL,
    rfq_line_id uuid NOT NULL REFERENCES rfq_line,
    detail jsonb NOT NULL,
    unit text NOT NULL,
    unit_price numeric(20, 6) NOT NULL CHECK (unit_price >= 0 AND unit_price <> 'NaN'),
    promised_on date,
    ordered numeric(20, 6) NOT NULL CHECK (ordered > 0 AND ordered <> 'NaN'),
    tolerance numeric(20, 6) NOT NULL CHECK (tolerance >= 0),
    -- Sums over despatches, receipts and inspections, moved in the same transaction as those.
    despatched numeric(20, 6) NOT NULL DEFAULT 0,
    short numeric(20, 6) NOT NULL DEFAULT 0 CHECK (short >= 0),
    received numeric(20, 6) NOT NULL DEFAULT 0,
    accepted numeric(20, 6) NOT NULL DEFAULT 0 CHECK (accepted >= 0),
    rejected numeric(20, 6) NOT NULL DEFAULT 0 CHECK (rejected >= 0),
    PRIMARY KEY (order_id, line_no),
    -- What was lost on the way or rejected may be sent again.
    CONSTRAINT order_line_despatched_within_order CHECK (
        despatched >= 0 AND despatched <= ordered + tolerance + short + rejected
    ),
    CONSTRAINT order_line_received_within_despatch CHECK (received >= 0 AND received + short <= despatched),
    CONSTRAINT order_line_inspected_within_receipt CHECK (accepted + rejected <= received)
);
CREATE INDEX order_line_of_rfq_line ON order_line (rfq_line_id);

CREATE TABLE despatch (
    id uuid PRIMARY KEY,
    order_id uuid NOT NULL REFERENCES purchase_order,
    buyer_id uuid NOT NULL REFERENCES organisation,
    supplier_id uuid NOT NULL REFERENCES organisation,
    number text NOT NULL CHECK (length(number) BETWEEN 1 AND 40),
    state text NOT NULL CHECK (state IN ('despatched', 'received', 'cancelled')),
    version integer NOT NULL CHECK (version > 0),
    detail jsonb NOT NULL,
    despatched_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT despatch_number UNIQUE (supplier_id, number)
);
CREATE INDEX despatch_of_order ON despatch (order_id, id);

CREATE TABLE despatch_line (
    despatch_id uuid NOT NULL REFERENCES despatch,
    position integer NOT NULL,
    line_no integer NOT NULL,
    lot text NOT NULL CHECK (length(lot) BETWEEN 1 AND 60),
    heat_number text CHECK (length(heat_number) <= 60),
    quantity numeric(20, 6) NOT NULL CHECK (quantity > 0 AND quantity <> 'NaN'),
    received numeric(20, 6) NOT NULL DEFAULT 0 CHECK (received >= 0),
    short numeric(20, 6) NOT NULL DEFAULT 0 CHECK (short >= 0),
    PRIMARY KEY (despatch_id, position),
    CONSTRAINT despatch_line_lot UNIQUE (despatch_id, line_no, lot),
    CONSTRAINT despatch_line_received_within_quantity CHECK (received + short <= quantity)
);

CREATE TABLE receipt (
    id uuid PRIMARY KEY,
    order_id uuid NOT NULL REFERENCES purchase_order,
    despatch_id uuid NOT NULL REFERENCES despatch,
    buyer_id uuid NOT NULL REFERENCES organisation,
    supplier_id uuid NOT NULL REFERENCES organisation,
    state text NOT NULL CHECK (state IN ('counted')),
    version integer NOT NULL CHECK (version > 0),
    number text CHECK (length(number) BETWEEN 1 AND 40),
    note text,
    received_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX receipt_of_order ON receipt (order_id, id);

CREATE TABLE receipt_line (
    receipt_id uuid NOT NULL REFERENCES receipt,
    position integer NOT NULL,
    line_no integer NOT NULL,
    lot text NOT NULL,
    received numeric(20, 6) NOT NULL CHECK (received >= 0 AND received <> 'NaN'),
    short numeric(20, 6) NOT NULL CHECK (short >= 0 AND short <> 'NaN'),
    damaged numeric(20, 6) NOT NULL CHECK (damaged >= 0 AND damaged <= received),
    accepted numeric(20, 6) NOT NULL DEFAULT 0 CHECK (accepted >= 0),
    rejected numeric(20, 6) NOT NULL DEFAULT 0 CHECK (rejected >= 0),
    PRIMARY KEY (receipt_id, position),
    CONSTRAINT receipt_line_lot UNIQUE (receipt_id, line_no, lot),
    CONSTRAINT receipt_line_inspected_within_received CHECK (accepted + rejected <= received)
);

CREATE TABLE inspection (
    id uuid PRIMARY KEY,
    receipt_id uuid NOT NULL UNIQUE REFERENCES receipt,
    order_id uuid NOT NULL REFERENCES purchase_order,
    buyer_id uuid NOT NULL REFERENCES organisation,
    supplier_id uuid NOT NULL REFERENCES organisation,
    state text NOT NULL CHECK (state IN ('pending', 'done')),
    version integer NOT NULL CHECK (version > 0),
    results jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE INDEX inspection_of_order ON inspection (order_id, id);

CREATE TABLE nonconformance (
    id uuid PRIMARY KEY,
    order_id uuid NOT NULL REFERENCES purchase_order,
    inspection_id uuid NOT NULL REFERENCES inspection,
    buyer_id uuid NOT NULL REFERENCES organisation,
    supplier_id uuid NOT NULL REFERENCES organisation,
    state text NOT NULL CHECK (state IN ('open', 'contained', 'cause_found', 'corrected', 'closed')),
    version integer NOT NULL CHECK (version > 0),
    line_no integer NOT NULL,
    lot text NOT NULL,
    quantity numeric(20, 6) NOT NULL CHECK (quantity > 0 AND quantity <> 'NaN'),
    -- Defects found, and what was written at each step.
    detail jsonb NOT NULL,
    disposition text CHECK (disposition IN ('rework', 'return', 'replace', 'scrap')),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE INDEX nonconformance_of_order ON nonconformance (order_id, id);
"""

LEDGER = """
CREATE TABLE event (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- The writing transaction, or that of the subject's previous event when its id is higher: (xid, position) then keeps
    -- each subject's order. A reader bounded by the snapshot's oldest running transaction never skips a late commit.
    xid xid8 NOT NULL,
    id uuid NOT NULL UNIQUE,
    type text NOT NULL,
    subject_type text NOT NULL,
    subject_id uuid NOT NULL,
    subject_version integer NOT NULL CHECK (subject_version > 0),
    from_state text,
    to_state text,
    credential_id uuid,
    organisation_id uuid,
    actor_name text NOT NULL,
    at timestamptz NOT NULL,
    -- For everybody in the audience.
    data jsonb NOT NULL,
    -- For one organisation besides: a buyer's import baseline is no business of the workshops.
    private_to uuid,
    private_data jsonb,
    -- The fields of the row that changed: folding them gives the row. Never leaves the installation.
    change jsonb NOT NULL,
    leaf bytea NOT NULL CHECK (length(leaf) = 32),
    -- sha256(hash of the subject's previous event, then leaf).
    hash bytea NOT NULL CHECK (length(hash) = 32),
    CONSTRAINT event_once_per_version UNIQUE (subject_id, subject_version)
);
CREATE INDEX event_in_feed_order ON event (xid, position);
CREATE TRIGGER event_is_history BEFORE UPDATE OR DELETE ON event
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE event_audience (
    -- The nil UUID stands for everybody.
    organisation_id uuid NOT NULL,
    xid xid8 NOT NULL,
    position bigint NOT NULL REFERENCES event,
    -- Learns that it happened and what `data` says, but not whose it was: no subject, version, actor or state before.
    masked boolean NOT NULL DEFAULT false,
    PRIMARY KEY (organisation_id, xid, position)
);
CREATE TRIGGER event_audience_is_history BEFORE UPDATE OR DELETE ON event_audience
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE idempotency (
    organisation_id uuid NOT NULL,
    route text NOT NULL,
    key text NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
    -- Keyed hash of method, path and body: a plain one would let prices be guessed.
    fingerprint bytea NOT NULL CHECK (length(fingerprint) = 32),
    status smallint NOT NULL,
    headers jsonb NOT NULL,
    body bytea NOT NULL,
    -- Whether `body` is encrypted because it may hold a sealed price or a new secret.
    sealed boolean NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (organisation_id, route, key)
);
CREATE INDEX idempotency_by_age ON idempotency (created_at);
"""

GRANTS = """
GRANT USAGE ON SCHEMA public TO jembatan_api, jembatan_dispatcher;
GRANT SELECT, INSERT, UPDATE ON
    organisation, credential, file, rfq, participation, quote, award, award_line, purchase_order, order_line, despatch,
    despatch_line, receipt, receipt_line, inspection, nonconformance
TO jembatan_api;
GRANT SELECT, INSERT, UPDATE, DELETE ON rfq_line, rfq_document TO jembatan_api;
GRANT DELETE ON rfq TO jembatan_api;
GRANT SELECT, INSERT ON quote_submission, quote_opened, sealed_access_attempt, event, event_audience TO jembatan_api;
GRANT SELECT, INSERT, DELETE ON idempotency TO jembatan_api;
GRANT INSERT ON rfq_key TO jembatan_api;
GRANT SELECT (rfq_id, public_key) ON rfq_key TO jembatan_api;
GRANT SELECT ON rfq_key TO jembatan_opener;
GRANT SELECT ON event, event_audience TO jembatan_dispatcher;
GRANT SELECT ON alembic_version TO jembatan_api;
"""


def upgrade() -> None:
    """Create everything."""
    for script in (ROLES, TRIGGERS, PARTIES, FILES, RFQS, QUOTES, AWARDS, ORDERS, LEDGER, GRANTS):
        op.run_sql(script)


def downgrade() -> None:
    """Not offered: history is not thrown away. Restore a backup instead."""
    raise RuntimeError("the first migration cannot be undone; restore a backup")
