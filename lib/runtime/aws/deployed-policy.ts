import { readFileSync } from 'node:fs';
import path from 'node:path';
import type * as z from 'zod/mini';
import { POLICY_FILE } from '../../contract/handlers';
import type { Environment } from './endpoint';

/**
 * The text of the `policy.json` beside a bundle.
 *
 * @throws if the environment doesn't say where the bundle is
 */
export function policyText({ LAMBDA_TASK_ROOT: folder }: Environment): string {
  if (folder) return readFileSync(path.join(folder, POLICY_FILE), 'utf8');
  throw new Error("'LAMBDA_TASK_ROOT' is not set, so policy.json can't be found; set it to the folder of the bundle");
}

/**
 * The `policy.json` beside a bundle.
 *
 * @param readers who read it, for the message
 * @throws if it isn't there, or isn't JSON of exactly this form: a key that isn't known is one that wouldn't be honoured
 */
export function deployedPolicy<S extends z.ZodMiniType>(
  schema: S,
  readers: string,
  environment: Environment,
): z.output<S> {
  const text = policyText(environment);
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(
      `policy.json has not the form that ${readers} reads (${(error as Error).message}); deploy both from one version of the package`,
      { cause: error },
    );
  }
}
