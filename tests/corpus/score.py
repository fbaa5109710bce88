#!/usr/bin/env python3
"""Score `abide import` and `abide check` against a folder of notices with gold.

    score.py BINARY DIR [--only import|check] [--verbose] [--file PART] [--json]

DIR holds NAME.(txt|md|html|docx|pdf) and NAME.gold.json (made by goldlib.py).
Import: precision and recall per field. Two strings match when their normalised
token sets overlap by >= 60 % (of the larger) or one contains the other.
Check: recall of `must` (by code; `placed` also wants the line), false errors on
clean notices, unexpected errors elsewhere (neither in must nor in may).
Standard library only.
"""
import argparse, json, os, re, signal, subprocess, sys
from collections import OrderedDict

STOP = set("a an the of and or to for in on at by from with your our you we us i their its it that which any all is are be as this these those who will may about if".split())
FIELDS = ["project", "reference", "audience", "controllers", "emails", "data", "special", "sources",
          "source-kind", "purposes", "purpose-basis", "recipients", "safeguards", "retention-what",
          "retention-anchor", "retention-period", "rights", "regulator", "last_modified"]

# ---------------------------------------------------------------- strings

def stem(w):
    if len(w) > 4 and w.endswith("ies"):
        return w[:-3] + "y"
    if len(w) > 3 and w.endswith("s") and not w.endswith("ss") and not w.endswith("us"):
        return w[:-1]
    return w

def toks(s):
    s = str(s).lower().replace("\u2019", "'").replace("'s", "").replace("e-mail", "email")
    words = re.findall(r"[a-z0-9]+", s)
    kept = [stem(w) for w in words if w not in STOP]
    return frozenset(kept or words)

def like(a, b):
    """0.0 (no match) .. 1.0"""
    if a is None or b is None:
        return 1.0 if a is None and b is None else 0.0
    x, y = toks(a), toks(b)
    if not x or not y:
        return 0.0
    if x == y:
        return 1.0
    common = len(x & y)
    big, small = max(len(x), len(y)), min(len(x), len(y))
    share = common / big
    if share >= 0.6:
        return share
    # containment, but not of a word in a whole paragraph
    if common == small and big <= 5 * small + 4:
        return 0.3 + 0.3 * share
    return 0.0

SELF = re.compile(r"\b(you|yourself|yourselves|direct|directly|data subject|participants? themselves)\b", re.I)

def best(options, got):
    return max([like(o, got) for o in options] or [0.0])

def from_whom(options, got):
    """Like `best`; `you` matches any words that say the person themself."""
    s = best(options, got)
    if s == 0 and any(SELF.search(str(o)) for o in options) and SELF.search(str(got)):
        s = 0.6
    return s

def as_list(x):
    return x if isinstance(x, list) else ([] if x is None else [x])

def assign(gold, got, score):
    """Greedy best-first one-to-one pairs [(i, j, s)]."""
    all_ = sorted(((score(g, o), -i, -j) for i, g in enumerate(gold) for j, o in enumerate(got)), reverse=True)
    ug, uo, out = set(), set(), []
    for s, i, j in all_:
        if s <= 0:
            break
        i, j = -i, -j
        if i in ug or j in uo:
            continue
        ug.add(i); uo.add(j); out.append((i, j, s))
    return out

def period(p):
    if p is None:
        return None
    p = str(p).strip().upper()
    if p in ("INDEFINITE", "INDEFINITELY"):
        return "INDEFINITE"
    m = re.fullmatch(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:\d+M)?(?:\d+S)?)?", p)
    if not m:
        return p
    y, mo, w, d, h = (int(v or 0) for v in m.groups())
    if h and h % 24 == 0:
        d, h = d + h // 24, 0
    return ("P", y * 12 + mo, w * 7 + d, h)

def basis(b):
    if b is None:
        return None
    m = re.search(r"6\s*\(\s*1\s*\)\s*\(\s*([a-z]{1,2})\s*\)", str(b).lower())
    return f"6(1)({m.group(1)})" if m else str(b)

# ---------------------------------------------------------------- tallies

