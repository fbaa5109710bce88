"""Writes the vectors beside it: a second implementation of SPEC.md that shares nothing with the crate.

Needs Python 3.11 and the package `cryptography`. What each vector must be found to be is written here by
hand. Ed25519 is deterministic, so that running this again changes no file.
"""

import base64, hashlib, json, pathlib
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

HERE = pathlib.Path(__file__).parent
ORIGIN = "example.org/evidence"


def sha(data):
    return hashlib.sha256(data).digest()


def b64(data):
    return base64.b64encode(data).decode()


def leaf(data):
    return sha(b"\x00" + data)


def root(leaves):
    if not leaves:
        return sha(b"")
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha(b"\x01" + root(leaves[:k]) + root(leaves[k:]))


class Key:
    def __init__(self, name, seed):
        self.name, self.key = name, Ed25519PrivateKey.from_private_bytes(seed)
        self.public = b"\x01" + self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.id = sha(name.encode() + b"\n" + self.public)[:4]

    def verifier(self):
        return f"{self.name}+{self.id.hex()}+{b64(self.public)}"

    def sign(self, text):
        return f"{text}\n— {self.name} {b64(self.id + self.key.sign(text.encode()))}\n"


KEY = Key(ORIGIN, bytes(range(32)))
OTHER = Key(ORIGIN, bytes(range(1, 33)))


def canonical(entry):
    return json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def entry(n, **more):
    return {"at": 1673946000000000 + n, "cites": [f"#3035/uses/use/analysis-{n}"], "id": f"evt_{n:02}",
            "outcome": "done", "v": 1, "verb": "read", "who": "stf_4"} | more


def write(path, value):
    path = HERE / path
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n")


def checkpoint(entries, size, key=KEY, origin=ORIGIN):
    return key.sign(f"{origin}\n{size}\n{b64(root([leaf(e) for e in entries[:size]]))}\n")


# ---- entries -----------------------------------------------------------------------------------------
full = entry(0, about="hol_91c", project="#3035", notice="#3035@2", purpose="analysis",
             detail={"item": "job-title", "rows": "1"}, sealed=b64(b"\x00\xff\x10not readable"))
odd = entry(1, detail={"words": 'quote " back \\ line \n tab \t bell \x07 é € 😀 \x7f \u2028'})
good = [("full", full), ("smallest", entry(2)), ("before-1970", entry(3, at=-1)), ("odd-characters", odd)]
write("entries/good.json", [{"name": n, "bytes": canonical(e).decode(), "leaf": leaf(canonical(e)).hex()}
                            for n, e in good])
small = canonical(entry(2)).decode()
bad = {
    "empty": "", "not-json": "{", "not-an-object": "[]", "trailing-newline": small + "\n",
    "space-after-comma": small.replace(",", ", ", 1), "keys-not-sorted": json.dumps(entry(2), separators=(",", ":")).replace(
        '"at":1673946000000002,', "", 1).replace('"v":1', '"v":1,"at":1673946000000002', 1),
    "unknown-key": small.replace('"v":1', '"unknown":"x","v":1'),
    "key-twice": small.replace('"v":1', '"v":1,"v":1'),
    "detail-key-twice": canonical(entry(2, detail={"a": "1"})).decode().replace('{"a":"1"}', '{"a":"1","a":"1"}'),
    "needless-escape": small.replace("evt", "\\u0065vt"), "escape-in-capitals": canonical(
        entry(2, detail={"a": "\x1f"})).decode().replace("\\u001f", "\\u001F"),
    "cites-nothing": canonical(entry(2, cites=[])).decode(), "cite-empty": canonical(entry(2, cites=[""])).decode(),
    "who-empty": canonical(entry(2, who="")).decode(), "about-empty": canonical(entry(2, about="")).decode(),
    "about-null": small.replace('{"at"', '{"about":null,"at"'), "detail-empty": small.replace(
        '"id"', '"detail":{},"id"'), "who-missing": small.replace(',"who":"stf_4"', ""),
    "time-as-text": small.replace("1673946000000002", '"1673946000000002"'),
    "time-with-point": small.replace("1673946000000002", "1673946000000002.0"),
    "time-beyond-2255": small.replace("1673946000000002", "9007199254740992"),
    "time-minus-zero": small.replace("1673946000000002", "-0"),
    "version-2": small.replace('"v":1', '"v":2'), "detail-key-with-space": canonical(
        entry(2, detail={"a b": "1"})).decode(), "sealed-not-base64": canonical(entry(2, sealed="!!")).decode(),
    "sealed-without-padding": canonical(entry(2, sealed="AA")).decode(),
    "sealed-loose-bits": canonical(entry(2, sealed="AB==")).decode(),
    "too-long": canonical(entry(2, detail={"a": "x" * 65500})).decode(),
}
write("entries/bad.json", [{"name": n, "bytes": b} for n, b in bad.items()])

