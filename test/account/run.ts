/**
 * `npm run test:account`: runs the steps of docs/ACCOUNT-TEST.md in a real account, with the credentials of the environment. It states what
 * each step costs and asks before it. Run it again to continue.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Deployed } from '../deploy/harness/deployed';
import { ROOT } from '../deploy/harness/folders';
import { Report } from '../deploy/harness/report';
import { findings } from './findings';
import { dollarsPerHour } from './fixed-cost';
import { Progress } from './progress';
import { callersAccount, realAccount } from './real-account';
import { sample } from './sample';
import { costOf, type Person, session } from './session';
import { STEPS } from './steps/all';
import { BY_HAND } from './steps/by-hand';

const REGION = 'eu-central-1';
const FOLDER = path.join(ROOT, '.local/account-test');

async function main(): Promise<void> {
  if (process.argv[2] === '--list') return list();
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const person: Person = {
    print: (line) => console.log(line),
    agrees: async (question) => /^y(es)?$/i.test(await lines.question(`${question} [y/N] `)),
    says: (question) => lines.question(`${question} `),
  };
  const number = await callersAccount(REGION);
  const typed = await person.says(
    'This test creates and deletes stacks in an account of its own. Type the number of the account:',
  );
  if (typed.trim() !== number) {
    lines.close();
    throw new Error('the credentials belong to another account; sign in to the account that the test may use');
  }
  mkdirSync(FOLDER, { recursive: true });
  const report = new Report();
  const account = await realAccount(report, number, REGION, FOLDER);
  const progress = new Progress(path.join(FOLDER, 'state.json'), number);
  const { assembly } = await account.synth('estimate', sample({ recovery: true }));
  const restore = async (kept: NonNullable<Progress['deployment']>) => ({
    ...kept,
    deployed: await Deployed.read(account.aws, kept.assembly),
  });
  const options = { steps: STEPS, byHand: BY_HAND, progress, person, restore, now: () => new Date() };
  try {
    await session(account, { ...options, dollarsPerHour: dollarsPerHour(assembly, new Date()) });
  } finally {
    lines.close();
    const missing = [...STEPS, ...BY_HAND].map(({ id }) => id).filter((id) => !(id in progress.done));
    const file = path.join(FOLDER, 'report.md');
    writeFileSync(file, findings(progress.done, missing));
    console.log(`\nthe report to send: ${file}`);
  }
}

/** Prints the steps. The costs of the deployment itself need a synthesis, so they aren't listed. */
function list(): void {
  for (const step of STEPS) console.log(`${step.id}: ${step.does}\n  cost: ${costOf(step, undefined)}`);
  for (const { id, how } of BY_HAND) console.log(`by hand: ${id}: ${how.join(' ')}`);
}

main().catch(({ name, message }: Error) => {
  console.error(
    name === 'CredentialsProviderError'
      ? 'no credentials of an account were found in the environment; sign in, such as with `aws sso login`, and set AWS_PROFILE'
      : message,
  );
  process.exitCode = 1;
});
