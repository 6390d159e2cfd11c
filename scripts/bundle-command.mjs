// Joins the compiled command into one file, dist/bin/eu-residency.js: a check is to start in a moment, and reading some
// hundred small files takes longer than checking a template. What is loaded only on demand stays so.
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { literalKeys } from './literal-keys.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

// The loader of configurations brings zod, more than all the rest, and a check without --config never needs it. What `serve`
// needs, the gateway with the AWS SDK and an SQLite of 1.3 MB, is a file of its own, so that nobody has to install them; so are
// `keys`, `usage`, `facts` and `doctor`, with what they need of the AWS SDK.
const APART =
  /(?:^|\/)(config\/(?:load|load-declarations|load-profile-rows|write-profile-rows)|cli\/run\/run-aws|local\/serve)$/;
const apart = (from) => ({
  name: 'apart',
  setup(bundle) {
    bundle.onResolve(
      { filter: /\/(load(-declarations|-profile-rows)?|write-profile-rows|run-aws|serve)$/ },
      (found) => {
        const [, file] = APART.exec(path.resolve(found.resolveDir, found.path)) ?? [];
        return file && found.kind !== 'entry-point' ? { path: `${from}/${file}.js`, external: true } : undefined;
      },
    );
  },
});

const command = process.argv[2] ?? path.join(root, 'dist/bin/eu-residency.js');
const COMMON = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  // As in the bundles of Lambda: Node prints the line in which a process fails.
  lineLimit: 1_000,
  legalComments: 'none',
  logLevel: 'warning',
};

await build({
  ...COMMON,
  entryPoints: [path.join(root, 'bin/eu-residency.ts')],
  outfile: command,
  plugins: [apart('../lib')],
});

// The CommonJS builds of the AWS SDK shed little when bundled; these settings choose its ES modules.
const AWS_SDK = { mainFields: ['module', 'main'], conditions: ['module'] };
// What the SDK warns of, that its later versions need a later Node.js, is for whoever installs it, and here it is built in.
const QUIET = { js: "process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';" };
await build({
  ...COMMON,
  ...AWS_SDK,
  plugins: [literalKeys, apart('../..')],
  entryPoints: [path.join(root, 'lib/cli/run/run-aws.ts')],
  outfile: path.join(path.dirname(command), '../lib/cli/run/run-aws.js'),
  banner: QUIET,
});

const local = path.join(path.dirname(command), '../lib/local');
await build({
  ...COMMON,
  ...AWS_SDK,
  plugins: [literalKeys],
  entryPoints: [path.join(root, 'lib/local/serve.ts')],
  outfile: path.join(local, 'serve.js'),
});
// SQLite's code looks for it beside itself.
const wasm = 'node-sqlite3-wasm.wasm';
copyFileSync(path.join(root, 'node_modules/node-sqlite3-wasm/dist', wasm), path.join(local, wasm));
