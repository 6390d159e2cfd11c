import { valueAt } from '../read/draft';
import { keysAt } from '../read/schema-keys';
import { declarationShape } from '../schema/declarations-schema';
import { NEEDED_WITH } from '../schema/schema';
import type { Check } from './check';

const EXAMPLES: Readonly<Record<string, string>> = {
  name: "'name: exemple'",
  regions: "'regions: { primary: eu-central-1 }'",
  models: "'models: [{ id: assistant, destinations: [{ bedrock: <model or profile> }] }]'",
  alerts: "'alerts: [security@example.eu]', or 'alerts: { none: <why nobody is told> }'",
};

/** A file that describes a deployment names all that a deployment needs. */
export const checkNeededKeys: Check = ({ raw, purpose }) => {
  const needs = Object.entries(NEEDED_WITH).filter(([key]) => !isVoid(valueAt(raw, [key])));
  const missing = new Set(
    needs
      .flatMap(([, needed]) => needed)
      .filter((key) => valueAt(raw, [key]) === undefined && !purpose.unneeded.includes(key)),
  );
  return [...missing].map((key) => {
    const by = needs.filter(([, needed]) => needed.includes(key)).map(([name]) => `'${name}'`);
    return { path: [key], text: `is missing; it is needed with ${by.join(', ')}, such as ${EXAMPLES[key]}` };
  });
};

/** Keys that a file can have without describing a deployment. */
const FOR_THE_GUARD = ['boundary', ...Object.keys(declarationShape)];

/** A file that says more than the guard needs deploys something. */
export const checkSomethingToDeploy: Check = ({ raw }) => {
  const [key] = Object.keys(raw as object).filter((name) => !FOR_THE_GUARD.includes(name) && keysAt([]).includes(name));
  if (key === undefined || !isVoid(valueAt(raw, ['workspaces'])) || !isVoid(valueAt(raw, ['projects']))) return [];
  const text =
    'belongs to a deployment, but there is no workspace and no project, so nothing would be deployed; ' +
    "add one under 'workspaces' or 'projects', or leave only 'boundary', which is all that the guard needs";
  return [{ path: [key], text, atKey: true }];
};

const isVoid = (value: unknown) => value === undefined || (Array.isArray(value) && value.length === 0);
