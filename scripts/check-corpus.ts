/**
 * `npm run check:corpus [-- folder]` runs the guard over a folder of labelled templates, by default the one that CORPUS names, and
 * prints the leaks that it finds, the ones that it misses and its false alarms. The folder contains labels.jsonl and
 * templates/<repo>/<path>. The exit code is 1 if a template can't be read, a resource labelled clean is blocked, or more than
 * `--allow-missed N` leaks are missed. corpus-disputed.json contains the labels that we dispute, each with the reason: they are printed
 * and not counted. A row that no longer disagrees with its label must be removed.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ResidencyBoundary } from '../lib/boundary/boundary';
import { checkTemplate } from '../lib/guard/check/check-template';
import { blocks, type Finding } from '../lib/guard/finding';
import { parseTemplate } from '../lib/guard/template/parse';
import { type Disputed, isAbout, readDisputed } from './corpus-disputed';

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
  options: {
    'allow-missed': { type: 'string', default: '0' },
    disputed: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
});
const corpus = path.resolve(positionals[0] ?? process.env.CORPUS ?? '../shared/corpus');

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
/** The findings that block a resource; `*` stands for the whole file, including findings on the template itself. */
const blocked = (label: Label) =>
  (findings.get(path.join(label.repo, label.path)) ?? []).filter(
    (f) => (label.logicalId === '*' || f.logicalId === label.logicalId) && blocks(f),
  );
const known = labels.filter((label) => findings.has(path.join(label.repo, label.path)));
const disputed = readDisputed(options.disputed);
const used = new Set<Disputed>();
/** Whether a label that the guard disagrees with is disputed. */
const isDisputed = (label: Label): boolean => {
  const about = disputed.find((row) => isAbout(row, label));
  if (about !== undefined) used.add(about);
  return about !== undefined;
};
const leaving = known.filter((label) => label.label === 'leaves-eu');
const missed = leaving.filter((label) => blocked(label).length === 0 && !isDisputed(label));
const clean = known.filter((label) => label.label === 'clean');
const alarms = clean.filter((label) => blocked(label).length > 0 && !isDisputed(label));
// The list may also contain labels of other corpora.
const unused = disputed.filter((row) => !used.has(row) && known.some((label) => isAbout(row, label)));

for (const label of missed)
  console.log(`missed       ${label.path} ${label.logicalId} ${label.type} ${label.property} (${label.class})`);
for (const label of alarms) {
  for (const finding of blocked(label)) {
    console.log(`false alarm  ${label.path} ${label.logicalId}${finding.path} ${finding.rule}: ${finding.message}`);
  }
}
for (const { path: file, logicalId, property, reason } of used)
  console.log(`disputed     ${file} ${logicalId} ${property}: ${reason}`);
for (const { path: file, logicalId, property } of unused)
  console.log(
    `not needed   ${file} ${logicalId} ${property}: no label disagrees, so remove it from corpus-disputed.json`,
  );
for (const line of unreadable) console.log(`unreadable   ${line}`);
if (options.verbose) {
  for (const finding of [...findings.values()].flat()) {
    console.log(
      `${finding.level.padEnd(12)} ${finding.stack} ${finding.logicalId ?? ''}${finding.path} ${finding.rule}: ${finding.value ?? ''} ${finding.message}`,
    );
  }
}
console.log(
  `${files.length} templates, ${resources} resources in ${seconds} s; ${leaving.filter((label) => blocked(label).length > 0).length} of ${leaving.length} leaks found, ` +
    `${missed.length} missed, ${alarms.length} false alarms on ${clean.length} clean resources, ${unreadable.length} unreadable, ` +
    `${disputed.length} disputed labels, ${labels.length - known.length} labels without a template`,
);
process.exitCode =
  unreadable.length > 0 || alarms.length > 0 || unused.length > 0 || missed.length > Number(options['allow-missed'])
    ? 1
    : 0;