class Tally:
    def __init__(self):
        self.hit = self.want = self.right = self.got = 0
    def add(self, other):
        for k in ("hit", "want", "right", "got"):
            setattr(self, k, getattr(self, k) + getattr(other, k))
    @property
    def recall(self):
        return self.hit / self.want if self.want else None
    @property
    def precision(self):
        return self.right / self.got if self.got else None

def pct(x):
    return "   - " if x is None else f"{100 * x:4.0f}%"

class Board:
    def __init__(self):
        self.t = OrderedDict((f, Tally()) for f in FIELDS)
        self.notes = []
    def note(self, field, what):
        self.notes.append(f"    {field:17s} {what}")
    def strings(self, field, gold, got, may, best=best):
        """gold: list of lists of acceptable strings; got: list of strings; may: ditto gold, does not count."""
        got = [str(g) for g in got if g is not None]
        pairs = assign(gold, got, lambda g, o: best(as_list(g), o))
        t = self.t[field]
        t.want += len(gold); t.hit += len(pairs)
        used = {j for _, j, _ in pairs}
        hit = {i for i, _, _ in pairs}
        twice = set()          # "name and postal address" may stand for two entries, not for more
        for i, g in enumerate(gold):
            if i in hit:
                continue
            for j, o in enumerate(got):
                if j in used and j not in twice and any(toks(w) <= toks(o) for w in as_list(g)) and len(toks(o)) <= 8:
                    twice.add(j); hit.add(i); t.hit += 1
                    break
        for i, g in enumerate(gold):
            if i not in hit:
                self.note(field, f"missed   {as_list(g)[0]!r}")
        for j, o in enumerate(got):
            if j in used:
                t.right += 1; t.got += 1
            elif any(best(as_list(m), o) > 0 for m in may):
                pass
            elif any(best(as_list(g), o) >= 0.6 for g in gold):
                pass                      # the same thing said twice
            else:
                t.got += 1
                self.note(field, f"invented {o!r}")
    def one(self, field, options, got, exact=False):
        options = as_list(options)
        t = self.t[field]
        wanted = [o for o in options if o is not None]
        optional = None in options
        if got in ("", []):
            got = None
        if isinstance(got, (dict, list)):
            got = json.dumps(got)
        ok = got is not None and any((str(o) == str(got)) if exact else like(o, got) > 0 for o in wanted)
        if wanted and not (optional and got is None):
            t.want += 1; t.hit += ok
            if not ok:
                self.note(field, f"missed   {wanted[0]!r} (got {got!r})")
        if got is not None:
            t.got += 1; t.right += ok
            if not ok and not wanted:
                self.note(field, f"invented {got!r}")

# ---------------------------------------------------------------- import

