"""Calls that the emulator refuses or answers, but AWS would not."""

from . import (
    bedrock_settings,
    encryption_context,
    endpoint_names,
    endpoint_policies,
    log_group_arn,
    log_group_name,
    loopback_is_secure,
    managed_s3_key,
    one_endpoint,
    physical_names,
    principal_arn,
    recovery_period,
    response_url,
    route_targets,
    search_string,
    secret_arn,
    signing_context,
    simulated_context,
    stack_description,
    stack_output_region,
    vpc_endpoint_fields,
)


def install():
    for correction in (
        bedrock_settings,
        encryption_context,
        endpoint_names,
        endpoint_policies,
        log_group_arn,
        log_group_name,
        loopback_is_secure,
        managed_s3_key,
        one_endpoint,
        physical_names,
        principal_arn,
        recovery_period,
        response_url,
        route_targets,
        search_string,
        secret_arn,
        signing_context,
        simulated_context,
        stack_description,
        stack_output_region,
        vpc_endpoint_fields,
    ):
        correction.install()
