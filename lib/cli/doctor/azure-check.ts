import { readFileSync } from 'node:fs';
import type { AzureCheck, DeclaredProvider } from '../../boundary/declared-provider';
import { UsageError } from '../shared/usage-error';

/** The files with what the Azure CLI printed. */
export interface AzureFiles {
  readonly deployment: string;
  /** The deployment names no Region, so its resource does. */
  readonly account: string;
}

const LARGEST = 256 * 1024;

/** Where the texts are in what the Azure CLI prints. */
const DEPLOYMENT = {
  id: 'id',
  name: 'name',
  sku: 'sku.name',
  model: 'properties.model.name',
  version: 'properties.model.version',
  state: 'properties.provisioningState',
} as const;
const ACCOUNT = { id: 'id', location: 'location', resource: 'properties.customSubDomainName' } as const;

/**
 * The check result of a deployment in Azure.
 *
 * @param providers the declared providers
 * @throws UsageError if the files are of another resource, Region, SKU or model than the declared ones
 */
export function readAzureCheck(files: AzureFiles, providers: readonly DeclaredProvider[], now: Date): AzureCheck {
  const said = read(files.deployment, DEPLOYMENT, 'az cognitiveservices account deployment show -o json');
  const its = read(files.account, ACCOUNT, 'az cognitiveservices account show -o json');
  const { name, sku, model, version, state } = said;
  if (said.id.toLowerCase() !== `${its.id}/deployments/${name}`.toLowerCase()) {
    throw new UsageError(
      `${files.deployment}: found deployment '${said.id}', which isn't in the resource of ${files.account}, '${its.id}'; print both of one resource`,
    );
  }
  const resource = its.resource.toLowerCase();
  const azure = providers.filter(({ service }) => service === 'azure');
  const declared = azure.find((provider) => provider.resource === resource);
  if (declared === undefined) {
    throw new UsageError(
      `${files.account}: found the resource '${resource}', which no provider declares; declared are ${listed(azure.map((one) => one.resource))}`,
    );
  }
  // The CLI prints some Regions by their display name, such as 'Germany West Central'.
  const region = its.location.toLowerCase().replaceAll(' ', '');
  if (region !== declared.region) throw differs(files.account, 'Region', region, declared.region);
  const claim = declared.deployments?.find((one) => one.name === name);
  if (claim === undefined) {
    throw new UsageError(
      `${files.deployment}: found the deployment '${name}', which provider '${declared.name}' doesn't declare; declared are ` +
        listed(declared.deployments?.map((one) => one.name)),
    );
  }
  if (sku !== claim.sku) throw differs(files.deployment, 'SKU', sku, claim.sku);
  if (model !== claim.model) throw differs(files.deployment, 'model', model, claim.model);
  if (claim.version !== undefined && version !== claim.version) {
    throw differs(files.deployment, 'version', version, claim.version);
  }
  if (state !== 'Succeeded') {
    throw new UsageError(
      `${files.deployment}: found the provisioning state '${state}'; print it again once it is 'Succeeded'`,
    );
  }
  return {
    provider: declared.name,
    resource,
    region,
    name,
    sku,
    model,
    version,
    readOn: now.toISOString().slice(0, 10),
  };
}

const differs = (file: string, what: string, found: string, declared: string | undefined) =>
  new UsageError(
    `${file}: found the ${what} '${found}', but residency.yaml declares '${declared}'; correct the one that is wrong`,
  );

const listed = (names: readonly (string | undefined)[] = []): string =>
  names.length === 0 ? 'none' : names.map((name) => `'${name}'`).join(', ');

/** The texts at these paths of what a command of the Azure CLI printed. */
function read<K extends string>(file: string, paths: Readonly<Record<K, string>>, command: string): Record<K, string> {
  const again = `write what '${command}' prints to it`;
  const value = parsed(file, again);
  const texts = Object.entries<string>(paths).map(([key, at]) => [key, at, textAt(value, at)] as const);
  const missing = texts.filter(([, , text]) => text === undefined).map(([, at]) => `'${at}'`);
  if (missing.length > 0) throw new UsageError(`${file}: has no text at ${missing.join(', ')}; ${again}`);
  return Object.fromEntries(texts.map(([key, , text]) => [key, text])) as Record<K, string>;
}

function textAt(value: unknown, at: string): string | undefined {
  const found = at.split('.').reduce<unknown>((parent, key) => {
    if (typeof parent !== 'object' || parent === null || !Object.hasOwn(parent, key)) return undefined;
    return (parent as Record<string, unknown>)[key];
  }, value);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

function parsed(file: string, again: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(
      `${file}: can't be read (${(error as NodeJS.ErrnoException).code ?? 'unknown cause'}); ${again}`,
    );
  }
  if (text.length > LARGEST) throw new UsageError(`${file}: found ${text.length} characters; ${again}`);
  try {
    // PowerShell begins a file with a byte order mark.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new UsageError(`${file}: isn't JSON; ${again}`);
  }
}
