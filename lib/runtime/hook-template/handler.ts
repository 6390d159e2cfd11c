import { createHook } from '../hook/hook';
import type { HookPolicy } from '../hook/policy';
import { parametersPolicy } from './parameters-policy';

const { AWS_REGION: region } = process.env;

/** Answers CloudFormation like the construct's handler, by a policy from the parameters of the template. */
export const handler = createHook({ policy, region });

let read: HookPolicy | undefined;

function policy(): HookPolicy {
  read ??= parametersPolicy(process.env, region);
  return read;
}
