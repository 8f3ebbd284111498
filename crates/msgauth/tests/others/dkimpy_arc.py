"""Seals and validates ARC chains with dkimpy. Reads a request as JSON and writes a result."""

import base64
import json
import sys

import dkim

request = json.load(sys.stdin)
message = base64.b64decode(request["message"])


def record(name, timeout=5):
    name = name.decode() if isinstance(name, bytes) else name
    text = request["records"].get(name.rstrip("."))
    return text.encode() if text is not None else None


def seal():
    fields = dkim.arc_sign(
        message,
        request["selector"].encode(),
        request["domain"].encode(),
        request["key"].encode(),
        request["server"].encode(),
        include_headers=[b"from", b"to", b"subject"],
        timestamp=str(request["time"]),
    )
    return base64.b64encode(b"".join(fields)).decode()


def validate():
    status, sets, reason = dkim.arc_verify(message, dnsfunc=record)
    return {"status": status.decode() if status else None, "reason": reason}


json.dump({"seal": seal, "validate": validate}[request["act"]](), sys.stdout)
