import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { App, Stack } from 'aws-cdk-lib/core';
import { RetentionPeriod } from '@/lib/constructs/stores/retention-period';
import { Workspace } from '@/lib/constructs/tenants/workspace';
import { WorkspaceEdition } from '@/lib/constructs/tenants/workspace-props';
import { RecoveryReplicaStack } from '@/lib/stacks/recovery-replica-stack';
import type { RecoveryStack } from '@/lib/stacks/recovery-stack';
import { DEPLOYMENT, deploymentStacks, EU, FAST } from '../../support/deployment';
import { FEATURE_FLAGS } from '../../support/feature-flags';

// biome-ignore lint/suspicious/noExplicitAny: templates have no types
type Json = any;

const ARN = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const account = '111122223333';

/** A workspace with a supplied key and a recovery Region, next to those of a deployment. */
function suppliedWorkspace() {
  const app = new App({ context: FEATURE_FLAGS });
  const { foundation, recovery } = deploymentStacks(
    { ...DEPLOYMENT, workspaces: DEPLOYMENT.workspaces.slice(1), projects: [], recoveryRegion: 'eu-west-1' },
    { app },
  );
  const common = { boundary: EU, workspaceId: 'letters', retention: RetentionPeriod.days(365) };
  const copies = new RecoveryReplicaStack(app, 'Copies', {
    ...common,
    recovery: (recovery as RecoveryStack).recovery,
    env: { account, region: 'eu-west-1' },
  });
  const stack = new Stack(app, 'Tenant', { env: { account, region: 'eu-central-1' } });
  const workspace = new Workspace(stack, 'Workspace', {
    ...common,
    foundation: foundation.foundation,
    edition: WorkspaceEdition.EDU,
    models: [FAST],
    recovery: copies.replica,
    officeFiles: true,
    encryptionKey: kms.Key.fromKeyArn(stack, 'Theirs', ARN),
  });
  return { stack, workspace };
}

/** A use of the key: the principal, the action and the limit. */
interface Use {
  readonly by: string;
  readonly action: string;
  readonly limit: string;
}

const limitOf = (text: string): string => /context|DynamoDB|S3/i.exec(text)?.[0].toLowerCase() ?? '';

/** The uses that the statements for the key's policy allow, with the names of the page. */
function allowed({ stack, workspace }: ReturnType<typeof suppliedWorkspace>): Use[] {
  const nameOf = new Map<string, string>(
    workspace.node.findAll().flatMap((one) => {
      if (!(one instanceof iam.Role)) return [];
      const name = one.node.path.replace(`${workspace.node.path}/`, '').replace(/\/(?:Role|ReplicationRole)$/, '');
      return [[JSON.stringify(stack.resolve(one.roleArn)), name]];
    }),
  );
  return workspace.keyPolicyStatements().flatMap((statement) => {
    const { Action, Condition }: Json = stack.resolve(statement.toStatementJson());
    const limit = limitOf(JSON.stringify(Condition.StringEquals ?? {}));
    const principals: Json[] = [Condition.ArnEquals['aws:PrincipalArn']].flat();
    return principals.flatMap((arn) => {
      const text = JSON.stringify(arn);
      const by =
        nameOf.get(text) ?? (text.includes('cfn-exec-role') ? 'execution role' : text.replace(/^.*\/|"$/g, ''));
      return [Action].flat().map((action: string) => ({ by, action, limit }));
    });
  });
}

/** The uses in the table of the page. An action may end in `*`. */
function documented(): Use[] {
  const page = readFileSync(path.join(__dirname, '../../../docs/WORKSPACES.md'), 'utf8');
  return [...page.matchAll(/^\| (.+) \| (`kms:.+) \| (.*)\|$/gm)].flatMap(([, who = '', what = '', only = '']) => {
    const names = [...who.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
    const actions = [...what.matchAll(/`(kms:[^`]+)`/g)].map(([, action = '']) => action);
    const all = names.length > 0 ? names : ['execution role'];
    return all.flatMap((by) => actions.map((action) => ({ by, action, limit: limitOf(only) })));
  });
}

const covers = (row: Use, use: Use): boolean =>
  (use.by === row.by || use.by.startsWith(`${row.by}/`)) &&
  use.limit === row.limit &&
  (row.action.endsWith('*') ? use.action.startsWith(row.action.slice(0, -1)) : use.action === row.action);

test('the table of WORKSPACES.md names each action and limit of each role, and no others', () => {
  const [uses, rows] = [allowed(suppliedWorkspace()), documented()];
  expect(uses.filter((use) => !rows.some((row) => covers(row, use)))).toEqual([]);
  expect(rows.filter((row) => !uses.some((use) => covers(row, use)))).toEqual([]);
  expect(rows.length).toBeGreaterThan(50);
});
