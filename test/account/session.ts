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
  /** What the deployment costs in an hour, in US dollars; undefined if a price is unknown. */
  readonly dollarsPerHour: number | undefined;
  readonly now: () => Date;
  /** Reads what an earlier run deployed. */
  readonly restore: (kept: Kept) => Promise<Deployment>;
}

/** Runs the steps that can run now, one after the other, each after its cost was accepted. */
export async function session(account: Account, options: SessionOptions): Promise<void> {
  const { steps, byHand, progress, person, now, restore } = options;
  let deployment = progress.deployment && (await restore(progress.deployment));
  for (const step of steps) {
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
    const isLast = step === steps.at(-1);
    const waiting = isLast ? steps.filter(({ id }) => id !== step.id && !(id in progress.done)) : [];
    person.print(`${step.id}: ${step.does}`);
    person.print(`  cost: ${costOf(step, options.dollarsPerHour)}`);
    if (waiting.length > 0)
      person.print(`  these steps can't run afterwards: ${waiting.map(({ id }) => id).join(', ')}`);
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
    progress.finish(
      step.id,
      { at: now().toISOString(), results: account.report.results.slice(from) },
      kept(deployment),
    );
  }
  for (const { id, how } of byHand) {
    if (id in progress.done) continue;
    person.print(`by hand: ${id}`);
    for (const line of how) person.print(`  ${line}`);
    const seen = await person.says('what happened? (empty: later)');
    if (seen === '') continue;
    const results = [{ section: 'by hand', name: id, passed: true, detail: seen }];
    progress.finish(id, { at: now().toISOString(), results }, kept(deployment));
  }
}

/** The cost of a step as far as it is known. */
export function costOf({ hours, costs }: Step, dollarsPerHour: number | undefined): string {
  if (hours === 0) return costs ?? 'nothing';
  const fixed =
    dollarsPerHour === undefined
      ? `the fixed part of the deployment for ${hours} hours (a price is unknown)`
      : `about $${Math.max(0.01, hours * dollarsPerHour).toFixed(2)}, the fixed part of the deployment for ${hours} hours`;
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
