/** `npm run hook-template` writes the hook as one CloudFormation template, for a release. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { hookTemplate } from './hook/hook-template';
import { hookBundle, inlineCode } from './hook/inline-code';

const ROOT = path.join(__dirname, '..');
const FILE = 'dist/hook/residency-hook.template.json';
/** What the template contains of other packages, as `scripts/bundle.mjs` writes it for each bundle. */
const META = 'dist/meta/hook-template.json';

/** The most that CloudFormation reads from S3, by its quotas and by the older documentation of its API. */
const MOST_BYTES = 460_800;

async function main(): Promise<void> {
  const bundle = await hookBundle();
  const template = `${JSON.stringify(hookTemplate(inlineCode(bundle)), undefined, 1)}\n`;
  if (template.length > MOST_BYTES) {
    throw new Error(`the template has ${template.length} bytes, and may have ${MOST_BYTES}; make the hook smaller`);
  }
  const [output] = Object.values(bundle.metafile.outputs);
  write(FILE, template);
  write(META, JSON.stringify({ ...bundle.metafile, outputs: { [FILE]: output } }));
  console.log(`${FILE}: ${(template.length / 1024).toFixed(0)} KiB`);
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(ROOT, file)), { recursive: true });
  writeFileSync(path.join(ROOT, file), text);
}

main();
