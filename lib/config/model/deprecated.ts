/** A public name that a later version no longer has. */
export interface Deprecated {
  /** A key of `residency.yaml`, a member of the public API, or metrics. */
  readonly kind: 'key' | 'member' | 'metric';
  /** A key with its path, such as `workspaces[].limits`; a member as `Class.member`; otherwise in words. */
  readonly name: string;
  /** The first version that warns of it. */
  readonly since: string;
  /** The version without it: two minor versions later. */
  readonly removedIn: string;
  /** What to use: an imperative in lower case, without a full stop. */
  readonly instead: string;
}

/** What is deprecated today, listed in `docs/RELEASES.md`. */
export const DEPRECATED: readonly Deprecated[] = [
  {
    kind: 'metric',
    name: 'metrics with the dimensions `route`, and `route` and `model`',
    since: '0.2.0',
    removedIn: '0.4.0',
    instead: 'use the dimension `tenant` in alarms and dashboards',
  },
];
