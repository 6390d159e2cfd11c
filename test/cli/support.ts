import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { check } from '@/lib/cli/commands/check';
import { UsageError } from '@/lib/cli/shared/usage-error';
import { ConfigError } from '@/lib/config/read/config-error';

/** A folder with these files: text as it is, anything else as JSON. */
export function folder(files: Readonly<Record<string, unknown>> = {}): string {
  const root = mkdtempSync(path.join(tmpdir(), 'residency-'));
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(root, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content));
  }
  return root;
}

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `check` in this process, from a folder. */
export function checkIn(cwd: string, ...args: string[]): Outcome {
  const out: string[] = [];
  const err: string[] = [];
  const spies = [
    jest.spyOn(console, 'log').mockImplementation((line) => void out.push(line)),
    jest.spyOn(console, 'error').mockImplementation((line) => void err.push(line)),
  ];
  const before = process.cwd();
  process.chdir(cwd);
  try {
    return { code: codeOf(args, err), out: out.join('\n'), err: err.join('\n') };
  } finally {
    process.chdir(before);
    for (const spy of spies) spy.mockRestore();
  }
}

function codeOf(args: readonly string[], err: string[]): number {
  try {
    return check(args);
  } catch (error) {
    const { name, message, code } = error as NodeJS.ErrnoException;
    if (!(error instanceof UsageError || error instanceof ConfigError || code?.startsWith('ERR_PARSE_ARGS')))
      throw error;
    err.push(`${name}: ${message}`);
    return 2;
  }
}

/** A template with one resource. */
export const template = (Type: string, Properties: object = {}, id = 'Subject') => ({
  Resources: { [id]: { Type, Properties } },
});

/** One that stays inside, one that leaves, one that can't be decided. */
export const CLEAN = template('AWS::SQS::Queue', { QueueName: 'jobs' });
export const LEAK = template('AWS::DynamoDB::GlobalTable', {
  Replicas: [{ Region: 'eu-west-1' }, { Region: 'us-east-1' }],
});
export const OPEN = {
  Parameters: { Where: { Type: 'String' } },
  ...template('AWS::DynamoDB::GlobalTable', { Replicas: [{ Region: { Ref: 'Where' } }] }),
};
