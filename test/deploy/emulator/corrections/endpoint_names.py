"""An interface endpoint has DNS names, each after the id of its hosted zone; the emulator has none.

docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ec2-vpcendpoint.html
"""

import ministack.services.ec2 as ec2
from ministack.core.responses import get_region
from ministack.services.cloudformation.provisioners import _RESOURCE_HANDLERS

TYPE = "AWS::EC2::VPCEndpoint"


def install():
    handlers = _RESOURCE_HANDLERS[TYPE]
    create = handlers["create"]

    def create_named(logical_id, properties, stack_name):
        physical_id, attributes = create(logical_id, properties, stack_name)
        if properties.get("VpcEndpointType") != "Interface":
            return physical_id, attributes
        service = properties["ServiceName"].rsplit(".", 1)[-1]
        names = [f"ZEMULATED:{physical_id}.{service}.{get_region()}.vpce.amazonaws.com"]
        ec2._vpc_endpoints[physical_id]["DnsEntries"] = names
        return physical_id, {**attributes, "DnsEntries": names}

    handlers["create"] = create_named
