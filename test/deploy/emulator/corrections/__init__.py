"""Where the emulator refuses or answers something that AWS wouldn't."""

from . import (
    bedrock_settings,
    encryption_context,
    endpoint_policies,
    log_group_arn,
    loopback_is_secure,
    managed_s3_key,
    recovery_period,
    response_url,
    simulated_context,
    vpc_endpoint_fields,
)


def install():
    for correction in (
        bedrock_settings,
        encryption_context,
        endpoint_policies,
        log_group_arn,
        loopback_is_secure,
        managed_s3_key,
        recovery_period,
        response_url,
        simulated_context,
        vpc_endpoint_fields,
    ):
        correction.install()
