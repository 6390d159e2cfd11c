import { scimLeftovers } from '@/lib/cli/aws/doctor/scim-leftovers';
import type { AwsAnswer } from '@/test/support/fake-aws';
import { FakeAccount } from './fake-account';
import { HEALTHY, instead } from './healthy-account';

const account = new FakeAccount();
beforeAll(() => account.start());
afterAll(() => account.stop());

const DIRECTORY = 'exemple-workspace-law-WorkspaceDirectoryTable0A1B2C3D-1ABCDEFGHIJKL';
const TOKENS = 'exemple-workspace-law-WorkspaceScimTokensTable0A1B2C3D-1ABCDEFGHIJKL';
const WITHOUT = [{ id: 'law' }];

/** The lines if these tables exist, in pages of one. */
function examined(tables: readonly string[], workspaces: readonly object[]) {
  const page = ({ body }: { readonly body: string }): AwsAnswer => {
    const { ExclusiveStartTableName: after } = JSON.parse(body);
    const at = after === undefined ? 0 : tables.indexOf(after) + 1;
    const more = at + 1 < tables.length ? { LastEvaluatedTableName: tables[at] } : {};
    return { json: { TableNames: tables.slice(at, at + 1), ...more } };
  };
  const deployment = { name: 'exemple', primaryRegion: 'eu-central-1', workspaces };
  return account.examined(scimLeftovers, [instead('dynamodb ListTables', page), ...HEALTHY], deployment);
}

test('each table that remains of SCIM is named, with the commands that delete it', async () => {
  expect(await examined(['other', DIRECTORY, TOKENS], WITHOUT)).toEqual([
    {
      check: 'SCIM turned off',
      state: 'soon',
      region: 'eu-central-1',
      found: `${DIRECTORY} remains, and no erasure reaches it`,
      fix:
        "once its tokens are revoked, as in docs/SCIM.md under 'Turning SCIM off', delete it: aws dynamodb update-table --table-name " +
        `${DIRECTORY} --region eu-central-1 --no-deletion-protection-enabled && aws dynamodb delete-table --table-name ${DIRECTORY} ` +
        '--region eu-central-1',
    },
    expect.objectContaining({ state: 'soon', found: expect.stringContaining(TOKENS) }),
  ]);
});

test.each<[string, string, readonly object[]]>([
  ['with SCIM', DIRECTORY, [{ id: 'law', scim: {} }]],
  ['of another deployment', DIRECTORY.replace('exemple', 'other-exemple'), WITHOUT],
  ['of another workspace, whose name begins like it', DIRECTORY.replace('law', 'law-clinic'), WITHOUT],
  ['that is another table of the workspace', DIRECTORY.replace('Directory', 'Conversations'), WITHOUT],
])('no table is named %s', async (_, table, workspaces) => {
  expect(await examined([table], workspaces)).toEqual([]);
});

test('without a workspace, nothing is asked', async () => {
  expect(await examined([DIRECTORY], [])).toEqual([]);
  expect(account.aws.calls).toEqual([]);
});

test('tables that can not be listed are not visible', async () => {
  const deployment = { name: 'exemple', primaryRegion: 'eu-central-1', workspaces: WITHOUT };
  const denied = instead('dynamodb ListTables', { error: 'AccessDeniedException', status: 400 });
  expect(await account.examined(scimLeftovers, [denied, ...HEALTHY], deployment)).toMatchObject([
    { state: 'not-visible', found: 'dynamodb:ListTables is denied' },
  ]);
});
