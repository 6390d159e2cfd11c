import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT, WORK } from './folders';

const EXAMPLE = path.join(ROOT, 'examples/sovereign-deployment/residency.yaml');

/** The names that the scenarios look for, by those of the example. */
const NAMES = {
  'name: souverain': 'name: exemple',
  'id: behoerde': 'id: sciences',
  'id: auskunft': 'id: helpdesk-bot',
};

/** The server of the example's model, in the network of the deployment. */
export const SERVER = { host: '10.0.5.5', port: 8_000, model: 'assistant-model' } as const;

/** The example of the sovereign partition with the sample's names. */
export function sovereignFile(): string {
  let text = readFileSync(EXAMPLE, 'utf8');
  for (const [theirs, ours] of Object.entries(NAMES)) text = replaced(text, theirs, ours);
  if (!text.includes(`"http://${SERVER.host}:${SERVER.port}/v1", model: ${SERVER.model}`))
    throw new Error(`${EXAMPLE} no longer has a server at ${SERVER.host}:${SERVER.port}`);
  const file = path.join(WORK, 'residency.yaml');
  writeFileSync(file, text);
  return file;
}

function replaced(text: string, theirs: string, ours: string): string {
  if (!text.includes(theirs)) throw new Error(`${EXAMPLE} no longer has '${theirs}'`);
  return text.replace(theirs, ours);
}
