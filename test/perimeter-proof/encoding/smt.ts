import { type TextClass, type Texts, textClasses } from './classes';
import type { Formula } from './formula';
import { matches, type Pattern, patternId } from './pattern';
import { ACTION } from './variables';

/** A variable of texts, with the classes that the formulas distinguish. */
interface Variable {
  readonly name: string;
  /** A prefix of the names of its classes in SMT-LIB. */
  readonly symbol: string;
  readonly classes: readonly TextClass[];
  /** The patterns by their IDs, in the order in which the classes say what matched. */
  readonly patterns: ReadonlyMap<string, Pattern>;
  /** The place of each pattern in that order. */
  readonly places: ReadonlyMap<string, number>;
  /** Whether it holds a set of texts instead of one. */
  readonly isSet: boolean;
}

/** A value for each variable of a request: flags, one text, or several. */
export type Assignment = Readonly<Record<string, boolean | string | readonly string[]>>;

/** The variables of some formulas, and the formulas in SMT-LIB. */
export class Encoding {
  private readonly variables = new Map<string, Variable>();
  private readonly flags = new Map<string, string>();
  private readonly definitions = new Map<Formula, string>();

  /** Enumerates the classes of each variable. */
  constructor(formulas: readonly Formula[], textsOf: (variable: string) => Texts) {
    const patterns = new Map<string, Map<string, Pattern>>();
    const sets = new Set<string>();
    const visit = (formula: Formula): void => {
      if (formula.is === 'flag') {
        if (!this.flags.has(formula.flag)) this.flags.set(formula.flag, `f${this.flags.size}`);
      } else if (formula.is === 'matches') {
        const known = patterns.get(formula.variable) ?? new Map<string, Pattern>();
        patterns.set(formula.variable, known.set(patternId(formula.pattern), formula.pattern));
      } else if (formula.is === 'some') {
        sets.add(formula.variable);
        visit(formula.of);
      } else if (formula.is === 'not') visit(formula.of);
      else if (formula.is === 'all' || formula.is === 'any') formula.of.forEach(visit);
    };
    formulas.forEach(visit);
    for (const [name, known] of patterns) {
      const classes = textClasses([...known.values()], textsOf(name));
      if (classes.length === 0) throw new Error(`no text is in the domain of ${name}`);
      this.variables.set(name, {
        name,
        symbol: `v${this.variables.size}`,
        classes,
        patterns: known,
        places: new Map([...known.keys()].map((id, index) => [id, index])),
        isSet: sets.has(name),
      });
    }
  }

