import { isAddress, isWithin } from './address';

/**
 * Ranges of IPv4 that no host on the internet has: IANA's registry of special addresses, and multicast.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry/
 */
const NOT_PUBLIC = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/** Whether an address is one of IPv4 that a host on the internet can have. */
export const isPublicAddress = (address: string): boolean =>
  address.includes('.') && !address.includes(':') && isAddress(address) && !isWithin(address, NOT_PUBLIC);
