"""PDFs by pikepdf (qpdf): what PDF/A-3a and PDF/UA-1 ask of a file and a reader can see; and the same files saved again."""

import hashlib
import os

import pikepdf
from pikepdf import Name, ObjectStreamMode, Pdf, StreamDecodeLevel

NAMESPACES = {"pdfa": "http://www.aiim.org/pdfa/ns/id/", "pdfua": "http://www.aiim.org/pdfua/ns/id/"}


def read(what, file):
    return {"pdf_rules": rules, "pdf_again": again}[what](file)


def rules(file):
    """What it says of itself (ISO 19005-3 §6.6.4, ISO 14289-1 §5) and has to have."""
    with Pdf.open(file) as pdf:
        assert not pdf.is_encrypted and pdf.pdf_version == "1.7"
        with pdf.open_metadata() as metadata:
            said = {key: metadata[f"{{{NAMESPACES[space]}}}{key[len(space) + 1:]}"] for space, key in [
                ("pdfa", "pdfa_part"), ("pdfa", "pdfa_conformance"), ("pdfua", "pdfua_part")]}
            assert said == {"pdfa_part": "3", "pdfa_conformance": "A", "pdfua_part": "1"}, said
            assert metadata["dc:title"]
        root = pdf.Root
        assert root.MarkInfo.Marked and not root.MarkInfo.Suspects
        assert str(root.Lang) == "vi" and root.ViewerPreferences.DisplayDocTitle
        [intent] = root.OutputIntents
        assert intent.S == Name.GTS_PDFA1 and intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"
        assert not [key for key in ("/OpenAction", "/AA", "/AcroForm") if key in root]
        for page in pdf.pages:
            assert "/StructParents" in page
            for font in page.Resources.get("/Font", {}).values():
                embedded(font)
            drawn_inside_marked_content(page)
        [(name, spec)] = pdf.attachments.items()
        [associated] = root.AF
        assert associated.objgen == spec.obj.objgen
        assert spec.obj.AFRelationship == Name.Source and str(spec.obj.Desc) and str(spec.obj.F) == str(spec.obj.UF) == name
        inside = spec.get_file()
        return f"{name} {inside.mime_type} {hashlib.sha256(inside.read_bytes()).hexdigest()}"


def embedded(font):
    """Every font is in the file, and says which character each glyph is (ISO 19005-3 §6.2.11)."""
    assert font.Subtype == Name.Type0 and "/ToUnicode" in font
    [descendant] = font.DescendantFonts
    assert any(key in descendant.FontDescriptor for key in ("/FontFile2", "/FontFile3"))


def drawn_inside_marked_content(page):
    """Everything that is drawn is content of the structure, or an artifact (ISO 14289-1 §7.1)."""
    depth = 0
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC" | "BMC":
                depth += 1
            case "EMC":
                depth -= 1
            case "Tj" | "TJ" | "f" | "f*" | "S" | "B" | "Do" | "sh":
                assert depth == 1, (operator, depth)
    assert depth == 0


def again(file):
    """The same file as others save it, each beside it; their names."""
    ways = {
        "packed": {"object_stream_mode": ObjectStreamMode.generate},
        "linearized": {"linearize": True, "object_stream_mode": ObjectStreamMode.generate},
        "open": {"object_stream_mode": ObjectStreamMode.disable, "compress_streams": False,
                 "stream_decode_level": StreamDecodeLevel.all},
        "recompressed": {"recompress_flate": True},
    }
    for way, how in ways.items():
        with Pdf.open(file) as pdf:
            pdf.save(f"{os.path.splitext(file)[0]}-{way}.pdf", **how)
    return " ".join(ways)
