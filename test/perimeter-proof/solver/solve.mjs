// Runs commands in SMT-LIB in the solver that is installed in the working directory: JSON on standard input, JSON on standard output.
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';

const load = createRequire(`${process.cwd()}/`);
const { Z3 } = await load('z3-solver').init();

const context = Z3.mk_context(Z3.mk_config());
const run = async (command) => (await Z3.eval_smtlib2_string(context, command)).trim();
const answers = [];
for (const { command, ifSat, last } of JSON.parse(await text(process.stdin))) {
  const answer = await run(command);
  const model = ifSat !== undefined && answer === 'sat' ? await run(ifSat) : undefined;
  if (last !== undefined) await run(last);
  answers.push({ answer, model });
}
// The solver's threads would keep the process running.
process.stdout.write(JSON.stringify(answers), () => process.exit());
