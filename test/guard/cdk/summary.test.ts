import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import { CfnGlobalTable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { ResidencyDeclarations } from '@/lib/config/residency-declarations';
import { ResidencyGuard } from '@/lib/guard/cdk/residency-guard';
import { freshFolder } from './fresh-folder';
import { guardedApp, silently } from './guarded-app';

const EXCEPTION =
  'exceptions: [{ rule: place-outside, stack: Chat, reason: tested, approver: dpo@example.eu, expires: 2999-01-01 }]';

const queue = (stack: Stack) => new CfnQueue(stack, 'Queue');
const trail = (stack: Stack) =>
  new CfnTrail(stack, 'Trail', {
    isLogging: true,
    s3BucketName: new CfnBucket(stack, 'Evidence').ref,
    isMultiRegionTrail: true,
  });
const replica = (stack: Stack) =>
  new CfnGlobalTable(stack, 'Table', {
    attributeDefinitions: [{ attributeName: 'pk', attributeType: 'S' }],
    keySchema: [{ attributeName: 'pk', keyType: 'HASH' }],
    replicas: [{ region: 'eu-central-1' }, { region: 'us-east-1' }],
  });

function declarations() {
  const file = path.join(freshFolder(), 'residency-exceptions.yaml');
  writeFileSync(file, EXCEPTION);
  return ResidencyDeclarations.fromFile(file);
}

test.each<[string, (stack: Stack) => unknown, () => Parameters<typeof ResidencyGuard.enforce>[1], string, string]>([
  ['nothing', queue, () => ({}), '1 resource checked, 0 findings', '1 resource checked, nothing leaves the EU'],
  [
    'what is for information',
    trail,
    () => ({}),
    "2 resources checked, 0 blocking findings, 1 informational ('eu-residency check' shows it)",
    '2 resources checked, nothing leaves the EU (1 informational finding: npx eu-residency check OUTDIR)',
  ],
  [
    'a used exception',
    replica,
    () => ({ declarations: declarations() }),
    '1 resource checked, 0 findings, 1 exception used',
    '1 resource checked, 1 exception used; nothing else leaves the EU',
  ],
])("the guard's summary after a synth with %s states it", (_, fill, props, summary, statement) => {
  const app = new App({ outdir: freshFolder(), analyticsReporting: false });
  const guard = ResidencyGuard.enforce(app, props());
  fill(new Stack(app, 'Chat', { env: { region: 'eu-central-1' } }));
  silently(() => app.synth());
  expect(guard.summary).toBe(summary);
  expect(guard._statement()).toBe(statement.replace('OUTDIR', app.outdir));
});

test("the app repeats its guard's summary, which before a synth is that nothing was checked", () => {
  const app = guardedApp(queue);
  expect(ResidencyGuard.enforce(new App({ outdir: freshFolder() }))._statement()).toBe(
    '0 resources checked, nothing leaves the EU',
  );
  expect(app.summary).toBe('0 resources checked, 0 findings');
  silently(() => app.synth());
  expect(app.summary).toBe('1 resource checked, 0 findings');
});
