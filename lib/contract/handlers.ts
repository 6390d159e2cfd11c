/** The handlers that the package ships, each by its folder in `lib/runtime`, which is also the name of its bundle. */
export const HANDLERS = [
  'conversion',
  'egress',
  'gateway',
  'hook',
  'jobs',
  'key-sets',
  'members',
  'projects',
  'scim',
  'settings',
  'watch',
  'workspace',
] as const;

export type HandlerName = (typeof HANDLERS)[number];

/** The file next to a handler's bundle that holds its policy. */
export const POLICY_FILE = 'policy.json';

/** The second handler of the workspace's bundle, which runs jobs. */
export const WORK_HANDLER = 'index.work';
