import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { ApiVariables, TokenVariables, WorkspaceVariables } from '@/lib/contract/environment';

type Bundle = 'members' | 'projects' | 'workspace';

export const bundleOf = (name: Bundle) => path.join(__dirname, `../../../../../dist/bundles/${name}/index.mjs`);
const RUN = path.join(__dirname, '../../../gateway/support/run-bundle.mjs');
const folder = mkdtempSync(path.join(tmpdir(), 'workspace-bundle-'));

/** The stores of a deployed workspace, by the names in its stack. */
const STORES = {
  CONVERSATIONS_TABLE_ARN: 'arn:aws:dynamodb:eu-central-1:111122223333:table/sciences-content',
  BRANCH_KEYS_TABLE_ARN: 'arn:aws:dynamodb:eu-central-1:111122223333:table/sciences-keys',
  KEY_REQUESTS_TABLE_ARN: 'arn:aws:dynamodb:eu-central-1:111122223333:table/sciences-key-requests',
  WORKSPACE_KEY_ARN: 'arn:aws:kms:eu-central-1:000000000000:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  USAGE_TABLE_ARN: 'arn:aws:dynamodb:eu-central-1:111122223333:table/sciences-usage',
  RECORD_LINKS_TABLE_ARN: 'arn:aws:dynamodb:eu-central-1:111122223333:table/sciences-record-links',
  RECORD_LINK_DAYS: '30',
  FILES_BUCKET: 'sciences-files',
  RETENTION_DAYS: '365',
} satisfies Omit<WorkspaceVariables, keyof ApiVariables | keyof TokenVariables>;

export interface BundleAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Runs the deployed handler of a workspace on API Gateway's events, in a process of its own. */
export const runWorkspace = (policy: unknown, events: unknown[], environment: Record<string, string>) =>
  runBundle('workspace', policy, events, { ...STORES, ...environment });

/** Does the same with another handler. */
export async function runBundle(name: Bundle, policy: unknown, events: unknown[], environment: Record<string, string>) {
  writeFileSync(path.join(folder, 'policy.json'), JSON.stringify(policy));
  // Too many events for an environment variable are passed in a file.
  const file = path.join(folder, 'events.json');
  writeFileSync(file, JSON.stringify(events));
  const { stdout } = await promisify(execFile)(process.execPath, [RUN], {
    maxBuffer: 64 * 1024 * 1024,
    env: {
      BUNDLE: bundleOf(name),
      EVENTS: file,
      LAMBDA_TASK_ROOT: folder,
      AWS_ACCESS_KEY_ID: 'AKIDTEST',
      AWS_SECRET_ACCESS_KEY: 'test',
      ...environment,
    },
  });
  const lines = stdout.trim().split('\n');
  const { answers, importMs } = JSON.parse(lines.pop()?.replace(/^ANSWERS /, '') ?? '');
  return {
    answers: answers as BundleAnswer[],
    importMs: importMs as number,
    log: lines.map((line) => JSON.parse(line)),
  };
}
