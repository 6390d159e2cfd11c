import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { project } from '../bindings';
import type { Program } from '../language';

/** The app in TypeScript, outside the repository. */
export function typescript(): Program {
  const folder = project();
  copyFileSync(path.join(__dirname, 'chat_app.ts'), path.join(folder, 'app.ts'));
  return { folder, words: [process.execPath, '--import', pathToFileURL(require.resolve('tsx')).href, 'app.ts'] };
}
