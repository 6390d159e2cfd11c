import sys

from acme_chat import ChatWorkspace
from aws_cdk import App, Environment, Stack
from cdk_eu_residency import (
    Alerts,
    Foundation,
    InferenceDestination,
    InferenceModel,
    ResidencyGuard,
    Workspace,
)

boundary = ChatWorkspace.BOUNDARY
app = App(outdir=sys.argv[1])
ResidencyGuard.enforce(app, boundary=boundary)
stack = Stack(app, "Chat", env=Environment(region="eu-central-1"))
models = [
    InferenceModel(id="assistant", destinations=[InferenceDestination(id="eu.anthropic.claude-sonnet-5")])
]
foundation = Foundation(
    stack, "Foundation", boundary=boundary, models=models, alerts=Alerts.to("security@example.eu")
)
webhook = "members.acme.example" if len(sys.argv) > 2 else None
workspace = ChatWorkspace(stack, "Acme", foundation=foundation, models=models, webhook=webhook)
assert isinstance(workspace, Workspace)
assert isinstance(stack.node.find_child("Acme"), ChatWorkspace)
app.synth()
