"""The one place where an entry of the journal is written over: what tells of a person goes, and what it counted stays.

Each entry with everything derived from it in one transaction, a slice of the journal at a time, so that nobody waits.
"""

import json

from kiosk.protocol.redaction import Redaction, personal_kinds
from kiosk.storage.database import Store
from kiosk.storage.journal import Journal, checksum

_SLICE = 1000


def redact_slice(store: Store, redaction: Redaction, after: int, settled: int, slice_: int = _SLICE) -> tuple[int, int]:
    """Go over the entries that follow `after`, on the desk thread. Returns how far that went, and how many changed.

    `settled`: up to where the hub has the journal; only these are blanked for their age. 0 as the first number: that
    was all.
    """
    upto, changed = after + slice_, 0
    kinds = ",".join("?" * len(personal_kinds()))
    rows = store.raw.execute_sql(
        f"SELECT id, seq, kind, at, clock, body FROM journal WHERE seq > ? AND seq <= ? AND kind IN ({kinds})",
        (after, upto, *personal_kinds()),
    ).fetchall()
    with store.transaction():
        for row in rows:
            before = Journal.entry_of(row)
            now = redaction.of(before, settled=before.seq <= settled)
            if now is None:
                continue
            text = json.dumps(now.body, ensure_ascii=False, separators=(",", ":"))
            crc = checksum(row[0], row[2], row[3], row[4], text)
            store.raw.execute_sql("UPDATE journal SET body = ?, crc = ? WHERE seq = ?", (text, crc, before.seq))
            store.redacted(before, now)
            changed += 1
    return (upto if upto < store.journal.last_seq() else 0), changed
