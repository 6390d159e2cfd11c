import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ANSWERS } from '@/lib/evidence/tender/answers';
import { inAssembly } from '@/lib/evidence/tender/assembly/in-assembly';
import type { Answer } from '@/lib/evidence/tender/model/answer';
import { type Pointer, pointerText } from '@/lib/evidence/tender/model/pointer';
import { deployedTemplates } from '../support/deployed-templates';

const ROOT = path.join(__dirname, '../..');
const texts = new Map<string, string>();
const read = (file: string): string => {
  const text =
    texts.get(file) ?? (existsSync(path.join(ROOT, file)) ? readFileSync(path.join(ROOT, file), 'utf8') : '');
  texts.set(file, text);
  return text;
};

/** The anchors of a page, as its host makes them. */
const anchorsOf = (file: string) =>
  [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

/** Resources are looked up in a deployment instead. */
function isThere(pointer: Pointer): boolean {
  if (pointer.kind === 'template') return true;
  if (pointer.kind === 'test') return read(pointer.file).includes(pointer.title);
  const anchor = pointer.kind === 'page' ? pointer.anchor : undefined;
  return read(pointer.file) !== '' && (anchor === undefined || anchorsOf(pointer.file).includes(anchor));
}

const all = Object.entries<Answer>(ANSWERS);
const pointers = all.flatMap(([id, answer]) => answer.pointers.map((pointer) => ({ id, answer, pointer })));

test('each answer points at something, but for what only an organisation can state', () => {
  expect(
    all.filter(([, answer]) => answer.pointers.length === 0).map(([id, { status }]) => `${id}: ${status}`),
  ).toEqual(['organisation.management: customer', 'organisation.staff: customer', 'organisation.references: customer']);
  expect(all.filter(([, { status, attestation }]) => (status === 'inherited') !== (attestation !== undefined))).toEqual(
    [],
  );
});

test('each statement that the package provides something has a test or a generated page', () => {
  const provided = all.filter(([, { status }]) => status === 'provided');
  const untested = provided.filter(([, answer]) => !answer.pointers.some(({ kind }) => kind === 'test'));
  expect(untested.map(([id]) => id)).toEqual(['change.open-source']);
});

test('each test, page and fact that is named exists', () => {
  const broken = pointers.filter(({ pointer }) => !isThere(pointer));
  expect(broken.map(({ id, pointer }) => `${id}: ${pointerText(pointer)}`)).toEqual([]);
});

test('each resource that is named is in a deployment', () => {
  const templates = Object.entries(deployedTemplates()).map(([stack, template]) => ({
    file: `${stack}.template.json`,
    stack,
    group: 'app',
    template: template.toJSON(),
  }));
  const missing = pointers.flatMap(({ id, pointer }) =>
    pointer.kind === 'template' && inAssembly(pointer, templates).missing !== undefined ? [id] : [],
  );
  // Options that this deployment doesn't have.
  expect(new Set(missing)).toEqual(new Set(['access.scim', 'keys.own', 'network.host-name', 'operations.recovery']));
});
