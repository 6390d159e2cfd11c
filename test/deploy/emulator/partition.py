"""The emulator in another partition of AWS: it names every ARN in `aws`, every host under `amazonaws.com`, and knows Regions of two letters.

A deployment in the AWS European Sovereign Cloud expects `aws-eusc` and `amazonaws.eu`. The texts are all over the emulator's code, so the
code is changed while it is loaded. Principals of services keep their names: CDK names them alike in every partition.
"""

import importlib.machinery
import re
import sys

PARTITIONS = {"aws-eusc": "amazonaws.eu"}

# Our own modules name ARNs and hosts too.
CHANGED = re.compile(r"(?:ministack|completions|corrections|provisioners|services)(?:\.|$)")


def _changes(partition, suffix):
    return [
        (re.compile(r"arn:aws:"), f"arn:{partition}:"),
        # Services refuse an ARN of another partition.
        (re.compile(r'(partition (?:[!=]=|=) )"aws"'), rf'\1"{partition}"'),
        (re.compile(r'("AWS::Partition": )"aws"'), rf'\1"{partition}"'),
        (re.compile(r'("AWS::URLSuffix": )"amazonaws\.com"'), rf'\1"{suffix}"'),
        # Hosts of a Region or a bucket. `{service}.amazonaws.com` is a principal.
        (re.compile(r"((?<!\{service)\}|\.s3|\.vpce)\.amazonaws\.com"), rf"\1.{suffix}"),
        # The suffixes that the emulator's router knows.
        (re.compile(r'"amazonaws\.com\.cn",'), f'"amazonaws.com.cn", "{suffix}",'),
        # Regions start with two letters in the emulator's patterns.
        (re.compile(r"\[a-z\]\{2\}((?:\(\?:)?-)"), r"[a-z]{2,4}\1"),
    ]


class _Loader(importlib.machinery.SourceFileLoader):
    """Compiles the changed source each time: a cached one would be used for the other partition too."""

    changes = []

    def get_code(self, fullname):
        source = self.get_source(fullname)
        for pattern, replacement in self.changes:
            source = pattern.sub(replacement, source)
        return compile(source, self.get_filename(fullname), "exec", dont_inherit=True)


class _Finder:
    @staticmethod
    def find_spec(fullname, path=None, target=None):
        if not CHANGED.match(fullname):
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if spec is not None and isinstance(spec.loader, importlib.machinery.SourceFileLoader):
            spec.loader = _Loader(spec.loader.name, spec.loader.path)
        return spec


def use(partition):
    _Loader.changes = _changes(partition, PARTITIONS[partition])
    sys.meta_path.insert(0, _Finder)
