import { egressNameProblem, egressNameProblems, MOST_NAMES } from '@/lib/perimeter/egress-names';

describe('a name', () => {
  test.each(['eu.api.openai.com', 'api.scaleway.ai', 'a.eu', `${'a'.repeat(63)}.example.eu`, 'a-1.b-2.example.eu'])(
    '%s can be listed',
    (name) => expect(egressNameProblem(name)).toBeUndefined(),
  );

  test.each([
    ['a look-alike in another script', 'eu.api.open\u0430i.com', 'outside ASCII'],
    ['a control character', 'eu.api.openai.com\n', 'control characters'],
    ['a NUL', 'eu.api.openai.com\0.example.eu', 'control characters'],
    ['a right-to-left mark', '\u202eeu.api.openai.com', 'outside ASCII'],
    ['a wildcard', '*.openai.com', 'a wildcard'],
    ['a wildcard alone', '*', 'a wildcard'],
    ['a URL', 'https://eu.api.openai.com/v1', 'more than a name'],
    ['a port', 'eu.api.openai.com:443', 'more than a name'],
    ['a user', 'eu.api.openai.com@example.eu', 'more than a name'],
    ['a space', 'eu.api.openai.com ', 'more than a name'],
    ['a trailing dot', 'eu.api.openai.com.', 'ends with a dot'],
    ['upper case', 'EU.api.openai.com', 'upper-case'],
    ['an IPv4 address', '198.51.100.7', 'an IP address'],
    ['an IPv4 address in hexadecimal', '0xc6.0x33.0x64.0x07', 'an IP address'],
    ['an IPv4 address as one number', '3325256711', 'an IP address'],
    ['an IPv4 address of two numbers', '198.3367943', 'an IP address'],
    ['an IPv6 address', '2001:db8::7', 'more than a name'],
    ['punycode', 'eu.api.xn--opena-1hb.com', 'punycode'],
    ['254 characters', `${'a.'.repeat(125)}abcd`, '254 characters'],
    ['a label of 64 characters', `${'a'.repeat(64)}.example.eu`, 'at least two labels'],
    ['one label', 'localhost', 'at least two labels'],
    ['an empty label', 'eu..openai.com', 'at least two labels'],
    ['a leading dot', '.openai.com', 'at least two labels'],
    ['a leading hyphen', '-eu.openai.com', 'at least two labels'],
    ['an underscore', 'eu_api.openai.com', 'at least two labels'],
    ["Suricata's own characters", 'a";sid:1.example.eu', 'more than a name'],
    ['nothing', '', 'at least two labels'],
  ])('that is %s is refused', (_, name, problem) => expect(egressNameProblem(name)).toContain(problem));
});

describe('a list', () => {
  test('needs a name', () => expect(egressNameProblems([])).toEqual([expect.stringContaining('no name')]));

  test('has a name once', () =>
    expect(egressNameProblems(['a.eu', 'b.eu', 'a.eu'])).toEqual(["'a.eu' is in the list twice; remove one"]));

  test('has at most as many names as a person can review', () => {
    const names = Array.from({ length: MOST_NAMES + 1 }, (_, index) => `n${index}.example.eu`);
    expect(egressNameProblems(names.slice(1))).toEqual([]);
    expect(egressNameProblems(names)).toEqual([`the list has 51 names, more than 50; remove some`]);
  });

  test('is refused with each problem, what was found made visible and cut', () => {
    expect(egressNameProblems(['\u202eevil.eu', 'x'.repeat(300)])).toEqual([
      "'\\u202eevil.eu': it has characters outside ASCII, or control characters, which can't be seen; write a host name of at least two labels " +
        'in lower case, such as ai.example.eu, without a wildcard',
      `'${'x'.repeat(80)}...': it has 300 characters, more than the 253 of a host name; write a host name of at least two labels in lower ` +
        'case, such as ai.example.eu, without a wildcard',
    ]);
  });
});
