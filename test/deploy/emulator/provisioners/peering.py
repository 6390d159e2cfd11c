"""AWS::EC2::VPCPeeringConnection, whose service the emulator has. CloudFormation accepts a peering within one account itself.

docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ec2-vpcpeeringconnection.html
"""

import ministack.services.ec2 as ec2
from ministack.core.responses import get_account_id

from .answers import only, require_success

TYPE = "AWS::EC2::VPCPeeringConnection"


def create(_logical_id, properties, _stack_name):
    only(properties, ["PeerRegion", "PeerVpcId", "Tags", "VpcId"], TYPE)
    peer = {"region": properties["PeerRegion"], "vpc": properties["PeerVpcId"]}
    if ec2._vpcs.get_scoped(get_account_id(), peer["region"], peer["vpc"]) is None:
        raise ValueError(f"{TYPE}: there is no VPC {peer['vpc']} in {peer['region']}")
    parameters = {"VpcId": properties["VpcId"], "PeerVpcId": peer["vpc"], "PeerRegion": peer["region"]}
    before = set(ec2._vpc_peering)
    require_success(ec2._create_vpc_peering_connection({key: [value] for key, value in parameters.items()}), TYPE)
    [created] = set(ec2._vpc_peering) - before
    require_success(ec2._accept_vpc_peering_connection({"VpcPeeringConnectionId": [created]}), TYPE)
    ec2._tags[created] = [dict(tag) for tag in properties.get("Tags", [])]
    return created, {"Id": created}


def delete(physical_id, _properties):
    require_success(ec2._delete_vpc_peering_connection({"VpcPeeringConnectionId": [physical_id]}), TYPE)
