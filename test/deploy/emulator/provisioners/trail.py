"""AWS::CloudTrail::Trail, whose service the emulator has."""

import ministack.services.cloudtrail as cloudtrail
import ministack.services.cloudwatch_logs as logs
import ministack.services.iam as iam
import ministack.services.s3 as s3

from .answers import only, parsed

TYPE = "AWS::CloudTrail::Trail"
RENAMED = {
    "S3BucketName": "S3BucketName",
    "S3KeyPrefix": "S3KeyPrefix",
    "IncludeGlobalServiceEvents": "IncludeGlobalServiceEvents",
    "IsMultiRegionTrail": "IsMultiRegionTrail",
    "EnableLogFileValidation": "EnableLogFileValidation",
    "KMSKeyId": "KmsKeyId",
}
# The emulator's CreateTrail drops them, but UpdateTrail doesn't.
LOGS = ("CloudWatchLogsLogGroupArn", "CloudWatchLogsRoleArn")


def _request(properties):
    only(properties, [*RENAMED, *LOGS, "TrailName", "IsLogging", "AdvancedEventSelectors", "EventSelectors", "Tags"], TYPE)
    return {
        "Name": properties["TrailName"],
        **{RENAMED[key]: properties[key] for key in RENAMED if key in properties},
    }


def _configure(properties, arn):
    log_group = {key: properties.get(key, "") for key in LOGS}
    parsed(cloudtrail._update_trail({"Name": properties["TrailName"], **log_group}), TYPE)
    selectors = {
        key: properties[key] for key in ("AdvancedEventSelectors", "EventSelectors") if properties.get(key)
    }
    if selectors:
        parsed(cloudtrail._put_event_selectors({"TrailName": properties["TrailName"], **selectors}), TYPE)
    logging = cloudtrail._start_logging if properties["IsLogging"] else cloudtrail._stop_logging
    parsed(logging({"Name": properties["TrailName"]}), TYPE)
    if properties.get("Tags"):
        parsed(cloudtrail._add_tags({"ResourceId": arn, "TagsList": list(properties["Tags"])}), TYPE)
    return properties["TrailName"], {"Arn": arn}


def _require_log_group(properties):
    """CloudTrail refuses a trail whose log group or role for it doesn't exist, or of which it has only one."""
    group, role = (properties.get(key) for key in LOGS)
    if not group and not role:
        return
    if not group or not role:
        raise ValueError(f"{TYPE}: a log group needs a role, and a role a log group")
    if group.partition(":log-group:")[2].removesuffix(":*") not in logs._log_groups:
        raise ValueError(f"{TYPE}: there is no log group {group}")
    if role not in (each["Arn"] for each in iam._roles.values()):
        raise ValueError(f"{TYPE}: there is no role {role}")


def create(_logical_id, properties, _stack_name):
    if properties["S3BucketName"] not in s3._buckets:
        raise ValueError(f"{TYPE}: there is no bucket {properties['S3BucketName']}")
    _require_log_group(properties)
    return _configure(properties, parsed(cloudtrail._create_trail(_request(properties)), TYPE)["TrailARN"])


def update(_physical_id, _old, properties, _stack_name):
    _require_log_group(properties)
    return _configure(properties, parsed(cloudtrail._update_trail(_request(properties)), TYPE)["TrailARN"])


def delete(physical_id, _properties):
    parsed(cloudtrail._delete_trail({"Name": physical_id}), TYPE)
