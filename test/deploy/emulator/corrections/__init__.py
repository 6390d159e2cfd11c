"""Where the emulator refuses or answers something that AWS wouldn't."""

from . import log_group_arn, loopback_is_secure, managed_s3_key, simulated_context, vpc_endpoint_fields


def install():
    for correction in (log_group_arn, loopback_is_secure, managed_s3_key, simulated_context, vpc_endpoint_fields):
        correction.install()
