/**
 * Runs the guard over a folder of labelled templates and prints what it found, what it missed and its false alarms.
 * `npm run check:corpus [-- folder]`; the folder holds labels.jsonl and templates/<repo>/<path>. Exit code 1 when a template can't be
 * read, a resource labelled clean is blocked, or more is missed than `--allow-missed N`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ResidencyBoundary } from '../lib/boundary/boundary';
import { checkTemplate } from '../lib/guard/check-template';
import { blocks, type Finding } from '../lib/guard/finding';
import { parseTemplate } from '../lib/guard/template/parse';

interface Label {
  readonly repo: string;
  readonly path: string;
  readonly logicalId: string;
  readonly type: string;
  readonly property: string;
  readonly label: 'leaves-eu' | 'clean' | 'undetermined';
  readonly class: string;
}

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'allow-missed': { type: 'string', default: '0' }, verbose: { type: 'boolean', default: false } },
});
const corpus = path.resolve(positionals[0] ?? '../shared/corpus');

const files = readdirSync(path.join(corpus, 'templates'), { recursive: true, encoding: 'utf8', withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => path.join(entry.parentPath, entry.name));

const findings = new Map<string, readonly Finding[]>();
const unreadable: string[] = [];
let resources = 0;
const started = performance.now();
for (const file of files) {
  const name = path.relative(path.join(corpus, 'templates'), file);
  try {
    const result = checkTemplate(parseTemplate(readFileSync(file, 'utf8')), {
      boundary: ResidencyBoundary.eu(),
      stack: name,
      deployRegion: 'eu-central-1',
    });
    resources += result.resources;
    findings.set(name, result.findings);
  } catch (error) {
    unreadable.push(`${name}: ${(error as Error).message}`);
  }
}
const seconds = ((performance.now() - started) / 1000).toFixed(2);

const labels = readFileSync(path.join(corpus, 'labels.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line): Label => JSON.parse(line));
const blocked = (label: Label) =>
  (findings.get(path.join(label.repo, label.path)) ?? []).filter((f) => f.logicalId === label.logicalId && blocks(f));
const known = labels.filter((label) => findings.has(path.join(label.repo, label.path)));
const leaving = known.filter((label) => label.label === 'leaves-eu');
const missed = leaving.filter((label) => blocked(label).length === 0);
const clean = known.filter((label) => label.label === 'clean');
const alarms = clean.filter((label) => blocked(label).length > 0);

for (const label of missed)
  console.log(`missed       ${label.path} ${label.logicalId} ${label.type} ${label.property} (${label.class})`);
for (const label of alarms) {
  for (const finding of blocked(label)) {
    console.log(`false alarm  ${label.path} ${label.logicalId}${finding.path} ${finding.rule}: ${finding.message}`);
  }
}
for (const line of unreadable) console.log(`unreadable   ${line}`);
if (options.verbose) {
  for (const finding of [...findings.values()].flat()) {
    console.log(
      `${finding.level.padEnd(12)} ${finding.stack} ${finding.logicalId ?? ''}${finding.path} ${finding.rule}: ${finding.value ?? ''} ${finding.message}`,
    );
  }
}
console.log(
  `${files.length} templates, ${resources} resources in ${seconds} s; ${leaving.length - missed.length} of ${leaving.length} leaks found, ` +
    `${missed.length} missed, ${alarms.length} false alarms on ${clean.length} clean resources, ${unreadable.length} unreadable, ` +
    `${labels.length - known.length} labels without a template`,
);
process.exitCode =
  unreadable.length > 0 || alarms.length > 0 || missed.length > Number(options['allow-missed']) ? 1 : 0;
