import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { projectsFixture } from './support/projects';

type Operation = { operationId: string; requestBody?: { content: Record<string, { schema: { $ref: string } }> } } & {
  responses: Record<string, { content: Record<string, { schema: { $ref: string } }> }>;
};

const file = JSON.parse(readFileSync(path.join(__dirname, '../../../residency-projects.openapi.json'), 'utf8'));
const PATHS: Record<string, Record<string, Operation>> = file.paths;
const ajv = addFormats(new Ajv2020({ strict: true, allowUnionTypes: true }).addSchema({ $id: 'api', ...only(file) }));

/** Ajv knows schemas, and nothing of the rest of the file. */
function only({ components }: typeof file) {
  return { components: { schemas: components.schemas } };
}
const schemaOf = ({ content }: { content: Record<string, { schema: { $ref: string } }> }) => {
  const validate = ajv.getSchema(`api${content['application/json']?.schema.$ref}`);
  if (validate === undefined) throw new Error('no such schema');
  return validate;
};

const OPERATIONS = Object.entries(PATHS).flatMap(([at, { parameters, ...methods }]) =>
  Object.entries(methods).map(([method, operation]) => ({ at, method: method.toUpperCase(), operation })),
);

ajv.addVocabulary(['components', 'schemas']);

test('each operation has an ID of its own, and each reference leads somewhere', () => {
  const ids = OPERATIONS.map(({ operation }) => operation.operationId);
  expect(ids.sort()).toEqual(['capProject', 'createProject', 'endProject', 'listProjects', 'showProject']);
  const references = [...JSON.stringify(file).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
  for (const name of references) expect(Object.keys(file.components.schemas)).toContain(name);
  expect(file.openapi).toBe('3.1.0');
});

test('the API has exactly the methods of the file', async () => {
  const { ask } = projectsFixture();
  for (const [at, methods] of Object.entries(PATHS)) {
    const below = at.replace('/admin/v1/projects', '').replace('{id}', 'acme');
    for (const method of ['GET', 'PUT', 'POST', 'DELETE', 'PATCH']) {
      const { status } = await ask(method, below, method === 'GET' ? undefined : {});
      expect([at, method, status === 405]).toEqual([at, method, methods[method.toLowerCase()] === undefined]);
    }
  }
});

test('every answer has the form that the file gives, whatever is asked', async () => {
  const fixture = projectsFixture({ maximum: 2 });
  const value = fc.oneof(fc.integer({ min: -1, max: 2_000_000 }), fc.string(), fc.constant(null));
  const content = fc.oneof(
    fc.record({ tokens_per_day: value, requests_per_minute: value }, { requiredKeys: [] }),
    fc.record(
      {
        name: fc.string(),
        models: fc.array(fc.constantFrom('assistant', 'embed', 'x'), { maxLength: 3 }),
        limits: fc.constant({}),
      },
      { requiredKeys: [] },
    ),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...OPERATIONS),
      fc.constantFrom('acme', 'beta', 'gamma', 'sciences', 'UPPER'),
      content,
      async ({ at, method, operation }, id, body) => {
        const below = at.replace('/admin/v1/projects', '').replace('{id}', id);
        const answer = await fixture.ask(method, below, operation.requestBody && body);
        const form = operation.responses[answer.status === 200 ? '200' : `${`${answer.status}`[0]}XX`];
        if (form === undefined) throw new Error(`no form for ${answer.status}`);
        const validate = schemaOf(form);
        expect([validate(answer.json), validate.errors]).toEqual([true, null]);
        // What the file refuses, the API refuses too.
        if (operation.requestBody && !schemaOf(operation.requestBody)(body)) expect(answer.status).toBeGreaterThan(399);
      },
    ),
    { numRuns: 150 },
  );
});
