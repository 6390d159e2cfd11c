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
  'builtin/terraform': 'stores values in the state',
};

/** The part of a provider's address that names it, whichever registry it is from. */
const nameOf = (provider: string) => provider.split('/').slice(-2).join('/');

/** Whether a provider creates resources in AWS. */
export const isOfAws = (provider: string): boolean => /^hashicorp\/aws(?:cc)?$/.test(nameOf(provider));

/** Whether a provider contacts no service. */
export const isUtility = (provider: string): boolean => Object.hasOwn(UTILITIES, nameOf(provider));
