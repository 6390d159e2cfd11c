import type { INVARIANTS } from '../tools/quint';
import type { Search } from '../tools/spin';

/** A mistake in a model. */
interface PlantedInModel {
  readonly name: string;
  /** Occurs in the model exactly once. */
  readonly text: string;
  readonly replacement: string;
}

/** A mistake in the model of Quint, and the invariant that finds it. */
interface PlantedInQuint extends PlantedInModel {
  readonly invariant: (typeof INVARIANTS)[number];
}

/** A mistake in the model of SPIN, and the search that finds it by one of its assertions. */
interface PlantedInPromela extends PlantedInModel {
  readonly search: Search;
}

export const IN_QUINT: readonly PlantedInQuint[] = [
  {
    name: 'a release before its time',
    text: 'job.releaseFrom <= s.now,',
    replacement: '',
    invariant: 'nothingIsEarly',
  },
  {
    name: 'a hand-over by one person and their puppet',
    text: 'else independent(s, [(job.by, "admin"), (p, "admin"), (job.recipient, "member")], job.at),',
    replacement: 'else true,',
    invariant: 'noPersonReadsAlone',
  },
  {
    name: 'an erasure during a hold',
    text: '    else if (holdsOf(s, u) > 0) s\n',
    replacement: '',
    invariant: 'nothingHeldIsLost',
  },
  {
    name: 'a certificate without the test of the key',
    text: 'if (s.key.get(u) > 0) error(job) else { ...job, step: "certificate"',
    replacement: 'if (false) error(job) else { ...job, step: "certificate"',
    invariant: 'certifiedIsGone',
  },
  {
    name: 'an erasure that no second person confirms, and that stays open',
    text: 'else if (step == "second-person") over(job, "expired")',
    replacement: 'else if (step == "second-person") error(job)',
    invariant: 'everyRequestEnds',
  },
];

export const IN_PROMELA: readonly PlantedInPromela[] = [
  {
    name: 'a readmission while a process may still erase',
    text: 'runs(readmit[0] && readmitTimer[0] == 0,',
    replacement: 'runs(readmit[0],',
    search: 'NO_CLOSURES',
  },
  {
    name: 'a hold that a closure in progress misses',
    text: 'hold[0] = true; touchClosure; applies()',
    replacement: 'hold[0] = true; applies()',
    search: 'NO_EXPORTS',
  },
  {
    name: 'an administrator who requests and releases',
    text: 'mayRelease && exportBy != FIRST ->',
    replacement: 'mayRelease ->',
    search: 'NO_CLOSURES',
  },
  {
    name: 'an export that goes on after the readmission of its user',
    text: ':: erasing[0] || !listed -> next = STOPS',
    replacement: ':: erasing[0] -> next = STOPS',
    search: 'NO_HOLDS',
  },
  {
    name: 'a readmission that a closure in progress misses',
    text: 'touchClosure; readmit[0] = true',
    replacement: 'readmit[0] = true',
    search: 'NO_HOLDS',
  },
  {
    name: 'a hold that is applied to nothing',
    text: ':: step == SWEEP -> kept[u] = content[u] && hold[u]; next = TAGS_AGAIN',
    replacement: ':: step == SWEEP -> next = NONE',
    search: 'NO_CLOSURES',
  },
];
