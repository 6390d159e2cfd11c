"""AWS::DynamoDB::GlobalTable in one Region, in place of the emulator's own, which drops what a replica says."""

import json

import ministack.services.dynamodb as dynamodb
from ministack.core.responses import get_region
from ministack.services.cloudformation.provisioners import _physical_name

from .answers import only, parsed

TYPE = "AWS::DynamoDB::GlobalTable"
TABLE = ["AttributeDefinitions", "BillingMode", "KeySchema", "Replicas", "SSESpecification", "TimeToLiveSpecification"]
REPLICA = [
    "ContributorInsightsSpecification",
    "DeletionProtectionEnabled",
    "PointInTimeRecoverySpecification",
    "Region",
    "ResourcePolicy",
    "SSESpecification",
    "Tags",
]


def _replica(properties):
    only(properties, TABLE, TYPE)
    [replica] = properties["Replicas"]
    only(replica, REPLICA, f"{TYPE} replica")
    if replica["Region"] != get_region():
        raise ValueError(f"{TYPE}: the emulator has no replicas in other Regions, got {replica['Region']}")
    return replica


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


def _configure(name, properties, replica):
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
    insights = replica.get("ContributorInsightsSpecification")
    if insights:
        action = "ENABLE" if insights["Enabled"] else "DISABLE"
        parsed(dynamodb._update_contributor_insights({"TableName": name, "ContributorInsightsAction": action}), TYPE)
    _policy(dynamodb._tables[name], replica)
    return name, {"Arn": dynamodb._tables[name]["TableArn"], "TableId": dynamodb._tables[name]["TableId"]}


def create(logical_id, properties, stack_name):
    replica = _replica(properties)
    name = _physical_name(stack_name, logical_id, max_len=255)
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
            }
        ),
        TYPE,
    )
    return _configure(name, properties, replica)


def update(physical_id, old, properties, _stack_name):
    replica = _replica(properties)
    for fixed in ("KeySchema", "AttributeDefinitions", "BillingMode"):
        if old[fixed] != properties[fixed]:
            raise ValueError(f"{TYPE}: the emulator's type doesn't map a change of {fixed}")
    parsed(
        dynamodb._update_table(
            {
                "TableName": physical_id,
                "SSESpecification": _encryption(properties, replica),
                "DeletionProtectionEnabled": replica.get("DeletionProtectionEnabled", False),
            }
        ),
        TYPE,
    )
    return _configure(physical_id, properties, replica)


def delete(physical_id, _properties):
    # By the service, which refuses a table that is protected against deletion.
    parsed(dynamodb._delete_table({"TableName": physical_id}), TYPE)
