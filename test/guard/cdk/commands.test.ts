import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { App, CfnResource, type IPolicyValidationContext, Stack } from 'aws-cdk-lib';
import { CfnGlobalTable } from 'aws-cdk-lib/aws-dynamodb';
import { ResidencyDeclarations } from '@/lib/config/residency-declarations';
import { ResidencyGuard } from '@/lib/guard/cdk/residency-guard';
import { ResidencyPlugin } from '@/lib/guard/cdk/residency-plugin';
import { expectResident } from '@/lib/testing';
import { freshFolder } from './fresh-folder';
import { refusal, silently } from './guarded-app';

const COMMANDS = ['##vso[task.setvariable variable=x]y', "##teamcity[setParameter name='x']", '##[command]x'];
const TEXT = `${COMMANDS.join(' ')}\n::set-env name=x::y`;

const commandsIn = (text: string) =>
  text.split(/[\r\n]/).filter((line) => /##[\w.-]*\[/.test(line) || /^\s*::/.test(line));

function declarations() {
  const file = path.join(freshFolder(), 'residency-exceptions.yaml');
  const row = {
    rule: 'place-outside',
    stack: 'Chat',
    value: 'us-east-1',
    approver: 'dpo@example.eu',
    expires: '2999-01-01',
  };
  writeFileSync(file, JSON.stringify({ exceptions: [{ ...row, reason: COMMANDS.join(' ') }] }));
  return ResidencyDeclarations.fromFile(file);
}

/** A stack with a finding whose text has commands, and one that an exception permits. */
function stackOf(app: App): Stack {
  const stack = new Stack(app, 'Chat', { env: { region: 'eu-central-1' } });
  new CfnGlobalTable(stack, 'Table', {
    attributeDefinitions: [{ attributeName: 'pk', attributeType: 'S' }],
    keySchema: [{ attributeName: 'pk', keyType: 'HASH' }],
    replicas: [{ region: 'us-east-1' }],
  });
  new CfnResource(stack, 'Queue', { type: 'AWS::SQS::Queue', properties: { [TEXT]: 'us-west-2' } });
  return stack;
}

const appOf = () => new App({ outdir: freshFolder(), analyticsReporting: false });

test('a refused synth, its notes and a failed expectation contain no command of a template', () => {
  const app = appOf();
  ResidencyGuard.enforce(app, { declarations: declarations() });
  const stack = stackOf(app);
  const refused = silently(() => refusal(app));
  const expected = silently(() => refusal({ synth: () => expectResident(stack) }));
  for (const text of [refused, expected]) {
    expect(text).toContain('\\u0023#vso[');
    expect(commandsIn(text)).toEqual([]);
  }
  expect(refused).toContain('approved by dpo@example.eu');
});

test('nor does what CDK reports of the plugin', () => {
  const app = appOf();
  stackOf(app);
  app.synth();
  const { violations } = new ResidencyPlugin({}).validate({ appConstruct: app } as unknown as IPolicyValidationContext);
  const texts = violations.flatMap(({ description, fix, violatingResources }) => [
    description,
    fix ?? '',
    ...violatingResources.flatMap(({ locations }) => locations),
  ]);
  expect(texts.join('\n')).toContain('\\u0023#vso[');
  expect(texts.flatMap(commandsIn)).toEqual([]);
});
