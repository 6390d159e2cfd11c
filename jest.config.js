const { availableParallelism } = require('node:os');

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // By itself jest leaves a core unused, which is half of a machine with two; and tests wait for processes and pauses.
  maxWorkers: Math.ceil(1.5 * availableParallelism()),
  // What may take longer, on a machine that is busy with other tests as well, says so itself.
  testTimeout: 20_000,
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // What starts the real CLI for every row is `npm run test:cli`; what installs the package is `npm run test:package`; what
  // fetches OpenAI's document is `npm run test:conformance`; what takes long by nature is `npm run test:long`.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/(cdk-cli|package|conformance)/', '\\.long\\.test\\.ts$'],
  moduleNameMapper: { '^@/(.*)$': '<rootDir>/$1' },
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, sourceMaps: 'inline' }],
    // It has ES modules only, which jest reads no other way.
    '/node_modules/jose/.+\\.js$': ['@swc/jest', { jsc: { target: 'es2023' }, module: { type: 'commonjs' } }],
  },
  transformIgnorePatterns: ['/node_modules/(?!jose/)'],
  setupFiles: ['<rootDir>/test/support/environment.ts'],
  globalSetup: '<rootDir>/test/support/set-up.ts',
  globalTeardown: '<rootDir>/test/support/tear-down.ts',
  snapshotFormat: { escapeString: false, printBasicPrototype: false },
};
