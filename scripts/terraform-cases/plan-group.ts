import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Json } from '../../lib/guard/template/parse';
import { planOfModule } from './split';

const run = promisify(execFile);

/** A configuration that is laid out below the group's folder. */
export interface Member {
  readonly name: string;
  /** The configuration's folder, relative to the group's. */
  readonly folder: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface Planned {
  readonly plans: ReadonlyMap<string, Json>;
  /** Why there is no plan of a member. */
  readonly errors: ReadonlyMap<string, string>;
}

/** How often members whose configuration Terraform refuses are left out and the rest is planned again. */
const MAX_TRIES = 8;

/** One plan of many configurations, each a module of its own, divided again: starting the provider takes far longer than a plan. */
export async function planGroup(
  root: string,
  members: readonly Member[],
  region: string,
  env: NodeJS.ProcessEnv,
): Promise<Planned> {
  const errors = new Map<string, string>();
  let left = members;
  for (let tries = 0; tries < MAX_TRIES && left.length > 0; tries++) {
    mkdirSync(root, { recursive: true });
    rmSync(path.join(root, '.terraform'), { recursive: true, force: true });
    writeFileSync(path.join(root, 'main.tf'), rootModule(left, region));
    const terraform = (...args: string[]) => run('terraform', args, { cwd: root, env, maxBuffer: 1024 ** 3 });
    try {
      await terraform('init', '-backend=false', '-input=false', '-no-color');
      await terraform('plan', '-input=false', '-no-color', '-lock=false', '-refresh=false', '-out=plan.tfplan');
      const plan: Json = JSON.parse((await terraform('show', '-json', 'plan.tfplan')).stdout);
      return { plans: new Map(left.map(({ name }) => [name, planOfModule(plan, name)])), errors };
    } catch (error) {
      const text = (error as { stderr?: string }).stderr ?? '';
      const failed = new Map(left.flatMap(({ name, folder }) => errorOf(text, name, folder)));
      if (failed.size === 0) throw new Error(text.slice(0, 3000) || String(error));
      for (const [name, why] of failed) errors.set(name, why);
      left = left.filter(({ name }) => !failed.has(name));
    }
  }
  return { plans: new Map(), errors };
}

function rootModule(members: readonly Member[], region: string): string {
  const calls = members.map(({ name, folder, variables }) => {
    const given = Object.entries(variables).map(([key, value]) => `  ${key} = ${JSON.stringify(value)}\n`);
    return `module "${name}" {\n  source = "./${folder}"\n${given.join('')}}\n`;
  });
  return `provider "aws" {\n  region = "${region}"\n}\n\n${calls.join('\n')}`;
}

/** The error of a member: Terraform names the file, the module or the address. */
function errorOf(text: string, name: string, folder: string): [string, string][] {
  const blocks = text.split(/(?=^(?:╷|│ )?\s*Error: )/m).filter((block) => /Error: /.test(block));
  const own = blocks.find(
    (block) =>
      block.includes(`module.${name}.`) ||
      block.includes(`module.${name} `) ||
      block.includes(`module "${name}"`) ||
      block.includes(`${folder}/`) ||
      new RegExp(String.raw`\b${name}\b`).test(block),
  );
  return own === undefined ? [] : [[name, (/Error: (.*)/.exec(own)?.[1] ?? 'unknown').slice(0, 160)]];
}
