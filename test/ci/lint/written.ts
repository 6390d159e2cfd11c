import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { init } from '@/lib/cli/commands/init';

/** What a repository may contain when `init --ci` runs in it. */
const REPOSITORIES: Readonly<Record<string, readonly string[]>> = {
  'a Node app': ['cdk.json', 'package.json', 'residency.yaml', 'residency-baseline.json'],
  'a Python app': ['cdk.json', 'requirements.txt'],
  'templates only': ['residency-exceptions.yaml'],
};

/** Each repository with the files that `init --ci` writes, by its description. */
export function written(system: 'github' | 'gitlab'): [string, string][] {
  return Object.entries(REPOSITORIES).map(([what, files]) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'written-'));
    execFileSync('git', ['init', '--quiet', folder]);
    for (const file of files) writeFileSync(path.join(folder, file), '{}');
    const isCdk = files.includes('cdk.json');
    mkdirSync(path.join(folder, 'stacks'));
    const paths = isCdk ? [] : ['--paths', 'stacks/*.yaml', '--paths', "the team's/a: b.yaml", '--region', 'eu-west-1'];
    const log = jest.spyOn(console, 'log').mockImplementation();
    init([folder, '--ci', system, ...paths], true);
    log.mockRestore();
    return [what, folder];
  });
}
