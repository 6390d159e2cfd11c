/** Variables by which Node trusts other certificates or none, writes down the secrets of a connection, or sends requests to another host. */
const FORBIDDEN = [
  'ALL_PROXY',
  'HTTPS_PROXY',
  'HTTP_PROXY',
  'NODE_EXTRA_CA_CERTS',
  'NODE_TLS_REJECT_UNAUTHORIZED',
  'NODE_USE_ENV_PROXY',
  'NODE_USE_SYSTEM_CA',
  'SSLKEYLOGFILE',
  'SSL_CERT_DIR',
  'SSL_CERT_FILE',
];

/** Options of Node with the same effects. */
const FORBIDDEN_OPTIONS =
  /--(?:tls-|use-(?:bundled|system|openssl)-ca|use-env-proxy|openssl-|insecure-|dns-result-order)/;

/**
 * Refuses an environment that could change which host the function connects to, or which certificates it trusts. The code relies on none of these
 * variables; one that is set shows that someone expects an effect.
 *
 * @throws with the name of each, never its value, which may be a secret
 */
export function requireNeutral(environment: Readonly<Record<string, string | undefined>>): void {
  const found = Object.keys(environment).filter(
    (name) => FORBIDDEN.includes(name.toUpperCase()) && environment[name] !== '',
  );
  if (FORBIDDEN_OPTIONS.test(environment.NODE_OPTIONS ?? '')) found.push('NODE_OPTIONS');
  if (found.length === 0) return;
  throw new Error(
    `the egress function doesn't start, because it would have to ignore ${found.sort().join(', ')}: it connects to providers without a ` +
      'proxy, and trusts the certificates that Node.js contains; remove the variables and deploy again',
  );
}
