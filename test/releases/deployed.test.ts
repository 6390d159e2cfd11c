import {
  type Difference,
  differences,
  type Templates,
  templatesBefore,
  templatesNow,
} from './support/deployed-templates';

// It starts a process, on a machine that may be busy with other tests.
jest.setTimeout(120_000);

/** A difference between what 0.1.0 deployed and what is deployed now that is meant, and does no harm to who upgrades. */
interface Accepted {
  readonly stack: RegExp;
  /** The path within the template. */
  readonly place: RegExp;
  readonly reason: string;
  /** Whether it is only accepted as an addition: 0.1.0 deployed nothing there. */
  readonly added?: true;
}

const ACCEPTED: readonly Accepted[] = [
  {
    stack: /-(foundation|projects|workspace-\w+)$/,
    place: /KeyWatchRule\w+\/Properties\/Targets\/0\/InputTransformer\/InputTemplate$/,
    reason: 'text of a message for people; the rule is updated in place',
  },
  {
    stack: /-foundation$/,
    place: /^\/Outputs\/Alerts\/Value$/,
    reason: 'text for people, which nothing reads',
  },
  {
    stack: /-foundation$/,
    place: /^\/Resources\/FoundationCheckAlarms(ModelLegacy|ModelEnded|LifecycleUnread)[0-9A-F]{8}$/,
    reason: 'alarms on new findings of the check',
    added: true,
  },
  {
    stack: /-foundation$/,
    place:
      /^\/Resources\/FoundationDestinationCheckProviderRole[0-9A-F]{8}\/Properties\/Policies\/0\/PolicyDocument\/Statement\/[12]$/,
    reason: 'one more statement: the check also reads how long the models of the destinations are served',
    added: true,
  },
  {
    stack: /-foundation$/,
    place: /^\/Resources\/FoundationEndpointsLogs[0-9A-F]{8}$/,
    reason: 'no function in the VPC calls CloudWatch Logs, and Lambda writes its own log from outside',
  },
];

let before: Templates;
let found: readonly Difference[];
beforeAll(() => {
  before = templatesBefore();
  found = differences(before, templatesNow());
});

const accepts =
  ({ stack, place, added }: Accepted) =>
  (difference: Difference) =>
    stack.test(difference.stack) &&
    place.test(difference.place) &&
    (added === undefined || difference.before === undefined);

test('what is deployed is what 0.1.0 deployed', () => {
  expect(before.size).toBe(29);
  expect(found.filter((difference) => !ACCEPTED.some((accepted) => accepts(accepted)(difference)))).toEqual([]);
});

test('each difference that is accepted is there, and has a reason', () => {
  const unused = ACCEPTED.filter((accepted) => accepted.reason === '' || !found.some(accepts(accepted)));
  expect(unused).toEqual([]);
});

test('the check has one more permission: to read the models of its destinations', () => {
  const added = found.filter(({ place }) => /Statement\/\d$/.test(place)).map(({ now }) => now);
  expect(new Set(added.map((statement) => JSON.stringify(statement).replace(/,"Resource":.*/, '')))).toEqual(
    new Set(['{"Action":"bedrock:GetFoundationModel","Effect":"Allow"']),
  );
  expect(JSON.stringify(added)).not.toMatch(/[*?]/);
});

describe('a difference is found', () => {
  // One app has each of them, and less to compare.
  const sample = () => new Map([...before].filter(([stack]) => stack.startsWith('sample/')));
  const changed = (change: (text: string) => string) => {
    const changes = [...sample()].map(
      ([stack, template]) => [stack, JSON.parse(change(JSON.stringify(template)))] as const,
    );
    return differences(sample(), new Map(changes));
  };

  test.each([
    ['in a name', '"AWS::Logs::LogGroup"', '"AWS::Logs::Group"'],
    ['in a logical id', '"FoundationLogKey', '"FoundationKey'],
    ['in a variable', '"KEYS_TABLE_ARN"', '"KEY_TABLE_ARN"'],
    ['in a tag', '"residency:tenant"', '"residency:tenants"'],
    ['in the description of a security group', '"GroupDescription":"', '"GroupDescription":"x'],
    ['in a construct path', '"aws:cdk:path":"', '"aws:cdk:path":"x'],
  ])('%s', (_, from, to) => {
    expect(changed((text) => text.replaceAll(from, to)).length).toBeGreaterThan(0);
  });

  test.each([
    ['in a description', '"Description":"', '"Description":"x'],
    ["in the hash of the check's policy", /(?<="FoundationDestinationCheck[0-9A-F]{8})[0-9A-F]{8}(?=")/g, '01234567'],
    ['in the hash of an asset', /[0-9a-f]{64}\.zip/g, `${'0'.repeat(64)}.zip`],
  ])('but not %s', (_, from, to) => {
    expect(JSON.stringify([...sample()])).toMatch(from);
    expect(changed((text) => text.replaceAll(from, to))).toEqual([]);
  });
});
