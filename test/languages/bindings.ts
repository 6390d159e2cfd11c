import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pack } from '../package/pack';
import { run } from '../package/run';
import { installed } from '../support/installed';

const LOCK = ['package.json', 'package-lock.json'].map((name) => path.join(__dirname, name));

/** The version of the CDK that every language runs with. */
export const CDK: string = JSON.parse(readFileSync(LOCK[0] as string, 'utf8')).dependencies['aws-cdk-lib'];

/** The CDK for Node, as the lock file has it. */
export function nodeModules(): string {
  const folder = installed('languages/node', LOCK, (target) => {
    for (const file of LOCK) cpSync(file, path.join(target, path.basename(file)));
    run(target, 'npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error');
  });
  return path.join(folder, 'node_modules');
}

let tarball: string | undefined;

/**
 * An empty project, outside the repository, in which the packed package is installed.
 *
 * @param cdk a folder of modules that has the CDK
 * @returns its folder
 */
export function project(cdk: string = nodeModules()): string {
  tarball ??= pack();
  const folder = mkdtempSync(path.join(tmpdir(), 'languages-'));
  const modules = path.join(folder, 'node_modules');
  const own = path.join(modules, 'cdk-eu-residency');
  mkdirSync(own, { recursive: true });
  run(own, 'tar', '-xzf', tarball, '--strip-components', '1');
  for (const name of ['aws-cdk-lib', 'constructs']) symlinkSync(path.join(cdk, name), path.join(modules, name));
  // A copy, so that it finds the same CDK.
  cpSync(path.join(nodeModules(), 'cdk-nag'), path.join(modules, 'cdk-nag'), { recursive: true });
  return folder;
}

/** Generates the package of a language for a module of a project, and returns the folder of its sources. */
export function bindings(language: string, folder: string, name = 'cdk-eu-residency'): string {
  const module = path.join(folder, 'node_modules', name);
  withoutScripts(module);
  const outdir = path.join(folder, 'bindings', name);
  const options = ['--code-only', '--rosetta-unknown-snippets', 'verbatim', '--no-npmignore', '--outdir', outdir];
  jsiiTool('jsii-pacmak', [module, ...options, '--targets', language], folder);
  return path.join(outdir, language);
}

/** The generator packs a module again, and the packed one has nothing to build it from. */
function withoutScripts(module: string): void {
  const file = path.join(module, 'package.json');
  const { scripts: _, devDependencies: __, ...manifest } = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify(manifest, undefined, 2));
}

/** Runs one of jsii's tools. */
export function jsiiTool(name: string, args: readonly string[], cwd: string): string {
  return run(cwd, process.execPath, path.join(__dirname, '../../scripts/jsii/run-tool.mjs'), name, ...args);
}
