import { App, Stack } from 'aws-cdk-lib';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import {
  Alerts,
  Foundation,
  ResidencyBoundary,
  ResidencyGuard,
  ResidencyKey,
  RetentionPeriod,
  Workspace,
  WorkspaceEdition,
} from 'cdk-eu-residency';

const [outdir, leak] = process.argv.slice(2);
const boundary = ResidencyBoundary.eu();
const app = new App({ outdir });
ResidencyGuard.enforce(app, { boundary });

const stack = new Stack(app, 'Chat', { env: { region: 'eu-central-1' } });
const vpc = new Vpc(stack, 'Vpc', {
  availabilityZones: ['eu-central-1a', 'eu-central-1b'],
  restrictDefaultSecurityGroup: false,
  subnetConfiguration: [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED }],
});
const models = [{ id: 'assistant', destinations: [{ id: 'eu.anthropic.claude-sonnet-5' }] }];
const foundation = new Foundation(stack, 'Foundation', {
  boundary,
  models,
  vpc,
  alerts: Alerts.to('security@example.eu'),
});
const workspace = new Workspace(stack, 'Sciences', {
  boundary,
  foundation,
  models,
  workspaceId: 'sciences',
  edition: WorkspaceEdition.EDU,
  retention: RetentionPeriod.days(365),
  encryptionKey: new ResidencyKey(stack, 'Key', { boundary }).key,
});
if (leak === undefined) {
  ResidencyGuard.of(workspace).expectResident();
} else {
  new TableV2(stack, 'Leak', {
    partitionKey: { name: 'id', type: AttributeType.STRING },
    replicas: [{ region: 'us-east-1' }],
  });
  try {
    ResidencyGuard.of(stack).expectResident();
  } catch (refusal) {
    console.log(`the check refused it: ${(refusal as Error).message}`);
  }
}
app.synth();
