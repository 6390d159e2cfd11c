"""Services that the emulator lacks: Network Firewall, and the DNS Firewall of Route 53 Resolver. They store, and filter nothing."""

from ministack import app
from ministack.core import router

from . import network_firewall, resolver


def serve():
    for service in (network_firewall.SERVICE, resolver.SERVICE):
        if service.name in app.SERVICE_HANDLERS:
            raise SystemExit(f"the emulator now has {service.name} itself; remove test/deploy/emulator/services")
        router.SERVICE_PATTERNS[service.name] = {"target_prefixes": [service.prefix]}
        app.SERVICE_HANDLERS[service.name] = service.handle_request
