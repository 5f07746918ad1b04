"""EPCIS documents by others' readers: GS1's JSON schema, and the event hash ids of the algorithm's own authors."""

import hashlib
import json

from epcis_event_hash_generator import hash_generator, json_to_py
from jsonschema import Draft7Validator, FormatChecker


def read(what, file):
    with open(file, encoding="utf-8") as opened:
        written = json.load(opened)
    return {"epcis_schema": schema, "epcis_hashes": hashes}[what](written)


def schema(written):
    """Documents are valid by GS1's schema, formats of times and URIs included; each with a fault is not."""
    with open(written["schema"], "rb") as opened:
        schema = json.load(opened)
    Draft7Validator.check_schema(schema)
    validator = Draft7Validator(schema, format_checker=FormatChecker(("uri", "date-time")))
    for document in written["sound"]:
        faults = [f"{list(fault.absolute_path)}: {fault.message[:300]}" for fault in validator.iter_errors(document)]
        assert not faults, faults[:5]
    for document in written["faulty"]:
        assert not validator.is_valid(document), document
    return f"{len(written['sound'])} sound, {len(written['faulty'])} faulty"


SECTIONS = ["bizTransactionList", "sourceList", "destinationList", "sensorElementList", "ilmd", "{"]


def ordered(lines):
    """The lines of a pre-hash string in the order of the standard (CBV 2.0 section 8.9).

    Release 1.9.3 takes up `certificationInfo`, which is no part of the hash, writes `sensorElementList` before sensors, which
    only the draft of CBV 2.1 does, spells the GS1 Web Vocabulary as it was, and puts documents, sources and destinations among
    the users' fields. Its documentation of today says otherwise of all four, and gives examples.
    """
    head, sections, now = [], {}, None
    for line in lines:
        line = line.replace("https://gs1.org/voc/", "https://ref.gs1.org/voc/")
        if line.startswith("certificationInfo"):
            continue
        begun = next((name for name in SECTIONS if line.startswith(name)), None)
        # Master data has several lines that begin like users' own fields.
        if begun and not (begun == "{" and now == "ilmd"):
            now = begun
        if now == "sensorElementList" and line.startswith("sensorElementList"):
            line = line[len("sensorElementList"):]
        (sections.setdefault(now, []) if now else head).append(line)
    return head + [line for name in SECTIONS for line in sections.get(name, [])]


def hashes(written):
    """The authors' implementation makes of every event what we make of it; where the two agree on the order, unmended."""
    mended = 0
    for event in written["events"]:
        read = json_to_py.event_list_from_epcis_document_json(json.loads(event["document"]))
        [text] = hash_generator.derive_prehashes_from_events(read, join_by="\\n")
        as_released = "".join(text.split("\n")).replace("https://gs1.org/voc/", "https://ref.gs1.org/voc/")
        assert as_released == event["release"], f"{as_released}\n{event['release']}\n{event['document']}"
        expected = "".join(ordered(text.split("\n")))
        assert expected == event["pre_hash"], f"{expected}\n{event['pre_hash']}\n{event['document']}"
        mended += "".join(text.split("\n")) != expected
        digest = hashlib.sha256(expected.encode()).hexdigest()
        assert event["id"] == f"ni:///sha-256;{digest}?ver=CBV2.0"
    return f"{len(written['events'])} events, {len(written['events']) - mended} unmended"
