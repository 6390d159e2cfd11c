import { existsSync } from 'node:fs';
import path from 'node:path';

/** The folder of this package; the command runs from `bin/` and, compiled, from `dist/bin/`. */
export function packageRoot(): string {
  let folder = __dirname;
  while (!existsSync(path.join(folder, 'package.json'))) {
    const above = path.dirname(folder);
    if (above === folder) throw new Error(`there is no package.json above '${__dirname}'; install the package again`);
    folder = above;
  }
  return folder;
}
