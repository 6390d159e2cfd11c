// Bundles each handler of lib/runtime into dist/bundles/<name>/index.mjs, which Lambda runs, and the parser of office files. The contents of each bundle are listed
// in dist/meta/<name>.json, for the tests.
//
//   node scripts/bundle.mjs               bundle
//   node scripts/bundle.mjs --if-changed  bundle unless the last bundles were made from the same files: another process may be reading them
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { withoutAnnounced } from './announced-rules.mjs';
import { digestOfInputs } from './build-inputs.mjs';
import { encryptionModules } from './encryption-modules.mjs';
import { literalKeys } from './literal-keys.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
/** The digest of what the last bundles were made from; there is none while they are being made. */
const stamp = path.join(root, 'dist/bundled-from.txt');
const digest = digestOfInputs(root, ['lib', 'scripts', 'package-lock.json', 'package.json']);
if (process.argv.includes('--if-changed') && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest)
  process.exit();
rmSync(stamp, { force: true });

const runtime = path.join(root, 'lib/runtime');
const bundles = readdirSync(runtime).filter((name) => existsSync(path.join(runtime, name, 'lambda.ts')));

// Modules that the AWS SDK loads and a handler never uses: its credentials and signing come only from the function's role. Without
// them, the import takes a fifth less time. If one is called after all, it throws an error with the reason.
const LEFT_OUT = {
  '@aws-sdk/credential-provider-node': ['defaultProvider'],
  '@aws-sdk/token-providers': ['fromEnvSigningName', 'nodeProvider'],
};
// By these the AWS Encryption SDK reads signatures, of suites that no keyring accepts. The curves alone take 5 ms to compute.
const SIGNATURES = [
  ['asn1.js', 'export default { define() {} };'],
  ['./ecc_decode', 'export const decodeNamedCurves = {};'],
  ['./ecc_encode', 'export const encodeNamedCurves = {};'],
];
// The Encryption SDK's copy of Node's streams is for old versions of Node. The SDK joins streams without a callback, which only the copy
// allows: with Node's own `pipeline`, nothing would be encrypted.
const STREAMS = [
  [
    'readable-stream',
    "const stream = require('node:stream');" +
      "const withCallback = (all) => (typeof all.at(-1) === 'function' ? all : [...all, () => {}]);" +
      'module.exports = { ...stream, pipeline: (...all) => stream.pipeline(...withCallback(all)) };',
  ],
];
const REPLACED = new Map([...SIGNATURES, ...STREAMS]);

const leaveOut = {
  name: 'leave-out',
  setup(bundle) {
    bundle.onResolve({ filter: /^@aws-sdk\// }, ({ path: id }) =>
      id in LEFT_OUT ? { path: id, namespace: 'left-out' } : undefined,
    );
    bundle.onResolve({ filter: /^(asn1\.js|\.\/ecc_(en|de)code|readable-stream)$/ }, ({ path: id }) => ({
      path: id,
      namespace: 'left-out',
    }));
    // The Encryption SDK writes lengths by it, and nothing else in these bundles imports it.
    bundle.onResolve({ filter: /^bn\.js$/ }, () => ({ path: path.join(root, 'scripts/eight-bytes.ts') }));
    bundle.onLoad({ filter: /.*/, namespace: 'left-out' }, ({ path: id }) => ({
      contents: REPLACED.get(id) ?? LEFT_OUT[id].map((name) => `export const ${name} = ${refusing(id)};`).join(''),
    }));
  },
};

// A gateway sends every command by a client of its own, which reads only a command's class and input. A command that isn't here stops the build.
const COMMANDS = ['BatchGetItemCommand', 'GetItemCommand', 'QueryCommand', 'UpdateItemCommand'];
const commandsOnly = {
  name: 'commands-only',
  setup(bundle) {
    bundle.onResolve({ filter: /^@aws-sdk\/client-dynamodb$/ }, ({ path: id }) => ({
      path: id,
      namespace: 'commands',
    }));
    bundle.onLoad({ filter: /.*/, namespace: 'commands' }, () => ({
      contents: COMMANDS.map((name) => `export class ${name} { constructor(input) { this.input = input; } }`).join(
        '\n',
      ),
    }));
  },
};
const OWN_CLIENT = ['gateway'];
// The hook decides on templates, and no template calls a provider outside AWS.
const withoutServices = {
  name: 'without-services',
  setup(bundle) {
    bundle.onLoad({ filter: /[\\/]lib[\\/]facts[\\/]generated[\\/]services\.ts$/ }, () => ({
      contents: 'export const SERVICE_FACTS = undefined;',
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
    // Node prints the line in which a process fails. If the whole bundle were one line, it would hide the message.
    lineLimit: 1_000,
    // esbuild removes little unused code from the AWS SDK's CommonJS builds; these settings choose its ES modules.
    mainFields: ['module', 'main'],
    conditions: ['module'],
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    legalComments: 'none',
    plugins: [
      ...(OWN_CLIENT.includes(name) ? [commandsOnly] : []),
      ...(name === 'hook' ? [withoutServices] : []),
      literalKeys,
      encryptionModules,
      leaveOut,
      withoutAnnounced,
    ],
    metafile: true,
    logLevel: 'warning',
  });
  writeFileSync(path.join(meta, `${name}.json`), JSON.stringify(metafile));
}

// The parser of office files runs in a process of its own, which may read this file only: so it is CommonJS, for which Node.js
// looks at no other file.
const { metafile } = await build({
  entryPoints: [path.join(runtime, 'conversion/parser/main.ts')],
  outfile: path.join(root, 'dist/bundles/conversion/parser.cjs'),
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  lineLimit: 1_000,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
});
writeFileSync(path.join(meta, 'conversion-parser.json'), JSON.stringify(metafile));
writeFileSync(stamp, digest);
