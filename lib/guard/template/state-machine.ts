import { expand } from './expand';
import { jsonIn } from './nesting';
import { isMap, type Node, Reference, Unresolved } from './node';
import { OWN_VALUE, TOO_MANY, UNRESOLVED } from './placeholder';
import type { Unread } from './policy-statements';
import type { Resource, Selected } from './resource';

export const STATE_MACHINE_TYPES = ['AWS::StepFunctions::StateMachine', 'AWS::Serverless::StateMachine'];

/** A state machine's definitions in the template. */
export function definitionsOf(resource: Resource): Selected[] {
  return read(resource).filter((item): item is Selected => !('reason' in item));
}

/** Definitions that can't be read, or that are stored elsewhere. */
export function unreadDefinitions(resource: Resource): Unread[] {
  const elsewhere = ['DefinitionS3Location', 'DefinitionUri'].flatMap((property) => resource.select(property));
  return [
    ...read(resource).filter((item): item is Unread => 'reason' in item),
    ...elsewhere.map(({ path }) => ({ path, reason: 'it is in a file that the template only refers to' })),
  ];
}

function read(resource: Resource): (Selected | Unread)[] {
  return ['DefinitionString', 'Definition']
    .flatMap((property) => resource.select(property))
    .map(({ path, value }) => {
      if (value instanceof Reference) return { path, reason: `'${value.logicalId}' returns it at deployment` };
      const document = typeof value === 'string' ? parsed(value) : value;
      if (document instanceof Unresolved) return { path, reason: document.reason };
      return isMap(document) ? { path, value: document } : { path, reason: "it isn't JSON" };
    });
}

/** Reads a definition that may have placeholders outside quotes, such as for a number: they are quoted first. */
function parsed(text: string): unknown {
  return jsonIn(text) ?? jsonIn(text.replace(OUTSIDE_QUOTES, (part) => (part.startsWith('"') ? part : `"${part}"`)));
}

const OUTSIDE_QUOTES = new RegExp(`"(?:[^"\\\\]|\\\\.)*"|[${OWN_VALUE}${UNRESOLVED}${TOO_MANY}]|\\$\\{\\w+\\}`, 'gs');

/** The possible values of a definition's node after the resource's `DefinitionSubstitutions` are filled in. */
export function variantsIn(resource: Resource): (node: unknown) => Node[] {
  const substitutions: Record<string, unknown> = {};
  for (const { value } of resource.select('DefinitionSubstitutions')) {
    for (const [name, given] of isMap(value) ? Object.entries(value) : []) {
      // Variants of the whole mapping are variants of each entry; an unknown condition makes both possible.
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
