import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { calledProviders } from '../../../config/model/providers';
import { linesOf } from '../../../report/doctor/doctor-line';
import { DynamoDbProviderRegistry } from '../../../runtime/gateway/providers/provider-registry';
import { PROVIDER_OUTPUTS } from '../../providers/provider-outputs';
import { whyLeft } from '../../providers/why-left';
import { shellWord } from '../../shared/shell-word';
import { clientSettings } from '../caller';
import type { Check, Subject } from './subject';
import { unseen } from './unseen';

const of = linesOf('provider state');

/** Whether a provider outside AWS, or one of its models, is out of use until a person readmits it. */
export const providerStates: Check = async (subject) => {
  const providers = calledProviders(subject.deployment).map(({ name }) => name);
  if (providers.length === 0) return [];
  const { caller, deployment } = subject;
  const region = deployment.primaryRegion;
  const lines = of(region);
  const stack = `${deployment.name}-foundation`;
  let action = 'cloudformation:DescribeStacks';
  try {
    const outputs = await outputsOf(subject, stack);
    if (outputs === undefined) return [lines.ok(`${stack} doesn't exist yet, so no provider is out of use`)];
    const name = outputs.get(PROVIDER_OUTPUTS.table);
    if (name === undefined) {
      return [
        lines.notVisible(
          `${stack} has no table of provider states`,
          'deploy it with this version of the package and this configuration',
        ),
      ];
    }
    action = 'dynamodb:Scan';
    const client = new DynamoDBClient(clientSettings(caller, 'dynamodb', region));
    const out = await new DynamoDbProviderRegistry({ client, name }).list();
    if (out.length === 0) return [lines.ok(`none of ${providers.join(', ')} is out of use`)];
    return out.map((left) => {
      // A gateway writes the names of models into the table.
      const command = `eu-residency providers readmit ${shellWord(left.name)} --stack ${stack} --region ${region}`;
      const first = left.kind === 'drill' ? 'let the drill end; if none is running' : 'remove the cause, then';
      return lines.soon(`'${left.name}' is ${whyLeft(left)}`, `${first}: ${command}`);
    });
  } catch (error) {
    return [unseen(lines, region, action, error)];
  }
};

/** The outputs of a stack; none if it doesn't exist. */
async function outputsOf(
  { caller, deployment }: Subject,
  StackName: string,
): Promise<ReadonlyMap<string | undefined, string | undefined> | undefined> {
  const client = new CloudFormationClient(clientSettings(caller, 'cloudformation', deployment.primaryRegion));
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
    return new Map((Stacks[0]?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
  } catch (error) {
    // CloudFormation's answer for a stack that doesn't exist.
    if ((error as Partial<Error>).name === 'ValidationError') return undefined;
    throw error;
  }
}
