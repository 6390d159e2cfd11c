import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { adminPath } from '../../lib/contract/admin-path';
import { OPEN_PROJECT_ID } from '../../lib/contract/tenant';
import { HTTP_ERROR_CODES } from '../../lib/runtime/http/api-error';
import { PROJECTS_ERROR_CODES } from '../../lib/runtime/projects/api-error';
import { MOST_IN_PAGE } from '../../lib/runtime/projects/page';
import { createForm, limitsForm } from '../../lib/runtime/projects/requests';
import type { JsonSchema } from './json-schema';

const PATH = adminPath('projects');
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const nullable = (type: object) => ({ anyOf: [type, { type: 'null' }] });
const time = { type: 'string', format: 'date-time' };
const json = (schema: object) => ({ 'application/json': { schema } });

/** The OpenAPI description of the API of open projects. The forms of requests are those that the API reads. */
export function projectsOpenApi(): JsonSchema {
  const { version } = JSON.parse(readFileSync(path.join(__dirname, '../../package.json'), 'utf8')) as {
    version: string;
  };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Open projects of cdk-eu-residency',
      version,
      description:
        'Creates, caps and ends projects at run time, within what residency.yaml declares under projects.open. ' +
        'Every change is idempotent: a repeated request changes nothing and answers the same. Gateways apply a change within 60 seconds.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [
      {
        url: '{base}',
        description:
          "The output OpenProjectsUrl of the stack of projects, or the URL that 'eu-residency serve' prints, without this path.",
        variables: { base: { default: 'http://127.0.0.1:8787/projects' } },
      },
    ],
    security: [{ signature: [] }],
    paths: {
      [PATH]: {
        get: operation('listProjects', 'Lists projects in the order of their IDs, ended ones too.', 'ProjectList', {
          parameters: [
            query('limit', `Projects of a page.`, { type: 'integer', minimum: 1, maximum: MOST_IN_PAGE, default: 20 }),
            query('after', "The 'next' of the page before.", ref('ProjectId')),
          ],
        }),
      },
      [`${PATH}/{id}`]: {
        parameters: [ID],
        get: operation('showProject', 'Shows a project.', 'Project'),
        put: operation(
          'createProject',
          'Creates a project. With the ID of an existing one, it answers with that project if the content is the same, and is refused otherwise.',
          'Project',
          { requestBody: body('NewProject') },
        ),
      },
      [`${PATH}/{id}/limits`]: {
        parameters: [ID],
        put: operation(
          'capProject',
          'Replaces all limits of a project; one that is left out is the declared one.',
          'Project',
          {
            requestBody: body('Limits'),
          },
        ),
      },
      [`${PATH}/{id}/end`]: {
        parameters: [ID],
        post: operation('endProject', 'Ends a project for good. Its ID is never used again.', 'Project'),
      },
    },
    components: {
      securitySchemes: {
        signature: {
          type: 'apiKey',
          in: 'header',
          name: 'Authorization',
          description:
            'AWS Signature Version 4 for the service execute-api, by a principal that IAM permits execute-api:Invoke.',
        },
      },
      schemas: {
        ProjectId: { type: 'string', pattern: OPEN_PROJECT_ID.source },
        Limits: formOf(limitsForm),
        NewProject: withUniqueModels(formOf(createForm)),
        Project: PROJECT,
        ProjectList: object({
          object: { const: 'list' },
          data: { type: 'array', items: ref('Project') },
          has_more: { type: 'boolean' },
          next: nullable(ref('ProjectId')),
        }),
        Error: object({
          error: object({
            message: { type: 'string' },
            type: { enum: ['invalid_request_error', 'server_error', 'requests', 'insufficient_quota'] },
            param: nullable({ type: 'string' }),
            code: nullable({
              type: 'string',
              description: `Among others: ${[...HTTP_ERROR_CODES, ...PROJECTS_ERROR_CODES].sort().join(', ')}.`,
            }),
          }),
        }),
      },
    },
  };
}

const object = (properties: Readonly<Record<string, object>>) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

const PROJECT = {
  ...object({
    id: ref('ProjectId'),
    object: { const: 'project' },
    state: {
      enum: ['open', 'ended', 'unreadable'],
      description: 'unreadable: something else changed its row, so the project is not served.',
    },
    name: nullable({ type: 'string' }),
    models: { type: 'array', items: { type: 'string' }, description: 'The models that it can call now.' },
    limits: { ...ref('Limits'), description: 'The limits that apply now.' },
    created_at: nullable(time),
    capped_at: nullable(time),
    ended_at: nullable(time),
    development_key: { type: 'string', description: "Only from 'eu-residency serve', when the project is created." },
  }),
  required: ['id', 'object', 'state', 'name', 'models', 'limits', 'created_at', 'capped_at', 'ended_at'],
};

const ID = { name: 'id', in: 'path', required: true, schema: ref('ProjectId') };

const query = (name: string, description: string, schema: object) => ({ name, in: 'query', description, schema });

const body = (schema: string) => ({ required: true, content: json(ref(schema)) });

const operation = (operationId: string, summary: string, answer: string, more: object = {}) => ({
  operationId,
  summary,
  ...more,
  responses: {
    '200': { description: 'Done.', content: json(ref(answer)) },
    '4XX': { description: 'Refused; nothing has changed.', content: json(ref('Error')) },
    '5XX': {
      description: 'Failed. A 503 has a Retry-After; the same request can be sent again.',
      content: json(ref('Error')),
    },
  },
});

function formOf(form: typeof limitsForm | typeof createForm): JsonSchema {
  const { $schema, ...schema } = z.toJSONSchema(form, { target: 'draft-2020-12', io: 'input' }) as JsonSchema;
  return schema;
}

/** A check in code has no keyword of its own. */
function withUniqueModels(schema: JsonSchema): JsonSchema {
  const { properties = {} } = schema;
  return { ...schema, properties: { ...properties, models: { ...properties.models, uniqueItems: true } } };
}
