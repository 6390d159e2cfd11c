// Writes `bundles`: every file of `dist/bundles`, compressed, and the digests of what was compressed.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { FOLDER, ROOT } from './apps.mts';

const from = path.join(ROOT, 'dist/bundles');
const to = path.join(FOLDER, 'bundles');
const manifest: Record<string, { readonly bytes: number; readonly sha256: string }> = {};
rmSync(to, { recursive: true, force: true });
for (const bundle of readdirSync(from).sort()) {
  mkdirSync(path.join(to, bundle), { recursive: true });
  for (const file of readdirSync(path.join(from, bundle)).sort()) {
    const content = readFileSync(path.join(from, bundle, file));
    const sha256 = createHash('sha256').update(content).digest('hex');
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 };
    writeFileSync(path.join(to, bundle, `${file}.br`), brotliCompressSync(content, { params }));
    manifest[`${bundle}/${file}`] = { bytes: content.length, sha256 };
  }
}
writeFileSync(path.join(to, 'manifest.json'), `${JSON.stringify(manifest, undefined, 1)}\n`);
