"""Signs and verifies with dkimpy. Reads a list of requests as JSON and writes a list of results."""

import base64
import json
import sys

import dkim


def verify(request):
    def record(name, timeout=5):
        name = name.decode() if isinstance(name, bytes) else name
        text = request["records"].get(name.rstrip("."))
        return text.encode() if text is not None else None

    message = base64.b64decode(request["message"])
    results = []
    for index in range(request["signatures"]):
        try:
            verifier = dkim.DKIM(message)
            results.append("pass" if verifier.verify(idx=index, dnsfunc=record) else "fail")
        except dkim.DKIMException as error:
            results.append(f"{type(error).__name__}: {error}")
    return results


def sign(request):
    message = base64.b64decode(request["message"])
    header, body = request["canonicalization"].encode().split(b"/")
    field = dkim.sign(
        message,
        request["selector"].encode(),
        request["domain"].encode(),
        request["key"].encode(),
        canonicalize=(header, body),
        signature_algorithm=request["algorithm"].encode(),
    )
    return base64.b64encode(field).decode()


ACTS = {"verify": verify, "sign": sign}
requests = json.load(sys.stdin)
json.dump([ACTS[request["act"]](request) for request in requests], sys.stdout)