# ---- notes -------------------------------------------------------------------------------------------
text = "a text\n"
note = KEY.sign(text)
line = note.split("\n\n")[1]
notes = {
    "good": (note, text), "good-two-signatures": (note + OTHER.sign(text).split("\n\n")[1], text),
    "good-unknown-kind-beside": (note + "— witness.example " + b64(b"\0\0\0\0\x04abc") + "\n", text),
    "text-changed": (note.replace("a text", "a test"), None),
    "signed-by-another-key": (OTHER.sign(text), None),
    "our-id-another-signature": (f"{text}\n— {ORIGIN} {b64(KEY.id + OTHER.key.sign(text.encode()))}\n", None),
    "good-and-forged": (note + f"— {ORIGIN} {b64(KEY.id + bytes(64))}\n", None),
    "no-signature": (text, None), "no-empty-line": (text + line, None), "no-last-newline": (note[:-1], None),
    "hyphen-for-dash": (note.replace("—", "-"), None), "two-spaces": (note.replace("— ", "—  "), None),
    "signature-cut": (f"{text}\n— {ORIGIN} {b64(KEY.id + bytes(63))}\n", None),
    "id-only": (f"{text}\n— {ORIGIN} {b64(KEY.id)}\n", None), "not-base64": (f"{text}\n— {ORIGIN} !!!\n", None),
    "base64-without-padding": (note.rstrip("=\n") + "\n", None),
    "windows-line-ends": (note.replace("\n", "\r\n"), None), "tab-in-text": (KEY.sign("a\ttext\n"), None),
    "empty": ("", None),
    "hundred-and-one-signatures": (note + (f"— x {b64(bytes(9))}\n") * 100, None),
}
write("notes.json", {"key": KEY.verifier(), "notes": [{"name": n, "note": a, "text": t} for n, (a, t) in notes.items()]})

zero = b64(bytes(32))
points = {
    "good": (f"o\n0\n{zero}\n", True), "good-more-lines": (f"o\n12\n{zero}\nmore 1\nmore 2\n", True),
    "no-origin": (f"\n0\n{zero}\n", False), "size-with-leading-zero": (f"o\n01\n{zero}\n", False),
    "size-with-plus": (f"o\n+1\n{zero}\n", False), "size-negative": (f"o\n-1\n{zero}\n", False),
    "size-missing": (f"o\n\n{zero}\n", False), "size-beyond-64-bits": (f"o\n18446744073709551616\n{zero}\n", False),
    "root-of-31-bytes": (f"o\n0\n{b64(bytes(31))}\n", False), "root-not-base64": ("o\n0\n!!\n", False),
    "root-in-hexadecimal": (f"o\n0\n{'00' * 32}\n", False), "root-missing": ("o\n0\n", False),
    "no-last-newline": (f"o\n0\n{zero}", False), "empty-line-after": (f"o\n0\n{zero}\n\n", False), "empty": ("", False),
}
write("checkpoints.json", [{"name": n, "text": t, "good": g} for n, (t, g) in points.items()])

# ---- logs --------------------------------------------------------------------------------------------
E = [canonical(entry(n)) for n in range(8)]
L = [leaf(e) for e in E]
TWO = [checkpoint(E, 3), checkpoint(E, 7)]
X = canonical(entry(2, who="stf_5"))


def log(name, rows, points, checkpoints, proved, *faults):
    """Rows are (place, entry or None, kept hash or None)."""
    write(f"logs/{name}.json", {
        "origin": ORIGIN, "key": KEY.verifier(),
        "rows": [{"seq": s, "entry": e and e.decode(), "leaf": h and h.hex()} for s, e, h in rows],
        "checkpoints": points, "expect": {"checkpoints": checkpoints, "proved": proved, "faults": list(faults)}})


