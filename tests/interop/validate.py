#!/usr/bin/env python3
"""Holds published files against other people's validators. Usage: validate.py FOLDER

Prints each validator's verdict, a line a file, and exits with 1 where one says no.
It also breaks good files on purpose: a validator that cannot say no proves nothing.
"""
import csv
import json
import re
import sys
from importlib.metadata import version
from pathlib import Path

import jsonschema
import openpyxl
from pyshacl import validate
from rdflib import RDF, BNode, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

HERE = Path(__file__).resolve().parent
DPV = Namespace("https://w3id.org/dpv#")
ABIDE = Namespace("urn:abide:terms:")
DCT = Namespace("http://purl.org/dc/terms/")
PREFIXES = {
    "https://w3id.org/dpv#": "dpv:",
    "https://w3id.org/dpv/pd#": "pd:",
    "https://w3id.org/dpv/loc#": "loc:",
    "https://w3id.org/dpv/legal/eu/gdpr#": "eu-gdpr:",
    "https://w3id.org/dpv/legal/gb#": "legal-gb:",
}
# The template's own headings, written down a second time so that a slip in the program shows.
HEADINGS = """Business function
Purpose of processing
Name and contact details of joint controller (if applicable)
Categories of individuals
Categories of personal data
Categories of recipients
Link to contract with processor
Names of third countries or international organisations that personal data are transferred to (if applicable)
Safeguards for exceptional transfers of personal data to third countries or international organisations (if applicable)
Retention schedule (if possible)
General description of technical and organisational security measures (if possible)
Article 6 lawful basis for processing personal data
Article 9 condition for processing special category data
Legitimate interests for the processing (if applicable)
Link to record of legitimate interests assessment (if applicable)
Rights available to individuals
Existence of automated decision-making, including profiling (if applicable)
The source of the personal data (if applicable)
Link to record of consent
Location of personal data
Data Protection Impact Assessment required?
Data Protection Impact Assessment progress
Link to Data Protection Impact Assessment
Has a personal data breach occurred?
Link to record of personal data breach
Data Protection Act 2018 Schedule 1 Condition for processing
GDPR Article 6 lawful basis for processing
Link to retention and erasure policy document
Is personal data retained and erased in accordance with the policy document?
Reasons for not adhering to policy document (if applicable)""".split("\n")

failed = 0


def say(ok, who, what, detail=""):
    global failed
    failed += not ok
    print(f"{'ok' if ok else 'not ok'} {who}: {what}{' — ' + detail if detail else ''}")


SHAPES = Graph().parse(HERE / "shapes.ttl")
TERMS = set((HERE / "dpv-terms.txt").read_text().split())
SCHEMA = jsonschema.Draft7Validator(
    json.loads((HERE / "tilt-schema.json").read_text()), format_checker=jsonschema.FormatChecker()
)


def conforms(graph):
    good, _, words = validate(graph, shacl_graph=SHAPES, advanced=True)
    return good, words


def unknown(graph):
    """Names in one of DPV's name spaces that its own lists do not have."""
    names = set()
    for triple in graph:
        for term in triple:
            for space, prefix in PREFIXES.items():
                if isinstance(term, URIRef) and term.startswith(space):
                    names.add(prefix + term[len(space):])
    return len(names), sorted(names - TERMS)


def linked(path):
    graph = Graph().parse(path, format="json-ld")
    good, words = conforms(graph)
    say(good, "pyshacl", path.name, f"{len(graph)} triples" if good else words.strip()[-600:])
    used, wrong = unknown(graph)
    say(not wrong, "DPV 2.3 terms", path.name, f"{used} used, unknown: {', '.join(wrong) or 'none'}")
    return graph


def dpv(path):
    graph = linked(path)
    page = path.with_name(path.name.replace(".dpv.jsonld", ".html"))
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.read_text(), re.S)
    same = block and isomorphic(Graph().parse(data=block.group(1), format="json-ld"), graph)
    say(bool(same), "rdflib", page.name, "its data block is the same graph as the file")
    special = set(graph.subjects(RDF.type, DPV.SpecialCategoryPersonalData))
    if special:
        for process, basis in list(graph.subject_objects(DPV.hasLegalBasis)):
            if "A9-2-" in basis:
                graph.remove((process, DPV.hasLegalBasis, basis))
        say(not conforms(graph)[0], "pyshacl", f"{path.name} without its conditions of Article 9", "is refused")


