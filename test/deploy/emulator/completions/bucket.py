"""Properties that the emulator's AWS::S3::Bucket drops, converted to the terms of S3's API."""

import botocore.session
from botocore.serialize import create_serializer

import ministack.services.s3 as s3

from provisioners.answers import require_success, only

TYPE = "AWS::S3::Bucket"
_model = botocore.session.get_session().get_service_model("s3")
_serializer = create_serializer(_model.metadata["protocol"], include_validation=True)

RULE = [
    "Id",
    "Status",
    "Prefix",
    "TagFilters",
    "ExpirationInDays",
    "ExpiredObjectDeleteMarker",
    "NoncurrentVersionExpiration",
    "NoncurrentVersionExpirationInDays",
    "AbortIncompleteMultipartUpload",
]


def _filter(rule):
    tags = rule.get("TagFilters") or []
    if not tags:
        return {"Prefix": rule.get("Prefix") or ""}
    if len(tags) > 1 or rule.get("Prefix"):
        raise ValueError(f"{TYPE} lifecycle rule: one tag, or a prefix")
    return {"Tag": {"Key": tags[0]["Key"], "Value": tags[0]["Value"]}}


def _rule(rule):
    only(rule, RULE, f"{TYPE} lifecycle rule")
    expiration = {}
    if "ExpirationInDays" in rule:
        expiration["Days"] = int(rule["ExpirationInDays"])
    if "ExpiredObjectDeleteMarker" in rule:
        expiration["ExpiredObjectDeleteMarker"] = rule["ExpiredObjectDeleteMarker"]
    noncurrent = rule.get("NoncurrentVersionExpiration") or {}
    days = noncurrent.get("NoncurrentDays") or rule.get("NoncurrentVersionExpirationInDays")
    return {
        **({"ID": rule["Id"]} if "Id" in rule else {}),
        "Status": rule["Status"],
        "Filter": _filter(rule),
        **({"Expiration": expiration} if expiration else {}),
        **({"NoncurrentVersionExpiration": {"NoncurrentDays": int(days)}} if days else {}),
        **(
            {"AbortIncompleteMultipartUpload": {"DaysAfterInitiation": rule["AbortIncompleteMultipartUpload"]["DaysAfterInitiation"]}}
            if "AbortIncompleteMultipartUpload" in rule
            else {}
        ),
    }


def _encryption(value):
    return {
        "Rules": [
            {
                **({"BucketKeyEnabled": rule["BucketKeyEnabled"]} if "BucketKeyEnabled" in rule else {}),
                "ApplyServerSideEncryptionByDefault": dict(rule["ServerSideEncryptionByDefault"]),
            }
            for rule in value["ServerSideEncryptionConfiguration"]
        ]
    }


def _logging(value):
    only(value, ["DestinationBucketName", "LogFilePrefix"], f"{TYPE} logging")
    return {
        "LoggingEnabled": {
            "TargetBucket": value["DestinationBucketName"],
            "TargetPrefix": value.get("LogFilePrefix") or "",
        }
    }


def _lock(value):
    retention = (value.get("Rule") or {}).get("DefaultRetention")
    return {
        "ObjectLockEnabled": value["ObjectLockEnabled"],
        **({"Rule": {"DefaultRetention": dict(retention)}} if retention else {}),
    }


REPLICATION = [
    "Id",
    "Priority",
    "Status",
    "Filter",
    "DeleteMarkerReplication",
    "SourceSelectionCriteria",
    "Destination",
]


def _replication_rule(rule):
    only(rule, REPLICATION, f"{TYPE} replication rule")
    destination = rule["Destination"]
    only(destination, ["Bucket", "EncryptionConfiguration"], f"{TYPE} destination")
    return {
        "ID": rule["Id"],
        "Priority": int(rule["Priority"]),
        "Status": rule["Status"],
        "Filter": {"Prefix": rule["Filter"]["Prefix"]},
        "DeleteMarkerReplication": {"Status": rule["DeleteMarkerReplication"]["Status"]},
        "SourceSelectionCriteria": {
            "SseKmsEncryptedObjects": {"Status": rule["SourceSelectionCriteria"]["SseKmsEncryptedObjects"]["Status"]}
        },
        "Destination": {
            "Bucket": destination["Bucket"],
            "EncryptionConfiguration": {
                "ReplicaKmsKeyID": destination["EncryptionConfiguration"]["ReplicaKmsKeyID"]
            },
        },
    }


def _replication(value):
    return {"Role": value["Role"], "Rules": [_replication_rule(rule) for rule in value["Rules"]]}


# The property, the API operation, its member, the conversion of the value, and the emulator's implementation.
CALLS = [
    ("BucketEncryption", "PutBucketEncryption", "ServerSideEncryptionConfiguration", _encryption, s3._put_bucket_encryption),
    (
        "LifecycleConfiguration",
        "PutBucketLifecycleConfiguration",
        "LifecycleConfiguration",
        lambda value: {"Rules": [_rule(rule) for rule in value["Rules"]]},
        s3._put_bucket_lifecycle,
    ),
    ("LoggingConfiguration", "PutBucketLogging", "BucketLoggingStatus", _logging, s3._put_bucket_logging),
    (
        "OwnershipControls",
        "PutBucketOwnershipControls",
        "OwnershipControls",
        lambda value: {"Rules": [dict(rule) for rule in value["Rules"]]},
        s3._put_bucket_ownership_controls,
    ),
    (
        "ReplicationConfiguration",
        "PutBucketReplication",
        "ReplicationConfiguration",
        _replication,
        s3._put_bucket_replication,
    ),
    (
        "Tags",
        "PutBucketTagging",
        "Tagging",
        lambda value: {"TagSet": [dict(tag) for tag in value]},
        s3._put_bucket_tagging,
    ),
]


def _call(name, operation, member, value, implementation):
    request = _serializer.serialize_to_request({"Bucket": name, member: value}, _model.operation_model(operation))
    require_success(implementation(name, request["body"]), f"{TYPE} {operation}")


def complete(name, properties):
    for prop, operation, member, convert, implementation in CALLS:
        if prop in properties:
            _call(name, operation, member, convert(properties[prop]), implementation)
    # S3 enables object lock when a bucket is created; the emulator's call requires versioning, which is enabled by now.
    if "ObjectLockEnabled" in properties and properties["ObjectLockEnabled"]:
        _call(
            name,
            "PutObjectLockConfiguration",
            "ObjectLockConfiguration",
            _lock(properties["ObjectLockConfiguration"]),
            s3._put_object_lock_configuration,
        )
