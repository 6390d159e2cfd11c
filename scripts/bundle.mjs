// Bundles each handler of lib/runtime into dist/bundles/<name>/index.mjs, which is what Lambda runs.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const runtime = path.join(root, 'lib/runtime');
const bundles = readdirSync(runtime).filter((name) => existsSync(path.join(runtime, name, 'lambda.ts')));

for (const name of bundles) {
  await build({
    entryPoints: [path.join(root, `lib/runtime/${name}/lambda.ts`)],
    outfile: path.join(root, `dist/bundles/${name}/index.mjs`),
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    minify: true,
    // The CommonJS builds of the AWS SDK shed little when bundled; these settings choose its ES modules.
    mainFields: ['module', 'main'],
    conditions: ['module'],
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    legalComments: 'none',
    logLevel: 'warning',
  });
}
