"""dkimpy and libopendkim sign, seal and judge messages. Reads a list of requests as JSON, writes a list of results.

libopendkim is called where it lies: started once for each message, opendkim would take minutes. Its constants are
those of its `dkim.h`.
"""

import base64
import ctypes
import hashlib
import json
import os
import sys
import time

import dkim
from dkim.canonicalization import Relaxed, Simple

given = json.load(sys.stdin)
RECORDS = given["records"]
# Messages that one process gives to OpenDKIM.
TOGETHER = 50


def octets(text):
    return base64.b64decode(text)


def text(octets):
    return base64.b64encode(octets).decode()


def record(name, timeout=5):
    name = name.decode("latin-1") if isinstance(name, bytes) else name
    found = RECORDS.get(name.rstrip(".").lower())
    return found.encode() if found is not None else None


class OpenDkim:
    """libopendkim."""

    CANONICALIZATIONS = {"simple": 0, "relaxed": 1}
    ALGORITHMS = {"rsa-sha256": 1, "ed25519-sha256": 2}
    OK, CONTINUE, NOT_FOUND = 0, 0, 3
    PROCESSED, PASSED = 2, 4
    WHOLE = -1

    def __init__(self):
        library = ctypes.CDLL("libopendkim.so.11")
        pointer, string, status = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
        kinds = {
            "dkim_init": (pointer, [pointer, pointer]),
            "dkim_verify": (pointer, [pointer, string, pointer, pointer]),
            "dkim_sign": (
                pointer,
                [pointer, string, pointer, string, string, string, status, status, status, ctypes.c_long, pointer],
            ),
            "dkim_header": (status, [pointer, string, ctypes.c_size_t]),
            "dkim_eoh": (status, [pointer]),
            "dkim_body": (status, [pointer, string, ctypes.c_size_t]),
            "dkim_eom": (status, [pointer, pointer]),
            "dkim_free": (status, [pointer]),
            "dkim_getsiglist": (status, [pointer, pointer, pointer]),
            "dkim_getsighdr": (status, [pointer, pointer, ctypes.c_size_t, ctypes.c_size_t]),
            "dkim_sig_process": (status, [pointer, pointer]),
            "dkim_sig_getflags": (ctypes.c_uint, [pointer]),
            "dkim_sig_getbh": (status, [pointer]),
            "dkim_sig_geterror": (status, [pointer]),
            "dkim_sig_geterrorstr": (string, [status]),
            "dkim_sig_getdomain": (string, [pointer]),
            "dkim_sig_getselector": (string, [pointer]),
            "dkim_sig_gettagvalue": (string, [pointer, ctypes.c_bool, string]),
            "dkim_set_key_lookup": (status, [pointer, pointer]),
        }
        for name, (result, arguments) in kinds.items():
            function = getattr(library, name)
            function.restype, function.argtypes = result, arguments
        self.library = library
        self.handle = library.dkim_init(None, None)
        kind = ctypes.CFUNCTYPE(status, pointer, pointer, pointer, ctypes.c_size_t)
        self.look_up = kind(self.key)
        library.dkim_set_key_lookup(self.handle, ctypes.cast(self.look_up, pointer))

    def key(self, _message, signature, buffer, size):
        library = self.library
        name = library.dkim_sig_getselector(signature) + b"._domainkey." + library.dkim_sig_getdomain(signature)
        found = record(name)
        if found is None:
            return self.NOT_FOUND
        ctypes.memmove(buffer, found[: size - 1] + b"\0", min(len(found), size - 1) + 1)
        return self.CONTINUE

    def feed(self, handle, message):
        """Gives it a message as a milter does: with CRLF, its fields one by one."""
        fields, body = message
        for field in fields:
            # It says so of a signature that it cannot read, and leaves that one out.
            self.library.dkim_header(handle, field, len(field))
        status = self.library.dkim_eoh(handle)
        if status != self.OK:
            return status
        if body:
            self.library.dkim_body(handle, body, len(body))
        return self.library.dkim_eom(handle, None)

    def verify(self, message):
        """What it says of each signature, from the top, and whether the body is what was signed."""
        library = self.library
        status = ctypes.c_int()
        handle = library.dkim_verify(self.handle, b"message", None, ctypes.byref(status))
        try:
            self.feed(handle, message)
            signatures, count = ctypes.POINTER(ctypes.c_void_p)(), ctypes.c_int()
            library.dkim_getsiglist(handle, ctypes.byref(signatures), ctypes.byref(count))
            said = [self.signature(handle, signatures[at]) for at in range(count.value)]
        finally:
            library.dkim_free(handle)
        results = []
        for field in message[0]:
            name, _, value = field.partition(b":")
            if name.strip().lower() == b"dkim-signature":
                here = said and said[0][2] in b"".join(value.split())
                results.append(said.pop(0)[:2] if here else ["left out", None])
        return results

    def signature(self, handle, signature):
        library = self.library
        error = library.dkim_sig_geterror(signature)
        if error <= 0:
            library.dkim_sig_process(handle, signature)
            error = library.dkim_sig_geterror(signature)
        body = {0: True, 1: False}.get(library.dkim_sig_getbh(signature))
        passes = bool(library.dkim_sig_getflags(signature) & self.PASSED) and body is True
        octets = library.dkim_sig_gettagvalue(signature, False, b"b") or b""
        word = "pass" if passes and error <= 0 else (library.dkim_sig_geterrorstr(error) or b"").decode()
        return [word, body, b"".join(octets.split())]

    def sign(self, request):
        library = self.library
        header, body = request["canonicalization"].split("/")
        key = request["key"].encode()
        status = ctypes.c_int()
        handle = library.dkim_sign(
            self.handle,
            b"message",
            None,
            key,
            request["selector"].encode(),
            request["domain"].encode(),
            self.CANONICALIZATIONS[header],
            self.CANONICALIZATIONS[body],
            self.ALGORITHMS[request["algorithm"]],
            self.WHOLE,
            ctypes.byref(status),
        )
        if not handle:
            return None
        try:
            buffer = ctypes.create_string_buffer(16384)
            if self.feed(handle, parts(octets(request["message"]))) != self.OK:
                return None
            if library.dkim_getsighdr(handle, buffer, len(buffer), len("DKIM-Signature: ")) != self.OK:
                return None
            value = buffer.value.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
            return text(b"DKIM-Signature: " + value + b"\r\n")
        finally:
            library.dkim_free(handle)


