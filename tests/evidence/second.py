"""A second reader of the evidence, written from crates/evidence/SPEC.md in another language; it shares no code with ours.

usage: second.py FOLDER [AUDIT]
FOLDER holds log.jsonl, checkpoint.txt and verifier.txt as `abide evidence` writes them, and perhaps entry.json and
receipt.tlog-proof. AUDIT is our own verifier: both must come to the same verdict on the log as it is and on every way of
spoiling it. Prints one line a check, as TAP does.
"""

import base64, hashlib, json, pathlib, subprocess, sys, tempfile

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def sha(data):
    return hashlib.sha256(data).digest()


def root_of(leaves):
    """RFC 6962 section 2.1, level by level: an odd one out goes up as it is."""
    level = leaves or [sha(b"")]
    while len(level) > 1:
        pairs = [sha(b"\x01" + a + b) for a, b in zip(level[::2], level[1::2])]
        level = pairs + level[len(pairs) * 2:]
    return level[0]


def up(leaf, index, size, proof):
    """RFC 9162 section 2.1.3.2: the root that the proof leads to, or None."""
    if index >= size:
        return None
    at, last, now = index, size - 1, leaf
    for beside in proof:
        if last == 0:
            return None
        if at % 2 or at == last:
            now = sha(b"\x01" + beside + now)
            while at % 2 == 0 and at:
                at, last = at >> 1, last >> 1
        else:
            now = sha(b"\x01" + now + beside)
        at, last = at >> 1, last >> 1
    return now if last == 0 else None


def opened(note, verifier):
    """The origin, size and root of a signed checkpoint, or a ValueError."""
    name, _, key = verifier.strip().split("+", 2)
    key = base64.b64decode(key, validate=True)
    text, _, lines = note.partition("\n\n")
    text += "\n"
    wanted, good = sha(name.encode() + b"\n" + key)[:4], False
    for line in lines.removesuffix("\n").split("\n"):
        dash, who, sig = line.split(" ")
        sig = base64.b64decode(sig, validate=True)
        if dash != "\u2014":
            raise ValueError("not a signature line")
        if who == name and sig[:4] == wanted:
            try:
                Ed25519PublicKey.from_public_bytes(key[1:]).verify(sig[4:], text.encode())
            except InvalidSignature:
                raise ValueError("a signature is wrong") from None
            good = True
    origin, size, root = text.split("\n")[:3]
    if not good or origin != name or str(int(size)) != size:
        raise ValueError("not signed by the key, or another log's")
    return int(size), base64.b64decode(root, validate=True)


def holds(log, note, verifier):
    """Whether the lines of the log are what the checkpoint says."""
    try:
        size, root = opened(note, verifier)
    except ValueError:
        return False
    entries = log.split(b"\n")[:-1] if log.endswith(b"\n") else log.split(b"\n")
    if len(entries) < size:
        return False
    ids = set()
    for entry in entries:
        try:
            read = json.loads(entry)
        except ValueError:
            return False
        tidy = json.dumps(read, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        if tidy != entry or not read.get("cites") or read["id"] in ids:
            return False
        ids.add(read["id"])
    return root_of([sha(b"\x00" + e) for e in entries[:size]]) == root


def proves(entry, receipt, verifier):
    """Whether the receipt proves the entry (C2SP tlog-proof); with no entry, the one it carries."""
    head, _, note = receipt.partition("\n\n")
    first, *lines = head.split("\n")
    if lines and lines[0].startswith("extra "):
        carried = lines.pop(0)[6:]
        try:
            entry = base64.b64decode(carried, validate=True) if entry is None else entry
        except ValueError:
            return False
    if entry is None or first != "c2sp.org/tlog-proof@v1" or not lines or not lines[0].startswith("index "):
        return False
    try:
        size, root = opened(note, verifier)
        proof = [base64.b64decode(line, validate=True) for line in lines[1:]]
        return up(sha(b"\x00" + entry), int(lines[0][6:]), size, proof) == root
    except ValueError:
        return False


def spoilt(log):
    """The log as it is, and ways of spoiling it: each with its name and whether it still holds."""
    lines = log.split(b"\n")[:-1]
    middle, put = len(lines) // 2, lambda some: b"".join(line + b"\n" for line in some)
    yield "as it is", log, True
    yield "one letter changed", put(lines[:middle] + [lines[middle].replace(b'"id":"evt_', b'"id":"evt_f', 1)] + lines[middle + 1:]), False
    yield "one entry taken out", put(lines[:middle] + lines[middle + 1:]), False
    yield "two entries swapped", put(lines[:middle] + [lines[middle + 1], lines[middle]] + lines[middle + 2:]), False
    yield "the end cut off", put(lines[:-1]), False
    yield "an entry put in", put(lines[:middle] + [lines[0]] + lines[middle:]), False
    yield "empty", b"", False


def main(folder, audit=None):
    folder, wrong, number = pathlib.Path(folder), 0, 0
    verifier = (folder / "verifier.txt").read_text()
    checks = []
    if (folder / "log.jsonl").exists():
        note = (folder / "checkpoint.txt").read_text()
        for name, log, good in spoilt((folder / "log.jsonl").read_bytes()):
            checks.append((f"the log {name}", good, holds(log, note, verifier), ("log", log, note)))
        log = (folder / "log.jsonl").read_bytes()
        checks.append(("another checkpoint", False, holds(log, note.replace("\n", "1\n", 2), verifier), ("log", log, note.replace("\n", "1\n", 2))))
    if (folder / "entry.json").exists():
        entry, receipt = (folder / "entry.json").read_bytes().removesuffix(b"\n"), (folder / "receipt.tlog-proof").read_text()
        checks.append(("the receipt as it is", True, proves(entry, receipt, verifier), ("receipt", entry, receipt)))
        checks.append(("the receipt of another entry", False, proves(entry + b" ", receipt, verifier), ("receipt", entry + b" ", receipt)))
        moved = receipt.replace("index ", "index 1", 1)
        checks.append(("the receipt with another place", False, proves(entry, moved, verifier), ("receipt", entry, moved)))
        carried = (folder / "entry.receipt").read_text()
        checks.append(("the receipt with its entry inside", True, proves(None, carried, verifier), ("receipt", None, carried)))
        other = carried.replace(base64.b64encode(entry).decode(), base64.b64encode(entry.replace(b'"v":1', b'"v":2')).decode())
        checks.append(("the receipt with another entry inside", False, proves(None, other, verifier), ("receipt", None, other)))
    for name, good, second, (kind, data, proof) in checks:
        verdicts = {"second": second}
        if audit:
            with tempfile.TemporaryDirectory() as place:
                one, two = pathlib.Path(place, "one"), pathlib.Path(place, "two")
                one.write_bytes(data or b""), two.write_text(proof)
                words = [str(one), "--checkpoint", str(two)] if kind == "log" else ["--receipt", str(two)]
                words += ["--entry", str(one)] if kind == "receipt" and data is not None else []
                ran = subprocess.run([audit, *words, "--key", str(folder / "verifier.txt")], capture_output=True)
                verdicts["audit"] = ran.returncode == 0
        number += 1
        fine = all(v == good for v in verdicts.values())
        wrong += not fine
        print(f"{'ok' if fine else 'not ok'} {number} {name}: {'holds' if good else 'is found out'}" + ("" if fine else f" {verdicts}"))
    return 1 if wrong or not checks else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
