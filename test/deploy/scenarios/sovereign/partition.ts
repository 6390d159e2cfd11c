import assert from 'node:assert/strict';
import { CreateRoleCommand, DeleteRoleCommand } from '@aws-sdk/client-iam';
import type { Aws } from '../../harness/aws';
import type { Context } from '../../read-back/context';

/** What a service of the emulator stores. */
interface Stored {
  readonly texts: readonly string[];
  readonly regions: readonly string[];
}

/** An ARN, host or Region of another partition. */
const ELSEWHERE =
  /arn:aws(?!-eusc:)[a-z-]*:[^\s"',\\]*|[\w*.-]*(?:amazonaws\.com|api\.aws|amazoncognito\.com|aws\.amazon\.com)[\w.]*|\b(?:af|ap|ca|cn|eu|il|me|mx|sa|us)-[a-z]+-\d\b/g;

/** The texts of another partition that a deployment has, each with its reason. */
const EXCEPTIONS: readonly (readonly [RegExp, string])[] = [
  [
    /^[a-z-]+(?:\.logs|\.s3)?\.amazonaws\.com$/,
    'a service principal or an event source, which is named alike in every partition',
  ],
  [/^route53resolver\.amazonaws\.com$/, 'an event source, in the filter of the watch'],
  [/^s3\.amazonaws\.com$/, "the namespace of S3's XML"],
  [/^logs\.eusc-de-east-1\.amazonaws\.com$/, 'the service principal of the logs of a Region'],
  [/^(?:dynamodb|s3|sns)\.eusc-de-east-1\.amazonaws\.com$/, 'kms:ViaService, with both suffixes'],
  [
    /^eu-(?:central-1|north-1|south-[12]|west-[13])$/,
    'a Region of the boundary, in the rule on calls served outside it',
  ],
];

/** CloudFormation stores templates, whose mappings CDK writes for every partition. What it makes of them is in the other services. */
const LEFT_OUT = 'cloudformation';

/** Everything that the emulator stores, in every service: nothing of it names another partition or is in another Region. */
export async function partition({ report, aws, deployed }: Context): Promise<void> {
  await report.check('partition: an ARN of the other partition would be found', async () => {
    await planted(aws, async () => {
      assert.deepEqual(foreignIn(await storedBy(aws)), ['iam: arn:aws:iam::111122223333:root']);
    });
  });
  await report.check('partition: no service has an ARN, a host or a Region of another partition', async () => {
    const stored = await storedBy(aws);
    assert.deepEqual(foreignIn(stored), []);
    const own = stored.flatMap(([, { texts }]) => texts.filter((text) => text.includes('arn:aws-eusc:')));
    assert.ok(own.length > 200, `${own.length} texts with ARNs`);
    return `${own.length} texts with ARNs of aws-eusc`;
  });
  await report.check('partition: each exception is used', async () => {
    const found = tokensOf(await storedBy(aws)).map(([, token]) => token);
    assert.deepEqual(
      EXCEPTIONS.filter(([pattern]) => !found.some((token) => pattern.test(token))),
      [],
    );
  });
  await report.check('partition: everything is stored in eusc-de-east-1', async () => {
    const stored = (await storedBy(aws)).filter(([, { regions }]) => regions.length > 0);
    assert.deepEqual([...new Set(stored.flatMap(([, { regions }]) => regions))], [aws.region]);
    const ids = deployed.resources.map(({ physicalId }) => physicalId).filter((id) => id.startsWith('arn:'));
    assert.ok(ids.length > 0 && ids.every((id) => id.startsWith('arn:aws-eusc:')), ids.join(', '));
    return `${stored.length} services`;
  });
}

async function storedBy({ endpoint }: Aws): Promise<(readonly [service: string, stored: Stored])[]> {
  const answer = await fetch(`${endpoint}/_ministack/deploy-test/state`);
  const state = (await answer.json()) as Readonly<Record<string, Stored>>;
  return Object.entries(state).filter(([service]) => service !== LEFT_OUT);
}

const tokensOf = (all: Awaited<ReturnType<typeof storedBy>>) =>
  all.flatMap(([service, { texts }]) =>
    texts.flatMap((text) => [...text.matchAll(ELSEWHERE)].map(([token]) => [service, token] as const)),
  );

const foreignIn = (all: Awaited<ReturnType<typeof storedBy>>): string[] => [
  ...new Set(
    tokensOf(all)
      .filter(([, token]) => !EXCEPTIONS.some(([pattern]) => pattern.test(token)))
      .map(([service, token]) => `${service}: ${token}`),
  ),
];

/** Meanwhile, there is a role that an account of the other partition assumes. */
async function planted({ iam }: Aws, act: () => Promise<void>): Promise<void> {
  const RoleName = 'planted';
  const Principal = { AWS: 'arn:aws:iam::111122223333:root' };
  const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal }] };
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) }));
  try {
    await act();
  } finally {
    await iam.send(new DeleteRoleCommand({ RoleName }));
  }
}
