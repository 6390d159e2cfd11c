// Bundles the compiled command into one file, dist/bin/eu-residency.js, so that a check starts fast: reading some hundred small
// files takes longer than checking a template. Modules that are loaded on demand stay separate. The contents of each file are listed in
// dist/meta, for its bill of materials.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { encryptionModules } from './encryption-modules.mjs';
import { literalKeys } from './literal-keys.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

// The configuration loader needs zod, which is larger than all the rest, and a check without --config doesn't need it. Only plans
// need the table of Terraform's types, and only `tender` the answers to tenders. `serve` has its own file with the gateway, the AWS SDK and a 1.3 MB SQLite, so that users don't
// have to install them. `keys`, `usage`, `facts` and `doctor` share another file with the parts of the AWS SDK that they need.
const SEPARATE =
  /(?:^|\/)(config\/(?:load|load-declarations|load-facts|load-admitted|load-azure-checks|load-declared-providers|load-profile-rows|write-admitted|write-azure-checks|write-profile-rows)|evidence\/(?:documents\/document-files|page\/page|tender\/tender)|guard\/terraform\/read-plan|cli\/run\/run-aws|local\/serve)$/;
const separate = (from) => ({
  name: 'separate',
  setup(bundle) {
    bundle.onResolve(
      {
        filter:
          /\/(load(-declarations|-facts|-admitted|-azure-checks|-declared-providers|-profile-rows)?|write-(admitted|azure-checks|profile-rows)|document-files|page|tender|read-plan|run-aws|serve)$/,
      },
      (found) => {
        const [, file] = SEPARATE.exec(path.resolve(found.resolveDir, found.path)) ?? [];
        return file && found.kind !== 'entry-point' ? { path: `${from}/${file}.js`, external: true } : undefined;
      },
    );
  },
});

const command = process.argv[2] ?? path.join(root, 'dist/bin/eu-residency.js');
const meta = path.join(path.dirname(command), '../meta');
mkdirSync(meta, { recursive: true });
const list = (name, { metafile }) => writeFileSync(path.join(meta, `${name}.json`), JSON.stringify(metafile));

const COMMON = {
  bundle: true,
  metafile: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  // As in the Lambda bundles: Node prints the line in which a process fails.
  lineLimit: 1_000,
  legalComments: 'none',
  logLevel: 'warning',
};

list(
  'eu-residency',
  await build({
    ...COMMON,
    entryPoints: [path.join(root, 'bin/eu-residency.ts')],
    outfile: command,
    plugins: [separate('../lib')],
  }),
);

// Only `report` with documents needs their words in three languages, and what makes OpenDocument files.
list(
  'documents',
  await build({
    ...COMMON,
    entryPoints: [path.join(root, 'lib/evidence/documents/document-files.ts')],
    outfile: path.join(path.dirname(command), '../lib/evidence/documents/document-files.js'),
  }),
);

// Only `report` with the page needs its map and its words in five languages.
list(
  'page',
  await build({
    ...COMMON,
    entryPoints: [path.join(root, 'lib/evidence/page/page.ts')],
    outfile: path.join(path.dirname(command), '../lib/evidence/page/page.js'),
  }),
);

// esbuild removes little unused code from the AWS SDK's CommonJS builds; these settings choose its ES modules.
const AWS_SDK = { mainFields: ['module', 'main'], conditions: ['module'] };
// The SDK warns that its later versions need a later Node.js. That concerns users who install it; here it is bundled.
const QUIET = { js: "process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';" };
list(
  'run-aws',
  await build({
    ...COMMON,
    ...AWS_SDK,
    plugins: [literalKeys, separate('../..')],
    entryPoints: [path.join(root, 'lib/cli/run/run-aws.ts')],
    outfile: path.join(path.dirname(command), '../lib/cli/run/run-aws.js'),
    banner: QUIET,
  }),
);

// The answers to tenders are many small files. What they share with other parts of the package stays outside.
const tender = path.join(root, 'lib/evidence/tender');
await build({
  ...COMMON,
  metafile: false,
  plugins: [
    {
      name: 'shared',
      setup(bundle) {
        bundle.onResolve({ filter: /\/(guard|report)\// }, (found) => ({
          path: path.relative(tender, path.resolve(found.resolveDir, found.path)),
          external: true,
        }));
      },
    },
  ],
  entryPoints: [path.join(tender, 'tender.ts')],
  outfile: path.join(path.dirname(command), '../lib/evidence/tender/tender.js'),
});

const local = path.join(path.dirname(command), '../lib/local');
list(
  'serve',
  await build({
    ...COMMON,
    ...AWS_SDK,
    plugins: [literalKeys, encryptionModules],
    entryPoints: [path.join(root, 'lib/local/serve.ts')],
    outfile: path.join(local, 'serve.js'),
  }),
);
// SQLite's code loads this file from its own folder.
const wasm = 'node-sqlite3-wasm.wasm';
copyFileSync(path.join(root, 'node_modules/node-sqlite3-wasm/dist', wasm), path.join(local, wasm));
