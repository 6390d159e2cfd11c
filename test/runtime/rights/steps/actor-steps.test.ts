import { rulesOf } from '@/lib/runtime/rights/jobs/rules';
import { type Actor, STEP_ACTORS } from '@/lib/runtime/rights/jobs/step-actors';
import { stepsOf, stepsOfAll } from '@/lib/runtime/rights/steps/actor-steps';
import type { RightsParts } from '@/lib/runtime/rights/steps/parts';
import { LocalContent } from '@/test/runtime/workspace/conversations/support/local-content';

const ACTORS: readonly Actor[] = ['witness', 'eraser', 'exporter', 'closer', 'recovery-witness', 'recovery-eraser'];

/** The steps of an actor by their job's kind, unordered. */
const namesOf = (steps: object) =>
  Object.fromEntries(Object.entries(steps).map(([kind, named]) => [kind, Object.keys(named).sort()]));

const declaredFor = (actor: Actor) =>
  Object.fromEntries(
    Object.entries(STEP_ACTORS)
      .map(([kind, actors]) => [kind, Object.entries(actors).flatMap(([name, by]) => (by === actor ? [name] : []))])
      .flatMap(([kind, names]) => (names?.length === 0 ? [] : [[kind, [...(names ?? [])].sort()]])),
  );

/** Parts that record every use. */
function notedParts() {
  const used = new Set<string>();
  const note = (_: object, name: string | symbol) => {
    used.add(String(name));
    return {};
  };
  return { used, parts: new Proxy({}, { get: note }) as never };
}

test.each(ACTORS)('the %s builds its own steps and no others', (actor) => {
  expect(namesOf(stepsOf(actor, notedParts().parts))).toEqual(declaredFor(actor));
});

test('the eraser builds the steps that erase, expire and delete, and none that reads content', () => {
  expect(namesOf(stepsOf('eraser', notedParts().parts))).toEqual({
    erase: [
      'count-days',
      'count-objects',
      'count-rows',
      'days',
      'delay',
      'key',
      'late',
      'objects',
      'rows',
      'second-person',
    ],
    export: ['delay', 'remove', 'unreleased', 'usage'],
    close: ['exports', 'fetched', 'users'],
    readmit: ['readmit', 'readmit-here'],
    retain: ['again', 'sweep', 'tags', 'tags-again'],
  });
});

test.each<[Actor, (keyof RightsParts)[]]>([
  ['witness', ['bucket', 'keys', 'counts', 'keyDeletion', 'recovery']],
  ['eraser', ['keyring', 'evidence', 'keyDeletion', 'recovery']],
  ['exporter', ['evidence', 'keys', 'counts', 'keyDeletion', 'recovery']],
  ['closer', ['bucket', 'keyring', 'keys', 'counts', 'recovery']],
  ['recovery-witness', ['bucket', 'keyring', 'evidence', 'keys', 'counts', 'keyDeletion']],
  ['recovery-eraser', ['bucket', 'keyring', 'evidence', 'keys', 'counts', 'keyDeletion']],
])('the steps of the %s are built without the parts of others', (actor, others) => {
  const { used, parts } = notedParts();
  stepsOf(actor, parts);
  expect(others.filter((name) => used.has(name))).toEqual([]);
});

test('the steps of all actors together are those of each actor', () => {
  const all = Object.fromEntries(
    Object.entries(STEP_ACTORS).map(([kind, actors]) => [kind, Object.keys(actors).sort()]),
  );
  expect(namesOf(stepsOfAll({ table: {}, bucket: {}, rules: rulesOf({}) } as RightsParts))).toEqual(all);
});

test('a runner leaves a step of another actor to that actor', async () => {
  const local = new LocalContent();
  try {
    const { id } = await local.rights().erase('ada', 'ada');
    for (const actor of ACTORS.filter((name) => name !== 'witness')) {
      expect(await local.rights({}, actor).runner.run(id)).toEqual({ job: id, actor: 'witness' });
    }
    expect(await local.rights().find(id)).toMatchObject({ step: 'canary', version: 0 });
  } finally {
    local.close();
  }
});
