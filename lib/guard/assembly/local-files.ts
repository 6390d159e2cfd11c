import { statSync } from 'node:fs';
import path from 'node:path';
import { isMap } from '../template/node';
import { type Json, parseTemplate } from '../template/parse';
import { included, withSections } from './included';
import { readText } from './read-text';
import type { UnreadableInput } from './template-input';
import { whyUnreadable } from './why-unreadable';

/** The property that names a file for `aws cloudformation package` or `sam package` to upload, and the one that holds the content inline. */
const DEFINITIONS: Readonly<Record<string, { readonly file: string; readonly inline: string }>> = {
  'AWS::ApiGateway::RestApi': { file: 'BodyS3Location', inline: 'Body' },
  'AWS::ApiGatewayV2::Api': { file: 'BodyS3Location', inline: 'Body' },
  'AWS::Serverless::Api': { file: 'DefinitionUri', inline: 'DefinitionBody' },
  'AWS::Serverless::HttpApi': { file: 'DefinitionUri', inline: 'DefinitionBody' },
  'AWS::Serverless::StateMachine': { file: 'DefinitionUri', inline: 'Definition' },
  'AWS::StepFunctions::StateMachine': { file: 'DefinitionS3Location', inline: 'Definition' },
};

/** The property that names the template that each type deploys. */
const TEMPLATES: Readonly<Record<string, string>> = {
  'AWS::CloudFormation::Stack': 'TemplateURL',
  'AWS::Serverless::Application': 'Location',
};

/** A template that another template deploys from a local file. */
export interface NestedFile {
  readonly logicalId: string;
  readonly file: string;
  readonly template: Json;
  /** The last part of its URL after packaging. */
  readonly key: string;
}

/** A template with its local files, as they would be uploaded before deployment. */
export interface Packaged {
  readonly template: Json;
  readonly nested: readonly NestedFile[];
  readonly unreadable: readonly UnreadableInput[];
}

/**
 * Inlines the local files that a template names: API and state machine definitions, and the content of `AWS::Include`. A
 * reference to a missing file stays unchanged, and its rule reports it as unresolved.
 *
 * @param above templates that nest this one: none of them can be nested in it
 * @param readTemplate reads a template; throws the reason if it can't be read
 */
export function packaged(
  template: Json,
  file: string,
  above: readonly string[],
  readTemplate: (file: string) => Json,
): Packaged {
  const files = new LocalFiles(file, [...above, file]);
  const whole = included(withSections(template, files), files);
  const { Resources } = whole;
  if (!isMap(Resources)) return { template: whole, nested: [], unreadable: files.unreadable };
  const nested: NestedFile[] = [];
  const resources = Object.entries(Resources).map(([logicalId, resource]) => {
    const nestedFile = nestedOf(logicalId, resource, files, readTemplate);
    if (nestedFile !== undefined) nested.push(nestedFile);
    return [logicalId, nestedFile === undefined ? withDefinition(resource, files) : renamed(resource, nestedFile)];
  });
  return { template: { ...whole, Resources: Object.fromEntries(resources) }, nested, unreadable: files.unreadable };
}

class LocalFiles {
  public readonly unreadable: UnreadableInput[] = [];

  public constructor(
    private readonly template: string,
    private readonly except: readonly string[],
  ) {}

  /** The file with this name relative to the template's; none if it doesn't exist. */
  public find(name: unknown): string | undefined {
    if (typeof name !== 'string' || path.isAbsolute(name) || /^(?:[a-z][a-z0-9+.-]*:|\s*$)/i.test(name))
      return undefined;
    const file = path.join(path.dirname(this.template), name);
    return !this.except.includes(file) && statSync(file, { throwIfNoEntry: false })?.isFile() ? file : undefined;
  }

  /** The content of a file; none if it doesn't exist or can't be read, in which case it is recorded as unreadable. */
  public read(name: unknown, readFile = (file: string) => parseTemplate(readText(file))): Json | undefined {
    const file = this.find(name);
    if (file === undefined) return undefined;
    try {
      return readFile(file);
    } catch (error) {
      this.unreadable.push({ file, error: whyUnreadable(error) });
      return undefined;
    }
  }
}

function withDefinition(resource: unknown, files: LocalFiles): unknown {
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
  files: LocalFiles,
  readTemplate: (file: string) => Json,
): NestedFile | undefined {
  const names = typeAndProperties(resource, TEMPLATES);
  const name = names?.properties[names.row];
  const template = files.read(name, readTemplate);
  const file = files.find(name);
  if (template === undefined || file === undefined) return undefined;
  // Files with the same name in two folders are two templates.
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
