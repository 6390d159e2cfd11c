import { requireVersion } from '../../support/python-tools';

test('an interpreter that is missing is refused with its variable', () => {
  expect(() => requireVersion('/nowhere/python')).toThrow(/Python 3\.11 or newer.*not there.*OFFLINE_TEST_PYTHON/);
});

test('one that is too old is refused with its version', () => {
  expect(() => requireVersion(`${__dirname}/old-python`)).toThrow(
    /the interpreter is Python 3\.9\.1;.*OFFLINE_TEST_PYTHON/,
  );
});

test('one that is new enough is accepted', () => {
  expect(() => requireVersion(process.env.OFFLINE_TEST_PYTHON ?? 'python3')).not.toThrow();
});
