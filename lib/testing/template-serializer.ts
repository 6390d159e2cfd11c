/** A snapshot serializer, as jest and vitest take it. */
export interface SnapshotSerializer {
  /** Whether it is for this value. */
  test(value: unknown): boolean;
  /** The value as text; `print` writes what is inside it. */
  print(value: unknown, print: (value: unknown) => string): string;
}

/** What CDK writes into templates and that changes with code or with the CLI, while what is deployed doesn't. */
const BOOTSTRAP = { Parameters: 'BootstrapVersion', Rules: 'CheckBootstrapVersion' } as const;

/** The SHA-256 by which CDK names an asset, wherever it stands in a name or an address. */
const ASSET_HASH = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g;

/** By what CDK names a version of a function: its logical id ends with a hash of the function, its code included. */
const VERSION_HASH = /[0-9a-f]{32}$/;

/**
 * Writes a synthesized template into a snapshot without the hashes of its assets and of versions of functions, and without CDK's check
 * of the bootstrap version: `expect.addSnapshotSerializer(templateSerializer)`, then
 * `expect(Template.fromStack(stack).toJSON()).toMatchSnapshot()`.
 */
export const templateSerializer: SnapshotSerializer = {
  test: (value) => isTemplate(value) && changes(value),
  print: (value, print) => print(scrubbed(value as Template)),
};

type Template = Readonly<Record<string, unknown>>;

/** A template of CDK has resources; a resource itself, whose keys are others, isn't taken for one. */
const isTemplate = (value: unknown): value is Template =>
  typeof value === 'object' && value !== null && 'Resources' in value && !('Type' in value);

/** What is scrubbed already is printed as it is, or the serializer would be asked for ever. */
const changes = (template: Template) => JSON.stringify(template) !== JSON.stringify(scrubbed(template));

function scrubbed(template: Template): Template {
  let text = JSON.stringify(template).replaceAll(ASSET_HASH, '<asset hash>');
  for (const id of versionsOf(template))
    text = text.replaceAll(`"${id}"`, `"${id.replace(VERSION_HASH, '<version hash>')}"`);
  const copy = JSON.parse(text);
  for (const [section, name] of Object.entries(BOOTSTRAP)) {
    delete copy[section]?.[name];
    if (Object.keys(copy[section] ?? { kept: true }).length === 0) delete copy[section];
  }
  return copy;
}

/** The logical ids of the versions of functions that have a hash in them. */
function versionsOf({ Resources }: Template): string[] {
  return Object.entries((Resources ?? {}) as Record<string, { Type?: unknown } | null>).flatMap(([id, resource]) =>
    resource?.Type === 'AWS::Lambda::Version' && VERSION_HASH.test(id) ? [id] : [],
  );
}