def record(path):
    graph = linked(path)
    bases = {b for b in graph.objects(None, DPV.hasLegalBasis)}
    agreed = set(graph.subjects(RDF.type, ABIDE.ParticipationConsent))
    say(bool(agreed) and not agreed & bases, "rdflib", path.name, "no agreement to take part is a legal basis")
    # A template is good if a record can be made of it by filling what stands open, and by nothing else.
    values = {
        DCT.identifier: Literal("record-1"),
        DPV.hasIdentifier: Literal("person-1"),
        DPV.hasConsentStatus: DPV.ConsentGiven,
        DPV.isIndicatedBy: Literal("the person"),
        DPV.hasIndicationMethod: Literal("a form"),
        DPV.isIndicatedAtTime: Literal("2026-11-22T10:00:00Z"),
        DPV.hasDuration: Literal("until withdrawn"),
        DPV.hasEntity: Literal("staff-1"),
    }
    gaps = [(s, p) for s, p in graph.subject_predicates(ABIDE.ToFill)]
    for s, p in gaps:
        graph.remove((s, p, ABIDE.ToFill))
    empty = conforms(graph)[0]
    for s, p in gaps:
        graph.add((s, p, values[p]))
    say(not empty and conforms(graph)[0], "pyshacl", path.name, f"whole once its {len(gaps)} open fields are filled, and not before")
    for agreement in agreed:
        graph.add((BNode(), DPV.hasLegalBasis, agreement))
    say(not conforms(graph)[0], "pyshacl", f"{path.name} with the agreement as a basis", "is refused")


def tilt(path):
    document = json.loads(path.read_text())
    errors = [f"{'/'.join(map(str, e.path))}: {e.message[:120]}" for e in SCHEMA.iter_errors(document)]
    say(not errors, "jsonschema", path.name, "; ".join(errors) or f"{len(document['dataDisclosed'])} kinds of data disclosed")
    del document["rightToComplain"]
    document["meta"]["language"] = "en-GB"
    say(len(list(SCHEMA.iter_errors(document))) == 2, "jsonschema", f"{path.name} broken twice", "is refused twice")


def ropa(path):
    with path.open(newline="", encoding="utf-8") as file:
        head, *rows = csv.reader(file)
    say(head == HEADINGS, "csv", path.name, f"{len(head)} headings as in the template, {len(rows)} rows")
    risky = [c for row in rows for c in row if c[:1] in ("=", "+", "-", "@", "\t", "\r")]
    say(not risky, "csv", path.name, "no cell is a formula")
    say(all(len(row) == 30 for row in rows), "csv", path.name, "each row has 30 cells")
    book = openpyxl.load_workbook(path.with_suffix(".xlsx"))
    sheet = book.worksheets[0]
    cells = [[c.value or "" for c in row] for row in sheet.iter_rows(min_row=9, max_col=30)]
    say(cells[0] == HEADINGS, "openpyxl", path.with_suffix(".xlsx").name, "the headings stand in row 9")
    plain = [[c.removeprefix("'") for c in row] for row in rows]
    there = [[str(c).removeprefix("'") for c in row] for row in cells[1:]]
    say(plain == there, "openpyxl", path.with_suffix(".xlsx").name, "says what the CSV says")
    formulas = [c.coordinate for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    bold = all(c.font.bold and c.alignment.wrap_text for c in sheet[9])
    set_up = (
        sheet.freeze_panes == "C10"
        and sheet.page_setup.orientation == "landscape"
        and sheet.print_title_rows == "$9:$9"
        and bool(book.properties.title)
    )
    say(not formulas and bold and set_up, "openpyxl", path.with_suffix(".xlsx").name, "no formula; headings bold, wrapped, frozen, repeated in print; a title")


def main(folder):
    for package in ("rdflib", "pyshacl", "jsonschema", "openpyxl"):
        print(f"# {package} {version(package)}")
    for ending, check in ((".dpv.jsonld", dpv), (".consent-record.jsonld", record), (".tilt.json", tilt), (".ropa.csv", ropa)):
        files = sorted(Path(folder).glob(f"*{ending}"))
        say(bool(files), "files", f"*{ending}", str(len(files)))
        for path in files:
            check(path)
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
