import type { Result } from '../deploy/harness/report';
import type { Account, Deployment } from './account';
import type { Done, Kept, Progress } from './progress';
import type { Step } from './step';
import type { ByHand } from './steps/by-hand';

const HOUR_MS = 3_600_000;

/** The person at the terminal. */
export interface Person {
  print(line: string): void;
  /** Whether the person agrees. */
  agrees(question: string): Promise<boolean>;
  /** A line that the person types. */
  says(question: string): Promise<string>;
}

export interface SessionOptions {
  readonly steps: readonly Step[];
  readonly byHand: readonly ByHand[];
  readonly progress: Pick<Progress, 'done' | 'deployment' | 'finish'>;
  readonly person: Person;
  /** What the deployment costs in an hour, in US dollars; undefined if it is unknown. */
  readonly dollarsPerHour: number | undefined;
  readonly now: () => Date;
  /** Reads what an earlier run deployed. */
  readonly restore: (kept: Kept) => Promise<Deployment>;
}

/** Runs the steps that can run now, one after the other, each after its cost was accepted. */
export async function session(account: Account, options: SessionOptions): Promise<void> {
  const { steps, byHand, progress, person, now, restore } = options;
  let deployment = progress.deployment && (await restore(progress.deployment));
  const last = steps.at(-1);
  for (const step of steps) {
    if (step === last) await reportedByHand(byHand.filter(({ isAfterwards = false }) => !isAfterwards));
    if (step.id in progress.done) continue;
    const wait = hoursUntil(step, progress.done, now());
    if (wait !== 0) {
      person.print(
        wait === undefined
          ? `${step.id}: run the step '${step.after?.step}' first`
          : `${step.id}: in ${wait.toFixed(1)} hours; run this command again then`,
      );
      continue;
    }
    person.print(`${step.id}: ${step.does}`);
    person.print(`  cost: ${costOf(step, options.dollarsPerHour)}`);
    const waiting = [...steps, ...byHand.filter(({ isAfterwards }) => !isAfterwards)]
      .map(({ id }) => id)
      .filter((id) => step === last && id !== step.id && !(id in progress.done));
    if (waiting.length > 0) person.print(`  these can't run afterwards: ${waiting.join(', ')}`);
    const isFree = step.hours === 0 && step.costs === undefined;
    if (!isFree && !(await person.agrees(`run '${step.id}'?`))) continue;
    const from = account.report.results.length;
    account.report.section(step.id);
    try {
      deployment = await step.run(account, deployment);
    } catch (error) {
      person.print(`${step.id} stopped: ${(error as Error).message}; fix it and run this command again`);
      // What it created stays known, and the next steps may depend on it.
      return;
    }
    finish(step.id, account.report.results.slice(from));
  }
  if (last !== undefined && last.id in progress.done) await reportedByHand(byHand);

  async function reportedByHand(parts: readonly ByHand[]): Promise<void> {
    for (const { id, how } of parts) {
      if (id in progress.done) continue;
      person.print(`by hand: ${id}`);
      for (const line of how) person.print(`  ${line}`);
      const detail = await person.says('what happened? (empty: later)');
      if (detail !== '') finish(id, [{ section: 'by hand', name: id, passed: true, detail }]);
    }
  }

  function finish(id: string, results: readonly Result[]): void {
    progress.finish(id, { at: now().toISOString(), results }, kept(deployment));
  }
}

/** The cost of a step as far as it is known. */
export function costOf({ hours, costs }: Step, dollarsPerHour: number | undefined): string {
  if (hours === 0) return costs ?? 'nothing';
  const part = `the fixed part of the deployment for ${hours === 1 ? 'an hour' : `${hours} hours`}`;
  const fixed =
    dollarsPerHour === undefined
      ? `${part} (docs/COST.md)`
      : `about $${Math.max(0.01, hours * dollarsPerHour).toFixed(2)}, ${part}`;
  return costs === undefined ? fixed : `${fixed}; ${costs}`;
}

/** 0 if the step can run; undefined if the step before it hasn't run. */
function hoursUntil({ after }: Step, done: Readonly<Record<string, Done>>, now: Date): number | undefined {
  if (after === undefined) return 0;
  const before = done[after.step];
  if (before === undefined) return undefined;
  const hours = after.hours - (now.getTime() - Date.parse(before.at)) / HOUR_MS;
  return Math.max(0, hours);
}

const kept = (deployment: Deployment | undefined): Kept | undefined =>
  deployment && { assembly: deployment.assembly, config: deployment.config, baseUrls: deployment.baseUrls };
