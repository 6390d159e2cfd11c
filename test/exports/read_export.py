"""Reads an export by docs/EXPORT-FORMAT.md alone, checks it, and prints a summary as JSON.

    python3 read_export.py EXPORT.tar

Exits with 1 and a message for the first thing that isn't as the format says. It uses nothing but Python's standard library.
"""

import hashlib
import json
import sys
import tarfile

KNOWN_VERSIONS = (0, 1)


def fail(message):
    sys.exit(f"not an export: {message}")


def read_manifest(archive):
    first = archive.next()
    if first is None or first.name != "manifest.json":
        fail("its first file isn't manifest.json")
    manifest = json.load(archive.extractfile(first))
    version = manifest.get("formatVersion", 0)
    if version not in KNOWN_VERSIONS:
        fail(f"its format has the version {version}; this reader knows {KNOWN_VERSIONS}")
    return version, manifest


def digested(stream):
    """The bytes and the SHA-256 of a file, which is read in pieces."""
    digest, size = hashlib.sha256(), 0
    for piece in iter(lambda: stream.read(1 << 16), b""):
        digest.update(piece)
        size += len(piece)
    return size, digest.hexdigest()


def read_lines(name, data):
    """The objects of a file of JSON Lines."""
    text = data.decode("utf-8")
    if text and not text.endswith("\n"):
        fail(f"{name} doesn't end with a line")
    return [json.loads(line) for line in text.split("\n")[:-1]]


def texts_of(value):
    """All texts below the keys `text` of an item."""
    if isinstance(value, dict):
        own = [value["text"]] if isinstance(value.get("text"), str) else []
        return own + [text for one in value.values() for text in texts_of(one)]
    if isinstance(value, list):
        return [text for one in value for text in texts_of(one)]
    return []


def read(path):
    with tarfile.open(path, "r|") as archive:
        version, manifest = read_manifest(archive)
        listed = {file["name"]: file for file in manifest["files"]}
        if len(listed) != len(manifest["files"]):
            fail("manifest.json lists a file twice")
        seen, folders = {}, {}
        for member in iter(archive.next, None):
            if not member.isfile() or member.name in seen or member.name not in listed:
                fail(f"{member.name} isn't listed, is there twice, or is no file")
            stream = archive.extractfile(member)
            if member.name.endswith(".jsonl"):
                data = stream.read()
                size, digest = len(data), hashlib.sha256(data).hexdigest()
                lines = read_lines(member.name, data)
                if len(lines) != listed[member.name]["lines"]:
                    fail(f"{member.name} has {len(lines)} lines")
                folders.setdefault(member.name.split("/")[0], []).extend(lines)
            else:
                size, digest = digested(stream)
            if (size, digest) != (listed[member.name]["bytes"], listed[member.name]["sha256"]):
                fail(f"{member.name} isn't as manifest.json says")
            seen[member.name] = digest
        missing = sorted(set(listed) - set(seen))
        if missing:
            fail(f"{missing[0]} is missing")
    return version, manifest, seen, folders


def check(version, manifest, seen, folders):
    counts = {folder: len(lines) for folder, lines in folders.items()}
    if counts != manifest["counts"]:
        fail(f"it has {counts}, and manifest.json says {manifest['counts']}")
    for folder in ("files", "upload_parts", "shared_files"):
        for line in folders.get(folder, []):
            for content in (line["file"], line.get("text")):
                if content is not None and content not in seen:
                    fail(f"the content {content} is missing")
    last = {}
    for line in folders.get("items", []):
        if line["seq"] <= last.get(line["in"], -1):
            fail(f"the items of {line['in']} aren't in their order")
        last[line["in"]] = line["seq"]
    if version >= 1 and "index.html" not in seen:
        fail("index.html is missing")
    pages = {name[: -len(".html")] for name in seen if name.endswith(".html")} - {"index"}
    if not pages <= {name[: -len(".jsonl")] for name in seen if name.endswith(".jsonl")}:
        fail("a page shows no file of lines")


def main():
    version, manifest, seen, folders = read(sys.argv[1])
    check(version, manifest, seen, folders)
    items = folders.get("items", [])
    summary = {
        "version": version,
        "user": manifest["user"],
        "workspace": manifest["workspace"],
        "counts": manifest["counts"],
        "said": [[line["in"], line.get("generated"), texts_of(line["item"])] for line in items],
        "asked": [texts_of(line["input"]) for line in folders.get("responses", [])],
        "answered": [texts_of(line["output"]) for line in folders.get("responses", [])],
        "files": sorted([line["name"], seen[line["file"]]] for line in folders.get("files", [])),
        "prompts": [line["instructions"] for line in folders.get("prompt_versions", [])],
        "folders": folders if "--all" in sys.argv else None,
    }
    json.dump(summary, sys.stdout)


if __name__ == "__main__":
    main()
