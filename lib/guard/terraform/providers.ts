/** A provider that contacts no service, with what it does. */
const UTILITIES: Readonly<Record<string, string>> = {
  'hashicorp/archive': 'writes archives of local files',
  'hashicorp/cloudinit': 'renders start scripts',
  'hashicorp/local': 'reads and writes local files',
  'hashicorp/null': 'does nothing by itself',
  'hashicorp/random': 'generates values',
  'hashicorp/template': 'renders texts',
  'hashicorp/time': 'computes times',
  'hashicorp/tls': 'generates keys and certificates',
  'terraform.io/builtin/terraform': 'stores values in the state',
};

type Kind = 'aws' | 'utility' | 'other';

const kinds = new Map<string, Kind>();

function kindOf(provider: string): Kind {
  const known = kinds.get(provider);
  if (known !== undefined) return known;
  // Another registry may have anything under the same name.
  const name = provider.replace(/^registry\.(?:terraform\.io|opentofu\.org)\//, '');
  const kind = /^hashicorp\/aws(?:cc)?$/.test(name) ? 'aws' : Object.hasOwn(UTILITIES, name) ? 'utility' : 'other';
  if (kinds.size >= 1000) kinds.clear();
  kinds.set(provider, kind);
  return kind;
}

/** Whether a provider creates resources in AWS. */
export const isOfAws = (provider: string): boolean => kindOf(provider) === 'aws';

/** Whether a provider contacts no service. */
export const isUtility = (provider: string): boolean => kindOf(provider) === 'utility';
