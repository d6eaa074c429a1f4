"""The walls in the database itself: roles, rights, row policies, triggers, constraints."""

from domain.doctor.model import Check

_MIGRATED = (
    "Somebody changed the schema by hand. Put it back as `alembic/schema.sql` shows it, and look at what was written "
    "meanwhile."
)
_HISTORY = (
    "'event', 'event_audience', 'quote_submission', 'quote_opened', 'opening', 'sealed_access_attempt', 'checkpoint'"
)

CHECKS = (
    Check(
        id="roles",
        means="The program's roles exist, cannot log in, and have no power beyond their grants.",
        severity="broken",
        remedy="Run `jembatan migrate`; take from the role what it has too much: ALTER ROLE … NOSUPERUSER NOBYPASSRLS NOLOGIN.",
        sql="""
        SELECT name AS kind, NULL::uuid AS id,
               CASE WHEN r.oid IS NULL THEN 'the role is missing'
                    ELSE format('superuser %s, bypasses row policies %s, creates roles %s, logs in %s', r.rolsuper,
                                r.rolbypassrls, r.rolcreaterole, r.rolcanlogin) END AS said
          FROM unnest(ARRAY['jembatan_api', 'jembatan_opener', 'jembatan_dispatcher']) AS name
          LEFT JOIN pg_roles r ON r.rolname = name
         WHERE r.oid IS NULL OR r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolcanlogin
        """,
    ),
    Check(
        id="sealed_keys_closed",
        means="Only the role of the opening path reads the sealed private keys of RFQs.",
        severity="broken",
        remedy="REVOKE the right; until then whoever has the opening key and that role could open quotes early.",
        sql="""
        SELECT r.rolname::text AS kind, NULL::uuid AS id, 'it may read rfq_key.sealed_private_key' AS said
          FROM pg_roles r
         WHERE has_column_privilege(r.oid, 'rfq_key', 'sealed_private_key', 'SELECT')
           AND (r.rolname IN ('jembatan_api', 'jembatan_dispatcher')
                OR (r.rolcanlogin AND NOT r.rolsuper AND NOT pg_has_role(r.oid, 'jembatan_opener', 'MEMBER')
                    AND NOT pg_has_role(r.oid, (SELECT relowner FROM pg_class WHERE oid = 'rfq_key'::regclass), 'MEMBER')
                    AND NOT pg_has_role(r.oid, 'pg_read_all_data', 'MEMBER')))
        """,
    ),
    Check(
        id="history_is_append_only",
        means="No role of the program may change or delete what is history.",
        severity="broken",
        remedy="REVOKE the right, and run `jembatan audit verify`.",
        sql=f"""
        SELECT r.rolname::text AS kind, NULL::uuid AS id, format('it may %s %s', right_, t.relname) AS said
          FROM pg_roles r
         CROSS JOIN pg_class t
         CROSS JOIN unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) AS right_
         WHERE r.rolname IN ('jembatan_api', 'jembatan_opener', 'jembatan_dispatcher')
           AND t.relnamespace = 'public'::regnamespace AND t.relname IN ({_HISTORY})
           AND has_table_privilege(r.oid, t.oid, right_)
        """,
    ),
    Check(
        id="triggers_enabled",
        means="Every trigger of the schema fires.",
        severity="broken",
        remedy="ALTER TABLE … ENABLE TRIGGER, and look at what was written meanwhile with `jembatan audit verify`.",
        sql="""
        SELECT t.tgrelid::regclass::text AS kind, NULL::uuid AS id, format('trigger %s is switched off', t.tgname) AS said
          FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
         WHERE c.relnamespace = 'public'::regnamespace AND t.tgenabled NOT IN ('O', 'A')
        """,
    ),
    Check(
        id="history_guarded",
        means="History is kept by triggers too, so that not even the owner changes it by mistake.",
        severity="broken",
        remedy=_MIGRATED,
        sql=f"""
        SELECT c.relname::text AS kind, NULL::uuid AS id, 'no trigger keeps its rows from being changed' AS said
          FROM pg_class c
         WHERE c.relnamespace = 'public'::regnamespace AND c.relname IN ({_HISTORY})
           AND NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = c.relname || '_is_history')
        """,
    ),
    Check(
        id="constraints_valid",
        means="Every constraint of the schema was checked against all rows, and every index is complete.",
        severity="broken",
        remedy="ALTER TABLE … VALIDATE CONSTRAINT, or REINDEX, and mend what it complains about.",
        sql="""
        SELECT c.conrelid::regclass::text AS kind, NULL::uuid AS id, format('constraint %s is not validated', c.conname) AS said
          FROM pg_constraint c WHERE c.connamespace = 'public'::regnamespace AND NOT c.convalidated
        UNION ALL
        SELECT i.indrelid::regclass::text, NULL, format('index %s is not complete', i.indexrelid::regclass)
          FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
         WHERE c.relnamespace = 'public'::regnamespace AND NOT (i.indisvalid AND i.indisready)
        """,
    ),
    Check(
        id="row_policies_forced",
        means="Where a table has row policies, they are switched on and hold its owner too.",
        severity="broken",
        remedy="ALTER TABLE … ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY.",
        sql="""
        SELECT c.relname::text AS kind, NULL::uuid AS id,
               format('row security is on: %s, forced: %s', c.relrowsecurity, c.relforcerowsecurity) AS said
          FROM pg_class c
         WHERE c.relnamespace = 'public'::regnamespace
           AND (c.relrowsecurity OR EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid))
           AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
        """,
    ),
)
