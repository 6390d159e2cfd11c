import { execFileSync } from 'node:child_process';
import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Block, blocksIn, fileOf, isWholeApp, projectOfBlocks, ROOT } from './blocks';

// Each app runs in its own process, perhaps on a busy machine.
jest.setTimeout(300_000);

const folder = projectOfBlocks();
// What the blocks about a configuration read.
writeFileSync(path.join(folder, 'residency.yaml'), 'boundary: eu\n');

/** Blocks that need a file of the app; test/package/recipes.test.ts runs them with one. */
const needsFile = ({ code }: Block) => /baseline:|fromFile\(/.test(code);

test.each(blocksIn('ts').filter((block) => isWholeApp(block) && !needsFile(block)))(
  'the app at $name synthesizes without a blocking finding',
  (block) => {
    const outdir = mkdtempSync(path.join(tmpdir(), 'assembly-'));
    execFileSync(
      process.execPath,
      ['--import', path.join(ROOT, 'node_modules/tsx/dist/loader.mjs'), fileOf(folder, block)],
      {
        cwd: folder,
        encoding: 'utf8',
        stdio: 'pipe',
        env: { ...process.env, CDK_OUTDIR: outdir, CDK_VALIDATION: undefined, NODE_ENV: '' },
      },
    );
    expect(statSync(path.join(outdir, 'manifest.json')).isFile()).toBe(true);
  },
);