  /** How many classes each variable has. */
  get sizes(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.variables.values()].map(({ name, classes }) => [name, classes.length]));
  }

  /** The variables, and the names of defined formulas. */
  declarations(): string {
    const variables = [...this.variables.values()].flatMap(({ symbol, classes, isSet }) =>
      isSet
        ? classes.map((_, index) => `(declare-const ${symbol}c${index} Bool)`)
        : [`(declare-const ${symbol} (_ BitVec ${widthOf(classes)}))`],
    );
    const flags = [...this.flags.values(), ...this.definitions.values()].map((name) => `(declare-const ${name} Bool)`);
    return [...variables, ...flags].join('\n');
  }

  /** Each variable of one text is in one of its classes. */
  domains(): string[] {
    return [...this.variables.values()]
      .filter(({ isSet, classes }) => !isSet && classes.length < 2 ** widthOf(classes))
      .map(({ symbol, classes }) => `(assert (bvult ${symbol} ${numeral(classes, classes.length)}))`);
  }

  /** Defines a formula, which then is one name in terms that have it as a part; returns the definition as an assertion. */
  define(formula: Formula): string {
    const term = this.term(formula);
    const name = `d${this.definitions.size}`;
    this.definitions.set(formula, name);
    return `(assert (= ${name} ${term}))`;
  }

  /** A formula as a term. */
  term(formula: Formula): string {
    const defined = this.definitions.get(formula);
    if (defined !== undefined) return defined;
    switch (formula.is) {
      case 'constant':
        return `${formula.value}`;
      case 'flag':
        return this.flags.get(formula.flag) as string;
      case 'not':
        return `(not ${this.term(formula.of)})`;
      case 'all':
        return `(and ${formula.of.map((part) => this.term(part)).join(' ')})`;
      case 'any':
        return `(or ${formula.of.map((part) => this.term(part)).join(' ')})`;
      case 'matches':
        return this.classTerm(formula.variable, (one, variable) => isMatched(formula.pattern, one, variable));
      case 'some':
        return this.classTerm(formula.variable, (one, variable) => holdsFor(formula.of, one, variable));
    }
  }

  /** The variable is in one of the classes that a test selects. */
  private classTerm(name: string, test: (one: TextClass, variable: Variable) => boolean): string {
    const variable = this.variable(name);
    const { symbol, classes, isSet } = variable;
    const selected = classes.flatMap((one, index) => (test(one, variable) ? index : []));
    if (selected.length === 0) return 'false';
    if (!isSet && selected.length === classes.length) return 'true';
    const terms = selected.map((index) => (isSet ? `${symbol}c${index}` : `(= ${symbol} ${numeral(classes, index)})`));
    return terms.length === 1 ? (terms[0] as string) : `(or ${terms.join(' ')})`;
  }

  /** The variables of a request with their values. A flag without a value is false; another variable without one is left out. */
  assigned(values: Assignment): [symbol: string, value: string][] {
    const flags = [...this.flags].map(([name, symbol]): [string, string] => [symbol, `${values[name] === true}`]);
    const texts = [...this.variables.values()].flatMap((variable): [string, string][] => {
      const { name, symbol, classes, isSet } = variable;
      const value = values[name];
      if (value === undefined || typeof value === 'boolean') return [];
      const indexes = [value].flat().map((text) => this.classOf(variable, text));
      if (!isSet) return [[symbol, numeral(classes, indexes[0] as number)]];
      return classes.map((_, at) => [`${symbol}c${at}`, `${indexes.includes(at)}`]);
    });
    return [...flags, ...texts];
  }

  /** The class of a text: the one whose patterns match it. */
  private classOf({ name, classes, patterns }: Variable, text: string): number {
    const compared = name === ACTION ? text.toLowerCase() : text;
    const signature = [...patterns.values()].map((pattern) => matches(pattern, compared));
    const index = classes.findIndex(({ matched }) => matched.every((one, at) => one === signature[at]));
    if (index === -1) throw new Error(`no class of ${name} has the text ${text}`);
    return index;
  }

  /** A request of the classes of a model: `v0 -> #x1c`, one a line. What the model leaves open is left out. */
  read(model: string): Assignment {
    const values = new Map([...model.matchAll(/^(\w+) -> #?(\w+)$/gm)].map(([, name, value]) => [name, value]));
    const request: Record<string, boolean | string | readonly string[]> = {};
    for (const [name, symbol] of this.flags) request[name] = values.get(symbol) === 'true';
    for (const { name, symbol, classes, isSet } of this.variables.values()) {
      const value = values.get(symbol);
      const example = value === undefined ? undefined : classes[Number(`0${value}`)]?.example;
      if (isSet)
        request[name] = classes.flatMap((one, at) => (values.get(`${symbol}c${at}`) === 'true' ? one.example : []));
      else if (example !== undefined) request[name] = example;
    }
    return request;
  }

  private variable(name: string): Variable {
    const variable = this.variables.get(name);
    if (!variable) throw new Error(`the encoding was made without the variable ${name}`);
    return variable;
  }
}

/** The bits that the numbers of some classes need. */
const widthOf = ({ length }: readonly TextClass[]): number => Math.max(1, Math.ceil(Math.log2(length)));

/** A class as a number of its variable. */
const numeral = (classes: readonly TextClass[], index: number): string =>
  `#b${index.toString(2).padStart(widthOf(classes), '0')}`;

const isMatched = (pattern: Pattern, { matched }: TextClass, { places }: Variable): boolean =>
  Boolean(matched[places.get(patternId(pattern)) as number]);

/** A condition on one text of a set, for a class of texts. */
function holdsFor(formula: Formula, one: TextClass, variable: Variable): boolean {
  switch (formula.is) {
    case 'constant':
      return formula.value;
    case 'not':
      return !holdsFor(formula.of, one, variable);
    case 'all':
      return formula.of.every((part) => holdsFor(part, one, variable));
    case 'any':
      return formula.of.some((part) => holdsFor(part, one, variable));
    case 'matches':
      return isMatched(formula.pattern, one, variable);
    default:
      throw new Error(`a condition on a text of ${variable.name} has a ${formula.is}`);
  }
}
