import { existsSync } from 'node:fs';
import path from 'node:path';
import type { HandlerName } from '../../contract/handlers';

/**
 * The directory of a handler's bundle, which the package ships, so that a consumer's synthesis needs neither esbuild nor
 * Docker.
 *
 * @param from where to begin; the package root is found from `lib/` and from `dist/lib/` alike
 */
export function handlerBundle(name: HandlerName, from: string = __dirname): string {
  const root = packageRoot(name, from);
  const bundle = path.join(root, 'dist', 'bundles', name);
  const handler = path.join(bundle, 'index.mjs');
  if (!existsSync(handler)) {
    throw new Error(
      `the ${name}'s handler isn't built: its bundle was expected at '${handler}', found none; run 'npm run build' in '${root}'`,
    );
  }
  return bundle;
}

function packageRoot(name: HandlerName, from: string): string {
  for (let directory = from; ; directory = path.dirname(directory)) {
    if (existsSync(path.join(directory, 'package.json'))) return directory;
    if (directory === path.dirname(directory)) {
      throw new Error(
        `the ${name}'s handler can't be found: no 'package.json' above '${from}'; don't bundle this package into your ` +
          'app, since it reads its handlers from its own directory at synthesis',
      );
    }
  }
}
