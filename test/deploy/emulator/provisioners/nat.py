"""AWS::EC2::EIP and AWS::EC2::NatGateway, whose service the emulator has. It doesn't join an address to its gateway."""

import re

import ministack.services.ec2 as ec2

from .answers import only, require_success


class Address:
    """AWS::EC2::EIP. `Ref` is the address itself."""

    @staticmethod
    def create(_logical_id, properties, _stack_name):
        only(properties, ["Domain", "Tags"], "AWS::EC2::EIP")
        body = require_success(ec2._allocate_address({"Domain": [properties["Domain"]]}), "AWS::EC2::EIP")
        [allocation, address] = (re.search(f"<{name}>(.+?)</{name}>", body).group(1) for name in ("allocationId", "publicIp"))
        ec2._tags[allocation] = [dict(tag) for tag in properties.get("Tags", [])]
        return address, {"AllocationId": allocation, "PublicIp": address}

    @staticmethod
    def delete(physical_id, _properties):
        for allocation in [key for key, one in ec2._addresses.items() if one["PublicIp"] == physical_id]:
            require_success(ec2._release_address({"AllocationId": [allocation]}), "AWS::EC2::EIP")


class NatGateway:
    """AWS::EC2::NatGateway."""

    @staticmethod
    def create(_logical_id, properties, _stack_name):
        only(properties, ["AllocationId", "SubnetId", "Tags"], "AWS::EC2::NatGateway")
        subnet, allocation = properties["SubnetId"], properties["AllocationId"]
        address = ec2._addresses.get(allocation)
        if subnet not in ec2._subnets or address is None or address["AssociationId"]:
            raise ValueError(f"AWS::EC2::NatGateway: there is no subnet {subnet}, or {allocation} isn't a free address")
        body = require_success(ec2._create_nat_gateway({"SubnetId": [subnet], "AllocationId": [allocation]}), "AWS::EC2::NatGateway")
        key = re.search(r"<natGatewayId>(nat-\w+)</natGatewayId>", body).group(1)
        ec2._tags[key] = [dict(tag) for tag in properties.get("Tags", [])]
        address["AssociationId"] = key.replace("nat-", "eipassoc-")
        return key, {"NatGatewayId": key}

    @staticmethod
    def delete(physical_id, _properties):
        require_success(ec2._delete_nat_gateway({"NatGatewayId": [physical_id]}), "AWS::EC2::NatGateway")
        for address in ec2._addresses.values():
            if address["AssociationId"] == physical_id.replace("nat-", "eipassoc-"):
                address["AssociationId"] = None


TYPES = {"AWS::EC2::EIP": Address, "AWS::EC2::NatGateway": NatGateway}
