"""Writes the golden vectors of member codes. A change of the format changes these files, on purpose."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import cbor2

from kiosk.protocol.cose import SigningKey, sign1, to_text
from kiosk.protocol.members import PREFIX, MemberClaims, issue_code
from kiosk.protocol.status_list import StatusList, issue_list, make_bitmap

SEED = bytes(range(32))
OTHER_SEED = bytes(range(32, 64))
KEY = SigningKey.from_seed("wuxi", SEED)
OTHER = SigningKey.from_seed("elsewhere", OTHER_SEED)
CLAIMS = MemberClaims(
    issuer="wuxi",
    issued=datetime(2026, 11, 1, tzinfo=UTC),
    expires=datetime(2027, 11, 1, tzinfo=UTC),
    member=bytes.fromhex("00112233445566778899"),
    tier="member",
    status_index=70_001,
)
TOKEN = bytes.fromhex("a1a2a3a4a5a6a7a8")
STATUS = StatusList(
    issuer="wuxi",
    seq=7,
    issued=datetime(2026, 11, 30, tzinfo=UTC),
    expires=datetime(2027, 1, 30, tzinfo=UTC),
    bitmap=make_bitmap(100_000, [3, 70_002]),
    denied_keys=frozenset({bytes.fromhex("deadbeef")}),
)


def vectors() -> dict[str, object]:
    good = issue_code(CLAIMS, KEY)
    flipped = good[:60] + ("A" if good[60] != "A" else "B") + good[61:]
    old = replace(CLAIMS, issued=datetime(2024, 1, 1, tzinfo=UTC), expires=datetime(2025, 1, 1, tzinfo=UTC))
    new = replace(CLAIMS, issued=datetime(2027, 6, 1, tzinfo=UTC))
    jwt = "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIxIn0.AAAA"
    codes = [
        {"name": "good", "text": good, "expect": "good"},
        {"name": "lower case and line end", "text": good.lower() + "\r\n", "expect": "good"},
        {
            "name": "own id instead of an index",
            "text": issue_code(replace(CLAIMS, token=TOKEN, status_index=None), KEY),
            "expect": "good",
        },
        {"name": "revoked", "text": issue_code(replace(CLAIMS, status_index=70_002), KEY), "expect": "revoked"},
        {"name": "expired", "text": issue_code(old, KEY), "expect": "expired"},
        {"name": "from the future", "text": issue_code(new, KEY), "expect": "not_yet_valid"},
        {
            "name": "unknown key",
            "text": issue_code(replace(CLAIMS, issuer="elsewhere"), OTHER),
            "expect": "unknown_issuer",
        },
        {"name": "one letter changed", "text": flipped, "expect": "damaged"},
        {"name": "cut short", "text": good[:-6], "expect": "damaged"},
        {"name": "prefix alone", "text": PREFIX, "expect": "damaged"},
        {"name": "claims are a list", "text": to_text(PREFIX, sign1(cbor2.dumps([1, 2]), KEY)), "expect": "damaged"},
        {"name": "a health certificate", "text": "HC1:6BFOXN", "expect": "foreign"},
        {"name": "a web token", "text": jwt, "expect": "foreign"},
        {"name": "nothing", "text": "", "expect": "foreign"},
    ]
    return {
        "now": "2026-12-01T08:00:00+00:00",
        "issuer": "wuxi",
        "seed": SEED.hex(),
        "public_key": KEY.public.hex(),
        "kid": KEY.kid.hex(),
        "claims": {
            "issuer": CLAIMS.issuer,
            "issued": CLAIMS.issued.isoformat(),
            "expires": CLAIMS.expires.isoformat(),
            "member": CLAIMS.member.hex(),
            "tier": CLAIMS.tier,
            "status_index": CLAIMS.status_index,
        },
        "status_list": {"token": issue_list(STATUS, KEY).hex(), "seq": 7, "size": 100_000, "revoked": [3, 70_002]},
        "codes": codes,
    }


if __name__ == "__main__":
    target = Path(__file__).parent / "golden" / "member_codes.json"
    target.write_text(json.dumps(vectors(), indent=1, ensure_ascii=False) + "\n", "utf-8")