def score_import(gold, out, board):
    may = gold.get("may", {})
    def plain(xs, *keys):
        res = []
        for x in as_list(xs):
            if isinstance(x, dict):
                x = next((x[k] for k in keys + ("words", "name", "who", "what", "address", "value") if x.get(k)), None)
            if x is not None:
                res.append(x)
        return res
    for f in ("project", "reference", "audience", "regulator"):
        board.one(f, gold.get(f), next(iter(plain(out.get(f))), None))
    board.one("last_modified", gold.get("last_modified"), next(iter(plain(out.get("last_modified"))), None), exact=True)
    for f in ("controllers", "data", "recipients"):
        board.strings(f, gold.get(f, []), plain(out.get(f)), may.get(f, []))
    for f in ("emails", "special", "rights"):
        g = {str(x).lower() for x in gold.get(f, [])}
        o = {str(x).lower() for x in plain(out.get(f))}
        m = {str(x).lower() for x in may.get(f, [])}
        t = board.t[f]
        g_need = g - m
        t.want += len(g_need); t.hit += len(g_need & o)
        counted = {x for x in o if x in g_need or x not in (m | g)}
        t.got += len(counted); t.right += len(counted & g)
        for x in sorted(g_need - o): board.note(f, f"missed   {x!r}")
        for x in sorted(counted - g): board.note(f, f"invented {x!r}")
    # sources
    gs = gold.get("sources", [])
    os_ = [s if isinstance(s, dict) else {"who": s, "kind": None} for s in as_list(out.get("sources"))]
    board.strings("sources", [s["who"] for s in gs], [s.get("who") for s in os_],
                  may.get("sources", []) + ([["you"]] if any(s["kind"] == "primary" for s in gs) else []), from_whom)
    def who(g, o):
        s = from_whom(as_list(g["who"]), o.get("who") or "")
        return s and s + (0.2 if o.get("kind") == g["kind"] else 0)
    pairs = assign(gs, os_, who)
    t = board.t["source-kind"]
    for i, j, _ in pairs:
        ok = os_[j].get("kind") in as_list(gs[i]["kind"])
        t.want += 1; t.got += 1; t.hit += ok; t.right += ok
        if not ok:
            board.note("source-kind", f"{os_[j].get('who')!r} is {gs[i]['kind']}, got {os_[j].get('kind')}")
    # purposes
    gp = gold.get("purposes", [])
    op = [p if isinstance(p, dict) else {"purpose": p, "basis": None} for p in as_list(out.get("purposes"))]
    def near(g, o):
        have = toks(o.get("purpose") or "")
        s = 0.0
        for w in as_list(g["words"]):
            want = toks(w)
            share = len(want & have) / len(want) if want else 0
            if share >= 0.6:
                s = max(s, share - 0.001 * len(have - want))
        if s > 0 and basis(o.get("basis")) in [basis(b) for b in as_list(g["basis"])] + ([None] if g["basis"] is None else []):
            s += 0.05
        return max(s, 0.0)
    pairs = assign(gp, op, near)
    hit, used = {i for i, _, _ in pairs}, {j for _, j, _ in pairs}
    t, tb = board.t["purposes"], board.t["purpose-basis"]
    t.want += len(gp); t.hit += len(hit); tb.want += len(gp)
    for i, g in enumerate(gp):
        if i not in hit:
            board.note("purposes", f"missed   {as_list(g['words'])[0]!r} [{g['basis']}]")
    for i, j, _ in pairs:
        wants = [basis(b) for b in as_list(gp[i]["basis"])] or [None]
        ok = basis(op[j].get("basis")) in wants
        tb.hit += ok; tb.right += ok; tb.got += 1
        t.right += 1; t.got += 1
        if not ok:
            board.note("purpose-basis", f"{as_list(gp[i]['words'])[0]!r}: want {wants}, got {op[j].get('basis')}")
    for j, o in enumerate(op):
        if j in used:
            continue
        again = [g for g in gp if near(g, o) > 0]
        if any(basis(o.get("basis")) in ([basis(b) for b in as_list(g["basis"])] or [None]) for g in again) and again:
            continue                      # one purpose on two bases, said twice
        if any(best(as_list(m), o.get("purpose") or "") > 0 or near({"words": m, "basis": None}, o) > 0 for m in may.get("purposes", [])):
            continue
        t.got += 1; tb.got += 1
        board.note("purposes", f"invented {str(o.get('purpose'))[:90]!r} [{o.get('basis')}]")
    # safeguards
    tr = out.get("transfers") or {}
    board.strings("safeguards", (gold.get("transfers") or {}).get("safeguards", []),
                  plain(tr.get("safeguards") if isinstance(tr, dict) else []), may.get("safeguards", []))
    # retention
    gr = gold.get("retention", [])
    orr = [r for r in as_list(out.get("retention")) if isinstance(r, dict)]
    def anchor_like(g, o):
        opts = as_list(g.get("anchor")) or [None]
        for a in opts:
            if a is None or o is None:
                if a is None and o is None:
                    return 1.0
            elif a == o or (not str(a).startswith("date:") and like(str(a).replace("_", " "), str(o).replace("_", " ")) > 0):
                return 1.0
        return 0.0
    def kept(g, o):
        w = best(as_list(g["what"]), o.get("what") or "")
        p = 1.0 if period(o.get("period")) in [period(x) for x in (as_list(g["period"]) or [None])] else 0.0
        a = anchor_like(g, o.get("anchor"))
        if w == 0 and not (p and a):
            return 0.0
        return w + p + 0.5 * a
    pairs = assign(gr, orr, kept)
    hit, used = {i for i, _, _ in pairs}, {j for _, j, _ in pairs}
    for f, fn in (("retention-what", lambda g, o: best(as_list(g["what"]), o.get("what") or "") > 0),
                  ("retention-anchor", lambda g, o: anchor_like(g, o.get("anchor")) > 0),
                  ("retention-period", lambda g, o: period(o.get("period")) in [period(x) for x in (as_list(g["period"]) or [None])])):
        t = board.t[f]
        t.want += len(gr)
        for i, j, _ in pairs:
            ok = fn(gr[i], orr[j])
            t.hit += ok; t.right += ok; t.got += 1
            if not ok:
                board.note(f, f"want {gr[i]}, got {orr[j]}")
        for j, o in enumerate(orr):
            if j not in used and not any(best(as_list(m), o.get("what") or "") > 0 for m in may.get("retention", [])):
                t.got += 1
                if f == "retention-what":
                    board.note(f, f"invented {o}")
        if f == "retention-what":
            for i, g in enumerate(gr):
                if i not in hit:
                    board.note(f, f"missed   {g}")

