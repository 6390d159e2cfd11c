import assert from 'node:assert/strict';
import { UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import type { Resource } from '../../deploy/harness/deployed';
import { PROBES } from '../../deploy/scenarios/exists';
import type { Account, Deployment } from '../account';
import { remove } from '../removals';
import { requireDeployment, type Step } from '../step';

export const destroy: Step = {
  id: 'destroy',
  does: 'Destroys the stacks, schedules the deletion of their keys, deletes tables and user pools, and lists what is left.',
  hours: 0,
  costs: 'nothing once the keys are scheduled for deletion, except the storage of buckets and logs',
  async run(account, given) {
    await removeAll(account, requireDeployment(given));
    return undefined;
  },
};

/** Destroys the stacks, and deletes what they retain as far as it can be deleted. */
export async function removeAll(account: Account, { assembly, deployed }: Deployment): Promise<void> {
  const { report, cdk } = account;
  const inItsRegion = ({ region }: Resource) => account.in(region);
  await report.require('cdk destroy --all, without the protection', async () => {
    for (const [StackName, region] of deployed.regions) {
      const unprotected = { StackName, EnableTerminationProtection: false };
      await account.in(region).cloudFormation.send(new UpdateTerminationProtectionCommand(unprotected));
    }
    await cdk.destroy(assembly);
  });
  const retained = deployed.resources.filter((one) => one.retained && one.type in PROBES);
  const exists = (resource: Resource) => PROBES[resource.type]?.(inItsRegion(resource), resource);
  await report.check('each retained store still exists', async () => {
    for (const resource of retained) assert.equal(await exists(resource), true, resource.path);
    return `${retained.length}`;
  });
  await report.check('tables, user pools and keys are deleted', async () => {
    for (const resource of retained) await remove(inItsRegion(resource), resource.type, resource.physicalId);
  });
  await report.check('what is left costs no fixed price', async () => {
    const left: string[] = [];
    for (const resource of retained) if (await exists(resource)) left.push(resource.type);
    assert.deepEqual(
      left.filter(
        (type) => !['AWS::Logs::LogGroup', 'AWS::S3::Bucket', 'AWS::KMS::Alias', 'AWS::IAM::Role'].includes(type),
      ),
      [],
    );
    return left.map((type) => type.split('::').at(-1)).join(', ');
  });
}
