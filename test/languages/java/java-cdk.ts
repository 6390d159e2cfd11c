import { copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { run, tryRun } from '../../package/run';
import { installed } from '../../support/installed';
import { CDK, nodeModules } from '../bindings';

const POM = path.join(__dirname, 'pom.xml');

/**
 * The newest version on mirrors of Maven Central that are behind. Its classes only pass calls on to the CDK's JavaScript, so
 * that of `CDK` runs behind them.
 */
const OLDER = '2.263.0';

/** The CDK for Java. */
export interface JavaCdk {
  readonly jars: string;
  /** The modules in the jars, for which the package's classes are generated. */
  readonly modules: string;
  /** Resources to find before those of the jars: the JavaScript of `CDK`, where a jar has another. */
  readonly resources: string;
}

/** Downloads the CDK for Java with Maven. */
export function javaCdk(): JavaCdk {
  const folder = installed('languages/java', [POM, __filename], (target) => {
    copyFileSync(POM, path.join(target, 'pom.xml'));
    const copy = (version: string) =>
      tryRun(target, 'mvn', '-q', '-B', `-Dcdk=${version}`, 'dependency:copy-dependencies', '-DoutputDirectory=jars');
    const first = copy(CDK);
    const result = /Could not find artifact|was not found in/.test(first.output) ? copy(OLDER) : first;
    if (result.code !== 0) throw new Error(`Maven can't install the CDK for Java:\n${result.output}`);
    for (const jar of readdirSync(path.join(target, 'jars'))) unpackModules(target, path.join(target, 'jars', jar));
  });
  return {
    jars: path.join(folder, 'jars'),
    modules: path.join(folder, 'node_modules'),
    resources: path.join(folder, 'resources'),
  };
}

/** Puts a jar's modules in `node_modules`, and the JavaScript of `CDK` in `resources` under the same name. */
function unpackModules(folder: string, jar: string): void {
  for (const entry of run(folder, 'jar', 'tf', jar).split('\n')) {
    if (!entry.endsWith('.jsii.tgz')) continue;
    run(folder, 'jar', 'xf', jar, entry);
    const module = path.join(folder, 'module');
    mkdirSync(module);
    run(module, 'tar', '-xzf', path.join(folder, entry), '--strip-components', '1');
    const { name } = manifestOf(module);
    const place = path.join(folder, 'node_modules', name);
    mkdirSync(path.dirname(place), { recursive: true });
    renameSync(module, place);
    const resource = path.join(folder, 'resources', entry);
    mkdirSync(path.dirname(resource), { recursive: true });
    const version = `${name}@${manifestOf(path.join(nodeModules(), name)).version}`;
    const packed = run(folder, 'npm', 'pack', '--silent', version).trim();
    renameSync(path.join(folder, packed), resource);
    rmSync(path.join(folder, entry));
  }
}

const manifestOf = (module: string) => JSON.parse(readFileSync(path.join(module, 'package.json'), 'utf8'));
