import { expand } from './expand';
import { isMap } from './node';
import type { Json } from './parse';
import type { Scope } from './scope';

/** An event that starts a SAM function or state machine. */
export interface ServerlessEvent {
  readonly name: string;
  readonly type: string;
  readonly properties: Json;
}

/** The events of a SAM resource, in every variant; none for other resources. */
export function eventsOf(resource: unknown, scope: Scope): ServerlessEvent[] {
  if (!isMap(resource) || !typeOf(resource).startsWith('AWS::Serverless::')) return [];
  return maps(resource.Properties, scope)
    .flatMap(({ Events }) => maps(Events, scope))
    .flatMap((events) =>
      Object.entries(events).flatMap(([name, event]) =>
        maps(event, scope).flatMap(({ Type, Properties }) =>
          (Properties === undefined ? [{}] : maps(Properties, scope)).map((properties) => ({
            name,
            type: typeOf({ Type }),
            properties,
          })),
        ),
      ),
    );
}

const maps = (node: unknown, scope: Scope): Json[] => expand(node, scope).filter(isMap);

/** A type that isn't text counts as none. */
const typeOf = ({ Type }: Json) => (typeof Type === 'string' ? Type : '');
