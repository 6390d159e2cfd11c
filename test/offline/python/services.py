"""Reads {services, regions} from stdin, by botocore's names, and prints the pairs of which botocore knows no endpoint."""
import json
import sys

from botocore.session import get_session

SESSION = get_session()

# botocore lists no endpoints of it; it is offered where Bedrock's control plane is
# (docs.aws.amazon.com/general/latest/gr/bedrock.html).
SAME_REGIONS = {"bedrock-runtime": "bedrock"}


def is_offered(service, region):
    partition = SESSION.get_partition_for_region(region)
    listed = SESSION.get_available_regions(SAME_REGIONS.get(service, service), partition)
    return region in listed or is_global(service, partition)


# Services with one endpoint for a whole partition. botocore marks them in the oldest partition only; a newer one lists no global services.
PARTITIONS = SESSION.get_component("endpoint_resolver")._endpoint_data["partitions"]
GLOBAL = {name for name, service in PARTITIONS[0]["services"].items() if not service.get("isRegionalized", True)}


def is_global(service, partition):
    """Whether the service has one endpoint for all of the partition, which its rules then name."""
    if service not in GLOBAL:
        return False
    rules = SESSION.get_component("data_loader").load_service_model(service, "endpoint-rule-set-1")
    return f'"{partition}"]' in json.dumps(rules)


GIVEN = json.load(sys.stdin)
json.dump(
    [[service, region] for service in GIVEN["services"] for region in GIVEN["regions"] if not is_offered(service, region)],
    sys.stdout,
)
