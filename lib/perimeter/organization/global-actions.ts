/** An action of a control plane whose only Region may be outside the boundary, and which carries no content. */
export interface GlobalAction {
  /** The actions, in IAM's form: `iam:*`. */
  readonly action: string;
  /** Why a request for it may be outside the boundary, and what it carries. */
  readonly reason: string;
  readonly source: string;
  readonly asOf: string;
}

const REFERENCE = 'https://docs.aws.amazon.com/general/latest/gr';

/** The only actions that a perimeter's denial of Regions doesn't cover. */
export const GLOBAL_ACTIONS: readonly GlobalAction[] = [
  {
    action: 'iam:*',
    reason: 'One control plane for each partition. Carries names, tags and descriptions of users, roles and policies.',
    source: `${REFERENCE}/iam-service.html`,
    asOf: '2026-11-24',
  },
  {
    action: 'organizations:*',
    reason: 'One control plane for each partition. Carries names of accounts and policies.',
    source: `${REFERENCE}/ao.html`,
    asOf: '2026-11-24',
  },
  {
    action: 'route53:*',
    reason: 'One control plane for each partition. Carries names and addresses of hosts.',
    source: `${REFERENCE}/r53.html`,
    asOf: '2026-11-24',
  },
];
