import { fileURLToPath } from 'node:url';

const PACKAGE = '@aws-crypto/client-node';
const modules = fileURLToPath(new URL(`../node_modules/${PACKAGE}/build/module/src/index.js`, import.meta.url));

/**
 * Bundles the AWS Encryption SDK from its ES modules. Its package has them, and doesn't say so. The CommonJS build requires every keyring, and by
 * them each command of DynamoDB and KMS; esbuild removes nothing of what is required.
 */
export const encryptionModules = {
  name: 'encryption-modules',
  setup(bundle) {
    bundle.onResolve({ filter: new RegExp(`^${PACKAGE}$`) }, () => ({ path: modules, sideEffects: false }));
  },
};
