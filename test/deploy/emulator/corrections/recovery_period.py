"""The number of days that point-in-time recovery covers, which the emulator neither stores nor returns. The default is 35."""

import json

import ministack.services.dynamodb as dynamodb
from ministack.core.responses import AccountRegionScopedDict

_days = AccountRegionScopedDict()


def _with_days(response, name):
    status, headers, body = response
    if status >= 400:
        return response
    answer = json.loads(body)
    description = answer["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]
    if description["PointInTimeRecoveryStatus"] == "ENABLED":
        description["RecoveryPeriodInDays"] = _days.get(name, 35)
    return status, headers, json.dumps(answer).encode()


def install():
    describe, update = dynamodb._describe_continuous_backups, dynamodb._update_continuous_backups

    def update_with_days(data):
        name = dynamodb._normalize_table_name(data.get("TableName"))
        _days[name] = int(data["PointInTimeRecoverySpecification"].get("RecoveryPeriodInDays", 35))
        return _with_days(update(data), name)

    dynamodb._describe_continuous_backups = lambda data: _with_days(
        describe(data), dynamodb._normalize_table_name(data.get("TableName"))
    )
    dynamodb._update_continuous_backups = update_with_days
