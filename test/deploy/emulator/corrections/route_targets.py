"""EC2 refuses a route to an endpoint or NAT gateway that doesn't exist in the VPC of the route table; the emulator stores it.

docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html
"""

import ministack.services.ec2 as ec2
from ministack.services.cloudformation.provisioners import _RESOURCE_HANDLERS

TYPE = "AWS::EC2::Route"


def _require_target(properties):
    vpc = ec2._route_tables[properties["RouteTableId"]]["VpcId"]
    for name, store in (("VpcEndpointId", ec2._vpc_endpoints), ("NatGatewayId", ec2._nat_gateways)):
        target = properties.get(name)
        if target and store.get(target, {}).get("VpcId") != vpc:
            raise ValueError(f"{TYPE}: there is no {name} {target} in {vpc}")


def install():
    handlers = _RESOURCE_HANDLERS[TYPE]
    create = handlers["create"]

    def create_to_existing(logical_id, properties, stack_name):
        _require_target(properties)
        return create(logical_id, properties, stack_name)

    handlers["create"] = create_to_existing
