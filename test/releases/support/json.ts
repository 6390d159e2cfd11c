/** A key's value: its types, separated by a space, an object by its keys, or an array by its items. */
type Shape = string | readonly [Shape] | { readonly [key: string]: Shape };

const DRILLED = { read: 'number', decrypted: 'number', withoutKey: 'number', missing: 'number', unreadable: 'number' };

/** What each command of 0.1.0 writes with `--format json`. */
const JSON_OF = {
  check: {
    tool: 'string',
    version: 'string',
    boundary: 'string',
    deployRegion: 'string null',
    files: [{ file: 'string', resources: 'number', error: 'string null' }],
    findings: [
      {
        rule: 'string',
        level: 'string',
        file: 'string null',
        logicalId: 'string null',
        constructPath: 'string null',
        type: 'string null',
        path: 'string null',
        value: 'string null',
        place: { region: 'string null', country: 'string null' },
        message: 'string',
        fix: 'string',
        source: 'string null',
      },
    ],
    exceptions: [
      {
        rule: 'string',
        stack: 'string null',
        file: 'string null',
        logicalId: 'string null',
        type: 'string null',
        property: 'string null',
        value: 'string null',
        types: 'array null',
        reason: 'string',
        approver: 'string',
        expires: 'string',
        findings: 'number',
      },
    ],
    summary: { files: 'number', resources: 'number', block: 'number', unresolved: 'number', info: 'number' },
  },
  doctor: {
    boundary: 'string',
    account: 'string',
    lines: [{ check: 'string', state: 'string', region: 'string null', found: 'string', fix: 'string null' }],
  },
  drill: {
    drills: [
      {
        workspace: 'string',
        region: 'string',
        rows: DRILLED,
        objects: DRILLED,
        members: 'number',
        newest: 'string undefined',
      },
    ],
  },
  'keys list': [
    {
      id: 'string',
      project: 'string',
      label: 'string null',
      created: 'string',
      expires: 'string null',
      rotated: 'string null',
      revoked: 'string null',
      previousExpires: 'string null',
    },
  ],
  models: {
    boundary: 'string',
    region: 'string null',
    models: [
      {
        id: 'string',
        modelId: 'string',
        kind: 'string null',
        served: 'boolean',
        routes: [{ from: ['string'], processedIn: ['string'] }],
        routesAsOf: 'string',
        routesStale: 'boolean',
        keeps: {
          what: 'string',
          days: 'number null',
          by: 'string null',
          mayServeProjects: 'boolean',
          asOf: 'string null',
          stale: 'boolean',
        },
      },
    ],
  },
  usage: {
    since: 'string',
    until: 'string',
    usage: [
      {
        tenant: 'string',
        kind: 'string',
        day: 'string undefined',
        member: 'string undefined',
        tokens: 'number',
      },
    ],
  },
} as const satisfies Record<string, Shape>;

/** The paths in the JSON of a command that aren't as in 0.1.0. New keys may appear; an empty array shows nothing, so it is listed too. */
export const changed = (command: keyof typeof JSON_OF, output: string): string[] => [
  ...new Set(changes(JSON.parse(output), JSON_OF[command], '$')),
];

function changes(value: unknown, shape: Shape, at: string): string[] {
  if (typeof shape === 'string') return shape.split(' ').includes(typeOf(value)) ? [] : [`${at}: ${typeOf(value)}`];
  if (Array.isArray(shape)) {
    if (!Array.isArray(value) || value.length === 0) return [`${at}: ${typeOf(value)} without items`];
    return value.flatMap((item) => changes(item, shape[0], `${at}[]`));
  }
  if (typeOf(value) !== 'object') return [`${at}: ${typeOf(value)}`];
  return Object.entries(shape).flatMap(([key, each]) =>
    changes((value as Readonly<Record<string, unknown>>)[key], each, `${at}.${key}`),
  );
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
