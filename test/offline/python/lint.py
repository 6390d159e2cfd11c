"""Reads {folder, regions} from stdin and prints what cfn-lint finds in the templates of the folder, for all of the Regions."""
import json
import sys
from pathlib import Path

from cfnlint.config import ConfigMixIn
from cfnlint.runner import Runner

GIVEN = json.load(sys.stdin)
FILES = sorted(str(file) for file in Path(GIVEN["folder"]).iterdir())
CONFIG = ConfigMixIn(
    [],
    templates=FILES,
    regions=GIVEN["regions"],
    ignore_checks=GIVEN["ignored"],
)
MATCHES = [
    {"file": Path(match.filename).name, "rule": match.rule.id, "path": "/".join(map(str, match.path or [])), "message": match.message}
    for match in Runner(CONFIG).run()
]
json.dump(MATCHES, sys.stdout)
