/** A snapshot serializer for jest and vitest. */
export interface SnapshotSerializer {
  /** Whether it applies to this value. */
  test(value: unknown): boolean;
  /** The value as text; `print` serializes its content. */
  print(value: unknown, print: (value: unknown) => string): string;
}

/** Sections that CDK writes into templates and that change with the CLI while the deployed resources don't. */
const BOOTSTRAP = { Parameters: 'BootstrapVersion', Rules: 'CheckBootstrapVersion' } as const;

/** The SHA-256 hash in an asset's name, anywhere in a name or URL. */
const ASSET_HASH = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g;

/** The logical id of a function's version ends with a hash of the function, including its code. */
const VERSION_HASH = /[0-9a-f]{32}$/;

/**
 * Writes a synthesized template to a snapshot without the hashes of its assets and function versions, and without CDK's check
 * of the bootstrap version: `expect.addSnapshotSerializer(templateSerializer)`, then
 * `expect(Template.fromStack(stack).toJSON()).toMatchSnapshot()`.
 */
export const templateSerializer: SnapshotSerializer = {
  test: (value) => isTemplate(value) && changes(value),
  print: (value, print) => print(scrubbed(value as Template)),
};

type Template = Readonly<Record<string, unknown>>;

/** Whether a value is a template with resources, and not a resource, which has a type. */
const isTemplate = (value: unknown): value is Template =>
  typeof value === 'object' && value !== null && 'Resources' in value && !('Type' in value);

/** A scrubbed template is printed unchanged; otherwise the serializer would recurse forever. */
const changes = (template: Template) => JSON.stringify(template) !== JSON.stringify(scrubbed(template));

function scrubbed(template: Template): Template {
  let text = JSON.stringify(template).replaceAll(ASSET_HASH, '<asset hash>');
  for (const id of versionsOf(template))
    text = text.replaceAll(`"${id}"`, `"${id.replace(VERSION_HASH, '<version hash>')}"`);
  const copy = JSON.parse(text);
  for (const [section, name] of Object.entries(BOOTSTRAP)) {
    delete copy[section]?.[name];
    if (Object.keys(copy[section] ?? { stays: true }).length === 0) delete copy[section];
  }
  return copy;
}

/** The logical ids of the versions of functions that have a hash in them. */
function versionsOf({ Resources }: Template): string[] {
  return Object.entries((Resources ?? {}) as Record<string, { Type?: unknown } | null>).flatMap(([id, resource]) =>
    resource?.Type === 'AWS::Lambda::Version' && VERSION_HASH.test(id) ? [id] : [],
  );
}
