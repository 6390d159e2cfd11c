"""Reads reports of this package with programs that aren't ours: python check.py FOLDER PUBLIC_KEY."""

import base64
import json
import sys
import warnings
from pathlib import Path

warnings.filterwarnings("ignore")

from cryptography.hazmat.primitives.serialization import load_pem_public_key
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import VerificationError
from securesystemslib.signer import SSlibKey
from trestle.oscal.assessment_results import AssessmentResults
from trestle.oscal.component import ComponentDefinition

folder, key_file = Path(sys.argv[1]), Path(sys.argv[2])

components = ComponentDefinition.oscal_read(folder / "evidence.oscal-components.json")
results = AssessmentResults.oscal_read(folder / "evidence.oscal-results.json")
print(f"compliance-trestle: {len(components.components)} components, {len(results.results[0].observations)} observations")

key = SSlibKey.from_crypto(load_pem_public_key(key_file.read_bytes()))
text = json.loads((folder / "evidence.intoto.jsonl").read_text())


def is_signed(envelope: dict) -> bool:
    # The name of a key differs between programs, so the only key is tried for the only signature.
    [signature] = envelope["signatures"]
    named = {**envelope, "signatures": [{**signature, "keyid": key.keyid}]}
    try:
        Envelope.from_dict(named).verify([key], 1)
        return True
    except VerificationError:
        return False


payload = base64.b64decode(text["payload"])
refused = 0
for index in range(100):
    altered = bytearray(payload)
    altered[index * len(payload) // 100] ^= 1
    refused += not is_signed({**text, "payload": base64.b64encode(bytes(altered)).decode()})
print(f"securesystemslib: signed {is_signed(text)}, {refused} of 100 altered statements refused")
sys.exit(0 if is_signed(text) and refused == 100 else 1)
