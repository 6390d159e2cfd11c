import { readdirSync } from 'node:fs';
import { manifests } from '../guard/cdk/guarded-app';
import { type Outcome, SUMMARY, synth, synthSample } from './synth';

// Each case starts the CLI and an app, on a machine that may be busy with other tests.
jest.setTimeout(120_000);

const synthApp = (name: string) => synth('test/e2e/refused-apps.ts', { REFUSED_APP: name }, '--ignore-errors');

test.each<[string, () => Promise<Outcome>, RegExp]>([
  [
    'a deployment in London',
    () => synthSample((sample) => sample.replace('primary: eu-central-1', 'primary: eu-west-2')),
    /residency\.yaml:\d+:\d+: regions\.primary: .*London/,
  ],
  [
    'an EU profile called from London',
    () => synthSample((sample) => sample.replace(/(- bedrock: eu\.\S+)/, '$1\n        region: eu-west-2')),
    /residency\.yaml:\d+:\d+: models\[0\]\.destinations\[0\].*London/,
  ],
  [
    'a global profile',
    () => synthSample((sample) => sample.replace('- bedrock: eu.', '- bedrock: global.')),
    /residency\.yaml:\d+:\d+: models\[0\]\.destinations\[0\]\.bedrock: .*any commercial Region of the world/,
  ],
  [
    'a replica to Virginia by override',
    () => synthApp('replica-by-override'),
    /Chat\/Bucket\/Resource[\s\S]*us-east-1 \(US\)/,
  ],
  [
    'a stack in Virginia inside a Stage',
    () => synthApp('stage-elsewhere'),
    /Prod\/Edge[\s\S]*'us-east-1' is in N\. Virginia/,
  ],
  [
    'a guard that throws',
    () => synthApp('guard-that-throws'),
    /the guard itself failed, so nothing was checked: broken on purpose/,
  ],
])('%s stops the synth despite an acknowledgement and --ignore-errors', async (_, run, message) => {
  const { code, output, outdir } = await run();
  expect(output).toMatch(message);
  expect(code).toBe(1);
  expect(manifests(outdir)).toEqual([]);
  expect(output.match(/^Residency: /gm)?.length ?? 0).toBeLessThanOrEqual(1);
});

test('a Stage synthesized on its own by an app that then exits leaves nothing to deploy', async () => {
  const { outdir } = await synthApp('stage-on-its-own');
  expect(manifests(outdir)).toEqual([]);
});

test('a destination in another Region gets its endpoint stack and passes', async () => {
  const { code, output, outdir } = await synthSample((sample) =>
    sample.replace(/^( +)- bedrock: openai\.gpt-oss-120b-1:0$/m, '$&\n$&\n$1  region: eu-north-1'),
  );
  expect(output).toMatch(
    /calls openai\.gpt-oss-120b-1:0 in eu-north-1 \(assistant 3\)\s+processed in eu-north-1 \(SE\): enforced here/,
  );
  expect(output).toMatch(SUMMARY);
  expect(code).toBe(0);
  const stacks = readdirSync(outdir).filter((name) => /bedrock.*\.template\.json$/.test(name));
  expect(stacks.sort()).toEqual(['exemple-bedrock-eu-north-1.template.json', 'exemple-bedrock-routes.template.json']);
});
