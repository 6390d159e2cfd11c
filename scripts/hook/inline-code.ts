import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { build, type Metafile, type Plugin } from 'esbuild';
import { withoutAnnounced } from '../announced-rules.mjs';

const ENTRY = path.join(__dirname, '../../lib/runtime/hook-template/handler.ts');

/** Zod's messages in other languages than English, which are half of it. */
const withoutLanguages: Plugin = {
  name: 'without-languages',
  setup(bundle) {
    bundle.onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, () => ({ contents: 'export {};' }));
  },
};

/** The hook for a template as one CommonJS module, and esbuild's list of what is in it. */
export async function hookBundle(): Promise<{ readonly code: string; readonly metafile: Metafile }> {
  const { outputFiles, metafile } = await build({
    entryPoints: [ENTRY],
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    minify: true,
    mainFields: ['module', 'main'],
    conditions: ['module'],
    legalComments: 'none',
    plugins: [withoutLanguages, withoutAnnounced],
    write: false,
    metafile: true,
    logLevel: 'warning',
  });
  return { code: outputFiles[0]?.text ?? '', metafile };
}

/**
 * The text of `Code.ZipFile`, which CloudFormation writes to a file named index.js. The module is compressed, because a template may
 * have at most a megabyte, and because its tables of places would look like leaks to the guard.
 */
export function inlineCode({ code }: { readonly code: string }): string {
  const compressed = brotliCompressSync(code).toString('base64');
  return `'use strict';
const { brotliDecompressSync } = require('node:zlib');
const code = brotliDecompressSync(Buffer.from('${compressed}', 'base64')).toString();
const bundled = { exports: {} };
new Function('module', 'require', code)(bundled, require);
exports.handler = bundled.exports.handler;
`;
}
