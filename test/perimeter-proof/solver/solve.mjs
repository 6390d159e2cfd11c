// Decides questions in SMT-LIB with the solver that is installed in the working directory: JSON on standard input, JSON on standard output.
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';

const load = createRequire(`${process.cwd()}/`);
const { Z3 } = await load('z3-solver').init();
const context = Z3.mk_context(Z3.mk_config());
const parser = Z3.mk_parser_context(context);
Z3.parser_context_inc_ref(context, parser);
const solver = Z3.mk_simple_solver(context);
Z3.solver_inc_ref(context, solver);

/**
 * Adds a text's assertions. The parser returns nothing for a text that it doesn't understand, so their number is checked.
 * `Z3.eval_smtlib2_string` would be shorter, but it reads its text in a thread, after the wrapper has freed it.
 */
function add(script, expected) {
  const parsed = Z3.parser_context_from_string(context, parser, script);
  const found = Z3.ast_vector_size(context, parsed);
  if (found !== expected) throw new Error(`${found} instead of ${expected} assertions in ${script.slice(0, 300)}`);
  for (let index = 0; index < found; index += 1)
    Z3.solver_assert(context, solver, Z3.ast_vector_get(context, parsed, index));
}

const { declarations, assertions, questions } = JSON.parse(await text(process.stdin));
add(declarations, 0);
for (const assertion of assertions) add(assertion, 1);
const answers = [];
for (const question of questions) {
  Z3.solver_push(context, solver);
  add(question, 1);
  const result = await Z3.solver_check(context, solver);
  answers.push({
    answer: { 1: 'sat', [-1]: 'unsat' }[result] ?? 'unknown',
    ...(result === 1 && { model: Z3.model_to_string(context, Z3.solver_get_model(context, solver)) }),
  });
  Z3.solver_pop(context, solver, 1);
}
// The solver's threads would keep the process running.
process.stdout.write(JSON.stringify(answers), () => process.exit());