def merge(many):
    """One object of several: for a file of two notices where one side has a single answer."""
    out = {}
    for m in many:
        for k, v in m.items():
            if k == "transfers":
                cur = out.setdefault(k, {"stated": False, "safeguards": []})
                cur["stated"] = bool(cur["stated"] or (v or {}).get("stated"))
                cur["safeguards"] += [s for s in (v or {}).get("safeguards", []) if s not in cur["safeguards"]]
            elif k == "may":
                cur = out.setdefault(k, {})
                for kk, vv in v.items():
                    cur.setdefault(kk, []).extend(vv)
            elif isinstance(v, list) and k not in ("project", "reference", "audience", "regulator", "last_modified"):
                cur = out.setdefault(k, [])
                cur += [s for s in v if s not in cur]
            elif k not in out or out[k] is None:
                out[k] = v
    return out

# ---------------------------------------------------------------- check

def text_lines(path):
    if os.path.splitext(path)[1] in (".txt", ".md", ".html"):
        with open(path, encoding="utf-8", errors="replace") as f:
            return f.read().splitlines()
    return None

def squash(s):
    return " ".join(re.findall(r"[a-z0-9]+", s.lower()))

def placed(want, found, lines):
    """True, False, or None where it cannot be said."""
    if want.get("line"):
        n = want["line"]
        return (found.get("line") or 0) - 2 <= n <= (found.get("end_line") or found.get("line") or 0) + 2
    near = want.get("near")
    if not near or lines is None or not found.get("line"):
        return None
    a, b = found["line"], found.get("end_line") or found["line"]
    if squash(near) in squash(" ".join(lines[max(0, a - 4):b + 3])):
        return True
    return squash(near) in squash(str(found.get("message", "")))

