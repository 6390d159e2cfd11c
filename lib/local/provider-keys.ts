import { isOutsideAws } from '../boundary/provider-of';
import type { ServerDestination } from '../boundary/server';
import type { DeploymentConfig } from '../config/model/config';
import { declaredProviders } from '../config/model/providers';
import { SERVICE_FACTS } from '../facts/generated/services';

/** The variable that holds the key of a provider: `AZURE_EU_API_KEY` for `azure-eu`. */
export const keyVariable = (provider: string): string => `${provider.replaceAll('-', '_').toUpperCase()}_API_KEY`;

/** The keys of the providers outside AWS that a deployment calls. */
export interface ProviderKeys {
  /** None if OpenAI isn't called. */
  readonly openAiKey?: string;
  /** The header with each other key, by the name of its provider. */
  readonly keys: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

/**
 * Reads the keys from the environment.
 *
 * @throws if one of them is missing
 */
export function providerKeys(
  deployment: DeploymentConfig,
  environment: Readonly<Record<string, string | undefined>>,
): ProviderKeys {
  const called = deployment.models.flatMap(({ destinations }) => destinations.filter(isOutsideAws));
  const keys = new Map<string, Readonly<Record<string, string>>>();
  for (const { name, service } of declaredProviders(deployment)) {
    const first = called.find(({ providerName = 'openai' }) => providerName === name);
    if (first === undefined) continue;
    const key = required(name, first, environment);
    const header = SERVICE_FACTS.find((row) => row.service === service)?.keyHeader ?? 'authorization';
    keys.set(name, { [header]: header === 'authorization' ? `Bearer ${key}` : key });
  }
  const openAiKey = keys.has('openai') ? environment[keyVariable('openai')] : undefined;
  keys.delete('openai');
  return { openAiKey, keys };
}

function required(
  name: string,
  { id }: ServerDestination,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const variable = keyVariable(name);
  const key = environment[variable];
  if (key) return key;
  const whose = name === 'openai' ? 'of your project at OpenAI' : `that '${name}' issued to you`;
  throw new Error(`'${variable}' is not set, and '${id}' needs it; set it to the key ${whose}`);
}
