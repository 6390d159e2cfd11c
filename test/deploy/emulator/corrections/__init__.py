"""Where the emulator refuses or answers something that AWS wouldn't."""

from . import (
    bedrock_settings,
    log_group_arn,
    loopback_is_secure,
    managed_s3_key,
    response_url,
    simulated_context,
    vpc_endpoint_fields,
)


def install():
    for correction in (
        bedrock_settings,
        log_group_arn,
        loopback_is_secure,
        managed_s3_key,
        response_url,
        simulated_context,
        vpc_endpoint_fields,
    ):
        correction.install()
