"""What became of the registrations that terminals made, and the documents by which stations learn it.

A decision is durable; the documents follow from it: the standing of the pseudonym, and whose an ID card is.
"""

from dataclasses import dataclass
from enum import StrEnum

from hub.database import Row
from hub.state import Hub
from kiosk.protocol.folder import PlainDocument

OWNER = "registration"
MIGRATIONS = (
    """
    CREATE TABLE members_decision (
        member TEXT PRIMARY KEY,
        state TEXT NOT NULL,
        final TEXT NOT NULL,
        tier TEXT NOT NULL,
        card TEXT NOT NULL,
        decided TEXT NOT NULL,
        decided_by TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX members_decision_final ON members_decision (final);
    CREATE INDEX members_decision_card ON members_decision (card)
    """,
)


class State(StrEnum):
    """`waiting`: a person has to look, as nothing proves who that is."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    MERGED = "merged"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about a registration. `final` is who its holder is taken for, `card` the hash of an ID card."""

    member: str
    state: State
    final: str
    tier: str
    card: str = ""


def decide(hub: Hub, decision: Decision, by: str) -> None:
    """Write a decision down and publish what follows. In the caller's transaction. Blocking."""
    values = (decision.member, str(decision.state), decision.final, decision.tier, decision.card)
    hub.db.execute(
        "INSERT INTO members_decision VALUES (?,?,?,?,?,?,?) ON CONFLICT (member) DO UPDATE SET"
        " state = excluded.state, final = excluded.final, tier = excluded.tier, card = excluded.card,"
        " decided = excluded.decided, decided_by = excluded.decided_by",
        (*values, hub.now().isoformat(), by),
    )
    if decision.state is State.WAITING:
        return
    ended = decision.state is State.ENDED
    standing = {"member": decision.final, "tier": decision.tier, "ended": ended}
    documents = [PlainDocument(kind="member_standing", id=decision.member, body=standing)]
    if decision.card and not ended:
        link = {"member": decision.final, "tier": decision.tier}
        documents.append(PlainDocument(kind="id_card_link", id=decision.card, body=link))
    hub.catalogue.publish(documents, OWNER)
    if decision.card and ended and not _other_holder(hub, decision):
        hub.catalogue.delete([("id_card_link", decision.card)], OWNER)


def end_without_code(hub: Hub, member: str) -> None:
    """The last good code of a member was taken back: the registrations that stand for them end with it."""
    if hub.db.value("SELECT COUNT(*) FROM members_code WHERE member = ? AND revoked = ''", (member,)):
        return
    rows = hub.db.rows("SELECT * FROM members_decision WHERE final = ? AND state <> 'ended'", (member,))
    for row in rows:
        decide(hub, _ended(row), "members")


def decision_of(row: Row) -> Decision:
    return Decision(row["member"], State(row["state"]), row["final"], row["tier"], row["card"])


def _ended(row: Row) -> Decision:
    return Decision(row["member"], State.ENDED, row["final"], row["tier"], row["card"])


def _other_holder(hub: Hub, decision: Decision) -> bool:
    sql = "SELECT COUNT(*) FROM members_decision WHERE card = ? AND member <> ? AND state IN ('confirmed', 'merged')"
    return bool(hub.db.value(sql, (decision.card, decision.member)))