def apart(call, *arguments):
    """What a call gives, made in a process of its own: some messages kill libopendkim."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        # What it says as it dies helps nobody.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        with os.fdopen(writer, "w") as pipe:
            json.dump(call(*arguments), pipe)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    return json.loads(said) if status == 0 else "died"


def parts(message):
    """The fields of a message and its body, all with CRLF, as a server takes them (RFC 5321, section 4.1.1.4)."""
    message = message.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    if not message.endswith(b"\r\n"):
        message += b"\r\n"
    header, _, body = (b"\r\n" + message).partition(b"\r\n\r\n")
    fields = []
    for line in header[2:].split(b"\r\n"):
        if line[:1] in (b" ", b"\t") and fields:
            fields[-1] += b"\r\n" + line
        else:
            fields.append(line)
    return [field for field in fields if field], body


def dkimpy_sign(request):
    signer = dkim.DKIM(octets(request["message"]), signature_algorithm=request["algorithm"].encode())
    signer.should_not_sign = set()
    header, body = request["canonicalization"].encode().split(b"/")
    return signer.sign(
        request["selector"].encode(),
        request["domain"].encode(),
        request["key"].encode(),
        canonicalize=(header, body),
        include_headers=[name.encode() for name in request["names"]],
        identity=request["identity"].encode() if request["identity"] else None,
        length=request["length"],
    )


def made(make):
    """What was made, or nothing where dkimpy refuses the message."""

    def attempt(request):
        try:
            return text(make(request))
        # Some are errors of Python's own.
        except Exception:
            return None

    return attempt


def dkimpy_verify(message, count):
    said = []
    for index in range(count):
        try:
            one = dkim.DKIM(message)
            said.append("pass" if one.verify(idx=index, dnsfunc=record) else "fail")
        # It stumbles over some fields with errors of Python's own.
        except Exception as error:
            said.append(f"{type(error).__name__}: {error}")
    return said


def judge(request):
    message = octets(request["message"])
    try:
        _, body = dkim.rfc822_parse(message)
        bodies = [hashlib.sha256(kind.canonicalize_body(body)).hexdigest() for kind in (Simple, Relaxed)]
    except Exception:
        bodies = None
    dkimpy = dkimpy_verify(message, request["signatures"])
    return {"dkimpy": dkimpy, "opendkim": None, "bodies": bodies}


def judge_with_opendkim(requests, results):
    """Notes what OpenDKIM says. A process takes many messages, and each alone only where one of them kills it."""
    judged = [at for at, request in enumerate(requests) if request["act"] == "judge"]
    for start in range(0, len(judged), TOGETHER):
        some = judged[start : start + TOGETHER]
        messages = [parts(octets(requests[at]["message"])) for at in some]
        said = apart(lambda: [opendkim.verify(message) for message in messages])
        if said == "died":
            said = [apart(opendkim.verify, message) for message in messages]
        for at, words in zip(some, said):
            died = [["died", None]] * requests[at]["signatures"]
            results[at]["opendkim"] = died if words == "died" else words


def seal(request):
    return b"".join(dkim.arc_sign(
        octets(request["message"]),
        request["selector"].encode(),
        request["domain"].encode(),
        request["key"].encode(),
        request["server"].encode(),
        include_headers=[name.encode() for name in request["names"]],
        timestamp=str(request["time"]),
        standardize=request["standardize"],
    ))


def validate(request):
    try:
        status, _, reason = dkim.arc_verify(octets(request["message"]), dnsfunc=record)
    except Exception as error:
        return {"status": "stumbles", "reason": f"{type(error).__name__}: {error}"}
    return {"status": status.decode() if status else None, "reason": reason}


try:
    opendkim = OpenDkim()
except (OSError, AttributeError):
    opendkim = None
ACTS = {
    "dkimpy": made(dkimpy_sign),
    "opendkim": lambda request: apart(opendkim.sign, request) if opendkim else None,
    "judge": judge,
    "seal": made(seal),
    "validate": validate,
}
results = [ACTS[request["act"]](request) for request in given["requests"]]
if opendkim:
    judge_with_opendkim(given["requests"], results)
# Both go by the clock, and so must whoever is held against them.
json.dump({"now": int(time.time()), "results": results, "has_opendkim": opendkim is not None}, sys.stdout)
