import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { BUILT_COMMAND } from './built-command';

/** The templates of `DEPLOYMENT`, by stack. */
export type DeployedTemplates = Readonly<
  Record<'foundation' | 'sciences' | 'office' | 'projects' | 'ledger', Template>
>;

/**
 * The templates of `deploymentStacks()`, for tests that only read them. They are synthesized once in each run of the tests, by the first
 * file that needs them: a synth takes longer than most files.
 */
export function deployedTemplates(): DeployedTemplates {
  const folder = process.env[BUILT_COMMAND];
  const file = folder === undefined ? undefined : path.join(path.dirname(folder), 'templates.json');
  const text = file !== undefined && existsSync(file) ? readFileSync(file, 'utf8') : JSON.stringify(synthesized());
  if (file !== undefined && !existsSync(file)) {
    // Another process may read it meanwhile.
    writeFileSync(`${file}.${process.pid}`, text);
    renameSync(`${file}.${process.pid}`, file);
  }
  const templates = Object.entries(JSON.parse(text)).map(([name, template]) => [
    name,
    Template.fromJSON(template as Record<string, unknown>),
  ]);
  return Object.fromEntries(templates);
}

function synthesized(): Readonly<Record<keyof DeployedTemplates, object>> {
  // A file that finds the templates doesn't load the constructs.
  const { deploymentStacks }: typeof import('./deployment') = require('./deployment');
  const { foundation, workspaces, projects, ledger } = deploymentStacks();
  const [sciences, office] = workspaces;
  if (sciences === undefined || office === undefined || projects === undefined || ledger === undefined)
    throw new Error('a stack is missing');
  const json = (stack: typeof foundation | typeof sciences | typeof projects | typeof ledger) =>
    Template.fromStack(stack).toJSON();
  return {
    foundation: json(foundation),
    sciences: json(sciences),
    office: json(office),
    projects: json(projects),
    ledger: json(ledger),
  };
}
