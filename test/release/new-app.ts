import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import path from 'node:path';
import { withInstallCommands } from '@/scripts/pages/install-commands';
import { commandsOf } from '../package/page-blocks';
import { tryRun } from '../package/run';

const BLOCK = /^## Start an app\n.*?^```sh\n(.*?)^```$/ms;
/** Commands that ask a registry for packages. */
const INSTALLS = /^(?:npm install|npx --yes --package=)/;

interface NewApp {
  /** What all commands printed. */
  readonly output: string;
  /** The hosts that npm asked. */
  readonly hosts: readonly string[];
  /** Whether the other commands had no network. */
  readonly isIsolated: boolean;
}

/**
 * Runs README's commands that make an app, with the tarball in place of the path that README shows. Only commands that install have a
 * network, where the machine permits a network namespace.
 *
 * @throws with the output of the first command that fails
 */
export function newApp(work: string, tarball: string, readme: string): NewApp {
  // A published package's README names the registry, which doesn't have a version before its release.
  const [, block] = BLOCK.exec(withInstallCommands(readme, false)) ?? [];
  if (block === undefined)
    throw new Error("README.md has no 'sh' block below '## Start an app'; the release check runs it");
  let folder = mkdtempSync(path.join(work, 'app-'));
  const isIsolated = spawnSync('unshare', [...NO_NETWORK, 'true']).status === 0;
  const outputs: string[] = [];
  for (const command of commandsOf(block.replaceAll(/\/path\/to\/\S+\.tgz/g, tarball))) {
    const [program = '', ...args] = command.split(' ');
    if (program === 'cd') {
      folder = path.join(folder, args[0] ?? '');
      continue;
    }
    const prefix = isIsolated && !INSTALLS.test(command) ? ['unshare', ...NO_NETWORK] : [];
    const { code, output } = tryRun(folder, 'env', 'npm_config_loglevel=http', ...prefix, program, ...args);
    if (code !== 0) throw new Error(`${command}\n${output}`);
    outputs.push(output);
  }
  const output = outputs.join('\n');
  const hosts = [...output.matchAll(/^npm http fetch \w+ \d+ (\S+)/gm)].map(([, url = '']) => new URL(url).host);
  return { output, hosts: [...new Set(hosts)], isIsolated };
}

/** A namespace without an interface; the loopback interface of a new one is down. */
const NO_NETWORK = ['--map-root-user', '--net', '--'];