def score_check(gold, findings, path, stats, notes):
    lines = text_lines(path)
    must, may = gold.get("must", []), set(gold.get("may", []))
    taken = set()
    for want in must:
        codes = as_list(want["code"])
        cands = [k for k, f in enumerate(findings) if f.get("code") in codes]
        good = None
        for k in cands:
            p = placed(want, findings[k], lines)
            if p is True and k not in taken:
                good = (k, True); break
        if good is None:
            for k in cands:
                p = placed(want, findings[k], lines)
                if p is None or p is True:
                    good = (k, p); break
        if good is None and cands:
            good = (cands[0], False)
        stats["must"] += 1
        per = stats["codes"].setdefault(codes[0], [0, 0])
        per[1] += 1
        if good is None:
            notes.append(f"    MISSED     {codes[0]}  near {want.get('near') or want.get('line')!r}")
            continue
        k, p = good
        taken.add(k)
        stats["found"] += 1; per[0] += 1
        if p is not False:
            stats["placed"] += 1
        else:
            notes.append(f"    elsewhere  {codes[0]}  wanted near {want.get('near') or want.get('line')!r}, found at line {findings[k].get('line')}")
        if want.get("severity") and findings[k].get("severity") not in as_list(want["severity"]):
            stats["severity"] += 1
            notes.append(f"    severity   {codes[0]}  wanted {want['severity']}, got {findings[k].get('severity')}")
    mine = {c for w in must for c in as_list(w["code"])}
    for f in findings:
        sev = f.get("severity")
        if gold.get("clean"):
            if sev == "error" and f.get("code") not in may:
                stats["false_clean"] += 1
                notes.append(f"    FALSE      {f.get('code')} (error on a clean notice) line {f.get('line')}: {str(f.get('message'))[:110]}")
            elif sev == "warning" and f.get("code") not in may:
                stats["warn_clean"] += 1
                notes.append(f"    warning    {f.get('code')} (on a clean notice) line {f.get('line')}: {str(f.get('message'))[:110]}")
        elif f.get("code") not in mine and f.get("code") not in may:
            if sev == "error":
                stats["unexpected"] += 1
                notes.append(f"    UNEXPECTED {f.get('code')} (error) line {f.get('line')}: {str(f.get('message'))[:110]}")
            elif sev == "warning":
                stats["warn_other"] += 1
                notes.append(f"    warning    {f.get('code')} (not planted) line {f.get('line')}: {str(f.get('message'))[:110]}")

# ---------------------------------------------------------------- running

def run(cmd):
    """(json or None, message, seconds)"""
    try:
        p = subprocess.run(cmd, capture_output=True, timeout=60)
    except FileNotFoundError:
        return None, f"no such program: {cmd[0]}"
    except PermissionError:
        return None, f"not executable: {cmd[0]}"
    except subprocess.TimeoutExpired:
        return None, "took more than 60 s"
    txt = p.stdout.decode("utf-8", "replace").strip()
    err = " ".join(p.stderr.decode("utf-8", "replace").split())[:200]
    if p.returncode not in (0, 1):
        return None, f"exit {p.returncode}: {err or txt[:200]}"
    try:
        return json.loads(txt), ""
    except ValueError as e:
        return None, f"not JSON ({e}); exit {p.returncode}: {err or txt[:120]}"

