"""The URL for a custom resource's answer: at S3 in the stack's Region, as in CloudFormation, and not at the emulator's own host.

Our functions refuse every other host. network.cjs redirects it to the emulator.
"""

import ministack.services.cloudformation.custom_resource as custom_resource
from ministack.core.responses import get_region


def _response_url(token):
    region = get_region()
    bucket = f"cloudformation-custom-resource-response-{region.replace('-', '')}"
    return f"https://{bucket}.s3.{region}.amazonaws.com/_ministack/cfn-response/{token}"


def install():
    custom_resource._response_url = _response_url
