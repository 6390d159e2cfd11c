import { cpSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from '../../package/run';
import { bindings, project } from '../bindings';
import type { Program } from '../language';
import { javaCdk } from './java-cdk';

/** Compiles the sources of a package to a jar, with its resources. */
function jarOf(sources: string, jars: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'jar-'));
  const main = path.join(sources, 'src/main');
  const files = readdirSync(path.join(main, 'java'), { recursive: true, encoding: 'utf8' });
  const list = files.filter((file) => file.endsWith('.java')).map((file) => path.join(main, 'java', file));
  writeFileSync(path.join(folder, 'sources'), list.join('\n'));
  run(folder, 'javac', '-nowarn', '-proc:none', '-d', 'classes', '-cp', `${jars}/*`, '@sources');
  cpSync(path.join(main, 'resources'), path.join(folder, 'classes'), { recursive: true });
  run(folder, 'jar', 'cf', 'package.jar', '-C', 'classes', '.');
  return path.join(folder, 'package.jar');
}

/** The app in Java, outside the repository. */
export function java(): Program {
  const { jars, modules, resources } = javaCdk();
  const packed = jarOf(bindings('java', project(modules)), jars);
  const folder = mkdtempSync(path.join(tmpdir(), 'java-'));
  run(folder, 'javac', '-d', folder, '-cp', `${packed}:${jars}/*`, path.join(__dirname, 'ChatApp.java'));
  return { folder, words: ['java', '-cp', `${resources}:${folder}:${packed}:${jars}/*`, 'ChatApp'] };
}
