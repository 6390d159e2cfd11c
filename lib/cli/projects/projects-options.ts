import { parseArgs } from 'node:util';
import { OPEN_PROJECT_ID } from '../../contract/tenant';
import { workspaceUrl } from '../administration/admin-request';
import { monthTokensIn, monthUsdIn } from '../shared/budget-options';
import { oneOf } from '../shared/one-of';
import { UsageError } from '../shared/usage-error';

/** Where the API of open projects is; exactly one of a URL, a stack and a configuration. */
export interface ProjectsPlace {
  /** Its base URL, without `/admin/v1`. */
  readonly url?: string;
  readonly stack?: string;
  /** Names the stack and the Region if neither URL nor stack is given. */
  readonly config: string;
  /** A role to assume first. */
  readonly role?: string;
  readonly region?: string;
}

/** A valid command line of `projects`. */
export interface ProjectsCommand {
  readonly action: (typeof ACTIONS)[number];
  /** The ID of the project; empty for a list. */
  readonly id: string;
  readonly name?: string;
  /** The models to create it with; all that are open to projects if empty. */
  readonly models: readonly string[];
  /** The limits by their names in the API. */
  readonly limits: Readonly<Record<string, number>>;
  /** Whether a list includes projects that have ended. */
  readonly all: boolean;
  readonly format: 'table' | 'json';
  readonly place: ProjectsPlace;
}

const ACTIONS = ['create', 'list', 'show', 'cap', 'end'] as const;

/** The options of limits, by the name of the limit in the API. */
const LIMITS = {
  'requests-per-minute': 'requests_per_minute',
  'tokens-per-day': 'tokens_per_day',
  'concurrent-requests': 'concurrent_requests',
  'tokens-per-month': 'tokens_per_month',
  'usd-per-month': 'usd_per_month',
} as const;

/** Options that apply to some actions only. */
const ONLY_FOR: Readonly<Record<string, readonly ProjectsCommand['action'][]>> = {
  name: ['create'],
  model: ['create'],
  all: ['list'],
  ...Object.fromEntries(Object.keys(LIMITS).map((option) => [option, ['create', 'cap']])),
};

const OPTIONS = {
  name: { type: 'string' },
  model: { type: 'string', multiple: true },
  'requests-per-minute': { type: 'string' },
  'tokens-per-day': { type: 'string' },
  'concurrent-requests': { type: 'string' },
  'tokens-per-month': { type: 'string' },
  'usd-per-month': { type: 'string' },
  all: { type: 'boolean' },
  url: { type: 'string' },
  stack: { type: 'string' },
  role: { type: 'string' },
  region: { type: 'string' },
  config: { type: 'string', default: 'residency.yaml' },
  format: { type: 'string', default: 'table' },
} as const;

/** Reads the command line of `projects`. */
export function readProjectsCommand(args: readonly string[]): ProjectsCommand {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const [given, id = '', ...others] = positionals;
  const action = ACTIONS.find((known) => known === given);
  if (action === undefined) throw new UsageError(`projects takes one of: ${ACTIONS.join(', ')}`);
  for (const [option, actions] of Object.entries(ONLY_FOR)) {
    if (values[option as keyof typeof values] === undefined || actions.includes(action)) continue;
    throw new UsageError(`--${option} applies to projects ${actions.join(' and ')} only; omit it`);
  }
  if (action === 'list' ? id !== '' : others.length > 0) {
    throw new UsageError(`projects ${action} takes ${action === 'list' ? 'options' : 'the id of one project'} only`);
  }
  if (action !== 'list' && !OPEN_PROJECT_ID.test(id)) {
    throw new UsageError(
      `projects ${action} takes the id of a project: found '${id}'; allowed: lower-case letters, digits and single hyphens, ` +
        'beginning with a letter, at most 32 characters',
    );
  }
  const { url, stack, role, region, config } = values;
  if (url !== undefined && stack !== undefined) {
    throw new UsageError('the API is given twice, by --url and by --stack; omit one');
  }
  const limits = limitsOf(values);
  if (action === 'cap' && Object.keys(limits).length === 0) {
    throw new UsageError(
      `projects cap takes at least one limit: ${Object.keys(LIMITS)
        .map((option) => `--${option} N`)
        .join(', ')}; it replaces all limits of the project`,
    );
  }
  return {
    action,
    id,
    name: values.name,
    models: [...new Set(values.model ?? [])],
    limits,
    all: values.all ?? false,
    format: oneOf('--format', values.format, ['table', 'json']),
    place: {
      url: url === undefined ? undefined : workspaceUrl(url.replace(/\/admin\/v1\/projects\/?$/, '')),
      stack,
      role,
      region,
      config,
    },
  };
}

function limitsOf(values: Readonly<Partial<Record<keyof typeof LIMITS, string>>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(LIMITS).flatMap(([option, name]) => {
      const text = values[option as keyof typeof LIMITS];
      if (text === undefined) return [];
      if (option === 'tokens-per-month') return [[name, monthTokensIn(text)]];
      if (option === 'usd-per-month') return [[name, monthUsdIn(text)]];
      if (/^[1-9]\d{0,12}$/.test(text)) return [[name, Number(text)]];
      throw new UsageError(`--${option}: found '${text}'; allowed: a positive whole number`);
    }),
  );
}
