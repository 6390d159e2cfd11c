/** Some files of a module, with the tests that must notice their mutants. */
export interface StrykerPart {
  /** Globs of the files that are mutated, below the module's folder. */
  readonly files: readonly string[];
  /** The test files that must notice: those of the module, and others that call it in their own process. */
  readonly tests: readonly string[];
}

/** A module whose tests are measured. */
export interface StrykerModule {
  readonly name: string;
  /** The folder whose files are mutated. */
  readonly code: string;
  /** How many of its mutants are run, if all of them would take over 40 minutes. */
  readonly sample?: number;
  /**
   * What is run, one after another. A module whose tests nearly all reach all of its files is run in parts with tests of their own, because
   * each survivor needs all the tests of its part.
   */
  readonly parts: readonly StrykerPart[];
}

const ALL = ['**/*.ts'];

/** From the quickest to the slowest. */
export const STRYKER_MODULES: readonly StrykerModule[] = [
  {
    name: 'identity',
    code: 'lib/runtime/workspace/identity',
    parts: [
      {
        files: ALL,
        tests: ['test/runtime/workspace/identity/!(*.long).test.ts', 'test/runtime/members/memberships.long.test.ts'],
      },
    ],
  },
  {
    name: 'keyring',
    code: 'lib/runtime/workspace/keyring',
    parts: [{ files: ALL, tests: ['test/runtime/workspace/keyring/!(*.long).test.ts'] }],
  },
  {
    name: 'decision',
    code: 'lib/runtime/gateway/routing',
    parts: [
      {
        files: ALL,
        tests: [
          'test/runtime/gateway/routing/*.test.ts',
          'test/runtime/gateway/{app,hints}.test.ts',
          'test/runtime/gateway/policy/*.test.ts',
          'test/runtime/gateway/freshness/freshness.long.test.ts',
        ],
      },
    ],
  },
  {
    name: 'boundary',
    code: 'lib/boundary',
    parts: [{ files: ALL, tests: ['test/boundary/*.test.ts', 'test/runtime/workspace/identity/known-keys.test.ts'] }],
    sample: 400,
  },
  {
    name: 'rights',
    code: 'lib/runtime/rights',
    // Without those that take minutes in all: each would repeat what a quicker one notices.
    parts: [
      {
        files: ALL,
        tests: ['test/runtime/rights/**/!(*.long).test.ts', 'test/runtime/rights/*/!(serve-rights).long.test.ts'],
      },
    ],
    sample: 400,
  },
  {
    name: 'guard',
    code: 'lib/guard',
    sample: 400,
    parts: [
      {
        files: ['{iam,places,rule,rules,scan,template}/*.ts', 'check/!(check-inputs).ts'],
        // Without the one that reads the text of the rules, which mutants change all at once.
        tests: ['test/guard/{check,classes,leaks,rules,scan,template}/*.test.ts', 'test/guard/rule/!(since).test.ts'],
      },
      {
        files: ['report/*.ts', '*.ts'],
        tests: [
          'test/guard/report/!(reported-error).test.ts',
          'test/guard/rules/registry.long.test.ts',
          'test/cli/check/*.test.ts',
          'test/cli/{print,terminal}.test.ts',
        ],
      },
      {
        files: ['{assembly,declarations}/*.ts', 'check/check-inputs.ts'],
        tests: ['test/guard/{assembly,declarations}/*.test.ts', 'test/cli/{inputs,options}.test.ts'],
      },
      {
        files: ['terraform/*.ts'],
        tests: ['test/guard/terraform/!(*.long).test.ts', 'test/cli/{inputs,terraform}.test.ts'],
      },
      // Without the one that takes long, and the one that reads the text of modules.
      { files: ['{cdk,nag}/*.ts'], tests: ['test/guard/cdk/!(well-behaved-app|peers).test.ts'] },
    ],
  },
];
