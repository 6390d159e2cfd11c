"""AWS::WAFv2::WebACLAssociation, whose service the emulator has, for the stages of REST APIs."""

import re

import ministack.services.apigateway_v1 as apigateway
import ministack.services.waf as waf

from .answers import only, parsed

TYPE = "AWS::WAFv2::WebACLAssociation"
STAGE = re.compile(r"arn:aws:apigateway:[a-z0-9-]+::/restapis/(\w+)/stages/(\w+)")


def create(_logical_id, properties, _stack_name):
    only(properties, ["ResourceArn", "WebACLArn"], TYPE)
    resource, acl = properties["ResourceArn"], properties["WebACLArn"]
    # WAF answers WAFNonexistentItemException; the emulator would associate a missing stage.
    api, stage = STAGE.fullmatch(resource).groups()
    if stage not in apigateway._stages_v1.get(api, {}):
        raise ValueError(f"{TYPE}: there is no stage {resource}")
    parsed(waf._associate_web_acl({"ResourceArn": resource, "WebACLArn": acl}), TYPE)
    return f"{resource}|{acl}", {}


def delete(_physical_id, properties):
    parsed(waf._disassociate_web_acl({"ResourceArn": properties["ResourceArn"]}), TYPE)
