import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '../../..');
const MADE = /new (\w+?)Command\(|(?<!\w)paginate(\w+?)\(/g;

/** Each command in the code that is shipped, by file: `lib/runtime/aws/table.ts PutItem`. The local emulation answers, and calls nothing. */
export function commandsInCode(): string[] {
  const files = readdirSync(path.join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' })
    .map((file) => `lib/${file}`)
    .filter((file) => file.endsWith('.ts') && !file.startsWith('lib/local/'));
  const commands = files.flatMap((file) =>
    [...readFileSync(path.join(ROOT, file), 'utf8').matchAll(MADE)].map(
      ([, made, pages]) => `${file} ${made ?? pages}`,
    ),
  );
  return [...new Set(commands)].sort();
}