def plain(entries):
    return [(n, e, None) for n, e in enumerate(entries)]


def kept(entries, hashes):
    return [(n, e, h) for n, (e, h) in enumerate(zip(entries, hashes))]


def put(items, at, item):
    return [item if n == at else old for n, old in enumerate(items)]


def moved(items, now, was):
    items = list(items)
    items.insert(now, items.pop(was))
    return items


seven, hashes = E[:7], L[:7]
log("good", plain(seven), TWO, 2, 7)
log("good-with-hashes", kept(seven, hashes), TWO, 2, 7)
log("good-empty", [], [checkpoint([], 0)], 1, 0)
log("good-entry-after-the-last-checkpoint", plain(E), TWO, 2, 7)
log("good-checkpoint-twice", plain(seven), TWO + TWO, 4, 7)
log("changed-entry", kept(put(seven, 2, X), hashes), TWO, 2, 7, {"fault": "changed", "seq": 2})
log("changed-entry-no-hashes", plain(put(seven, 2, X)), TWO, 0, 0, {"fault": "differs", "from": 0, "to": 2})
log("changed-entry-and-hash", kept(put(seven, 5, X), put(hashes, 5, leaf(X))), TWO, 1, 3,
    {"fault": "differs", "from": 3, "to": 6}, {"fault": "repeated", "seq": 5, "first": 2})
log("changed-to-unreadable-no-hashes", plain(put(seven, 4, E[4][:-1])), TWO, 1, 3,
    {"fault": "differs", "from": 3, "to": 6},
    {"fault": "unreadable", "seq": 4, "why": f"not an entry: the JSON ends too early, at line 1 column {len(E[4]) - 1}"})
log("changed-hash", kept(seven, put(hashes, 4, bytes(32))), TWO, 2, 7, {"fault": "hash", "seq": 4})
log("changed-after-the-last-checkpoint", kept(E[:7] + [X], L), TWO, 2, 7, {"fault": "changed", "seq": 7})
log("removed-entry", [r for r in kept(seven, hashes) if r[0] != 4], TWO, 1, 3, {"fault": "removed", "from": 4, "to": 4})
log("removed-first-two", [r for r in kept(seven, hashes) if r[0] > 1], TWO, 0, 0, {"fault": "removed", "from": 0, "to": 1})
log("removed-but-hash-kept", kept(put(seven, 4, None), hashes), TWO, 2, 7, {"fault": "removed", "from": 4, "to": 4})
log("removed-and-renumbered", plain(E[:4] + E[5:7]), TWO, 1, 3, {"fault": "short", "has": 6, "signed": 7})
log("removed-early-and-renumbered", plain(E[:1] + E[2:7]), TWO, 0, 0, {"fault": "differs", "from": 0, "to": 2},
    {"fault": "short", "has": 6, "signed": 7})
log("swapped-neighbours", plain(moved(seven, 4, 5)), TWO, 2, 7, {"fault": "reordered", "seq": 4, "belongs": 5},
    {"fault": "reordered", "seq": 5, "belongs": 4})
log("moved-entry", plain(moved(seven, 6, 3)), TWO, 2, 7, {"fault": "reordered", "seq": 6, "belongs": 3})
log("swapped-under-kept-hashes", kept([E[5] if n == 1 else E[1] if n == 5 else E[n] for n in range(7)], hashes), TWO, 2, 7,
    {"fault": "reordered", "seq": 1, "belongs": 5}, {"fault": "reordered", "seq": 5, "belongs": 1})
log("late-row", [r for r in kept(seven, hashes) if r[0] != 4] + [(4, E[4], L[4])], TWO, 1, 3,
    {"fault": "reordered", "seq": 7, "belongs": 4})
log("entry-put-in-twice", plain(E[:5] + [E[4]] + E[5:7]), TWO, 1, 3, {"fault": "differs", "from": 3, "to": 6},
    {"fault": "repeated", "seq": 5, "first": 4})
