/** The allowed form of a domain name, for messages. */
export const DOMAIN_NAME_ALLOWED =
  'a host name of at least two labels in lower case, such as ai.example.eu, without a wildcard';

/** The name of one host, in the form used by certificates and DNS records. */
export const DOMAIN_NAME =
  /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;

/** Whether a name can have a record in a zone. */
export const isInZone = (name: string, zone: string): boolean => name === zone || name.endsWith(`.${zone}`);
