/** The tags of deployed resources. The prefix is reserved: `residency.yaml` can't set a tag that begins with it. */
export const TAGS = {
  boundary: 'residency:boundary',
  deployment: 'residency:deployment',
  edition: 'residency:edition',
  retention: 'residency:retention',
  tenant: 'residency:tenant',
} as const;

/** The metadata of a gateway's function: the destinations of each model, in the order in which they are tried. */
export const MODELS_METADATA = 'residency:models';

/** The metadata of a gateway's function that says whether it counts running requests: only the asset has its limits, and `cost` reads templates. */
export const RUNNING_METADATA = 'residency:counts-running-requests';

/** The metadata of a gateway's function that says how many counters of budgets a request reads and writes: `reads` and `writes`, for `cost` too. */
export const BUDGETS_METADATA = 'residency:budget-counters';

/** The metadata of a gateway's function about the providers outside AWS that it may call, and which owners it refuses. */
export const PROVIDERS_METADATA = 'residency:providers';
