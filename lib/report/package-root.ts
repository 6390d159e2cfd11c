import { existsSync } from 'node:fs';
import path from 'node:path';

/** The folder of this package, above `bin/` or, compiled, `dist/bin/`; none if the command was copied out of it. */
export function packageRoot(): string | undefined {
  for (let folder = __dirname; folder !== path.dirname(folder); folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'package.json'))) return folder;
  }
  return undefined;
}
