import { App } from 'aws-cdk-lib/core';
import { logicalEnd } from '@/lib/evidence/statements/construct-end';
import { RECORDED } from '@/lib/evidence/statements/recorded-catalogue';
import type { RecordedSource } from '@/lib/evidence/statements/recorded-sources';
import { DEPLOYMENT, deploymentStacks } from '@/test/support/deployment';
import { FEATURE_FLAGS, WITHOUT_TRACES } from '@/test/support/feature-flags';

/** What stores traces of use. */
const STORES = [
  'AWS::DynamoDB::GlobalTable',
  'AWS::S3::Bucket',
  'AWS::Logs::LogGroup',
  'AWS::StepFunctions::StateMachine',
];

/** Tables of settings, and copies of buckets whose originals are on the sheet. */
const NO_USE = /(KeySets|Readings)Table[0-9A-F]{8}$/;

test('the sheet has each store of every stack, the ledger and recovery too', () => {
  const app = new App({ context: { ...FEATURE_FLAGS, ...WITHOUT_TRACES } });
  deploymentStacks({ ...DEPLOYMENT, recoveryRegion: 'eu-west-1' }, { app });
  const stacks = app.synth().stacks;
  expect(stacks.filter(({ stackName }) => /ledger|recovery/.test(stackName)).length).toBeGreaterThan(1);
  const ids = stacks.flatMap(({ stackName, template }) =>
    Object.entries(template.Resources as Record<string, { readonly Type: string }>)
      .filter(([, { Type }]) => STORES.includes(Type))
      .map(([id]) => [stackName, id] as const),
  );
  const ends = (Object.values(RECORDED) as RecordedSource[]).flatMap(({ stores }) => stores.map(logicalEnd));
  const missing = ids.filter(([, id]) => !NO_USE.test(id) && !ends.some((end) => id.slice(0, -8).endsWith(end)));
  expect(missing).toEqual([]);
});
