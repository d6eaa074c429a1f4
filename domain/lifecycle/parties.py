"""Who takes part, and what belongs to one organisation alone: organisations, credentials, files, webhook endpoints."""

from domain.lifecycle.machine import machine

ORGANISATION = machine(
    "organisation",
    "registered verified suspended",
    "",
    ("register", "-", "registered", "owner system", "register_organisation", "registered"),
    ("update", "registered verified suspended", "=", "owner operator", "update_organisation", "updated"),
    ("verify", "registered suspended", "verified", "facilitator operator", "verify_organisation", "verified"),
    ("suspend", "registered verified", "suspended", "facilitator operator", "suspend_organisation", "suspended"),
    ("put_capabilities", "registered verified", "=", "owner", "put_capabilities", "capabilities_changed"),
)

MEMBERSHIP = machine(
    "membership",
    "proposed accepted declined ended",
    "",
    ("propose", "-", "proposed", "owner", "put_members", "proposed"),
    ("propose_again", "declined ended", "proposed", "owner", "put_members", "proposed"),
    ("accept", "proposed", "accepted", "supplier", "accept_membership", "accepted"),
    ("decline", "proposed", "declined", "supplier", "decline_membership", "declined"),
    ("leave", "accepted", "ended", "supplier", "leave_membership", "ended"),
    ("remove", "proposed accepted", "ended", "owner", "put_members", "ended"),
)

CREDENTIAL = machine(
    "credential",
    "active revoked",
    "revoked",
    ("create", "-", "active", "owner system", "create_credential", "created"),
    ("rotate", "active", "=", "owner", "rotate_credential", "rotated"),
    ("revoke", "active", "revoked", "owner", "revoke_credential", "revoked"),
)

FILE = machine(
    "file",
    "scanning clean rejected",
    "clean rejected",
    ("receive", "-", "scanning", "owner", "upload_file", "received"),
    ("pass", "scanning", "clean", "system", None, "passed"),
    ("reject", "scanning", "rejected", "system", None, "rejected"),
)

WEBHOOK_ENDPOINT = machine(
    "webhook_endpoint",
    "active disabled deleted",
    "deleted",
    ("create", "-", "active", "owner", "create_webhook_endpoint", "created"),
    ("update", "active disabled", "=", "owner", "update_webhook_endpoint", "updated"),
    ("rotate", "active disabled", "=", "owner", "rotate_webhook_secret", "secret_rotated"),
    ("disable", "active", "disabled", "owner system", "update_webhook_endpoint", "disabled"),
    ("enable", "disabled", "active", "owner", "update_webhook_endpoint", "enabled"),
    ("delete", "active disabled", "deleted", "owner", "delete_webhook_endpoint", "deleted"),
)

CODE_MAPPING = machine(
    "code_mapping",
    "active",
    "active",
    ("create", "-", "active", "owner", "put_code_mappings", "created"),
    ("update", "active", "=", "owner", "put_code_mappings", "updated"),
)

MACHINES = (ORGANISATION, MEMBERSHIP, CREDENTIAL, FILE, CODE_MAPPING, WEBHOOK_ENDPOINT)
"""In reading order."""
