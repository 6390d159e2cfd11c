import sys

from aws_cdk import App, Environment, Stack
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_ec2 as ec2
from cdk_eu_residency import (
    Alerts,
    Foundation,
    InferenceDestination,
    InferenceModel,
    ResidencyBoundary,
    ResidencyGuard,
    ResidencyKey,
    RetentionPeriod,
    Workspace,
    WorkspaceEdition,
)

boundary = ResidencyBoundary.eu()
app = App(outdir=sys.argv[1])
ResidencyGuard.enforce(app, boundary=boundary)

stack = Stack(app, "Chat", env=Environment(region="eu-central-1"))
vpc = ec2.Vpc(
    stack,
    "Vpc",
    availability_zones=["eu-central-1a", "eu-central-1b"],
    restrict_default_security_group=False,
    subnet_configuration=[
        ec2.SubnetConfiguration(name="Isolated", subnet_type=ec2.SubnetType.PRIVATE_ISOLATED)
    ],
)
models = [
    InferenceModel(id="assistant", destinations=[InferenceDestination(id="eu.anthropic.claude-sonnet-5")])
]
foundation = Foundation(
    stack, "Foundation", boundary=boundary, models=models, vpc=vpc, alerts=Alerts.to("security@example.eu")
)
workspace = Workspace(
    stack,
    "Sciences",
    boundary=boundary,
    foundation=foundation,
    models=models,
    workspace_id="sciences",
    edition=WorkspaceEdition.EDU,
    retention=RetentionPeriod.days(365),
    encryption_key=ResidencyKey(stack, "Key", boundary=boundary).key,
)
if len(sys.argv) == 2:
    ResidencyGuard.of(workspace).expect_resident()
else:
    dynamodb.TableV2(
        stack,
        "Leak",
        partition_key=dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING),
        replicas=[dynamodb.ReplicaTableProps(region="us-east-1")],
    )
    try:
        ResidencyGuard.of(stack).expect_resident()
    except RuntimeError as refusal:
        print(f"the check refused it: {refusal}")
app.synth()
