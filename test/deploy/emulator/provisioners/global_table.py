"""AWS::DynamoDB::GlobalTable, in place of the emulator's own, which drops the properties of replicas."""

import json
import secrets

import ministack.services.dynamodb as dynamodb
from ministack.core.responses import get_account_id, get_region, request_scope
from ministack.services.cloudformation import provisioners

from .answers import only, parsed

TYPE = "AWS::DynamoDB::GlobalTable"
TABLE = [
    "AttributeDefinitions",
    "BillingMode",
    "GlobalSecondaryIndexes",
    "KeySchema",
    "Replicas",
    "SSESpecification",
    "StreamSpecification",
    "TimeToLiveSpecification",
]
REPLICA = [
    "ContributorInsightsSpecification",
    "DeletionProtectionEnabled",
    "GlobalSecondaryIndexes",
    "PointInTimeRecoverySpecification",
    "Region",
    "ResourcePolicy",
    "SSESpecification",
    "Tags",
]
INDEX = ["ContributorInsightsSpecification", "IndexName"]


def _replicas(properties):
    """The replica in the stack's Region, and the others."""
    only(properties, TABLE, TYPE)
    replicas = properties["Replicas"]
    for replica in replicas:
        only(replica, REPLICA, f"{TYPE} replica")
    [own] = [replica for replica in replicas if replica["Region"] == get_region()]
    # Replication needs this stream; the emulator enables it itself.
    if len(replicas) > 1 and properties["StreamSpecification"]["StreamViewType"] != "NEW_AND_OLD_IMAGES":
        raise ValueError(f"{TYPE}: replicas need a stream of new and old images")
    return own, [replica for replica in replicas if replica is not own]


def _encryption(properties, replica):
    own = properties["SSESpecification"]
    if not own["SSEEnabled"]:
        return {"Enabled": False}
    key = replica["SSESpecification"]["KMSMasterKeyId"]
    return {"Enabled": True, "SSEType": own["SSEType"], "KMSMasterKeyId": key}


def _policy(table, replica):
    policy = replica.get("ResourcePolicy")
    if policy:
        document = json.dumps(policy["PolicyDocument"])
        parsed(dynamodb._put_resource_policy({"ResourceArn": table["TableArn"], "Policy": document}), TYPE)


def _insights(name, properties, index=None):
    insights = properties.get("ContributorInsightsSpecification")
    if insights:
        action = "ENABLE" if insights["Enabled"] else "DISABLE"
        change = {"TableName": name, "IndexName": index, "ContributorInsightsAction": action}
        parsed(dynamodb._update_contributor_insights(change), TYPE)


def _configure(name, properties, replica):
    """Sets what each replica has in its own Region."""
    recovery = replica["PointInTimeRecoverySpecification"]
    parsed(
        dynamodb._update_continuous_backups(
            {"TableName": name, "PointInTimeRecoverySpecification": dict(recovery)}
        ),
        TYPE,
    )
    expiry = properties.get("TimeToLiveSpecification")
    if expiry:
        parsed(dynamodb._update_ttl({"TableName": name, "TimeToLiveSpecification": dict(expiry)}), TYPE)
    _insights(name, replica)
    for index in replica.get("GlobalSecondaryIndexes", []):
        only(index, INDEX, f"{TYPE} index of a replica")
        _insights(name, index, index["IndexName"])
    _policy(dynamodb._tables[name], replica)


def _protect(name, properties, replica):
    parsed(
        dynamodb._update_table(
            {
                "TableName": name,
                "SSESpecification": _encryption(properties, replica),
                "DeletionProtectionEnabled": replica.get("DeletionProtectionEnabled", False),
            }
        ),
        TYPE,
    )


def _elsewhere(name, properties, others):
    for replica in others:
        region = replica["Region"]
        if dynamodb._tables.get_scoped(get_account_id(), region, name) is None:
            created = {"TableName": name, "ReplicaUpdates": [{"Create": {"RegionName": region}}]}
            parsed(dynamodb._update_table(created), TYPE)
        with request_scope(get_account_id(), region):
            _protect(name, properties, replica)
            # The expiry belongs to the table, so the replica already has it.
            _configure(name, {}, replica)


def _stream(properties):
    """A stream that a function reads. That of conversations waits for a replica, with which the emulator enables it."""
    stream = properties.get("StreamSpecification")
    if not stream or stream["StreamViewType"] != "KEYS_ONLY":
        return {}
    return {"StreamSpecification": {"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"}}


def _indexes(properties):
    indexes = properties.get("GlobalSecondaryIndexes")
    return {"GlobalSecondaryIndexes": [dict(index) for index in indexes]} if indexes else {}


def _described(name):
    table = dynamodb._tables[name]
    attributes = {"Arn": table["TableArn"], "TableId": table["TableId"]}
    if table.get("LatestStreamArn"):
        attributes["StreamArn"] = table["LatestStreamArn"]
    return name, attributes


def _new_name(stack_name, logical_id):
    """Each creation gives another name, so a table that an update left when it was rolled back isn't in the way of the next one."""
    name = provisioners._physical_name(stack_name, logical_id, max_len=255)
    return f"{name[:-12]}{secrets.token_hex(6).upper()}" if name in dynamodb._tables else name


def create(logical_id, properties, stack_name):
    replica, others = _replicas(properties)
    name = _new_name(stack_name, logical_id)
    parsed(
        dynamodb._create_table(
            {
                "TableName": name,
                "KeySchema": list(properties["KeySchema"]),
                "AttributeDefinitions": list(properties["AttributeDefinitions"]),
                "BillingMode": properties["BillingMode"],
                "SSESpecification": _encryption(properties, replica),
                "DeletionProtectionEnabled": replica.get("DeletionProtectionEnabled", False),
                "Tags": list(replica.get("Tags", [])),
                **_stream(properties),
                **_indexes(properties),
            }
        ),
        TYPE,
    )
    _configure(name, properties, replica)
    _elsewhere(name, properties, others)
    return _described(name)


def update(physical_id, old, properties, _stack_name):
    replica, others = _replicas(properties)
    for fixed in ("KeySchema", "AttributeDefinitions", "BillingMode", "GlobalSecondaryIndexes"):
        if old.get(fixed) != properties.get(fixed):
            raise ValueError(f"{TYPE}: the emulator's type doesn't map a change of {fixed}")
    _protect(physical_id, properties, replica)
    _configure(physical_id, properties, replica)
    _elsewhere(physical_id, properties, others)
    return _described(physical_id)


def delete(physical_id, _properties):
    # Through the service, which refuses to delete a protected table.
    parsed(dynamodb._delete_table({"TableName": physical_id}), TYPE)
