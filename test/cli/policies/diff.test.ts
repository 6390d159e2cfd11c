import { policies } from '@/lib/cli/commands/policies';
import { runPoliciesDiff } from '@/lib/cli/run/run-policies-diff';
import { loadConfig } from '@/lib/config/load';
import { perimeterScope } from '@/lib/config/required-boundary';
import { attachable, attachedName } from '@/lib/perimeter/organization/attachable';
import { perimeterDocuments } from '@/lib/perimeter/organization/documents';
import { type Answerer, FakeAws, whoAmI } from '../../support/fake-aws';
import { folder } from '../support';

const UNIT = 'ou-ab12-11111111';
const ACCOUNT = '111122223333';
const MANAGEMENT = '999900001111';
const root = folder({
  'residency.yaml': 'boundary: eu\nperimeter: { organization: o-exampleorgid, permissionsBoundary: true }\n',
  'none.yaml': 'boundary: eu\n',
  'other.yaml': 'boundary: eu\nperimeter: { organization: o-otherorgid1 }\n',
});
const file = `${root}/residency.yaml`;
const { boundary, perimeter } = loadConfig(file);
if (perimeter === undefined) throw new Error('the file declares a perimeter');
const documents = perimeterDocuments(perimeterScope({ boundary, perimeter }));
const required = attachable(documents).map(({ document, type }, index) => ({
  id: `p-example${index}`,
  name: attachedName(document),
  type,
  content: JSON.stringify(document.content),
}));
const capped = JSON.stringify(documents.find(({ kind }) => kind === 'permissions-boundary')?.content);

const aws = new FakeAws();
beforeAll(() => aws.start());
afterAll(() => aws.stop());

/** An organization with these policies at the root, as Organizations and IAM answer. */
function organization(own = required, targets = ['r-ab12']): Answerer {
  const byId = new Map(own.map((policy) => [policy.id, policy]));
  const summaryOf = ({ id, name, type }: (typeof own)[number]) => ({
    Id: id,
    Name: name,
    Type: type,
    AwsManaged: false,
  });
  return ({ action, body }) => {
    const input = body.startsWith('{') ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body));
    switch (action) {
      case 'ListRoots':
        return {
          json: {
            Roots: [
              {
                Id: 'r-ab12',
                Arn: `arn:aws:organizations::${MANAGEMENT}:root/o-exampleorgid/r-ab12`,
                PolicyTypes: own.map(({ type }) => ({ Type: type, Status: 'ENABLED' })),
              },
            ],
          },
        };
      case 'ListPolicies': {
        const [first, ...others] = own.filter(({ type }) => type === input.Filter).map(summaryOf);
        const managed = { Id: 'p-FullAWSAccess', Name: 'FullAWSAccess', Type: input.Filter, AwsManaged: true };
        return input.NextToken === 'more'
          ? { json: { Policies: others } }
          : { json: { Policies: [managed, ...(first ? [first] : [])], NextToken: 'more' } };
      }
      case 'DescribePolicy':
        return { json: { Policy: { Content: byId.get(input.PolicyId)?.content } } };
      case 'ListTargetsForPolicy':
        return { json: { Targets: targets.map((TargetId) => ({ TargetId })) } };
      case 'ListParents':
        return { json: { Parents: [{ Id: input.ChildId === UNIT ? 'r-ab12' : UNIT }] } };
      case 'GetPolicy':
        return {
          xml: '<GetPolicyResponse><GetPolicyResult><Policy><DefaultVersionId>v2</DefaultVersionId></Policy></GetPolicyResult></GetPolicyResponse>',
        };
      case 'GetPolicyVersion':
        return {
          xml: `<GetPolicyVersionResponse><GetPolicyVersionResult><PolicyVersion><Document>${encodeURIComponent(capped)}</Document></PolicyVersion></GetPolicyVersionResult></GetPolicyVersionResponse>`,
        };
      default:
        return undefined;
    }
  };
}

async function run(answerers: readonly Answerer[], ...args: string[]) {
  aws.answerers = [whoAmI, ...answerers];
  aws.calls.length = 0;
  const before = { ...process.env };
  Object.assign(process.env, aws.environment());
  const out: string[] = [];
  const spies = (['log', 'error'] as const).map((name) =>
    jest.spyOn(console, name).mockImplementation((...line: unknown[]) => void out.push(line.join(' '))),
  );
  try {
    const code = await runPoliciesDiff([...(args.includes('--config') ? [] : ['--config', file]), ...args], {
      timeoutMs: 5_000,
    });
    return { code, out: out.join('\n') };
  } finally {
    process.env = before;
    for (const spy of spies) spy.mockRestore();
  }
}

