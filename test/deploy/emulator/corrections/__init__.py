"""Calls that the emulator refuses or answers, but AWS would not."""

from . import (
    bedrock_settings,
    encryption_context,
    endpoint_policies,
    log_group_arn,
    loopback_is_secure,
    managed_s3_key,
    principal_arn,
    recovery_period,
    response_url,
    search_string,
    simulated_context,
    stack_output_region,
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
        principal_arn,
        recovery_period,
        response_url,
        search_string,
        simulated_context,
        stack_output_region,
        vpc_endpoint_fields,
    ):
        correction.install()
