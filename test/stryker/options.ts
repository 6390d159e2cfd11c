import path from 'node:path';
import type { StrykerModule, StrykerPart } from './modules';

/**
 * Long enough for a busy machine: a mutant that runs out of time counts as noticed. A test that waits forever fails by jest's own limit,
 * and Stryker counts the turns of a loop, so few mutants come that far.
 */
const TIMEOUT_MS = 180_000;

/** The options with which Stryker measures a part of a module; its files go to a folder. */
export const options = ({ code, sample }: StrykerModule, { files, tests }: StrykerPart, folder: string) => ({
  // Without the folders that no test of these modules reads, and without the configuration of TypeScript, which Stryker would rewrite.
  ignorePatterns: [
    '/.local',
    '/dist',
    '/docs/**',
    '!/docs/{RULES,COMMAND}.md',
    '/.ci',
    '/bench',
    '/tsconfig*.json',
    '/test/releases/[0-9]*',
    '/test/stryker/results.json',
  ],
  mutate: files.map((glob) => `${code}/${glob}`),
  testRunner: 'jest',
  coverageAnalysis: 'perTest',
  jest: {
    projectType: 'custom',
    config: {
      testMatch: tests.map((glob) => `<rootDir>/${glob}`),
      testPathIgnorePatterns: ['/node_modules/'],
      // Stryker adds to the environment, and can't load one that is in TypeScript.
      testEnvironment: 'node',
      // Without the path of a package below the root, where the sandbox has no packages.
      moduleNameMapper: { '^@/(.*)$': '<rootDir>/$1' },
      testRunner: '<rootDir>/test/stryker/jest-circus-covering.js',
      testSequencer: '<rootDir>/test/stryker/quickest-first.js',
      // The bundles, which only tests in other processes need: Stryker doesn't see what those cover.
      globalSetup: null,
      globalTeardown: null,
    },
    // Only the listed tests are run, so it isn't necessary to look for them.
    enableFindRelatedTests: false,
  },
  ...(sample !== undefined && {
    plugins: ['@stryker-mutator/jest-runner', path.join(__dirname, 'sample-checker.mjs')],
    checkers: ['sample'],
  }),
  concurrency: 1,
  // A loop that a mutant made endless goes on in the background, and would slow down all that follow.
  maxTestRunnerReuse: 40,
  timeoutMS: TIMEOUT_MS,
  // All tests of a module once, on a busy machine.
  dryRunTimeoutMinutes: 30,
  incremental: true,
  incrementalFile: path.join(folder, 'incremental.json'),
  tempDirName: path.join(folder, 'sandbox'),
  // The sandbox is below the folder of the packages.
  symlinkNodeModules: false,
  reporters: ['json', 'dots'],
  jsonReporter: { fileName: path.join(folder, 'report.json') },
  allowConsoleColors: false,
});
