import { existsSync } from 'node:fs';
import path from 'node:path';
import type { HandlerName } from '../../contract/handlers';

/**
 * The directory of a handler's bundle. The package ships it, so that synthesis needs neither esbuild nor Docker.
 *
 * @param from the directory in which the search for the package root begins; `lib/` and `dist/lib/` both work
 * @throws if the package isn't built, or was bundled into another app
 */
export function handlerBundle(name: HandlerName, from: string = __dirname): string {
  const root = packageRoot(name, from);
  const bundle = path.join(root, 'dist', 'bundles', name);
  const handler = path.join(bundle, 'index.mjs');
  if (!existsSync(handler)) {
    throw new Error(
      `the handler of the ${name} bundle isn't built: expected a bundle at '${handler}', got none; run 'npm run build' in '${root}'`,
    );
  }
  return bundle;
}

function packageRoot(name: HandlerName, from: string): string {
  for (let directory = from; ; directory = path.dirname(directory)) {
    if (existsSync(path.join(directory, 'package.json'))) return directory;
    if (directory === path.dirname(directory)) {
      throw new Error(
        `the handler of the ${name} bundle can't be found: expected a 'package.json' above '${from}', got none; don't bundle this ` +
          'package into your app, because it reads its handlers from its own directory at synthesis',
      );
    }
  }
}
