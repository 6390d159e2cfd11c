const { availableParallelism } = require('node:os');

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: '<rootDir>/test/support/node-environment.ts',
  // By default, jest leaves one core unused, which is half of a machine with two. Tests also wait for processes and timers.
  maxWorkers: Math.ceil(1.5 * availableParallelism()),
  // A test that can take longer on a busy machine sets its own timeout.
  testTimeout: 20_000,
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // `npm run test:cli` starts the real CLI for every row, `npm run test:package` and `npm run release:check` install the package, `npm run test:conformance`
  // downloads OpenAI's document, `npm run test:iam`, `npm run test:ci`, `npm run test:languages`, `npm run test:browser`,
  // `npm run test:exports`, `npm run test:model`, `npm run test:offline`, `npm run test:proof` and `npm run test:suricata` install tools, `npm run test:office` needs LibreOffice, and `npm run test:long` runs the slow tests.
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/test/(browser|cdk-cli|ci/lint|package|conformance|exports|iam|languages|model|office|offline|perimeter-proof|release|suricata)/',
    '\\.long\\.test\\.ts$',
  ],
  moduleNameMapper: {
    '^@/(.*)$': '<rootDir>/$1',
    // Zod loads its messages in sixty languages, which takes longer than the rest of it. No test uses another than English.
    '^\\.\\./locales/index\\.cjs$': '<rootDir>/node_modules/zod/v4/locales/en.cjs',
  },
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, sourceMaps: 'inline' }],
    // It has only ES modules, which jest can't load untransformed.
    '/node_modules/jose/.+\\.js$': ['@swc/jest', { jsc: { target: 'es2023' }, module: { type: 'commonjs' } }],
  },
  transformIgnorePatterns: ['/node_modules/(?!jose/)'],
  // The second one does nothing unless OFFLINE_RECORDS is set.
  setupFiles: ['<rootDir>/test/support/environment.ts', '<rootDir>/test/offline/requests/recorder.ts'],
  globalSetup: '<rootDir>/test/support/set-up.ts',
  globalTeardown: '<rootDir>/test/support/tear-down.ts',
  // A test file runs in a context of its own, in which V8 looks up a global slowly; these are parameters of each module instead. What a test
  // may replace, such as `Date` or `fetch`, isn't among them, nor what a package declares itself, such as `Buffer`, `Map` or `URL`.
  sandboxInjectedGlobals: (
    'Array ArrayBuffer BigInt Boolean DataView Error JSON Math Number Object Promise Proxy RangeError Reflect RegExp Set String Symbol ' +
    'SyntaxError TypeError WeakMap WeakSet'
  ).split(' '),
  snapshotFormat: { escapeString: false, printBasicPrototype: false },
};
