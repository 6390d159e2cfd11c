import type { ManagementDocument } from './document';

const NONE = ['@@none'];

/** Organizations' AI services opt-out policy: no service uses content to improve itself, and no account can change that. */
export const AI_OPT_OUT: ManagementDocument = {
  kind: 'ai-opt-out',
  name: 'ai-opt-out',
  description:
    'Opts out of the use of content by AWS AI services for their improvement, which may store it in other Regions.',
  content: {
    services: {
      '@@operators_allowed_for_child_policies': NONE,
      default: {
        '@@operators_allowed_for_child_policies': NONE,
        opt_out_policy: { '@@operators_allowed_for_child_policies': NONE, '@@assign': 'optOut' },
      },
    },
  },
};
