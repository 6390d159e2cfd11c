// Removes the TypeScript sources of a bundled dependency before the package is packed. npm packs a bundled dependency whole, whatever
// `files` says. These sources are a tenth of the tarball, and only zod's own development reads them. `npm ci` installs them again.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

rmSync(path.join(path.dirname(fileURLToPath(import.meta.url)), '../node_modules/zod/src'), {
  recursive: true,
  force: true,
});
