/**
 * Jest's test runner, without the files and tests that can't change the status of a mutant. Stryker passes only the names of the tests that
 * cover a mutant, so jest would load every file to look for them, which takes longer than the tests.
 */
const { default: circus } = require('jest-circus/runner');
const { createEmptyTestResult } = require('@jest/test-result');
const { durations, last } = require('./quickest-first');

/** The tests of each file that this process has loaded. */
const tests = new Map();
/** The last mutant that a test has killed: the other tests needn't be run. */
let killed;

module.exports = async (globalConfig, config, environment, runtime, file, send) => {
  const mutant = process.env.__STRYKER_ACTIVE_MUTANT__;
  const { testNamePattern } = globalConfig;
  const pattern = testNamePattern === undefined ? undefined : new RegExp(testNamePattern, 'i');
  const known = tests.get(file);
  const covers = pattern === undefined || known === undefined || known.some(({ fullName }) => pattern.test(fullName));
  if (known !== undefined && (!covers || (mutant !== undefined && mutant === killed))) return skipped(known);
  if (mutant !== undefined) endAtFailure(environment, mutant);
  const start = Date.now();
  const result = await circus(globalConfig, config, environment, runtime, file, send);
  tests.set(file, result.testResults);
  if (mutant === undefined) durations.set(file, Date.now() - start);
  else if (mutant === killed) last.killer = file;
  return result;
};

function endAtFailure(environment, mutant) {
  const inner = environment.handleTestEvent?.bind(environment);
  environment.handleTestEvent = async (event, state) => {
    await inner?.(event, state);
    if (event.name === 'test_done' && event.test.errors.length > 0) killed = mutant;
    if (event.name === 'test_start' && killed === mutant) event.test.mode = 'skip';
  };
}

/** Jest refuses a result without tests. */
const skipped = (known) => ({
  ...createEmptyTestResult(),
  numPendingTests: known.length,
  skipped: true,
  testResults: known.map((test) => ({ ...test, status: 'pending', failureMessages: [] })),
});
