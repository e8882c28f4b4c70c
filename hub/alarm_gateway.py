"""The operator's SMS or telephone gateway: an HTTP address that is told of an alarm nobody has acknowledged.

The request is a Standard Webhook (github.com/standard-webhooks/standard-webhooks, spec 1.0.0): `webhook-id` is the
same for every attempt about one incident, so a gateway that is told twice calls once; `webhook-signature` is
HMAC-SHA256 over `id.timestamp.body` by the shared secret. What answers with another status than 2xx has not heard.
"""

import base64
import hashlib
import hmac
import json
from datetime import datetime

import requests

from hub.alarm_rules import Incident
from hub.config import HubConfig

_SECONDS = 10.0
_NOT_SET = "alarm_gateway_url is not set"


def signature(secret: str, message: str, timestamp: int, body: bytes) -> str:
    """The value of `webhook-signature`. A secret that begins with `whsec_` is base64 of the key, else its own bytes."""
    key = base64.b64decode(secret.removeprefix("whsec_")) if secret.startswith("whsec_") else secret.encode()
    signed = f"{message}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def call_gateway(config: HubConfig, incident: Incident, place: dict[str, str], now: datetime) -> str:
    """Tell the gateway. Returns why it has not heard, "" when it has. Blocking, for ten seconds at most."""
    if not config.alarm_gateway_url:
        return _NOT_SET
    content = {
        "type": "alarm.unacknowledged",
        "timestamp": now.isoformat(),
        "data": {
            "incident": incident.id,
            "station": incident.station,
            **place,
            "source": str(incident.source),
            "drill": incident.drill,
            "raised": incident.raised.isoformat(),
            "presses": incident.presses,
            "desk": config.public_url,
        },
    }
    body = json.dumps(content, ensure_ascii=False).encode()
    timestamp = int(now.timestamp())
    headers = {
        "content-type": "application/json",
        "webhook-id": incident.id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(config.alarm_gateway_secret, incident.id, timestamp, body),
    }
    try:
        with requests.Session() as session:
            session.trust_env = False
            answer = session.post(
                config.alarm_gateway_url, data=body, headers=headers, timeout=_SECONDS, allow_redirects=False
            )
    except (requests.RequestException, ValueError) as error:
        return type(error).__name__
    return "" if answer.ok and answer.status_code < 300 else f"HTTP {answer.status_code}"
