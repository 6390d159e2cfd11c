import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import { readDocument } from './peers';

interface SchemaNode {
  readonly [key: string]: unknown;
}
interface Union {
  readonly anyOf: readonly { readonly $ref: string }[];
}
interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, SchemaNode>> };
}
interface Operation {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { schema: SchemaNode }>> }>>;
}

/** OpenAI's document, and the errors that it finds in answers, requests and events. */
export class OpenAiDocument {
  private readonly document: OpenApi;
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  private readonly validators = new Map<string, ValidateFunction>();

  constructor() {
    this.document = withUnset(withNulls(readDocument()) as OpenApi);
    this.ajv.addSchema({ $id: 'openai', components: this.document.components });
  }

  /**
   * The errors in the answer of an operation.
   *
   * @param path as the document writes it, such as `/models/{model}`
   */
  public answerErrors(method: string, path: string, answer: unknown): string[] {
    const schema = this.document.paths[path]?.[method]?.responses['200']?.content?.['application/json']?.schema;
    if (schema === undefined) throw new Error(`the document has no answer for ${method} ${path}`);
    return this.errors(`${method} ${path}`, schema, answer);
  }

  /** The errors in a value, by a named schema of the document. */
  public schemaErrors(name: string, value: unknown): string[] {
    return this.errors(name, { $ref: refTo(name) }, value);
  }

  /** The errors in the body of a request, including parameters that aren't in the document. */
  public requestErrors(name: string, value: unknown): string[] {
    return this.errors(`only ${name}`, { $ref: refTo(name), unevaluatedProperties: false }, value);
  }

  /** The errors in an event of a response's stream, by the schema of its type. */
  public eventErrors(event: { readonly type: string }): string[] {
    const schema = this.eventSchemas.get(event.type);
    return schema === undefined ? [`there is no event '${event.type}'`] : this.errors(event.type, schema, event);
  }

  private get eventSchemas(): ReadonlyMap<string, SchemaNode> {
    const { anyOf } = this.document.components.schemas.ResponseStreamEvent as unknown as Union;
    return new Map(
      anyOf.flatMap(({ $ref }) => {
        const { properties } = this.document.components.schemas[$ref.split('/').at(-1) ?? ''] as {
          properties: { type: { enum: string[] } };
        };
        return properties.type.enum.map((type): [string, SchemaNode] => [type, { $ref: `openai${$ref}` }]);
      }),
    );
  }

  private errors(key: string, schema: SchemaNode, value: unknown): string[] {
    const validate = this.validators.get(key) ?? this.ajv.compile(inDocument(schema) as SchemaNode);
    this.validators.set(key, validate);
    if (validate(value)) return [];
    const errors = (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
    return [...new Set(errors)];
  }
}

const refTo = (name: string) => `openai#/components/schemas/${name}`;

/** A part of the document, with its references as absolute ones. */
function inDocument(node: unknown): unknown {
  return mapped(node, (own) =>
    typeof own.$ref === 'string' && own.$ref.startsWith('#') ? { ...own, $ref: `openai${own.$ref}` } : own,
  );
}

/** Unset fields of a response may be `null`, as in OpenAI's answers and the document's own examples; its schema omits this. */
function withUnset(document: OpenApi): OpenApi {
  const { schemas } = document.components;
  const nullable = (part: SchemaNode, names: readonly string[]): SchemaNode => {
    const properties = { ...(part.properties as Record<string, SchemaNode> | undefined) };
    for (const name of names) {
      if (properties[name] !== undefined) properties[name] = { anyOf: [properties[name], { type: 'null' }] };
    }
    return { ...part, ...(part.properties !== undefined && { properties }) };
  };
  const { allOf, ...response } = schemas.Response as SchemaNode & { readonly allOf: readonly SchemaNode[] };
  const parts = allOf.map(({ $ref, ...part }) =>
    nullable(typeof $ref === 'string' ? (schemas[$ref.split('/').at(-1) ?? ''] ?? {}) : part, UNSET),
  );
  return {
    ...document,
    components: { ...document.components, schemas: { ...schemas, Response: { ...response, allOf: parts } } },
  };
}

const UNSET = ['user', 'usage', 'safety_identifier', 'prompt_cache_key'];

/** OpenAPI 3.1 removed `nullable`, but the document still uses it; JSON Schema has the type `null` instead. */
function withNulls(node: unknown): unknown {
  return mapped(node, ({ nullable, ...own }) => {
    if (typeof nullable !== 'boolean') return nullable === undefined ? own : { ...own, nullable };
    return nullable ? { anyOf: [own, { type: 'null' }] } : own;
  });
}

function mapped(node: unknown, change: (own: SchemaNode) => SchemaNode): unknown {
  if (Array.isArray(node)) return node.map((item) => mapped(item, change));
  if (typeof node !== 'object' || node === null) return node;
  return change(Object.fromEntries(Object.entries(node).map(([key, value]) => [key, mapped(value, change)])));
}
