import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, type IPolicyValidationContext, type IPolicyValidationPlugin, Stack } from 'aws-cdk-lib';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { columns } from '../lib/report/columns';
import { nodePeer, pythonPeers } from './peers';
import { median, milliseconds } from './statistics';

const SIZES = [80, 800, 8000];
/** Only this guard is measured at this size: the others' times at 8,000 show how long they would take. */
const LARGEST = 100_000;
const PER_STACK = 400;
const ROOT = path.join(__dirname, '..');
const CORPUS = process.env.CORPUS ?? path.join(ROOT, '../shared/corpus');

/** Compares the validation of apps of three sizes with two other plugins, and the check of the shared corpus with two other commands. */
export async function guardBench(): Promise<void> {
  // Compiled, as users install it and like the other plugins.
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: ROOT, stdio: 'inherit' });
  await plugins();
  console.log('');
  await growth();
  console.log('');
  await commands();
}

/** An app with a number of resources, of the types that most apps use. */
function app(size: number): App {
  const result = new App({
    outdir: mkdtempSync(path.join(tmpdir(), 'bench-')),
    builtinCloudFormationValidation: false,
  });
  let stack = new Stack(result, 'S0', { env: { region: 'eu-central-1', account: '111122223333' } });
  for (let i = 0; i < size; i++) {
    if (i > 0 && i % PER_STACK === 0)
      stack = new Stack(result, `S${i / PER_STACK}`, { env: { region: 'eu-central-1', account: '111122223333' } });
    CREATE[i % CREATE.length]?.(stack, `R${i}`);
  }
  return result;
}

const CREATE: readonly ((stack: Stack, id: string) => unknown)[] = [
  (stack, id) =>
    new CfnBucket(stack, id, { versioningConfiguration: { status: 'Enabled' }, tags: [{ key: 'team', value: id }] }),
  (stack, id) => new CfnQueue(stack, id, { queueName: `${stack.stackName}-${id}`, kmsMasterKeyId: 'alias/x' }),
  (stack, id) =>
    new CfnTopic(stack, id, {
      displayName: id,
      subscription: [{ protocol: 'sqs', endpoint: `arn:aws:sqs:eu-central-1:111122223333:${id}` }],
    }),
  (stack, id) =>
    new CfnTable(stack, id, {
      keySchema: [{ attributeName: 'pk', keyType: 'HASH' }],
      attributeDefinitions: [{ attributeName: 'pk', attributeType: 'S' }],
      billingMode: 'PAY_PER_REQUEST',
    }),
  (stack, id) =>
    new CfnFunction(stack, id, {
      role: `arn:aws:iam::111122223333:role/${id}`,
      code: { s3Bucket: 'cdk-hnb659fds-assets-111122223333-eu-central-1', s3Key: `${id}.zip` },
      handler: 'index.handler',
      runtime: 'nodejs24.x',
      environment: { variables: { TABLE: id, REGION: stack.region } },
    }),
  (stack, id) =>
    new CfnRole(stack, id, {
      assumeRolePolicyDocument: {
        Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      },
      policies: [
        {
          policyName: 'p',
          policyDocument: {
            Statement: [
              {
                Effect: 'Allow',
                Action: ['s3:GetObject', 'sqs:SendMessage'],
                Resource: `arn:aws:sqs:eu-central-1:111122223333:${id}`,
              },
            ],
          },
        },
      ],
    }),
];

function synthesized(size: number): IPolicyValidationContext {
  const result = app(size);
  const stackTemplates = result.synth().stacks.map((stack) => ({
    stackConstructPath: stack.displayName,
    templatePath: stack.templateFullPath,
    accountId: '111122223333',
    region: 'eu-central-1',
  }));
  return { appConstruct: result, stackTemplates, templatePaths: stackTemplates.map((s) => s.templatePath) };
}

/** Whether the time grows with the number of resources alone: the time per resource at two sizes, in one process. */
async function growth(): Promise<void> {
  const { EuResidencyChecks } = require(path.join(ROOT, 'dist/lib/nag.js'));
  const rows = [['this guard', 'processor time', 'per resource']];
  for (const size of [8000, LARGEST]) {
    const context = synthesized(size);
    const runs: number[] = [];
    for (let i = 0; i < 5; i++) {
      const before = process.cpuUsage();
      await new EuResidencyChecks().validate(context);
      const { user, system } = process.cpuUsage(before);
      runs.push((user + system) / 1000);
    }
    const ms = median(runs);
    rows.push([`${size} resources`, `${ms.toFixed(0)} ms`, `${((1000 * ms) / size).toFixed(1)} us`]);
  }
  console.log(columns(rows).join('\n'));
}

