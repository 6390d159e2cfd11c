import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  admitPolicy,
  issuerHere,
  membersSchema,
  parseHookPolicy,
  parsePolicy,
  parseSettingsPolicy,
  recoveryFunctions,
  rightsFunctions,
} from './support/code';
import { filesIn, read, readJson } from './support/release';

interface DeployedFunction {
  readonly app: string;
  readonly stack: string;
  readonly function: string;
  readonly bundle: string;
  readonly policy: string;
  readonly environment: Readonly<Record<string, unknown>>;
}

const FUNCTIONS = readJson<DeployedFunction[]>('functions.json');
const upkeep = FUNCTIONS.filter(({ bundle }) => bundle === 'upkeep');

/** What reads the policy of each bundle but `upkeep`, whose functions read theirs as they start. */
const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  gateway: (text) => admitPolicy(parsePolicy(text)),
  workspace: (text) => admitPolicy(parsePolicy(text)),
  members: (text) => membersSchema.parse(JSON.parse(text)),
  provider: parseSettingsPolicy,
  hook: parseHookPolicy,
  'key-sets': (text) => issuerHere(JSON.parse(text), 'eu-central-1', 'eu-central-1_AbCdEf123'),
};

const policies = [...new Set(FUNCTIONS.map(({ bundle, policy }) => `${bundle} ${policy}`))].map(
  (known) => known.split(' ') as [string, string],
);

test('there are policies of every bundle, and a reader for each', () => {
  expect([...new Set(policies.map(([bundle]) => bundle))].sort()).toEqual([...Object.keys(READERS), 'upkeep'].sort());
  expect([...new Set(policies.map(([, file]) => file))].sort()).toEqual(filesIn('policies'));
});

test.each(policies.filter(([bundle]) => bundle !== 'upkeep'))('a policy of %s is read: %s', (bundle, file) => {
  expect(READERS[bundle]?.(read(file))).toBeDefined();
});

/** What CloudFormation puts in the place of a reference. */
function resolved(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  const region = name.startsWith('RECOVERY_') ? 'eu-west-1' : 'eu-central-1';
  if (name.endsWith('TABLE_ARN')) return `arn:aws:dynamodb:${region}:111122223333:table/table`;
  if (name.endsWith('KEY_ARN')) return `arn:aws:kms:${region}:111122223333:key/01234567-89ab-cdef-0123-456789abcdef`;
  if (name.endsWith('BUCKET')) return 'a-bucket';
  if (name === 'STATE_MACHINE_ARN') return `arn:aws:states:${region}:111122223333:stateMachine:jobs`;
  if (name === 'USER_POOL_ID') return `${region}_AbCdEf123`;
  if (name === 'USER_POOL_CLIENT_ID') return 'client';
  throw new Error(`nothing is known of ${name}`);
}

/** Variables that later versions deploy along with their code, by `UPKEEP_FUNCTION`; `deployed.long.test.ts` says why. */
const ADDED: Readonly<Record<string, readonly string[]>> = {
  witness: ['KEY_REQUESTS_TABLE_ARN'],
  exporter: ['KEY_REQUESTS_TABLE_ARN', 'RECORD_LINKS_TABLE_ARN'],
  eraser: ['RECORD_LINKS_TABLE_ARN'],
};

describe('a function of upkeep', () => {
  beforeAll(() => {
    Object.assign(globalThis, { awslambda: { streamifyResponse: (handler: unknown) => handler } });
  });
  afterAll(() => {
    Reflect.deleteProperty(globalThis, 'awslambda');
  });

  test.each(upkeep.map((one) => [one.stack, one.function, one] as const))(
    'starts with the policy and the environment of %s, %s, and the variables added since',
    (_, __, { policy, environment }) => {
      const folder = mkdtempSync(path.join(tmpdir(), 'policy-'));
      writeFileSync(path.join(folder, 'policy.json'), read(policy));
      const variables: Record<string, string> = { AWS_REGION: 'eu-central-1', LAMBDA_TASK_ROOT: folder };
      for (const [name, value] of Object.entries(environment)) variables[name] = resolved(name, value);
      for (const name of ADDED[variables.UPKEEP_FUNCTION ?? ''] ?? []) variables[name] = resolved(name, undefined);
      const functions = { ...rightsFunctions(variables), ...recoveryFunctions(variables) };
      const [, make] = Object.entries(functions).find(([name]) => name === variables.UPKEEP_FUNCTION) ?? [];
      expect(make?.()).toEqual(expect.any(Function));
    },
  );
});
