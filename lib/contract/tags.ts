/** The tags of what is deployed. The prefix is reserved: `residency.yaml` can set none that begins with it. */
export const TAGS = {
  boundary: 'residency:boundary',
  deployment: 'residency:deployment',
  edition: 'residency:edition',
  retention: 'residency:retention',
  tenant: 'residency:tenant',
} as const;

/** The metadata of a gateway's function: the destinations of each model, in the order in which they are tried. */
export const MODELS_METADATA = 'residency:models';
