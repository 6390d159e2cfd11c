"""AWS::CloudTrail::Trail, whose service the emulator has."""

import ministack.services.cloudtrail as cloudtrail
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


def _request(properties):
    only(properties, [*RENAMED, "TrailName", "IsLogging", "AdvancedEventSelectors", "EventSelectors", "Tags"], TYPE)
    return {
        "Name": properties["TrailName"],
        **{RENAMED[key]: properties[key] for key in RENAMED if key in properties},
    }


def _configure(properties, arn):
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


def create(_logical_id, properties, _stack_name):
    if properties["S3BucketName"] not in s3._buckets:
        raise ValueError(f"{TYPE}: there is no bucket {properties['S3BucketName']}")
    return _configure(properties, parsed(cloudtrail._create_trail(_request(properties)), TYPE)["TrailARN"])


def update(_physical_id, _old, properties, _stack_name):
    return _configure(properties, parsed(cloudtrail._update_trail(_request(properties)), TYPE)["TrailARN"])


def delete(physical_id, _properties):
    parsed(cloudtrail._delete_trail({"Name": physical_id}), TYPE)
