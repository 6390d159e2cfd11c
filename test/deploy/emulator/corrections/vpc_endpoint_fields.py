"""DescribeVpcEndpoints also returns the policy, the security groups and the private DNS setting, which the emulator only stores."""

import json
from xml.sax.saxutils import escape

import ministack.services.ec2 as ec2


def install():
    fields = ec2._vpce_fields_xml

    def all_fields(endpoint, tag="item"):
        policy = endpoint.get("PolicyDocument")
        groups = "".join(f"<item><groupId>{group}</groupId></item>" for group in endpoint["SecurityGroupIds"])
        more = (
            f"<privateDnsEnabled>{str(endpoint['PrivateDnsEnabled']).lower()}</privateDnsEnabled>"
            f"<groupSet>{groups}</groupSet>"
            + (f"<policyDocument>{escape(json.dumps(policy))}</policyDocument>" if policy else "")
        )
        body = fields(endpoint, tag)
        end = body.rindex(f"</{tag}>")
        return body[:end] + more + body[end:]

    ec2._vpce_fields_xml = all_fields
