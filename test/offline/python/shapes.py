"""Compares a value with a shape of botocore's models, constraints included."""
import regex



def problems(value, shape, path=""):
    """Every difference, as `path: what is wrong`. No value is repeated."""
    if getattr(shape, "is_document_type", False):
        return []
    check = CHECKS.get(shape.type_name, scalar)
    return check(value, shape, path or shape.name)


def structure(value, shape, path):
    if not isinstance(value, dict):
        return [f"{path}: is no structure"]
    found = [f"{path}: lacks the required member {name}" for name in shape.required_members if name not in value]
    found += [f"{path}: the model has no member {name}" for name in value if name not in shape.members]
    if getattr(shape, "is_tagged_union", False) and len(value) != 1:
        found.append(f"{path}: is a union, and has {len(value)} members")
    for name, one in value.items():
        if name in shape.members:
            found += problems(one, shape.members[name], f"{path}.{name}")
    return found


def sequence(value, shape, path):
    if not isinstance(value, list):
        return [f"{path}: is no list"]
    found = within(len(value), shape, path, "entries")
    for one in value:
        found += problems(one, shape.member, f"{path}[]")
    return found


def mapping(value, shape, path):
    if not isinstance(value, dict):
        return [f"{path}: is no map"]
    found = within(len(value), shape, path, "entries")
    for key, one in value.items():
        found += problems(key, shape.key, f"{path} key") + problems(one, shape.value, f"{path}{{}}")
    return found


def text(value, shape, path):
    if not isinstance(value, str):
        return [f"{path}: is no string"]
    found = within(len(value), shape, path, "characters")
    if shape.enum and value not in shape.enum:
        found.append(f"{path}: isn't one of the {len(shape.enum)} values of {shape.name}")
    pattern = shape.metadata.get("pattern")
    if pattern and not regex.search(java(pattern), value):
        found.append(f"{path}: doesn't match the pattern of {shape.name}")
    return found


def java(pattern):
    """Java's names of Unicode classes, as this engine has them."""
    return pattern.replace("\\p{IsAlphabetic}", "\\p{Alphabetic}").replace("\\p{IsDigit}", "\\p{Nd}")


def number(value, shape, path):
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return [f"{path}: is no number"]
    whole = shape.type_name in ("integer", "long")
    return [f"{path}: is no whole number"] if whole and value != int(value) else within(value, shape, path, "")


def blob(value, shape, path):
    if isinstance(value, str):
        return []
    if not isinstance(value, dict) or not {"$bytes", "$stream"} & value.keys():
        return [f"{path}: is no bytes"]
    return within(value["$bytes"], shape, path, "bytes") if "$bytes" in value else []


def scalar(value, shape, path):
    if shape.type_name == "boolean":
        return [] if isinstance(value, bool) else [f"{path}: is no boolean"]
    if shape.type_name == "timestamp":
        return [] if isinstance(value, (int, float)) or "$time" in value else [f"{path}: is no time"]
    return [f"{path}: the type {shape.type_name} isn't known; add it to shapes.py"]


def within(size, shape, path, unit):
    low, high = shape.metadata.get("min"), shape.metadata.get("max")
    if low is not None and size < low:
        return [f"{path}: {size} {unit} is below the minimum of {low}"]
    if high is not None and size > high:
        return [f"{path}: {size} {unit} is above the maximum of {high}"]
    return []


CHECKS = {
    "structure": structure,
    "list": sequence,
    "map": mapping,
    "string": text,
    "integer": number,
    "long": number,
    "float": number,
    "double": number,
    "blob": blob,
}
