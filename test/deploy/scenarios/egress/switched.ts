import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  DeleteStackCommand,
  UpdateTerminationProtectionCommand,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import type { Cdk } from '../../harness/cdk';
import { Deployed, type Resource } from '../../harness/deployed';
import { withEgress } from '../../harness/egress-config';
import { WORK } from '../../harness/folders';
import type { Context } from '../../read-back/context';
import { EGRESS_READ_BACK } from '../../read-back/egress/all';
import type { DeployedApis } from '../deployed-apis';
import { sameIdentities } from '../same-identities';
import type { StoredContent } from '../stored-content';
import type { BaseUrls } from '../tenants';
import { nothingReplaced, projectIsServed } from '../upgrade';
import { existing } from './exists';

const STACK = 'exemple-egress';

/** What runs again for other destinations, under another logical ID. Its deletion calls nothing. */
const AGAIN = ['AWS::ApiGateway::Deployment', 'AWS::CDK::Metadata', 'Custom::DestinationCheck'];

/** What is retained of an egress: logs and keys, and the table of providers that are out of use. */
const RETAINED = ['AWS::DynamoDB::GlobalTable', 'AWS::KMS::Alias', 'AWS::KMS::Key', 'AWS::Logs::LogGroup'];

/** A deployment without models outside AWS, and what it is deployed from. */
export interface WithoutEgress {
  readonly context: Context;
  readonly baseUrls: BaseUrls;
  readonly assembly: string;
  readonly config: string;
}

/** A deployment with content gets an egress, and loses it again, by the steps of OPERATIONS. */
export async function egressOnAndOff(
  off: WithoutEgress,
  cdk: Cdk,
  apis: DeployedApis,
  content: StoredContent,
): Promise<void> {
  const { report, aws, deployed: before } = off.context;
  const opens = async (context: Context) =>
    apis.inOtherProcesses(async (apiGateway) => {
      await report.check("everything still opens, 0.1.0's content too", () => content.requireOpen(apiGateway));
      await report.check("a project's key of 0.1.0 is served", () =>
        projectIsServed(context, apis, apiGateway, off.baseUrls),
      );
    });

  const added: Resource[] = [];
  await report.group('models outside AWS are switched on', async () => {
    const assembly = path.join(WORK, 'assembly-egress');
    const config = withEgress(readFileSync(off.config, 'utf8'), 'people-and-egress.yaml');
    await report.require(
      'cdk synth and cdk deploy --all',
      async () => cdk.deploy(await cdk.synth(assembly, config)),
      () => '',
    );
    const context = { ...off.context, deployed: await Deployed.read(aws, assembly) };
    await report.check('no resource has another identity, and CloudFormation replaced nothing', async () => {
      sameIdentities(before, context.deployed, AGAIN);
      await nothingReplaced(context);
      const isNew = ({ path: place, type }: Resource) =>
        !before.resources.some((one) => one.path === place && one.type === type);
      added.push(...context.deployed.resources.filter(isNew));
      return `${added.length} resources were added`;
    });
    for (const readBack of Object.values(EGRESS_READ_BACK)) await readBack(context);
    // Its secrets are empty, so Bedrock answers.
    await opens(context);
  });

  await report.group('models outside AWS are switched off', async () => {
    await report.require(
      'cdk deploy --exclusively, of the tenants',
      () => cdk.deploy(off.assembly, ['exemple-workspace-sciences', 'exemple-projects', '--exclusively']),
      () => '',
    );
    await report.require('the stack of the egress is deleted, without its protection', async () => {
      const unprotected = { StackName: STACK, EnableTerminationProtection: false };
      await aws.cloudFormation.send(new UpdateTerminationProtectionCommand(unprotected));
      await aws.cloudFormation.send(new DeleteStackCommand({ StackName: STACK }));
      await waitUntilStackDeleteComplete(
        { client: aws.cloudFormation, maxWaitTime: 60, minDelay: 1 },
        { StackName: STACK },
      );
    });
    await report.require(
      'cdk deploy --all',
      () => cdk.deploy(off.assembly),
      () => '',
    );
    await report.check('nothing that the egress added is left, except its logs and keys and the table', async () => {
      const left = await existing(aws, added);
      assert.deepEqual(
        left.filter(({ type, retained }) => !retained || !RETAINED.includes(type)).map(({ path: place }) => place),
        [],
      );
      return `${left.length} of ${added.length} resources are retained`;
    });
    await report.check('no other resource has another identity', async () => {
      sameIdentities(before, await Deployed.read(aws, off.assembly), AGAIN);
    });
    await opens(off.context);
  });
}
