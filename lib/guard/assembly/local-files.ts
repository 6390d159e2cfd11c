import { statSync } from 'node:fs';
import path from 'node:path';
import { isMap } from '../template/node';
import { type Json, parseTemplate } from '../template/parse';
import { explained } from './explained';
import { readText } from './read-text';
import type { UnreadableInput } from './template-input';

/** Where each type names a file that `aws cloudformation package` or `sam package` uploads, and the property that holds the same itself. */
const DEFINITIONS: Readonly<Record<string, { readonly file: string; readonly inline: string }>> = {
  'AWS::ApiGateway::RestApi': { file: 'BodyS3Location', inline: 'Body' },
  'AWS::ApiGatewayV2::Api': { file: 'BodyS3Location', inline: 'Body' },
  'AWS::Serverless::Api': { file: 'DefinitionUri', inline: 'DefinitionBody' },
  'AWS::Serverless::HttpApi': { file: 'DefinitionUri', inline: 'DefinitionBody' },
  'AWS::Serverless::StateMachine': { file: 'DefinitionUri', inline: 'Definition' },
  'AWS::StepFunctions::StateMachine': { file: 'DefinitionS3Location', inline: 'Definition' },
};

/** Where each type names the template that it deploys. */
const TEMPLATES: Readonly<Record<string, string>> = {
  'AWS::CloudFormation::Stack': 'TemplateURL',
  'AWS::Serverless::Application': 'Location',
};

/** A template that another one deploys, as a file beside it. */
export interface NestedFile {
  readonly logicalId: string;
  readonly file: string;
  readonly template: Json;
  /** What its address ends in from now on. */
  readonly key: string;
}

/** A template with the files beside it, as they would be uploaded before it is deployed. */
export interface Packaged {
  readonly template: Json;
  readonly nested: readonly NestedFile[];
  readonly unreadable: readonly UnreadableInput[];
}

/**
 * Puts what a template names as a file into it: definitions of APIs and state machines, and what `AWS::Include` includes. What
 * isn't there stays as it is, and its rule says that it can't be decided.
 *
 * @param above templates that nest this one: none of them can be nested in it
 * @param readTemplate reads a template, or throws why it can't be read
 */
export function packaged(
  template: Json,
  file: string,
  above: readonly string[],
  readTemplate: (file: string) => Json,
): Packaged {
  const { Resources } = template;
  if (!isMap(Resources)) return { template, nested: [], unreadable: [] };
  const files = new FilesBeside(file, [...above, file]);
  const nested: NestedFile[] = [];
  const resources = Object.entries(Resources).map(([logicalId, resource]) => {
    const found = nestedOf(logicalId, resource, files, readTemplate);
    if (found !== undefined) nested.push(found);
    return [
      logicalId,
      found === undefined ? withDefinition(included(resource, files), files) : renamed(resource, found),
    ];
  });
  return { template: { ...template, Resources: Object.fromEntries(resources) }, nested, unreadable: files.unreadable };
}

class FilesBeside {
  public readonly unreadable: UnreadableInput[] = [];

  public constructor(
    private readonly template: string,
    private readonly except: readonly string[],
  ) {}

  /** The file that a text names relative to the template's; none when there is no such. */
  public find(name: unknown): string | undefined {
    if (typeof name !== 'string' || path.isAbsolute(name) || /^(?:[a-z][a-z0-9+.-]*:|\s*$)/i.test(name))
      return undefined;
    const file = path.join(path.dirname(this.template), name);
    return !this.except.includes(file) && statSync(file, { throwIfNoEntry: false })?.isFile() ? file : undefined;
  }

  /** What a file holds; none when there is no such, or it can't be read, which is noted. */
  public read(name: unknown, readFile = (file: string) => parseTemplate(readText(file))): Json | undefined {
    const file = this.find(name);
    if (file === undefined) return undefined;
    try {
      return readFile(file);
    } catch (error) {
      this.unreadable.push({ file, error: explained(error) });
      return undefined;
    }
  }
}

function withDefinition(resource: unknown, files: FilesBeside): unknown {
  const names = typeAndProperties(resource, DEFINITIONS);
  if (names === undefined) return resource;
  const { row, properties } = names;
  const { [row.file]: name, ...rest } = properties;
  const definition = files.read(name);
  return definition === undefined
    ? resource
    : { ...(resource as Json), Properties: { ...rest, [row.inline]: definition } };
}

function nestedOf(
  logicalId: string,
  resource: unknown,
  files: FilesBeside,
  readTemplate: (file: string) => Json,
): NestedFile | undefined {
  const names = typeAndProperties(resource, TEMPLATES);
  const name = names?.properties[names.row];
  const template = files.read(name, readTemplate);
  const file = files.find(name);
  if (template === undefined || file === undefined) return undefined;
  // Two of a name in two folders are two templates.
  return { logicalId, file, template, key: encodeURIComponent(path.resolve(file)) };
}

function renamed(resource: unknown, { key }: NestedFile): unknown {
  const names = typeAndProperties(resource, TEMPLATES);
  return names && { ...(resource as Json), Properties: { ...names.properties, [names.row]: key } };
}

function typeAndProperties<T>(resource: unknown, rows: Readonly<Record<string, T>>) {
  if (!isMap(resource) || typeof resource.Type !== 'string' || !isMap(resource.Properties)) return undefined;
  const row = Object.hasOwn(rows, resource.Type) ? rows[resource.Type] : undefined;
  return row === undefined ? undefined : { row, properties: resource.Properties };
}

/** What `AWS::Include` stands for joins the entries beside it, which count more. */
function included(node: unknown, files: FilesBeside): unknown {
  if (Array.isArray(node)) return node.map((item) => included(item, files));
  if (!isMap(node)) return node;
  const { 'Fn::Transform': transform, ...others } = node;
  const content = isInclude(transform) ? files.read(transform.Parameters.Location) : undefined;
  const all = content === undefined ? node : { ...content, ...others };
  return Object.fromEntries(
    Object.entries(all).map(([key, value]) => [
      key,
      content !== undefined && !Object.hasOwn(others, key) ? value : included(value, files),
    ]),
  );
}

const isInclude = (transform: unknown): transform is { readonly Parameters: Json } =>
  isMap(transform) && transform.Name === 'AWS::Include' && isMap(transform.Parameters);
