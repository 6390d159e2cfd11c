"""Where the emulator refuses or answers something that AWS wouldn't."""

from . import managed_s3_key, vpc_endpoint_fields


def install():
    managed_s3_key.install()
    vpc_endpoint_fields.install()
