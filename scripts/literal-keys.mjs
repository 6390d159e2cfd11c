import { readFile } from 'node:fs/promises';

/**
 * Writes the names of properties out in the schemas of the AWS SDK, where `{ [_eQN]: x }` stands for `{ ec2QueryName: x }`. A name
 * that is computed may do something, so esbuild would keep every schema of a client, also of the calls that nobody makes.
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