def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("binary"); ap.add_argument("dir")
    ap.add_argument("--only", choices=["import", "check"])
    ap.add_argument("--verbose", "-v", action="store_true")
    ap.add_argument("--file", default="", help="only files whose name contains this")
    ap.add_argument("--json", action="store_true", help="the totals as one JSON document")
    a = ap.parse_args()
    say = (lambda *x: None) if a.json else print
    golds = sorted(f for f in os.listdir(a.dir) if f.endswith(".gold.json") and a.file in f)
    if not golds:
        sys.exit(f"no *.gold.json in {a.dir}")
    total = Board()
    stats = {k: 0 for k in ("must", "found", "placed", "severity", "false_clean", "warn_clean", "unexpected", "warn_other", "clean", "clean_ok", "failed")}
    stats["codes"] = {}
    for gf in golds:
        stem_ = gf[:-len(".gold.json")]
        path = next((os.path.join(a.dir, stem_ + e) for e in (".txt", ".md", ".html", ".docx", ".pdf") if os.path.exists(os.path.join(a.dir, stem_ + e))), None)
        if path is None:
            say(f"{stem_}: no notice beside its gold"); continue
        try:
            with open(os.path.join(a.dir, gf), encoding="utf-8") as f:
                gold = json.load(f)
        except ValueError as e:
            say(f"{gf}: {e}"); continue
        say(f"== {os.path.basename(path)}")
        if a.only != "check" and gold.get("import") is not None:
            board = Board()
            out, msg = run([a.binary, "import", "--json", path])
            if out is None:
                say(f"  import FAILED: {msg}")
                out = {}
                stats["failed"] += 1
            g = gold["import"]
            if isinstance(out, dict) and isinstance(out.get("notices"), list):
                out = out["notices"]
            try:
                if isinstance(g, list) and isinstance(out, list):
                    for i, one in enumerate(g):
                        score_import(one, out[i] if i < len(out) and isinstance(out[i], dict) else {}, board)
                    if len(out) != len(g):
                        say(f"  {len(g)} notices in the file, {len(out)} found")
                else:
                    g1 = merge(g) if isinstance(g, list) else g
                    o1 = merge([x for x in out if isinstance(x, dict)]) if isinstance(out, list) else (out if isinstance(out, dict) else {})
                    if isinstance(g, list):
                        say(f"  {len(g)} notices in the file, one answer; scored against both together")
                    score_import(g1, o1, board)
            except Exception as e:  # a shape nobody expected
                say(f"  import: cannot read the answer: {type(e).__name__}: {e}")
            say("  import  " + "  ".join(f"{f} {pct(t.precision).strip()}/{pct(t.recall).strip()}" for f, t in board.t.items() if t.want or t.got))
            if a.verbose:
                for n in board.notes: say(n)
            for f, t in board.t.items():
                total.t[f].add(t)
        if a.only != "import" and gold.get("check") is not None:
            c = gold["check"]
            out, msg = run([a.binary, "check", "--json", "--as-at", c.get("as_at", "2026-11-22"), path])
            notes, s0 = [], dict(stats, codes=None)
            if out is None:
                say(f"  check FAILED: {msg}")
                stats["failed"] += 1
                stats["must"] += len(c.get("must", []))
                for w in c.get("must", []):
                    stats["codes"].setdefault(as_list(w["code"])[0], [0, 0])[1] += 1
                if c.get("clean"): stats["clean"] += 1
                continue
            try:
                findings = [f for n in out.get("notices", []) for f in n.get("findings", [])]
                score_check(c, findings, path, stats, notes)
            except Exception as e:
                say(f"  check: cannot read the answer: {type(e).__name__}: {e}")
            d = {k: stats[k] - s0[k] for k in s0 if k != "codes"}
            if c.get("clean"):
                stats["clean"] += 1
                stats["clean_ok"] += d["false_clean"] == 0
                say(f"  check   clean notice: {d['false_clean']} false errors, {d['warn_clean']} warnings")
            else:
                say(f"  check   must {d['found']}/{d['must']} (placed {d['placed']}), unexpected errors {d['unexpected']}, other warnings {d['warn_other']}")
            if a.verbose:
                for n in notes: say(n)
    if a.only != "check":
        say("\nIMPORT, all files      precision  recall   (right/got, hit/want)")
        for f, t in total.t.items():
            say(f"  {f:18s}      {pct(t.precision)}    {pct(t.recall)}   ({t.right}/{t.got}, {t.hit}/{t.want})")
        R = sum(t.right for t in total.t.values()); G = sum(t.got for t in total.t.values())
        H = sum(t.hit for t in total.t.values()); W = sum(t.want for t in total.t.values())
        say(f"  {'all':18s}      {pct(R / G if G else None)}    {pct(H / W if W else None)}")
    if a.only != "import":
        say("\nCHECK, all files")
        say(f"  must found            {stats['found']}/{stats['must']} = {pct(stats['found'] / stats['must'] if stats['must'] else None)}   (in the right place {stats['placed']}, other severity {stats['severity']})")
        say(f"  clean notices right   {stats['clean_ok']}/{stats['clean']}   (false errors {stats['false_clean']}, warnings {stats['warn_clean']})")
        say(f"  unexpected errors     {stats['unexpected']} on the others   (warnings not planted {stats['warn_other']})")
        say("  never or not always found: " + ", ".join(f"{c} {h}/{w}" for c, (h, w) in sorted(stats["codes"].items()) if h < w))
    if stats["failed"]:
        say(f"  commands that failed  {stats['failed']}")
    if a.json:
        print(json.dumps({"import": {f: {"precision": t.precision, "recall": t.recall, "right": t.right, "got": t.got, "hit": t.hit, "want": t.want} for f, t in total.t.items()},
                          "check": stats}, indent=1))

if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    main()
