"""What SQL alone cannot tell: keys, files in the storage, clocks, and what takes cryptography. Made by `api/doctor.py`."""

from domain.doctor.model import Check

_RESTORE = "Stop writing, compare with the newest backup, and restore what differs."

SCHEMA = Check(
    id="schema_revision",
    means="The database stands at the revision that this program needs.",
    severity="broken",
    remedy="Run `jembatan migrate` as the owner; if the database is newer, install the newer release.",
)
CLOCK = Check(
    id="clock_skew",
    means="This machine's clock and the database's differ by less than two seconds.",
    severity="warning",
    remedy="Check the time service on both machines. Deadlines are decided by the database alone.",
)
KEYS = Check(
    id="keys_present",
    means="The key files are there and can be read.",
    severity="broken",
    remedy="Restore the keys folder from its backup; without it no sealed quote can be opened.",
)
KEYS_PRIVATE = Check(
    id="keys_private",
    means="Nobody but their owner can read the key files.",
    severity="broken",
    remedy="chmod 700 the folder and 600 the files; if others had access, make new keys for what follows.",
)
KEY_OPENS = Check(
    id="key_opens",
    means="The opening key opens the key of every RFQ that is still sealed, and that key belongs to the RFQ.",
    severity="broken",
    remedy="The quotes of this RFQ could not be opened. Put back the opening key, or the row of rfq_key, that fit each other.",
)
WRAPPED = Check(
    id="wrapped_keys_open",
    means="The private keys that are stored wrapped can be unwrapped with the keys folder.",
    severity="broken",
    remedy="Restore the keys folder that belongs to this database, or `jembatan keys rotate --at-once`.",
)
COMMITMENTS = Check(
    id="opened_matches_commitment",
    means="The content of every opened quote is what its supplier committed to.",
    severity="broken",
    remedy=_RESTORE,
)
OPENINGS = Check(
    id="opening_root",
    means="The root of every opening is the one over its leaves, and the one that was announced.",
    severity="broken",
    remedy=_RESTORE,
)
FILES = Check(
    id="file_in_storage",
    means="Every file on record is in the storage, with its size.",
    severity="broken",
    remedy="Restore the object from the backup of the storage; otherwise its owner uploads the file again.",
)
ORPHANS = Check(
    id="storage_has_record",
    means="What is in the storage for more than a day is on record.",
    severity="warning",
    remedy="`jembatan work` sweeps it away every hour; if it stays, look at what it logs for its duty `sweep_files`.",
)
DIGESTS = Check(
    id="file_digest",
    means="Every file in the storage has the digest that it was received with.",
    severity="broken",
    remedy="The storage lost or changed bytes. Restore the object from its backup.",
    deep=True,
)
LEAVES = Check(
    id="event_leaf",
    means="Every event says what its leaf in the chain was made from.",
    severity="broken",
    remedy="History was changed. Find out since when with `jembatan audit verify`, and restore.",
    deep=True,
)

CHECKPOINTS = Check(
    id="checkpoints_verify",
    means="Every checkpoint is signed with the installation's key, follows the one before it, and covers its leaves.",
    severity="broken",
    remedy="History was changed, or the key was replaced. `jembatan audit verify` names what; compare with an export.",
)
CHECKS = (
    SCHEMA,
    CLOCK,
    KEYS,
    KEYS_PRIVATE,
    KEY_OPENS,
    WRAPPED,
    COMMITMENTS,
    OPENINGS,
    FILES,
    ORPHANS,
    CHECKPOINTS,
    DIGESTS,
    LEAVES,
)
