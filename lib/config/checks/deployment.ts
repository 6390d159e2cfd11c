import { valueAt } from '../read/draft';
import { keysAt } from '../read/schema-keys';
import { declarationShape } from '../schema/declarations-schema';
import { NEEDED_WITH, type NeededKey } from '../schema/schema';
import type { Check } from './check';

const EXAMPLES: Readonly<Record<NeededKey, string>> = {
  name: "'name: exemple'",
  regions: "'regions: { primary: eu-central-1 }'",
  models: "'models: [{ id: assistant, destinations: [{ bedrock: <model or profile> }] }]'",
  workspaces: "'workspaces: [{ id: sciences, edition: edu, retention: 365d, models: [assistant] }]'",
  alerts: "'alerts: [security@example.eu]', or 'alerts: { none: <why there are no recipients> }'",
};

const AND = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** A file that describes a deployment has every key that a deployment needs. */
export const checkNeededKeys: Check = ({ raw, purpose }) => {
  const needs = Object.entries(NEEDED_WITH).filter(([key]) => !isVoid(valueAt(raw, [key])));
  const missing = new Set(
    needs
      .flatMap(([, needed]) => needed)
      .filter((key) => valueAt(raw, [key]) === undefined && !purpose.unneeded.includes(key)),
  );
  return [...missing].map((key) => {
    const by = needs.filter(([, needed]) => needed.includes(key)).map(([name]) => `'${name}'`);
    return {
      path: [key],
      text: `is missing; ${AND.format(by)} ${by.length === 1 ? 'needs' : 'need'} it; for example ${EXAMPLES[key]}`,
    };
  });
};

/** Keys that a file can have without describing a deployment. */
const FOR_THE_GUARD = ['boundary', 'organisation', 'factsKeys', 'perimeter', ...Object.keys(declarationShape)];

/** A file with more keys than the guard needs deploys something. */
export const checkSomethingToDeploy: Check = ({ raw }) => {
  const [key] = Object.keys(raw as object).filter((name) => !FOR_THE_GUARD.includes(name) && keysAt([]).includes(name));
  if (key === undefined || !isVoid(valueAt(raw, ['workspaces'])) || !isVoid(valueAt(raw, ['projects']))) return [];
  const text =
    'belongs to a deployment, but the file has no workspace and no project to deploy; ' +
    "add one under 'workspaces' or 'projects', or keep only 'boundary', which is all that the guard needs";
  return [{ path: [key], text, atKey: true }];
};

const isVoid = (value: unknown) => value === undefined || (Array.isArray(value) && value.length === 0);
