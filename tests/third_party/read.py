"""Reads what Nguồn wrote, with nobody's code but others': `read.py WHAT FILE`.

cwt reads the COSE_Sign1, sigstore the checkpoints and inclusion proofs, pymerkle the consistency proofs; the EPCIS documents
are `epcis.py`'s. Each is also shown something false, which it must refuse. Prints how much was read; anything unexpected is an exception.
"""

import base64
import hashlib
import json
import struct
import sys
from types import SimpleNamespace

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cwt import COSE, COSEKey
from pymerkle import InmemoryTree, InvalidProof
from pymerkle.core import _consistency_path_layout
from pymerkle.proof import ConsistencyProof
from sigstore._internal.merkle import verify_merkle_inclusion
from sigstore._internal.rekor.checkpoint import SignedCheckpoint
from sigstore._internal.trust import Keyring
from sigstore.errors import VerificationError
from sigstore_models.common import v1 as common


def refuses(kinds, read, *arguments, **named):
    """Whatever is false must not be taken."""
    try:
        read(*arguments, **named)
    except kinds:
        return
    raise AssertionError("a false statement was accepted")


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def records(written):
    """Every record is a COSE_Sign1 by its signer's key, and its statement id is what the log's leaf says."""
    aad = b"nguon/v1\n" + sha256(bytes.fromhex(written["root_payload"]))
    keys = {}
    for key in written["keys"]:
        public = bytes.fromhex(key)
        kid = sha256(b"nguon/key/v1\n", public)
        keys[kid] = COSEKey.new({1: 1, 2: kid, 3: -19, 4: [2], -1: 6, -2: public})
    leaves = [bytes.fromhex(leaf) for leaf in written["leaves"]]
    logged = {leaf[9:] for leaf in leaves if leaf[0] == 0}
    cose = COSE.new()
    for record in map(bytes.fromhex, written["records"]):
        protected, unprotected, payload = cose.decode_with_headers(record, list(keys.values()), external_aad=aad)
        assert protected[1] == -19 and protected[3] == "application/vnd.nguon.record.v1+cbor", protected
        assert protected[4] in keys and unprotected == {}
        # No other key of the deployment signed it.
        others = [key for kid, key in keys.items() if kid != protected[4]]
        refuses(Exception, cose.decode, record, others, external_aad=aad)
        refuses(Exception, cose.decode, record, keys[protected[4]], external_aad=b"nguon/v1\n" + bytes(32))
        refuses(Exception, cose.decode, record[:-1] + bytes([record[-1] ^ 1]), keys[protected[4]], external_aad=aad)
        # Deterministic encoding, as another library writes it.
        assert cbor2.dumps(cbor2.loads(payload), canonical=True) == payload
        header = cbor2.loads(record).value[0]
        signed = cbor2.dumps(["Signature1", header, aad, payload], canonical=True)
        assert sha256(b"nguon/statement/v1\n", signed) in logged, "a record that the log does not hold"
    assert len(logged) == len(written["records"])
    return f"{len(written['records'])} records"


def inclusion(written):
    """Every leaf is proven to be in the tree by sigstore's reader of RFC 6962 proofs."""
    tree = InmemoryTree(algorithm="sha256")
    for leaf in written["leaves"]:
        tree.append_entry(bytes.fromhex(leaf))
    for proof in written["inclusion"]:
        def entry(**changed):
            of = {
                "log_index": proof["index"],
                "tree_size": proof["size"],
                "hashes": [bytes.fromhex(hash) for hash in proof["hashes"]],
                "root_hash": bytes.fromhex(proof["root"]),
            }
            body = bytes.fromhex(written["leaves"][proof["index"]])
            of.update(changed)
            return SimpleNamespace(
                _inner=SimpleNamespace(inclusion_proof=SimpleNamespace(**of), canonicalized_body=body)
            )

        assert tree.get_root(proof["size"]).hex() == proof["root"], "pymerkle makes another tree of the leaves"
        verify_merkle_inclusion(entry())
        refuses(VerificationError, verify_merkle_inclusion, entry(root_hash=bytes(32)))
        longer = [bytes(32)] + [bytes.fromhex(hash) for hash in proof["hashes"]]
        refuses(VerificationError, verify_merkle_inclusion, entry(hashes=longer))
        other = proof["index"] + (1 if proof["index"] % 2 == 0 else -1)
        if other < proof["size"]:
            refuses(VerificationError, verify_merkle_inclusion, entry(log_index=other))
    return f"{len(written['inclusion'])} inclusion proofs"


