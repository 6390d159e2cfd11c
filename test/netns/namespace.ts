import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The exit code of a test that this machine can't run. */
export const NOT_RUN = 77;
const ROOT = path.join(__dirname, '../..');

/** Runs a script again with its arguments, in a network namespace of its own, where `INSIDE` is `1`; the exit code. */
export function runInNamespace(script: string): number {
  const { status } = spawnSync('unshare', ['--net', '--mount', 'ip', 'link', 'set', 'lo', 'up'], { stdio: 'ignore' });
  if (status !== 0) {
    console.error(
      'not run: this machine permits no network namespace; the test needs Linux, root (or CAP_SYS_ADMIN and CAP_NET_ADMIN), and the ' +
        "commands 'unshare' and 'ip'",
    );
    return NOT_RUN;
  }
  const command = ['--net', '--mount', '--fork', '--kill-child', process.execPath, '--import', 'tsx', script];
  const args = process.argv.slice(2);
  return (
    spawnSync('unshare', [...command, ...args], { stdio: 'inherit', cwd: ROOT, env: { ...process.env, INSIDE: '1' } })
      .status ?? 1
  );
}

/** Starts loopback, and replaces the machine's name server and known names. */
export function onlyLoopback(folder: string, nameServer: string): void {
  execFileSync('ip', ['link', 'set', 'lo', 'up']);
  const files = {
    'resolv.conf': `nameserver ${nameServer}\noptions attempts:1 timeout:2\n`,
    hosts: '127.0.0.1 localhost\n',
  };
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(path.join(folder, name), content);
    execFileSync('mount', ['--bind', path.join(folder, name), `/etc/${name}`]);
  }
}

/** A kernel counter of the namespace. */
export function counter(protocol: string, name: string): number {
  const [heads = '', values = ''] = readFileSync('/proc/net/snmp', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith(`${protocol}: `));
  return Number(values.split(' ')[heads.split(' ').indexOf(name)]);
}