test('an organization that has all policies has no difference; every call reads', async () => {
  expect(await run([organization()])).toEqual({
    code: 0,
    out: expect.stringContaining(
      'each statement that the perimeter requires is attached somewhere in the organization',
    ),
  });
  const actions = [...new Set(aws.calls.map(({ service, action }) => `${service}:${action}`))];
  expect(actions.sort()).toEqual([
    'iam:GetPolicy',
    'iam:GetPolicyVersion',
    'organizations:DescribePolicy',
    'organizations:ListPolicies',
    'organizations:ListRoots',
    'organizations:ListTargetsForPolicy',
    'sts:GetCallerIdentity',
  ]);
  const described = aws.calls.filter(({ action }) => action === 'DescribePolicy');
  expect(described).toHaveLength(required.length);
});

test('what is attached above the target counts', async () => {
  expect(await run([organization()], '--target', ACCOUNT)).toMatchObject({ code: 0 });
  const { code, out } = await run([organization(required, ['ou-ab12-99999999'])], '--target', UNIT);
  expect(code).toBe(1);
  expect(out).toContain(`and not to ${UNIT} or anything above it`);
  expect(out).toContain(`aws organizations attach-policy --policy-id p-example0 --target-id ${UNIT}`);
});

const noBoundary: Answerer = ({ action }) =>
  action === 'GetPolicy' ? { error: 'NoSuchEntity', status: 404 } : undefined;

test.each<[string, string[], Answerer[]]>([
  ['an organizational unit', ['--target', UNIT], []],
  ['another account', ['--target', '444455556666'], []],
  ['the organization, from an account without a deployment', [], [noBoundary]],
])('of %s, the boundary is not compared, which is said', async (_, args, answerers) => {
  const pretty = await run([...answerers, organization()], ...args);
  expect(pretty.code).toBe(0);
  expect(pretty.out).toContain("the boundary 'eu-residency-boundary' wasn't compared");
  const json = await run([...answerers, organization()], ...args, '--format', 'json');
  const target = args[1] ?? null;
  expect(JSON.parse(json.out)).toEqual({ target, differences: [], notCompared: ['permissions-boundary'] });
});

test("the target's own boundary is missed", async () => {
  const { code, out } = await run([noBoundary, organization()], '--target', ACCOUNT, '--format', 'json');
  expect([code, JSON.parse(out)]).toMatchObject([
    1,
    { differences: [{ state: 'missing', document: 'permissions-boundary' }], notCompared: [] },
  ]);
});

test('differences as JSON', async () => {
  const { code, out } = await run([organization(required.slice(1))], '--format', 'json');
  expect([code, JSON.parse(out).differences]).toEqual([
    1,
    [
      {
        state: 'missing',
        document: 'scp-1',
        sid: null,
        found: 'no policy of the organization has it',
        fix: expect.any(String),
      },
    ],
  ]);
});

test('an organization that asks for fewer calls is asked again', async () => {
  let refused = false;
  const once: Answerer = ({ action }) => {
    if (action !== 'ListRoots' || refused) return undefined;
    refused = true;
    return { error: 'TooManyRequestsException', status: 400 };
  };
  expect(await run([once, organization()])).toMatchObject({ code: 0 });
});

test.each<[string, string[], Answerer[], string]>([
  [
    'no permission',
    [],
    [() => ({ error: 'AccessDeniedException', status: 400 })],
    'may not call organizations:ListRoots',
  ],
  [
    'no organization',
    [],
    [() => ({ error: 'AWSOrganizationsNotInUseException', status: 400 })],
    'is in no organization',
  ],
  [
    'an unknown target',
    ['--target', UNIT],
    [
      ({ action }) => (action === 'ListParents' ? { error: 'ChildNotFoundException', status: 400 } : undefined),
      organization(),
    ],
    "--target: Organizations doesn't know it",
  ],
  [
    'the management account as the target',
    ['--target', MANAGEMENT],
    [organization()],
    `--target: '${MANAGEMENT}' is the management account`,
  ],
  [
    'another organization',
    ['--config', `${root}/other.yaml`],
    [organization()],
    "other.yaml: 'perimeter.organization' is 'o-otherorgid1', but these credentials are of organization 'o-exampleorgid'",
  ],
  [
    'a boundary that IAM refuses to show',
    [],
    [({ action }) => (action === 'GetPolicy' ? { error: 'AccessDenied', status: 403 } : undefined), organization()],
    "the permissions boundary 'eu-residency-boundary' of account",
  ],
])('%s is a message', async (_, args, answerers, expected) => {
  await expect(run(answerers, ...args)).rejects.toThrow(expected);
});

test.each([
  [['--target', 'Workloads'], "--target: found 'Workloads'"],
  [['all'], "takes no argument, found 'all'"],
  [['--format', 'yaml'], '--format'],
])('%j is refused', async (args, expected) => {
  await expect(runPoliciesDiff(args)).rejects.toThrow(expected);
});

test('a file without a perimeter is refused', async () => {
  await expect(runPoliciesDiff(['--config', `${root}/none.yaml`])).rejects.toThrow("'perimeter' is missing");
});

test('diff is a subcommand', async () => {
  await expect(policies(['diff', '--target', 'x'])).rejects.toThrow("--target: found 'x'");
});