def subtrees(old, start, end, whole):
    """Which leaves stand under each hash of a consistency proof (RFC 6962 section 2.1.2)."""
    if old == end - start:
        return [] if whole else [(start, end)]
    width = 1 << (end - start - 1).bit_length() - 1
    if old <= width:
        return subtrees(old, start, start + width, whole) + [(start + width, end)]
    return subtrees(old - width, start + width, end, False) + [(start, start + width)]


def consistency(written):
    """The log only grew.

    pymerkle's proofs have an order of their own, and split the last subtree of the old tree. Where the old size is odd
    that subtree is a leaf, and the hashes are those of RFC 6962.
    """
    for proof in written["consistency"]:
        old, new = proof["old"], proof["new"]
        hashes = [bytes.fromhex(hash) for hash in proof["hashes"]]
        old_root, new_root = bytes.fromhex(proof["old_root"]), bytes.fromhex(proof["new_root"])
        under = subtrees(old, 0, new, True)
        assert len(under) == len(hashes)
        rule, subset, layout = _consistency_path_layout(old, new)

        def read(hashes, old_root=old_root, new_root=new_root):
            known = dict(zip(under, hashes)) | {(0, old): old_root}
            path = [known[place] for place in layout]
            ConsistencyProof("sha256", True, new, old, rule, subset, path).verify(old_root, new_root)

        read(hashes)
        refuses(InvalidProof, read, hashes, old_root=bytes(32))
        refuses(InvalidProof, read, hashes, new_root=bytes(32))
        refuses(InvalidProof, read, [bytes(32)] + hashes[1:])
    return f"{len(written['consistency'])} consistency proofs"


def verifier_key(text):
    """C2SP signed-note: `name+id+base64(type ‖ key)`."""
    name, key_id, encoded = text.split("+", 2)
    decoded = base64.b64decode(encoded, validate=True)
    assert sha256(name.encode(), b"\n", decoded)[:4].hex() == key_id
    return name, bytes.fromhex(key_id), decoded[0], Ed25519PublicKey.from_public_bytes(decoded[1:])


def checkpoints(written):
    """Checkpoints are what sigstore reads, signed by the log; the others' lines hold as C2SP tlog-cosignature says."""
    cosigned = 0
    for at in written["checkpoints"]:
        read = SignedCheckpoint.from_text(at["note"])
        assert read.checkpoint.log_size == at["size"] and read.checkpoint.log_hash == at["root"]
        name, key_id, kind, public = verifier_key(written["log"])
        assert kind == 1 and read.checkpoint.origin == name and read.checkpoint.other_content == []
        raw = base64.b64encode(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
        keyring = Keyring([common.PublicKey(raw_bytes=raw, key_details=common.PublicKeyDetails.PKIX_ED25519)])
        read.signed_note.verify(keyring, key_id)
        other = SignedCheckpoint.from_text(at["note"].replace(f"\n{at['size']}\n", f"\n{at['size'] + 1}\n", 1))
        refuses(VerificationError, other.signed_note.verify, keyring, key_id)
        for line in read.signed_note.signatures:
            if line.sig_hash == key_id:
                continue
            cosigners = map(verifier_key, written["cosigners"])
            name, _, kind, public = next(key for key in cosigners if key[1] == line.sig_hash)
            assert kind == 4 and name == line.name
            body = base64.b64decode(line.signature)
            (time,) = struct.unpack(">Q", body[:8])
            assert time == at["time"]

            def message(time):
                return f"cosignature/v1\ntime {time}\n{read.signed_note.note}".encode()

            public.verify(body[8:], message(time))
            refuses(InvalidSignature, public.verify, body[8:], message(time + 1))
            cosigned += 1
    return f"{len(written['checkpoints'])} checkpoints, {cosigned} cosignatures"


if __name__ == "__main__":
    what, file = sys.argv[1:]
    if what.startswith("epcis"):
        import epcis

        print(epcis.read(what, file))
        sys.exit()
    if what.startswith("pdf"):
        import pdf

        print(pdf.read(what, file))
        sys.exit()
    reader = {"records": records, "inclusion": inclusion, "consistency": consistency, "checkpoints": checkpoints}[what]
    with open(file, encoding="utf-8") as opened:
        print(reader(json.load(opened)))
