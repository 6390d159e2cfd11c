import { readFile } from 'node:fs/promises';

/**
 * Expands the computed property names in the AWS SDK's schemas: `{ [_eQN]: x }` becomes `{ ec2QueryName: x }`. A computed name can
 * have side effects, so esbuild would otherwise include every schema of a client, even for calls that the code never makes.
 */
export const literalKeys = {
  name: 'literal-keys',
  setup(bundle) {
    bundle.onLoad({ filter: /[\\/]@aws-sdk[\\/].*[\\/]schemas[\\/]schemas_0\.js$/ }, async ({ path: file }) => {
      const text = await readFile(file, 'utf8');
      const names = new Map(
        [...text.matchAll(/^const (_\w+) = ("[^"\n]*");$/gm)].map(([, name, value]) => [name, value]),
      );
      return { contents: text.replace(/\[(_\w+)\]:/g, (all, name) => (names.has(name) ? `${names.get(name)}:` : all)) };
    });
  },
};
