import io.github.cdkeuresidency.Alerts;
import io.github.cdkeuresidency.Foundation;
import io.github.cdkeuresidency.InferenceDestination;
import io.github.cdkeuresidency.InferenceModel;
import io.github.cdkeuresidency.ResidencyBoundary;
import io.github.cdkeuresidency.ResidencyGuard;
import io.github.cdkeuresidency.ResidencyGuardProps;
import io.github.cdkeuresidency.ResidencyKey;
import io.github.cdkeuresidency.RetentionPeriod;
import io.github.cdkeuresidency.Workspace;
import io.github.cdkeuresidency.WorkspaceEdition;
import java.util.List;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.ReplicaTableProps;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.ec2.SubnetConfiguration;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;

public final class ChatApp {
  public static void main(String[] args) {
    ResidencyBoundary boundary = ResidencyBoundary.eu();
    App app = new App(AppProps.builder().outdir(args[0]).build());
    ResidencyGuard.enforce(app, ResidencyGuardProps.builder().boundary(boundary).build());
    Stack stack =
        new Stack(
            app,
            "Chat",
            StackProps.builder().env(Environment.builder().region("eu-central-1").build()).build());
    Vpc vpc =
        Vpc.Builder.create(stack, "Vpc")
            .availabilityZones(List.of("eu-central-1a", "eu-central-1b"))
            .restrictDefaultSecurityGroup(false)
            .subnetConfiguration(
                List.of(
                    SubnetConfiguration.builder()
                        .name("Isolated")
                        .subnetType(SubnetType.PRIVATE_ISOLATED)
                        .build()))
            .build();
    List<InferenceModel> models =
        List.of(
            InferenceModel.builder()
                .id("assistant")
                .destinations(
                    List.of(
                        InferenceDestination.builder().id("eu.anthropic.claude-sonnet-5").build()))
                .build());
    Foundation foundation =
        Foundation.Builder.create(stack, "Foundation")
            .boundary(boundary)
            .models(models)
            .vpc(vpc)
            .alerts(Alerts.to("security@example.eu"))
            .build();
    Workspace workspace =
        Workspace.Builder.create(stack, "Sciences")
            .boundary(boundary)
            .foundation(foundation)
            .models(models)
            .workspaceId("sciences")
            .edition(WorkspaceEdition.EDU)
            .retention(RetentionPeriod.days(365))
            .encryptionKey(
                ResidencyKey.Builder.create(stack, "Key").boundary(boundary).build().getKey())
            .build();
    if (args.length == 1) {
      ResidencyGuard.of(workspace).expectResident();
    } else {
      TableV2.Builder.create(stack, "Leak")
          .partitionKey(Attribute.builder().name("id").type(AttributeType.STRING).build())
          .replicas(List.of(ReplicaTableProps.builder().region("us-east-1").build()))
          .build();
      try {
        ResidencyGuard.of(stack).expectResident();
      } catch (RuntimeException refusal) {
        System.out.println("the check refused it: " + refusal.getMessage());
      }
    }
    app.synth();
  }
}
