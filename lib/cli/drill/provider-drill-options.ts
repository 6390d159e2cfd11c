import { parseArgs } from 'node:util';
import { isStateName } from '../../contract/provider-state';
import { workspaceUrl } from '../administration/admin-request';
import { PLACE_OPTIONS, type ProvidersPlace, readPlace } from '../providers/providers-place';
import { oneOf } from '../shared/one-of';
import { UsageError } from '../shared/usage-error';

/** A valid command line of `drill --provider`. */
export interface ProviderDrillCommand {
  readonly provider: string;
  /** The base URL of a gateway, without `/v1`. */
  readonly url: string;
  readonly model: string;
  /** The key or token with which requests are sent. */
  readonly key: string;
  /** The file of the report; none if it is only printed. */
  readonly out?: string;
  readonly place: ProvidersPlace;
  readonly format: 'text' | 'json';
}

const OPTIONS = {
  ...PLACE_OPTIONS,
  provider: { type: 'string' },
  url: { type: 'string' },
  model: { type: 'string' },
  out: { type: 'string' },
  format: { type: 'string', default: 'text' },
} as const;

/** Whether a command line of `drill` is one of `drill --provider`. */
export const isProviderDrill = (args: readonly string[]): boolean =>
  args.some((arg) => arg === '--provider' || arg.startsWith('--provider='));

/** Reads the command line of `drill --provider`. */
export function readProviderDrill(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): ProviderDrillCommand {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  const { provider = '', url, model, out } = values;
  if (!isStateName(provider) || provider.includes('/'))
    throw new UsageError(`--provider: found '${provider}'; allowed: the name of a provider, such as openai`);
  if (model === undefined || model === '')
    throw new UsageError('--model is missing; name a model whose first destination is at the provider');
  if (url === undefined)
    throw new UsageError("--url is missing; add the base URL of the projects' API, or of a workspace");
  const { EU_RESIDENCY_KEY: key = '' } = environment;
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new UsageError(
      "'EU_RESIDENCY_KEY' contains no key; set it to an API key of a project that may use the model, or to the token of a member",
    );
  }
  return {
    provider,
    url: workspaceUrl(url),
    model,
    key,
    ...(out !== undefined && { out }),
    place: readPlace(values),
    format: oneOf('--format', values.format, ['text', 'json']),
  };
}
