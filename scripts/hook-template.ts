/** `npm run hook-template` writes the hook as one CloudFormation template, for a release. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { hookTemplate } from './hook/hook-template';
import { hookBundle, inlineCode } from './hook/inline-code';

const FILE = path.join(__dirname, '../dist/hook/residency-hook.template.json');

/** The most that CloudFormation reads from S3, by its quotas and by the older documentation of its API. */
const MOST_BYTES = 460_800;

async function main(): Promise<void> {
  const template = `${JSON.stringify(hookTemplate(inlineCode(await hookBundle())), undefined, 1)}\n`;
  if (template.length > MOST_BYTES) {
    throw new Error(`the template has ${template.length} bytes, and may have ${MOST_BYTES}; make the hook smaller`);
  }
  mkdirSync(path.dirname(FILE), { recursive: true });
  writeFileSync(FILE, template);
  console.log(`${path.relative(process.cwd(), FILE)}: ${(template.length / 1024).toFixed(0)} KiB`);
}

main();
