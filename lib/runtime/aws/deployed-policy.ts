import { readFileSync } from 'node:fs';
import path from 'node:path';
import type * as z from 'zod/mini';
import { POLICY_FILE } from '../../contract/handlers';
import type { Environment } from './endpoint';

/**
 * The text of the `policy.json` next to a bundle.
 *
 * @throws if the environment doesn't name the bundle's folder
 */
export function policyText({ LAMBDA_TASK_ROOT: folder }: Environment): string {
  if (folder) return readFileSync(path.join(folder, POLICY_FILE), 'utf8');
  throw new Error("'LAMBDA_TASK_ROOT' is not set, so policy.json can't be found; set it to the folder of the bundle");
}

/**
 * The `policy.json` next to a bundle.
 *
 * @param readers the name of its reader, for the message
 * @throws if it is missing, or isn't JSON of exactly this form: an unknown key would not be honoured
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
      `policy.json doesn't have the form that ${readers} reads (${(error as Error).message}); deploy both from one version of the package`,
      { cause: error },
    );
  }
}
