"""A filter pattern of JSON selects by the values of a record; the emulator looks for each word of the pattern in the text.

Only the form that our templates have: `{ ($.field = "value") || ... }`. Another form fails.
docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
"""

import json
import re

import ministack.services.cloudwatch_logs as logs

CONDITION = r'\(\$\.(\w+) = "([^"]*)"\)'
PATTERN = re.compile(rf"\{{ {CONDITION}(?: \|\| {CONDITION})* \}}")


def _record(message):
    try:
        record = json.loads(message)
    except ValueError:
        return {}
    return record if isinstance(record, dict) else {}


def _matches(pattern, message):
    if not PATTERN.fullmatch(pattern):
        raise ValueError(f"a subscription filter has another form of pattern; read it in {__file__}: {pattern}")
    record = _record(message)
    return any(record.get(field) == value for field, value in re.findall(CONDITION, pattern))


def install():
    matches_text = logs._subscription_pattern_matches
    put = logs._put_subscription_filter

    def matches(pattern, message):
        return _matches(pattern, message) if (pattern or "").startswith("{") else matches_text(pattern, message)

    # A delivery that fails is only logged, so a pattern of another form is refused here.
    def put_readable(request):
        matches(request.get("filterPattern"), "")
        return put(request)

    logs._subscription_pattern_matches = matches
    logs._put_subscription_filter = put_readable
