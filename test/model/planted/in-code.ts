/** A mistake in the package, which the replay of a trace finds. */
export interface PlantedInCode {
  /** What goes wrong. */
  readonly name: string;
  readonly file: string;
  /** Occurs in the file exactly once. */
  readonly text: string;
  readonly replacement: string;
  /** The number of a trace that finds it, of those with {@link SEED}. */
  readonly trace: number;
}

/** The seed of the traces, and how many there are. */
export const SEED = 1;
export const TRACES = 200;

const RIGHTS = 'lib/runtime/rights';

export const IN_CODE: readonly PlantedInCode[] = [
  {
    name: 'a hand-over released before its delay is over',
    file: `${RIGHTS}/decisions/exports.ts`,
    text: 'if (releaseFrom === undefined || Number(releaseFrom) > now) {',
    replacement: 'if (releaseFrom === undefined) {',
    trace: 74,
  },
  {
    name: 'the requester of a hand-over releases it too',
    file: `${RIGHTS}/decisions/exports.ts`,
    text: 'await requireIndependent(context, people, job.at);',
    replacement: 'await requireIndependent(context, people.slice(1), job.at);',
    trace: 122,
  },
  {
    name: 'a recipient whose role the requester gave',
    file: `${RIGHTS}/decisions/hand-over-people.ts`,
    text: "if (counted.has(one)) return 'related';",
    replacement: "if (counted.has(one) && one === '') return 'related';",
    trace: 151,
  },
  {
    name: 'a cancelled hand-over continues',
    file: `${RIGHTS}/decisions/cancellations.ts`,
    text: "return { step: 'remove', notBefore:",
    replacement: 'return { step: job.step, notBefore:',
    trace: 38,
  },
  {
    name: "another person's erasure begins at once",
    file: `${RIGHTS}/decisions/erasures.ts`,
    text: 'const isOwn = user === by;',
    replacement: "const isOwn = user !== '';",
    trace: 42,
  },
  {
    name: 'an erasure begins during a hold',
    file: `${RIGHTS}/store/erasure-marks.ts`,
    text: 'OR #holds = :none',
    replacement: 'OR #holds >= :none',
    trace: 87,
  },
  {
    name: 'a step lets content on hold expire',
    file: `${RIGHTS}/steps/retention-steps.ts`,
    text: 'if (isOnHold) return undefined;',
    replacement: '',
    trace: 39,
  },
  {
    name: 'a certificate without the test of the key',
    file: `${RIGHTS}/steps/verification-steps.ts`,
    text: 'if (await isReadable(keyring, user, canary)) {',
    replacement: 'if (canary === undefined) {',
    trace: 24,
  },
  {
    name: 'an erasure that leaves no mark against a new key',
    file: 'lib/runtime/workspace/keyring/branch-key-erasure.ts',
    text: "const destroyedAt = await this.mark(id, 'destroyed-at');",
    replacement:
      "const destroyedAt = await this.mark(id, 'destroyed-at');\n    await this.options.table.client.send(new DeleteItemCommand({ TableName: this.options.table.name, Key: rowKey(id, ERASED) }));",
    trace: 34,
  },
  {
    name: 'an erasure that leaves objects until the key is gone',
    file: `${RIGHTS}/steps/erasure-steps.ts`,
    text: "objects: async ({ user }) => ((await deleteObjects(content, user)).isDone ? { step: 'days' } : {}),",
    replacement: "objects: async () => ({ step: 'days' }),",
    trace: 108,
  },
  {
    name: 'a repeated step that requests a last export twice',
    file: `${RIGHTS}/steps/closure-steps.ts`,
    text: '.update(`${id} ${user}`)',
    replacement: '.update(`${id} ${user} ${Math.random()}`)',
    trace: 179,
  },
  {
    name: 'a readmission while a process may still erase',
    file: `${RIGHTS}/decisions/erasures.ts`,
    text: 'notBefore: Number(erasure.figures.refusedAt) + REQUEST_MS,',
    replacement: '',
    trace: 104,
  },
];
