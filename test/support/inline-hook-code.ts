import { execFileSync } from 'node:child_process';
import path from 'node:path';

const BUILD = `
  const { hookBundle, inlineCode } = require('./scripts/hook/inline-code.ts');
  hookBundle().then((bundle) => process.stdout.write(inlineCode(bundle)));
`;

/** The code in the hook's template, built in its own process: the build consists of ES modules, which jest can't load at the lowest supported Node.js. */
export function inlineHookCode(): string {
  const options = { cwd: path.join(__dirname, '../..'), encoding: 'utf8', maxBuffer: 2 ** 22 } as const;
  return execFileSync(process.execPath, ['--import', 'tsx', '-e', BUILD], options);
}
