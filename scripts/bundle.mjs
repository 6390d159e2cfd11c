// Bundles each handler of lib/runtime into dist/bundles/<name>/index.mjs, which is what Lambda runs. What each is made of is
// written to dist/meta/<name>.json, for the tests.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { literalKeys } from './literal-keys.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const runtime = path.join(root, 'lib/runtime');
const bundles = readdirSync(runtime).filter((name) => existsSync(path.join(runtime, name, 'lambda.ts')));

// What the AWS SDK loads and a handler never uses: its credentials and signing come from the function's role alone. Left
// out, they save a fifth of the time to import; called all the same, they say why they can't be.
const LEFT_OUT = {
  '@aws-sdk/credential-provider-node': ['defaultProvider'],
  '@aws-sdk/token-providers': ['fromEnvSigningName', 'nodeProvider'],
};
// By it the AWS Encryption SDK reads signatures, of suites that no vault takes.
const SIGNATURES = { id: 'asn1.js', contents: 'export default { define() {} };' };

const leaveOut = {
  name: 'leave-out',
  setup(bundle) {
    bundle.onResolve({ filter: /^@aws-sdk\// }, ({ path: id }) =>
      id in LEFT_OUT ? { path: id, namespace: 'left-out' } : undefined,
    );
    bundle.onResolve({ filter: /^asn1\.js$/ }, ({ path: id }) => ({ path: id, namespace: 'left-out' }));
    bundle.onLoad({ filter: /.*/, namespace: 'left-out' }, ({ path: id }) => ({
      contents:
        id === SIGNATURES.id
          ? SIGNATURES.contents
          : LEFT_OUT[id].map((name) => `export const ${name} = ${refusing(id)};`).join(''),
    }));
  },
};

const refusing = (id) => `() => { throw new Error(${JSON.stringify(`'${id}' isn't part of this bundle`)}); }`;

const meta = path.join(root, 'dist/meta');
mkdirSync(meta, { recursive: true });
for (const name of bundles) {
  const { metafile } = await build({
    entryPoints: [path.join(root, `lib/runtime/${name}/lambda.ts`)],
    outfile: path.join(root, `dist/bundles/${name}/index.mjs`),
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    minify: true,
    // Node prints the line in which a process fails, and one line of the whole bundle hides what it says.
    lineLimit: 1_000,
    // The CommonJS builds of the AWS SDK shed little when bundled; these settings choose its ES modules.
    mainFields: ['module', 'main'],
    conditions: ['module'],
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    legalComments: 'none',
    plugins: [literalKeys, leaveOut],
    metafile: true,
    logLevel: 'warning',
  });
  writeFileSync(path.join(meta, `${name}.json`), JSON.stringify(metafile));
}
