"""A VPC has one endpoint of each service: one with private DNS, or one for each route table. The emulator accepts more.

EC2 refuses the second one. For its words, see github.com/eksctl-io/eksctl/issues/2510 and
docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html.
"""

import ministack.services.ec2 as ec2
from ministack.services.cloudformation.provisioners import _RESOURCE_HANDLERS

TYPE = "AWS::EC2::VPCEndpoint"


def _refuse_second(properties):
    vpc, service = properties["VpcId"], properties["ServiceName"]
    for endpoint in ec2._vpc_endpoints.values():
        if endpoint["VpcId"] != vpc or endpoint["ServiceName"] != service:
            continue
        for table in set(endpoint["RouteTableIds"]) & set(properties.get("RouteTableIds", [])):
            raise ValueError(f"{TYPE}: route table {table} already has a route to {service}")
        if endpoint["PrivateDnsEnabled"] and properties.get("PrivateDnsEnabled"):
            raise ValueError(f"{TYPE}: private DNS can't be enabled, because of a conflicting domain for {service} in {vpc}")


def install():
    handlers = _RESOURCE_HANDLERS[TYPE]
    create = handlers["create"]

    def create_first(logical_id, properties, stack_name):
        _refuse_second(properties)
        return create(logical_id, properties, stack_name)

    handlers["create"] = create_first
