/** A module whose tests are measured. */
export interface StrykerModule {
  readonly name: string;
  /** The folder whose files are mutated. */
  readonly code: string;
  /** The test files that must notice: those of the module, and others that call it in their own process. */
  readonly tests: readonly string[];
  /** How many of its mutants are run, if all of them would take over 40 minutes. */
  readonly sample?: number;
}

/** From the quickest to the slowest. */
export const STRYKER_MODULES: readonly StrykerModule[] = [
  {
    name: 'identity',
    code: 'lib/runtime/workspace/identity',
    tests: ['test/runtime/workspace/identity/!(*.long).test.ts', 'test/runtime/members/memberships.test.ts'],
  },
  {
    name: 'keyring',
    code: 'lib/runtime/workspace/keyring',
    tests: ['test/runtime/workspace/keyring/!(*.long).test.ts'],
  },
  {
    name: 'decision',
    code: 'lib/runtime/gateway/routing',
    tests: [
      'test/runtime/gateway/routing/*.test.ts',
      'test/runtime/gateway/{app,hints}.test.ts',
      'test/runtime/gateway/policy/*.test.ts',
      'test/runtime/gateway/freshness/freshness.test.ts',
    ],
  },
  {
    name: 'boundary',
    code: 'lib/boundary',
    tests: ['test/boundary/*.test.ts', 'test/runtime/workspace/identity/known-keys.test.ts'],
    sample: 400,
  },
  {
    name: 'rights',
    code: 'lib/runtime/rights',
    // Without those that take minutes in all: each would repeat what a quicker one notices.
    tests: ['test/runtime/rights/**/!(*.long|serve-rights).test.ts', 'test/runtime/rights/*/*.long.test.ts'],
    sample: 400,
  },
  {
    name: 'guard',
    code: 'lib/guard',
    tests: ['test/guard/**/!(*.long).test.ts'],
    sample: 400,
  },
];
