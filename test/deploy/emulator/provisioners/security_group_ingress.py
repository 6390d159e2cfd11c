"""AWS::EC2::SecurityGroupIngress: a security group rule as a resource of its own. A change of nearly any property replaces it."""

import ministack.services.ec2 as ec2
from ministack.services.cloudformation.provisioners import _ec2_sg_permissions

from .answers import only

TYPE = "AWS::EC2::SecurityGroupIngress"
KNOWN = ["GroupId", "IpProtocol", "FromPort", "ToPort", "CidrIp", "SourceSecurityGroupId", "Description"]


def create(logical_id, properties, _stack_name):
    only(properties, KNOWN, TYPE)
    group = ec2._security_groups.get(properties["GroupId"])
    if group is None:
        raise ValueError(f"{TYPE} {logical_id}: there is no security group {properties['GroupId']}")
    source = properties.get("SourceSecurityGroupId")
    if source and source not in ec2._security_groups:
        raise ValueError(f"{TYPE} {logical_id}: there is no source security group {source}")
    [rule] = _ec2_sg_permissions([properties])
    if rule not in group["IpPermissions"]:
        group["IpPermissions"].append(rule)
    rule_id = ec2._sg_rule_id(properties["GroupId"], False, rule)
    return rule_id, {"Id": rule_id}


def delete(_physical_id, properties):
    group = ec2._security_groups.get(properties["GroupId"])
    [rule] = _ec2_sg_permissions([properties])
    if group and rule in group["IpPermissions"]:
        group["IpPermissions"].remove(rule)
