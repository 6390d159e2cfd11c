import assert from 'node:assert/strict';
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { Deployed } from '../../deploy/harness/deployed';
import { baseUrlsOf } from '../../deploy/scenarios/tenants';
import type { Account, Deployment, Synthesized } from '../account';
import { sample } from '../sample';
import type { Step } from '../step';
import { removeAll } from './destroy';

/** How often the deployment is created from nothing: some orders of creation fail only now and then. */
const TIMES = 3;

export const deploy: Step = {
  id: 'deploy',
  does: `Deploys the sample from nothing ${TIMES} times. Destroys all but the last of them, with what they retain.`,
  hours: 3,
  costs:
    'each evidence bucket stays until its lock ends; each key is billed until its deletion is scheduled, which this step does',
  async run(account) {
    const synthesized = await account.synth('deployed', sample());
    for (let time = 1; time < TIMES; time += 1) {
      const deployment = await deployAll(account, synthesized, `creation ${time} of ${TIMES}`);
      await removeAll(account, deployment);
    }
    return deployAll(account, synthesized, `creation ${TIMES} of ${TIMES}`);
  },
};

/** Deploys an assembly, and requires each of its stacks to be complete. */
export async function deployAll(
  { report, aws, cdk }: Account,
  synthesized: Synthesized,
  what: string,
): Promise<Deployment> {
  const { assembly } = synthesized;
  const outputs = await report.require(
    `cdk deploy --all: ${what}`,
    () => cdk.deploy(assembly),
    () => '',
  );
  const deployed = await Deployed.read(aws, assembly);
  await report.check('each stack is complete', async () => {
    const { Stacks = [] } = await aws.cloudFormation.send(new DescribeStacksCommand({}));
    const own = Stacks.filter(({ StackName = '' }) => deployed.stacks.includes(StackName));
    for (const { StackName, StackStatus } of own)
      assert.match(StackStatus ?? '', /^(CREATE|UPDATE)_COMPLETE$/, StackName);
    return `${own.length} stacks`;
  });
  return { ...synthesized, deployed, baseUrls: baseUrlsOf(outputs) };
}
