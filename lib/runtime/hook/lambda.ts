import { readFileSync } from 'node:fs';
import path from 'node:path';
import { POLICY_FILE } from '../../contract/handlers';
import { createHook } from './hook';
import { HookError } from './hook-error';
import { type HookPolicy, parseHookPolicy } from './policy';

/** Answers what CloudFormation asks before it creates or updates a stack, or when a change set is made. */
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
    throw new HookError('policy', `'${file}' can't be read; deploy the hook anew`, { cause: error });
  }
}
