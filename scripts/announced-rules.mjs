// New rules are information for one minor version, which only a report can show. The hook's verdict is yes or no, so its bundle has none of them.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const TABLE = path.join(path.dirname(fileURLToPath(import.meta.url)), '../lib/guard/rule/since.ts');

/** The IDs of `ANNOUNCED`. Node.js can't import TypeScript at the lowest supported version, so the table is read as text. */
export function announcedRules(source = readFileSync(TABLE, 'utf8')) {
  const [, entries] = /\bANNOUNCED\b[^=]*= \{([^}]*)\};/.exec(source) ?? [];
  if (entries === undefined)
    throw new Error("lib/guard/rule/since.ts has no 'ANNOUNCED = { ... };', which the build reads");
  return [...entries.matchAll(/'?([a-z][a-z0-9-]*)'?:/g)].map(([, id]) => id);
}

/** The list of all rules without some of them. */
export function withoutRules(source, ids) {
  return ids.reduce((text, id) => {
    const name = id.replaceAll(/-(\w)/g, (_, letter) => letter.toUpperCase());
    const without = text.replace(new RegExp(`^  ${name},\\n`, 'm'), '');
    if (without === text) throw new Error(`lib/guard/rules/index.ts lists no '${name}', which ANNOUNCED names`);
    return without;
  }, source);
}

export const withoutAnnounced = {
  name: 'without-announced',
  setup(bundle) {
    bundle.onLoad({ filter: /[\\/]guard[\\/]rules[\\/]index\.ts$/ }, ({ path: file }) => ({
      contents: withoutRules(readFileSync(file, 'utf8'), announcedRules()),
      loader: 'ts',
    }));
  },
};
