"""Writes the golden vectors of door orders. A change of the format changes these files, on purpose."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import cbor2

from kiosk.protocol.cose import SigningKey, sign1, to_text
from kiosk.protocol.door import PREFIX, Order, write_order

KEY = SigningKey.from_seed("hub", bytes(range(32)))
OTHER = SigningKey.from_seed("hub", bytes(range(32, 64)))
STATION, CALL = "WX-0001", "01a2108b-1c11-7757-a23c-a2a668e46f55"
ISSUED = datetime(2026, 12, 1, 3, 0, 0, tzinfo=UTC)
ORDER = Order(
    id="00112233445566778899aabbccddeeff",
    station=STATION,
    door="front",
    call=CALL,
    account="wang",
    by="王师傅",
    reason="轮椅，推不开门",
    issued=ISSUED,
    expires=ISSUED + timedelta(seconds=15),
)


def vectors() -> dict[str, object]:
    good = write_order(ORDER, KEY)
    flipped = good[:60] + ("A" if good[60] != "A" else "B") + good[61:]
    long = {1: bytes(16), 2: STATION, 3: "front", 4: CALL, 5: "wang", 6: "W", 7: "", 8: 1764558000, 9: 1764558016}
    odd = {1: bytes(16), 2: STATION}

    def case(name: str, token: str, expect: str, seconds: float = 1, seen: bool = False) -> dict[str, object]:
        return {"name": name, "token": token, "expect": expect, "seconds": seconds, "seen": seen}

    cases = [
        case("good", good, "good"),
        case("the last moment", good, "good", 14.9),
        case("this clock is behind", good, "good", -15),
        case("late", good, "late", 15),
        case("this clock is too far behind to say", good, "late", -16),
        case("played again", good, "replayed", 2, seen=True),
        case("played again, and late", good, "replayed", 60, seen=True),
        case("one letter changed", flipped, "forged"),
        case("cut short", good[:-6], "forged"),
        case("another key", write_order(ORDER, OTHER), "forged"),
        case("another prefix", "GH1:" + good[4:], "forged"),
        case("lives too long", to_text(PREFIX, sign1(cbor2.dumps(long, canonical=True), KEY)), "forged"),
        case("no order", to_text(PREFIX, sign1(cbor2.dumps(odd, canonical=True), KEY)), "forged"),
        case("another station", write_order(replace(ORDER, station="WX-0002"), KEY), "foreign"),
        case("another call", write_order(replace(ORDER, call=CALL[:-1] + "6"), KEY), "foreign"),
    ]
    return {
        "station": STATION,
        "call": CALL,
        "issued": ISSUED.isoformat(),
        "kid": KEY.kid.hex(),
        "public_key": KEY.public.hex(),
        "cases": cases,
    }


if __name__ == "__main__":
    path = Path(__file__).with_name("golden") / "door_orders.json"
    path.write_text(json.dumps(vectors(), ensure_ascii=False, indent=1) + "\n", "utf-8")