log("cut-short", plain(E[:5]), TWO, 1, 3, {"fault": "short", "has": 5, "signed": 7})
log("emptied", [], TWO, 0, 0, {"fault": "short", "has": 0, "signed": 7})
log("another-history", plain(seven), [checkpoint(E[1:], 3)] + TWO[1:], 1, 7, {"fault": "fork", "size": 3})
log("two-histories", plain(seven), TWO + [checkpoint(E[1:], 7)], 2, 7, {"fault": "fork", "size": 7})
log("no-checkpoint", plain(seven), [], 0, 0, {"fault": "unsigned"})
log("checkpoint-changed", plain(seven), [TWO[0], TWO[1].replace("\n7\n", "\n6\n")], 1, 3,
    {"fault": "checkpoint", "index": 1, "why":
     f"the signature by `{ORIGIN}` is wrong: the text was changed, or it was signed with another key"})
log("checkpoint-by-another-key", plain(seven), [TWO[0], checkpoint(E, 7, OTHER)], 1, 3,
    {"fault": "checkpoint", "index": 1, "why": f"the note has no signature by `{ORIGIN}`"})
log("checkpoint-of-another-log", plain(seven), [TWO[0], checkpoint(E, 7, origin="example.org/other")], 1, 3,
    {"fault": "checkpoint", "index": 1, "why": "the checkpoint is of the log `example.org/other`, not of the one asked about"})
uncited = put(seven, 1, canonical(entry(1, cites=[])))
log("logged-without-a-cite", plain(uncited), [checkpoint(uncited, 7)], 1, 7, {"fault": "unreadable", "seq": 1, "why":
    "the entry cites nothing: name the clause or article it rests on"})

# ---- receipts ----------------------------------------------------------------------------------------
def inclusion(index, leaves):
    if len(leaves) == 1:
        return []
    cut = 1 << (len(leaves) - 1).bit_length() - 1
    if index < cut:
        return inclusion(index, leaves[:cut]) + [root(leaves[cut:])]
    return inclusion(index - cut, leaves[cut:]) + [root(leaves[:cut])]


def receipt(index, size, note=None, proof=None, head="c2sp.org/tlog-proof@v1"):
    proof = inclusion(index, L[:size]) if proof is None else proof
    return "\n".join([head, f"index {index}", *map(b64, proof)]) + "\n\n" + (note or checkpoint(E, size))


one = receipt(4, 7)
path = inclusion(4, L[:7])
receipts = {
    "good": (4, one, True), "good-last": (6, receipt(6, 7), True), "good-alone": (0, receipt(0, 1), True),
    "good-extra": (4, one.replace("\nindex", "\nextra AAAA\nindex", 1), True),
    "another-entry": (3, one, False), "another-place": (4, one.replace("index 4", "index 5"), False),
    "place-beyond-the-log": (4, one.replace("index 4", "index 7"), False),
    "hash-missing": (4, receipt(4, 7, proof=path[:-1]), False), "hash-too-many": (4, receipt(4, 7, proof=path + [bytes(32)]), False),
    "hashes-swapped": (4, receipt(4, 7, proof=path[::-1]), False), "hash-changed": (4, receipt(4, 7, proof=[bytes(32)] + path[1:]), False),
    "checkpoint-of-another-size": (4, receipt(4, 7, note=checkpoint(E, 3)), False),
    "checkpoint-by-another-key": (4, receipt(4, 7, note=checkpoint(E, 7, OTHER)), False),
    "checkpoint-of-another-log": (4, receipt(4, 7, note=checkpoint(E, 7, origin="example.net/evidence")), False),
    "another-header": (4, receipt(4, 7, head="c2sp.org/tlog-proof@v2"), False),
    "index-with-leading-zero": (4, one.replace("index 4", "index 04"), False), "index-missing": (4, one.replace("index 4\n", ""), False),
    "no-empty-line": (4, one.replace("\n\n", "\n", 1), False), "empty": (4, "", False),
    "sixty-five-hashes": (4, receipt(4, 7, proof=path + [bytes(32)] * 62), False),
}
write("receipts.json", {"origin": ORIGIN, "key": KEY.verifier(), "receipts": [
    {"name": n, "entry": E[i].decode(), "receipt": r, "good": g} for n, (i, r, g) in receipts.items()]})
