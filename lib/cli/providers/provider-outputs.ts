/** The outputs of a deployment's foundation that name its provider states. */
export const PROVIDER_OUTPUTS = {
  table: 'ProviderStateTable',
  role: 'ProvidersRole',
  session: 'eu-residency-providers',
};
