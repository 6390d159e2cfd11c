import { AWS_LIMITS, type AwsLimitName } from '@/lib/facts/aws-limits';
import { measured } from '@/lib/report/limits/measured';
import { type Json, Physical } from '@/test/iam/support/physical';
import { type DeploymentName, stacksOf } from './support/deployments';

jest.setTimeout(120_000);

type Sizes = ReadonlyMap<string, { readonly limit: AwsLimitName; readonly size: number }>;

/** The size of each part of a deployment that a limit applies to, with the names and ARNs that it would have. */
function sizesOf(deployment: DeploymentName): Sizes {
  const stacks = stacksOf(deployment);
  const physical = new Physical(stacks);
  return new Map(
    stacks.flatMap((stack) => {
      const Resources = Object.fromEntries(
        Object.entries<Json>(stack.template.Resources).map(([id, resource]) => [
          id,
          // A policy names its roles by their logical IDs, which tell which policies belong together.
          MEASURED.test(resource.Type)
            ? { ...resource, Properties: resolved(resource.Properties, (value) => physical.resolve(value, stack)) }
            : resource,
        ]),
      );
      // Names that only the deployment knows are in none of its files.
      const file = JSON.stringify(stack.template, undefined, 1);
      return measured({ ...stack.template, Resources }, file).map(
        ({ limit, logicalId, found }) => [`${stack.name} ${logicalId} ${limit}`, { limit, size: found }] as const,
      );
    }),
  );
}

const MEASURED =
  /^AWS::(KMS::Key|S3::BucketPolicy|EC2::VPCEndpoint|IAM::|Logs::ResourcePolicy|Lambda::Function|CloudTrail|DynamoDB)/;

const resolved = (properties: Json, resolve: (value: Json) => Json): Json =>
  Object.fromEntries(
    Object.entries<Json>(properties).map(([name, value]) => [name, name === 'Roles' ? value : resolve(value)]),
  );

/** The part of each limit that is used, at most. */
function used(sizes: Sizes): Record<string, number> {
  const parts: Record<string, number> = {};
  for (const { limit, size } of sizes.values())
    parts[limit] = Math.max(parts[limit] ?? 0, size / AWS_LIMITS[limit].most);
  return parts;
}

const overused = (sizes: Sizes): string[] =>
  Object.entries(used(sizes)).flatMap(([limit, part]) => (part > 1 ? [`${limit}: ${Math.round(part * 100)}%`] : []));

const ONE = () => sizesOf('1 workspaces');
const TEN = () => sizesOf('10 workspaces');

/** What shared stacks need for more workspaces: each adds as much as the others. */
function at(count: number): Sizes {
  const [one, ten] = [ONE(), TEN()];
  return new Map(
    [...one].map(([part, { limit, size }]) => {
      const added = ((ten.get(part)?.size ?? size) - size) / 9;
      return [part, { limit, size: Math.ceil(size + added * (count - 1)) }];
    }),
  );
}

/** The role that reads the log of each gateway. CDK moves the statements for which its inline policies have no room to managed ones. */
const LEDGER_ROLE = /LedgerCloseRole\w+ inlinePolicies$/;
/** An account can raise the number. */
const MANAGED_POLICIES = 10;

/** What is left in the ledger's role, and the part of its managed policies that the rest fills. */
function withManaged(sizes: Sizes): { readonly inline: Sizes; readonly managed: number } {
  const [[part, { limit, size }]] = [...sizes].filter(([name]) => LEDGER_ROLE.test(name)) as [
    [string, { limit: AwsLimitName; size: number }],
  ];
  const { most } = AWS_LIMITS[limit];
  return {
    inline: new Map([...sizes, [part, { limit, size: Math.min(size, most) }]]),
    managed: Math.max(0, size - most) / (MANAGED_POLICIES * AWS_LIMITS.managedPolicy.most),
  };
}

test.each<DeploymentName>([
  'further Region',
  'egress',
  'given VPC with endpoints',
  'sovereign partition',
  '1 workspaces',
  '10 workspaces',
])('%s: nothing exceeds a limit', (deployment) => {
  expect(overused(sizesOf(deployment))).toEqual([]);
});

test('nothing exceeds a limit at 100 workspaces with recovery', () => {
  const { inline, managed } = withManaged(at(100));
  expect(overused(inline)).toEqual([]);
  expect(managed).toBeGreaterThan(0);
  expect(managed).toBeLessThan(0.5);
});

test('the policy of the key of the evidence is the first to exceed one, at about 160 workspaces with recovery and short names', () => {
  expect(overused(withManaged(at(155)).inline)).toEqual([]);
  expect(overused(withManaged(at(165)).inline)).toEqual([expect.stringMatching(/^keyPolicy/)]);
});

afterAll(() => {
  const rows = Object.entries(used(withManaged(at(100)).inline)).map(
    ([limit, part]) => `${limit.padEnd(16)}${`${Math.round(part * 100)}%`.padStart(5)}`,
  );
  process.stdout.write(`${['limit            used at 100 workspaces', ...rows].join('\n')}\n`);
});
