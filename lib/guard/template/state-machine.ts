import { expand } from './expand';
import { MANY, OPEN, OWN } from './hole';
import { isMap, type Node, Reference, Unresolved } from './node';
import type { Unread } from './policy-statements';
import type { Resource, Selected } from './resource';

export const STATE_MACHINE_TYPES = ['AWS::StepFunctions::StateMachine', 'AWS::Serverless::StateMachine'];

/** The definitions of a state machine that the template shows. */
export function definitionsOf(resource: Resource): Selected[] {
  return read(resource).filter((item): item is Selected => !('reason' in item));
}

/** Definitions that can't be read, or that lie elsewhere. */
export function unreadDefinitions(resource: Resource): Unread[] {
  const elsewhere = ['DefinitionS3Location', 'DefinitionUri'].flatMap((property) => resource.select(property));
  return [
    ...read(resource).filter((item): item is Unread => 'reason' in item),
    ...elsewhere.map(({ path }) => ({ path, reason: 'it is in a file that the template only names' })),
  ];
}

function read(resource: Resource): (Selected | Unread)[] {
  return ['DefinitionString', 'Definition']
    .flatMap((property) => resource.select(property))
    .map(({ path, value }) => {
      if (value instanceof Unresolved) return { path, reason: value.reason };
      if (value instanceof Reference) return { path, reason: `it is what '${value.logicalId}' answers at deploy` };
      const document = typeof value === 'string' ? parsed(value) : value;
      return isMap(document) ? { path, value: document } : { path, reason: 'it is no JSON' };
    });
}

/** Reads a definition in which a number or more may be left open: what stands outside of quotes is quoted. */
function parsed(text: string): unknown {
  for (const attempt of [text, text.replace(OUTSIDE_QUOTES, (part) => (part.startsWith('"') ? part : `"${part}"`))]) {
    try {
      return JSON.parse(attempt);
    } catch {}
  }
  return undefined;
}

const OUTSIDE_QUOTES = new RegExp(`"(?:[^"\\\\]|\\\\.)*"|[${OWN}${OPEN}${MANY}]|\\$\\{\\w+\\}`, 'gs');

/** What a node of a definition can turn out to be, once the resource's `DefinitionSubstitutions` are filled in. */
export function variantsIn(resource: Resource): (node: unknown) => Node[] {
  const substitutions: Record<string, unknown> = {};
  for (const { value } of resource.select('DefinitionSubstitutions')) {
    for (const [name, given] of isMap(value) ? Object.entries(value) : []) {
      // Variants of the whole mapping are variants of each entry; a condition that nobody knows leaves both open.
      substitutions[name] = Object.hasOwn(substitutions, name) ? { 'Fn::If': ['', substitutions[name], given] } : given;
    }
  }
  return (node) => expand(typeof node === 'string' ? substituted(node, substitutions) : node, resource.scope);
}

function substituted(text: string, substitutions: Readonly<Record<string, unknown>>): unknown {
  const whole = /^\$\{(\w+)\}$/.exec(text)?.[1];
  if (whole !== undefined && Object.hasOwn(substitutions, whole)) return substitutions[whole];
  if (!text.includes('${')) return text;
  const others = text.replace(/\$\{([^}!]*)\}/g, (part, name) =>
    Object.hasOwn(substitutions, name) ? part : `\${!${name}}`,
  );
  return { 'Fn::Sub': [others, substitutions] };
}
