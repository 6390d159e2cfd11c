/**
 * `npm run test:stryker -- MODULE` changes the expressions of a module, one at a time, and counts the changes that no test notices. It goes
 * on where the last run of the module ended, prints the survivors, and writes the figures to `results.json` and CONTRIBUTING. Everything
 * else is in `.local/stryker`. `-- MODULE --report` does so for the last run, after a change of the list of equivalents.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mutationScores } from '@/scripts/pages/mutation-scores';
import { EQUIVALENTS } from './equivalents';
import { install, LOCAL } from './install';
import { STRYKER_MODULES, type StrykerModule } from './modules';
import { options } from './options';
import { figuresOf, record, type StrykerReport, scoreOf } from './results';
import { sampleOf } from './sample';
import { isEquivalent, survivorsOf } from './survivors';

const ROOT = path.join(__dirname, '../..');

async function run(module: StrykerModule): Promise<number> {
  const installed = install();
  const { code, name, parts, sample: size } = module;
  const sample = size === undefined ? undefined : await sampleOf(code, size, installed);
  const files: StrykerReport['files'][] = [];
  for (const [index, part] of parts.entries()) {
    const folder = path.join(LOCAL, name, ...(parts.length > 1 ? [`part-${index + 1}`] : []));
    const settings = options(module, part, folder);
    if (!process.argv.includes('--report') && !measured(settings, folder, installed, sample?.keys ?? [])) return 1;
    files.push(JSON.parse(readFileSync(settings.jsonReporter.fileName, 'utf8')).files);
  }
  report(module, { files: Object.assign({}, ...files) }, sample?.from);
  return 0;
}

/** Runs Stryker, which writes its report to a folder, and returns whether it could. */
function measured(settings: ReturnType<typeof options>, folder: string, installed: string, keys: readonly string[]) {
  mkdirSync(folder, { recursive: true });
  const config = path.join(folder, 'stryker.config.json');
  const sampleFile = path.join(folder, 'sample.json');
  writeFileSync(config, JSON.stringify(settings, null, 2));
  writeFileSync(sampleFile, JSON.stringify(keys));
  forgetOthers(settings.incrementalFile);
  const bin = path.join(installed, 'node_modules/@stryker-mutator/core/bin/stryker.js');
  const temporary = mkdtempSync(path.join(tmpdir(), 'stryker-'));
  const env = { ...process.env, TMPDIR: temporary, STRYKER_SAMPLE: sampleFile };
  const { status } = spawnSync('nice', ['-n', '12', process.execPath, bin, 'run', config], {
    cwd: ROOT,
    stdio: 'inherit',
    env,
  });
  rmSync(temporary, { recursive: true, force: true });
  return status === 0;
}

/**
 * Removes results that Stryker would take over although they may have changed: of mutants outside the last sample, and of survivors that run
 * while a file is loaded, for which it notices no new test.
 */
function forgetOthers(file: string): void {
  if (!existsSync(file)) return;
  const last: StrykerReport = JSON.parse(readFileSync(file, 'utf8'));
  const files = Object.entries(last.files).map(([name, { mutants, ...rest }]) => [
    name,
    {
      ...rest,
      mutants: mutants.filter(
        (mutant) => mutant.status !== 'CompileError' && !(mutant.static && mutant.status === 'Survived'),
      ),
    },
  ]);
  writeFileSync(file, JSON.stringify({ ...last, files: Object.fromEntries(files) }));
}

function report({ name }: StrykerModule, found: StrykerReport, sampledFrom?: number): void {
  const figures = figuresOf(found);
  const all = survivorsOf(found);
  const survivors = all.filter((survivor) => !isEquivalent(survivor, EQUIVALENTS));
  for (const { file, line, code, replacement, status } of survivors)
    console.log(`${file}:${line} ${status}: ${JSON.stringify(code)} -> ${JSON.stringify(replacement)}`);
  console.log(`${name}: ${(scoreOf(figures) * 100).toFixed(1)} %, ${JSON.stringify(figures)}`);
  record({ module: name, after: figures, equivalent: all.length - survivors.length, sampledFrom });
  writeFileSync(path.join(ROOT, mutationScores.file), mutationScores.render());
}

const [name] = process.argv.slice(2);
const named = STRYKER_MODULES.find((module) => module.name === name);
void (async () => {
  if (named === undefined) console.error(`name a module: ${STRYKER_MODULES.map((module) => module.name).join(', ')}`);
  process.exitCode = named === undefined ? 2 : await run(named);
})();