async function plugins(): Promise<void> {
  const { EuResidencyChecks } = require(path.join(ROOT, 'dist/lib/nag.js'));
  const { CfnGuardValidator } = require(nodePeer('@cdklabs/cdk-validator-cfnguard', '0.0.62'));
  const contenders: Record<string, () => IPolicyValidationPlugin> = {
    'this guard': () => new EuResidencyChecks(),
    AwsSolutionsChecks: () => new AwsSolutionsChecks(),
    'cdk-validator-cfnguard': () => new CfnGuardValidator(),
  };
  const rows = [
    [
      'plugin',
      ...SIZES.map((size) => `${size} resources`),
      '8000 / 800',
      'times this guard, at 8000',
      'memory at 8000',
    ],
  ];
  const results = new Map<string, number[]>();
  const memory = new Map<string, number>();
  for (const size of SIZES) {
    const context = synthesized(size);
    for (const [name, make] of Object.entries(contenders)) {
      // One run of the slow ones is enough to compare them.
      const plugin = make();
      const before = process.memoryUsage().rss;
      const runs = await milliseconds(name === 'this guard' ? 7 : size > 800 ? 1 : 3, () => plugin.validate(context));
      if (size === 8000) memory.set(name, (process.memoryUsage().rss - before) / 2 ** 20);
      results.set(name, [...(results.get(name) ?? []), median(runs)]);
    }
  }
  const own = results.get('this guard')?.at(-1) ?? Number.NaN;
  for (const [name, [small = 0, middle = 0, large = 0]] of results) {
    rows.push([
      name,
      ...[small, middle, large].map((ms) => `${ms.toFixed(1)} ms`),
      (large / middle).toFixed(1),
      (large / own).toFixed(1),
      `+${Math.max(0, memory.get(name) ?? 0).toFixed(0)} MB`,
    ]);
  }
  console.log(columns(rows).join('\n'));
}

async function commands(): Promise<void> {
  const templates = readdirSync(path.join(CORPUS, 'templates'), {
    recursive: true,
    encoding: 'utf8',
    withFileTypes: true,
  })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const python = pythonPeers(['cfn-lint==1.58.0', 'checkov==3.3.30']);
  const own = [process.execPath, path.join(ROOT, 'dist/bin/eu-residency.js'), 'check', '--region', 'eu-central-1'];
  const contenders: readonly [string, readonly string[], string][] = [
    ['eu-residency check', [...own, ...templates], 'where data can leave the boundary'],
    [
      'eu-residency check, one template',
      [...own, templates.find((file) => file.endsWith('state/s3.yaml')) ?? ''],
      'the same',
    ],
    [
      'cfn-lint',
      [path.join(python, 'cfn-lint'), '--format', 'json', ...templates],
      'invalid templates; nothing about places',
    ],
    [
      'checkov',
      [
        path.join(python, 'checkov'),
        '--framework',
        'cloudformation',
        '--compact',
        '--quiet',
        '-o',
        'json',
        ...templates.flatMap((f) => ['-f', f]),
      ],
      'security settings; recommends replication to other Regions',
    ],
  ];
  const rows = [['command on the corpus', 'seconds', 'times the first', 'what it can find']];
  let first = Number.NaN;
  for (const [name, [program = '', ...args], finds] of contenders) {
    let error: Error | undefined;
    const run = () => {
      error ??= spawnSync(program, args, {
        stdio: 'ignore',
        cwd: tmpdir(),
        env: { ...process.env, NODE_ENV: '' },
      }).error;
    };
    // One run of the slow ones is enough to compare them.
    const seconds = median(await milliseconds(program === process.execPath ? 5 : 1, run)) / 1000;
    if (Number.isNaN(first)) first = seconds;
    rows.push([name, error ? `failed: ${error.message}` : seconds.toFixed(2), (seconds / first).toFixed(1), finds]);
  }
  console.log(columns(rows).join('\n'));
}
