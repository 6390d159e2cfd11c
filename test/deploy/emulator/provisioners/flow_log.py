"""AWS::EC2::FlowLog, whose service the emulator has. A change of any property replaces it."""

import re

import ministack.services.ec2 as ec2

from .answers import require_success, only

TYPE = "AWS::EC2::FlowLog"
KNOWN = ["ResourceId", "ResourceType", "TrafficType", "LogDestinationType", "LogGroupName", "DeliverLogsPermissionArn", "Tags"]


def create(_logical_id, properties, _stack_name):
    only(properties, KNOWN, TYPE)
    if properties["ResourceId"] not in ec2._vpcs:
        raise ValueError(f"{TYPE}: there is no VPC {properties['ResourceId']}")
    # `DeliverLogsPermissionArn` isn't read, so the ledger lists it: the emulator writes no flow logs.
    body = require_success(
        ec2._create_flow_logs(
            {
                "ResourceId.1": [properties["ResourceId"]],
                "ResourceType": [properties["ResourceType"]],
                "TrafficType": [properties["TrafficType"]],
                "LogDestinationType": [properties["LogDestinationType"]],
                "LogGroupName": [properties["LogGroupName"]],
            }
        ),
        TYPE,
    )
    flow_log = re.search(r"<item>(fl-\w+)</item>", body).group(1)
    ec2._tags[flow_log] = [{"Key": tag["Key"], "Value": tag["Value"]} for tag in properties.get("Tags", [])]
    return flow_log, {"Id": flow_log}


def delete(physical_id, _properties):
    require_success(ec2._delete_flow_logs({"FlowLogId.1": [physical_id]}), TYPE)
