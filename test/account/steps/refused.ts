import { patched, refused as refusedResource } from '../../deploy/harness/patched';
import { RefusedCreation } from '../../deploy/scenarios/refused-creation';
import { remove } from '../removals';
import { sample } from '../sample';
import type { Step } from '../step';

const STACK = 'exemple-foundation';

export const refused: Step = {
  id: 'refused',
  does: 'Has the first deployment of the foundation refused after everything was created, and turns its protection off as doctor says.',
  hours: 1,
  costs: 'the storage of the evidence bucket, which is locked for a year',
  async run(account, deployment) {
    const { assembly, config } = await account.synth('refused', sample());
    const broken = patched(assembly, 'assembly-account-refused', STACK, ({ Resources }) => {
      const others = Object.keys(Resources);
      const key = others.find((id) => Resources[id]?.Type === 'AWS::KMS::Key') ?? '';
      Resources.Refused = refusedResource(key, others);
    });
    const creation = new RefusedCreation(account.report, account.aws, account.cdk, account.caller);
    await creation.check('KMS refuses an alias', { stack: STACK, assembly: broken, reason: /alias\/aws\//, config });
    await account.report.check('what is left is deleted, except buckets and shared settings', async () => {
      const left = await creation.left(STACK);
      for (const { type, physicalId } of left) await remove(account.aws, type, physicalId);
      return left.map(({ type, id }) => `${type} ${id}`).join(', ');
    });
    return deployment;
  },
};
