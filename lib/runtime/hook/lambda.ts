import { readFileSync } from 'node:fs';
import path from 'node:path';
import { POLICY_FILE } from '../../contract/handlers';
import { createHook } from './hook';
import { HookError } from './hook-error';
import { type HookPolicy, parseHookPolicy } from './policy';

/** Answers CloudFormation before it creates or updates a stack, and when a change set is created. */
export const handler = createHook({ policy, region: process.env.AWS_REGION });

let read: HookPolicy | undefined;

function policy(): HookPolicy {
  read ??= parseHookPolicy(policyText());
  return read;
}

function policyText(): string {
  const file = path.join(process.env.LAMBDA_TASK_ROOT ?? '', POLICY_FILE);
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new HookError('policy', `'${file}' can't be read; deploy the hook again`, { cause: error });
  }
}
