/** The listed names of the test: hosts of providers, a short name, and the longest. */
export const LISTED: readonly string[] = [
  'eu.api.openai.com',
  'openai.inference.de-txl.ionos.com',
  'api.scaleway.ai',
  'a.eu',
  `${Array.from({ length: 4 }, (_, index) => String(index).repeat(60)).join('.')}.xy.eu`,
];

/** What can be wrong with a name: each makes a different one from a listed name and a number. */
const CHANGES: Readonly<Record<string, (name: string, n: number) => string>> = {
  'a name below it': (name, n) => `n${n}.${name}`,
  'a name that ends with it': (name, n) => `n${n}${name}`,
  'a name that begins with it': (name, n) => `${name}.n${n}.eu`,
  'the name with more letters': (name, n) => `${name}n${n}`,
  'the name without its first letters': (name, n) => name.slice(1 + (n % (name.length - 1))),
  'the name without its last letters': (name, n) => name.slice(0, -1 - (n % (name.length - 1))),
  'a letter replaced': (name, n) => replaced(name, n, String.fromCharCode(97 + (n % 26))),
  'a letter replaced by a digit': (name, n) => replaced(name, n, String(n % 10)),
  'a letter doubled': (name, n) => name.slice(0, 1 + (n % name.length)) + name.slice(n % name.length),
  'a letter in Cyrillic': (name, n) => Buffer.from(replaced(name, n, '\u0430')).toString('latin1'),
  'a letter in upper case': (name, n) => upper(name, n),
  'a trailing dot': (name) => `${name}.`,
  'a dot doubled': (name) => name.replace('.', '..'),
  'a NUL, and another name': (name, n) => `${name}\0.n${n}.eu`,
  'another name, a NUL, and the name': (name, n) => `n${n}.eu\0${name}`,
  'a NUL at its end': (name) => `${name}\0`,
  'a space': (name, n) => (n % 2 === 0 ? ` ${name}` : `${name} `),
  'a line break': (name) => `${name}\r\n`,
  punycode: (name, n) => `xn--${name.replace('.', '-')}-${n}a.eu`,
  'a wildcard': (name) => `*.${name}`,
  'a port': (name) => `${name}:443`,
  'an IPv4 address': (_, n) => `198.51.${n % 256}.${(n * 7) % 256}`,
  'an IPv6 address': (_, n) => `2001:db8::${(n % 65_536).toString(16)}`,
  'another host': (_, n) => `api${n}.example.com`,
  'another host of the provider': (name, n) =>
    `${['us', 'api', 'mtls', 'ae'][n % 4]}${n}.${name.split('.').slice(1).join('.')}`,
  'an empty name': () => '',
};

/** A name that isn't listed, and what is wrong with it. */
export interface UnlistedName {
  readonly what: string;
  readonly name: string;
}

/** This many names that aren't listed, of every kind. */
export function unlistedNames(count: number): UnlistedName[] {
  const kinds = Object.entries(CHANGES);
  const names: UnlistedName[] = [];
  for (let n = 0; names.length < count; n++) {
    const [what, change] = kinds[n % kinds.length] as (typeof kinds)[number];
    const name = change(LISTED[Math.floor(n / kinds.length) % LISTED.length] as string, n);
    if (!LISTED.includes(name)) names.push({ what, name });
  }
  return names;
}

const replaced = (name: string, n: number, letter: string) => {
  const at = n % name.length;
  return name.slice(0, at) + letter + name.slice(at + 1);
};

const upper = (name: string, n: number) => {
  const at = name.slice(n % name.length).search(/[a-z]/);
  return at === -1
    ? name.toUpperCase()
    : replaced(name, (n % name.length) + at, (name[(n % name.length) + at] as string).toUpperCase());
};
