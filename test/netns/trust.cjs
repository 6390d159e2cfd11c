// The egress function trusts only the authorities that Node.js contains, whatever the environment names. In the process under test, the
// certificate of the test's hosts is added to them.
const { readFileSync } = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');
const tls = require('node:tls');

const certificate = readFileSync(process.env.TRUSTED, 'utf8');
const { createSecureContext } = tls;
tls.createSecureContext = (options) => createSecureContext({ ...options, ca: [...(options?.ca ?? []), certificate] });
syncBuiltinESMExports();
