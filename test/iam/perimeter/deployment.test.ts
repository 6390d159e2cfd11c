import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { installEvaluator } from '../evaluator/evaluator';
import { decide, findingsOf, questionsOf } from './decide';
import { bootstrapping, callsOfRoles } from './deployment/bootstrap';
import { COMMANDS, commandRequests, UNLISTED } from './deployment/commands';
import { allowed, type Request } from './row';
import { SETS } from './sets';

jest.setTimeout(60_000);
beforeAll(installEvaluator);

const CLI = path.join(__dirname, '../../../lib/cli');

/** Commands of the SDK, pages of a command, the operations of requests that the CLI signs itself, and signed requests to a deployment's own API. */
const CALLS =
  /new (\w+?)Command\(|(?<!\w)paginate(\w+)\(|(?<!\w)(?:jsonCall|ask|askAll)(?:<[^()]*>)?\(\s*caller,[^()']*'(\w+)'|(?<!\w)(askSigned)\(/g;

const findings = (requests: readonly Request[]): string[] => {
  const questions = questionsOf(allowed('deployer', ...requests), SETS);
  return findingsOf(questions, decide(questions));
};

describe('the bootstrap of the CDK', () => {
  test('stays possible for a role that deploys', () => {
    expect(findings(bootstrapping())).toEqual([]);
  });

  test('lets the CLI publish and deploy', () => {
    expect(findings(callsOfRoles())).toEqual([]);
  });
});

describe('commands of people', () => {
  test('stay allowed', () => {
    expect(findings(commandRequests())).toEqual([]);
  });

  test('are those of the code', () => {
    const found = readdirSync(CLI, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => [...readFileSync(path.join(CLI, file), 'utf8').matchAll(CALLS)])
      .map(([, command, pages, signed, own]) => command ?? pages ?? signed ?? own);
    expect([...new Set(found)].sort()).toEqual([...Object.keys(COMMANDS), ...UNLISTED].sort());
  });
});
