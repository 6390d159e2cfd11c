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
 * The assertions of a text. The parser returns nothing for a text that it doesn't understand, so their number is checked.
 * `Z3.eval_smtlib2_string` would be shorter, but it reads its text in a thread, after the wrapper has freed it.
 */
function parsed(script, expected) {
  const assertions = Z3.parser_context_from_string(context, parser, script);
  Z3.ast_vector_inc_ref(context, assertions);
  const found = Z3.ast_vector_size(context, assertions);
  if (found !== expected) throw new Error(`${found} instead of ${expected} assertions in ${script.slice(0, 300)}`);
  return Array.from({ length: found }, (_, index) => Z3.ast_vector_get(context, assertions, index));
}

const add = (script) => Z3.solver_assert(context, solver, parsed(script, 1)[0]);

/** Asks the solver, with a question's assertion added for as long as it takes. */
async function decided(question) {
  Z3.solver_push(context, solver);
  add(question);
  const result = await Z3.solver_check(context, solver);
  const answer = {
    answer: { 1: 'sat', [-1]: 'unsat' }[result] ?? 'unknown',
    ...(result === 1 && { model: Z3.model_to_string(context, Z3.solver_get_model(context, solver)) }),
  };
  Z3.solver_pop(context, solver, 1);
  return answer;
}

/** A formula's value for values of its variables. */
function evaluated(formula, values) {
  const model = Z3.mk_model(context);
  Z3.model_inc_ref(context, model);
  for (const equation of parsed(values.map((one) => `(assert (= ${one.join(' ')}))`).join(''), values.length)) {
    const [variable, value] = [0, 1].map((index) => Z3.get_app_arg(context, Z3.to_app(context, equation), index));
    Z3.add_const_interp(context, model, Z3.get_app_decl(context, Z3.to_app(context, variable)), value);
  }
  const result = Z3.model_eval(context, model, formula, false);
  Z3.model_dec_ref(context, model);
  return Z3.ast_to_string(context, result);
}

const {
  declarations,
  assertions = [],
  questions = [],
  formulas = [],
  requests = [],
} = JSON.parse(await text(process.stdin));
parsed(declarations, 0);
for (const assertion of assertions) add(assertion);
const answers = [];
for (const question of questions) answers.push(await decided(question));
const terms = formulas.map((formula) => parsed(formula, 1)[0]);
const values = requests.map((request) => evaluated(terms[request.formula], request.values));
// The solver's threads would keep the process running.
process.stdout.write(JSON.stringify({ answers, values }), () => process.exit());
