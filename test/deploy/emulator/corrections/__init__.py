"""Where the emulator refuses or answers something that AWS wouldn't."""

from . import managed_s3_key, simulated_context, vpc_endpoint_fields


def install():
    for correction in (managed_s3_key, simulated_context, vpc_endpoint_fields):
        correction.install()
