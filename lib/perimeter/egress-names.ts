import { isAddress } from '../boundary/address';
import { DOMAIN_NAME, DOMAIN_NAME_ALLOWED } from '../boundary/domain-name';

/** The most names that one network may reach: a list that a person can review. */
export const MOST_NAMES = 50;

/**
 * Why a text can't be the name of a host that egress is allowed to, as a clause; none if it can.
 *
 * @param name the text as it was declared
 */
export function egressNameProblem(name: string): string | undefined {
  if (/[^\x20-\x7e]/.test(name)) return "it has characters outside ASCII, or control characters, which can't be seen";
  if (name.includes('*')) return 'it has a wildcard, which allows names that were never reviewed';
  if (/[/:@?#[\]\s]/.test(name)) return 'it has more than a name: no scheme, port, path, user or space is part of one';
  if (name.endsWith('.')) return 'it ends with a dot, and a TLS server name never does';
  if (name !== name.toLowerCase()) return 'it has upper-case letters';
  if (isAddressLike(name)) return 'it is an IP address, for which TLS sends no server name';
  if (name.split('.').some((label) => label.startsWith('xn--'))) {
    return "it has a label in punycode, which stands for letters that can't be told from others";
  }
  if (name.length > 253) return `it has ${name.length} characters, more than the 253 of a host name`;
  if (!DOMAIN_NAME.test(name)) return "it isn't a host name of at least two labels";
  return undefined;
}

/** Resolvers read numbers in other bases, and fewer than four of them, as an IPv4 address too. */
const isAddressLike = (name: string) =>
  isAddress(name) || name.split('.').every((part) => /^(?:0x[0-9a-f]*|[0-9]+)$/.test(part));

/**
 * The problems of a list of names, as messages; empty if rules can be written for it.
 *
 * @param names the names as they were declared
 */
export function egressNameProblems(names: readonly string[]): string[] {
  if (names.length === 0) return ['the list has no name; remove the network instead, which has hourly costs'];
  if (names.length > MOST_NAMES) return [`the list has ${names.length} names, more than ${MOST_NAMES}; remove some`];
  return names.flatMap((name, index) => {
    const problem = egressNameProblem(name);
    if (problem !== undefined) return [`${shown(name)}: ${problem}; write ${DOMAIN_NAME_ALLOWED}`];
    return names.indexOf(name) === index ? [] : [`'${name}' is in the list twice; remove one`];
  });
}

/** A name in a message: control characters would be invisible, and a long name hides the rest of the message. */
const shown = (name: string) => {
  const text = JSON.stringify(name)
    .slice(1, -1)
    .replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `'${text.length > 80 ? `${text.slice(0, 80)}...` : text}'`;
};
